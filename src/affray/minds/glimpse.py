"""What reaches a mind: a glimpse of somebody, a voice, the fight about him, his own body."""

from __future__ import annotations

from typing import NamedTuple

from affray.world import words as w


class Glimpse(NamedTuple):
    """One person seen by another in one look: the fields of ``GLIMPSE`` (world/inward.py)."""

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
    struck: int
    flees: int
    strikes: int
    looks_here: int
    skill: float
    fear: float
    stares: int
    held: int
    open: int
    menace: int
    menace_x: float
    menace_y: float
    menace_m: float
    menace_behind: int
    menace_strikes: int
    menace_speed: float = 0.0
    menace_veiled: int = 0


class Voice(NamedTuple):
    """The voice of a person, as somebody heard it: whence (unit vector), what it said (words), and
    since when; ``notion`` that it told and person whom it ``calls`` by name (-1: none), in what
    tone; ``meant``: for him. ``read``: from the lips, and not heard.
    """

    of: int
    dx: float
    dy: float
    says: int = w.SILENT
    since: int = -1
    notion: int = -1
    tone: int = 0
    calls: int = -1
    meant: bool = False
    read: bool = False


class Sound(NamedTuple):
    """A single sound or sign that reached somebody: what it said, by which way, what it was like,
    since when, whose it was (id; for its cause alone), and of which person, -1: none of them.
    """

    says: int
    way: int
    timbre: int
    since: int
    by: int
    of: int = -1


class Sense(NamedTuple):
    """What else a look brought: blood on the wind, light, companions in flight and the nearest of
    them (id, -1: none), who has fallen (id, -1: nobody) and when, whether one laughs.
    """

    smell: float = 0.0
    light: float = 1.0
    fleeing: int = 0
    runaway: int = -1
    fallen: int = -1
    fell: int = -1
    laughs: bool = False


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
    nobody); whether he is held; whether he rages; how many of his memories have been taken from
    him, the oldest first; whether he is speaking.
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
    taken: int = 0
    speaks: bool = False
