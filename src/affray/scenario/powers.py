"""Powers on paper: what somebody can do that no weapon does, put together from effects."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import model_validator

from affray.scenario.fields import (
    Choice,
    Metres,
    Name,
    Number,
    Seconds,
    Section,
    Share,
    Switch,
    Text,
    Whole,
    Words,
    key,
    wrong,
)
from affray.world.limits import FIGHTERS, NAME_CHARS
from affray.world.powers import STOPS, TRANSFERS

_Factor = Annotated[float, Number("", 0.1, 10.0)]
_Rate = Annotated[float, Number("1/s", 0.0, 10.0)]
_Strength = Annotated[float, Number("", 0.0, 100.0)]
_Speed = Annotated[float, Number("m/s", 0.0, 100.0)]


class Hold(Section):
    """Keeps whom it is used on from getting away; he struggles, which costs him strength."""

    EXAMPLE: ClassVar[str] = (
        "throat_hold: {range: 1.2 m, lasts: 2 min, busy: true, hold: {grip: 3}}"
    )

    grip: _Strength = key("how strong, 1: as a man's of 75 kg who is not spent", 1.0)
    hauls: Switch = key("he walks with it, and takes the other along: companions let him", False)


class Barrier(Section):
    """A circle about where it is used that keeps things from passing, in or out."""

    EXAMPLE: ClassVar[str] = (
        "ring_of_salt: {cast: 2 s, lasts: 5 min, barrier: {radius: 4 m, stops: [people]}}"
    )

    radius: Metres = key("how far it reaches")
    stops: tuple[Annotated[str, Choice(STOPS)], ...] = key(
        "what it stops: things (also blows), people, sound, sight (nobody sees those within)",
        ("things", "people"),
    )
    strength: _Strength = key(
        "the charge of a power that gets its bearer through it; 0: none does", 1.0
    )


class Drain(Section):
    """Takes from whom it is used on, second after second."""

    EXAMPLE: ClassVar[str] = (
        "leeching: {range: 1.2 m, lasts: 30 s, holding: true, drain: {memories: 0.2}}"
    )

    stamina: _Rate = key("stamina in a second", 0.0)
    energy: _Rate = key("energy in a second", 0.0)
    gives: Share = key("share of that energy which goes to the one who drains", 1.0)
    memories: _Rate = key(
        "memories in a second, the oldest first; with the last goes the mind", 0.0
    )
    pain: _Rate = key("pain in a second", 0.0)
    fear: _Rate = key("fear in a second", 0.0)


class Transfer(Section):
    """Lets what two bodies have left change places as it ends: his and that of whom it is used on.

    Until then he is helpless: rapt in it, he hardly parries and does nothing else. If he or the
    other dies before that, or they are parted, nothing comes of it.
    """

    EXAMPLE: ClassVar[str] = (
        "another_skin: {range: 1.2 m, lasts: 20 s, busy: true, holding: true, transfer: {}}"
    )

    what: tuple[Annotated[str, Choice(tuple(TRANSFERS))], ...] = key(
        "what changes places: strength (stamina, fatigue, energy), limbs (how far wounds impair "
        "arms and legs), pain",
        tuple(TRANSFERS),
    )


class Feed(Section):
    """Lives on the fear in the eyes of whom it is used on, and is shaken if there is none."""

    EXAMPLE: ClassVar[str] = (
        "fear_eater: {range: 2 m, lasts: 1 min, holding: true, feed: {energy: 0.05, composed: 0.2}}"
    )

    energy: _Rate = key("energy in a second, from one as afraid as can be", 0.1)
    composed: Share = key("fear below which the other's composure frightens him", 0.2)
    fear: _Rate = key("by how much, in a second", 0.1)


class Boost(Section):
    """Changes the body of the one who uses it, while it lasts."""

    EXAMPLE: ClassVar[str] = (
        "brew: {cast: 3 s, lasts: 2 min, again: 10 min, boost: {force: 1.5, courage: 0.4}}"
    )

    speed: _Factor = key("factor of his speed", 1.0)
    force: _Factor = key("factor of the force of his blows, and of his grip", 1.0)
    skill: _Factor = key("factor of his training, which stays within 1", 1.0)
    courage: Share = key("courage that it adds", 0.0)


class Rage(Section):
    """Thought fails while it lasts: only whom he would kill, hand to hand, and powers drive him."""

    EXAMPLE: ClassVar[str] = "blood_fury: {consent: 1.5, lasts: 30 s, rage: {spares_nobody: true}}"

    spares_nobody: Switch = key("he takes everybody for an enemy, companions too", False)


class Blast(Section):
    """Spreads from where it is used and strikes whoever is in it, again and again."""

    EXAMPLE: ClassVar[str] = (
        "dome: {lasts: 8 s, outlives: true, blast: {radius: 20 m, grows: 4 m/s, weapon: sword}}"
    )

    radius: Metres = key("how far it gets")
    grows: _Speed = key("how fast; 0: it is there at once", 0.0)
    weapon: Name = key("the weapon that says how it wounds; nobody parries it")
    spares: tuple[Name, ...] = key("people whom it leaves alone, and 'self'", ("self",))
    leaves: tuple[Name, ...] = key("names of terrain whose grass it leaves standing", ())


class Lift(Section):
    """Raises whoever is near off the ground while it lasts; then they fall."""

    EXAMPLE: ClassVar[str] = "updraught: {cast: 1 s, lasts: 4 s, lift: {radius: 6 m, height: 3 m}}"

    radius: Metres = key("how near")
    height: Metres = key("how high, in whole metres, at least 2", 2.0)


class Conceal(Section):
    """Nobody sees him while it lasts, unless he strikes or throws."""

    EXAMPLE: ClassVar[str] = "cloak_of_leaves: {cast: 1 s, lasts: 1 min, conceal: {}}"


class Sense(Section):
    """Sharper senses, while it lasts."""

    EXAMPLE: ClassVar[str] = (
        "hawk_eyes: {cast: 0.2 s, lasts: 30 min, sense: {keen: 3, all_round: true, tint: amber}}"
    )

    all_round: Switch = key("he sees all round", False)
    keen: _Factor = key(
        "how many times farther off than others he knows people, and reads lips", 1.0
    )
    tint: Annotated[str, Words(NAME_CHARS)] | None = key(
        "the colour in which he sees all, for whoever tells of it", None
    )


class Faint(Section):
    """Takes the senses of whom it is used on, with hardly a touch."""

    EXAMPLE: ClassVar[str] = (
        "nerve_touch: {range: 1 m, cast: 0.4 s, again: 1 min, faint: {lasts: 5 min}}"
    )

    lasts: Seconds = key("for how long", 60.0)


class Heal(Section):
    """Closes the worst wound of whom it is used on, once a second, and takes his pain."""

    EXAMPLE: ClassVar[str] = (
        "laying_on_of_hands: {range: 1.2 m, lasts: 20 s, busy: true, heal: {pain: 0.05}}"
    )

    pain: _Rate = key("pain taken in a second", 0.05)


class Summon(Section):
    """Lets fighters of a reserve step out where it is used."""

    EXAMPLE: ClassVar[str] = (
        "call_of_the_wild: {cast: 3 s, energy: 0.5, summon: {unit: wolves, count: 6}}"
    )

    unit: Name = key("the reserve")
    count: Annotated[int, Whole(1, FIGHTERS)] = key("how many of it", 1)


class Hurl(Section):
    """Throws something that lies at hand at whom it is used on."""

    EXAMPLE: ClassVar[str] = (
        "whatever_lies_there: {range: 20 m, cast: 0.6 s, again: 3 s, hurl: {weapon: stone}}"
    )

    weapon: Name = key("what it is: a weapon that can be thrown")


class Cry(Section):
    """A cry that goes up as it takes effect."""

    level: Annotated[float, Number("dB", 40.0, 130.0)] = key("loudness at one metre", 100.0)
    of: Annotated[str, Choice(("self", "other"))] = key("whose: his own, or the other's", "self")
    inhuman: Switch = key("it sounds like nothing human", False)


EFFECT_SECTIONS: dict[str, type[Section]] = {
    "hold": Hold,
    "barrier": Barrier,
    "drain": Drain,
    "transfer": Transfer,
    "feed": Feed,
    "boost": Boost,
    "rage": Rage,
    "blast": Blast,
    "lift": Lift,
    "conceal": Conceal,
    "sense": Sense,
    "faint": Faint,
    "heal": Heal,
    "summon": Summon,
    "hurl": Hurl,
}
EFFECTS = tuple(EFFECT_SECTIONS)
ON_OTHERS = ("hold", "drain", "transfer", "feed", "faint", "heal", "hurl")
_WHILE = tuple(name for name in EFFECTS if name not in ("faint", "summon", "hurl"))


class Power(Section):
    """A power: what it costs, how it is used, and one or more of the effects below.

    It needs somebody who has it (`people[].powers`) and a drive that uses it.
    """

    title: Text = key("its name for people", "")
    cast: Seconds = key("how long it is gathered; a wound breaks that off", 0.4)
    energy: Share = key("what it costs", 0.0)
    range: Metres = key("on somebody as near as this; 0: on himself, where he stands", 0.0)
    lasts: Seconds = key("how long it goes on; 0: it does its work at once", 0.0)
    again: Seconds = key("how long, after its end, until he can use it again", 0.0)
    busy: Switch = key("he can do nothing else while it lasts", False)
    when_held: Switch = key("it can be used by one who is held", False)
    when_broken: Switch = key("it can be used by one who has broken, instead of running", False)
    holding: Switch = key("only on one whom he holds, and as long as he does", False)
    charge: _Strength = key("what barriers he gets through while it lasts", 0.0)
    consent: _Strength = key(
        "how far the drive that calls for it must be stirred before he gives in to it", 0.0
    )
    outlives: Switch = key("it goes on though he who used it has lost his senses", False)
    senseless: Switch = key("it takes the senses of the one who uses it, while it lasts", False)
    shows: Switch = key("it draws every eye", False)
    cry: Cry | None = key("a cry that goes up", None)
    then: Name | None = key("the power that follows by itself when it ends, where it was", None)
    hold: Hold | None = key("effect", None)
    barrier: Barrier | None = key("effect", None)
    drain: Drain | None = key("effect", None)
    transfer: Transfer | None = key("effect", None)
    feed: Feed | None = key("effect", None)
    boost: Boost | None = key("effect", None)
    rage: Rage | None = key("effect", None)
    blast: Blast | None = key("effect", None)
    lift: Lift | None = key("effect", None)
    conceal: Conceal | None = key("effect", None)
    sense: Sense | None = key("effect", None)
    faint: Faint | None = key("effect", None)
    heal: Heal | None = key("effect", None)
    summon: Summon | None = key("effect", None)
    hurl: Hurl | None = key("effect", None)

    @property
    def tint(self) -> str:
        """The colour in which he who uses it sees all; empty: as ever."""
        return (self.sense.tint or "") if self.sense is not None else ""

    @model_validator(mode="after")
    def _possible(self) -> Power:
        found = [name for name in EFFECTS if getattr(self, name) is not None]
        if not found:
            raise wrong(f"a power has at least one effect: {', '.join(EFFECTS)}")
        for name in found:
            if name in ON_OTHERS and self.range == 0.0:
                raise wrong(f"'{name}' is for somebody else; say from how near: 'range: 1.2 m'")
            if name in _WHILE and self.lasts == 0.0:
                raise wrong(f"'{name}' does nothing at once; say for how long: 'lasts: 10 s'")
        self._agrees()
        return self

    def _agrees(self) -> None:
        """Whether what it says of itself does not contradict itself."""
        if self.holding and self.range == 0.0:
            raise wrong("'holding' is about somebody else; say from how near: 'range: 1.2 m'")
        if self.holding and self.hold is not None:
            raise wrong(
                "who holds somebody lays hold of nobody else; leave 'holding' or 'hold' out"
            )
        if self.transfer is not None and not self.transfer.what:
            raise wrong(f"a transfer of nothing is none; say what: {', '.join(TRANSFERS)}")
        if self.transfer is not None and not self.busy:
            raise wrong("he is helpless while that comes about; add 'busy: true'")
        if self.barrier is not None and not self.barrier.stops:
            raise wrong("a barrier that stops nothing is none; say what, as in 'stops: [people]'")
        if self.senseless and not self.outlives:
            raise wrong("with 'senseless' it would end as it begins; add 'outlives: true'")
        if self.senseless and self.busy:
            raise wrong("one who is senseless is not busy; leave one of 'senseless' and 'busy' out")
        if self.cry is not None and self.cry.of == "other" and self.range == 0.0:
            raise wrong("it is used on nobody else who could cry; say 'of: self'")
        if self.hold is not None and self.hold.hauls and self.busy:
            raise wrong("one who hauls is not busy; leave one of 'hauls' and 'busy' out")
