"""Counts and sums of a whole battle, by side: what the metrics of a recording are made of.

All sums are integers (means are taken in thousandths, fighter by fighter), so that no order of
adding matters and tallies can be held against events exactly.
"""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import kernel
from affray.rules.tire import weariness
from affray.world import words as w

f8 = np.float64
i8 = np.int64

MEASURES = (
    "reserve",
    "standing",
    "fleeing",
    "down",
    "unconscious",
    "dead",
    "left",
    "bleeding",
    "fear",
    "morale",
    "belief",
    "weariness",
    "pain",
    "blood",
    "blades",
    "missiles",
)
_THOUSAND = 1000.0


@kernel
def measure(fighters, first, last, sums):
    """Add up the rows ``first:last`` into ``sums`` (sides, len(MEASURES)) int64.

    Counts are of fighters; fear, morale, belief, weariness and pain are thousandths, summed over
    those who stand; blood and blades are hundredths of a millilitre over everybody.
    """
    for i in range(first, last):
        n = fighters[i]
        to = sums[n.side]
        if n.status == w.RESERVE:
            to[0] += 1
        elif n.status == w.UP:
            to[1] += 1
            to[2] += i8(n.mood == w.BROKEN)
            to[8] += i8(_THOUSAND * f8(n.fear))
            to[9] += i8(_THOUSAND * f8(n.morale))
            to[10] += i8(_THOUSAND * f8(n.belief))
            to[11] += i8(_THOUSAND * weariness(f8(n.stamina), f8(n.fatigue)))
            to[12] += i8(_THOUSAND * f8(n.pain))
            to[15] += n.missiles
        elif n.status == w.DOWN:
            to[3] += 1
        elif n.status == w.OUT:
            to[4] += 1
        elif n.status == w.DEAD:
            to[5] += 1
        else:
            to[6] += 1
        if n.status != w.DEAD and n.flow > 0:
            to[7] += 1
        to[13] += n.blood
        to[14] += n.blade
