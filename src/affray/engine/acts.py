"""Acts come to their end: a blow lands, a missile leaves the hand, a blade comes out.

What is done to somebody else is written as a ``BLOW`` and gathered later by the one it is aimed
at (``resolve.py``); what is done to oneself is done here.
"""

from __future__ import annotations

import numpy as np

from affray.engine.lie import field_cell, terrain_at
from affray.engine.log import BLOWS, MISSILES, emit, next_row
from affray.engine.mark import pick_mark
from affray.engine.mind import is_committed
from affray.engine.near import NOBODY, SLOT_BITS, SLOTS, row_at, slot_of
from affray.engine.room import EVERYWHERE, bodies_about
from affray.rules import luck as purpose
from affray.rules.bleed import shown_flow
from affray.rules.compiled import part, rule
from affray.rules.luck import PICK, chance
from affray.rules.maths import clamp, happens
from affray.rules.room import cramped, need_m, passing, wielded
from affray.rules.show import HIGH_M
from affray.rules.strike import blow_force, hindered, skill
from affray.rules.tempo import ticks_taken
from affray.rules.throw import aimed, risen, unsteady
from affray.rules.tire import spend
from affray.world import battlefield as b
from affray.world import words as w

f4 = np.float32
f8 = np.float64
i4 = np.int32
i8 = np.int64
u4 = np.uint32

_BESIDE_M = 1.2  # within arm's length
_SLACK_M = 0.35  # how far somebody may have moved out of reach before a blow goes into the air
_ON_THE_GROUND = (1 << b.LOOK_UP) | (1 << b.LOOK_HIGH)  # of these two, only the first


@part
def _nearest_body(near, me_slot, reach_m):
    """Slot of the nearest one on his feet within reach, whoever it is; -1: nobody."""
    best = NOBODY
    x, y = near.xs[me_slot], near.ys[me_slot]
    reach2 = f4(reach_m * reach_m)
    for q in range(near.slots[0]):
        dx = near.xs[q] - x
        dy = near.ys[q] - y
        d2 = dx * dx + dy * dy
        up = (near.looks[q] & u4(_ON_THE_GROUND)) == u4(1 << b.LOOK_UP)
        if up and q != me_slot and d2 <= reach2:
            best = min(best, i4((i4(d2 * f4(65536.0)) << i4(SLOT_BITS)) | i4(q)))
    if best == NOBODY:
        return i8(-1)
    return i8(best & (SLOTS - 1))


@part
def _meets(world, state, row, mind, n, victim, dx, dy, reach_m, tick):
    """Row of whom a blow at the one in row ``victim`` meets (-1: nobody), and how it is wielded.

    Whoever stands in its line takes it, unless it finds its way past him; but most blows that
    would strike one who is no enemy are checked.
    """
    p = world.params[0]
    seed = world.seed[0]
    d = max(np.sqrt(dx * dx + dy * dy), 1.0e-3)
    room_m = need_m(world.weapons[n.hand].harm, p)
    line = dx / d, dy / d, d
    slot = slot_of(row, mind.near.runs)
    _, first, between, pressed = bodies_about(
        mind.near, slot, n, 0, EVERYWHERE, b.CELL_M, line, room_m, p
    )
    share = wielded(cramped(f8(pressed) / 4096.0), p)
    if first == NOBODY:
        return victim, share
    if chance(seed, tick, n.luck, purpose.PAST) < passing(between, reach_m, p):
        return victim, share
    other = row_at(i8(first) & (SLOTS - 1), mind.near.runs)
    side = i8(state.outside.look[other]) & 7
    if world.hostile[n.side, side] == 0:
        if chance(seed, tick, n.luck, purpose.CHECK) < p.strike_checks:
            return i8(-1), share
    return other, share


@part
def _write_blow(world, blow, n, trait, act, victim, dx, dy, share, tick):
    p = world.params[0]
    d = np.sqrt(dx * dx + dy * dy)
    blow.victim = victim
    blow.by = n.id
    blow.dx = dx / d if d > 1e-9 else f8(n.hx)
    blow.dy = dy / d if d > 1e-9 else f8(n.hy)
    blow.skill = share * skill(n, trait, p)
    blow.force = share * blow_force(n, trait, f8(world.weapons[n.hand].force), act, p)
    blow.luck = n.luck
    blow.tick = tick
    blow.weapon = n.hand
    blow.act = act
    blow.side = n.side


