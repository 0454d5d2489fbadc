"""Powers: what somebody can do that no weapon does, composed of a few effects.

Fixed for a battle. A power is data: who uses it, on whom, what it costs and how long it lasts stand
here; what its effects do, in ``powers/``, one file each.
"""

from __future__ import annotations

from dataclasses import dataclass

STOPS = ("things", "people", "sound", "sight")
"""What a barrier can keep from passing; the number of each is a bit of ``ZONE.stops``."""
THINGS, PEOPLE, SOUND, SIGHT = (1 << number for number in range(len(STOPS)))


SELF = -1  # the one who uses the power


@dataclass(frozen=True)
class Hold:
    """Whom it is used on cannot get away. ``grip``: against a struggle, 1: as strong as a man who
    is not spent. ``hauls``: the one who holds takes him along.
    """

    grip: float
    hauls: bool


@dataclass(frozen=True)
class Barrier:
    """Nothing that ``stops`` names (bits) gets through the circle, in or out, but one whose charge
    is ``strength`` or more.
    """

    radius_m: float
    stops: int
    strength: float


@dataclass(frozen=True)
class Drain:
    """Takes from whom it is used on, in a second: stamina, energy, memories (the oldest first);
    ``gives``: share of the energy that goes to the one who drains. It hurts, and frightens.
    """

    stamina_per_s: float
    energy_per_s: float
    memories_per_s: float
    gives: float
    pain_per_s: float
    fear_per_s: float


TRANSFERS = {
    "strength": ("stamina", "fatigue", "energy"),
    "limbs": ("arm", "leg"),
    "pain": ("pain",),
}
"""What of two bodies can change places → the fields of a body (FIGHTER) that it is."""


@dataclass(frozen=True)
class Transfer:
    """``what`` his body and that of whom it is used on have left changes places as it ends; until
    then he is helpless.
    """

    what: tuple[str, ...]


@dataclass(frozen=True)
class Feed:
    """Lives on the fear in the eyes of whom it is used on: so much energy in a second of all fear;
    below ``composed`` it frightens instead, by so much in a second.
    """

    energy_per_s: float
    composed: float
    fear_per_s: float


@dataclass(frozen=True)
class Boost:
    """Changes a body while it lasts: factors of speed, force and skill, and courage added."""

    speed: float
    force: float
    skill: float
    courage: float


@dataclass(frozen=True)
class Rage:
    """Thought fails: no drive and no order counts any more. ``everybody``: nobody is spared whom
    he meets, friend or foe.
    """

    everybody: bool


@dataclass(frozen=True)
class Blast:
    """Grows from where it began and strikes whoever is in it, once a second, as ``weapon`` (row)
    does; grass goes. ``spares``: people, by number, or SELF; ``leaves``: ground cells whose grass
    stays.
    """

    radius_m: float
    grows_m_per_s: float
    weapon: int
    spares: tuple[int, ...]
    leaves: tuple[int, ...]


@dataclass(frozen=True)
class Lift:
    """Raises whoever is within ``radius_m`` off the ground, and lets him fall at the end."""

    radius_m: float
    height_m: float


@dataclass(frozen=True)
class Conceal:
    """Nobody sees him while it lasts, until he strikes or throws."""


@dataclass(frozen=True)
class Sense:
    """Sees all round (``all_round``), and knows people ``keen`` times as far off as others do; in
    what colour he sees all (``tint``; empty: as they do).
    """

    all_round: bool
    keen: float
    tint: str = ""


@dataclass(frozen=True)
class Faint:
    """Takes the senses of whom it is used on, for so long."""

    for_s: float


@dataclass(frozen=True)
class Heal:
    """Binds the worst wound of whom it is used on once a second, and takes so much of his pain."""

    pain_per_s: float


@dataclass(frozen=True)
class Summon:
    """Brings so many of a unit's reserve to where it is used."""

    unit: int
    count: int


@dataclass(frozen=True)
class Hurl:
    """Throws what is at hand, ``weapon`` (row), at whom it is used on."""

    weapon: int


Effect = (
    Hold
    | Barrier
    | Drain
    | Transfer
    | Feed
    | Boost
    | Rage
    | Blast
    | Lift
    | Conceal
    | Sense
    | Faint
    | Heal
    | Summon
    | Hurl
)


@dataclass(frozen=True)
class Power:
    """``cast_s``: from the decision to the effect, broken off by a wound; ``energy``: its cost.

    ``range_m``: on somebody seen no farther off than that; 0: on oneself. ``lasts_s``, 0: it does
    its work at once. ``again_s``: from its end until it can be used again. ``busy``: he can do
    nothing else meanwhile. ``held``: one who is held can use it; ``broken``: one who has broken
    can. ``holding``: only on one whom he holds, and as long as he does. ``charge``: what barrier
    he gets through while it lasts. ``consent``: how far the drive that calls for it must be
    stirred before he gives in to it. ``cry_db``: loudness of the cry that goes up (0: none), his
    own or the other's (``cry_of_other``). ``shows``: it draws every eye, again and again.
    ``outlives``: it goes on though he who used it has lost his senses; ``senseless``: it takes
    them from him, as long as it lasts. ``then``: number of the power that follows by itself when
    it ends, where it was used; -1: none.
    """

    name: str
    cast_s: float
    energy: float
    range_m: float
    lasts_s: float
    again_s: float
    busy: bool
    held: bool
    broken: bool
    holding: bool
    charge: float
    consent: float
    cry_db: float
    cry_inhuman: bool
    cry_of_other: bool
    shows: bool
    outlives: bool
    senseless: bool
    then: int
    effects: tuple[Effect, ...]

    @property
    def throws(self) -> bool:
        """Whether something flies."""
        return any(isinstance(effect, Hurl) for effect in self.effects)
