"""The voice of one fighter: what he means to say is begun, and is out, or cut off, in time.

One speaks while the hands do something else. What is said sounds when it is out: at the end of the
time that it takes; who falls or screams before that is cut off, and leaves the first part. An order
goes from mouth to mouth with the tick at which it was first given, and is said no more by whoever
knows of a newer one.
"""

from __future__ import annotations

import numpy as np

from affray.engine.log import CRIES, because, emit, next_row, stimulus_of
from affray.rules.compiled import part, rule, seldom
from affray.rules.maths import ticks_of
from affray.rules.speak import (
    choose_words,
    loudness,
    low_spirits,
    seconds_to_say,
    weigh_words,
)
from affray.world import words as w
from affray.world.fields import NO_ORDER

f8 = np.float64
i8 = np.int64

_VOICE_TICKS_MOST = 250
_LOW = 0.2  # spirits that nobody need lift


@part
def way_to_say(world, n, memory):
    """By voice, or, for a leader who gives an order of his own plan, as the plan says."""
    row = i8(memory.say_order)
    if n.says != w.SAY_ORDER or row == NO_ORDER:
        return w.BY_VOICE
    unit = world.units[n.unit]
    if n.leads == 1 and row >= unit.plan and row < unit.plan_end:
        return world.orders[row].way
    return w.BY_VOICE


@rule
def has_words(n, memory, seen):
    """Whether he may have something to say, and has nobody's ear already."""
    if n.says_left > 0:
        return False
    return memory.means != w.SILENT or (memory.quiet == 0 and low_spirits(seen) > _LOW)


@seldom
def find_words(world, mind, n, memory, seen, trait, tick):
    """Decide what to say, and begin to say it."""
    p = world.params[0]
    if memory.means == w.SAY_ORDER and memory.say_order != memory.known:
        memory.means = w.SILENT  # he knows of a newer one
    weigh_words(mind.words, n, memory, seen, trait, p)
    says = choose_words(mind.words, world.seed[0], tick, n.luck, p)
    if says == w.SILENT:
        return
    n.says = says
    if says == memory.means:
        memory.means = w.SILENT
    way = way_to_say(world, n, memory)
    n.says_left = min(ticks_of(seconds_to_say(says, way, p), world.clock[0]), _VOICE_TICKS_MOST)


@part
def _sound(world, n, memory, says, way, level, said, tick, cry):
    """Write what sounds: a saying, a signal or a scream."""
    p = world.params[0]
    trait = world.traits[n.id]
    stimulus_of(n, tick, cry)
    cry.level = level
    cry.said = said
    cry.says = says
    cry.way = way
    cry.timbre = trait.timbre
    if way == w.BY_HORN or way == w.BY_DRUM:
        cry.timbre = w.HORN if way == w.BY_HORN else w.DRUM
        cry.carries = i8(p.signal_clear_db)
    elif way == w.BY_FLAG or way == w.BY_MESSENGER:
        cry.timbre = w.FLAG if way == w.BY_FLAG else w.MESSENGER
    elif says != w.SAY_SCREAM:
        cry.carries = i8(p.voice_command_db * f8(trait.voice) / 255.0)
    if says == w.SAY_ORDER:
        cry.order = memory.say_order
        cry.told = memory.known_tick
        cry.unit = world.orders[memory.say_order].unit


@part
def _utter(world, n, memory, said, tick, desk):
    """What is being said is out (``said`` 1) or cut off."""
    p = world.params[0]
    way = way_to_say(world, n, memory)
    level = loudness(n.says, way, p)
    kind = w.EVENT_SAY if said == 1 else w.EVENT_CUT
    event = desk.events[
        emit(desk, tick, kind, n, -1, f8(memory.say_order) if n.says == w.SAY_ORDER else level)
    ]
    event.place = n.says
    event.weapon = way
    _sound(world, n, memory, n.says, way, level, said, tick, desk.cries[next_row(desk, CRIES)])
    memory.quiet = min(ticks_of(p.talk_pause_s, world.clock[0]), 32000)
    n.says = w.SILENT
    n.says_left = 0


@seldom
def speak_on(world, n, memory, tick, desk):
    """Let a tick of speaking pass."""
    able = n.status == w.UP or n.status == w.DOWN
    if n.says_left > 0:
        n.says_left -= 1
        overtaken = n.says == w.SAY_ORDER and memory.say_order != memory.known
        if not able or n.scream > 0 or n.mood == w.BROKEN or overtaken:
            _utter(world, n, memory, 0, tick, desk)
        elif n.says_left == 0:
            _utter(world, n, memory, 1, tick, desk)
    if n.scream > 0:
        if n.status != w.DEAD:
            level = f8(n.scream)
            event = desk.events[emit(desk, tick, w.EVENT_SAY, n, -1, level)]
            event.place = w.SAY_SCREAM
            event.weapon = w.BY_VOICE
            because(event, 0, w.CAUSE_EVENT, w.EVENT_WOUND, tick - 1, n.id, 1.0)
            _sound(
                world,
                n,
                memory,
                w.SAY_SCREAM,
                w.BY_VOICE,
                level,
                1,
                tick,
                desk.cries[next_row(desk, CRIES)],
            )
        n.scream = 0