@part
def strike_out(world, state, row, mind, n, tick, blow):
    """Land the committed blow of ``n``: at its target if he is within reach, else at nobody.

    Whoever stands in between may take it or stop it (``_meets``). A blow whose owner has gone down
    meanwhile lands on whoever is nearest, if anybody is.
    """
    p = world.params[0]
    trait = world.traits[n.id]
    reach = f8(world.weapons[n.hand].reach) + _SLACK_M
    share = 1.0
    if n.status == w.UP:
        victim = i8(state.row_of[n.target]) if n.target >= 0 else i8(-1)
    else:
        share = p.strike_dying_share
        slot = _nearest_body(mind.near, slot_of(row, mind.near.runs), reach)
        victim = row_at(slot, mind.near.runs) if slot >= 0 else i8(-1)
    dx, dy = f8(n.hx), f8(n.hy)
    if victim >= 0:
        dx = f8(state.outside.x[victim]) - f8(n.x)
        dy = f8(state.outside.y[victim]) - f8(n.y)
        high = (i8(state.outside.look[victim]) >> b.LOOK_HIGH) & 1
        if dx * dx + dy * dy > reach * reach or high != i8(n.perch >= HIGH_M):
            victim = i8(-1)
    if victim >= 0 and n.status == w.UP:
        weapon_m = f8(world.weapons[n.hand].reach)
        met, share = _meets(world, state, row, mind, n, victim, dx, dy, weapon_m, tick)
        if met >= 0 and met != victim:
            dx = f8(state.outside.x[met]) - f8(n.x)
            dy = f8(state.outside.y[met]) - f8(n.y)
        victim = met
    aimed_at = state.outside.id[victim] if victim >= 0 else -1
    _write_blow(world, blow, n, trait, n.act, aimed_at, dx, dy, share, tick)


@part
def lay_hands(world, state, n, act, tick, desk):
    """Write, as a blow, what ``n`` does to the companion he cares for."""
    if n.target < 0:
        return
    patient = i8(state.row_of[n.target])
    dx = f8(state.outside.x[patient]) - f8(n.x)
    dy = f8(state.outside.y[patient]) - f8(n.y)
    blow = desk.blows[next_row(desk, BLOWS)]
    _write_blow(world, blow, n, world.traits[n.id], act, n.target, dx, dy, 1.0, tick)


@part
def tell(world, n, seen, tick, desk):
    """Touch a companion beside one who is seen to bleed, so that he knows.

    Until there are words for it.
    """
    p = world.params[0]
    free = n.status == w.UP and n.mood == w.STEADY and n.act_left == 0
    if seen.hurt < 0 or seen.hurt_m > _BESIDE_M or not free:
        return
    dt = world.clock[0] * world.clock[1]
    if not happens(chance(world.seed[0], tick, n.luck, purpose.TELL), p.feel_told_per_s, dt):
        return
    dx, dy = seen.hurt_dx, seen.hurt_dy
    blow = desk.blows[next_row(desk, BLOWS)]
    _write_blow(world, blow, n, world.traits[n.id], w.TELL, seen.hurt, dx, dy, 1.0, tick)


@part
def let_fly(world, state, n, memory, unit, seen, tick, missile):
    """Write the missile that leaves the hand of ``n``.

    It goes at the one he perceives near, at one whom he picks out far off, or at the crowd.
    """
    p = world.params[0]
    trait = world.traits[n.id]
    weapon = world.weapons[unit.missile]
    able = skill(n, trait, p)
    spread = unsteady(f8(weapon.spread), f8(memory.fire), p)
    tx, ty, far = seen.crowd_dx, seen.crowd_dy, seen.crowd_m
    crowd = True
    bid = state.biddings[max(i8(trait.person) - 1, 0)]
    if trait.person > 0 and bid.mark >= 0:
        tx, ty = bid.mark_x - f8(n.x), bid.mark_y - f8(n.y)
        far = np.sqrt(tx * tx + ty * ty)
        crowd = False
    elif seen.foe >= 0:
        tx, ty, far = seen.foe_dx, seen.foe_dy, seen.foe_m
        crowd = False
    elif far > 0.0 and chance(world.seed[0], tick, n.luck, PICK) < p.throw_picks:
        mark = pick_mark(world, state, n, tick)
        if mark >= 0:
            tx = f8(state.outside.x[mark]) - f8(n.x)
            ty = f8(state.outside.y[mark]) - f8(n.y)
            far = np.sqrt(tx * tx + ty * ty)
            crowd = False
    if far <= 0.0:
        tx, ty, far = f8(n.hx), f8(n.hy), f8(weapon.range)
    d = np.sqrt(tx * tx + ty * ty)
    dx, dy, distance = aimed(
        tx / d, ty / d, far, spread, able, crowd, world.seed[0], tick, n.luck, p
    )
    missile.x = n.x
    missile.y = n.y
    missile.dx = dx
    missile.dy = dy
    missile.flown = 0.0
    missile.aimed = min(distance, 1.3 * f8(weapon.range))
    missile.by = n.id
    missile.luck = n.luck
    missile.tick = tick
    missile.weapon = unit.missile
    missile.side = n.side
    missile.rise = risen(spread, able, world.seed[0], tick, n.luck, p)
    missile.arm = clamp(0.5 + 0.5 * f8(n.stamina), 0.0, 1.0)


