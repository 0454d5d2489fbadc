"""Arguments and options that several commands share, and how their texts are read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from affray.cli.values import place, whole
from affray.world.clock import begun_by
from affray.world.errors import UsageError
from affray.world.limits import THREADS

if TYPE_CHECKING:
    from affray.record import Recording

Recorded = Annotated[
    Path,
    typer.Argument(
        metavar="DIR", parser=place("a recording"), help="A recording.", show_default=False
    ),
]
Fighter = Annotated[
    str,
    typer.Argument(
        metavar="FIGHTER",
        help="An id, unit/number, or the name of a leader or of somebody alone in a unit.",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")]
Sets = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PATH=VALUE",
        help="Change one thing, such as size=5000; can be repeated.",
        show_default=False,
    ),
]
Off = Annotated[
    list[str] | None,
    typer.Option(
        "--off",
        metavar="MECHANISM",
        help="Switch a mechanism off (affray mechanisms lists them); can be repeated.",
        show_default=False,
    ),
]
Until = Annotated[
    str | None,
    typer.Option(metavar="TIME", help="Stop at this time of the battle: 30min, 90s, 4:12."),
]
Level = Annotated[
    str | None,
    typer.Option(
        "--record",
        metavar="LEVEL",
        help="What to keep: summary, events or full.  [default: as the scenario says]",
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite a recording at --out.")]
Threads = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        parser=whole(1, THREADS, "leave it out for all cores"),
        help="Threads; the result is the same.  [default: all cores]",
    ),
]

_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):([0-5]\d(?:\.\d+)?)")


_PLAIN = re.compile(r"\d+(?:\.\d+)?")


def changes(sets: list[str] | None, off: list[str] | None) -> list[str]:
    """What --off and --set change, as ``path=value``; where both change one, --set counts.

    Raises UsageError for an unknown mechanism.
    """
    from affray.scenario import off_sets

    return [*off_sets(off or []), *(sets or [])]


def seconds_of(text: str, what: str) -> float:
    """A time such as ``30min``, ``90 s`` or ``4:12`` (minutes and seconds), in seconds.

    A plain number is refused, since it could be ticks. Raises UsageError.
    """
    from affray.scenario.numbers import BadNumber, read_number

    clock = _CLOCK.fullmatch(text.strip())
    if clock is not None:
        hours, minutes, rest = clock.groups()
        return 3600.0 * int(hours or 0) + 60.0 * int(minutes) + float(rest)
    if _PLAIN.fullmatch(text.strip()):
        raise UsageError(f"{what} {text}: say the unit: {text}s or {text}min")
    try:
        seconds = read_number(text, "s")
    except BadNumber as fault:
        raise UsageError(f"{what} {text}: {fault}") from None
    if seconds < 0:
        raise UsageError(f"{what} {text}: a time from the opening on is not negative")
    return seconds


def tick_of(text: str, what: str, dt_s: float) -> int:
    """A tick: a plain number is one; a time (``5min``, ``4:12``) is the last tick begun by then."""
    if text.strip().isdecimal():
        return int(text.strip()[:12])
    return begun_by(seconds_of(text, what), dt_s)


def tick_in(recording: Recording, text: str, what: str) -> int:
    """The tick of a recording that a text means, as ``tick_of``. Raises UsageError if it has none
    such.
    """
    from affray.report.clock import on_clock

    dt_s: float = recording.manifest["dt_s"]
    tick, first, last = tick_of(text, what, dt_s), recording.first_tick, recording.last_tick
    if last < first:
        raise UsageError(f"{what} {text}: the recording holds no tick yet")
    if not first <= tick <= last:
        raise UsageError(
            f"{what} {text}: the recording holds ticks {first} to {last} "
            f"({on_clock(first * dt_s)} to {on_clock(last * dt_s)})"
        )
    return tick


def ticks_in(
    recording: Recording, from_: str | None, to: str | None
) -> tuple[int | None, int | None]:
    """The ticks that ``--from`` and ``--to`` mean, None where not given. Raises UsageError."""
    first = None if from_ is None else tick_in(recording, from_, "--from")
    last = None if to is None else tick_in(recording, to, "--to")
    if first is not None and last is not None and last < first:
        raise UsageError(f"--from {from_} --to {to}: runs backwards; give the earlier one first")
    return first, last
