"""``affray witness DIR FIGHTER``: what reached one fighter, tick by tick."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from affray.cli.options import Fighter, Json, Quiet, Recorded, Threads, tick_of


def command(
    recording: Recorded,
    fighter: Fighter,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="T", help="From this tick, or time, on.")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="T", help="Up to this tick, or time.")
    ] = None,
    csv: Annotated[bool, typer.Option("--csv", help="Print every column, as CSV.")] = False,
    json: Json = False,
    threads: Threads = None,
    quiet: Quiet = False,
) -> None:
    """Print what reached a fighter, look by look."""
    from affray.cli.screen import print_json
    from affray.cli.watching import Watching
    from affray.cli.witnessed import heard_with, lines_of
    from affray.record import Recording
    from affray.report.causes import notices
    from affray.report.roster import Roster
    from affray.testimony import witness
    from affray.world.errors import UsageError

    if csv and json:
        raise UsageError("--csv and --json exclude each other; give one of them")
    opened = Recording.open(recording)
    dt_s = opened.manifest["dt_s"]
    roster = Roster.from_recording(opened)
    who = roster.find(fighter)
    begin = None if from_ is None else tick_of(from_, "--from", dt_s)
    end = None if to is None else tick_of(to, "--to", dt_s)
    with Watching(dt_s, quiet or json or csv) as watching:
        testimony = witness(
            opened, [who], begin, end, threads=threads, compiling=watching.compiling,
            listening=watching.listening,
        )  # fmt: skip
    table, sounds = testimony.table(), testimony.heard_table()
    looks = heard_with(table.to_pylist(), sounds.to_pylist(), notices(opened, who))
    if json:
        print_json(looks)
    elif csv:
        from pyarrow.csv import write_csv

        sys.stdout.flush()
        write_csv(table, sys.stdout.buffer)
    elif table.num_rows == 0:
        print(f"{roster.name(who)} never looked in that time: not on the field, or unconscious")
    else:
        for line in lines_of(looks, roster, dt_s):
            print(line)
