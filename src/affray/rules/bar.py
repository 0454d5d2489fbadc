"""Barriers: circles that keep something from passing, in or out."""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import rule

f8 = np.float64
i8 = np.int64


@rule
def within(zone, x, y):
    """Whether a place lies in the circle."""
    dx, dy = x - f8(zone.x), y - f8(zone.y)
    return dx * dx + dy * dy <= f8(zone.radius) * f8(zone.radius)


@rule
def barred(zones, what, x, y, to_x, to_y, who):
    """Whether a barrier that stops ``what`` (a bit) stands between two places.

    ``who``: the one who would pass, whom a barrier may let through; -1: nobody.
    """
    for k in range(zones.shape[0]):
        zone = zones[k]
        if i8(zone.stops) & what == 0 or (who >= 0 and zone.lets == who):
            continue
        if within(zone, x, y) != within(zone, to_x, to_y):
            return True
    return False
