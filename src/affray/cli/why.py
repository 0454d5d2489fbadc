"""``affray why DIR FIGHTER``: the causes of a fighter's death or flight, in plain words.

With ``--at`` it says why the fighter did what they did at a moment, which is read from a re-run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from affray.cli.options import Fighter, Json, Quiet, Recorded, Threads, tick_in
from affray.cli.values import whole
from affray.report.why.depths import DEEPEST, DEPTH

if TYPE_CHECKING:
    from affray.record import Recording
    from affray.report.roster import Roster


def command(
    recording: Recorded,
    fighter: Fighter,
    depth: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            parser=whole(1, DEEPEST),
            help=f"How far up the causes are followed.  [default: {DEPTH}]",
            show_default=False,
        ),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            metavar="T", help="Say why they did what they did then: at a tick, or a time."
        ),
    ] = None,
    threads: Threads = None,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Say what became of a fighter, and why; or why they did something."""
    from affray.cli.screen import print_json
    from affray.record import Recording
    from affray.report.roster import Roster
    from affray.report.why.causes import story
    from affray.report.why.fate import in_words
    from affray.world.errors import UsageError

    if at is not None and depth is not None:
        raise UsageError("--depth follows causes up, and what is weighed --at a moment has none")
    opened = Recording.open(recording)
    roster = Roster.from_recording(opened)
    who = roster.find(fighter)
    if at is not None:
        _say_why_then(opened, roster, who, at, threads, quiet, json)
        return
    told = story(opened, who, depth or DEPTH)
    if json:
        print_json({**_named(opened, roster, who), **told.as_data()})
        return
    for line in in_words(told, roster, opened.manifest["dt_s"]):
        print(line)


def _named(opened: Recording, roster: Roster, who: int) -> dict[str, object]:
    return {
        "name": roster.name(who),
        "unit": roster.units[roster.unit_of(who)],
        "side": roster.sides[roster.side_of(who)].name,
        "dt_s": opened.manifest["dt_s"],
    }


def _say_why_then(
    opened: Recording,
    roster: Roster,
    who: int,
    at: str,
    threads: int | None,
    quiet: bool,
    json: bool,
) -> None:
    from affray.cli.screen import print_json
    from affray.cli.watching import Watching
    from affray.report.why.reasons import because
    from affray.testimony import reasons

    dt_s = opened.manifest["dt_s"]
    tick = tick_in(opened, at, "--at")
    with Watching(dt_s, quiet or json) as watching:
        found = reasons(
            opened,
            who,
            tick,
            threads=threads,
            compiling=watching.compiling,
            listening=watching.listening,
        )
    if json:
        print_json({**_named(opened, roster, who), **found})
        return
    for line in because(found, roster, dt_s):
        print(line)
