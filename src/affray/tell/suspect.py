"""Words that give a leak away: verbs of a sense, of another's mind, numbers, presuppositions."""

from __future__ import annotations

from collections.abc import Collection

from affray.record.predicates import DEED, HEARING, INNER, SIGHT, SMELL
from affray.tell.english import NUMBERS

_HEAR, _SMELL, _SEE = (HEARING,), (SMELL,), (SIGHT, INNER, DEED)
SENSES = {
    "heard": _HEAR,
    "hear": _HEAR,
    "hearing": _HEAR,
    "overheard": _HEAR,
    "listened": _HEAR,
    "smelled": _SMELL,
    "smelt": _SMELL,
    "sniffed": _SMELL,
    "tasted": _SMELL,
    "saw": _SEE,
    "glimpsed": _SEE,
    "spied": _SEE,
}
"""Words that say by which sense something came, and the channels that license them."""
MINDS = frozenset((
    "afraid", "feared", "hoped", "wanted", "wished", "knew", "believed", "meant", "hated", "loved",
    "decided", "intended", "planned", "forgot", "forgotten", "understood", "remembered",
))  # fmt: skip
"""Words for what goes on in a mind."""
CUES = frozenset((
    "eyes", "eye", "face", "faces", "look", "looked", "looks", "seemed", "perhaps", "thought",
    "read", "wink", "winked", "staring", "stare", "stared",
))  # fmt: skip
"""Words that tell of another's mind by what shows of it, or that doubt."""
TRIGGERS = frozenset(
    ("again", "still", "already", "another", "other", "too", "once", "anymore", "longer", "back")
)
"""Words that presuppose something before, or beside."""
_ABOUT_HOW_MANY = frozenset(("score", "scores", "half", "dozens", "hundreds", "thousands", "few"))


def class_of(word: str, channel: str, names: Collection[str]) -> str:
    """The class of a leak that a word is, in a clause of what came by ``channel``."""
    bare = word.removesuffix("’s").removesuffix("'s")
    low = bare.lower()
    if bare in names or low in {name.lower() for name in names}:
        return "identity"
    if bare[:1].isdigit() or any(
        part in NUMBERS or part in _ABOUT_HOW_MANY for part in low.split("-")
    ):
        return "number"
    if low in SENSES and channel not in SENSES[low]:
        return "channel"
    if low in MINDS or low in CUES:
        return "mind"
    return "word" if low in TRIGGERS else "unsupported"