@rule
def pull_out(wounds, memory, n, tick, desk, p):
    """Pull the newest blade out of oneself: the wound bleeds more than before."""
    row = i8(memory.wound)
    while row >= 0:
        wound = wounds[row]
        if wound.embedded == 1:
            before = shown_flow(wound.flow, 1, wound.bound, p)
            wound.embedded = 0
            wound.flow = i8(f8(wound.flow) * p.body_pull_factor)
            n.embedded -= 1
            n.flow = i8(f8(n.flow) - before + shown_flow(wound.flow, 0, wound.bound, p))
            emit(desk, tick, w.EVENT_PULL, n, wound.by, f8(wound.flow))
            return
        row = i8(wound.next)
    n.embedded = 0


@rule
def bind_worst(wounds, first, p):
    """Bind the wound that bleeds most and has no blade in it; returns what that saves.

    One that was bound already is bound again, tighter.
    """
    best = i8(-1)
    most = 0.0
    row = i8(first)
    while row >= 0:
        wound = wounds[row]
        shows = shown_flow(wound.flow, 0, wound.bound, p)
        if wound.embedded == 0 and shows > most:
            best = row
            most = shows
        row = i8(wound.next)
    if best < 0:
        return 0.0
    wound = wounds[best]
    if wound.bound == 1:
        wound.flow = i8(f8(wound.flow) * p.body_bind_factor)
    wound.bound = 1
    return most * (1.0 - p.body_bind_factor)


@part
def perch_at(world, x, y):
    """Height (m) that can be climbed to at a place; 0: none."""
    return terrain_at(world, field_cell(world, x, y)).climb


@rule
def _after_blow(world, n, weapon, tick, dt, p):
    """What a blow or throw costs, and the pause after it: longer in pain past the threshold."""
    pause = f8(weapon.recovery) / hindered(f8(n.pain), p)
    n.recover = ticks_taken(pause, world.seed[0], tick, n.luck, purpose.PAUSE, dt, p)
    worth = p.effort_blow_m * max(f8(weapon.mass), 1.0)
    stamina, fatigue = spend(f8(n.stamina), f8(n.fatigue), worth, p)
    n.stamina = stamina
    n.fatigue = fatigue
    n.energy = max(f8(n.energy) - f8(weapon.cost), 0.0)


@part
def act_on(world, state, row, mind, n, memory, looked, tick, desk):
    """Let a tick of the present act pass.

    A missile leaves the hand on a tick in which the thrower looked (``looked``).
    """
    p = world.params[0]
    dt = world.clock[0]
    unit = world.units[n.unit]
    if n.act_left == 0:
        return
    fallen = n.status != w.UP
    if n.act == w.THROW and n.act_left == 1 and not looked and not fallen:
        return
    n.act_left -= 1
    if n.act_left > 0 and not (fallen and is_committed(n.act)):
        if n.act == w.TEND and not fallen:
            lay_hands(world, state, n, w.BE_TENDED, tick, desk)
        return
    act = n.act
    n.act = w.HOLD
    n.act_left = 0
    if act == w.STRIKE or act == w.LUNGE:
        n.act = act
        strike_out(world, state, row, mind, n, tick, desk.blows[next_row(desk, BLOWS)])
        if fallen or act == w.STRIKE:
            n.act = w.HOLD  # one who lunged stays so until he has recovered: see ``is_exposed``
        _after_blow(world, n, world.weapons[n.hand], tick, dt, p)
        return
    if act == w.THROW and not fallen and n.missiles > 0:
        weapon = world.weapons[unit.missile]
        luck = chance(world.seed[0], tick, n.luck, purpose.MISFIRE)
        goes_off = luck >= p.throw_fails * f8(weapon.fails)
        if goes_off:
            missile = desk.missiles[next_row(desk, MISSILES)]
            let_fly(world, state, n, memory, unit, mind.seen[0], tick, missile)
            n.missiles -= 1
            event = desk.events[emit(desk, tick, w.EVENT_THROW, n, -1, f8(missile.aimed))]
            event.weapon = unit.missile
        _after_blow(world, n, weapon, tick, dt, p)
        return
    if act == w.HELP_UP or act == w.TEND:
        lay_hands(world, state, n, act, tick, desk)
    elif act == w.PULL_OUT:
        pull_out(state.wounds, memory, n, tick, desk, p)
    elif act == w.BIND:
        saved = bind_worst(state.wounds, memory.wound, p)
        n.flow = max(i8(n.flow) - i8(saved), 0)
        emit(desk, tick, w.EVENT_BIND, n, n.id, saved)
    elif act == w.CLIMB and not fallen:
        n.perch = perch_at(world, f8(n.x), f8(n.y)) if n.perch == 0 else 0
    elif act == w.RISE and n.status == w.DOWN:
        n.status = w.UP
        n.fell = 255
        emit(desk, tick, w.EVENT_RISE, n, -1, 0.0)
    elif act == w.USE and (n.status == w.UP or n.status == w.DOWN):
        event = desk.events[emit(desk, tick, w.EVENT_POWER, n, n.target, 0.0)]
        event.place = max(i8(state.biddings[i8(world.traits[n.id].person) - 1].power), 0)
