"""The one decider: a utility for each act, out of what this fighter perceives, is and was told.

``weigh`` fills the list of utilities, which is also the explanation of the choice; ``choose``
takes the greatest, with a little of the fighter's whims. Orders and triggers change weights; they
never pick the act. A user may pass a compiled ``weigh`` of their own.
"""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import rule
from affray.rules.feel import BLEEDS
from affray.rules.luck import BELL_MOST, WHIM, bell
from affray.rules.maths import clamp
from affray.rules.nature import aggression, courage, discipline
from affray.rules.obey import goes_back, goes_forward, keeps_off
from affray.rules.room import passing
from affray.rules.tire import breathless, weariness
from affray.world import words as w
from affray.world.inward import RULED_OUT

f8 = np.float64

NEVER = RULED_OUT
_THROW_FROM_M = 2.0
_STAY = 0.05  # by how much an act under way that takes no time weighs more than another


@rule
def in_reach(seen, reach_m):
    """Whether the enemy perceived nearest can be struck."""
    return seen.foe >= 0 and seen.foe_m <= reach_m


@rule
def _weigh_fight(u, me, seen, trait, reach_m, bold, p):
    """Striking, lunging, guarding; against one who is but a blur, only guarding.

    Others in the line of the blow, no room for it and no breath left speak against it.
    """
    if seen.foe_blur == 1 and seen.foe_m <= reach_m:
        u[w.GUARD] = p.decide_guard
    if not in_reach(seen, reach_m):
        return
    crowd = p.decide_crowded * max(f8(seen.foes_near - 1 - seen.cover), 0.0)
    u[w.GUARD] = p.decide_guard + crowd * (1.0 - aggression(trait))
    if me.recover > 0:
        return
    barred = p.decide_barred * (1.0 - passing(seen.between, reach_m, p))
    if seen.foe_down == 1:
        u[w.GUARD] = NEVER
        u[w.STRIKE] = p.decide_finish * 2.0 * aggression(trait) - barred
        return
    opening = p.decide_opening * f8(seen.foe_open)
    cramped = p.decide_cramped * seen.cramped
    winded = p.decide_winded * breathless(me)
    u[w.STRIKE] = p.decide_strike + opening + bold - barred - cramped - winded
    eager = 2.0 * aggression(trait) * f8(me.stamina)
    u[w.LUNGE] = u[w.STRIKE] - 1.0 + p.decide_lunge * (eager + 0.5) - crowd


@rule
def _weigh_ground(u, me, seen, trait, order, reach_m, bold, dread, p):
    """Going on, standing, giving ground, resting.

    Who is out of breath does not close with an enemy who is near, and gives ground to him, so that
    lines part by themselves when both have spent themselves.
    """
    spent = weariness(f8(me.stamina), f8(me.fatigue))
    near = seen.foes_near > 0
    winded = p.decide_winded * breathless(me) * f8(near)
    u[w.HOLD] = p.decide_hold + (p.grip_stills if me.grip > 0 else 0.0)
    if goes_forward(order):
        u[w.ADVANCE] = p.decide_advance + bold - winded
    elif keeps_off(order):
        u[w.ADVANCE] = p.decide_advance
    elif (near or seen.foe_stares == 1) and not in_reach(seen, reach_m):
        opening = p.decide_opening * f8(seen.foe_stares)
        u[w.ADVANCE] = p.decide_advance * aggression(trait) * 1.6 + opening + bold - winded
    if goes_back(order):
        u[w.FALL_BACK] = p.decide_advance + 0.2
    if near:
        u[w.FALL_BACK] = max(u[w.FALL_BACK], p.decide_fall_back * dread + winded)
    close = near or (seen.crowd_m > 0.0 and seen.crowd_m < 2.0 * p.decide_rest_m)
    if close or spent > 0.6:
        u[w.REST] = p.decide_rest * (1.6 * spent - 0.6) - p.decide_danger * 0.3 * f8(near)
    if keeps_off(order) and near:
        u[w.FALL_BACK] = u[w.FALL_BACK] + 0.6


@rule
def _weigh_care(u, me, seen, trait, p):
    """One's own wounds, and a companion who needs a hand; danger and no cover speak against."""
    danger = 0.0
    if seen.foes_near > 0:
        danger = p.decide_danger / (1.0 + f8(seen.cover))
    if me.embedded > 0:
        u[w.PULL_OUT] = p.decide_pull + 0.4 * f8(me.pain) - danger
    if seen.bleeding > BLEEDS and me.embedded == 0:
        grave = clamp(seen.bleeding / 600.0, 0.0, 1.0)
        u[w.BIND] = p.decide_bind * (0.4 + grave) - danger
    if seen.hurt >= 0 and seen.hurt_m < 1.2:
        act = w.HELP_UP if seen.hurt_down == 1 else w.TEND
        u[act] = p.decide_tend * (0.5 + discipline(trait)) - danger
    if me.act == w.BE_TENDED and me.act_left > 0:
        u[w.BE_TENDED] = p.decide_tend * (0.5 + discipline(trait)) - danger


@rule
def _weigh_climb(u, me, order, perch_m, p):
    """Up to a perch as ordered; down from it as soon as one wants to go anywhere."""
    if me.perch == 0:
        if order == w.ORDER_PERCH and perch_m > 0:
            u[w.CLIMB] = p.decide_climb
        return
    most = max(u[w.ADVANCE], u[w.FLEE])
    ordered = goes_forward(order) or keeps_off(order) or goes_back(order)
    if ordered or u[w.FLEE] > NEVER:
        u[w.CLIMB] = max(most, p.decide_climb)
    u[w.ADVANCE] = NEVER
    u[w.FALL_BACK] = NEVER
    u[w.FLEE] = NEVER
    u[w.LUNGE] = NEVER


