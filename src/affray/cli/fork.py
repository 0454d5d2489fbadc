"""``affray fork DIR --at T --set path=value``: what if something had been different."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from affray.cli.options import (
    Force,
    Json,
    Level,
    Off,
    Quiet,
    Recorded,
    Sets,
    Threads,
    Until,
    changes,
    seconds_of,
    tick_in,
)
from affray.cli.values import place


def command(
    recording: Recorded,
    at: Annotated[
        str, typer.Option(metavar="T", help="Where to part: a tick, or a time (5min, 4:12).")
    ],
    sets: Sets = None,
    off: Off = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            parser=place("a folder"),
            help="Where to record.  [default: DIR-fork-TICK]",
        ),
    ] = None,
    until: Until = None,
    threads: Threads = None,
    record: Level = None,
    force: Force = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Run a battle on from a tick with something changed."""
    until_s = None if until is None else seconds_of(until, "--until")
    from affray.cli.result import free_folder, report, resumable
    from affray.cli.watching import Watching
    from affray.record import Recording
    from affray.run import fork

    opened = Recording.open(recording)
    dt_s = opened.manifest["dt_s"]
    tick = tick_in(opened, at, "--at")
    beside = recording if recording.name not in ("", "..") else recording.resolve()
    usual = beside.with_name(f"{recording.resolve().name}-fork-{tick}")
    folder = out or (usual if force else free_folder(usual))
    with resumable(folder), Watching(dt_s, quiet or json) as watching:
        fork(
            opened,
            tick,
            changes(sets, off),
            folder,
            until_s=until_s,
            threads=threads,
            level=record,
            progress=watching.progress,
            compiling=watching.compiling,
            overwrite=force,
        )
    report(folder, watching, json, quiet)
