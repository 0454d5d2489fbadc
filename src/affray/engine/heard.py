"""What a thing heard, or beheld, does to whoever takes it in: he obeys, is lifted, or held."""

from __future__ import annotations

import numpy as np

from affray.engine.log import because, emit, note
from affray.rules import luck as purpose
from affray.rules.compiled import part
from affray.rules.grip import beyond_wont, fright, grip_seconds, is_gripped, used_to
from affray.rules.hear import pair_luck
from affray.rules.luck import chance
from affray.rules.maths import clamp, ticks_of
from affray.rules.nature import discipline, humour
from affray.rules.obey import follow, trust, willingness
from affray.rules.see import cone, in_view
from affray.rules.speak import lift
from affray.world import words as w

f8 = np.float64
i8 = np.int64

_GRIP_TICKS_MOST = 250
_LIFT_LEAST = 0.005  # will lent that is worth an event


@part
def take_in(world, n, memory, seen, heard, stimulus, trait, tick, desk):
    """What one thing heard does to him."""
    says = heard.says
    if says == w.SAY_SCREAM:
        _startle(world, n, memory, seen, heard, stimulus, trait, tick, desk)
    elif says == w.SPECTACLE:
        _transfix(world, n, memory, seen, heard, stimulus, trait, tick, desk)
    elif says == w.SAY_WARN and heard.got == w.UNDERSTOOD:
        _be_warned(world, n, memory, stimulus)
    elif says == w.STEPS:
        _hear_steps(world, n, seen, heard, trait)
    elif heard.got != w.UNDERSTOOD or stimulus.side != n.side:
        return
    elif says == w.SAY_ORDER:
        _take_order(world, n, memory, heard, stimulus, trait, tick, desk)
    elif says == w.SAY_LEAD and heard.meant == 1:
        if n.leads == 1 and n.id < stimulus.by:  # of two who took it, the next in line keeps it
            memory.means = w.SAY_LEAD
        else:
            memory.leader = stimulus.by
            n.leads = 0
    elif says == w.SAY_LOST and heard.meant == 1:
        if memory.leader >= 0 and n.leads == 0:
            memory.leader = -2 - memory.leader
            shock = 0.5 * world.params[0].fear_leader_shock
            n.fear = clamp(f8(n.fear) + shock, 0.0, 1.0)
            note(memory, w.CAUSE_EVENT, w.EVENT_SAY, stimulus.tick, stimulus.by, shock)
    else:
        _be_lifted(world, n, memory, seen, heard, stimulus, trait, tick, desk)


@part
def _hear_steps(world, n, seen, heard, trait):
    """Steps that come from where he does not look: somebody is there. The last ones count."""
    cone_cos, _ = cone(n.act, trait.sight, n.grip, world.params[0])
    if in_view(heard.dx, heard.dy, 1.0, f8(n.hx), f8(n.hy), cone_cos, False):
        return
    seen.steps = 1
    seen.steps_dx = heard.dx
    seen.steps_dy = heard.dy


@part
def _entries_up_to(world, unit, row):
    """How many entries of a unit's plan are given once ``row`` is; 0: it is of another's plan."""
    first, end = i8(world.units[unit].plan), i8(world.units[unit].plan_end)
    entries = i8(0)
    if row < first or row >= end:
        return entries
    while first <= row:
        first += 1 + i8(world.orders[first].more)
        entries += 1
    return entries


@part
def _take_order(world, n, memory, heard, stimulus, trait, tick, desk):
    """An order understood: known from now on, and taken up, or not."""
    if heard.meant == 0 or stimulus.told <= memory.known_tick:
        return
    p = world.params[0]
    seed = world.seed[0]
    memory.known = heard.order
    memory.known_tick = stimulus.told
    memory.given = max(i8(memory.given), _entries_up_to(world, n.unit, heard.order))
    by = i8(stimulus.by) if heard.known == 1 else i8(-1)
    relayed = stimulus.way != w.BY_VOICE or stimulus.told < stimulus.tick
    chance_of_it = willingness(n, trait, trust(by, memory.leader, relayed, p), p)
    takes = chance(seed, tick, n.luck, purpose.OBEY) < chance_of_it
    kind = w.EVENT_OBEY if takes else w.EVENT_REFUSE
    event = desk.events[emit(desk, tick, kind, n, stimulus.by, f8(heard.order))]
    because(event, 0, w.CAUSE_EVENT, w.EVENT_SAY, stimulus.tick, stimulus.by, 1.0)
    if not takes:
        return
    follow(memory, heard.order, tick)
    passes_on = n.leads == 1 or trait.leader > 1
    if not passes_on:
        relay = p.command_relay * discipline(trait)
        passes_on = chance(seed, tick, n.luck, purpose.RELAY) < relay
    if passes_on:
        memory.means = w.SAY_ORDER
        memory.say_order = heard.order


