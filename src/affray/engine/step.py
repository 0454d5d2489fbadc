"""One step of one fighter among the bodies around him, all at their old places."""

from __future__ import annotations

import numpy as np

from affray.engine.body import ground_cell
from affray.engine.lie import terrain_at
from affray.engine.log import emit
from affray.engine.near import SLOT_BITS, SLOTS, UNFIX, WHOLE, slot_of
from affray.rules.bar import barred
from affray.rules.bleed import lost_share
from affray.rules.compiled import loop, part
from affray.rules.maths import clamp
from affray.rules.move import capped, slid
from affray.rules.obey import goes_back
from affray.rules.show import HIGH_M, runs_off
from affray.rules.soak import trodden
from affray.rules.tire import impairment, top_speed
from affray.world import battlefield as b
from affray.world import words as w
from affray.world.fields import PER_M
from affray.world.powers import PEOPLE

f4 = np.float32
f8 = np.float64
i4 = np.int32
i8 = np.int64
u4 = np.uint32

STEP_AMONG_M = 0.79  # longest step with anybody about: two who step still see each other's cell
STEP_ALONE_M = 1.6
_EDGE_M = 0.5
_IN_THE_WAY = (1 << b.LOOK_UP) | (1 << b.LOOK_HIGH)  # of these two, only the first
_LEAST_GOING = 0.05  # so that whoever was placed inside a wall can leave it


@loop
def _about(near, me_slot, sx, sy, body_m):
    """How many stand about, and how many of them the step or the place may bring too close.

    Says of nobody that he is clear who is not: gap and step are compared by their squares.
    """
    xs, ys, looks = near.xs, near.ys, near.looks
    x, y = xs[me_slot], ys[me_slot]
    fsx, fsy, body2 = f4(sx), f4(sy), f4(body_m * body_m)
    others = i4(0)
    close = i4(0)
    self_slot = i4(me_slot)
    for q in range(near.slots[0] & WHOLE):
        dx = xs[q] - x
        dy = ys[q] - y
        up = (u4(looks[q] & u4(_IN_THE_WAY)) == u4(1 << b.LOOK_UP)) & (i4(q) != self_slot)
        d2 = dx * dx + dy * dy
        # along / d > (d - body) / 2 wherever the step overruns half of the gap
        beyond = d2 - f4(2.0) * (fsx * dx + fsy * dy)
        clear = (beyond > f4(0.0)) & (beyond * beyond >= body2 * d2) & (d2 >= body2)
        others = i4(others + (i4(1) if up else i4(0)))
        close = i4(close + (i4(1) if up & (not clear) else i4(0)))
    return others, close


@loop
def _tightest(near, me_slot, sx, sy, body_m):
    """Key of the neighbour whose gap the step overruns most (-1: nobody's), and the push.

    The push (two numbers, 1/4096 m) is half of every overlap there is.
    """
    xs, ys, looks = near.xs, near.ys, near.looks
    x, y = xs[me_slot], ys[me_slot]
    fsx, fsy, body = f4(sx), f4(sy), f4(body_m)
    worst = i4(-1)
    push_x = i4(0)
    push_y = i4(0)
    self_slot = i4(me_slot)
    for q in range(near.slots[0] & WHOLE):
        dx = xs[q] - x
        dy = ys[q] - y
        up = (u4(looks[q] & u4(_IN_THE_WAY)) == u4(1 << b.LOOK_UP)) & (i4(q) != self_slot)
        d = max(np.sqrt(dx * dx + dy * dy), f4(1.0e-3))
        inv = f4(1.0) / d
        gap = (d - body) * f4(0.5)
        over = (fsx * dx + fsy * dy) * inv - max(gap, f4(0.0))
        key = i4((i4(min(max(over, f4(0.0)), f4(4.0)) * f4(65536.0)) << i4(SLOT_BITS)) | i4(q))
        worst = max(worst, key if up & (over > f4(1.0e-4)) else i4(-1))
        overlap = max(-gap, f4(0.0)) * inv * f4(4096.0) if up else f4(0.0)
        push_x = i4(push_x - i4(overlap * dx))
        push_y = i4(push_y - i4(overlap * dy))
    return worst, push_x, push_y


@loop
def _share_allowed(near, me_slot, sx, sy, body_m):
    """The share of the step that keeps to one's own half of every gap."""
    xs, ys, looks = near.xs, near.ys, near.looks
    x, y = xs[me_slot], ys[me_slot]
    fsx, fsy, body = f4(sx), f4(sy), f4(body_m)
    least = i4(65536)
    self_slot = i4(me_slot)
    for q in range(near.slots[0] & WHOLE):
        dx = xs[q] - x
        dy = ys[q] - y
        up = i4((looks[q] & u4(_IN_THE_WAY)) == u4(1 << b.LOOK_UP)) & i4(i4(q) != self_slot)
        d = max(np.sqrt(dx * dx + dy * dy), f4(1.0e-3))
        allowed = max((d - body) * f4(0.5), f4(0.0))
        along = (fsx * dx + fsy * dy) / d
        share = i4(allowed / max(along, f4(1.0e-6)) * f4(65536.0) if along > allowed else f4(65536))
        least = min(least, share if up == i4(1) else i4(65536))
    return f8(least) / 65536.0


