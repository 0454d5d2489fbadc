"""The scratch arrays of one thread, made once: no kernel allocates."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from affray.engine.near import SLOTS, VECTOR
from affray.world import fields
from affray.world.battlefield import SECTORS
from affray.world.words import ACTS


class Mind(NamedTuple):
    """What a thread needs to let one fighter after another perceive and decide."""

    xs: np.ndarray  # (SLOTS + spare,) f4: places of those gathered
    ys: np.ndarray
    looks: np.ndarray  # u4
    runs: np.ndarray  # (6,) i8
    slots: np.ndarray  # (1,) i8: slots in use, padded
    found: np.ndarray  # (18,) i8: see near.py
    offset: np.ndarray  # (3,) f8
    own_n: np.ndarray  # (SECTORS, sides) u8
    own_mx: np.ndarray  # (SECTORS, sides) i8
    own_my: np.ndarray
    seen: np.ndarray  # (1,) PERCEPT
    weights: np.ndarray  # (ACTS,) f8


def mind(sides: int) -> Mind:
    """Scratch for a battle of so many sides."""
    spare = 4 * VECTOR
    return Mind(
        np.zeros(SLOTS + spare, np.float32),
        np.zeros(SLOTS + spare, np.float32),
        np.zeros(SLOTS + spare, np.uint32),
        np.zeros(6, np.int64),
        np.zeros(1, np.int64),
        np.zeros(18, np.int64),
        np.zeros(3, np.float64),
        np.zeros((SECTORS, sides), np.uint64),
        np.zeros((SECTORS, sides), np.int64),
        np.zeros((SECTORS, sides), np.int64),
        np.zeros(1, fields.PERCEPT).view(np.recarray),
        np.zeros(ACTS, np.float64),
    )