@part
def _be_lifted(world, n, memory, seen, heard, stimulus, trait, tick, desk):
    """Talk, laughter, a call to rally: will is lent, fear taken, laughter caught.

    That laughter lifted somebody is no event: a laugh reaches too many, each a little.
    """
    p = world.params[0]
    more = lift(stimulus.says, n, p)
    if heard.meant == 0:
        more *= p.talk_overheard
    n.morale = clamp(f8(n.morale) + more, 0.0, 1.0)
    memory.cheer = f8(memory.cheer) + more
    if stimulus.says == w.SAY_RALLY and heard.meant == 1:
        n.fear = f8(n.fear) * (1.0 - p.talk_rally_calms)
    if more > _LIFT_LEAST and stimulus.says != w.SAY_LAUGH:
        event = desk.events[emit(desk, tick, w.EVENT_LIFT, n, stimulus.by, more)]
        event.place = stimulus.says
        because(event, 0, w.CAUSE_EVENT, w.EVENT_SAY, stimulus.tick, stimulus.by, 1.0)
    catching = p.talk_laugh_spreads if stimulus.says == w.SAY_LAUGH else 1.0
    if stimulus.says == w.SAY_BANTER or stimulus.says == w.SAY_LAUGH:
        merry = catching * p.talk_laugh_chance * humour(trait) * (1.0 - f8(n.fear))
        fresh = n.says_left == 0 and memory.means == w.SILENT and memory.quiet == 0
        fresh = fresh and seen.foes_near == 0
        if fresh and chance(world.seed[0], tick, n.luck, purpose.LAUGH) < merry:
            memory.means = w.SAY_LAUGH


@part
def _startle(world, n, memory, seen, heard, stimulus, trait, tick, desk):
    """A scream: frightens, and may transfix."""
    p = world.params[0]
    scare = fright(heard.above, f8(stimulus.level), f8(memory.wont), p)
    n.fear = clamp(f8(n.fear) + scare, 0.0, 1.0)
    note(memory, w.CAUSE_EVENT, w.EVENT_SAY, stimulus.tick, stimulus.by, scare)
    _transfix(world, n, memory, seen, heard, stimulus, trait, tick, desk)


@part
def _transfix(world, n, memory, seen, heard, stimulus, trait, tick, desk):
    """Hold him, if a scream or a spectacle stands out far enough; he gets used to it."""
    p = world.params[0]
    by_sight = stimulus.way == w.BY_SIGHT
    busy = seen.foes_near > 0
    key = pair_luck(n.luck, stimulus.luck)
    drawn = purpose.STARE if by_sight else purpose.GRIP
    beyond = beyond_wont(f8(stimulus.level), f8(memory.wont), trait, busy, p)
    memory.wont = i8(used_to(f8(stimulus.level), f8(memory.wont), p) + 0.5)
    if not is_gripped(heard.above, beyond, world.seed[0], stimulus.tick, key, drawn, p):
        return
    seconds = grip_seconds(beyond, trait, p)
    held = min(ticks_of(seconds, world.clock[0]), _GRIP_TICKS_MOST)
    if held > n.grip:
        if n.grip == 0:
            event = desk.events[emit(desk, tick, w.EVENT_GRIP, n, stimulus.by, seconds)]
            cause = w.EVENT_FALL if by_sight else w.EVENT_SAY
            at = stimulus.tick - 1 if by_sight else stimulus.tick
            because(event, 0, w.CAUSE_EVENT, cause, at, stimulus.by, 1.0)
        n.grip = held
    memory.gaze_x = i8(127.0 * heard.dx)
    memory.gaze_y = i8(127.0 * heard.dy)


@part
def _be_warned(world, n, memory, stimulus):
    """A call to run: frightens whoever understands it, unless an enemy calls."""
    if world.hostile[stimulus.side, n.side] == 0:
        scare = world.params[0].talk_warn_fear
        n.fear = clamp(f8(n.fear) + scare, 0.0, 1.0)
        note(memory, w.CAUSE_EVENT, w.EVENT_SAY, stimulus.tick, stimulus.by, scare)
