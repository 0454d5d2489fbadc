"""What somebody makes of what he sees those beside him do: an example, a deed, disobedience.

He goes by outward signs alone, and by the order that he knows himself. Sizes are invented.
"""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import rule
from affray.rules.maths import clamp
from affray.rules.obey import goes_forward
from affray.world import words as w

f8 = np.float64

_STILL_M_PER_S = 0.25  # who moves no faster than this is taken to stand


@rule
def lift_by_sight(me, seen, dt, p):
    """How much will the sight of the companion's laughter and the leader's example lend in dt."""
    laughter = p.talk_laugh_seen_per_s * p.talk_laugh_lift * f8(seen.companion_laughs)
    example = p.talk_example_per_s * f8(seen.leader_fights)
    return (laughter + example) * dt * (1.0 - f8(me.morale))


@rule
def laughs_at_sight_rate(me, seen, trait, p):
    """Rate (1/s) at which the sight of one who laughs sets him laughing."""
    humour = f8(trait.humour) / 255.0
    merry = humour * clamp(1.0 - f8(me.fear), 0.0, 1.0)
    return p.talk_laugh_seen_per_s * merry * f8(seen.companion_laughs)


@rule
def does_otherwise(word, me, seen, p):
    """What the companion beside him is seen to do against an order (``word``): see ``DEED_*``.

    An enemy at arm's length excuses everything but flight.
    """
    if seen.companion_own == 0:
        return w.DEED_NONE
    if seen.companion_flees == 1:
        return w.DEED_NONE if word == w.ORDER_WITHDRAW else w.DEED_RUNS
    if seen.foes_near > 0 or seen.companion_strikes == 1:
        return w.DEED_NONE
    holds = word == w.ORDER_HOLD or word == w.ORDER_VOLLEY
    far = seen.companion_ahead >= p.obey_blame_m
    if holds and far and seen.companion_pace >= 1.0 and me.speed <= _STILL_M_PER_S:
        return w.DEED_GOES_AHEAD
    left = not far and abs(seen.companion_pace) <= _STILL_M_PER_S
    if goes_forward(word) and left and f8(me.speed) >= 2.0 * _STILL_M_PER_S:
        return w.DEED_STAYS_BEHIND
    return w.DEED_NONE
