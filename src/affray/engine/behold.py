"""Spectacles: a happening that draws every eye which can see it, some sooner than others.

It is carried to those about as sounds and signals are (``carry.py``), and holds them as a scream
does (``heard.py``). It can be seen along the lines of sight and in the light by which crowds are
seen; that bodies in between hide it from some is a matter of chance.
"""

from __future__ import annotations

import numpy as np

from affray.engine.log import stimulus_of
from affray.rules import luck as purpose
from affray.rules.compiled import part, seldom
from affray.rules.grip import seconds_to_dawn
from affray.rules.hear import pair_luck
from affray.rules.luck import chance
from affray.rules.see import cone, in_view
from affray.world import battlefield as b
from affray.world import words as w

f8 = np.float64
i8 = np.int64
u8 = np.uint64


@part
def in_line(world, x, y, to_x, to_y):
    """Whether somebody at (to_x, to_y) could be seen from (x, y) if no bodies stood between: near
    enough for the light where he is, and nothing on the field in the way.

    They see each other at the coarsest level at which they are two cells apart; nearer than that
    nothing stands between them.
    """
    cols, rows = world.grid_cols[0], world.grid_rows[0]
    c, r = min(i8(x / b.CELL_M), cols - 1), min(i8(y / b.CELL_M), rows - 1)
    to_c, to_r = min(i8(to_x / b.CELL_M), cols - 1), min(i8(to_y / b.CELL_M), rows - 1)
    level = i8(b.LEVELS)
    while level >= 0:
        dx, dy = (to_c >> level) - (c >> level), (to_r >> level) - (r >> level)
        if max(abs(dx), abs(dy)) >= 2:
            break
        level -= 1
    if level < 0:
        return True
    if level == b.LEVELS or (level > 0 and i8(world.lit[to_r * cols + to_c]) < level):
        return False
    if world.sightlines.shape[0] == 1:
        return True
    col, row = c >> level, r >> level
    at = row * world.grid_cols[level] + col
    if level > 0:
        at += cols * rows + world.grid_base[level]
    bit = (dy + 2 + (row & 1)) * 6 + dx + 2 + (col & 1)
    return (world.sightlines[at] >> u8(bit)) & u8(1) == u8(1)


@part
def is_before(world, n, dx, dy, d):
    """Whether (dx, dy) lies where his eyes are turned."""
    cone_cos, _ = cone(n.act, world.traits[n.id].sight, n.grip, world.params[0])
    return in_view(dx, dy, d * d, f8(n.hx), f8(n.hy), cone_cos, False)


@part
def dawns(tick, d, pair, seed, dt, p):
    """The tick in which a spectacle of ``tick`` draws the eyes of one ``d`` metres off, if he can
    see it. ``pair``: their luck together.
    """
    luck = chance(seed, tick, pair, purpose.DAWN)
    return tick + 1 + i8(seconds_to_dawn(d, luck, p) / dt)


@part
def beholds(world, n, stimulus, dx, dy, d):
    """Whether he sees a spectacle before him at (dx, dy), as it draws his eyes."""
    p = world.params[0]
    key = pair_luck(n.luck, stimulus.luck)
    if d > p.grip_spectacle_m:
        return False
    if chance(world.seed[0], stimulus.tick, key, purpose.BEHOLD) >= p.grip_spectacle_seen:
        return False
    return in_line(world, f8(n.x), f8(n.y), f8(stimulus.x), f8(stimulus.y))


@seldom
def show(world, n, tick, cry):
    """Let ``n``, who has just gone down, be a spectacle: write it into ``cry``."""
    stimulus_of(n, tick, cry)
    cry.way = w.BY_SIGHT
    cry.says = w.SPECTACLE
    cry.level = world.params[0].grip_spectacle_db
    cry.timbre = world.traits[n.id].timbre
