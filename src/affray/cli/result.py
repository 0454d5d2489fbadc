"""What a run leaves on the screen: its summary, where the recording lies, and what to try next."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import typer

from affray.cli.guard import INTERRUPTED, out_of_room
from affray.world.errors import LimitError

if TYPE_CHECKING:
    from affray.cli.watching import Watching
    from affray.record import Recording
    from affray.report.summary import Moment, Summary
    from affray.sift import Sieve, Sifted

RUNS = Path("runs")  # where recordings go that nobody named a place for


def free_folder(wanted: Path) -> Path:
    """``wanted``, or ``wanted-2``, ``-3``, ... if something is there."""
    folder, number = wanted, 2
    while folder.exists():
        folder = wanted.with_name(f"{wanted.name}-{number}")
        number += 1
    return folder


@contextmanager
def resumable(folder: Path) -> Iterator[None]:
    """Say how to go on if Ctrl-C or want of memory ends what is done inside, and a recording lies
    in ``folder``.
    """
    try:
        yield
    except MemoryError as fault:
        if not (folder / "manifest.json").exists():
            raise
        again = f"affray resume {quote(str(folder))}"
        raise LimitError(f"{out_of_room(fault)}. What was fought is kept: {again}") from None
    except KeyboardInterrupt:
        if not (folder / "manifest.json").exists():
            raise
        raise interrupted(folder) from None


def report(
    folder: Path, watching: Watching, json: bool, quiet: bool, sieve: Sieve | None = None
) -> None:
    """Print the summary of a run that has just come to its end, or to a stop; and which patterns
    of a sieve came about in it.

    An interrupted run ends the process with its own exit code.
    """
    from affray.cli.screen import print_json
    from affray.record import Recording
    from affray.report.roll import called
    from affray.report.summarise import summarise

    recording = Recording.open(folder)
    summary, roll = summarise(recording), called(recording)
    if json:
        took = {"ticks_run": watching.ticks, "elapsed_s": round(watching.elapsed_s, 3)}
        found = beats_of(recording, sieve)
        beats = {} if found is None or isinstance(found, str) else {"beats": found.as_data()}
        rolled = {} if roll is None else {"roll": roll.as_data()}
        print_json({**summary.as_data(), **rolled, "path": str(folder), **took, **beats})
    elif not quiet:
        print_summary(summary)
        print(_speed(watching.ticks * summary.dt_s, watching.elapsed_s))
        print()
        if roll is not None:
            print(f"{roll}\n")
        if (told := beats_of(recording, sieve)) is not None:
            print(told)
            print()
        print_next(folder, summary)
    if summary.ended == "interrupted":
        raise interrupted(folder)


def beats_of(recording: Recording, sieve: Sieve | None) -> Sifted | str | None:
    """Which patterns came about; why that cannot be said; None if nobody asks for any."""
    from affray.sift import sift_recording
    from affray.world.errors import UsageError

    if sieve is None or recording.manifest["level"] == "summary":
        return None
    try:
        return sift_recording(sieve, recording)
    except UsageError as fault:
        return str(fault)


def interrupted(folder: Path) -> typer.Exit:
    """Say how to go on with a run that was interrupted; the exit to raise."""
    print(f"affray: interrupted; resume with: affray resume {quote(str(folder))}", file=sys.stderr)
    return typer.Exit(INTERRUPTED)


def print_summary(summary: Summary) -> None:
    """The summary; on a terminal, sides in their colours."""
    from rich.text import Text

    from affray.cli.screen import console

    screen = console()
    for number, line in enumerate(summary.lines()):
        text = Text(line, style="bold" if number == 0 else "")
        if number > 0:
            for side in summary.sides:
                text.highlight_words([side.title], style=side.colour)
        screen.print(text, soft_wrap=True)


def _speed(fought_s: float, elapsed_s: float) -> str:
    from affray.report.clock import span

    times = fought_s / max(elapsed_s, 1e-9)
    return f"Took {span(elapsed_s)}, {times:,.1f} times as fast as the battle itself."


def print_next(folder: Path, summary: Summary) -> None:
    """Where the recording lies, and commands to go on with."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".png"]
    size = sum(path.stat().st_size for path in files)
    shown = f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.0f} kB"
    print(f"The recording is in {folder} ({shown}). Next:")
    commands = _suggestions(folder, summary)
    longest = max(len(command) for command, _ in commands)
    for command, about in commands:
        print(f"  {command:{longest}}   {about}")


def _suggestions(folder: Path, summary: Summary) -> list[tuple[str, str]]:
    from affray.world.endings import BATTLE_OVER

    found = []
    where = quote(str(folder))
    if summary.ended not in BATTLE_OVER:
        found.append((f"affray resume {where}", "run it on"))
    found.append((f"affray plot {where}", "draw it"))
    moment, what = _telling_moment(summary)
    if moment is not None:
        who = quote(moment.name)
        found.append((f"affray why {where} {who}", f"why {moment.name} {what}"))
        found.append((f"affray witness {where} {who}", "what reached the same fighter"))
        found.append((f"affray tell {where} --from {who}", "the battle as this one tells it"))
    if summary.parent is None:
        at = (moment.tick if moment else summary.last_tick) // 2
        change, about = _turn(summary)
        found.append((f"affray fork {where} --at {at} --set {change}", about))
    return found


def _turn(summary: Summary) -> tuple[str, str]:
    """A change worth trying, that goes to the heart of any battle like this one."""
    if summary.first_break is not None:
        return "parameters.fear.odds_per_s=0", "had the odds frightened nobody from then on"
    return "parameters.strike.hit=0.3", "had twice as many blows gone home from then on"


def _telling_moment(summary: Summary) -> tuple[Moment | None, str]:
    """A happening worth asking after, and what to call it."""
    if summary.first_break is not None:
        return summary.first_break, "broke first"
    if summary.first_death is not None:
        return summary.first_death, "died first"
    return summary.first_wound, "was wounded first"
