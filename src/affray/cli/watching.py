"""What somebody sees who waits for runs: kernels being made ready, then the battles.

On a terminal, progress is drawn on stderr; elsewhere nothing is, but for one line if kernels
have to be compiled first, since that takes a while.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self

from affray.cli.screen import console, shows_progress
from affray.report.clock import on_clock, span

if TYPE_CHECKING:
    from rich.progress import Progress

Counts = dict[str, dict[str, int]]


class Preparing:
    """A bar on the terminal, and the callback ``compiling``. A context manager."""

    def __init__(self, quiet: bool = False) -> None:
        self._quiet = quiet
        self._bar: Progress | None = _bar() if shows_progress(quiet) else None
        self._kernels: Any = None
        self._told = False

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, *error: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def compiling(self, ready: int, of: int, name: str) -> None:
        """So many kernels of so many are ready, and ``name`` is at work."""
        if self._bar is None:
            if name and not self._told and not self._quiet:
                print("preparing kernels, once on this machine ...", file=sys.stderr, flush=True)
                self._told = True
            return
        if self._kernels is None and name:
            self._kernels = self._bar.add_task("", total=of, what="", when="")
        if self._kernels is None:
            return
        what = f"preparing kernels {ready}/{of}" + (f": {name}" if name else "")
        self._bar.update(self._kernels, completed=ready, what=what)
        if not name:
            self._bar.update(self._kernels, visible=False)


class Watching(Preparing):
    """What is seen of one battle: callbacks ``compiling`` and ``progress`` for ``affray.run``."""

    def __init__(self, dt_s: float, quiet: bool = False) -> None:
        super().__init__(quiet)
        self._dt_s = dt_s
        self._first: int | None = None
        self._battle: Any = None
        self.elapsed_s = 0.0
        self.ticks = 0

    def progress(self, tick: int, most: int, counts: Counts, elapsed_s: float) -> None:
        """The battle has come to ``tick``, of at most ``most``."""
        if self._first is None:
            self._first = tick
        self.elapsed_s, self.ticks = elapsed_s, tick - self._first
        if self._bar is None:
            return
        if self._battle is None:
            total = max(most - self._first, 1)
            self._battle = self._bar.add_task("", total=total, what="", when="")
        self._bar.update(
            self._battle,
            completed=self.ticks,
            what=_strengths(counts),
            when=f"{on_clock(tick * self._dt_s)} of {on_clock(most * self._dt_s)}",
        )

    def listening(self, tick: int, last: int) -> None:
        """A battle that is run again to hear somebody has come to ``tick``, of ``last``."""
        if self._bar is None:
            return
        if self._battle is None:
            self._first = tick
            self._battle = self._bar.add_task("", total=max(last - tick, 1), what="", when="")
        self._bar.update(
            self._battle,
            completed=tick - (self._first or 0),
            what="running it again",
            when=f"{on_clock(tick * self._dt_s)} of {on_clock(last * self._dt_s)}",
        )


class Counting(Preparing):
    """What is seen of many battles: callbacks ``compiling`` and ``progress`` of a study."""

    def __init__(self, quiet: bool = False) -> None:
        super().__init__(quiet)
        self._task: Any = None
        self._what = ""

    def progress_of(self, what: str) -> Callable[[int, int, float, int], None]:
        """The callback for one study of several."""
        if self._bar is not None and self._task is not None:
            self._bar.remove_task(self._task)
        self._task, self._what = None, f"{what}, "
        return self.progress

    def progress(self, done: int, of: int, elapsed_s: float, found: int) -> None:
        """So many battles of so many are done; ``found`` of them were before this began."""
        if self._bar is None:
            return
        if self._task is None:
            self._task = self._bar.add_task("", total=of - found, what="", when="")
        rest_s = elapsed_s * (of - done) / max(done - found, 1)
        self._bar.update(
            self._task,
            completed=done - found,
            what=f"{self._what}about {span(rest_s)} to go",
            when=f"{done:,} of {of:,} battles",
        )


def _strengths(counts: Counts) -> str:
    """``romans 1,204 · gauls 987``: who stands and fights."""
    steady = ((name, side["standing"] - side["fleeing"]) for name, side in counts.items())
    return " · ".join(f"{name} {number:,}" for name, number in steady)


def _bar() -> Progress:
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.fields[when]}", markup=False),
        BarColumn(bar_width=24),
        TimeRemainingColumn(compact=True),
        TextColumn("{task.fields[what]}", markup=False),
        console=console(to_stderr=True),
        transient=True,
    )
