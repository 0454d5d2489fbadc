"""95 % intervals of what many runs came to: of a mean (Student), of a share (Wilson)."""

from __future__ import annotations

from math import inf, sqrt
from typing import NamedTuple

import numpy as np

Z = 1.959963985  # of the normal distribution, two-sided 95 %


class Interval(NamedTuple):
    """A value between the ends of its 95 % interval."""

    value: float
    low: float
    high: float


def mean_interval(values: np.ndarray) -> Interval:
    """The mean of independent values, by Student's t. One value alone says nothing of spread."""
    mean = float(np.mean(values))
    if len(values) < 2:
        return Interval(mean, -inf, inf)
    half = student(len(values) - 1) * float(np.std(values, ddof=1)) / sqrt(len(values))
    return Interval(mean, mean - half, mean + half)


def share_interval(times: int, of: int) -> Interval:
    """A share by Wilson's score interval (1927): sound for few runs and shares near 0 or 1. Of no
    runs it may be anything.
    """
    if of == 0:
        return Interval(0.0, 0.0, 1.0)
    share = times / of
    middle = share + Z * Z / (2 * of)
    half = Z * sqrt(share * (1 - share) / of + Z * Z / (4 * of * of))
    scale = 1 + Z * Z / of
    return Interval(share, max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale))


def student(freedom: int) -> float:
    """The two-sided 95 % quantile of Student's t, within 1 % (Cornish & Fisher's expansion)."""
    if freedom < 3:
        return {1: 12.706, 2: 4.303}[freedom]
    z, v = Z, float(freedom)
    return (
        z
        + (z**3 + z) / (4 * v)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
    )
