"""Blows are gathered by the ones they are aimed at, and do their work on them.

A short list: some few in a hundred strike in a tick. First each is judged, side by side; then
they do their work, those at one victim in the order of the list, which is the order of the
strikers' rows and so does not depend on threads.
"""

from __future__ import annotations

import numpy as np

from affray.engine.acts import bind_worst, pull_out
from affray.engine.body import go_down
from affray.engine.lie import field_cell, terrain_at
from affray.engine.log import because, emit, next_row, note, notice
from affray.rules import luck as purpose
from affray.rules.bleed import wound_flow
from affray.rules.compiled import fetch, kernel, part, rule
from affray.rules.feel import unnoticed
from affray.rules.fire import can_be_seen, is_seen
from affray.rules.luck import bell, chance
from affray.rules.maths import clamp
from affray.rules.see import cone
from affray.rules.show import pauses
from affray.rules.speak import scream_db
from affray.rules.strike import depth, fells, goes_home, kills, place_of, skill, stuns
from affray.rules.throw import evades
from affray.rules.tire import impairment
from affray.world import words as w
from affray.world.fields import SHARE

f8 = np.float64
i8 = np.int64

_AHEAD = 8  # blows after the present one whose victims are brought near
_TEND_M = 1.6
WOUNDS = 1  # the wound table, as the counts of a ``Harm`` have it; before it the events
_STILL_TICKS = 3  # how long one stays still after a hand was felt: longer than from look to look


@rule
def is_care(act):
    """Whether what reaches somebody is a helping hand, and no blow."""
    return act >= w.HELP_UP and act != w.SWEEP


@rule
def is_swing(act):
    """Whether it is a blow with what is in the hand, and no missile's or power's."""
    return act == w.STRIKE or act == w.LUNGE


@part
def _parried(world, blow, n, trait, unit, frontal, p):
    """The outcome of a blow at one on his feet, before armour."""
    seed = world.seed[0]
    opened = n.act == w.LUNGE
    waits = pauses(n.act) or n.grip > 0
    if waits:
        covered = 1.0
        for k in range(3):
            if k < n.cover:
                covered = covered * (1.0 - p.strike_cover)
        if chance(seed, blow.tick, blow.luck, purpose.COVER) >= covered:
            return w.PARRIED
        opened = True
    defence = skill(n, trait, p)
    if n.act == w.GUARD:
        defence = defence * 1.5
    defence = defence * (1.0 + f8(world.weapons[n.hand].parry))
    defence = defence * (1.0 - p.strike_blur * f8(n.blur))
    defence = defence * (1.0 - p.strike_rapt * f8(n.grip > 0))
    home = goes_home(f8(blow.skill), defence, frontal, opened, blow.act, p)
    if chance(seed, blow.tick, blow.luck, purpose.HIT) >= home:
        if chance(seed, blow.tick, blow.luck, purpose.PARRY) < p.strike_miss:
            return w.MISSED
        return w.PARRIED
    if frontal > 0.0 and not waits:
        if chance(seed, blow.tick, blow.luck, purpose.BLOCK) < p.strike_shields * f8(unit.block):
            return w.BLOCKED
    return w.HIT


@part
def _warded(world, blow, n, trait, unit, frontal, p):
    """The outcome of a missile that comes at one on his feet: his shield is in its way, or he sees
    it come and takes the shield to it, or gets out of its way.
    """
    seed = world.seed[0]
    ward = p.strike_shields * f8(unit.ward)
    if frontal > 0.2 and chance(seed, blow.tick, blow.luck, purpose.BLOCK) < ward:
        return w.BLOCKED
    cone_cos, attention = cone(n.act, trait.sight, n.grip, p)
    speed = f8(world.weapons[blow.weapon].speed)
    light = f8(terrain_at(world, field_cell(world, f8(n.x), f8(n.y))).light)
    if not can_be_seen(speed, p) or not is_seen(-blow.dx, -blow.dy, n, cone_cos, True, light, p):
        return w.HIT
    away = evades(f8(blow.air), attention, ward > 0.0, n.cover, p)
    if chance(seed, blow.tick, blow.luck, purpose.EVADE) >= away:
        return w.HIT
    return w.BLOCKED if ward > 0.0 else w.MISSED


@part
def outcome_of(world, blow, n, trait, unit, p):
    """What becomes of a blow at ``n``: missed, parried, blocked or hit."""
    frontal = -(f8(blow.dx) * f8(n.hx) + f8(blow.dy) * f8(n.hy))
    if n.status != w.UP or blow.act == w.SWEEP:
        return w.HIT
    if blow.act == w.THROW:
        return _warded(world, blow, n, trait, unit, frontal, p)
    return _parried(world, blow, n, trait, unit, frontal, p)


@part
def _depth_of(world, blow, unit, place, p):
    """Severity of a hit after armour."""
    seed = world.seed[0]
    weapon = world.weapons[blow.weapon]
    swing = clamp(1.0 + 0.35 * bell(seed, blow.tick, blow.luck, purpose.FORCE), 0.2, 2.5)
    resisted = 0.0
    if chance(seed, blow.tick, blow.luck, purpose.ARMOUR) < f8(unit.cover[place]):
        resisted = p.strike_armour * f8(unit.resist[weapon.harm])
    return depth(f8(blow.force) * swing, resisted, p)


