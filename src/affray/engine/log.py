"""Writing what happens on the desk: who did what to whom, and what came of it."""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import rule
from affray.rules.feel import known_of
from affray.world import words as w
from affray.world.fields import CAUSES

f8 = np.float64
_KEEPS = 0.995  # share of a contribution to fear that is left after one look
_LEAST = 0.002  # smallest contribution worth keeping


# tables of a ``Desk``, as its counts have them; the last is no table: looks taken
EVENTS, BLOWS, MISSILES, CRIES, SEEN, MINDS, HEARD, LOOKS = range(8)


@rule
def next_row(desk, table):
    """Number of the next row of a table of the desk; it is taken with that."""
    row = desk.counts[table]
    desk.counts[table] = row + 1
    return row


@rule
def emit(desk, tick, kind, me, other, value):
    """Write an event without causes on the desk; returns its row there."""
    row = next_row(desk, EVENTS)
    e = desk.events[row]
    e.tick = tick
    e.kind = kind
    e.ordinal = 0
    e.fighter = me.id
    e.other = other
    e.x = me.x
    e.y = me.y
    e.value = value
    e.place = 0
    e.weapon = 0
    for j in range(CAUSES):
        e.cause_kind[j] = w.CAUSE_NONE
        e.cause_event[j] = 0
        e.cause_tick[j] = -1
        e.cause_id[j] = -1
        e.cause_share[j] = 0.0
    return row


@rule
def stimulus_of(me, tick, stimulus):
    """Write a sound or a sight of somebody's that says nothing to nobody yet."""
    stimulus.x = me.x
    stimulus.y = me.y
    stimulus.tick = tick
    stimulus.by = me.id
    stimulus.luck = me.luck
    stimulus.order = -1
    stimulus.told = tick
    stimulus.level = 0.0
    stimulus.unit = me.unit
    stimulus.carries = 0
    stimulus.said = 1
    stimulus.says = w.SILENT
    stimulus.way = w.BY_VOICE
    stimulus.timbre = w.MAN
    stimulus.side = me.side
    stimulus.to = -1
    stimulus.notion = 0
    stimulus.tone = 0
    stimulus.calls = 0


@rule
def because(event, j, kind, event_kind, tick, fighter, share):
    """Set the j-th cause of an event."""
    event.cause_kind[j] = kind
    event.cause_event[j] = event_kind
    event.cause_tick[j] = tick
    event.cause_id[j] = fighter
    event.cause_share[j] = share


@rule
def note(memory, kind, event_kind, tick, fighter, size):
    """Remember a contribution to fear: added to the same cause, or in place of the weakest."""
    if size < _LEAST:
        return
    weakest = 0
    for j in range(CAUSES):
        same = memory.cause_kind[j] == kind and memory.cause_id[j] == fighter
        if same and memory.cause_event[j] == event_kind:
            memory.cause_size[j] += size
            memory.cause_tick[j] = tick
            return
        if memory.cause_size[j] < memory.cause_size[weakest]:
            weakest = j
    if size > memory.cause_size[weakest]:
        memory.cause_kind[weakest] = kind
        memory.cause_event[weakest] = event_kind
        memory.cause_tick[weakest] = tick
        memory.cause_id[weakest] = fighter
        memory.cause_size[weakest] = size


@rule
def notice(n, memory, by, tick, desk, p):
    """Let ``n`` notice how he bleeds, told by fighter ``by`` or by himself."""
    memory.bleeds = known_of(n.flow, p)
    emit(desk, tick, w.EVENT_NOTICE, n, by, f8(memory.bleeds))


@rule
def fade(memory):
    """Let remembered contributions fade a little: once a look."""
    for j in range(CAUSES):
        memory.cause_size[j] = f8(memory.cause_size[j]) * _KEEPS


@rule
def blame(event, memory, fear):
    """Give an event the remembered contributions as causes, the greatest first, with shares."""
    total = max(fear, 1e-6)
    summed = 0.0
    for j in range(CAUSES):
        summed += f8(memory.cause_size[j])
    total = max(total, summed)
    used = 0
    for j in range(CAUSES):
        best = -1
        for k in range(CAUSES):
            if (used >> k) & 1 or memory.cause_kind[k] == w.CAUSE_NONE:
                continue
            if best < 0 or memory.cause_size[k] > memory.cause_size[best]:
                best = k
        if best < 0:
            return
        used |= 1 << best
        because(
            event,
            j,
            memory.cause_kind[best],
            memory.cause_event[best],
            memory.cause_tick[best],
            memory.cause_id[best],
            f8(memory.cause_size[best]) / total,
        )
