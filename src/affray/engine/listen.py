"""What one fighter hears in a look: orders, cries, talk, screams; and signs and spectacles
likewise, which are seen. What it does to him: ``heard.py``.

He knows of a sound what came through the din: that somebody made it, what it was like, whence; its
first words; all of it. Who it was he knows by the voice, of those whose voice he knows.
"""

from __future__ import annotations

import numpy as np

from affray.engine.behold import beholds, dawns, is_before
from affray.engine.carry import arrival
from affray.engine.heard import take_in
from affray.engine.lie import field_cell, terrain_at
from affray.engine.log import HEARD, next_row
from affray.engine.smoke import is_between
from affray.rules import luck as purpose
from affray.rules.bar import barred
from affray.rules.compiled import loop, part, seldom
from affray.rules.grip import clearness_db
from affray.rules.hear import bearing, got, knows_voice, pair_luck, received
from affray.rules.luck import chance
from affray.rules.see import cone, in_view
from affray.world import battlefield as b
from affray.world import words as w
from affray.world.powers import SIGHT, SOUND

f8 = np.float64
i8 = np.int64
u4 = np.uint32


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
        stimulus.by,
        stimulus.way,
        memory.leader,
        memory.companion,
        p,
        seed,
        key,
        purpose.KNOWN_VOICE,
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
    take_in(world, n, memory, seen, heard, stimulus, trait, tick, desk)
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
