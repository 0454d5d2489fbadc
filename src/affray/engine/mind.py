"""One look of one fighter: perceive, appraise, break or rally, decide, begin to act."""

from __future__ import annotations

import numpy as np

from affray.engine.beside import is_struck_by, leave_behind, take_notice
from affray.engine.command import go_by_plan, lose_leader, succeed, told_back
from affray.engine.din import sound_cell
from affray.engine.lie import terrain_at
from affray.engine.listen import listen
from affray.engine.log import blame, emit, fade, note, notice
from affray.engine.near import slot_of
from affray.engine.perceive import perceive, turn_on
from affray.engine.room import stand_amid
from affray.engine.voice import find_words, has_words
from affray.engine.wink import wink
from affray.rules import fear as rule_of_fear
from affray.rules import luck as purpose
from affray.rules.bleed import lost_share
from affray.rules.compiled import part, rule
from affray.rules.decide import choose, heed, lean, weigh
from affray.rules.feel import felt, notice_rate, unnoticed
from affray.rules.hear import looks_round
from affray.rules.judge import leaves_behind, lift_by_sight
from affray.rules.luck import chance
from affray.rules.maths import clamp, happens, hazard, turned
from affray.rules.move import bound_for, glance, toward_foe, unit_vector, wanted, way_of
from affray.rules.nature import discipline
from affray.rules.obey import follow, goes_back, heading, in_force
from affray.rules.tempo import ticks_taken
from affray.rules.tire import impairment, spend, top_speed
from affray.rules.wink import last_look, may_wink
from affray.world import words as w
from affray.world.fields import ARRIVED, NO_ORDER, PLACES_PER_M
from affray.world.limits import FIELD_SIDE_M

f8 = np.float64
i8 = np.int64

NO_WEAPON = 255
_CLOSE_M = 6.0  # an enemy on his feet as near as this is looked at, whatever else might be


@part
def appraise(n, memory, seen, told, tick, dt, every, p):
    """Fear, morale, belief after a look, with the strongest causes remembered.

    ``every``: ticks from look to look, by which a wink is dated.
    """
    fear = f8(n.fear)
    fade(memory)
    odds = rule_of_fear.from_odds(n, seen, dt, p)
    faces = rule_of_fear.from_faces(fear, seen, dt, p)
    flight = rule_of_fear.from_flight(seen, told, dt, p)
    fall = rule_of_fear.from_fall(seen, p)
    losses = rule_of_fear.from_losses(n, seen, dt, p)
    wink = rule_of_fear.from_wink(seen, p)
    contact = rule_of_fear.from_body(n, seen, dt, p)
    under = rule_of_fear.fire_after(f8(memory.fire), seen.shots, dt / every, dt, p)
    fire = rule_of_fear.from_fire(under, dt, p)
    calm = rule_of_fear.calming(fear, seen, under, dt, p)
    morale = rule_of_fear.morale_after(n, seen, dt, p)
    belief = rule_of_fear.belief_after(n, seen, dt, p)
    rise = odds + faces + flight + fall + losses + wink + contact + fire
    n.fear = clamp(fear + rise - calm, 0.0, 1.0)
    memory.fire = under
    lent = f8(memory.cheer) * hazard(1.0 / p.talk_fades_s, dt)  # what words lent fades
    more = lift_by_sight(n, seen, dt, p)
    memory.cheer = f8(memory.cheer) - lent + more
    n.morale = clamp(morale - lent + more, 0.0, 1.0)
    n.belief = belief
    note(memory, w.CAUSE_ODDS, 0, tick, -1, odds)
    note(memory, w.CAUSE_FACES, 0, tick, -1, faces)
    note(memory, w.CAUSE_FLIGHT, w.EVENT_BREAK, tick, seen.runaway, flight)
    fell_at = tick - 1 - seen.fallen_ago
    note(memory, w.CAUSE_EVENT, w.EVENT_FALL, fell_at, seen.fallen, fall)
    note(memory, w.CAUSE_LOSSES, 0, tick, -1, losses)
    note(memory, w.CAUSE_EVENT, w.EVENT_WINK, last_look(seen.foe, tick, every), seen.foe, wink)
    note(memory, w.CAUSE_WEARY, 0, tick, -1, contact)
    note(memory, w.CAUSE_FIRE, 0, tick, -1, fire)


