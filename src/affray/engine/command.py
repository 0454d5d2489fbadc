"""Command: a unit's plan is judged by whoever leads it, on what he perceives; the lead passes on.

An order of the plan whose conditions hold becomes something the leader means to say. One that each
is to judge for himself (``BY_THEMSELVES``) he takes up, or is leaned by, without a word.
"""

from __future__ import annotations

import numpy as np

from affray.engine.log import because, emit
from affray.rules import luck as purpose
from affray.rules.compiled import part, rule, seldom
from affray.rules.luck import chance
from affray.rules.maths import happens, hazard
from affray.rules.obey import follow, goes_back, lead_rate, unbidden_rate
from affray.rules.plan import holds, own_measure
from affray.world import words as w
from affray.world.fields import NO_ORDER

f8 = np.float64
i8 = np.int64

NO_WORD = -1.0


@part
def all_hold(world, n, memory, seen, bidden, order, entry, tick):
    """Whether all conditions of an order hold, as far as he can tell and by his own measure."""
    if tick < order.after:
        return False
    p = world.params[0]
    lasted_s = f8(tick - memory.order_tick) * world.clock[0]
    heard = NO_WORD if memory.known == NO_ORDER else f8(world.orders[memory.known].word)
    for j in range(w.CONDITIONS):
        kind = order.when[j]
        level = f8(order.level[j])
        if kind == w.WHEN_BIDDEN:
            if not bidden:
                return False
            continue
        if kind != w.WHEN_HEARD:
            level = own_measure(level, world.seed[0], n.luck, entry * w.CONDITIONS + j, p)
        if not holds(kind, level, n, memory, seen, heard, lasted_s, p):
            return False
    return True


@part
def _acts_unbidden(world, n, order, entry, tick):
    """Whether he does in this look what an order says that is his own to judge."""
    rate = unbidden_rate(order.tempts, world.traits[n.id], world.params[0])
    risk = hazard(rate, world.clock[0] * world.clock[1])
    return chance(world.seed[0], tick, n.luck, purpose.OWN_HEAD + entry) < risk


@rule
def told_back(world, memory):
    """Whether he knows of an order to go back: the last that he understood, or one in force."""
    if goes_back(world.orders[memory.order].word):
        return True
    return memory.known != NO_ORDER and goes_back(world.orders[memory.known].word)


@part
def _takes_himself(n, memory, order, row, tick, desk):
    """Take up an order, or come under a leaning, by one's own judgement."""
    if order.word == w.ORDER_NONE:
        memory.lean = row
        memory.lean_tick = tick
        return
    follow(memory, row, tick)
    event = desk.events[emit(desk, tick, w.EVENT_OBEY, n, n.id, f8(row))]
    because(event, 0, w.CAUSE_ORDER, 0, tick, n.id, 1.0)


@part
def _gives(world, n, memory, order, row, entry, tick):
    """The leader means to give an order from now on, and goes by it himself if it is for him."""
    memory.given = entry + 1
    memory.means = w.SAY_ORDER
    memory.say_order = row
    memory.known = row
    memory.known_tick = tick
    for mine in range(row, row + 1 + i8(order.more)):
        if world.orders[mine].unit == n.unit:
            follow(memory, mine, tick)


@seldom
def go_by_plan(world, n, memory, seen, bidden, tick, desk):
    """Judge the plan, in its order; at most one order of it comes of a look.

    ``bidden``: a drive of his would have him command.
    """
    unit = world.units[n.unit]
    if memory.lean != NO_ORDER:
        if f8(tick - memory.lean_tick) >= f8(world.orders[memory.lean].lasts):
            memory.lean = NO_ORDER
    row = i8(unit.plan)
    entry = i8(-1)
    while row < unit.plan_end:
        order = world.orders[row]
        here = row
        row += 1 + i8(order.more)
        entry += 1
        if order.way == w.BY_PLAN or here == memory.order or here == memory.lean:
            continue
        by_himself = order.way == w.BY_THEMSELVES
        if not by_himself and (n.leads == 0 or n.says_left > 0 or memory.means != w.SILENT):
            continue
        if i8(memory.done) & i8(order.once) != 0:
            continue
        if not by_himself and entry < memory.given and order.again == 0:
            continue
        if not all_hold(world, n, memory, seen, bidden, order, entry, tick):
            continue
        if by_himself:
            if not _acts_unbidden(world, n, order, entry, tick):
                continue
            memory.done = i8(memory.done) | i8(order.once)
            _takes_himself(n, memory, order, here, tick, desk)
            return
        _gives(world, n, memory, order, here, entry, tick)
        return


@rule
def lose_leader(n, memory, seen, told_back):
    """Believe the leader lost who is seen to fall, or to run when one was not told to go back."""
    if memory.leader < 0 or memory.leader == n.id:
        return
    fell = seen.fallen == memory.leader and seen.fallen_leader == 1
    if fell or (seen.runaway == memory.leader and not told_back):
        memory.leader = -2 - memory.leader
        if memory.means == w.SILENT:
            memory.means = w.SAY_LOST


@part
def succeed(world, n, memory, trait, tick, dt, desk):
    """Take the lead, if one is next in line and believes that nobody leads."""
    if memory.leader >= -1 or n.leads == 1:
        return
    rate = lead_rate(trait, world.params[0])
    if rate <= 0.0:
        return
    if not happens(chance(world.seed[0], tick, n.luck, purpose.LEAD), rate, dt):
        return
    emit(desk, tick, w.EVENT_LEAD, n, -2 - memory.leader, 0.0)
    n.leads = 1
    memory.leader = n.id
    memory.means = w.SAY_LEAD
