"""Bleeding: whole hundredths of a millilitre, so that blood balances to the unit.

Classes of blood loss after ATLS. The rate of a wound falls with the pressure, and small wounds
clot. What flows out of the body goes to the ground beneath it.
"""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import rule
from affray.rules.maths import clamp
from affray.world import words as w

f8 = np.float64


@rule
def lost_share(blood, whole):
    """Share of the blood that is lost."""
    return 1.0 - f8(blood) / f8(whole)


@rule
def pressure(lost, p):
    """Share of full pressure: holds up to class II, falls through III and IV."""
    return clamp(1.0 - (lost - p.body_class_2) / (p.body_death - p.body_class_2), 0.1, 1.0)


@rule
def shown_flow(flow, embedded, bound, p):
    """What a wound bleeds now (0.01 mL/s at full pressure), blade in it or not, bound or not."""
    share = 1.0
    if embedded == 1:
        share = share * p.body_plug_factor
    if bound == 1:
        share = share * p.body_bind_factor
    return share * f8(flow)


@rule
def phase(tick, key):
    """A number in [0, 1) that runs evenly over the ticks: added before a part is cut off.

    So small amounts are not lost to rounding, but come a unit at a time. It is no luck.
    """
    return f8((np.int64(tick) * 40503 + np.int64(key)) & 0xFFFF) / 65536.0


@rule
def clotted(flow, dt, phase_, p):
    """Bleeding of a wound after ``dt`` seconds; wounds over about 200 mL/min do not clot."""
    if flow > 333:
        return flow
    return flow - np.int64(f8(flow) * p.body_clot_per_s * dt + phase_)


@rule
def faint_rate(lost, p):
    """Rate (1/s) at which one faints: nil below class III, certain within seconds in class IV."""
    deep = (lost - p.body_class_3) / (p.body_class_4 - p.body_class_3)
    if deep <= 0.0:
        return 0.0
    return 0.3 * deep * deep


@rule
def vessel(place):
    """How much blood a wound of the same depth lets out at each place, 1 at the neck."""
    if place == w.NECK:
        return 1.0
    if place == w.LEG:
        return 0.45
    if place == w.TORSO:
        return 0.4
    if place == w.ARM:
        return 0.25
    return 0.2


@rule
def wound_flow(depth, place, bleeds, p):
    """Bleeding (0.01 mL/s) of a new wound; ``bleeds`` is 1 for edge and point, less for blunt."""
    open_share = clamp(depth, 0.0, 1.5)
    ml_per_s = p.body_artery_ml_per_min / 60.0 * vessel(place) * open_share * open_share
    return np.int64(100.0 * ml_per_s * bleeds)