@part
def waver(world, n, trait, memory, seen, tick, dt, desk):
    """Break or rally."""
    p = world.params[0]
    seed = world.seed[0]
    if n.status != w.UP:
        return
    if n.mood == w.STEADY:
        rate = rule_of_fear.break_rate(n, trait, p)
        if rate > 0.0 and happens(chance(seed, tick, n.luck, purpose.BREAK), rate, dt):
            n.mood = w.BROKEN
            event = desk.events[emit(desk, tick, w.EVENT_BREAK, n, -1, f8(n.fear))]
            blame(event, memory, f8(n.fear))
    else:
        rate = rule_of_fear.rally_rate(n, trait, seen, p)
        if rate > 0.0 and happens(chance(seed, tick, n.luck, purpose.RALLY), rate, dt):
            n.mood = w.STEADY
            event = desk.events[emit(desk, tick, w.EVENT_RALLY, n, -1, f8(n.fear))]
            event.cause_kind[0] = w.CAUSE_SAFE
            event.cause_share[0] = 1.0


@part
def take_weapon(world, n, unit, tick, desk):
    """Take the first weapon whose technique can still be paid for in energy."""
    for j in range(3):
        weapon = unit.weapon[j]
        if weapon == NO_WEAPON:
            continue
        if f8(world.weapons[weapon].cost) <= f8(n.energy):
            if n.hand != weapon:
                if weapon != unit.weapon[0] and n.hand == unit.weapon[0]:
                    emit(desk, tick, w.EVENT_WEARY, n, -1, f8(n.energy))
                n.hand = weapon
            return


@part
def throws_m(world, n, unit):
    """Range of what he could throw now; 0: nothing."""
    if n.missiles == 0 or unit.missile == NO_WEAPON:
        return 0.0
    missile = world.weapons[unit.missile]
    return f8(missile.range) if f8(missile.cost) <= f8(n.energy) else 0.0


@rule
def is_committed(act):
    """Whether the act can no longer be taken back."""
    return act == w.STRIKE or act == w.LUNGE or act == w.THROW


@rule
def is_exposed(n):
    """Whether he has lunged and has not yet recovered his stance: he can do nothing else."""
    return n.act == w.LUNGE and n.act_left == 0 and n.recover > 0


@part
def begin(world, n, unit, act, seen, perch_m, bid, p, tick):
    """Start an act: how long it takes this time, and whom it is aimed at."""
    if act == n.act and n.act_left > 0:
        return
    n.act = act
    n.act_left = 0
    n.target = -1
    seconds = 0.0
    if act == w.STRIKE or act == w.LUNGE:
        n.target = seen.foe
        seconds = f8(world.weapons[n.hand].windup)
    elif act == w.THROW:
        seconds = f8(world.weapons[unit.missile].windup)
    elif act == w.HELP_UP:
        n.target = seen.hurt
        seconds = p.body_help_s
    elif act == w.TEND:
        n.target = seen.hurt
        seconds = p.body_bind_s
    elif act == w.PULL_OUT:
        seconds = p.body_pull_s
    elif act == w.BIND:
        seconds = p.body_bind_s
    elif act == w.RISE:
        seconds = p.body_rise_s
    elif act == w.CLIMB:
        seconds = f8(max(i8(n.perch), i8(perch_m))) / p.move_climb
    elif act == w.USE:
        n.target = bid.on
        n.act_left = bid.gathers
    if seconds > 0.0:
        dt = world.clock[0]
        n.act_left = ticks_taken(seconds, world.seed[0], tick, n.luck, purpose.TEMPO, dt, p)
    if n.act_left > 0:
        n.act_left += 1  # the tick in which it begins is none of these


