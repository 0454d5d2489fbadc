"""The kernel of the tick: every fighter of a run of cells lives through it.

Reads the outsides as the last tick left them; writes each fighter's own record, memory and wounds,
and the ground under his feet, which lies in his own cell. Nothing written here is read here by
another.
"""

from __future__ import annotations

import numpy as np

from affray.engine.acts import act_on, tell
from affray.engine.behold import show
from affray.engine.body import ground_cell, live_on
from affray.engine.crowds import lay_ways, look_around
from affray.engine.log import BLOWS, CRIES, LOOKS, MINDS, SEEN, next_row
from affray.engine.mind import is_committed, think
from affray.engine.near import gather
from affray.engine.step import step
from affray.engine.tread import tread, treads_alone
from affray.engine.voice import speak_on
from affray.rules.compiled import fetch, kernel, part
from affray.rules.grip import is_spectacle
from affray.rules.obey import in_force
from affray.world import words as w
from affray.world.fields import NO_ORDER

f8 = np.float64
i8 = np.int64

AHEAD = 4  # rows after the present one that are brought near: no more than ``PAD``


@part
def write_mind(world, state, entry, n, memory, before, tick, weights):
    """Log what a look made of a witness: mind, body, and the utilities of all acts."""
    entry.tick = tick
    entry.fighter = n.id
    entry.x = n.x
    entry.y = n.y
    entry.fear = n.fear
    entry.morale = n.morale
    entry.belief = n.belief
    entry.pain = n.pain
    entry.stamina = n.stamina
    entry.foes = n.foes
    entry.before = before
    entry.act = n.act
    entry.mood = n.mood
    entry.flow = n.flow
    entry.felt_s = memory.felt
    order = world.orders[memory.order]
    entry.order = in_force(order, f8(n.x), f8(n.y), i8(n.luck), memory.done)
    entry.known = i8(-1) if memory.known == NO_ORDER else i8(world.orders[memory.known].word)
    entry.leader = memory.leader
    person = i8(world.traits[n.id].person)
    entry.tint = i8(state.biddings[person - 1].tint) if person > 0 else i8(-1)
    for act in range(w.ACTS):
        entry.weights[act] = weights[act]


@part
def _bring_near(world, state, row):
    """Have what is kept of the one in a row at hand by the time he is come to.

    Of one whose memory is there already, half as far ahead, his newest wound, and his ground.
    """
    who = max(state.outside.id[row + AHEAD], 0)
    fetch(state.fighters[who])
    fetch(state.memory[who])
    fetch(world.traits[who])
    sooner = row + AHEAD // 2
    cells = world.grid_cols[0] * world.grid_rows[0]
    if sooner >= state.start[cells]:
        return
    wound = state.memory[state.outside.id[sooner]].wound
    if wound >= 0:
        fetch(state.wounds[wound])
    x, y = state.outside.x[sooner], state.outside.y[sooner]
    fetch(state.ground[ground_cell(x, y, 2 * world.grid_cols[0])])


@kernel
def live(world, state, first, last, tick, mind, desk, watched):
    """Live through a tick in the cells ``first:last``.

    ``desk``: receives events, blows, missiles, cries and, for those whose flag in ``watched`` (by
    id; length 1: nobody) is 1, what they perceived and weighed. ``desk.counts``: how many of
    each, and of looks.
    """
    every = i8(world.clock[1])
    ground_cols = 2 * world.grid_cols[0]
    desk.counts[:] = 0
    watching = watched.shape[0] > 1
    lay_ways(world.grid_cols[0], mind.around.ways)
    mind.sounds.cell[0] = -1
    for c in range(first, last):
        begin, end = i8(state.start[c]), i8(state.start[c + 1])
        if begin == end:
            continue
        gather(world, state, c, mind.near)
        looked = False
        for i in range(begin, end):
            _bring_near(world, state, i)
            n = state.fighters[state.outside.id[i]]
            memory = state.memory[n.id]
            if n.says_left > 0 or n.scream > 0:
                speak_on(world, n, memory, tick, desk)
            if n.fell == 0 and is_spectacle(n, world.traits[n.id], i8(state.outside.look[i])):
                show(world, n, tick, desk.cries[next_row(desk, CRIES)])
            if n.status == w.DEAD:
                n.fell = min(n.fell + 1, 250)
                if not is_committed(n.act):
                    continue
            if n.status != w.DEAD:
                live_on(world, state.wounds, state.ground, ground_cols, memory, n, c, tick, desk)
            awake = n.status == w.UP or n.status == w.DOWN
            looks_now = awake and (tick + n.id) % every == 0
            if looks_now:
                if not looked:
                    look_around(world, state, c, mind.around)
                    looked = True
                before = n.act
                watch = watching and watched[n.id] == 1
                room = desk.heard_log.shape[0] if watch else i8(0)
                think(world, state, i, c, tick, mind, n, memory, desk, room)
                desk.counts[LOOKS] += 1
                if watch:
                    desk.seen_log[next_row(desk, SEEN)] = mind.seen[0]
                    entry = desk.mind_log[next_row(desk, MINDS)]
                    write_mind(world, state, entry, n, memory, before, tick, mind.weights)
            struck = desk.counts[BLOWS]
            act_on(world, state, i, mind, n, memory, looks_now, tick, desk)
            if looks_now and desk.counts[BLOWS] == struck:  # a blow a tick at the most
                tell(world, n, mind.seen[0], tick, desk)
            if looks_now and treads_alone(n, mind.seen[0]):
                tread(world, state, n, tick, desk)
            if n.status == w.UP:
                step(world, state, ground_cols, i, c, tick, mind.near, n, desk)
