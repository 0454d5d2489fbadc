"""What reaches a mind: a glimpse of somebody, a voice, the fight about him, his own body."""

from __future__ import annotations

from typing import NamedTuple


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
    menace: int
    menace_x: float
    menace_y: float
    menace_m: float
    menace_behind: int
    menace_strikes: int


class Voice(NamedTuple):
    """The voice of a person, as somebody heard it: whence (unit vector)."""

    of: int
    dx: float
    dy: float


class About(NamedTuple):
    """How the fight about somebody is, as his last look told him."""

    foes_near: int
    friends_near: int
    din: float


class Self(NamedTuple):
    """What somebody perceives of himself: where he is, how afraid, how badly hurt as he knows."""

    x: float
    y: float
    fear: float
    bleeding: float
