"""Directions in degrees to unit vectors, exactly specified.

Library sines differ in the last bit between platforms, and a direction enters the state of a
battle. These use + - * / and square root alone; right angles come out exact.
"""

from __future__ import annotations

import math

Vector = tuple[float, float]

RADIANS = 3.141592653589793 / 180.0
_QUARTERS: tuple[Vector, ...] = ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))


def ahead(degrees: float) -> Vector:
    """The unit vector at `degrees` (0 = east, counter-clockwise).

    >>> ahead(90.0)
    (0.0, 1.0)
    """
    turn = degrees % 360.0
    quarter = int(turn / 90.0 + 0.5)
    r = (turn - 90.0 * quarter) * RADIANS  # within an eighth of a turn, where few terms do
    r2 = r * r
    c, s = 1.0, 1.0
    for k in range(16, 0, -2):
        c = 1.0 - r2 / ((k - 1) * k) * c
        s = 1.0 - r2 / (k * (k + 1)) * s
    s *= r
    qx, qy = _QUARTERS[quarter % 4]
    return qx * c - qy * s + 0.0, qy * c + qx * s + 0.0


def distance_m(here: Vector, there: Vector) -> float:
    """Metres from `here` to `there`."""
    dx, dy = there[0] - here[0], there[1] - here[1]
    return math.sqrt(dx * dx + dy * dy)


def toward(here: Vector, there: Vector, otherwise: Vector) -> Vector:
    """The unit vector from `here` to `there`; `otherwise` if they are one place."""
    d = distance_m(here, there)
    return ((there[0] - here[0]) / d, (there[1] - here[1]) / d) if d > 1e-6 else otherwise
