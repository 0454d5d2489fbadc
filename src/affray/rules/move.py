"""Where a fighter wants to go, and how far the bodies around let him.

Nobody passes through anybody: each keeps to his own half of the gap to every neighbour (a
buffered Voronoi cell: Zhou et al., 2017), so that two who step at once still end apart.
"""

from __future__ import annotations

from math import sqrt

import numpy as np

from affray.rules.compiled import rule, seldom
from affray.rules.decide import in_reach
from affray.rules.luck import GLANCE, WAY, bits
from affray.rules.maths import clamp, hazard
from affray.rules.obey import keeps_off
from affray.rules.room import closing_m_per_s
from affray.rules.tire import pace
from affray.world import words as w

f8 = np.float64

_RUN = 0.8  # share of the top speed at which one runs to a purpose
_JOG = 0.5  # share of it at which one goes a long way round
_ASIDE_M = 4.0  # how near an enemy must be to turn one aside who is to go round him
CLOSING_M = 15.0  # how near an enemy is whom one closes with
_SEARCH_S = 20.0  # how long one looks for a lost enemy in one direction
_ASIDE_S = 4.0  # how long one tries to one side who runs and does not get on


@rule
def unit_vector(x, y):
    """(x, y) scaled to length 1; (0, 0) stays."""
    d2 = x * x + y * y
    if d2 <= 1e-12:
        return 0.0, 0.0
    k = 1.0 / sqrt(d2)
    return x * k, y * k


@rule
def toward_foe(seen):
    """Unit vector and distance to the nearest enemy perceived, one or crowd; (0, 0, -1): none."""
    if seen.foe >= 0 or seen.foe_blur == 1:
        ux, uy = unit_vector(seen.foe_dx, seen.foe_dy)
        return ux, uy, seen.foe_m
    if seen.crowd_m > 0.0:
        ux, uy = unit_vector(seen.crowd_dx, seen.crowd_dy)
        return ux, uy, seen.crowd_m
    return 0.0, 0.0, -1.0


@rule
def _advance(way, seen, order_x, order_y, order, dress, reach_m, top, p):
    """Velocity of an advance: along the order far off, at the enemy when he is close."""
    fx, fy, foe_m = toward_foe(seen)
    x, y = order_x, order_y
    if order == w.ORDER_ENVELOP:
        x, y = order_x, order_y  # wherever he saw them last
    elif foe_m < 0.0 and seen.recall_m > 1.0:
        x, y = unit_vector(seen.recall_dx, seen.recall_dy)
    elif seen.lost == 1:
        x, y = _search(way)
    speed = min(p.move_walk, top)
    if order == w.ORDER_CHARGE or order == w.ORDER_PURSUE:
        speed = _RUN * top
    if order == w.ORDER_ENVELOP:
        speed = _JOG * top
    if foe_m >= 0.0:
        pull = clamp(1.2 - foe_m / 40.0, 0.0, 1.0)
        if order == w.ORDER_PURSUE:
            pull = 1.0
        if order == w.ORDER_ENVELOP and foe_m > _ASIDE_M:
            pull = 0.0
        x, y = unit_vector(x * (1.0 - pull) + fx * pull, y * (1.0 - pull) + fy * pull)
        if foe_m < CLOSING_M:
            speed = max(speed, min(0.75 * top, 2.4))
        if foe_m < reach_m * 0.8:
            speed = 0.0
    if keeps_off(order) and foe_m >= 0.0:
        gap = foe_m - p.decide_skirmish_m
        speed = clamp(0.5 * gap, -0.6 * top, 0.6 * top)
    line = clamp(1.0 + dress * p.move_dress * seen.ahead_m, 0.3, 1.5)
    if foe_m < 0.0 or foe_m > 6.0:
        speed = speed * line
    speed = closing_m_per_s(speed, seen.way_m, p)
    return x * speed, y * speed


