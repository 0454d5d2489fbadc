"""The hash of a tick: sums of 64-bit digests, so that no order of adding matters.

Fighters and missiles enter whole in every tick (fighters in ``settle.place``). The large tables
that change slowly (ground, memories, wounds) enter by every eighth of their rows in each tick, in
rotation: a difference anywhere shows within eight ticks, and the hash stays a function of the
state and the tick alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

import numpy as np

from affray.engine.settle import ODD
from affray.rules.compiled import kernel
from affray.rules.luck import mix
from affray.world.battlefield import State

u8 = np.uint64

ROTATION = 8


@kernel
def digest_rows(words, first, stride, salt, total):
    """Sum of the digests of every ``stride``-th row, from ``first``, of a table of uint32 words.

    ``total[0]`` receives it. Each row is tied to its number and to the table's ``salt``.
    """
    h = u8(0)
    columns = words.shape[1]
    for i in range(first, words.shape[0], stride):
        row = u8(0)
        for k in range(columns):
            row += u8(words[i, k]) * ODD[k]
        h += mix(row ^ (u8(i + 1) * ODD[41]) ^ u8(salt))
    total[0] = h


def words_of(table: np.ndarray) -> np.ndarray:
    """A table of records as (rows, words) uint32: the same memory."""
    flat = table.view(np.ndarray).view(np.uint8).reshape(len(table), table.dtype.itemsize)
    return flat.view(np.uint32)


class Hash:
    """The hash of a battle's ticks. It knows the tables that lie where they lay at the beginning.

    ``fighters``: these as words, for ``settle.place``, which sums their digests.
    """

    def __init__(self, state: State) -> None:
        self.fighters = words_of(state.fighters)
        tables = {1: state.ground, 2: state.memory, 5: state.scent, 6: state.noise}
        self._rotating = {salt: words_of(table) for salt, table in tables.items()}

    def after(
        self,
        tick: int,
        of_fighters: int,
        state: State,
        wounds_used: int,
        others: Iterable[np.ndarray],
    ) -> int:
        """The hash after a tick, with the digests of the fighters summed already.

        ``others``: further tables, which enter whole where there is anything in them.
        """
        turn = tick % ROTATION
        parts = [tick, of_fighters]
        total = np.zeros(1, np.uint64)
        wounds = words_of(state.wounds)[:wounds_used]
        for salt, rows in sorted({**self._rotating, 3: wounds}.items(), key=itemgetter(0)):
            digest_rows(rows, turn, ROTATION, salt, total)
            parts.append(int(total[0]))
        for salt, table in enumerate(others, start=7):
            if len(table):
                digest_rows(words_of(table), 0, 1, salt, total)
                parts.append(int(total[0]))
        return combine(parts)


def combine(parts: list[int]) -> int:
    """The hash of a tick from the digests of its parts, in order."""
    h = 0
    for part in parts:
        h = (h * 0x9E3779B97F4A7C15 + part + 0x7F4A7C15) & 0xFFFFFFFFFFFFFFFF
        h ^= h >> 29
    return h
