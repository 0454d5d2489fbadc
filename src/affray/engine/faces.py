"""Glimpses of people: whom of those a battle names each of them sees, one by one, who threatens
these, and which missiles they see strike.

The work grows with the number of people, and not with the crowd. What is read of others is what
shows of them (``Outside``), a wound as it is given, and whether one lies there dead, which looks
like lying there out of one's senses.
"""

from __future__ import annotations

import numpy as np

from affray.engine.crowds import standing
from affray.engine.lie import field_cell, terrain_at
from affray.engine.smoke import is_between
from affray.rules import luck as purpose
from affray.rules.compiled import kernel, part, seldom
from affray.rules.know import cues_of, let_through, skill_seen
from affray.rules.luck import bell, chance
from affray.rules.nature import height_m, training
from affray.rules.see import cone, in_view, is_blur
from affray.rules.show import eyes_m
from affray.world import battlefield as b
from affray.world import words as w
from affray.world.people import FACE

f8 = np.float64
i8 = np.int64

_STRIDE_M = 1.0  # how close together a line of sight is looked at
_OWN_M = 3.0  # bodies nearer than this to either end of it do not cut it, nor trees about him there
_HEADS_M = 1.75  # a line above this passes over heads
_BREAST_M = 1.2  # what is looked at of somebody
_LYING_M = 0.2
_MENACE_M = 4.0  # an enemy who comes on and is as near as this is about to be at somebody
_PAST_M = 2.0  # what misses its mark flies on as far as this
_STRIKE_M = 6.0  # as near as this one sees, in full light, whence a missile comes that strikes


@part
def _share_seen(world, state, x, y, eyes, to_x, to_y, height, p):
    """Share of somebody that is seen over ground, past trees and walls, bodies and smoke.

    Whoever is among trees himself, or on a wall, sees out of its edge and is seen in it.
    """
    d = np.sqrt((to_x - x) * (to_x - x) + (to_y - y) * (to_y - y))
    here, there = field_cell(world, x, y), field_cell(world, to_x, to_y)
    out_of, into = terrain_at(world, here).block > 0.0, terrain_at(world, there).block > 0.0
    if is_between(world, state, x, y, to_x, to_y):
        return 0.0
    share = 1.0
    last = here
    for k in range(1, i8(d / _STRIDE_M) + 1):
        along = f8(k) * _STRIDE_M
        t = along / d
        cell = field_cell(world, x + (to_x - x) * t, y + (to_y - y) * t)
        if cell == last or cell == there:
            continue
        last = cell
        ground = terrain_at(world, cell)
        line = eyes + (height - eyes) * t - f8(world.heights[cell])
        first, final = along < _OWN_M, d - along < _OWN_M
        edge = (first and out_of) or (final and into)
        if line < 0.0 or (line < f8(ground.block) and not edge):
            return 0.0
        if line < _HEADS_M and not first and not final:
            bodies = i8(0)
            for s in range(state.crowd0.shape[0]):
                bodies += standing(state.crowd0[s, cell])
            share = share * let_through(f8(bodies) / 16.0, p)
    return share


@part
def _luck_of(me, whom):
    """The key of ``me``'s luck with somebody."""
    return i8(me.luck) + (i8(whom) << 32)


@seldom
def _is_open(world, state, me, whom, x, y, above_m, tick):
    """Whether nothing in between hides from ``me`` what of ``whom`` is ``above_m`` over the ground
    at (x, y). Bodies do it by chance, for a second at a time.
    """
    p = world.params[0]
    here = f8(world.heights[field_cell(world, f8(me.x), f8(me.y))])
    eyes = here + eyes_m(height_m(world.traits[me.id]), me.status, f8(me.perch))
    height = f8(world.heights[field_cell(world, x, y)]) + above_m
    share = _share_seen(world, state, f8(me.x), f8(me.y), eyes, x, y, height, p)
    second = tick // max(i8(1.0 / world.clock[0] + 0.5), 1)
    drawn = chance(world.seed[0], second, _luck_of(me, whom), purpose.FACES)
    return share > 0.0 and drawn < share


@part
def _sees_upright(world, state, me, row, cone_cos, tick):
    """Whether ``me`` sees the one on his feet in ``row``."""
    x, y = f8(state.outside.x[row]), f8(state.outside.y[row])
    dx, dy = x - f8(me.x), y - f8(me.y)
    hidden = (i8(state.outside.look[row]) >> b.LOOK_HIDDEN) & 1 == 1
    if not in_view(dx, dy, dx * dx + dy * dy, f8(me.hx), f8(me.hy), cone_cos, hidden):
        return False
    whom = state.outside.id[row]
    above_m = _BREAST_M + f8(state.fighters[whom].perch)
    return _is_open(world, state, me, whom, x, y, above_m, tick)


