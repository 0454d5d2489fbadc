"""Throwing: where a missile goes, whether one in its way is struck, and who gets out of its way.

A flat missile (stone, knife) can hit anybody on its path, friends too; a lobbed one (javelin,
arrow) only on the last stretch, where it is low enough.
"""

from __future__ import annotations

from math import sqrt

import numpy as np

from affray.rules.compiled import rule
from affray.rules.fear import heaviness
from affray.rules.luck import AIM, DISTANCE, HEIGHT, bell
from affray.rules.maths import clamp

f8 = np.float64


@rule
def unsteady(spread_rad, fire, p):
    """The spread of one who is shot at meanwhile, ``fire`` missiles a second."""
    return spread_rad * (1.0 + p.throw_unsteady * heaviness(fire, p))


@rule
def aimed(dx, dy, distance_m, spread_rad, skill, crowd, seed, tick, luck, p):
    """Direction (unit vector) and distance (m) of a throw at (dx, dy), with its spread.

    The worse the thrower's skill, the wider; ``crowd`` throws are aimed at nobody in particular.
    """
    wide = spread_rad * (1.6 - clamp(skill, 0.0, 1.0))
    if crowd:
        wide = wide * p.throw_aimed
    a = wide * bell(seed, tick, luck, AIM)
    x, y = dx - a * dy, dy + a * dx
    k = 1.0 / sqrt(x * x + y * y)
    far = distance_m * (1.0 + p.throw_overshoot * bell(seed, tick, luck, DISTANCE))
    return x * k, y * k, max(far, 1.0)


@rule
def risen(spread_rad, skill, seed, tick, luck, p):
    """How a flat missile climbs or falls in each metre: the hand errs as much up as aside."""
    wide = spread_rad * (1.6 - clamp(skill, 0.0, 1.0))
    return p.throw_rises * wide * bell(seed, tick, luck, HEIGHT)


@rule
def low_enough(flown_m, aimed_m, flat, rise, p):
    """Whether a missile is low enough to hit somebody at this stretch of its way.

    A flat one is aimed at the middle of him, and may pass over his head or strike the ground.
    """
    if flat == 1:
        return abs(rise * flown_m) <= 0.5 * p.throw_tall_m
    return flown_m >= aimed_m - p.throw_falls_m


@rule
def ends_m(aimed_m, range_m, flat):
    """How far a missile flies that hits nobody."""
    if flat == 1:
        return range_m * 1.3
    return aimed_m + 2.0


@rule
def strikes(off_m, cover, p):
    """Chance that one whom a missile passes at ``off_m`` is struck, behind ``cover``."""
    near = clamp(1.0 - off_m / p.throw_body_m, 0.0, 1.0)
    return p.throw_touch * (0.4 + 0.6 * near) * (1.0 - cover)


@rule
def evades(air_s, attention, shielded, beside, p):
    """Chance that one before whose eyes a missile comes takes his shield to it, or gets away.

    ``air_s``: how long it was in the air, of which seeing it takes a reaction time; ``attention``:
    the chance that he notices it at all. Without a shield he needs room, and each companion
    ``beside`` him takes some.
    """
    in_time = clamp((air_s - p.sight_look_s) / p.throw_evade_s, 0.0, 1.0)
    room = 1.0 if shielded else 1.0 / (1.0 + f8(beside))
    return p.throw_evade * attention * in_time * room
