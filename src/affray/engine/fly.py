"""Missiles in flight: each flies its stretch of the tick and may strike whoever is in its way."""

from __future__ import annotations

import numpy as np

from affray.engine.lie import terrain_at
from affray.rules.bar import barred
from affray.rules.compiled import kernel, part
from affray.rules.luck import chance
from affray.rules.throw import ends_m, low_enough, strikes
from affray.world import battlefield as b
from affray.world import words as w
from affray.world.powers import THINGS

f8 = np.float64
i8 = np.int64
u4 = np.uint32

_STRIDE_M = 0.5
_OWN_RANK_M = 1.5  # nobody hits the man beside him as he lets go


@part
def _struck_in(world, state, cell, missile, flat, to_m, p):
    """Row of the first one in ``cell`` whom the stretch strikes, its distance; -1: nobody."""
    best = i8(-1)
    best_m = to_m
    cover = f8(terrain_at(world, cell).cover)
    for i in range(i8(state.start[cell]), i8(state.start[cell + 1])):
        look = state.outside.look[i]
        if (look >> u4(b.LOOK_UP)) & u4(1) == u4(0) or state.outside.id[i] == missile.by:
            continue
        if flat == 1 and (look >> u4(b.LOOK_HIGH)) & u4(1) == u4(1):
            continue
        rx = f8(state.outside.x[i]) - f8(missile.x)
        ry = f8(state.outside.y[i]) - f8(missile.y)
        along = rx * f8(missile.dx) + ry * f8(missile.dy)
        flown = f8(missile.flown) + along
        if along < 0.0 or along >= best_m or flown < _OWN_RANK_M:
            continue
        if not low_enough(flown, f8(missile.aimed), flat, f8(missile.rise), p):
            continue
        off = abs(ry * f8(missile.dx) - rx * f8(missile.dy))
        if off > p.throw_body_m:
            continue
        ordinal = 64 * 1024 + i8(state.outside.id[i])
        touch = chance(world.seed[0], missile.tick, missile.luck, ordinal)
        if touch < strikes(off, cover, p):
            best = i8(i)
            best_m = along
    return best, best_m


@part
def _flight(world, state, missile, length_m, p):
    """Whom the missile strikes on its next ``length_m`` metres, and how far it gets.

    What is impassable stops it where it is low, and so does the edge of the field.
    """
    cols, rows = world.grid_cols[0], world.grid_rows[0]
    flat = world.weapons[missile.weapon]["flat"]  # uncompiled, ``.flat`` is NumPy's own
    left, right, low, high = i8(-1), i8(-1), i8(-1), i8(-1)
    best = i8(-1)
    best_m = length_m
    near_m = p.throw_body_m + 0.5 * _STRIDE_M  # so that no cell on the way is missed
    steps = i8(length_m / _STRIDE_M) + 1
    for k in range(steps + 1):
        at = min(k * _STRIDE_M, length_m)
        if at > best_m:
            break
        x = f8(missile.x) + f8(missile.dx) * at
        y = f8(missile.y) + f8(missile.dy) * at
        if x < 0.0 or y < 0.0 or x >= world.size[0] or y >= world.size[1]:
            return best, best_m, best < 0
        if barred(state.zones, THINGS, f8(missile.x), f8(missile.y), x, y, missile.by):
            return i8(-1), at, True
        if not low_enough(f8(missile.flown) + at, f8(missile.aimed), flat, f8(missile.rise), p):
            continue
        col, row = i8(x / b.CELL_M), i8(y / b.CELL_M)
        if terrain_at(world, row * cols + col).going <= 0.0:
            return best, best_m, best < 0
        first_col, last_col = i8(max(x - near_m, 0.0) / b.CELL_M), i8((x + near_m) / b.CELL_M)
        first_row, last_row = i8(max(y - near_m, 0.0) / b.CELL_M), i8((y + near_m) / b.CELL_M)
        if first_col == left and last_col == right and first_row == low and last_row == high:
            continue
        left, right, low, high = first_col, last_col, first_row, last_row
        for rr in range(low, min(high, rows - 1) + 1):
            for cc in range(left, min(right, cols - 1) + 1):
                who, where = _struck_in(world, state, rr * cols + cc, missile, flat, best_m, p)
                if who >= 0:
                    best = who
                    best_m = where
    return best, best_m, False


@kernel
def fly(world, state, missiles, first, last, done, hits):
    """Fly ``missiles[first:last]`` for one tick; ``done[m]``: 1 if its flight is over.

    ``hits[m]``: the blow on whomever it struck; victim -1: nobody yet.
    """
    p = world.params[0]
    dt = world.clock[0]
    for m in range(first, last):
        missile = missiles[m]
        weapon = world.weapons[missile.weapon]
        end = ends_m(f8(missile.aimed), f8(weapon.range), weapon["flat"])
        length = min(f8(weapon.speed) * dt, end - f8(missile.flown))
        hits[m].victim = -1
        who, at_m, gone = _flight(world, state, missile, length, p)
        done[m] = 0
        if who >= 0:
            hit = hits[m]
            hit.victim = state.outside.id[who]
            hit.by = missile.by
            hit.dx = missile.dx
            hit.dy = missile.dy
            hit.skill = 0.5
            hit.force = f8(weapon.force) * f8(missile.arm)
            hit.air = (f8(missile.flown) + at_m) / f8(weapon.speed)
            hit.luck = missile.luck
            hit.tick = missile.tick
            hit.weapon = missile.weapon
            hit.act = w.THROW
            hit.side = missile.side
            done[m] = 1
            continue
        missile.x = f8(missile.x) + f8(missile.dx) * length
        missile.y = f8(missile.y) + f8(missile.dy) * length
        missile.flown = f8(missile.flown) + length
        if gone or f8(missile.flown) >= end - 0.01:
            done[m] = 1
