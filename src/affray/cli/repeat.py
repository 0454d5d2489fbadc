"""``affray repeat BATTLE``: the same battle under many seeds, and with things varied."""

from __future__ import annotations

import sys
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from affray.cli.guard import INTERRUPTED
from affray.cli.options import Json, Off, Quiet, Sets, changes
from affray.cli.values import place, whole
from affray.world.limits import STUDY_JOBS

if TYPE_CHECKING:
    import pyarrow as pa

    from affray.study import Plan

Jobs = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        parser=whole(1, STUDY_JOBS, "leave it out for as many as cores"),
        help="Battles at a time.  [default: as many as cores]",
    ),
]


def command(
    battle: Annotated[
        str, typer.Argument(metavar="BATTLE", help="A bundled battle's name, or a file.")
    ],
    seeds: Annotated[
        str, typer.Option(metavar="SEEDS", help="How many (100: 1 to 100), or which: 5-20, 3,7,9.")
    ] = "100",
    sets: Sets = None,
    off: Off = None,
    vary: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATH=A,B,...",
            help="Fight it with each of these values; several are combined.",
            show_default=False,
        ),
    ] = None,
    jitter: Annotated[
        str | None,
        typer.Option(
            metavar="SHARE",
            help="Let each disposition be off by up to this share of itself, such as 20%.",
        ),
    ] = None,
    sift: Annotated[
        Path | None,
        typer.Option(
            metavar="PATTERNS",
            parser=place("a file of patterns"),
            help="Count how often these patterns of events come about.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            parser=place("a folder"),
            help="Where runs are kept, of all seeds.  [default: runs/NAME-repeat-DIGEST]",
        ),
    ] = None,
    jobs: Jobs = None,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Fight a battle many times, and count."""
    from affray.cli.result import RUNS
    from affray.cli.watching import Counting
    from affray.scenario import load, set_paths
    from affray.sift import read_sieve
    from affray.study import plan, repeat, share_of, varied
    from affray.world.errors import UsageError

    sieve = None if sift is None else read_sieve(sift)
    off_by = 0.0 if jitter is None else share_of(jitter)
    values = varied(vary or [])
    for path in set_paths(sets or []):
        if path in values:
            raise UsageError(f"--set and --vary both change {path}; give one of them")
    asked = plan(load(battle, changes(sets, off)), seeds, values, sieve, off_by)
    folder = out or RUNS / f"{asked.name}-repeat-{asked.digest[:8]}"
    with Counting(quiet or json) as watching:
        table = repeat(
            asked, out=folder, jobs=jobs, progress=watching.progress, compiling=watching.compiling
        )
    _report(asked, table, folder, json, quiet)
    if table.num_rows < len(asked.runs):
        print(
            f"affray: interrupted; {table.num_rows} of {len(asked.runs)} runs are in "
            f"{quote(str(folder))}; the same command goes on",
            file=sys.stderr,
        )
        raise typer.Exit(INTERRUPTED)


def _report(asked: Plan, table: pa.Table, folder: Path, json: bool, quiet: bool) -> None:
    """What the runs came to, and where their table is."""
    from affray.cli.screen import print_json
    from affray.study.digest import digest, lines_of
    from affray.study.ledger import TABLE

    where = folder / TABLE
    if json:
        print_json(
            {
                "scenario": asked.name,
                "runs": len(asked.runs),
                "done": table.num_rows,
                "table": str(where),
                "jitter": asked.jitter,
                "variations": digest(asked, table),
            }
        )
    elif not quiet:
        print("\n".join(lines_of(asked, table)))
        print("\nMeans ± half their 95 % interval.")
        print(f"The table is {where}, a row a run of every seed so far.")
