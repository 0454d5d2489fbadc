"""Glimpses of people: whom of those a battle names each of them sees, one by one.

The work grows with the number of people, and not with the crowd. What is read of others is what
shows of them (``Outside``), and whether one lies there dead, which looks like lying there out of
one's senses.
"""

from __future__ import annotations

import numpy as np

from affray.engine.crowds import standing
from affray.rules import luck as purpose
from affray.rules.compiled import kernel, part, rule
from affray.rules.know import cues_of, let_through, skill_seen
from affray.rules.luck import bell, chance
from affray.rules.see import cone, in_view, is_blur
from affray.rules.show import eyes_m
from affray.world import battlefield as b
from affray.world import words as w

f8 = np.float64
i8 = np.int64

_OWN_M = 3.0  # what stands nearer than this to either end of a line of sight does not cut it
_HEADS_M = 1.75  # a line above this passes over heads
_BREAST_M = 1.2  # what is looked at of somebody
_LYING_M = 0.2
_MENACE_M = 4.0  # an enemy who comes on and is as near as this is about to be at somebody


@rule
def _cell(world, x, y):
    return i8(y / b.CELL_M) * world.grid_cols[0] + i8(x / b.CELL_M)


@part
def _seen_through(world, state, x, y, eyes, to_x, to_y, height, d, p):
    """Share of somebody that is seen over ground, past trees and walls, and past bodies."""
    share = 1.0
    steps = i8(d / b.CELL_M)
    for k in range(1, steps + 1):
        along = f8(k) * b.CELL_M
        if along < _OWN_M or d - along < _OWN_M:
            continue
        t = along / d
        cell = _cell(world, x + (to_x - x) * t, y + (to_y - y) * t)
        ground = world.terrain[cell]
        line = eyes + (height - eyes) * t - f8(ground.height)
        if line < f8(ground.block) or line < 0.0:
            return 0.0
        if line < _HEADS_M:
            bodies = i8(0)
            for s in range(state.crowd0.shape[0]):
                bodies += standing(state.crowd0[s, cell])
            share = share * let_through(f8(bodies) / 16.0, p)
    return share


@part
def _menace(world, state, me, row, cone_cos, out):
    """The enemy about to be at the one in ``row``, as ``me`` sees it, into ``out``."""
    out.menace = -1
    x, y = f8(state.outside.x[row]), f8(state.outside.y[row])
    side = i8(state.outside.look[row]) & 7
    cols, rows = world.grid_cols[0], world.grid_rows[0]
    col, line = i8(x / b.CELL_M), i8(y / b.CELL_M)
    best = _MENACE_M + 1.0
    for near in range(9):
        r, c = line + near // 3 - 1, col + near % 3 - 1
        if r < 0 or c < 0 or r >= rows or c >= cols:
            continue
        for i in range(i8(state.start[r * cols + c]), i8(state.start[r * cols + c + 1])):
            look = i8(state.outside.look[i])
            hidden = (look >> b.LOOK_HIDDEN) & 1 == 1
            up = (look >> b.LOOK_UP) & 1 == 1
            if i == row or not up or hidden or world.hostile[side, look & 7] == 0:
                continue
            dx, dy = x - f8(state.outside.x[i]), y - f8(state.outside.y[i])
            d = np.sqrt(dx * dx + dy * dy)
            faces_him = f8(state.outside.hx[i]) * dx + f8(state.outside.hy[i]) * dy > 0.7 * d
            if d > _MENACE_M or not faces_him or state.outside.id[i] == me.id:
                continue
            fx = f8(state.outside.x[i]) - f8(me.x)
            fy = f8(state.outside.y[i]) - f8(me.y)
            if not in_view(fx, fy, fx * fx + fy * fy, f8(me.hx), f8(me.hy), cone_cos, False):
                continue
            behind = dx * f8(state.outside.hx[row]) + dy * f8(state.outside.hy[row]) > 0.0
            strikes = (i8(state.outside.sign[i]) >> b.SIGN_STRIKES) & 1
            key = d - (1.0 if behind else 0.0) - 0.5 * f8(strikes)
            if key < best:
                best = key
                out.menace = state.outside.id[i]
                out.menace_x = state.outside.x[i]
                out.menace_y = state.outside.y[i]
                out.menace_m = d
                out.menace_behind = i8(behind)
                out.menace_strikes = strikes


