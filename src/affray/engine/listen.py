"""What one fighter hears in a look, and what it does to him: orders, cries, talk, screams;
and signs and spectacles likewise, which are seen.

He knows of a sound what came through the din: that somebody made it, what it was like, whence; its
first words; all of it. Who it was he knows by the voice, of those whose voice he knows.
"""

from __future__ import annotations

import numpy as np

from affray.engine.behold import beholds, dawns, is_before
from affray.engine.carry import arrival
from affray.engine.lie import field_cell, terrain_at
from affray.engine.log import HEARD, because, emit, next_row, note
from affray.engine.smoke import is_between
from affray.rules import luck as purpose
from affray.rules.bar import barred
from affray.rules.compiled import loop, part, seldom
from affray.rules.grip import (
    beyond_wont,
    clearness_db,
    fright,
    grip_seconds,
    is_gripped,
    used_to,
)
from affray.rules.hear import bearing, got, knows_voice, pair_luck, received
from affray.rules.luck import chance
from affray.rules.maths import clamp, ticks_of
from affray.rules.nature import discipline, humour
from affray.rules.obey import trust, willingness
from affray.rules.see import cone, in_view
from affray.rules.speak import lift
from affray.world import battlefield as b
from affray.world import words as w
from affray.world.powers import SIGHT, SOUND

f8 = np.float64
i8 = np.int64
u4 = np.uint32

_GRIP_TICKS_MOST = 250
_LIFT_LEAST = 0.005  # will lent that is worth an event


@part
def _flag_shows(world, n, stimulus, dx, dy, d, tick):
    """Whether his look falls on a flag and he can read it there."""
    p = world.params[0]
    cell = field_cell(world, f8(n.x), f8(n.y))
    if d > p.signal_flag_m * f8(terrain_at(world, cell).light):
        return False
    ahead = dx * f8(n.hx) + dy * f8(n.hy) > 0.0
    glance = p.signal_flag_glance if ahead else 0.2 * p.signal_flag_glance
    key = pair_luck(n.luck, stimulus.luck)
    return chance(world.seed[0], tick, key, purpose.GLIMPSE) < glance


@part
def row_for(world, stimulus, unit):
    """The row of the order that a stimulus carries which is this unit's; -1: none."""
    first = i8(stimulus.order)
    if first < 0:
        return i8(-1)
    for row in range(first, first + 1 + i8(world.orders[first].more)):
        if world.orders[row].unit == unit:
            return i8(row)
    return i8(-1)


@part
def _fill(world, n, memory, seen, stimulus, tick, heard):
    """Fill ``heard`` with what he got of one stimulus; returns how much."""
    p = world.params[0]
    seed = world.seed[0]
    dx, dy = f8(stimulus.x) - f8(n.x), f8(stimulus.y) - f8(n.y)
    d = np.sqrt(dx * dx + dy * dy)
    key = pair_luck(n.luck, stimulus.luck)
    above = 0.0
    level = 0.0
    if stimulus.way == w.BY_FLAG:
        how = w.UNDERSTOOD if _flag_shows(world, n, stimulus, dx, dy, d, tick) else w.MISSED_IT
    elif stimulus.way == w.BY_MESSENGER:
        luck = chance(seed, stimulus.tick, stimulus.luck, purpose.POST)
        how = w.UNDERSTOOD if luck < p.signal_messenger_arrives else w.MISSED_IT
    elif stimulus.way == w.BY_SIGHT:
        if not beholds(world, n, stimulus, dx, dy, d):
            return i8(w.MISSED_IT)
        above = clearness_db(d, p)
        how = w.UNDERSTOOD
    else:
        level = received(f8(stimulus.level), d, p)
        above = level - seen.din
        luck = chance(seed, stimulus.tick, key, purpose.HEAR)
        how = got(above + f8(stimulus.carries), stimulus.said, stimulus.says, luck, p)
    if how == w.MISSED_IT:
        return how
    heard.tick = tick
    heard.fighter = n.id
    heard.by = stimulus.by
    heard.since = stimulus.tick
    heard.says = stimulus.says if how >= w.FIRST_PART else w.SILENT
    heard.way = stimulus.way
    heard.timbre = stimulus.timbre
    mine = row_for(world, stimulus, n.unit)
    heard.order = mine if how == w.UNDERSTOOD else -1
    heard.word = i8(world.orders[mine].word) if heard.order >= 0 else i8(-1)
    heard.got = how
    to_all = stimulus.order < 0 and stimulus.to < 0 and stimulus.unit == n.unit
    heard.meant = i8(mine >= 0 or to_all or stimulus.to == n.id)
    understood = how == w.UNDERSTOOD
    heard.notion = i8(stimulus.notion) - 1 if understood else i8(-1)
    heard.calls = i8(stimulus.calls) - 1 if understood else i8(-1)
    heard.tone = stimulus.tone if how >= w.FIRST_PART else i8(0)
    heard.known = knows_voice(
        stimulus.by, memory.leader, memory.companion, p, seed, key, purpose.KNOWN_VOICE
    )
    x, y = bearing(dx, dy, above, seed, stimulus.tick, key, purpose.BEARING, p)
    heard.dx = x
    heard.dy = y
    heard.level = level
    heard.above = above
    return how


