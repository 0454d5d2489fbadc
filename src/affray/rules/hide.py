"""Hiding and being found: cover, dusk, stillness and posture against an attentive eye.

One in hiding is seen by nobody and counted in no crowd, until he moves, strikes, throws or climbs;
but who looks straight at him from near may make him out.
"""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import rule
from affray.rules.luck import FIND, chance
from affray.rules.maths import clamp, hazard
from affray.rules.tire import pace
from affray.world import words as w

f8 = np.float64
i8 = np.int64


@rule
def gives_away(me):
    """Whether what somebody does shows him to all: a blow, a throw, a climb, or just after it."""
    strikes = me.act == w.STRIKE or me.act == w.LUNGE or me.act == w.THROW
    return strikes or me.act == w.CLIMB or me.recover > 0


@rule
def _bare(conceal, light, p):
    """How much of one who stands there ground and light leave to be seen, 0 to 1."""
    return (1.0 - conceal) * (1.0 - p.hide_dark * (1.0 - light))


@rule
def cover_of(me, conceal, light, p):
    """How well somebody is hidden, 0 to 1, where the ground conceals so much at such a light."""
    if gives_away(me):
        return 0.0
    bare = _bare(conceal, light, p)
    if me.status != w.UP:
        bare = bare * (1.0 - p.hide_low)
    if me.perch > 0:
        bare = bare * (1.0 - p.hide_aloft)
    still = 1.0 - clamp(pace(me) / p.hide_still_m_per_s, 0.0, 1.0)
    return (1.0 - bare) * still


@rule
def hides_the_dead(conceal, light, p):
    """Whether ground that conceals so much at such a light hides whoever lies there dead."""
    bare = _bare(conceal, light, p) * (1.0 - p.hide_low)
    return 1.0 - bare > p.hide_from


@rule
def makes_out(me, whom, cover, attention, light, seed, tick, dt, p):
    """Whether ``me`` makes out the fighter ``whom``, in hiding, whom he looks straight at.

    ``dt``: seconds a tick. The luck of it lasts for a while: who is made out stays so.
    """
    stretch = max(i8(p.hide_find_s / dt + 0.5), 1)
    share = hazard(p.hide_find_per_s * attention * light * (1.0 - cover), p.hide_find_s)
    pair = i8(me.luck) + (i8(whom) << 32)
    return chance(seed, tick // stretch, pair, FIND) < share
