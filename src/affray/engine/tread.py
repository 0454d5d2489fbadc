"""The steps of one who goes alone: a sound like any other, which the din drowns.

Where several go together nobody tells the steps of one from those of the rest.
"""

from __future__ import annotations

import numpy as np

from affray.engine.din import sound_cell
from affray.engine.log import CRIES, next_row, stimulus_of
from affray.rules.compiled import rule, seldom
from affray.rules.hear import is_heard_to_go, steps_db
from affray.rules.tire import pace
from affray.world import words as w

f8 = np.float64
i8 = np.int64


@rule
def treads_alone(n, seen):
    """Whether somebody who has just looked about goes, with no companion beside him."""
    return n.speed > 0 and seen.friends_near == 0 and n.status == w.UP


@seldom
def tread(world, state, n, tick, desk):
    """Let a step of his be heard, if it is time, and the din lets anybody hear it at all."""
    p = world.params[0]
    if not is_heard_to_go(n, tick, i8(world.clock[1]), world.clock[0]):
        return
    level = steps_db(pace(n), p)
    din = f8(state.air.din[sound_cell(world, f8(n.x), f8(n.y))])
    if level - din < p.hear_detect_db:
        return
    cry = desk.cries[next_row(desk, CRIES)]
    stimulus_of(n, tick, cry)
    cry.level = level
    cry.way = w.BY_FOOT
    cry.says = w.STEPS
    cry.timbre = w.TREAD