@part
def face(world, n, trait, seen, memory, order, word, bid, tick):
    """Turn towards the enemy perceived, or where one is going; with none about, look around.

    One alone who hears steps looks there, unless an enemy is at hand. One who is transfixed looks
    at what grips him, one of the people at what his mind bids him look at (``bid``); one who sees
    all round throws without turning; who breaks off turns his back, and turns about when he has
    got as far as he was told to.
    """
    p = world.params[0]
    dt = world.clock[0] * world.clock[1]
    fx, fy, foe_m = toward_foe(seen)
    if n.grip > 0 and n.act == w.HOLD:
        fx, fy = unit_vector(f8(memory.gaze_x), f8(memory.gaze_y))
        hx, hy = turned(f8(n.hx), f8(n.hy), fx, fy, min(p.move_turn_rate * dt, 1.5))
        n.hx = hx
        n.hy = hy
        return
    breaks_off = word == w.ORDER_BREAK_OFF and n.act == w.FALL_BACK
    if n.act == w.FLEE or breaks_off or foe_m < 0.0 or foe_m > 30.0:
        fx, fy = unit_vector(f8(n.wx), f8(n.wy))
        if word == w.ORDER_HOLD and n.act == w.HOLD and goes_back(order.word):
            fx, fy = -f8(order.x), -f8(order.y)
    at_hand = foe_m >= 0.0 and foe_m <= _CLOSE_M and seen.foe_down == 0
    if n.act != w.FLEE and not at_hand and looks_round(n, seen, p):
        fx, fy = seen.steps_dx, seen.steps_dy
    elif trait.person > 0 and bid.gazes == 1 and n.act != w.FLEE and not at_hand:
        fx, fy = unit_vector(bid.gaze_x - f8(n.x), bid.gaze_y - f8(n.y))
    elif foe_m < 0.0 and n.act != w.FLEE:
        fx, fy = glance(fx, fy, f8(n.hx), f8(n.hy), world.seed[0], tick, n.luck, dt, p)
    if fx == 0.0 and fy == 0.0:
        return
    turns = 1.0 - p.throw_backward * f8(trait.sight) if n.act == w.THROW else 1.0
    hx, hy = turned(f8(n.hx), f8(n.hy), fx, fy, min(turns * p.move_turn_rate * dt, 1.5))
    n.hx = hx
    n.hy = hy


@rule
def _kept(at_m):
    """A place on the field as it is remembered."""
    return i8(clamp(at_m, 0.0, FIELD_SIDE_M) * PLACES_PER_M + 0.5)


@part
def _remember(memory, n, seen, tick):
    """Keep who was beside one, and where the enemy was."""
    if seen.companion >= 0:
        if seen.companion != memory.companion:
            n.doubts = 0
        memory.companion = seen.companion
    if seen.foe >= 0 or seen.foe_blur == 1:
        memory.foe_tick = tick
        memory.foe_x = _kept(f8(n.x) + seen.foe_dx)
        memory.foe_y = _kept(f8(n.y) + seen.foe_dy)
    elif seen.crowd_m > 0.0:
        memory.foe_tick = tick
        memory.foe_x = _kept(f8(n.x) + seen.crowd_dx)
        memory.foe_y = _kept(f8(n.y) + seen.crowd_dy)


@rule
def keep_time(memory, unit):
    """Go on to the order of the plan whose time has come since the order in force was given."""
    if unit.due_at > memory.order_tick:
        follow(memory, unit.due, unit.due_at)
        memory.known = unit.due
        memory.known_tick = unit.due_at


@part
def know_thyself(world, n, trait, memory, seen, tick, dt, desk):
    """What one keeps of this look about oneself: time felt, moods read, blood noticed."""
    p = world.params[0]
    memory.felt = f8(memory.felt) + felt(n, dt, p)
    n.blur = seen.foe_blur
    n.mood_friends = i8(255.0 * seen.mood_friends + 0.5)
    n.mood_foes = i8(255.0 * seen.mood_foes + 0.5)
    memory.bleeds = min(i8(memory.bleeds), i8(n.flow))
    if unnoticed(n.flow, memory.bleeds, p):
        rate = notice_rate(n, seen.foes_near, lost_share(n.blood, trait.blood), p)
        if happens(chance(world.seed[0], tick, n.luck, purpose.NOTICE), rate, dt):
            notice(n, memory, n.id, tick, desk, p)
    seen.bleeding = f8(memory.bleeds)