@part
def lend_ears(state, at, sounds):
    """Have at hand what is to be heard in the cell of sound ``at``, which many share."""
    sounds.cell[0] = at
    for j in range(i8(state.air.ears_n[at])):
        stimulus = state.stimuli[state.air.ears[at, j]]
        sounds.x[j] = stimulus.x
        sounds.y[j] = stimulus.y
        sounds.tick[j] = stimulus.tick
        sounds.luck[j] = stimulus.luck
        sounds.way[j] = stimulus.way


@loop
def _coming(world, sounds, n, cone_cos, tick):
    """Which of the sounds at hand come to ``n`` in this tick or since his last look: bit j, the
    j-th. A flag may be seen at any time; a spectacle draws the eyes when it dawns, if it is within
    ``cone_cos`` of where he faces.

    Says something of every place, in use or not, so that it may be vectorised.
    """
    p, seed, dt, every = world.params[0], world.seed[0], world.clock[0], i8(world.clock[1])
    xs, ys, ticks, lucks, ways = sounds.x, sounds.y, sounds.tick, sounds.luck, sounds.way
    x, y, hx, hy, luck = f8(n.x), f8(n.y), f8(n.hx), f8(n.hy), n.luck
    found = i8(0)
    for j in range(b.EARS):
        dx, dy = xs[j] - x, ys[j] - y
        d = np.sqrt(dx * dx + dy * dy)
        dawn = dawns(ticks[j], d, pair_luck(luck, lucks[j]), seed, dt, p)
        comes = dawn if ways[j] == w.BY_SIGHT else arrival(ticks[j], d, dt)
        before = (ways[j] != w.BY_SIGHT) | in_view(dx, dy, d * d, hx, hy, cone_cos, False)
        now = (ways[j] == w.BY_FLAG) | (before & (comes <= tick) & (comes > tick - every))
        found |= i8(now) << i8(j)
    return found


@part
def _looks_there(world, n, stimulus):
    """Whether it comes to him where his eyes are turned, if it is a spectacle."""
    if stimulus.way != w.BY_SIGHT:
        return True
    dx, dy = f8(stimulus.x) - f8(n.x), f8(stimulus.y) - f8(n.y)
    return is_before(world, n, dx, dy, np.sqrt(dx * dx + dy * dy))


@part
def _has_come(world, n, message, tick):
    """Whether a messenger has come to him by now."""
    dx, dy = f8(message.x) - f8(n.x), f8(message.y) - f8(n.y)
    d = np.sqrt(dx * dx + dy * dy)
    on_the_way = i8(d / (world.params[0].signal_messenger_m_per_s * world.clock[0]))
    return tick >= message.tick + 1 + on_the_way


