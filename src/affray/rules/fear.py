"""Fear, morale and belief in the cause: what is perceived frightens, rest and company calm.

Contagion follows dq/dt = sum of gamma (q_j - q_i) over those actually seen (Bosse et al., 2013).
The parts of the rise are rules of their own (``from_*``), because a break names its causes.
"""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import rule
from affray.rules.maths import clamp, hazard
from affray.rules.mood import with_eyes
from affray.rules.nature import courage, discipline
from affray.rules.tire import weariness
from affray.world import words as w

f8 = np.float64


@rule
def company(believed, seen, told_back, dt, p):
    """How many of the own side one believes about: those seen, or remembered, which fades.

    One who faces the enemy has most of his companions behind him: he has them in mind, not in
    sight, until he sees otherwise. Those seen in flight are counted out, but not by one who was
    himself told to go back: he takes them to do as they were told.
    """
    seen_now = f8(seen.friends_near) + seen.crowd_friends
    fled = 0.0 if told_back else f8(seen.friends_fleeing) + seen.crowd_friends_fleeing
    fading = believed * (1.0 - hazard(p.fear_company_fades_per_s, dt))
    if fled > 0.0:
        doubt = fled / (fled + seen_now)
        fading = fading * (1.0 - hazard(p.fear_company_flight_per_s * doubt, dt))
    return max(seen_now - fled, fading)


@rule
def odds(me, seen, p):
    """How many enemies for each friend, oneself among them; enemies far off count less."""
    closeness = 1.0
    if seen.foe < 0 and seen.foe_blur == 0 and seen.crowd_m > p.rout_safe_m:
        closeness = p.rout_safe_m / seen.crowd_m
    return max(f8(seen.foes_near), f8(me.foes) * closeness) / (1.0 + f8(me.friends))


@rule
def from_odds(me, seen, dt, p):
    """Rise by being outnumbered, and by an enemy behind."""
    ratio = odds(me, seen, p)
    excess = clamp(2.0 * (ratio - 1.0) / (ratio + 1.0), 0.0, 2.0)
    behind = min(f8(seen.foes_behind), 2.0)
    return (p.fear_odds_per_s * excess + p.fear_behind_per_s * behind) * dt


@rule
def from_faces(fear, seen, dt, p):
    """Pull towards the fear in the faces of companions near; may be negative.

    Of a covered face the eyes may tell something.
    """
    faces, shown = with_eyes(
        seen.faces, seen.fear_seen, seen.friend_masked, seen.friend_eyes, seen.friend_fear, p
    )
    if faces == 0.0:
        return 0.0
    return hazard(p.fear_faces_per_s, dt) * min(faces, 1.0) * (shown - fear)


@rule
def from_flight(seen, told_back, dt, p):
    """Rise by companions seen in flight, near or as a crowd, as a share of all friends seen.

    One who was told to go back sees nothing in it.
    """
    if told_back:
        return 0.0
    fled = f8(seen.friends_fleeing) + 0.5 * seen.crowd_friends_fleeing
    stood = f8(seen.friends_near) + 0.5 * seen.crowd_friends
    return p.fear_flight_per_s * dt * fled / (1.0 + fled + stood)


@rule
def from_fall(seen, p):
    """Shock at a companion who fell just now in sight."""
    if seen.fallen < 0:
        return 0.0
    if seen.fallen_leader == 1:
        return p.fear_leader_shock
    return p.fear_fall_shock


@rule
def from_losses(me, seen, dt, p):
    """Rise by those of the own side seen on the ground, dead or alive: as a share of these, himself
    and all whom he believes about.
    """
    lie = seen.friends_down
    return p.fear_losses_per_s * dt * lie / (1.0 + lie + f8(me.friends))


@rule
def from_wink(seen, p):
    """Unease at an enemy who winks over his mask."""
    return p.fear_wink * f8(seen.foe_winks)


@rule
def from_body(me, seen, dt, p):
    """Rise by being in contact, the more the more spent."""
    if seen.foes_near == 0:
        return 0.0
    spent = weariness(f8(me.stamina), f8(me.fatigue))
    return (p.fear_contact_per_s + p.fear_weary_per_s * spent) * dt


@rule
def fire_after(fire, shots, tick_s, dt, p):
    """Missiles a second that have come close by of late, after so many in one tick of a look."""
    return fire + hazard(1.0 / p.fear_fire_fades_s, dt) * (f8(shots) / tick_s - fire)


@rule
def heaviness(fire, p):
    """How heavy such fire is, 0 to 1."""
    return fire / (fire + p.fear_fire_half_per_s)


@rule
def from_fire(fire, dt, p):
    """Rise by being shot at, hit or not."""
    return p.fear_fire_per_s * heaviness(fire, p) * dt


@rule
def calming(fear, seen, fire, dt, p):
    """What company and distance take away: a positive number to subtract.

    Who is shot at is in danger at any distance.
    """
    rate = p.fear_steadied_per_s * f8(seen.cover) / (1.0 + f8(seen.cover))
    if seen.foes_near == 0:
        rate = rate + p.fear_calm_per_s * (1.0 - p.fear_fire_unrest * heaviness(fire, p))
    return fear * hazard(rate, dt)


@rule
def morale_after(me, seen, dt, p):
    """Will to go on, after what was perceived in ``dt`` seconds."""
    spent = weariness(f8(me.stamina), f8(me.fatigue))
    loss = (p.morale_fear_per_s * f8(me.fear) + p.morale_weary_per_s * spent) * dt
    if seen.fallen >= 0:
        loss = loss + p.morale_fall_loss
    won = f8(seen.foes_fleeing) + seen.crowd_foes_fleeing
    stand = f8(seen.foes_near) + seen.crowd_foes
    gain = p.morale_success_per_s * dt * won / (1.0 + won + stand)
    gain = gain + p.morale_mood_foes_per_s * dt * seen.mood_foes
    loss = loss + p.morale_mood_friends_per_s * dt * seen.mood_friends
    return clamp(f8(me.morale) - loss + gain, 0.0, 1.0)


@rule
def belief_after(me, seen, dt, p):
    """Belief in the cause: falls with losses seen, fatigue, and the fear of those around."""
    spent = weariness(f8(me.stamina), f8(me.fatigue))
    loss = p.morale_belief_per_s * dt * 0.5 * (spent + seen.fear_seen)
    if seen.fallen >= 0:
        loss = loss + p.morale_belief_fall
    return clamp(f8(me.belief) - loss, 0.0, 1.0)


@rule
def nerve(me, trait, p):
    """The fear that this fighter bears before he breaks."""
    will = 0.5 * (f8(me.morale) + f8(me.belief))
    return (
        p.rout_nerve
        + p.rout_courage * (courage(trait) - 0.5)
        + p.rout_discipline * (discipline(trait) - 0.5)
        + p.rout_will * (will - 0.5)
        + p.rout_leader * f8(me.leads)
    )


@rule
def break_rate(me, trait, p):
    """Rate (1/s) of breaking: nil while fear is below the nerve. No casualty threshold anywhere."""
    over = f8(me.fear) - nerve(me, trait, p)
    return p.rout_break_per_s * max(over, 0.0) / 0.2


@rule
def rally_rate(me, trait, seen, p):
    """Rate (1/s) of rallying: calm again, and no enemy near."""
    near = seen.foes_near > 0 or (seen.crowd_m > 0.0 and seen.crowd_m < p.rout_safe_m)
    if near or me.mood != w.BROKEN:
        return 0.0
    if f8(me.fear) > nerve(me, trait, p) - 0.1:
        return 0.0
    return p.rout_rally_per_s * (0.5 + discipline(trait))
