"""What a run leaves on the screen: its summary, where the recording lies, and what to try next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from affray.cli.guard import INTERRUPTED

if TYPE_CHECKING:
    from affray.report.summary import Summary

RUNS = Path("runs")  # where recordings go that nobody named a place for


def free_folder(wanted: Path) -> Path:
    """``wanted``, or ``wanted-2``, ``-3``, ... if something is there."""
    folder, number = wanted, 2
    while folder.exists():
        folder = wanted.with_name(f"{wanted.name}-{number}")
        number += 1
    return folder


def report(folder: Path, json: bool, quiet: bool, facts: dict[str, Any] | None = None) -> None:
    """Print the summary of a run that has just come to its end, or to a stop.

    ``facts``: what only the run itself knows, such as how long it took. An interrupted run ends
    the process with its own exit code.
    """
    from affray.cli.screen import print_json
    from affray.record import Recording
    from affray.report.summary import summarise

    summary = summarise(Recording.open(folder))
    if json:
        print_json({**summary.as_data(), "path": str(folder), **(facts or {})})
    elif not quiet:
        print_summary(summary)
        if facts:
            print(_speed(summary, **facts))
        print()
        print_next(folder, summary)
    if summary.ended == "interrupted":
        typer.echo(f"interrupted; resume with: affray resume {folder}", err=True)
        raise typer.Exit(INTERRUPTED)


def print_summary(summary: Summary) -> None:
    """The summary; on a terminal, sides in their colours."""
    from rich.text import Text

    from affray.cli.screen import console
    from affray.report.summary_text import lines_of

    screen = console()
    for number, line in enumerate(lines_of(summary)):
        text = Text(line, style="bold" if number == 0 else "")
        if number > 0:
            for side in summary.sides:
                text.highlight_words([side.title], style=side.colour)
        screen.print(text, soft_wrap=True)


def _speed(summary: Summary, elapsed_s: float) -> str:
    from affray.report.clock import span

    ticks = summary.last_tick - summary.first_tick
    times = ticks * summary.dt_s / max(elapsed_s, 1e-9)
    return f"Took {span(elapsed_s)}: {times:,.1f} times as fast as the battle itself."


def print_next(folder: Path, summary: Summary) -> None:
    """Where the recording lies, and commands to go on with."""
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"The recording is in {folder} ({size / 1e6:.1f} MB). Next:")
    for command, about in _suggestions(folder, summary):
        print(f"  {command:58}  {about}".rstrip())


def _suggestions(folder: Path, summary: Summary) -> list[tuple[str, str]]:
    found = []
    if summary.ended in (None, "interrupted", "as far as asked"):
        found.append((f"affray resume {folder}", "run it on"))
    found.append((f"affray plot {folder}", "draw it"))
    first = summary.first_break or summary.first_death or summary.first_wound
    if first is not None:
        what = "broke first" if first is summary.first_break else "was hit first"
        found.append((f"affray why {folder} {first.name}", f"why {first.name} {what}"))
        found.append((f"affray witness {folder} {first.name}", "what reached the same one"))
    at = max(summary.first_tick, (first.tick if first else summary.last_tick) // 2)
    found.append((f"affray fork {folder} --at {at} --set field.light=0.1", "had night fallen then"))
    return found
