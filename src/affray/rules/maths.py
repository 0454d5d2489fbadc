"""The only mathematics that rules use beyond + - * / and square root, exactly specified.

Library exp and sin differ in the last bit between platforms; these do not.
"""

from __future__ import annotations

from math import frexp, sqrt

import numpy as np

from affray.rules.compiled import rule

_TICKS_MOST = 32000.0
_HAZARD_OFF = 1e-9  # more than by how much ``decay`` may fall short of e to the minus x


@rule
def clamp(value, low, high):
    """``value`` held between ``low`` and ``high``."""
    return min(max(value, low), high)


@rule
def decay(x):
    """e to the minus x, for x >= 0, to about one part in a million: ten squarings of a series."""
    if x > 40.0:
        return 0.0
    y = x / 1024.0
    t = 1.0 - y * (1.0 - y * (0.5 - y * (1.0 / 6.0)))
    for _ in range(10):
        t = t * t
    return t


@rule
def grow(x):
    """e to the x, for any x between -40 and 40."""
    t = decay(abs(x))
    return 1.0 / t if x >= 0.0 else t


@rule
def hazard(rate_per_s, dt_s):
    """Chance that something of this rate happens within a tick: 1 - exp(-rate dt)."""
    return 1.0 - decay(rate_per_s * dt_s)


@rule
def happens(luck, rate_per_s, dt_s):
    """Whether something of this rate happens within a tick: ``luck``, uniform in [0, 1), is less
    than the ``hazard``.

    That is never more than rate x dt, so most luck decides without it.
    """
    if luck >= rate_per_s * dt_s + _HAZARD_OFF:
        return False
    return luck < hazard(rate_per_s, dt_s)


@rule
def ticks_of(seconds, dt):
    """Whole ticks, at least one, and no more than the fields of acts hold."""
    return np.int64(clamp(seconds / dt + 0.5, 1.0, _TICKS_MOST))


@rule
def turned(hx, hy, tx, ty, most_rad):
    """The unit vector (hx, hy) turned towards the unit vector (tx, ty), by at most ``most_rad``."""
    t = 0.5 * most_rad * (1.0 + most_rad * most_rad / 12.0)
    c = (1.0 - t * t) / (1.0 + t * t)
    if hx * tx + hy * ty >= c:
        return tx, ty
    s = 2.0 * t / (1.0 + t * t)
    if hx * ty - hy * tx < 0.0:
        s = -s
    nx = hx * c - hy * s
    ny = hx * s + hy * c
    k = 1.0 / sqrt(nx * nx + ny * ny)
    return nx * k, ny * k


@rule
def decibels(ratio):
    """Ten times the decimal logarithm of a ratio of powers, 1e-12 to 1e12, to some 1e-5 dB."""
    m, twos = frexp(clamp(ratio, 1e-12, 1e12))
    if m < 0.7071067811865476:
        m, twos = 2.0 * m, twos - 1
    s = (m - 1.0) / (m + 1.0)
    s2 = s * s
    series = 1.0 + s2 * (1.0 / 3.0 + s2 * (0.2 + s2 * (1.0 / 7.0 + s2 / 9.0)))
    return 3.010299956639812 * np.float64(twos) + 8.685889638065035 * s * series


@rule
def power_ratio(db):
    """The ratio of powers that so many decibels are, -150 to 150."""
    return grow(0.23025850929940458 * db)
