"""What reaches a mind: a glimpse of somebody, a voice, the fight about him, his own body."""

from __future__ import annotations

from typing import NamedTuple

from affray.world import words as w


class Glimpse(NamedTuple):
    """One person seen by another in one look: the fields of ``GLIMPSE`` (world/fields.py)."""

    tick: int
    by: int
    of: int
    cues: int
    x: float
    y: float
    m: float
    lies: int
    still: int
    hurt: int
    flees: int
    strikes: int
    looks_here: int
    skill: float
    fear: float
    stares: int
    menace: int
    menace_x: float
    menace_y: float
    menace_m: float
    menace_behind: int
    menace_strikes: int


class Voice(NamedTuple):
    """The voice of a person, as somebody heard it: whence (unit vector), what it said (words)."""

    of: int
    dx: float
    dy: float
    says: int = w.SILENT


class About(NamedTuple):
    """How the fight about somebody is, as his last look told him; ``foe``: the nearest enemy whom
    he perceives singly (-1: none), and where. In a rage that spares nobody, anybody is one.
    """

    foes_near: int
    friends_near: int
    din: float
    foe: int = -1
    foe_x: float = 0.0
    foe_y: float = 0.0


class Self(NamedTuple):
    """What somebody perceives of himself: where he is, how afraid, how badly hurt as he knows; the
    powers that he could use now, and the one that he gathers (-1: none); whom he holds (id, -1:
    nobody); whether he is held; whether he rages.
    """

    x: float
    y: float
    fear: float
    bleeding: float
    stamina: float = 1.0
    ready: tuple[int, ...] = ()
    gathers: int = -1
    holds: int = -1
    held: bool = False
    rages: bool = False
