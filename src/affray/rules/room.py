"""Room to wield a weapon, and whether a blow finds its way past others.

Ranks and files stand apart so that each can use his weapon: Polybius (18.29-30) gives a man with
a pike three feet, and a swordsman, who cuts as well, three feet more to each side.
"""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import rule
from affray.rules.maths import clamp
from affray.world import words as w

f8 = np.float64

_AT_MOST = 3  # past more than so many it is no likelier than past so many


@rule
def need_m(harm, p):
    """How far off others must be for a weapon that hurts like this to have all its room."""
    if harm == w.THRUST:
        return p.strike_room_m * p.strike_room_thrust
    return p.strike_room_m


@rule
def cramped(pressed):
    """How little room there is, 0 to 1, by the shares of it that all others take, summed."""
    return pressed / (1.0 + pressed)


@rule
def wielded(cramped_, p):
    """Share of skill and force that is left in a blow without room."""
    return 1.0 - p.strike_cramped * cramped_


@rule
def passing(between, reach_m, p):
    """Chance that a blow finds its way past so many who stand in its line."""
    if between == 0:
        return 1.0
    if reach_m < p.strike_past_m:
        return 0.0
    share = 1.0
    for k in range(_AT_MOST):
        if k < between:
            share = share * p.strike_past
    return share


@rule
def closing_m_per_s(speed, way_m, p):
    """How fast one closes up behind a companion ``way_m`` ahead (0: nobody): no faster than lets
    him stop a rank's distance behind by his next look.
    """
    if way_m <= 0.0:
        return speed
    return min(speed, clamp((way_m - p.move_rank_m) / p.sight_look_s, 0.0, 100.0))