@rule
def wanted(me, seen, order_x, order_y, order, rear, dress, reach_m, top, way, p):
    """The velocity (m/s) that his act asks for, before the ground and the bodies around.

    ``rear``: 1 where the order leads back, -1 where it leads on, and the rear is the other way.
    """
    act = me.act
    x, y = 0.0, 0.0
    fx, fy, foe_m = toward_foe(seen)
    if act == w.ADVANCE:
        x, y = _advance(way, seen, order_x, order_y, order, dress, reach_m, top, p)
    elif act == w.FALL_BACK:
        back = min(p.move_step_back, top)
        if keeps_off(order):
            back = 0.6 * top
        if order == w.ORDER_BREAK_OFF:
            x, y = order_x * _RUN * top, order_y * _RUN * top
        elif foe_m >= 0.0:
            x, y = -fx * back, -fy * back
        elif order == w.ORDER_WITHDRAW:
            x, y = order_x * min(p.move_walk, top), order_y * min(p.move_walk, top)
    elif act == w.REST:
        if foe_m >= 0.0 and foe_m < p.decide_rest_m:
            x, y = -fx * min(p.move_step_back, top), -fy * min(p.move_step_back, top)
    elif act == w.FLEE:
        x, y = _flight(me, seen, rear * order_x, rear * order_y, top, p)
        if me.act_left == 0 and pace(me) < 0.15 * top and me.mood == w.BROKEN:
            x, y = _around(x, y, way)
    elif act == w.LUNGE and me.act_left > 0:
        x, y = fx * 0.6 * top, fy * 0.6 * top
    elif act == w.STRIKE or act == w.GUARD:
        if seen.foe >= 0 and not in_reach(seen, 0.85 * reach_m):
            speed = closing_m_per_s(0.5, seen.way_m, p)
            x, y = fx * speed, fy * speed
    if act < w.HELP_UP and act != w.LUNGE:
        ease = p.move_ease_speed
        x = x + ease * seen.push_x
        y = y + ease * seen.push_y
    return x, y


@rule
def bound_for(x, y, me, seen, top, p):
    """The velocity of one who is driven to a place, as fast as he can for long, past all others."""
    dx, dy = x - f8(me.x), y - f8(me.y)
    ux, uy = unit_vector(dx, dy)
    speed = min(p.know_urge_m_per_s * top, sqrt(dx * dx + dy * dy))
    ease = p.move_ease_speed
    return ux * speed + ease * seen.push_x, uy * speed + ease * seen.push_y


@rule
def _flight(me, seen, rear_x, rear_y, top, p):
    """To the rear, and away from the enemies perceived, the more so the nearer they are; without
    any, on as one ran, or back where one came from.
    """
    fx, fy, foe_m = toward_foe(seen)
    if foe_m >= 0.0:
        shuns = p.move_shun_m / (p.move_shun_m + foe_m)
        x, y = unit_vector(0.5 * rear_x - shuns * fx, 0.5 * rear_y - shuns * fy)
        if x == 0.0 and y == 0.0:
            x, y = rear_x, rear_y
        return x * top, y * top
    x, y = unit_vector(f8(me.wx), f8(me.wy))
    if x * rear_x + y * rear_y < -0.3 or (x == 0.0 and y == 0.0):
        x, y = rear_x, rear_y
    return x * top, y * top


@rule
def way_of(lost, seed, tick, luck, dt):
    """Luck for a way of one's own, kept for some seconds: to search, or to run aside."""
    period_s = _SEARCH_S if lost == 1 else _ASIDE_S
    return bits(seed, tick // max(np.int64(period_s / dt + 0.5), 1), luck, WAY)


@rule
def _search(way):
    """Where one goes who has lost the enemy: one of eight ways, by the bits of ``way``."""
    x, y = 1.0, 0.0
    if way & np.uint64(1):
        x, y = 0.7071067811865476, 0.7071067811865476
    if way & np.uint64(2):
        x, y = -x, y
    if way & np.uint64(4):
        x, y = x, -y
    if way & np.uint64(8):
        x, y = y, x
    return x, y


@rule
def _around(x, y, way):
    """A way aside for one who runs and does not get on: left or right, by the bits of ``way``."""
    if way & np.uint64(1):
        return 0.3 * x - y, 0.3 * y + x
    return 0.3 * x + y, 0.3 * y - x


@rule
def glance(x, y, hx, hy, seed, tick, luck, dt, p):
    """Where one looks who perceives no enemy: mostly on, now and then to some other side."""
    h = bits(seed, tick, luck, GLANCE)
    if np.float64(h >> np.uint64(11)) / 9007199254740992.0 >= hazard(p.sight_glance_per_s, dt):
        return x, y
    turn = np.int64(h & np.uint64(3))
    if turn == 0:
        return -hx, -hy
    if turn == 1:
        return -hy, hx
    if turn == 2:
        return hy, -hx
    return x, y


@rule
def capped(vx, vy, top):
    """The velocity shortened to ``top`` (m/s)."""
    v2 = vx * vx + vy * vy
    if v2 <= top * top:
        return vx, vy
    return _shortened(vx, vy, v2, top)


@seldom
def _shortened(vx, vy, v2, top):
    """Apart, or LLVM would take root and quotient of every velocity before it looks at any."""
    k = top / sqrt(v2)
    return vx * k, vy * k


@rule
def slid(sx, sy, nx, ny, allowed_m):
    """The step (sx, sy) without what goes beyond ``allowed_m`` along the unit vector (nx, ny)."""
    over = sx * nx + sy * ny - allowed_m
    if over <= 0.0:
        return sx, sy
    return sx - over * nx, sy - over * ny
