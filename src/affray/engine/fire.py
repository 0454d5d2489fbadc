"""Missiles that pass close by: how many enter which cell of 4 m in this tick, low enough to hurt.

Whoever is in that cell sees or hears them pass, from whatever side. They are entered before
anybody looks and taken out again once all have lived, so that nothing is kept from tick to tick.
"""

from __future__ import annotations

import numpy as np

from affray.rules.bar import barred
from affray.rules.compiled import kernel, part
from affray.rules.throw import ends_m, low_enough
from affray.world import battlefield as b
from affray.world.powers import THINGS

f8 = np.float64
i8 = np.int64

_STRIDE_M = 0.5


@part
def _cell_at(world, x, y):
    """The cell of the level of fire in which (x, y) lies, counted from that level's first."""
    side = f8(2 << b.FIRE_LEVEL)
    return i8(y / side) * world.grid_cols[b.FIRE_LEVEL] + i8(x / side)


@part
def _stopped(world, state, missile, x, y):
    """Whether the field's edge, what is impassable or a barrier stops a missile before (x, y)."""
    if x < 0.0 or y < 0.0 or x >= world.size[0] or y >= world.size[1]:
        return True
    cell = i8(y / b.CELL_M) * world.grid_cols[0] + i8(x / b.CELL_M)
    if world.terrain[cell].going <= 0.0:
        return True
    return barred(state.zones, THINGS, f8(missile.x), f8(missile.y), x, y, missile.by)


@kernel
def pass_by(world, state, missiles, total, number):
    """Enter ``missiles[:total]`` where they are about to pass, ``number`` times each.

    Into each cell once, when it comes into it or comes down in it. -1 takes them out again.
    """
    p = world.params[0]
    dt = world.clock[0]
    for m in range(total):
        missile = missiles[m]
        weapon = world.weapons[missile.weapon]
        flat = weapon["flat"]  # uncompiled, ``.flat`` is NumPy's own
        flown, aimed = f8(missile.flown), f8(missile.aimed)
        length = min(f8(weapon.speed) * dt, ends_m(aimed, f8(weapon.range), flat) - flown)
        last = i8(-1)
        for k in range(i8(length / _STRIDE_M) + 2):
            at = min(k * _STRIDE_M, length)
            x = f8(missile.x) + f8(missile.dx) * at
            y = f8(missile.y) + f8(missile.dy) * at
            if _stopped(world, state, missile, x, y):
                break
            if not low_enough(flown + at, aimed, flat, 0.0, p):  # over one's head is close by
                continue
            cell = _cell_at(world, x, y)
            if cell != last and (k > 0 or flown == 0.0):
                state.air.shots[missile.side, cell] += number
            last = cell


@part
def shots_at(world, state, me):
    """How many missiles of enemies pass close by ``me``."""
    cell = _cell_at(world, f8(me.x), f8(me.y))
    total = i8(0)
    for side in range(world.hostile.shape[1]):
        if world.hostile[me.side, side] == 1:
            total += i8(state.air.shots[side, cell])
    return total
