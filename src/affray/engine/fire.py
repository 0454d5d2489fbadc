"""Missiles that pass close by: in each cell, how many come by in this tick, and whence.

One is noticed in the contact cell that it comes into and in the eight around, if it is low enough
to hurt: heard if the din there leaves it to be heard, else seen by whoever looks that way and if
it is slow enough. Who sent it is not kept. They are entered before anybody looks and taken out
again once all have lived, so that nothing is kept from tick to tick.
"""

from __future__ import annotations

import numpy as np

from affray.engine.din import sound_cell
from affray.engine.lie import terrain_at
from affray.engine.pyramid import SECTOR_X, SECTOR_Y
from affray.rules.bar import barred
from affray.rules.compiled import kernel, part
from affray.rules.fire import can_be_seen, hiss_db, is_from_foes, is_heard, is_seen
from affray.rules.throw import ends_m, low_enough
from affray.world import battlefield as b
from affray.world.powers import SIGHT, SOUND, THINGS

f8 = np.float64
i8 = np.int64

HEARD, SEEN = 0, 1  # how a missile is noticed: by ear, or by the eye alone
_X = SECTOR_X
_Y = SECTOR_Y
MOST = 255  # that a cell counts from one direction, by ear or by eye alone
_STRIDE_M = 0.5
_PASSES_M = b.CELL_M  # how far off it passes, on the average


@part
def sector_from(dx, dy):
    """The sector of directions from which something comes that flies towards (dx, dy)."""
    best, most = i8(0), -2.0
    for s in range(b.SECTORS):
        along = -dx * _X[s] - dy * _Y[s]
        if along > most:
            best, most = i8(s), along
    return best


@part
def _is_blocked(world, col, row):
    """Whether nothing passes the cell: it is impassable, or not on the field."""
    if col < 0 or row < 0 or col >= world.grid_cols[0] or row >= world.grid_rows[0]:
        return True
    return terrain_at(world, row * world.grid_cols[0] + col).going <= 0.0


@part
def _stopped(world, state, missile, x, y):
    """Whether the field's edge, what is impassable or a barrier stops a missile before (x, y)."""
    if x < 0.0 or y < 0.0 or x >= world.size[0] or y >= world.size[1]:
        return True
    if _is_blocked(world, i8(x / b.CELL_M), i8(y / b.CELL_M)):
        return True
    return barred(state.zones, THINGS, f8(missile.x), f8(missile.y), x, y, missile.by)


@part
def _come_by(world, state, col, row, at_col, at_row, sector, hiss, slow, enters):
    """Enter a missile in one cell, from its own, by ear or else by eye, if nothing is between."""
    if _is_blocked(world, col, at_row) and _is_blocked(world, at_col, row):
        return
    if _is_blocked(world, col, row):
        return
    c = row * world.grid_cols[0] + col
    if state.start[c] == state.start[c + 1]:
        return
    p = world.params[0]
    x, y = (f8(col) + 0.5) * b.CELL_M, (f8(row) + 0.5) * b.CELL_M
    from_x, from_y = (f8(at_col) + 0.5) * b.CELL_M, (f8(at_row) + 0.5) * b.CELL_M
    din = f8(state.air.din[sound_cell(world, x, y)])
    if is_heard(hiss, din, p) and not barred(state.zones, SOUND, from_x, from_y, x, y, -1):
        how = HEARD
    elif slow and not barred(state.zones, SIGHT, from_x, from_y, x, y, -1):
        how = SEEN
    else:
        return
    counted = i8(state.air.shots[c, sector, how])
    state.air.shots[c, sector, how] = min(counted + 1, MOST) if enters else 0


@kernel
def pass_by(world, state, missiles, total, enters):
    """Enter ``missiles[:total]`` where they are about to pass; or (``enters`` 0) clear these cells.

    Each into a cell once, when it comes near it or comes down there.
    """
    p = world.params[0]
    dt = world.clock[0]
    for m in range(total):
        missile = missiles[m]
        weapon = world.weapons[missile.weapon]
        flat, speed = weapon["flat"], f8(weapon.speed)  # uncompiled, ``.flat`` is NumPy's own
        flown, aimed = f8(missile.flown), f8(missile.aimed)
        length = min(speed * dt, ends_m(aimed, f8(weapon.range), flat) - flown)
        sector = sector_from(f8(missile.dx), f8(missile.dy))
        hiss, slow = hiss_db(speed, _PASSES_M, p), can_be_seen(speed, p)
        was_col, was_row = i8(-9), i8(-9)
        for k in range(i8(length / _STRIDE_M) + 2):
            at = min(k * _STRIDE_M, length)
            x = f8(missile.x) + f8(missile.dx) * at
            y = f8(missile.y) + f8(missile.dy) * at
            if _stopped(world, state, missile, x, y):
                break
            if not low_enough(flown + at, aimed, flat, 0.0, p):  # over one's head is close by
                continue
            at_col, at_row = i8(x / b.CELL_M), i8(y / b.CELL_M)
            if at_col == was_col and at_row == was_row:
                continue
            if k > 0 or flown == 0.0:
                for n in range(9):
                    col, row = at_col + n % 3 - 1, at_row + n // 3 - 1
                    if abs(col - was_col) > 1 or abs(row - was_row) > 1:
                        _come_by(world, state, col, row, at_col, at_row, sector, hiss, slow, enters)
            was_col, was_row = at_col, at_row


@part
def notice_shots(world, state, c, me, cone_cos, notices, light, seen):
    """Fill in what of the missiles that pass by cell c reaches ``me``, and what he takes it for."""
    seen.shots = 0
    seen.shots_own = 0
    seen.shots_x = 0.0
    seen.shots_y = 0.0
    if state.missiles.shape[0] == 0:
        return
    p = world.params[0]
    for s in range(b.SECTORS):
        number = i8(state.air.shots[c, s, HEARD])
        if is_seen(_X[s], _Y[s], me, cone_cos, notices, light, p):
            number += i8(state.air.shots[c, s, SEEN])
        if number == 0:
            continue
        if is_from_foes(_X[s], _Y[s], me, seen, p):
            seen.shots += number
            seen.shots_x += f8(number) * _X[s]
            seen.shots_y += f8(number) * _Y[s]
        else:
            seen.shots_own += number
