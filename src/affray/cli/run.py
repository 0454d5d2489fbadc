"""``affray run BATTLE``: fight a battle, record it, say how it went."""

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
    Sets,
    Threads,
    Until,
    changes,
    seconds_of,
)
from affray.cli.values import place, whole
from affray.world.limits import SEED


def command(
    battle: Annotated[
        str, typer.Argument(metavar="BATTLE", help="A bundled battle's name, or a file.")
    ],
    seed: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            parser=whole(0, SEED, "leave it out for the scenario's"),
            help="All luck hangs on it.  [default: the scenario's]",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            parser=place("a folder"),
            help="Where to record.  [default: runs/NAME-SEED]",
        ),
    ] = None,
    until: Until = None,
    threads: Threads = None,
    sets: Sets = None,
    off: Off = None,
    record: Level = None,
    force: Force = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Fight a battle and record it."""
    until_s = None if until is None else seconds_of(until, "--until")
    from affray.cli.result import RUNS, free_folder, report, resumable
    from affray.cli.watching import Watching
    from affray.run import execute
    from affray.scenario import load
    from affray.sift import check_against, sieve_beside
    from affray.tell.beside import words_of

    scenario = load(battle, changes(sets, off))
    sieve = sieve_beside(battle)
    if sieve is not None:
        check_against(sieve, scenario)
    words = words_of(battle)
    chosen = scenario.seed if seed is None else seed
    usual = RUNS / f"{scenario.name}-{chosen}"
    folder = out or (usual if force else free_folder(usual))
    with resumable(folder), Watching(scenario.dt, quiet or json) as watching:
        execute(
            scenario,
            seed=chosen,
            out=folder,
            words=words,
            until_s=until_s,
            threads=threads,
            level=record,
            progress=watching.progress,
            compiling=watching.compiling,
            overwrite=force,
        )
    report(folder, watching, json, quiet, sieve)
