"""The threads of a tick: kernels release the interpreter's lock, so plain threads run them.

Work is cut into parts by cells or rows. Which thread takes which part, and into how many parts
the work is cut, never shows in a result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from itertools import pairwise
from typing import Any

Part = tuple[int, int]


def cut(total: int, parts: int) -> list[Part]:
    """``range(total)`` in at most ``parts`` runs of about equal length, none empty."""
    edges = [total * k // parts for k in range(parts + 1)]
    return [(a, b) for a, b in pairwise(edges) if b > a]


class Crew:
    """``threads`` workers, the caller among them; closed by ``close``."""

    def __init__(self, threads: int) -> None:
        self.threads = max(1, threads)
        self._pool = ThreadPoolExecutor(self.threads - 1) if self.threads > 1 else None

    def each(self, work: Callable[[int, Any], None], parts: Iterable[Any]) -> None:
        """``work(worker, part)`` for every part; workers take parts as they become free."""
        queue = list(enumerate(parts))
        queue.reverse()

        def take(worker: int) -> None:
            while True:
                try:
                    _, part = queue.pop()
                except IndexError:
                    return
                work(worker, part)

        if self._pool is None or len(queue) < 2:
            take(0)
            return
        jobs = [self._pool.submit(take, k) for k in range(1, min(self.threads, len(queue)))]
        take(0)
        wait(jobs)
        for job in jobs:
            job.result()

    def close(self) -> None:
        """Let the workers go."""
        if self._pool is not None:
            self._pool.shutdown()