@part
def _cry_out(world, n, deep, tick, blow, p):
    """Scream at a wound, in the next tick."""
    seed = world.seed[0]
    if n.status == w.OUT:
        return
    if chance(seed, blow.tick, blow.luck, purpose.SCREAM) < p.voice_scream_chance * deep:
        n.scream = i8(scream_db(deep, seed, blow.tick, blow.luck, purpose.SCREAM_LOUD, p))


@rule
def _impaired(limbs, deep):
    """How impaired arms or legs are kept to be after a wound to one of them."""
    return i8(clamp(impairment(limbs) + 0.5 * deep, 0.0, 1.0) * SHARE + 0.5)


@part
def _open_wound(world, wounds, row, blow, n, memory, ordinal, tick):
    """Enter a wound into a row of the table, and its pain, shock and impairment on the bearer."""
    p = world.params[0]
    place, deep = i8(blow.place), f8(blow.depth)
    weapon = world.weapons[blow.weapon]
    bleeds = p.strike_blunt_share if weapon.harm == w.BLUNT else 1.0
    wound = wounds[row]
    wound.fighter = n.id
    wound.by = blow.by
    wound.tick = tick
    wound.next = memory.wound
    wound.flow = wound_flow(deep, place, bleeds, p)
    wound.lost = 0
    wound.depth = deep
    wound.place = place
    wound.weapon = blow.weapon
    wound.embedded = 0
    wound.bound = 0
    wound.ordinal = ordinal
    stays = chance(world.seed[0], blow.tick, blow.luck, purpose.EMBED) < f8(weapon.embeds)
    if stays and n.embedded < 250:
        wound.embedded = 1
        n.embedded += 1
    memory.wound = row
    _cry_out(world, n, deep, tick, blow, p)
    n.pain = clamp(f8(n.pain) + 0.3 * deep, 0.0, 1.0)
    n.fear = clamp(f8(n.fear) + p.fear_wound_shock * deep, 0.0, 1.0)
    note(memory, w.CAUSE_EVENT, w.EVENT_WOUND, tick, n.id, p.fear_wound_shock * deep)
    if place == w.ARM:
        n.arm = _impaired(n.arm, deep)
    if place == w.LEG:
        n.leg = _impaired(n.leg, deep)


@rule
def _brought_down(n, blow, deep, place, tick, desk, p):
    """Fall, faint or die of the wound just made."""
    dies = kills(deep, place, p)
    faints = stuns(deep, place, p) and n.status != w.OUT
    falls = n.status == w.UP and (dies or faints or fells(deep, place, p))
    if falls:
        event = desk.events[emit(desk, tick, w.EVENT_FALL, n, blow.by, deep)]
        because(event, 0, w.CAUSE_EVENT, w.EVENT_WOUND, tick, n.id, 1.0)
    if dies:
        event = desk.events[emit(desk, tick, w.EVENT_DEATH, n, blow.by, deep)]
        because(event, 0, w.CAUSE_EVENT, w.EVENT_WOUND, tick, n.id, 1.0)
        go_down(n, w.DEAD)
    elif faints:
        event = desk.events[emit(desk, tick, w.EVENT_FAINT, n, blow.by, deep)]
        because(event, 0, w.CAUSE_EVENT, w.EVENT_WOUND, tick, n.id, 1.0)
        go_down(n, w.OUT)
    elif falls:
        go_down(n, w.DOWN)


@part
def _dress(state, blow, n, memory, tick, desk, p):
    """Care for the wounds of ``n``: a blade comes out first, then the worst wound is bound."""
    if n.embedded > 0:
        pull_out(state.wounds, memory, n, tick, desk, p)
        return
    saved = bind_worst(state.wounds, memory.wound, p)
    if saved <= 0.0:
        return
    n.flow = max(i8(n.flow) - i8(saved), 0)
    emit(desk, tick, w.EVENT_BIND, n, blow.by, saved)


@part
def _care(state, blow, n, memory, tick, desk, p):
    """A companion's hand: felt, or done with helping up or with a wound."""
    helper = state.row_of[blow.by]
    patient = state.row_of[blow.victim]
    dx = f8(state.outside.x[helper]) - f8(state.outside.x[patient])
    dy = f8(state.outside.y[helper]) - f8(state.outside.y[patient])
    far = dx * dx + dy * dy > _TEND_M * _TEND_M and blow.act != w.MEND
    if far or n.status == w.DEAD or n.status == w.LEFT:
        return
    if blow.act == w.BE_TENDED:
        idle = n.act_left == 0 or n.act == w.BE_TENDED
        if n.status == w.UP and n.mood == w.STEADY and n.recover == 0 and idle:
            n.act = w.BE_TENDED
            n.act_left = _STILL_TICKS
    elif blow.act == w.TELL:
        if unnoticed(n.flow, memory.bleeds, p):
            notice(n, memory, blow.by, tick, desk, p)
    elif blow.act != w.HELP_UP:
        _dress(state, blow, n, memory, tick, desk, p)
    elif n.status == w.DOWN:
        n.status = w.UP
        n.fell = 255
        emit(desk, tick, w.EVENT_RISE, n, blow.by, 1.0)


