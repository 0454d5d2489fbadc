"""The ground under a battle: soil soaks up blood to its capacity, then it pools; it dries.

Colour is not stored: it is how long ago blood last fell, so it moves one way until fresh blood
falls.
"""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import rule
from affray.rules.maths import clamp

f8 = np.float64


@rule
def soaks(soaked, spilt, capacity):
    """How much of ``spilt`` (0.01 mL) the soil takes that already holds ``soaked``."""
    room = max(capacity - soaked, 0)
    return min(spilt, room)


@rule
def dryness(tick, wet_tick, dt_s, p):
    """0: bright red; 1: dull maroon."""
    return clamp(f8(tick - wet_tick) * dt_s / p.ground_dry_s, 0.0, 1.0)


@rule
def trodden(grass, distance_m, p):
    """Standing grass (1/65535) left after somebody walked ``distance_m`` over it."""
    return np.int64(f8(grass) * (1.0 - clamp(p.ground_tread * distance_m, 0.0, 1.0)))
