"""A wink over a mask: who sees the eye, and no face to it, is unnerved a little.

It is bravado, of the humorous while they are not afraid, at an enemy whose eyes they meet. Sizes
are invented.
"""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import rule
from affray.rules.maths import clamp
from affray.rules.nature import humour
from affray.world import words as w

f8 = np.float64


@rule
def may_wink(me, masked, quiet, seen):
    """Whether he could wink now: over a mask, meeting the eyes of an enemy who stands.

    ``quiet``: ticks until he feels like talking, or winking, again.
    """
    meets = seen.foe_eyes == 1 and seen.foe_down == 0
    return masked == w.FACE_COVERED and meets and quiet == 0 and me.grip == 0


@rule
def wink_rate(me, trait, p):
    """Rate (1/s) at which one who may wink does."""
    return p.talk_wink_per_s * humour(trait) * clamp(1.0 - f8(me.fear), 0.0, 1.0)


@rule
def last_look(fighter, tick, every):
    """The tick of a fighter's last look before ``tick``; looks come ``every`` so many ticks."""
    return tick - 1 - (tick - 1 + fighter) % every
