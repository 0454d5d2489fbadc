"""Directions as people say them: the eighth of the horizon."""

from __future__ import annotations

import math

_POINTS = ("east", "north-east", "north", "north-west", "west", "south-west", "south", "south-east")


def direction(dx: float, dy: float) -> str:
    """The eighth of the horizon that (dx, dy) points to: ``north-east``."""
    return _POINTS[round(math.atan2(dy, dx) / (math.pi / 4)) % 8]
