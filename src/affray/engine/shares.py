"""Who does which share of a tick: the threads, what each writes on, and how the field is cut.

Into how many shares a phase is cut, and who takes which, never shows in a result.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from affray.engine.crew import Crew, Part, cut
from affray.engine.scratch import SPARE, Desk, Mind, desk, mind
from affray.world import battlefield as b
from affray.world.battlefield import World

_ALONE_BELOW = 4_000  # fighters below which threads cost more than they give
_BLOCK = 8_000  # fighters in a block
_FEW = 500  # missiles or blows that one thread takes alone


class Shares:
    """The threads of an engine and what they work on.

    ``chunks``: into how many parts whatever goes by fighters is cut. ``minds``: of each worker.
    ``blocks``: into how many blocks a tick is cut (None: by size).
    """

    def __init__(
        self, world: World, sides: int, fighters: int, threads: int, blocks: int | None
    ) -> None:
        self._crew = Crew(threads)
        self._world = world
        self._blocks = blocks
        self._cells = int(world.grid_cols[0] * world.grid_rows[0])
        self.chunks = blocks or (self._crew.threads if fighters >= _ALONE_BELOW else 1)
        self.minds: list[Mind] = [mind(sides) for _ in range(self._crew.threads)]
        self._desks: list[Desk] = [desk(0, 0) for _ in self.minds]

    def close(self) -> None:
        """Let the threads go."""
        self._crew.close()

    def each(self, work: Callable[[int, Any], None], parts: list[Any]) -> None:
        """``work(worker, part)`` for every part; workers take parts as they become free."""
        self._crew.each(work, parts)

    def bands(self) -> list[Part]:
        """The field in bands as high as a cell of the top level, a few to each thread."""
        bands = int(self._world.grid_rows[b.LEVELS - 1])
        return cut(bands, 1 if self.chunks == 1 else 4 * self.chunks)

    def lines(self, level: int) -> list[Part]:
        """The field in lines of cells of a level."""
        return cut(int(self._world.grid_rows[level]), self.chunks)

    def rows(self, count: int, each: int) -> list[Part]:
        """So many missiles or blows, ``each`` parts to a chunk; few of them in one."""
        return cut(count, 1 if count < _FEW else each * self.chunks)

    def blocks(self, start: np.ndarray, on_field: int) -> list[tuple[int, int, int]]:
        """Blocks of cells of about equal numbers of fighters: (number, first cell, last cell)."""
        by_size = 1 if self.chunks == 1 else max(self.chunks * 2, on_field // _BLOCK)
        parts = self._blocks or by_size
        wanted = [on_field * k // parts for k in range(1, parts)]
        inner = np.searchsorted(start[: self._cells + 1], wanted).tolist()
        pairs = [(a, c) for a, c in pairwise([0, *inner, self._cells]) if c > a]
        return [(k, a, c) for k, (a, c) in enumerate(pairs)]

    def desk(self, worker: int, rows: int, witnesses: int) -> Desk:
        """The worker's desk, with room for a block of so many fighters, and for it to grow."""
        at_hand = self._desks[worker]
        if rows > len(at_hand.missiles) - SPARE or witnesses > len(at_hand.seen_log):
            self._desks[worker] = desk(rows + rows // 8, witnesses)
        return self._desks[worker]
