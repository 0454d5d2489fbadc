"""``affray witness DIR FIGHTER``: the testimony of one fighter; or every look, tick by tick."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from affray.cli.options import Fighter, Json, Quiet, Recorded, Threads, ticks_in


def command(
    recording: Recorded,
    fighter: Fighter,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="T", help="From this tick, or time, on.")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="T", help="Up to this tick, or time.")
    ] = None,
    looks: Annotated[
        bool, typer.Option("--looks", help="Every look in numbers, and not what came of them.")
    ] = False,
    csv: Annotated[
        bool, typer.Option("--csv", help="Every look, and every column of it, as CSV.")
    ] = False,
    json: Json = False,
    threads: Threads = None,
    quiet: Quiet = False,
) -> None:
    """Print what reached a fighter: percepts, beliefs, feelings and acts, with what links them."""
    from affray.record import Recording
    from affray.report.roster import Roster
    from affray.world.errors import UsageError

    if csv and json:
        raise UsageError("--csv and --json exclude each other; give one of them")
    opened = Recording.open(recording)
    who = Roster.from_recording(opened).find(fighter)
    begin, end = ticks_in(opened, from_, to)
    if looks or csv:
        _print_looks(recording, who, begin, end, csv, json, threads, quiet)
    else:
        _print_testimony(recording, who, begin, end, json, threads, quiet)


def _print_testimony(
    path: Path,
    who: int,
    begin: int | None,
    end: int | None,
    json: bool,
    threads: int | None,
    quiet: bool,
) -> None:
    from affray.cli.screen import print_json
    from affray.cli.watching import Watching
    from affray.cli.witnessed import record_lines
    from affray.record import Recording
    from affray.testimony.stored import heard

    opened = Recording.open(path)
    low = opened.first_tick if begin is None else begin
    high = opened.last_tick if end is None else end
    with Watching(opened.manifest["dt_s"], quiet or json) as watching:
        testimony = heard(
            opened,
            [who],
            threads=threads,
            compiling=watching.compiling,
            listening=watching.listening,
        )[0]
    if json:
        data = testimony.as_data()
        data["records"] = [one for one in data["records"] if low <= one["tick"] <= high]
        print_json(data)
        return
    for line in record_lines(testimony, low, high):
        print(line)


def _print_looks(
    path: Path,
    who: int,
    begin: int | None,
    end: int | None,
    csv: bool,
    json: bool,
    threads: int | None,
    quiet: bool,
) -> None:
    from affray.cli.screen import print_json
    from affray.cli.watching import Watching
    from affray.cli.witnessed import heard_with, look_lines
    from affray.record import Recording
    from affray.report.roster import Roster
    from affray.report.why.causes import notices
    from affray.testimony import witness

    opened = Recording.open(path)
    dt_s = opened.manifest["dt_s"]
    roster = Roster.from_recording(opened)
    with Watching(dt_s, quiet or json or csv) as watching:
        taken = witness(
            opened,
            [who],
            begin,
            end,
            threads=threads,
            compiling=watching.compiling,
            listening=watching.listening,
        )
    table, sounds = taken.table(), taken.heard_table()
    rows = heard_with(table.to_pylist(), sounds.to_pylist(), notices(opened, who))
    if json:
        print_json(rows)
    elif csv:
        from pyarrow.csv import write_csv

        sys.stdout.flush()
        write_csv(table, sys.stdout.buffer)
    elif table.num_rows == 0:
        print(f"{roster.name(who)} never looked in that time: not on the field, or unconscious")
    else:
        for line in look_lines(rows, roster, dt_s):
            print(line)