@part
def _glimpse(world, state, me, trait, him, row, tick, out):
    """Whether ``me`` sees ``him``, who stands or lies in ``row``; what he sees, into ``out``."""
    p = world.params[0]
    dx, dy = f8(him.x) - f8(me.x), f8(him.y) - f8(me.y)
    d = np.sqrt(dx * dx + dy * dy)
    look, sign = i8(state.outside.look[row]), i8(state.outside.sign[row])
    cone_cos, _ = cone(me.act, trait.sight, me.grip, p)
    hidden = (look >> b.LOOK_HIDDEN) & 1 == 1
    if d > p.know_seen_m or not in_view(dx, dy, d * d, f8(me.hx), f8(me.hy), cone_cos, hidden):
        return False
    lies = him.status != w.UP
    here = world.terrain[_cell(world, f8(me.x), f8(me.y))]
    there = world.terrain[_cell(world, f8(him.x), f8(him.y))]
    eyes = f8(here.height) + eyes_m(f8(trait.height), me.status, f8(me.perch))
    height = f8(there.height) + f8(him.perch) + (_LYING_M if lies else _BREAST_M)
    share = _seen_through(
        world, state, f8(me.x), f8(me.y), eyes, f8(him.x), f8(him.y), height, d, p
    )
    stretch = max(i8(1.0 / world.clock[0] + 0.5), 1)  # luck of a second
    pair = i8(me.luck) + (i8(him.id) << 32)
    if share <= 0.0 or chance(world.seed[0], tick // stretch, pair, purpose.FACES) >= share:
        return False
    hx, hy = f8(him.hx), f8(him.hy)
    turned_here = -(dx * hx + dy * hy) >= p.sight_face_cos * d
    speed = 0.5 * f8((sign >> b.SIGN_SPEED) & 15)
    blur = is_blur(speed, dx, dy, d, hx, hy, f8(trait.training), p)
    shows_face = (turned_here or lies) and world.units[him.unit].masked == w.BARE
    out.tick = tick
    out.cues = cues_of(d, f8(there.light), shows_face, blur, p)
    out.x = him.x
    out.y = him.y
    out.m = d
    out.lies = i8(lies)
    out.still = i8(him.status == w.OUT or him.status == w.DEAD)
    out.hurt = (look >> b.LOOK_HURT) & 1
    out.flees = (look >> b.LOOK_FLEES) & 1
    out.strikes = (sign >> b.SIGN_STRIKES) & 1
    out.looks_here = i8(turned_here and not lies)
    out.skill = -1.0
    if out.strikes == 1 and d <= p.know_skill_m:
        whim = bell(world.seed[0], tick, pair, purpose.FACES)
        out.skill = skill_seen(f8(world.traits[him.id].training), whim, p)
    _menace(world, state, me, row, cone_cos, out)
    return True


@kernel
def see_people(world, state, ids, tick, out):
    """Write into ``out`` (GLIMPSE) whom each of the people sees who looks in this tick.

    ``ids``: their fighters, by person; -1: not in the battle. Returns rows written: by who looks,
    then by who is seen.
    """
    k = i8(0)
    every = i8(world.clock[1])
    for by in range(ids.shape[0]):
        if ids[by] < 0:
            continue
        me = state.fighters[ids[by]]
        if (me.status != w.UP and me.status != w.DOWN) or (tick + me.id) % every != 0:
            continue
        for of in range(ids.shape[0]):
            if ids[of] < 0 or of == by:
                continue
            him = state.fighters[ids[of]]
            if him.status == w.RESERVE or him.status == w.LEFT:
                continue
            if _glimpse(
                world, state, me, world.traits[me.id], him, state.row_of[him.id], tick, out[k]
            ):
                out[k].by = by
                out[k].of = of
                k += 1
    return k
