"""What grips the attention: a scream or a spectacle transfixes, and lets go in time or at a touch.

It is the orienting response (Sokolov 1963): what is new startles and freezes, and what has been
heard before does so less and less. So it is not loudness that counts but how far a scream goes
beyond those that one is used to; each that is heard shifts that. A spectacle is put on the same
scale: it stands out like a scream of so many decibels. Sizes are invented.
"""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import rule
from affray.rules.luck import chance
from affray.rules.maths import clamp, decibels
from affray.rules.nature import composure
from affray.world import battlefield as b

f8 = np.float64


@rule
def beyond_wont(cry_db, wont_db, trait, busy, p):
    """How far (dB) a scream of this loudness at its mouth goes beyond what leaves him unmoved.

    He tells a great scream far off from a small one near. ``wont_db``: what he is used to;
    ``busy``: 1 with an enemy at arm's length, who holds the eyes more than a scream does.
    """
    firm = p.grip_composure_db * (composure(trait) - 0.5)
    return cry_db - wont_db - p.grip_beyond_db - firm - p.grip_busy_db * f8(busy)


@rule
def fright(above_db, cry_db, wont_db, p):
    """Fear from a scream: the clearer, and the farther beyond what he is used to, the more."""
    new = clamp((cry_db - wont_db) / 10.0, 0.0, 1.0)
    return p.grip_scream_fear * new * clamp(above_db / 20.0, 0.0, 2.0)


@rule
def is_gripped(above_db, beyond_db, seed, tick, luck, purpose, p):
    """Whether a scream transfixes him: clear above the din, and beyond what he is used to.

    A spectacle likewise: clearly seen, and beyond that.
    """
    if above_db < p.grip_clear_db or beyond_db <= 0.0:
        return False
    return chance(seed, tick, luck, purpose) < clamp(beyond_db / 4.0, 0.0, 1.0)


@rule
def used_to(cry_db, wont_db, p):
    """What he is used to after one more scream (dB at the mouth)."""
    return wont_db + p.grip_habit * max(cry_db - wont_db, 0.0)


@rule
def grip_seconds(beyond_db, trait, p):
    """How long it holds him."""
    firm = 1.5 - composure(trait)
    return p.grip_s * firm * (0.5 + max(beyond_db, 0.0) / 10.0)


@rule
def is_spectacle(me, trait, look):
    """Whether his going down is one: a leader's, or of whoever holds up the standard, in the open.

    ``look``: his outside as others see it.
    """
    matters = me.leads == 1 or trait.standard == 1
    return matters and (look >> b.LOOK_HIDDEN) & 1 == 0


@rule
def clearness_db(distance_m, p):
    """How clearly (dB) a spectacle is seen: 0 where it can just be made out, 6 at half of that."""
    return 2.0 * decibels(p.grip_spectacle_m / max(distance_m, 1.0))


@rule
def seconds_to_dawn(distance_m, luck, p):
    """How long (s) after a spectacle an onlooker's eyes are drawn to it: longer the farther off.

    ``luck``: uniform in [0, 1).
    """
    return p.grip_spectacle_s_per_m * distance_m * (0.5 + luck)
