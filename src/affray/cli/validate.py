"""``affray validate``: what the rules reproduce of laws and history, and what not."""

from __future__ import annotations

import sys
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any

import typer

from affray.cli.guard import INTERRUPTED
from affray.cli.options import Json, Quiet
from affray.cli.repeat import Jobs
from affray.cli.values import place, whole

if TYPE_CHECKING:
    from affray.study.validate import Result


def command(
    seeds: Annotated[
        int,
        typer.Option(metavar="N", parser=whole(2, 10_000), help="The more, the surer; 200 or so."),
    ] = 3,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            parser=place("a folder"),
            help="Keep all runs there, and a page with pictures.",
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="CHECK", help="Only this check; can be repeated.", show_default=False),
    ] = None,
    jobs: Jobs = None,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Hold the rules against Lanchester's laws, symmetry and history."""
    from affray.cli.screen import print_json
    from affray.cli.watching import Counting
    from affray.rules.compiled import rules_digest
    from affray.study.findings import lines_of, markdown
    from affray.study.page import TABLE, refuse_foreign, write_page
    from affray.study.validate import chosen, validate

    checks = chosen(only or [])
    if out is not None:
        refuse_foreign(out)
    results: list[Result] = []
    with Counting(quiet or json) as watching:
        for result in validate(
            checks,
            seeds,
            out=out,
            jobs=jobs,
            compiling=watching.compiling,
            progress=watching.progress_of,
        ):
            results.append(result)
            if not (quiet or json):
                print("\n".join(lines_of(result)) + "\n", flush=True)
    if json:
        print_json([_as_data(result) for result in results])
    if out is not None and all(result.complete for result in results):
        (out / TABLE).write_text(markdown(results), encoding="utf-8")
        path = write_page(results, out, seeds, rules_digest())
        if not (quiet or json):
            print(f"The page is {path}.")
    if not all(result.complete for result in results):
        kept = "no battle is kept; with --out FOLDER they are, and the same command goes on"
        if out is not None:
            kept = f"what was fought is in {quote(str(out))}; the same command goes on"
        print(f"affray: interrupted; {kept}", file=sys.stderr)
        raise typer.Exit(INTERRUPTED)


def _as_data(result: Result) -> dict[str, Any]:
    return {
        "check": result.check.name,
        "complete": result.complete,
        "findings": [
            {
                "what": finding.what,
                "expected": [finding.low, finding.high],
                "measured": list(finding.measured),
                "spread": finding.spread,
                "runs": finding.runs,
                "verdict": finding.verdict,
            }
            for finding in result.findings
        ],
    }