@part
def press(n, seen, reach, dt, p):
    """Let time in contact with the enemy cost strength."""
    if seen.foe >= 0 and seen.foe_m <= reach + 0.5:
        stamina, fatigue = spend(f8(n.stamina), f8(n.fatigue), p.effort_press_m_per_s * dt, p)
        n.stamina = stamina
        n.fatigue = fatigue


@part
def take_in(world, state, row, c, tick, mind, n, memory, trait, bid, desk, room):
    """Perceive: what is there to see and feel, whom one's mind has picked out (``bid``), what
    room there is, and what is to be heard. It stands in ``mind.seen``.
    """
    seen = mind.seen[0]
    perceive(world, state, row, c, tick, mind, seen)
    if trait.person > 0 and bid.mark >= 0:
        turn_on(world, state, n, trait, bid.mark, c, mind.offset, seen)
    stand_amid(world, state, n, trait, slot_of(row, mind.near.runs), tick, mind, seen)
    ears = sound_cell(world, f8(n.x), f8(n.y))
    seen.din = f8(state.air.din[ears])
    seen.heard = 0
    seen.steps = 0
    seen.steps_dx = 0.0
    seen.steps_dy = 0.0
    if state.air.ears_n[ears] > 0 or n.leads == 1:
        listen(world, state, mind, ears, n, memory, seen, trait, tick, desk, room)


@part
def keep(world, n, memory, trait, seen, told, tick, dt, desk):
    """Keep what a look brought: how many are about, who was where, and what one notes of oneself.

    ``told``: whether one was told to go back.
    """
    n.foes = 0.5 * f8(n.foes) + 0.5 * seen.estimate
    n.friends = rule_of_fear.company(f8(n.friends), seen, told, dt, world.params[0])
    _remember(memory, n, seen, tick)
    n.cover = min(seen.cover, 255)
    know_thyself(world, n, trait, memory, seen, tick, dt, desk)


@part
def feel(world, n, memory, trait, seen, told, tick, dt, desk):
    """Feel what a look brought, miss one's leader in it, and break or rally."""
    appraise(n, memory, seen, told, tick, dt, i8(world.clock[1]), world.params[0])
    lose_leader(n, memory, seen, told)
    waver(world, n, trait, memory, seen, tick, dt, desk)


@part
def lead_and_speak(world, state, tick, mind, n, memory, trait, unit, bid, dt, desk):
    """Take the lead, go by the plan, heed those beside one, and find words: one who stands firm."""
    p = world.params[0]
    seen = mind.seen[0]
    driven = trait.person > 0
    succeed(world, n, memory, trait, tick, dt, desk)
    if unit.plan < unit.plan_end:
        bidden = driven and bid.says == w.SAY_ORDER
        go_by_plan(world, n, memory, seen, bidden, tick, desk)
    if is_struck_by(n, memory, seen, p):
        take_notice(world, state, mind, n, memory, seen, trait, tick, dt, desk)
    else:
        n.doubts = 0
    memory.quiet = max(i8(memory.quiet) - i8(world.clock[1]), 0)
    if driven and n.says_left == 0:
        if bid.says == w.SAY_WARN or (bid.says == w.SAY_TELL and memory.means == w.SILENT):
            memory.means = bid.says
    if may_wink(n, unit.masked, memory.quiet, seen):
        wink(world, n, memory, seen, trait, tick, dt, desk)
    if has_words(n, memory, seen):
        find_words(world, mind, n, memory, seen, trait, tick)


