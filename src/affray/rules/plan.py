"""A plan's conditions, judged by somebody on what he perceives, believes and feels; never on more.

They are soft: each fighter has his own idea of how much is enough (``own_measure``).
"""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import rule
from affray.rules.fear import odds
from affray.rules.luck import MEASURE, bell
from affray.rules.maths import clamp, grow
from affray.rules.tire import weariness
from affray.world import words as w

f8 = np.float64


@rule
def own_measure(level, seed, luck, row, p):
    """What a condition asks for, as this fighter takes it: lognormal about what the plan says."""
    whim = clamp(bell(seed, 0, luck, MEASURE + row), -3.0, 3.0)
    return level * grow(p.command_measure_spread * whim)


@rule
def _share(part, whole):
    """``part`` of ``whole``; nothing of nobody."""
    return part / whole if whole > 0.0 else 0.0


@rule
def _of_enemies(kind, me, seen, level, p):
    """Conditions on the enemy perceived."""
    foe_m = seen.foe_m if seen.foe >= 0 else seen.crowd_m
    anybody = seen.foe >= 0 or seen.crowd_m > 0.0
    if kind == w.WHEN_CONTACT:
        return seen.foes_near > 0
    if kind == w.WHEN_FOES_WITHIN:
        return anybody and foe_m <= level
    if kind == w.WHEN_FOES:
        return f8(me.foes) >= level
    if kind == w.WHEN_NO_FOES:
        return not anybody
    if kind == w.WHEN_OUTNUMBERED:
        return odds(me, seen, p) >= level
    fled = f8(seen.foes_fleeing) + seen.crowd_foes_fleeing
    return fled > 0.5 and _share(fled, f8(seen.foes_near) + seen.crowd_foes) >= level


@rule
def _of_friends(kind, memory, seen, level):
    """Conditions on the own side perceived."""
    about = f8(seen.friends_near) + seen.crowd_friends
    if kind == w.WHEN_FRIENDS_FLEE:
        return _share(f8(seen.friends_fleeing) + seen.crowd_friends_fleeing, about) >= level
    if kind == w.WHEN_FRIENDS_DOWN:
        return _share(seen.friends_down, about + seen.friends_down) >= level
    if kind == w.WHEN_ALONE:
        return about < 0.5
    return memory.leader < -1


@rule
def holds(kind, level, me, memory, seen, heard_word, lasted_s, p):
    """Whether one condition holds, as far as ``me`` can tell.

    ``heard_word``: what the last order that he understood says; ``lasted_s``: how long the order
    in force has been.
    """
    if kind == w.WHEN_ALWAYS:
        return True
    if kind <= w.WHEN_FOES_FLEE:
        return _of_enemies(kind, me, seen, level, p)
    if kind == w.WHEN_FRIENDS_FLEE or kind == w.WHEN_FRIENDS_DOWN:
        return _of_friends(kind, memory, seen, level)
    if kind == w.WHEN_ALONE or kind == w.WHEN_LEADER_LOST:
        return _of_friends(kind, memory, seen, level)
    if kind == w.WHEN_WOUNDED:
        return f8(me.pain) > 0.02
    if kind == w.WHEN_AFRAID:
        return f8(me.fear) >= level
    if kind == w.WHEN_WEARY:
        return weariness(f8(me.stamina), f8(me.fatigue)) >= level
    if kind == w.WHEN_NO_MISSILES:
        return me.missiles == 0
    if kind == w.WHEN_HEARD:
        return heard_word == level
    return lasted_s >= level
