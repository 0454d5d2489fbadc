"""Smoke: it dims what lies behind it, and enough of it hides.

Light fades along a line by Bouguer's law, as exp(-depth), where the depth is the extinction of the
smoke summed up along it. The eye tells somebody from what is behind him down to a contrast of some
5 % (Koschmieder 1924; the visual range of meteorologists), which is a depth of 3.
"""

from __future__ import annotations

from math import sqrt

import numpy as np

from affray.rules.compiled import rule
from affray.rules.maths import clamp, hazard

f8 = np.float64


@rule
def extinction(hangs_m2, ground_m2, p):
    """Depth for each metre (1/m) where smoke of so much cross-section hangs over a ground."""
    return hangs_m2 / (ground_m2 * p.smoke_deep_m)


@rule
def hides(depth, p):
    """Whether nobody can be made out through smoke of this depth."""
    return depth >= p.smoke_hides


@rule
def shares(wind_x, wind_y, cell_m, dt, p):
    """Shares of a cell's smoke that in ``dt`` seconds go along x, along y, and to each side."""
    along_x, along_y = abs(wind_x) * dt / cell_m, abs(wind_y) * dt / cell_m
    aside = min(p.smoke_mixes_m2_per_s * dt / (cell_m * cell_m), 0.1)
    most = (1.0 - 4.0 * aside) / max(along_x + along_y, 1.0e-9)
    slower = clamp(most, 0.0, 1.0)  # than a wind that would carry it past the next cell
    return along_x * slower, along_y * slower, aside


@rule
def drifted(here, upwind_x, upwind_y, around, share_x, share_y, aside, dt, p):
    """Smoke in a cell after ``dt`` seconds, of what hung in it, upwind of it and in all four."""
    stays = here * (1.0 - share_x - share_y - 4.0 * aside)
    comes = upwind_x * share_x + upwind_y * share_y + around * aside
    return (stays + comes) * (1.0 - hazard(1.0 / p.smoke_lasts_s, dt))


@rule
def way_m(dx, dy, width_m):
    """Length of the way to a cell so many cells off."""
    return width_m * sqrt(f8(dx * dx + dy * dy))
