"""The hash of a tick: sums of 64-bit digests, so that no order of adding matters.

Fighters and missiles enter whole in every tick (fighters in ``settle.place``). The large tables
that change slowly (ground, memories, wounds) enter by every eighth of their rows in each tick, in
rotation: a difference anywhere shows within eight ticks, and the hash stays a function of the
state and the tick alone.
"""

from __future__ import annotations

import numpy as np

from affray.engine.settle import _ODD
from affray.rules.compiled import kernel
from affray.rules.luck import mix

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
            row += u8(words[i, k]) * _ODD[k]
        h += mix(row ^ (u8(i + 1) * _ODD[41]) ^ u8(salt))
    total[0] = h


def words_of(table: np.ndarray) -> np.ndarray:
    """A table of records as (rows, words) uint32: the same memory."""
    flat = table.view(np.ndarray).view(np.uint8).reshape(len(table), table.dtype.itemsize)
    return flat.view(np.uint32)


def combine(parts: list[int]) -> int:
    """The hash of a tick from the digests of its parts, in order."""
    h = 0
    for part in parts:
        h = (h * 0x9E3779B97F4A7C15 + part + 0x7F4A7C15) & 0xFFFFFFFFFFFFFFFF
        h ^= h >> 29
    return h
