"""What somebody makes of what he sees those beside him do: an example, a deed, disobedience.

He goes by outward signs alone, and by the order that he knows himself. Sizes are invented.
"""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import rule
from affray.rules.maths import clamp
from affray.rules.nature import humour
from affray.rules.obey import goes_back, goes_forward
from affray.rules.tire import pace
from affray.world import words as w

f8 = np.float64

_STILL_M_PER_S = 0.25  # who moves no faster than this is taken to stand
_BEFORE_M = 1.3  # nobody goes on with somebody this close before him
_ABREAST_M = 0.5


@rule
def lift_by_sight(me, seen, dt, p):
    """How much will the sight of the companion's laughter and the leader's example lend in dt."""
    laughter = p.talk_laugh_seen_per_s * p.talk_laugh_lift * f8(seen.companion_laughs)
    example = p.talk_example_per_s * f8(seen.leader_fights)
    return (laughter + example) * dt * (1.0 - f8(me.morale))


@rule
def laughs_at_sight_rate(me, seen, trait, p):
    """Rate (1/s) at which the sight of one who laughs sets him laughing."""
    merry = humour(trait) * clamp(1.0 - f8(me.fear), 0.0, 1.0)
    return p.talk_laugh_seen_per_s * merry * f8(seen.companion_laughs)


@rule
def does_otherwise(word, me, seen, p):
    """What the companion beside him is seen to do against an order (``word``): see ``DEED_*``.

    An enemy at arm's length excuses everything but flight, and so does a wound, or a hand on one,
    standing still.
    """
    if seen.companion_own == 0:
        return w.DEED_NONE
    if seen.companion_flees == 1:
        return w.DEED_NONE if goes_back(word) else w.DEED_RUNS
    if seen.foes_near > 0 or seen.companion_strikes == 1:
        return w.DEED_NONE
    holds = word == w.ORDER_HOLD or word == w.ORDER_VOLLEY
    far = seen.companion_ahead >= p.obey_blame_m
    if holds and far and seen.companion_pace >= 1.0 and pace(me) <= _STILL_M_PER_S:
        return w.DEED_GOES_AHEAD
    left = not far and seen.companion_busy == 0 and seen.companion_stands == 1
    if goes_forward(word) and left and pace(me) >= 2.0 * _STILL_M_PER_S:
        return w.DEED_STAYS_BEHIND
    return w.DEED_NONE


@rule
def has_lasted(deed, for_s, p):
    """Whether he has been seen at it for so long that it is no whim; one look at flight will do."""
    return deed == w.DEED_RUNS or for_s >= p.obey_blame_after_s


@rule
def runs(act, word):
    """Whether one runs, out of fear or because he was told to (``word``: of the order in force)."""
    return act == w.FLEE or (act == w.FALL_BACK and word == w.ORDER_BREAK_OFF)


@rule
def leaves_behind(was, act, word, seen, p):
    """Whether one who ``was`` at something else sets off running from a companion who lies there
    alive, as he sees: unfit to run, and left.
    """
    sets_off = runs(act, word) and not runs(was, word)
    lies = seen.hurt_down == 1 or seen.hurt_out == 1
    return sets_off and seen.hurt >= 0 and lies and seen.hurt_m <= p.know_left_m


@rule
def may_have_arrived(order, along_m):
    """Whether one so far along an order may stand where it told him to, wherever in the depth."""
    return along_m >= f8(order.stop) - f8(order.depth)


@rule
def is_in_the_way(dx, dy, x, y):
    """Whether one at (dx, dy) from somebody stands before him as he goes along (x, y)."""
    ahead = dx * x + dy * y
    beside = dx * y - dy * x
    return 0.0 < ahead <= _BEFORE_M and abs(beside) <= _ABREAST_M