@rule
def weigh(u, me, seen, trait, order, reach_m, missile_m, perch_m, p):
    """Fill ``u`` (ACTS,) with the utility of each act; ``NEVER`` where it cannot be done.

    ``order``: what the order in force says; ``reach_m``: of the weapon in hand; ``missile_m``:
    range of the throwing weapon, 0 without one; ``perch_m``: height that can be climbed to where
    he stands, 0: none.
    """
    for act in range(w.ACTS):
        u[act] = NEVER
    if me.act == w.BE_HELD and me.act_left > 0:
        u[w.BE_HELD] = p.power_held
        return
    if me.status == w.DOWN:
        u[w.HOLD] = 0.0
        u[w.RISE] = 1.0 - 0.6 * f8(me.pain)
        _weigh_care(u, me, seen, trait, p)
        u[w.HELP_UP] = NEVER
        u[w.TEND] = NEVER
        return
    if me.mood == w.BROKEN:
        u[w.FLEE] = 2.0
        _weigh_climb(u, me, order, perch_m, p)
        return
    fear = f8(me.fear)
    dread = p.decide_dread * fear * (1.3 - courage(trait))
    bold = 0.4 * (aggression(trait) - 0.5) + 0.3 * (f8(me.morale) - 0.5) - dread
    _weigh_ground(u, me, seen, trait, order, reach_m, bold, dread, p)
    _weigh_fight(u, me, seen, trait, reach_m, bold, p)
    _weigh_care(u, me, seen, trait, p)
    if missile_m > 0.0 and me.recover == 0 and seen.foes_near == 0:
        mark_m = seen.foe_m if seen.foe >= 0 else seen.crowd_m
        if mark_m > _THROW_FROM_M and mark_m <= missile_m:
            volley = p.decide_volley if order == w.ORDER_VOLLEY else 0.0
            u[w.THROW] = p.decide_throw + 0.3 * (aggression(trait) - 0.5) + volley
    _weigh_climb(u, me, order, perch_m, p)


@rule
def lean(u, order):
    """Add what an order's leaning gives to each act that can be done."""
    for act in range(w.ACTS):
        if u[act] > NEVER:
            u[act] = u[act] + f8(order.lean[act])


@rule
def heed(u, me, bid, missile_m, p):
    """Add what the drives of one of the people bid (``bid``, BIDDING) to each act.

    Whoever is driven to a place can go there, and whoever is driven to go for somebody can throw
    at him, whatever his orders leave him; whoever would use a power can gather it. One whom a
    power keeps busy does nothing else, but get up.
    """
    free = me.status == w.UP and me.mood == w.STEADY and bid.bound != w.HELD
    if free:
        _let(u, me, bid, missile_m)
    able = me.mood == w.STEADY or bid.bound == w.HELD or bid.despairs == 1
    if bid.power >= 0 and able:
        u[w.USE] = 0.0
    for act in range(w.ACTS):
        if u[act] > NEVER and (free or act == w.USE):
            u[act] = u[act] + bid.lean[act]
    if bid.bound == w.BUSY:
        for act in range(w.ACTS):
            if act != w.HOLD and act != w.USE and act != w.RISE:
                u[act] = NEVER


@rule
def _let(u, me, bid, missile_m):
    """Let him do what his drives bid, though nothing else would have him do it.

    From a perch one climbs down to go anywhere, but not to go for somebody within throwing range,
    unless he would not throw whatever happens.
    """
    x, y = bid.mark_x - f8(me.x), bid.mark_y - f8(me.y)
    in_range = (
        bid.mark >= 0 and bid.lean[w.THROW] > NEVER and x * x + y * y <= missile_m * missile_m
    )
    if bid.goes == 1 and u[w.ADVANCE] <= NEVER and me.perch == 0:
        u[w.ADVANCE] = 0.0
    if bid.goes == 1 and me.perch > 0 and not in_range:
        u[w.CLIMB] = max(u[w.CLIMB], bid.lean[w.ADVANCE])
    if bid.lean[w.FLEE] > 0.0 and u[w.FLEE] <= NEVER and me.perch == 0:
        u[w.FLEE] = 0.0
    if in_range and me.recover == 0 and u[w.THROW] <= NEVER:
        if x * x + y * y > _THROW_FROM_M * _THROW_FROM_M:
            u[w.THROW] = 0.0


@rule
def with_whim(utility, act, current, left, seed, tick, luck, p):
    """The utility of an act with the fighter's whim, and a little more for the act under way, so
    that nobody dithers; if that takes time (``left`` ticks yet) more still, so that it is seen
    through unless something weightier comes up.
    """
    value = utility + p.decide_noise * bell(seed, tick, luck, WHIM + act)
    if act == current:
        value = value + (p.decide_stay if left > 0 else _STAY)
    return value


@rule
def _at_best(utility, p):
    """What no whim can lift a utility above: most acts are out of the question by that alone."""
    return utility + p.decide_noise * BELL_MOST + max(p.decide_stay, _STAY)


@rule
def choose(u, current, left, seed, tick, luck, p):
    """The act of greatest utility plus whim; ties go to the lower number."""
    best = w.HOLD
    most = -1.0e12
    for act in range(w.ACTS):
        if u[act] <= NEVER or _at_best(u[act], p) <= most:
            continue
        value = with_whim(u[act], act, current, left, seed, tick, luck, p)
        if value > most:
            most = value
            best = act
    return best