@part
def word_for(n, memory, order):
    """The word of ``order`` that holds for him where he is; keeps whether he has arrived."""
    word = in_force(order, f8(n.x), f8(n.y), i8(n.luck), memory.done)
    if order.word == w.ORDER_ENVELOP and word == w.ORDER_PURSUE:
        memory.done = i8(memory.done) | ARRIVED
    return word


@part
def choose_act(world, c, tick, mind, n, memory, trait, unit, bid, word, dt, desk):
    """Weigh every act (``mind.weights``) and begin one, unless he is committed to one already."""
    p = world.params[0]
    seen = mind.seen[0]
    committed = is_exposed(n) or (n.act_left > 0 and is_committed(n.act))
    if not committed:
        take_weapon(world, n, unit, tick, desk)
    reach = f8(world.weapons[n.hand].reach)
    press(n, seen, reach, dt, p)
    missile_m = throws_m(world, n, unit)
    perch = terrain_at(world, c).climb
    weigh(mind.weights, n, seen, trait, word, reach, missile_m, perch, p)
    lean(mind.weights, world.orders[memory.order])
    if memory.lean != NO_ORDER:
        lean(mind.weights, world.orders[memory.lean])
    if trait.person > 0:
        heed(mind.weights, n, bid, missile_m, p)
    if not committed:
        was = n.act
        act = choose(mind.weights, n.act, n.act_left, world.seed[0], tick, n.luck, p)
        begin(world, n, unit, act, seen, perch, bid, p, tick)
        if leaves_behind(was, n.act, word, seen, p):
            leave_behind(n, memory, seen, tick, desk)


@part
def set_out(world, n, trait, unit, seen, order, word, bid, tick):
    """Where to go and how fast: as the act, the order and the ranks have it, or as a mind bids."""
    p = world.params[0]
    lost = lost_share(n.blood, trait.blood)
    top = top_speed(trait, f8(n.stamina), f8(n.fatigue), impairment(n.leg), lost, p)
    way = way_of(seen.lost, world.seed[0], tick, n.luck, world.clock[0])
    ahead_x, ahead_y = heading(order, word, f8(n.x), f8(n.y), i8(n.luck))
    dress = f8(unit.dress) * discipline(trait)
    rear = 1.0 if goes_back(order.word) else -1.0
    reach = f8(world.weapons[n.hand].reach)
    wx, wy = wanted(n, seen, ahead_x, ahead_y, word, rear, dress, reach, top, way, p)
    closing = bid.mark >= 0 and seen.foe == bid.mark  # at hand: as one goes at any enemy
    if trait.person > 0 and bid.goes == 1 and n.act == w.ADVANCE and not closing:
        wx, wy = bound_for(bid.x, bid.y, n, seen, top, p)
    n.wx = wx
    n.wy = wy


@part
def think(world, state, row, c, tick, mind, n, memory, desk, room):
    """One look: ``mind.seen`` and ``mind.weights`` hold what was perceived and weighed.

    ``room``: how many rows of ``desk.heard_log`` may be in use after it, none unless he is a
    witness.
    """
    dt = world.clock[0] * world.clock[1]
    trait = world.traits[n.id]
    unit = world.units[n.unit]
    bid = state.biddings[max(i8(trait.person) - 1, 0)]  # of one of the people alone
    seen = mind.seen[0]
    keep_time(memory, unit)
    take_in(world, state, row, c, tick, mind, n, memory, trait, bid, desk, room)
    told = told_back(world, memory)
    keep(world, n, memory, trait, seen, told, tick, dt, desk)
    feel(world, n, memory, trait, seen, told, tick, dt, desk)
    if n.status == w.UP and n.mood == w.STEADY:
        lead_and_speak(world, state, tick, mind, n, memory, trait, unit, bid, dt, desk)
    order = world.orders[memory.order]
    word = word_for(n, memory, order)
    choose_act(world, c, tick, mind, n, memory, trait, unit, bid, word, dt, desk)
    set_out(world, n, trait, unit, seen, order, word, bid, tick)
    if n.status == w.UP:
        face(world, n, trait, seen, memory, order, word, bid, tick)