@part
def _in_line(world, state, me, row, cone_cos, tick, out):
    """Whom ``me`` sees in the line of a throw at the enemy about to be at the one in ``row``,
    before him as near as what is thrown comes down: 0 nobody, 1 others, 2 that one, who may also
    be close behind.
    """
    veiled = i8(0)
    p = world.params[0]
    tx, ty = out.menace_x - f8(me.x), out.menace_y - f8(me.y)
    far = max(np.sqrt(tx * tx + ty * ty), 1e-6)
    kept = 1.5 * p.know_clear_m  # free about the one to be saved, and half as far as he gets
    if p.know_clear_m > 0.0:
        pace = 0.5 * f8((i8(state.outside.sign[row]) >> b.SIGN_SPEED) & 15)
        kept += 0.5 * p.know_lead_s * pace
    cols, rows = world.grid_cols[0], world.grid_rows[0]
    col, line = i8(out.menace_x / b.CELL_M), i8(out.menace_y / b.CELL_M)
    for near in range(25):
        r, c = line + near // 5 - 2, col + near % 5 - 2
        if r < 0 or c < 0 or r >= rows or c >= cols:
            continue
        for i in range(i8(state.start[r * cols + c]), i8(state.start[r * cols + c + 1])):
            up = (i8(state.outside.look[i]) >> b.LOOK_UP) & 1 == 1
            if not up or state.outside.id[i] == out.menace or state.outside.id[i] == me.id:
                continue
            x, y = f8(state.outside.x[i]) - f8(me.x), f8(state.outside.y[i]) - f8(me.y)
            along, off = (x * tx + y * ty) / far, abs(x * ty - y * tx) / far
            past_m, room = (_PAST_M, kept) if i == row else (0.0, p.know_clear_m)
            if along <= far - p.throw_falls_m or along >= far + past_m or off > room:
                continue
            if i == row:
                return i8(2)
            if veiled == 0 and _sees_upright(world, state, me, i, cone_cos, tick):
                veiled = i8(1)
    return veiled


@part
def _menace(world, state, me, row, cone_cos, tick, out):
    """The enemy about to be at the one in ``row``, as ``me`` sees it, into ``out``."""
    out.menace = -1
    out.menace_veiled = 0
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
            up = (look >> b.LOOK_UP) & 1 == 1
            if i == row or not up or world.hostile[side, look & 7] == 0:
                continue
            dx, dy = x - f8(state.outside.x[i]), y - f8(state.outside.y[i])
            d = np.sqrt(dx * dx + dy * dy)
            if (i8(state.outside.sign[i]) >> b.SIGN_STARES) & 1 == 1:
                continue
            faces_him = f8(state.outside.hx[i]) * dx + f8(state.outside.hy[i]) * dy > 0.7 * d
            if d > _MENACE_M or not faces_him or state.outside.id[i] == me.id:
                continue
            behind = dx * f8(state.outside.hx[row]) + dy * f8(state.outside.hy[row]) > 0.0
            strikes = (i8(state.outside.sign[i]) >> b.SIGN_STRIKES) & 1
            key = d - (1.0 if behind else 0.0) - 0.5 * f8(strikes)
            if key < best and _sees_upright(world, state, me, i, cone_cos, tick):
                best = key
                out.menace = state.outside.id[i]
                out.menace_x = state.outside.x[i]
                out.menace_y = state.outside.y[i]
                out.menace_m = d
                out.menace_behind = i8(behind)
                out.menace_strikes = strikes
                out.menace_speed = 0.5 * f8((i8(state.outside.sign[i]) >> b.SIGN_SPEED) & 15)
    if out.menace >= 0:
        out.menace_veiled = _in_line(world, state, me, row, cone_cos, tick, out)


@part
def _was_wounded(state, him, since, p):
    """Whether ``him`` got a wound since tick ``since`` that is not just a scratch."""
    row = i8(state.memory[him.id].wound)
    if row < 0:
        return False
    return state.wounds[row].tick >= since and f8(state.wounds[row].depth) >= p.know_struck


