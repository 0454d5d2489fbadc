"""What the machine itself can do in this hour: copy memory, and compute on two threads.

No engine gains more from a second thread than plain computing does, nor outruns the memory; so
both are measured in turns with what they are the measure of.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from numba import njit

from affray.engine.crew import Crew, cut
from bench.sample import seconds_of

COPY_BYTES = 64 << 20  # of each of two arrays: beyond any cache
_SPINS = 20_000_000
_PARTS = 8


@njit(nogil=True)
def _copy(source: np.ndarray, to: np.ndarray, first: int, last: int) -> None:
    for i in range(first, last):
        to[i] = source[i]


@njit(nogil=True)
def _spin(out: np.ndarray, part: int, first: int, last: int) -> None:
    h = np.uint64(first + 1)
    for i in range(first, last):
        h = h * np.uint64(0x9E3779B97F4A7C15) + np.uint64(i)
        h ^= h >> np.uint64(29)
    out[part] = h


class Machine:
    """The machine with some threads."""

    def __init__(self, threads: int) -> None:
        self._crew = Crew(threads)
        self._source = np.ones(COPY_BYTES // 8)
        self._to = np.zeros(COPY_BYTES // 8)
        self._halves = cut(len(self._source), threads)
        self._sums = np.zeros(_PARTS, np.uint64)
        _copy(self._source, self._to, 0, 1)
        _spin(self._sums, 0, 0, 1)

    def copied_per_s(self) -> float:
        """Bytes read plus bytes written in a second: the better of a plain loop and NumPy."""

        def plain(_: int, part: tuple[int, int]) -> None:
            _copy(self._source, self._to, *part)

        def numpy(_: int, part: tuple[int, int]) -> None:
            np.copyto(self._to[part[0] : part[1]], self._source[part[0] : part[1]])

        best = min(
            seconds_of(partial(self._crew.each, work, self._halves)) for work in (plain, numpy)
        )
        return 2 * COPY_BYTES / best

    def spin_seconds(self) -> float:
        """Seconds for a fixed amount of computing that touches no memory."""

        def spin(_: int, job: tuple[int, tuple[int, int]]) -> None:
            _spin(self._sums, job[0], *job[1])

        return seconds_of(partial(self._crew.each, spin, list(enumerate(cut(_SPINS, _PARTS)))))

    def close(self) -> None:
        """Let the threads go."""
        self._crew.close()
