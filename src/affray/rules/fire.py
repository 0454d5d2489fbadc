"""Missiles that pass close by: what of them reaches a fighter, and whose he takes them for.

Nobody need have seen who sent one. What there is to perceive is that it passes, seen or heard, and
whence; the rest he makes of where he perceives the enemy. The noise of what flies is that of a body
in a stream, which grows with the sixth power of the speed (Curle, Proc. R. Soc. A 231, 1955).
"""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import rule
from affray.rules.hear import received
from affray.rules.maths import decibels
from affray.rules.move import toward_foe
from affray.world import words as w

f8 = np.float64

_HISSES_AT_M_PER_S = 50.0  # the speed of an arrow, for which the loudness is given


@rule
def hiss_db(speed, passes_m, p):
    """Loudness (dB) at so many metres of what flies at ``speed`` (m/s)."""
    return received(p.hear_hiss_db + 6.0 * decibels(speed / _HISSES_AT_M_PER_S), passes_m, p)


@rule
def is_heard(hiss, din, p):
    """Whether a missile is heard in the din (dB) about one."""
    return hiss - din >= p.hear_detect_db


@rule
def can_be_seen(speed, p):
    """Whether what flies so fast (m/s) can be seen at all as it passes."""
    return speed <= p.sight_missile_m_per_s


@rule
def is_seen(from_x, from_y, me, cone_cos, notices, light, p):
    """Whether ``me`` sees what comes from that direction: in his cone, in light, if he attends."""
    in_cone = from_x * f8(me.hx) + from_y * f8(me.hy) >= cone_cos
    return in_cone and notices and light >= p.sight_missile_light


@rule
def is_from_foes(from_x, from_y, me, seen, p):
    """Whether one takes what comes from that direction for an enemy's.

    That is so if it comes from where he perceives enemies or, with none perceived, remembers them;
    lacking even that, from before him, or from behind if he runs.
    """
    least = p.fear_fire_from_cos
    x, y, foe_m = toward_foe(seen)
    if foe_m >= 0.0:
        crowd = from_x * seen.crowd_dx + from_y * seen.crowd_dy
        among = seen.crowd_m > 0.0 and crowd >= least * seen.crowd_m
        behind = seen.foes_behind > 0 and from_x * f8(me.hx) + from_y * f8(me.hy) < 0.0
        return from_x * x + from_y * y >= least or among or behind
    if seen.recall_m > 0.0:
        return from_x * seen.recall_dx + from_y * seen.recall_dy >= least * seen.recall_m
    ahead = from_x * f8(me.hx) + from_y * f8(me.hy)
    if me.act == w.FLEE:
        ahead = -ahead
    return ahead >= least