@part
def _glimpse(world, state, me, trait, keen, him, row, tick, out):
    """Whether ``me`` sees ``him``, who stands or lies in ``row``; what he sees, into ``out``."""
    p = world.params[0]
    dx, dy = f8(him.x) - f8(me.x), f8(him.y) - f8(me.y)
    d = np.sqrt(dx * dx + dy * dy)
    look, sign = i8(state.outside.look[row]), i8(state.outside.sign[row])
    cone_cos, _ = cone(me.act, trait.sight, me.grip, p)
    hidden = (look >> b.LOOK_HIDDEN) & 1 == 1
    far = d > keen * p.know_seen_m
    if far or not in_view(dx, dy, d * d, f8(me.hx), f8(me.hy), cone_cos, hidden):
        return False
    lies = him.status != w.UP
    above_m = f8(him.perch) + (_LYING_M if lies else _BREAST_M)
    if not _is_open(world, state, me, him.id, f8(him.x), f8(him.y), above_m, tick):
        return False
    hx, hy = f8(him.hx), f8(him.hy)
    turned_here = -(dx * hx + dy * hy) >= p.sight_face_cos * d
    speed = 0.5 * f8((sign >> b.SIGN_SPEED) & 15)
    blur = is_blur(speed, dx, dy, d, hx, hy, training(trait), p)
    shows_face = (turned_here or lies) and world.units[him.unit].masked == w.BARE
    light = f8(terrain_at(world, field_cell(world, f8(him.x), f8(him.y))).light)
    out.tick = tick
    out.cues = cues_of(d / keen, light, shows_face, blur, p)
    out.x = him.x
    out.y = him.y
    out.m = d
    out.lies = i8(lies)
    out.still = i8(him.status == w.OUT or him.status == w.DEAD)
    out.hurt = (look >> b.LOOK_HURT) & 1
    out.struck = i8(_was_wounded(state, him, tick - i8(world.clock[1]), p))
    out.flees = (look >> b.LOOK_FLEES) & 1
    out.strikes = (sign >> b.SIGN_STRIKES) & 1
    out.looks_here = i8(turned_here and not lies)
    out.stares = (sign >> b.SIGN_STARES) & 1
    out.held = i8(him.act == w.BE_HELD)
    out.open = (look >> b.LOOK_OPEN) & 1
    out.fear = -1.0
    if out.cues & FACE:
        out.fear = f8((look >> b.LOOK_FEAR) & 15) / 15.0
    out.skill = -1.0
    if out.strikes == 1 and d <= keen * p.know_skill_m:
        whim = bell(world.seed[0], tick, _luck_of(me, him.id), purpose.FACES)
        out.skill = skill_seen(training(world.traits[him.id]), whim, p)
    _menace(world, state, me, row, cone_cos, tick, out)
    return True


@kernel
def see_people(world, state, ids, keen, tick, out):
    """Write into ``out`` (GLIMPSE) whom each of the people sees who looks in this tick.

    ``ids``: their fighters, by person; -1: not in the battle. ``keen`` (f8): how many times farther
    off than others each knows people. Returns rows written: by who looks, then by who is seen.
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
                world,
                state,
                me,
                world.traits[me.id],
                keen[by],
                him,
                state.row_of[him.id],
                tick,
                out[k],
            ):
                out[k].by = by
                out[k].of = of
                k += 1
    return k


@part
def _perceives_hit(world, state, me, hit, tick):
    """Whether ``me`` feels a missile strike him, or sees it strike another close by.

    Like all that happens beside him, that can escape him while something else has his attention.
    """
    if hit.victim == me.id:
        return True
    row = state.row_of[hit.victim]
    x, y = f8(state.outside.x[row]), f8(state.outside.y[row])
    dx, dy = x - f8(me.x), y - f8(me.y)
    reach_m = _STRIKE_M * f8(terrain_at(world, field_cell(world, x, y)).light)
    if dx * dx + dy * dy > reach_m * reach_m:
        return False
    cone_cos, attention = cone(me.act, world.traits[me.id].sight, me.grip, world.params[0])
    if chance(world.seed[0], tick, me.luck, purpose.BESIDE) >= attention:
        return False
    return _sees_upright(world, state, me, row, cone_cos, tick)


@kernel
def perceive_hits(world, state, ids, hits, tick, out):
    """Write into ``out[k]`` the last of ``hits`` (BLOW, of missiles) that person k perceived, -1:
    none. ``ids``: their fighters, by person; -1: not in the battle.
    """
    for k in range(ids.shape[0]):
        out[k] = -1
        if ids[k] < 0:
            continue
        me = state.fighters[ids[k]]
        if me.status != w.UP and me.status != w.DOWN:
            continue
        for h in range(hits.shape[0]):
            if _perceives_hit(world, state, me, hits[h], tick):
                out[k] = h
