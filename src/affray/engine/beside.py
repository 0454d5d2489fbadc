"""Those whom a fighter looks at singly, the companion beside him and his leader, and what he
makes of what they do: merit noted by an officer, disobedience blamed, laughter caught; whom he
leaves when he runs.

Two looks at one row each: a fighter's cost does not grow with how many are about.
"""

from __future__ import annotations

import numpy as np

from affray.engine.log import because, emit
from affray.rules import luck as purpose
from affray.rules.compiled import part, rule, seldom
from affray.rules.judge import (
    does_otherwise,
    has_lasted,
    is_in_the_way,
    laughs_at_sight_rate,
    may_have_arrived,
)
from affray.rules.luck import chance
from affray.rules.maths import hazard
from affray.rules.obey import goes_back, in_force
from affray.rules.see import cone, in_view
from affray.world import battlefield as b
from affray.world import words as w
from affray.world.fields import NO_ORDER

f8 = np.float64
i8 = np.int64

_BUSY = (1 << b.LOOK_PAUSES) | (1 << b.LOOK_HURT)


@rule
def _views(outside, row, me, dx, dy, cone_cos):
    """Whether the one in ``row``, at (dx, dy), is in view, and not only felt."""
    hidden = (i8(outside.look[row]) >> b.LOOK_HIDDEN) & 1 == 1
    return in_view(dx, dy, dx * dx + dy * dy, f8(me.hx), f8(me.hy), cone_cos, hidden)


@part
def look_at_companion(world, state, me, cone_cos, seen):
    """What shows on the companion beside him, if he sees him and does not only feel him there."""
    seen.companion_own = 0
    seen.companion_flees = 0
    seen.companion_strikes = 0
    seen.companion_felled = 0
    seen.companion_laughs = 0
    seen.companion_busy = 0
    seen.companion_stands = 0
    seen.companion_ahead = 0.0
    seen.companion_pace = 0.0
    if seen.companion < 0:
        return
    row = state.row_of[seen.companion]
    dx, dy = f8(state.outside.x[row]) - f8(me.x), f8(state.outside.y[row]) - f8(me.y)
    if not _views(state.outside, row, me, dx, dy, cone_cos):
        return
    sign = i8(state.outside.sign[row])
    seen.companion_own = i8((sign >> b.SIGN_UNIT) == i8(me.unit) % b.BADGES)
    look = i8(state.outside.look[row])
    seen.companion_flees = (look >> b.LOOK_FLEES) & 1
    seen.companion_busy = i8(look & _BUSY != 0)
    seen.companion_stands = i8((sign >> b.SIGN_SPEED) & 15 == 0)
    seen.companion_strikes = (sign >> b.SIGN_STRIKES) & 1
    seen.companion_felled = (sign >> b.SIGN_FELLED) & 1
    seen.companion_laughs = (sign >> b.SIGN_LAUGHS) & 1
    known = state.memory[me.id].known
    if known == NO_ORDER:
        return
    x, y = f8(world.orders[known].x), f8(world.orders[known].y)
    seen.companion_ahead = dx * x + dy * y
    along = f8(state.outside.hx[row]) * x + f8(state.outside.hy[row]) * y
    seen.companion_pace = 0.5 * f8((sign >> b.SIGN_SPEED) & 15) * along


@part
def look_at_leader(world, state, me, cone_cos, seen):
    """Whether he sees the one whom he takes for his leader fighting, in front of him and near."""
    seen.leader_fights = 0
    leader = state.memory[me.id].leader
    if leader < 0 or leader == me.id:
        return
    row = state.row_of[leader]
    if (i8(state.outside.sign[row]) >> b.SIGN_STRIKES) & 1 == 0:
        return
    dx, dy = f8(state.outside.x[row]) - f8(me.x), f8(state.outside.y[row]) - f8(me.y)
    d = np.sqrt(dx * dx + dy * dy)
    if not _views(state.outside, row, me, dx, dy, cone_cos):
        return
    seen.leader_fights = i8(d <= world.params[0].talk_example_m * seen.light)


@rule
def is_struck_by(n, memory, seen, p):
    """Whether what he sees of the companion beside him may be worth a thought."""
    if seen.companion_felled == 1 or seen.companion_laughs == 1:
        return True
    if seen.companion_own == 0 or memory.blamed == seen.companion:
        return False
    ahead = seen.companion_ahead >= p.obey_blame_m and seen.companion_pace > 0.0
    left = n.speed > 0 and seen.companion_stands == 1 and seen.companion_busy == 0
    return (seen.foes_near == 0 and (ahead or left)) or seen.companion_flees == 1


