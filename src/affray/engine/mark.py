"""Picking out one man in a crowd far off, to shoot at him.

A crowd is perceived by cells (``crowds.py``). Who lets fly looks at the nearest cell of the lists
in which he sees enemies, and picks out one of those in it. He can pick out nobody whom he does not
see as part of that crowd: the same lists, lines of sight, light, cone and concealment count here.
"""

from __future__ import annotations

import numpy as np

from affray.engine.crowds import is_open, standing
from affray.engine.pyramid import BEGINS, LISTS, SECTOR_X, SECTOR_Y
from affray.engine.smoke import is_hidden
from affray.rules.compiled import part
from affray.rules.luck import MARK, chance
from affray.rules.see import cone
from affray.world import battlefield as b

f8 = np.float64
i8 = np.int64
u4 = np.uint32
u8 = np.uint64

_UP = 1 << b.LOOK_UP
_UP_OR_HIDDEN = _UP | (1 << b.LOOK_HIDDEN)


@part
def _foes_in(world, state, side, level, at):
    """Whether enemies on their feet are seen in a cell of a level; ``at``: counted in the level."""
    for s in range(state.crowd0.shape[0]):
        if world.hostile[side, s] == 0:
            continue
        n = state.crowd0[s, at] if level == 0 else state.crowd[world.grid_base[level] + at, s].n
        if standing(n) > 0:
            return True
    return False


@part
def _nearest_cell(world, state, me, level, cone_cos):
    """The nearest cell of this level's list in which ``me`` sees enemies; -1: none."""
    cols, rows = world.grid_cols[level], world.grid_rows[level]
    c = i8(f8(me.x) / b.CELL_M) >> level
    r = i8(f8(me.y) / b.CELL_M) >> level
    here = r * cols + c
    lines = ~u8(0)
    if world.sightlines.shape[0] > 1:
        upper = world.grid_cols[0] * world.grid_rows[0] + world.grid_base[level]
        lines = world.sightlines[here if level == 0 else upper + here]
    parity = ((r & 1) << 1) | (c & 1)
    width = b.CELL_M * f8(1 << level)
    best = i8(-1)
    best_d2 = 0.0
    for sector in range(b.SECTORS):
        if f8(me.hx) * SECTOR_X[sector] + f8(me.hy) * SECTOR_Y[sector] < cone_cos:
            continue
        for k in range(BEGINS[parity, sector], BEGINS[parity, sector + 1]):
            dx, dy = LISTS[parity, k, 0], LISTS[parity, k, 1]
            if not is_open(lines, LISTS[parity, k, 2], c + dx, r + dy, cols, rows):
                continue
            at = here + dy * cols + dx
            x = (f8(c + dx) + 0.5) * width - f8(me.x)
            y = (f8(r + dy) + 0.5) * width - f8(me.y)
            d2 = x * x + y * y
            if (best >= 0 and d2 >= best_d2) or not _foes_in(world, state, me.side, level, at):
                continue
            if not is_hidden(world, state, level, c, r, dx, dy):
                best = at
                best_d2 = d2
    return best


@part
def _one_in(world, state, me, level, at, tick):
    """Row of one of the enemies whom ``me`` sees in a cell of a level: any, as luck has it."""
    cols, rows = world.grid_cols[0], world.grid_rows[0]
    r, c = at // world.grid_cols[level], at % world.grid_cols[level]
    best = i8(-1)
    least = 1.0
    for row in range(r << level, min((r + 1) << level, rows)):
        for col in range(c << level, min((c + 1) << level, cols)):
            cell = row * cols + col
            if i8(world.lit[cell]) < level or not _foes_in(world, state, me.side, 0, cell):
                continue
            for i in range(i8(state.start[cell]), i8(state.start[cell + 1])):
                look = state.outside.look[i]
                if look & u4(_UP_OR_HIDDEN) != u4(_UP):
                    continue
                if world.hostile[me.side, i8(look & u4(7))] == 0:
                    continue
                who = i8(state.outside.id[i])
                drawn = chance(world.seed[0], tick, me.luck, MARK + who)
                if drawn < least:
                    best = i8(i)
                    least = drawn
    return best


@part
def pick_mark(world, state, me, tick):
    """Row of the enemy whom ``me`` picks out beyond the nine cells around him; -1: nobody."""
    cone_cos, _ = cone(me.act, world.traits[me.id].sight, me.grip, world.params[0])
    for level in range(b.LEVELS):
        at = _nearest_cell(world, state, me, level, cone_cos)
        if at >= 0:
            return _one_in(world, state, me, level, at, tick)
    return i8(-1)
