"""Winking at the enemy faced, over a mask; it shows from one look to the next."""

from __future__ import annotations

import numpy as np

from affray.engine.log import emit
from affray.rules import luck as purpose
from affray.rules.compiled import seldom
from affray.rules.luck import chance
from affray.rules.maths import hazard, ticks_of
from affray.rules.wink import wink_rate
from affray.world import words as w

f8 = np.float64
i8 = np.int64


@seldom
def wink(world, n, memory, seen, trait, tick, dt, desk):
    """Wink, or not, at the enemy whose eyes he meets."""
    p = world.params[0]
    rate = wink_rate(n, trait, p)
    if chance(world.seed[0], tick, n.luck, purpose.WINK) >= hazard(rate, dt):
        return
    n.winks = i8(world.clock[1])
    memory.quiet = min(ticks_of(p.talk_pause_s, world.clock[0]), 32000)
    emit(desk, tick, w.EVENT_WINK, n, seen.foe, 1.0)