@part
def _is_hemmed_in(near, n, dx, dy, x, y, cone_cos):
    """Whether somebody in view stands before the one at (dx, dy), as he would go along (x, y)."""
    for q in range(near.slots[0]):
        if (i8(near.looks[q]) >> b.LOOK_UP) & 1 == 0:
            continue
        to_x, to_y = f8(near.xs[q]) - f8(n.x), f8(near.ys[q]) - f8(n.y)
        if not is_in_the_way(to_x - dx, to_y - dy, x, y):
            continue
        hidden = (i8(near.looks[q]) >> b.LOOK_HIDDEN) & 1 == 1
        if in_view(to_x, to_y, to_x * to_x + to_y * to_y, f8(n.hx), f8(n.hy), cone_cos, hidden):
            return True
    return False


@part
def _is_excused(world, state, mind, n, seen, order, deed):
    """Whether the companion could not go on: he may be where he was told to, or is hemmed in."""
    if deed != w.DEED_STAYS_BEHIND:
        return False
    x, y = f8(order.x), f8(order.y)
    if may_have_arrived(order, f8(n.x) * x + f8(n.y) * y + seen.companion_ahead):
        return True
    row = state.row_of[seen.companion]
    dx, dy = f8(state.outside.x[row]) - f8(n.x), f8(state.outside.y[row]) - f8(n.y)
    cone_cos, _ = cone(n.act, world.traits[n.id].sight, n.grip, world.params[0])
    return _is_hemmed_in(mind.near, n, dx, dy, x, y, cone_cos)


@part
def _blame(world, state, mind, n, memory, seen, tick, dt, desk):
    """Blame the companion for what he does against the order that both were told."""
    order = world.orders[memory.known]
    if order.unit != n.unit or order.way == w.BY_THEMSELVES or memory.order != memory.known:
        return
    if goes_back(order.word):  # they may have farther to go than he
        return
    p = world.params[0]
    deed = does_otherwise(in_force(order, f8(n.x), f8(n.y), i8(n.luck), memory.done), n, seen, p)
    if deed == w.DEED_NONE or memory.blamed == seen.companion:
        n.doubts = 0
        return
    n.doubts = min(n.doubts + 1, 250)
    if not has_lasted(deed, f8(n.doubts) * dt, p):
        return
    if chance(world.seed[0], tick, n.luck, purpose.BLAME) >= hazard(p.obey_blame_per_s, dt):
        return
    if _is_excused(world, state, mind, n, seen, order, deed):
        n.doubts = 0
        return
    memory.blamed = seen.companion
    event = desk.events[emit(desk, tick, w.EVENT_BLAME, n, seen.companion, f8(memory.known))]
    event.place = deed
    because(event, 0, w.CAUSE_SEEN, 0, tick, seen.companion, 1.0)


@seldom
def leave_behind(n, memory, seen, tick, desk):
    """Know whom he leaves, as he sets off running."""
    memory.left = seen.hurt
    event = desk.events[emit(desk, tick, w.EVENT_ABANDON, n, seen.hurt, seen.hurt_m)]
    because(event, 0, w.CAUSE_SEEN, 0, tick, seen.hurt, 1.0)


@seldom
def take_notice(world, state, mind, n, memory, seen, trait, tick, dt, desk):
    """What he makes of the companion beside him."""
    p = world.params[0]
    seed = world.seed[0]
    officer = n.leads == 1 or trait.leader > 1
    if officer and seen.companion_felled == 1 and seen.companion_own == 1:
        if chance(seed, tick, n.luck, purpose.MERIT) < p.command_merit:
            event = desk.events[emit(desk, tick, w.EVENT_MERIT, n, seen.companion, 1.0)]
            because(event, 0, w.CAUSE_SEEN, 0, tick, seen.companion, 1.0)
    if seen.companion_laughs == 1:
        fresh = n.says_left == 0 and memory.means == w.SILENT and memory.quiet == 0
        merry = hazard(laughs_at_sight_rate(n, seen, trait, p), dt)
        if fresh and chance(seed, tick, n.luck, purpose.SEEN_LAUGH) < merry:
            memory.means = w.SAY_LAUGH
    if memory.known != NO_ORDER:
        _blame(world, state, mind, n, memory, seen, tick, dt, desk)
