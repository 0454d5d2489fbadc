"""Sight, one fighter at a time: cone and touch, numbers, mistakes.

Near ones are seen one by one (``sees``). A crowd farther off is seen as a crowd; how much of it
depends on the heads in between (``through``) and on the height of one's eyes.
"""

from __future__ import annotations

from math import sqrt

import numpy as np

from affray.rules.compiled import rule
from affray.rules.maths import clamp, grow
from affray.world import words as w

f8 = np.float64
f4 = np.float32


@rule
def sees(dx, dy, d2, hx, hy, cone_cos, touch2, hidden):
    """Whether one at (dx, dy) is perceived by one who faces (hx, hy): in the cone, or by touch.

    All float32, for the vector loop; ``hidden`` ones are perceived by touch alone.
    """
    return (d2 <= touch2) | ((dx * hx + dy * hy >= cone_cos * np.sqrt(d2)) & (not hidden))


@rule
def cone(act, all_round, grip, p):
    """Cosine of half the angle that this fighter takes in, as busy as he is; and his attention.

    Who is transfixed has eyes for nothing else, all-round sight or not.
    """
    if grip > 0:
        return p.sight_busy_cone_cos, 0.1
    if all_round == 1:
        return -2.0, 1.0
    if act >= w.HELP_UP:
        return p.sight_busy_cone_cos, 0.4
    return p.sight_cone_cos, 1.0


@rule
def through(bodies, arc_m, eyes_m, p):
    """Share of what lies behind that is seen between and above ``bodies`` standing on an arc."""
    above = clamp(1.0 - p.sight_over_heads * max(eyes_m - 1.65, 0.0) / 0.25, 0.0, 1.0)
    shade = above * f8(bodies) * p.sight_body_width_m / arc_m
    return 1.0 / (1.0 + shade + 0.5 * shade * shade)


@rule
def estimate(count, luck, p):
    """A fighter's estimate of a number that he sees: exact up to a few, then too low and uncertain.

    Judged numbers grow as N to the 0.75 (between N^0.8 and root N in the sources), with a
    lognormal spread; ``luck`` is a standard normal number.
    """
    few = p.sight_count_from
    if count <= few:
        return count
    ratio = count / few
    root = sqrt(ratio)
    return few * root * sqrt(root) * grow(p.sight_count_spread * clamp(luck, -3.0, 3.0))


@rule
def confusion_rate(fear, light, training, p):
    """Rate (1/s) at which one in a melee takes a friend for a foe."""
    dark = 1.0 + p.sight_confusion_dark * (1.0 - light)
    terror = 1.0 + p.sight_confusion_fear * fear
    return p.sight_confusion_per_s * dark * terror * (1.5 - training)