@part
def _going(world, ground, cell, c, p):
    """Share of speed that ground and bodies on it leave."""
    bodies = f8(ground[cell].bodies)
    return max(f8(terrain_at(world, c).going), _LEAST_GOING) / (1.0 + p.move_going_bodies * bodies)


@part
def _passable(world, x, y):
    """Whether anybody can stand at (x, y)."""
    col, row = i8(x / b.CELL_M), i8(y / b.CELL_M)
    return terrain_at(world, row * world.grid_cols[0] + col).going > 0.0


@part
def _along_walls(world, x, y, sx, sy):
    """The step without the part that would lead off the field or into what is impassable."""
    at_x = clamp(x + sx, 0.05, world.size[0] - 0.05)
    at_y = clamp(y + sy, 0.05, world.size[1] - 0.05)
    sx, sy = at_x - x, at_y - y
    if _passable(world, at_x, at_y):
        return sx, sy
    if _passable(world, at_x, y):
        return sx, 0.0
    if _passable(world, x, at_y):
        return 0.0, sy
    return 0.0, 0.0


@part
def _withdraws(world, state, n):
    """Whether he is under an order to go back."""
    return goes_back(world.orders[state.memory[n.id].order].word)


@part
def step(world, state, ground_cols, row, c, tick, near, n, desk):
    """Move ``n`` by its wanted velocity as far as ground and bodies let it."""
    p = world.params[0]
    dt = world.clock[0]
    trait = world.traits[n.id]
    cell = ground_cell(n.x, n.y, ground_cols)
    lost = lost_share(n.blood, trait.blood)
    top = top_speed(trait, f8(n.stamina), f8(n.fatigue), impairment(n.leg), lost, p)
    vx, vy = capped(f8(n.wx), f8(n.wy), top)
    n.runs_off = 0
    if n.perch >= HIGH_M:
        n.speed = 0
        return
    if n.perch > 0:
        vx, vy = 0.0, 0.0
    share = _going(world, state.ground, cell, c, p) * dt
    sx, sy = capped(vx * share, vy * share, STEP_ALONE_M)
    sx, sy = _along_walls(world, f8(n.x), f8(n.y), sx, sy)
    me_slot = slot_of(row, near.runs)
    body_m = p.move_body_m
    others, close = _about(near, me_slot, sx, sy, body_m)
    tightest, push_x, push_y = i4(-1), i4(0), i4(0)
    if close > 0:
        tightest, push_x, push_y = _tightest(near, me_slot, sx, sy, body_m)
    if others > 0:
        sx, sy = capped(sx, sy, STEP_AMONG_M)
    if tightest >= 0:
        q = i8(tightest) & (SLOTS - 1)
        dx = f8(near.xs[q]) - f8(n.x)
        dy = f8(near.ys[q]) - f8(n.y)
        d = max(np.sqrt(dx * dx + dy * dy), 1.0e-3)
        sx, sy = slid(sx, sy, dx / d, dy / d, max((d - body_m) * 0.5, 0.0))
        allowed = _share_allowed(near, me_slot, sx, sy, body_m)
        sx, sy = sx * allowed, sy * allowed
    px, py = capped(f8(push_x) * UNFIX, f8(push_y) * UNFIX, 0.2)
    x = clamp(f8(n.x) + sx + px, 0.05, world.size[0] - 0.05)
    y = clamp(f8(n.y) + sy + py, 0.05, world.size[1] - 0.05)
    if not _passable(world, x, y) or barred(state.zones, PEOPLE, f8(n.x), f8(n.y), x, y, n.id):
        x, y, sx, sy = f8(n.x), f8(n.y), 0.0, 0.0
    moved = np.sqrt(sx * sx + sy * sy)
    n.speed = min(i8(moved / dt * PER_M + 0.5), 65_535)
    if runs_off(n.act, sx, sy, f8(n.hx), f8(n.hy), moved / dt, p):
        n.runs_off = 1
    if moved > 0.0:
        g = state.ground[cell]
        g.grass = trodden(i8(g.grass), moved, p)
    n.x = x
    n.y = y
    edge = min(min(x, y), min(world.size[0] - x, world.size[1] - y))
    if edge < _EDGE_M and (n.mood == w.BROKEN or _withdraws(world, state, n)):
        n.status = w.LEFT
        emit(desk, tick, w.EVENT_LEAVE, n, -1, f8(n.fear))
