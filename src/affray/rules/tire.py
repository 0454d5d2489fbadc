"""Stamina, fatigue of the day, energy: what effort takes and rest gives back.

Stamina is the share left of the distance capacity D' above critical speed (Skiba's form of the
critical speed model: falls by v - CS above it, recovers by (1 - D/D')(CS - v) below). Blows and
pressing are charged as distance, and whoever fights hand to hand gets nothing back meanwhile, as
if he ran at critical speed. Fatigue grows with what is spent and hardly recovers in a day.
"""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import rule
from affray.rules.maths import clamp
from affray.rules.nature import critical_m_per_s, load_kg, mass_kg
from affray.world import words as w
from affray.world.fields import PER_M, SHARE

f8 = np.float64


@rule
def weariness(stamina, fatigue):
    """How spent somebody is, 0 fresh to 1 exhausted: as he feels it and as it shows."""
    return clamp(1.0 - stamina * (1.0 - fatigue), 0.0, 1.0)


@rule
def breathless(me):
    """How far out of breath he is, 0 not at all to 1: what of his stamina is spent."""
    return 1.0 - f8(me.stamina)


@rule
def pace(me):
    """Speed of his last step (m/s)."""
    return f8(me.speed) / PER_M


@rule
def exertion(me, critical, p):
    """How hard he works, as a speed (m/s): that of his last step, or what fighting is worth."""
    if me.act == w.STRIKE or me.act == w.LUNGE or me.act == w.GUARD:
        return max(pace(me), p.effort_fight_share * critical)
    return pace(me)


@rule
def impairment(limbs):
    """How much wounds impair his arms, or legs, 0 to 1."""
    return f8(limbs) / SHARE


@rule
def load_share(trait, p):
    """Share of speed left under the fighter's load."""
    return 1.0 / (1.0 + p.effort_load_slows * load_kg(trait) / mass_kg(trait))


@rule
def spend(stamina, fatigue, distance_m, p):
    """Stamina and fatigue after an effort worth ``distance_m`` above critical speed."""
    share = distance_m / p.effort_capacity_m
    return max(stamina - share, 0.0), min(fatigue + share * p.effort_fatigue_per_capacity, 1.0)


@rule
def tire(stamina, fatigue, speed, critical, dt, p):
    """Stamina and fatigue after ``dt`` seconds at ``speed`` for a critical speed ``critical``."""
    if speed > critical:
        return spend(stamina, fatigue, (speed - critical) * dt, p)
    ease = 1.0 - speed / critical
    stamina = stamina + (1.0 - stamina) * p.effort_rest_per_s * ease * dt
    fatigue = max(fatigue - p.effort_fatigue_rest_per_s * ease * dt, 0.0)
    return min(stamina, 1.0), fatigue


@rule
def top_speed(trait, stamina, fatigue, leg, lost_share, p):
    """Greatest speed (m/s) of a fighter as he is: load, weariness, legs, blood lost."""
    fresh = critical_m_per_s(trait) * load_share(trait, p)
    sprint = 1.0 + (p.effort_sprint_share - 1.0) * stamina
    weak = clamp((lost_share - p.body_class_2) / (p.body_class_4 - p.body_class_2), 0.0, 1.0)
    return fresh * sprint * (1.0 - 0.4 * fatigue) * (1.0 - 0.85 * leg) * (1.0 - 0.8 * weak)
