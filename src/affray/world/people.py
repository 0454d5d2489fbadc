"""People whom a battle names: how they look, their ties, what they believe and what drives them.

Fixed for a battle. Somebody who is known but is not in it (``fighter`` is -1) is a person too: he
can be remembered, believed dead, and taken for another.
"""

from __future__ import annotations

from dataclasses import dataclass

from affray.world.inner import Memory

FEATURES = ("face", "hair", "build", "crest", "voice")
"""What somebody can be known by; the number of each is a bit of a mask of cues."""
FACE, HAIR, BUILD, CREST, VOICE = (1 << number for number in range(len(FEATURES)))

DEEDS = (
    "guard",
    "seek",
    "follow",
    "kill",
    "watch",
    "tend",
    "avoid",
    "stalk",
    "hold",
    "flee",
    "use",
    "call",
    "command",
    "say",
)
"""What a drive is for; docs/scenario.md says what each makes somebody do."""

WHEN = (
    "sees",
    "threatened",
    "hurt",
    "struck",
    "down",
    "near",
    "hears",
    "dead",
    "alive",
    "mistaken",
    "holds",
    "fears",
    "stares",
    "warns",
    "screams",
    "afraid",
    "wounded",
    "contact",
    "alone",
    "quiet",
    "held",
    "spent",
    "raging",
    "thinks",
    "believes",
    "told",
    "recalls",
)
"""What a drive can wait for: percepts and beliefs of his own, each of a degree from 0 to 1."""
ABOUT_SOMEBODY = WHEN[:15]
OF_NOTIONS = ("thinks", "believes", "told")


@dataclass(frozen=True)
class Tie:
    """What one person has with another, each 0 to 1. ``knows``: how well he knows him by sight."""

    love: float = 0.0
    loyalty: float = 0.0
    trust: float = 0.0
    hatred: float = 0.0
    knows: float = 0.0
    dead: float = 0.0  # how sure he is, when the battle opens, that the other is dead
    skill: float = -1.0  # the other's skill as he remembers it, -1: never saw it
    calls: str = ""  # how he addresses the other, if not by name


@dataclass(frozen=True)
class Condition:
    """One thing that a drive waits for: a word of ``WHEN``, about whom, and how much of it;
    ``number`` of the notion or of the own memory that it is about, -1: none. It counts for
    ``lasts_s`` after it was so; ``unless``: it waits for the contrary.
    """

    word: str
    of: int = -1
    level: float = 0.5
    number: int = -1
    lasts_s: float = 0.0
    unless: bool = False


@dataclass(frozen=True)
class Drive:
    """What somebody is driven to do, with or about whom, how strongly, and on what conditions;
    ``power``: number of the one that he is driven to use, -1: none; ``at_threat``: on whoever
    threatens ``whom``. ``notion``: number of what he is driven to say, -1: none; in which ``tone``
    (number); ``names``: he calls ``whom`` by name; ``again_s``: when he says it again, -1: never.
    """

    deed: str
    whom: int = -1
    strength: float = 1.0
    when: tuple[Condition, ...] = ()
    power: int = -1
    at_threat: bool = False
    notion: int = -1
    tone: int = 0
    names: bool = False
    again_s: float = -1.0


@dataclass(frozen=True)
class Person:
    """``looks``: a number for each of ``FEATURES``; 0 is what nobody would notice. ``ties``: to
    each person, by number. ``powers``: numbers of those that he has. ``memories``: how many there
    are of his own that could be taken from him.
    """

    name: str
    fighter: int
    looks: tuple[int, ...]
    ties: tuple[Tie, ...]
    drives: tuple[Drive, ...] = ()
    powers: tuple[int, ...] = ()
    memories: tuple[Memory, ...] = ()
    holds: tuple[float, ...] = ()
