"""The smell of blood on the wind: a plume that widens and thins downwind, and comes in whiffs.

A Gaussian plume over the ground thins with the square of the way; turbulence tears gaps into it,
the more the farther off (Celani, Villermaux and Vergassola, 2014). Everything is summed in whole
numbers, cell by cell of 8 m.
"""

from __future__ import annotations

from math import sqrt

import numpy as np

from affray.rules.compiled import rule
from affray.rules.maths import decay

f8 = np.float64

SHARES = 4096  # a plume's weights are whole shares of this
_WIDE = 2.5  # half widths to which a plume is followed


def plume(wind_x, wind_y, cell_m, p):
    """Where the air of a cell comes from: (cells upwind, 4) int64 of dx, dy, weight, metres.

    The cell itself is first. Worked out once for a battle, since its wind does not change.
    """
    wind = sqrt(wind_x * wind_x + wind_y * wind_y)
    calm, spread = float(p.smell_calm_m_per_s), float(p.smell_spread)
    around = [(0, 0, int(4.0 * SHARES / max(wind, calm)), 0)]
    reach = int(p.smell_reach_m / cell_m) if wind >= calm else 0
    for dy in range(-reach, reach + 1):
        for dx in range(-reach, reach + 1):
            along = -(dx * wind_x + dy * wind_y) / max(wind, 1e-9)
            across = (dx * wind_y - dy * wind_x) / max(wind, 1e-9)
            width = spread * along + 0.5
            if along < 0.5 or along > reach or abs(across) > _WIDE * width:
                continue
            thin = decay(0.5 * across * across / (width * width)) / (along * along)
            weight = int(SHARES * thin / wind)
            if weight > 0:
                metres = sqrt(float(dx * dx + dy * dy)) * cell_m
                around.append((dx, dy, weight, int(metres)))
    return np.array(around, np.int64)


@rule
def reeks(pool, soaked, dry, p):
    """Fresh blood (0.01 mL) of a square metre, as it smells: ``dry`` is 0 while bright red."""
    return np.int64((f8(pool) + p.smell_soaked * f8(soaked)) * (1.0 - dry))


@rule
def reaches(metres, whiff, p):
    """Whether there is a whiff from so far off; ``whiff`` is the cell's luck, the same for all."""
    return whiff < p.smell_steady_m / (p.smell_steady_m + f8(metres))


@rule
def strength(carried_ml, p):
    """Smell (0 to 1) of so much blood carried here, nil below what anybody notices."""
    felt = p.smell_strength * carried_ml
    smell = felt / (felt + p.smell_half_ml)
    return smell if smell >= p.smell_least else 0.0
