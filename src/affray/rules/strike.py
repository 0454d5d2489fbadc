"""A blow: from the striker's skill to what it does to the one it lands on.

Skill falls with fear, weariness, pain and wounds; a shield and a parry help only against what
comes from the front; flank, back, an opening and a pause count. Armour takes energy off.
"""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import rule
from affray.rules.maths import clamp
from affray.rules.nature import mass_kg, training
from affray.rules.tire import impairment, weariness
from affray.world import words as w

f8 = np.float64


@rule
def hindered(pain, p):
    """Share of skill that pain leaves: all of it below the threshold."""
    over = clamp((pain - p.body_pain_threshold) / (1.0 - p.body_pain_threshold), 0.0, 1.0)
    return 1.0 - p.body_pain_hinders * over


@rule
def skill(me, trait, p):
    """Skill with weapons as the fighter is now, 0 to about 1."""
    spent = weariness(f8(me.stamina), f8(me.fatigue))
    return (
        (0.25 + 0.75 * training(trait))
        * (1.0 - p.strike_shaken * f8(me.fear))
        * (1.0 - p.strike_weary * spent)
        * (1.0 - 0.7 * impairment(me.arm))
        * hindered(f8(me.pain), p)
    )


@rule
def blow_force(me, trait, weapon_force_j, act, p):
    """Energy (J) of a blow of this fighter, before luck."""
    spent = weariness(f8(me.stamina), f8(me.fatigue))
    force = weapon_force_j * (mass_kg(trait) / 75.0) * (1.0 - p.strike_weary * spent)
    force = force * (1.0 - 0.6 * impairment(me.arm))
    if act == w.LUNGE:
        force = force * p.strike_lunge_force
    return force


@rule
def goes_home(attack, defence, frontal, opened, act, p):
    """Chance that a blow at one on his feet is neither missed nor parried.

    ``attack`` and ``defence`` are skills; ``frontal`` is 1 from the front to -1 from behind.
    """
    share = 2.0 * attack / (attack + defence + 1e-9)
    if frontal < -0.17:
        share = share * p.strike_flank * (1.0 + 0.25 * (-frontal))
    elif frontal < 0.5:
        share = share * (1.0 + (p.strike_flank - 1.0) * 0.5)
    if opened:
        share = share * p.strike_open
    if act == w.LUNGE:
        share = share * p.strike_lunge_hit
    return clamp(p.strike_hit * share, 0.02, 1.0 - p.strike_miss)


@rule
def place_of(luck):
    """Where a blow lands; shares by the body's area as it is offered in a fight."""
    if luck < 0.12:
        return w.HEAD
    if luck < 0.16:
        return w.NECK
    if luck < 0.55:
        return w.TORSO
    if luck < 0.78:
        return w.ARM
    return w.LEG


@rule
def depth(force_j, resisted_j, p):
    """Severity of a wound by what is left of the force behind armour: 1 is grave."""
    return max(force_j - resisted_j, 0.0) / p.strike_grave_j


@rule
def kills(depth_, place, p):
    """Whether a wound of this depth at this place kills at once."""
    if place == w.HEAD:
        return depth_ >= p.strike_lethal_head
    if place == w.NECK:
        return depth_ >= p.strike_lethal_neck
    if place == w.TORSO:
        return depth_ >= p.strike_lethal_torso
    return False


@rule
def fells(depth_, place, p):
    """Whether it brings down one who stands: soonest at head, neck and leg."""
    if place == w.ARM:
        return depth_ >= 2.5 * p.strike_fall_depth
    if place == w.TORSO:
        return depth_ >= 1.2 * p.strike_fall_depth
    return depth_ >= p.strike_fall_depth


@rule
def stuns(depth_, place, p):
    """Whether it takes consciousness."""
    return place == w.HEAD and depth_ >= 0.6 * p.strike_lethal_head