@part
def _stain(state, blow, n, p):
    """Blood on the blade: out of the wounded body, onto the striker's weapon."""
    amount = min(i8(100.0 * p.strike_blade_ml), i8(n.blood))
    if blow.act == w.THROW or blow.act == w.SWEEP:
        return
    striker = state.fighters[blow.by]
    n.blood = i8(n.blood) - amount
    striker.blade = i8(striker.blade) + amount


@part
def _hit(world, state, blow, n, memory, ordinal, tick, desk):
    """A hit: the wound, and what it does."""
    p = world.params[0]
    place = i8(blow.place)
    deep = f8(blow.depth)
    _open_wound(world, state.wounds, next_row(desk, WOUNDS), blow, n, memory, ordinal, tick)
    event = desk.events[emit(desk, tick, w.EVENT_WOUND, n, blow.by, deep)]
    event.place = place
    event.weapon = blow.weapon
    event.ordinal = ordinal
    _stain(state, blow, n, p)
    if world.hostile[blow.side, n.side] == 0:
        event = desk.events[emit(desk, tick, w.EVENT_MISTAKE, n, blow.by, deep)]
        event.ordinal = ordinal
        because(event, 0, w.CAUSE_EVENT, w.EVENT_WOUND, tick, n.id, 1.0)
    stood = n.status == w.UP
    _brought_down(n, blow, deep, place, tick, desk, p)
    if stood and n.status != w.UP and world.hostile[blow.side, n.side] == 1:
        state.fighters[blow.by].felled = 0


@kernel
def judge(world, fighters, blows, first, last):
    """Judge the blows ``first:last``: what becomes of each, where it lands, how deep.

    All blows of a tick fall at once: each is judged on its victim as he stands before any of
    them, so that they can be judged side by side.
    """
    p = world.params[0]
    for j in range(first, last):
        coming = max(blows[min(j + _AHEAD, last - 1)].victim, 0)
        fetch(fighters[coming])
        fetch(world.traits[coming])
        blow = blows[j]
        blow.result = w.MISSED
        if blow.victim < 0 or is_care(blow.act):
            continue
        n = fighters[blow.victim]
        unit = world.units[n.unit]
        result = outcome_of(world, blow, n, world.traits[n.id], unit, p)
        if result == w.HIT:
            place = place_of(chance(world.seed[0], blow.tick, blow.luck, purpose.PLACE))
            deep = _depth_of(world, blow, unit, place, p)
            blow.place = place
            blow.depth = deep
            if deep <= 0.0:
                result = w.STOPPED
        blow.result = result


@kernel
def resolve(world, state, blows, tick, full, desk):
    """Let the judged ``blows`` do their work; ``full``: 1 records every blow.

    ``desk``: a ``Harm``, with as many blows.
    """
    p = world.params[0]
    total, lists, done = blows.shape[0], desk.lists, desk.done
    for j in range(total - 1, -1, -1):
        victim = blows[j].victim
        if victim >= 0:
            lists[1, j] = lists[0, victim % total]
            lists[0, victim % total] = j
    for j in range(total):
        blow = blows[j]
        if blow.victim < 0:
            if full:
                _blow_event(state, blow, -1, w.MISSED, 0, tick, desk)
            continue
        if done[j]:
            continue
        at = i8(j)
        ordinal = 0
        n = state.fighters[blow.victim]
        memory = state.memory[n.id]
        while at >= 0:
            one, here = blows[at], at
            at = i8(lists[1, at])
            if one.victim != blow.victim:
                continue
            done[here] = 1
            was_dead = n.status == w.DEAD
            if is_care(one.act):
                _care(state, one, n, memory, tick, desk, p)
            elif was_dead or n.status == w.LEFT:
                if full and is_swing(one.act):  # whom it was for has died, or is gone, meanwhile
                    _blow_event(state, one, -1, w.MISSED, 0, tick, desk)
            else:
                if one.result == w.HIT:
                    _hit(world, state, one, n, memory, ordinal, tick, desk)
                if full:
                    _blow_event(state, one, n.id, one.result, ordinal, tick, desk)
                n.grip = 0  # a touch brings anybody back
                ordinal = min(ordinal + 1, 255)
            if n.status == w.DEAD and not was_dead:
                _lay(world, state, n)


@part
def _lay(world, state, n):
    """A body more on the ground."""
    cell = i8(n.y) * (2 * world.grid_cols[0]) + i8(n.x)
    g = state.ground[cell]
    g.bodies = i8(g.bodies) + 1


@part
def _blow_event(state, blow, victim, result, ordinal, tick, desk):
    """Record a blow itself, whatever came of it."""
    striker = state.fighters[blow.by]
    event = desk.events[emit(desk, tick, w.EVENT_BLOW, striker, victim, f8(result))]
    event.weapon = blow.weapon
    event.place = blow.act
    event.ordinal = ordinal