@part
def _take_order(world, n, memory, heard, stimulus, trait, tick, desk):
    """An order understood: known from now on, and taken up, or not."""
    if heard.meant == 0 or stimulus.told <= memory.known_tick:
        return
    p = world.params[0]
    seed = world.seed[0]
    memory.known = heard.order
    memory.known_tick = stimulus.told
    by = i8(stimulus.by) if heard.known == 1 else i8(-1)
    relayed = stimulus.way != w.BY_VOICE or stimulus.told < stimulus.tick
    chance_of_it = willingness(n, trait, trust(by, memory.leader, relayed, p), p)
    takes = chance(seed, tick, n.luck, purpose.OBEY) < chance_of_it
    kind = w.EVENT_OBEY if takes else w.EVENT_REFUSE
    event = desk.events[emit(desk, tick, kind, n, stimulus.by, f8(heard.order))]
    because(event, 0, w.CAUSE_EVENT, w.EVENT_SAY, stimulus.tick, stimulus.by, 1.0)
    if not takes:
        return
    memory.order = heard.order
    memory.order_tick = tick
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


@part
def _take_in(world, n, memory, seen, heard, stimulus, trait, tick, desk):
    """What one thing heard does to him."""
    says = heard.says
    if says == w.SAY_SCREAM:
        _startle(world, n, memory, seen, heard, stimulus, trait, tick, desk)
    elif says == w.SPECTACLE:
        _transfix(world, n, memory, seen, heard, stimulus, trait, tick, desk)
    elif says == w.SAY_WARN and heard.got == w.UNDERSTOOD:
        _be_warned(world, n, memory, stimulus)
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
def _kept_out(world, state, n, stimulus):
    """Whether a barrier keeps from him what is to be heard, or seen; or smoke what is seen."""
    seen = stimulus.way == w.BY_SIGHT or stimulus.way == w.BY_FLAG
    what = SIGHT if seen else SOUND
    x, y = f8(stimulus.x), f8(stimulus.y)
    if seen and is_between(world, state, f8(n.x), f8(n.y), x, y):
        return True
    return barred(state.zones, what, f8(n.x), f8(n.y), x, y, -1)


@part
def _hear(world, mind, n, memory, seen, stimulus, trait, tick, desk, room):
    """Hear one thing, if the din lets it through; it does its work, and is logged if there is
    ``room``.
    """
    heard = mind.heard[0]
    if _fill(world, n, memory, seen, stimulus, tick, heard) == w.MISSED_IT:
        return
    seen.heard += 1
    _take_in(world, n, memory, seen, heard, stimulus, trait, tick, desk)
    if desk.counts[HEARD] < room:
        desk.heard_log[next_row(desk, HEARD)] = heard


@seldom
def listen(world, state, mind, at, n, memory, seen, trait, tick, desk, room):
    """Hear what arrived since the last look in the cell of sound ``at``.

    ``room``: how many rows of ``desk.heard_log`` may be in use after him, none unless he is a
    witness.
    """
    sounds = mind.sounds
    if sounds.cell[0] != at:
        lend_ears(state, at, sounds)
    p = world.params[0]
    cone_cos, _ = cone(n.act, trait.sight, n.grip, p)
    widest = min(cone_cos, p.sight_busy_cone_cos)  # while he listens, something may transfix him
    coming = _coming(world, sounds, n, widest, tick)
    for j in range(i8(state.air.ears_n[at])):
        if (coming >> j) & 1 == 0:
            continue
        stimulus = state.stimuli[state.air.ears[at, j]]
        if stimulus.by == n.id or _kept_out(world, state, n, stimulus):
            continue
        if _looks_there(world, n, stimulus):
            _hear(world, mind, n, memory, seen, stimulus, trait, tick, desk, room)
    if n.leads == 0:
        return
    for j in range(state.messages.shape[0]):
        stimulus = state.messages[j]
        news = stimulus.told > memory.known_tick and row_for(world, stimulus, n.unit) >= 0
        if news and stimulus.by != n.id and _has_come(world, n, stimulus, tick):
            _hear(world, mind, n, memory, seen, stimulus, trait, tick, desk, room)
