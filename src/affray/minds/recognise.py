"""Whom somebody takes another for, by the cues that he got: likeness weighed with belief.

Bayes' rule over those whom he knows, and a stranger. One who is believed dead is an unlikely
guess, so that the same cues give two observers two names.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from affray.world.people import FEATURES, Person

STRANGER = -1


def likeness(seen: Sequence[int], known: Sequence[int], cues: int, p: Any) -> float:
    """How likely one who looks like ``known`` would give the cues of ``seen`` (their bits)."""
    like = 1.0
    for number, name in enumerate(FEATURES):
        if cues >> number & 1 and seen[number] != known[number]:
            like *= p[f"know.slip_{name}"]
    return like


def commonness(seen: Sequence[int], cues: int, p: Any) -> float:
    """How likely a stranger would give these cues by chance."""
    like = 1.0
    for number, name in enumerate(FEATURES):
        if cues >> number & 1 and seen[number] != 0:
            like *= p[f"know.common_{name}"]
    return like


def who(
    me: int,
    people: Sequence[Person],
    dead: Sequence[float],
    knows: Sequence[float],
    seen: int,
    cues: int,
    p: Any,
) -> tuple[int, float]:
    """Whom person ``me`` takes person ``seen`` for by these cues, and how sure he is of it.

    ``dead``: how sure he is that each is dead; ``knows``: how well he knows each. ``STRANGER``
    where nobody he knows is likely enough.
    """
    looks = people[seen].looks
    total = most = commonness(looks, cues, p)
    best = STRANGER
    for number, person in enumerate(people):
        if number == me or knows[number] <= 0.0:
            continue
        likely = knows[number] * (1.0 - dead[number]) * likeness(looks, person.looks, cues, p)
        total += likely
        if likely > most:
            best, most = number, likely
    return best, most / total
