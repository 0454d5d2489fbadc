"""What goes on within people: cues that bring something to mind, memories, notions, ways to speak.

Fixed for a battle, and a closed vocabulary: a memory or a notion names cues, and a cue is something
that a mind perceives already. The order of all of these is part of the recording format: append,
never insert.
"""

from __future__ import annotations

from dataclasses import dataclass

CUES = (
    "sight",
    "voice",
    "name",
    "hurt",
    "down",
    "danger",
    "fear",
    "held",
    "reunion",
    "own_name",
    "own_wound",
    "own_hold",
    "saved",
    "weary",
    "alone",
    "contact",
    "scream",
    "inhuman_cry",
    "laughter",
    "warning",
    "order",
    "fall",
    "flight",
    "thrown",
    "spectacle",
    "blood",
    "dark",
    "quiet",
)
"""Classes of percepts that can bring something to mind, or speak for or against a notion."""
OF_SOMEBODY = 9  # the first so many are about one of the people, as far as he is known
PRESENCE = ("sight", "voice", "name", "reunion", "own_name")  # he is there, or calls one
LASTING = (
    "sight",
    "hurt",
    "down",
    "danger",
    "fear",
    "held",
    "own_wound",
    "own_hold",
    "weary",
    "alone",
    "contact",
    "laughter",
    "flight",
    "spectacle",
    "blood",
    "dark",
    "quiet",
)
"""Cues that last: each counts when it begins. The others are over at once, and count each time."""

KINDS = ("belief", "hope", "question", "guess", "vow", "fear", "wish", "consequence")
"""What a notion is to those who have it; docs/scenario.md says what each makes of it."""

TONES = ("plain", "whisper", "shout", "taunt", "plead", "promise", "ask", "answer", "deny")
"""How something is said."""
PLAIN, WHISPER, SHOUT = range(3)
ASK, DENY = TONES.index("ask"), TONES.index("deny")


@dataclass(frozen=True)
class Memory:
    """Something that somebody remembers. ``tags``: numbers of the cues that bring it back; ``of``:
    the person it is about, -1: none. ``sure``: how sure of it he is when the battle opens, which
    fades within about ``fades_s`` (0: never) unless it comes back to him.
    """

    name: str
    tags: tuple[int, ...]
    of: int = -1
    sure: float = 1.0
    fades_s: float = 0.0


@dataclass(frozen=True)
class Notion:
    """Something that one can hold true, hope, ask oneself, vow. ``kind``: number among ``KINDS``;
    ``about``: person, -1: nobody. ``pro``, ``contra``: what speaks for it and against it, as (cue,
    weight); ``brought``: cues that bring it to mind. ``prior``: how sure one is of it whom nothing
    told, and who forgets within about ``fades_s`` (0: never) what did.
    """

    name: str
    kind: int
    about: int = -1
    pro: tuple[tuple[int, float], ...] = ()
    contra: tuple[tuple[int, float], ...] = ()
    brought: tuple[int, ...] = ()
    prior: float = 0.0
    fades_s: float = 0.0
