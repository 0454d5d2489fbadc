"""Tells somebody who waits how far a run is. The only place here that reads a clock."""

from __future__ import annotations

import time
from collections.abc import Callable

Counts = dict[str, dict[str, int]]
# tick, last tick at most, counts by side (``Outcome.counts``, up to a second of battle old),
# seconds elapsed
Progress = Callable[[int, int, Counts, float], None]

_EVERY_S = 0.2


class Telling:
    """Calls a progress callback a few times a second, however fast the ticks go by."""

    def __init__(self, progress: Progress | None, ticks_most: int) -> None:
        self._progress = progress
        self._most = ticks_most
        self._began = time.perf_counter()
        self._next = 0.0

    def tell(self, tick: int, counts: Callable[[], Counts], *, last: bool = False) -> None:
        """Say how far the run is, if it is time to or this is the ``last`` word."""
        if self._progress is None:
            return
        elapsed = time.perf_counter() - self._began
        if last or elapsed >= self._next:
            self._next = elapsed + _EVERY_S
            self._progress(tick, self._most, counts(), elapsed)
