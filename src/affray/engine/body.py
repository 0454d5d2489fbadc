"""What happens to a body in a tick: bleeding, pain, recovery, fainting, death."""

from __future__ import annotations

import numpy as np

from affray.engine.lie import terrain_at
from affray.engine.log import because, emit
from affray.rules import luck as purpose
from affray.rules.bleed import clotted, faint_rate, lost_share, phase, pressure, shown_flow
from affray.rules.compiled import part, rule
from affray.rules.luck import chance
from affray.rules.maths import happens
from affray.rules.nature import critical_m_per_s
from affray.rules.soak import soaks
from affray.rules.tire import exertion, tire
from affray.world import words as w

f8 = np.float64
i8 = np.int64


@rule
def ground_cell(x, y, ground_cols):
    """Number of the square metre at (x, y)."""
    return i8(y) * ground_cols + i8(x)


@rule
def spill(ground, cell, capacity, amount, tick):
    """Let blood fall on a square metre: the soil takes what it can, the rest pools."""
    if amount <= 0:
        return
    g = ground[cell]
    soaked = soaks(i8(g.soaked), amount, capacity)
    g.soaked = i8(g.soaked) + soaked
    g.pool = i8(g.pool) + amount - soaked
    g.wet = tick


@part
def bleed(wounds, first, n, lost, tick, dt, p):
    """Bleed for ``dt`` seconds from every wound; blood leaves ``n`` and is returned (0.01 mL)."""
    strength = pressure(lost, p)
    step = phase(tick, n.luck)
    left = i8(n.blood)
    flow = 0.0
    spilt = i8(0)
    row = i8(first)
    while row >= 0:
        wound = wounds[row]
        rate = shown_flow(wound.flow, wound.embedded, wound.bound, p)
        flow += rate
        out = min(i8(rate * strength * dt + step), left)
        left -= out
        spilt += out
        wound.lost = i8(wound.lost) + out
        wound.flow = clotted(i8(wound.flow), dt, step, p)
        row = i8(wound.next)
    n.blood = left
    n.flow = i8(flow)
    return spilt


@rule
def worst_wounds(wounds, first, event):
    """Name the wounds that most blood was lost through as causes of a death or faint."""
    total = i8(0)
    row = i8(first)
    while row >= 0:
        total += i8(wounds[row].lost)
        row = i8(wounds[row].next)
    last = i8(1) << 62
    for j in range(3):
        best = i8(-1)
        row = i8(first)
        while row >= 0:
            lost = i8(wounds[row].lost)
            if lost < last and lost > 0 and (best < 0 or lost > i8(wounds[best].lost)):
                best = row
            row = i8(wounds[row].next)
        if best < 0:
            return
        wound = wounds[best]
        share = f8(wound.lost) / f8(total)
        because(event, j, w.CAUSE_EVENT, w.EVENT_WOUND, wound.tick, wound.fighter, share)
        last = i8(wound.lost)


@rule
def go_down(n, status):
    """Let ``n`` fall: what he was doing ends, but a blow already committed stays in the air.

    One who lay already does not fall again.
    """
    if n.status == w.UP:
        n.fell = 0
    n.status = status
    n.perch = 0
    n.speed = 0
    n.wx = 0.0
    n.wy = 0.0
    if n.act_left == 0 or (n.act != w.STRIKE and n.act != w.LUNGE):
        n.act = w.HOLD
        n.act_left = 0


@part
def _collapse(world, wounds, memory, n, lost, tick, dt, desk):
    """Faint or die of blood lost."""
    p = world.params[0]
    if lost >= p.body_death:
        if n.status == w.UP:
            event = desk.events[emit(desk, tick, w.EVENT_FALL, n, -1, lost)]
            worst_wounds(wounds, memory.wound, event)
        event = desk.events[emit(desk, tick, w.EVENT_DEATH, n, -1, lost)]
        worst_wounds(wounds, memory.wound, event)
        go_down(n, w.DEAD)
        return
    if n.status == w.UP or n.status == w.DOWN:
        rate = faint_rate(lost, p)
        if rate > 0.0 and happens(chance(world.seed[0], tick, n.luck, purpose.FAINT), rate, dt):
            if n.status == w.UP:
                event = desk.events[emit(desk, tick, w.EVENT_FALL, n, -1, lost)]
                worst_wounds(wounds, memory.wound, event)
            event = desk.events[emit(desk, tick, w.EVENT_FAINT, n, -1, lost)]
            worst_wounds(wounds, memory.wound, event)
            go_down(n, w.OUT)


@part
def live_on(world, wounds, ground, ground_cols, memory, n, c, tick, desk):
    """One tick of a body: writes ``n`` in place."""
    p = world.params[0]
    dt = world.clock[0]
    trait = world.traits[n.id]
    if n.fell < 250:
        n.fell += 1
    if n.felled < 250:
        n.felled += 1
    if memory.wound >= 0:
        lost = lost_share(n.blood, trait.blood)
        spilt = bleed(wounds, memory.wound, n, lost, tick, dt, p)
        cell = ground_cell(n.x, n.y, ground_cols)
        spill(ground, cell, i8(terrain_at(world, c).soak), spilt, tick)
        _collapse(world, wounds, memory, n, lost, tick, dt, desk)
        if n.status == w.DEAD:
            ground[cell].bodies = i8(ground[cell].bodies) + 1
    if f8(n.pain) > 0.0:
        n.pain = f8(n.pain) * (1.0 - p.body_pain_fades_per_s * dt)
    if n.recover > 0:
        n.recover -= 1
    if n.grip > 0:
        n.grip -= 1
    if n.winks > 0:
        n.winks -= 1
    critical = critical_m_per_s(trait)
    stamina, fatigue = tire(f8(n.stamina), f8(n.fatigue), exertion(n, critical, p), critical, dt, p)
    n.stamina = stamina
    n.fatigue = fatigue
    if f8(n.energy) < 1.0:
        n.energy = min(f8(n.energy) + p.effort_energy_per_s * dt, 1.0)
