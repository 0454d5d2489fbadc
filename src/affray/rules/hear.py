"""Hearing: how loud a sound is where it arrives, whether the din drowns it, how much is understood.

Level falls by 20 log10 of the distance and by absorption in air; half of what is said is
understood at 5 dB below the din, more by 18 % a decibel about there (speech-reception threshold
and slope in noise). Both set how far an order reaches: 45 m at a din of 60 dB, 8 m at 75.
"""

from __future__ import annotations

from math import sqrt

import numpy as np

from affray.rules.compiled import rule
from affray.rules.luck import bell, bits
from affray.rules.maths import clamp, decibels, grow
from affray.world import words as w

f8 = np.float64
i8 = np.int64
u4 = np.uint32


@rule
def received(level_db, distance_m, p):
    """Loudness (dB) at so many metres of what has ``level_db`` at one metre."""
    d = max(distance_m, 1.0)
    return level_db - 2.0 * decibels(d) - p.hear_air_db_per_m * d


@rule
def needs_above(says, p):
    """How far above the din (dB) something must be to be heard at all.

    Speech, signals and steps are listened for; a scream or a laugh must stand out by itself.
    """
    if says == w.SAY_SCREAM or says == w.SAY_LAUGH:
        return p.hear_startle_db
    return p.hear_detect_db


@rule
def steps_db(pace_m_per_s, p):
    """Loudness (dB) at one metre of the steps of one who goes so fast: 6 dB more at twice the pace.

    Nobody hears those who stand.
    """
    if pace_m_per_s <= 0.0:
        return -100.0
    return p.hear_steps_db + 2.0 * decibels(pace_m_per_s)


@rule
def is_heard_to_go(me, tick, looks, dt):
    """Whether a step of his falls since his last look, ``looks`` ticks ago: two a second do."""
    step = max(i8(0.5 / dt + 0.5), looks)
    at = tick + i8(me.luck) % step
    return at // step != (at - looks) // step


@rule
def looks_round(me, seen, p):
    """Whether somebody who hears steps looks who it is.

    Who has companions in mind about him takes them for theirs.
    """
    return seen.steps == 1 and f8(me.friends) < p.hear_steps_alone


@rule
def share_understood(above_db, p):
    """Share of speech that is understood so far above the din (negative: below it)."""
    steep = 4.0 * p.hear_slope_per_db * (above_db - p.hear_half_db)
    return 1.0 / (1.0 + grow(clamp(-steep, -39.0, 39.0)))


@rule
def pair_luck(mine, other):
    """A luck key of two fighters together: what happens between them at one tick is theirs."""
    return u4(u4(mine) ^ u4(u4(other) * u4(2654435761)))


@rule
def got(above_db, said, says, luck, p):
    """How much of what was said somebody gets: see ``words.HEARD_NAMES``.

    ``luck``: uniform in [0, 1). One who misses a word or two still has the first part, as has
    everybody if it was cut off (``said`` 0). Screams, laughter and steps have no words.
    """
    if above_db < needs_above(says, p):
        return w.MISSED_IT
    if says == w.SAY_SCREAM or says == w.SAY_LAUGH or says == w.STEPS:
        return w.UNDERSTOOD
    share = share_understood(above_db, p)
    if luck < share:
        return w.UNDERSTOOD if said == 1 else w.FIRST_PART
    if luck < share + (1.0 - share) * share:
        return w.FIRST_PART
    return w.DETECTED


@rule
def bearing(dx, dy, above_db, seed, tick, luck, purpose, p):
    """Whence a sound seems to come: the true direction, off by an angle that the din widens.

    The error is bounded: three times its deviation at the most.
    """
    d = max(sqrt(dx * dx + dy * dy), 1e-6)
    x, y = dx / d, dy / d
    drowned = clamp(1.0 - (above_db - p.hear_detect_db) / 20.0, 0.0, 1.0)
    spread = p.hear_bearing_rad * (1.0 + drowned)
    t = 0.5 * spread * clamp(bell(seed, tick, luck, purpose), -3.0, 3.0)
    t = clamp(t * (1.0 + t * t / 3.0), -1.0, 1.0)
    c = (1.0 - t * t) / (1.0 + t * t)
    s = 2.0 * t / (1.0 + t * t)
    return x * c - y * s, x * s + y * c


@rule
def knows_voice(by, way, leader, companion, p, seed, luck, purpose):
    """Whether he knows whose voice it was: his leader's and that of the one beside him.

    A horn, a drum, a flag and steps have no voice.
    """
    if way == w.BY_HORN or way == w.BY_DRUM or way == w.BY_FLAG or way == w.BY_FOOT:
        return 0
    if by == leader or by == companion:
        known = f8(bits(seed, 0, luck, purpose) >> np.uint64(11)) * (1.0 / 9007199254740992.0)
        return 1 if known < p.hear_known_voice else 0
    return 0
