"""``affray why DIR FIGHTER``: the causes of a fighter's death or flight, in plain words."""

from __future__ import annotations

from typing import Annotated

import typer

from affray.cli.options import Fighter, Json, Recorded
from affray.report.depths import DEEPEST, DEPTH


def command(
    recording: Recorded,
    fighter: Fighter,
    depth: Annotated[
        int,
        typer.Option(metavar="N", min=1, max=DEEPEST, help="How far up the causes are followed."),
    ] = DEPTH,
    json: Json = False,
) -> None:
    """Say what became of a fighter, and why."""
    from affray.cli.screen import print_json
    from affray.record import Recording
    from affray.report.causes import story
    from affray.report.roster import Roster
    from affray.report.telling import tell

    opened = Recording.open(recording)
    roster = Roster.from_recording(opened)
    who = roster.find(fighter)
    told = story(opened, who, depth)
    if json:
        print_json(
            {
                "name": roster.name(who),
                "unit": roster.units[roster.unit_of(who)],
                "side": roster.sides[roster.side_of(who)].name,
                "dt_s": opened.manifest["dt_s"],
                **told.as_data(),
            }
        )
        return
    for line in tell(told, roster, opened.manifest["dt_s"]):
        print(line)
