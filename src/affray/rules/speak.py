"""The voice: what somebody says while his hands do something else, how loud and how long.

The one decider for words, as ``decide.py`` is for acts: a utility for each thing that can be said,
and the greatest wins, silence among them.
"""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import rule
from affray.rules.decide import NEVER
from affray.rules.luck import SAYING, bell
from affray.rules.maths import clamp
from affray.rules.nature import humour
from affray.world import words as w

f8 = np.float64


@rule
def low_spirits(seen):
    """How low the spirits of those about are, as far as faces and bodies show it (0..1)."""
    if seen.friends_near == 0:
        return 0.0
    return clamp(max(seen.fear_seen, 0.6 * seen.weary_seen), 0.0, 1.0)


@rule
def weigh_words(v, me, memory, seen, trait, p):
    """Fill ``v`` (SAYINGS,) with the utility of each thing to say; ``NEVER`` where there is none.

    What he means to say (an order, that the leader is lost) is urgent; talk is for when spirits
    are low, and not again at once.
    """
    for say in range(w.SAYINGS):
        v[say] = NEVER
    v[w.SILENT] = p.talk_silence
    if me.mood == w.BROKEN:
        return
    danger = p.talk_danger * f8(min(seen.foes_near, 2))
    if memory.means != w.SILENT:
        v[memory.means] = p.talk_urgent - (danger if memory.means == w.SAY_LAUGH else 0.0)
    if memory.quiet > 0:
        return
    fled = f8(seen.friends_fleeing) + 0.5 * seen.crowd_friends_fleeing
    low = low_spirits(seen)
    if me.leads == 1:
        v[w.SAY_RALLY] = p.talk_rally * fled / (1.0 + fled) - danger
        v[w.SAY_ADDRESS] = p.talk_address * low - danger
    banter = p.talk_banter * humour(trait) * low
    v[w.SAY_BANTER] = banter - 0.5 * danger - p.talk_dread * f8(me.fear)


@rule
def with_whim(value, say, seed, tick, luck, p):
    """The utility of saying something, with the fighter's whim."""
    return value + p.decide_noise * bell(seed, tick, luck, SAYING + say)


@rule
def choose_words(v, seed, tick, luck, p):
    """What is said: of greatest utility with a little whim; ties go to the lower number."""
    best = w.SILENT
    most = v[w.SILENT]
    for say in range(1, w.SAYINGS):
        if v[say] <= NEVER:
            continue
        value = with_whim(v[say], say, seed, tick, luck, p)
        if value > most:
            most = value
            best = say
    return best


@rule
def seconds_to_say(says, way, p):
    """How long it takes to say, or to give the signal for it."""
    if way > w.BY_VOICE:
        return p.signal_give_s
    if says == w.SAY_ADDRESS:
        return p.talk_address_s
    if says == w.SAY_BANTER:
        return p.talk_banter_s
    if says == w.SAY_LAUGH:
        return p.talk_laugh_s
    return p.voice_order_s


@rule
def loudness(says, way, p):
    """Loudness (dB at 1 m) of a saying or a signal; a flag and a messenger make no sound."""
    if way == w.BY_HORN:
        return p.signal_horn_db
    if way == w.BY_DRUM:
        return p.signal_drum_db
    if way == w.BY_FLAG or way == w.BY_MESSENGER:
        return 0.0
    if says == w.SAY_ADDRESS:
        return p.voice_raised_db
    if says == w.SAY_BANTER:
        return p.voice_raised_db
    if says == w.SAY_LAUGH:
        return p.voice_laugh_db
    return p.voice_shout_db


@rule
def lift(says, me, p):
    """How much will words give to somebody who understands them: much by banter, little by form."""
    room = 1.0 - f8(me.morale)
    if says == w.SAY_BANTER:
        return p.talk_banter_lift * room
    if says == w.SAY_LAUGH:
        return p.talk_laugh_lift * room
    if says == w.SAY_ADDRESS:
        return p.talk_address_lift * room
    if says == w.SAY_RALLY:
        return p.talk_rally_lift * room
    return 0.0


@rule
def scream_db(deep, seed, tick, luck, purpose, p):
    """Loudness of a scream at a wound of this depth, in whole decibels."""
    loud = p.voice_scream_db + p.voice_scream_spread_db * bell(seed, tick, luck, purpose)
    return clamp(loud + 4.0 * (min(deep, 2.0) - 0.5), 60.0, 130.0)
