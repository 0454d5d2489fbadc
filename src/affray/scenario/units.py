"""Sides, units, reinforcements: who stands where, with what, in which mood, under which orders."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator

from affray.scenario.commands import Order, Orders, Trigger, Triggers
from affray.scenario.fields import (
    Choice,
    Facing,
    Known,
    Name,
    Number,
    Point,
    Seconds,
    Section,
    Short,
    Spread,
    SpreadOf,
    Switch,
    Text,
    Whole,
    Words,
    key,
    wrong,
)
from affray.world.limits import FIGHTERS, ONCE_PER_UNIT
from affray.world.words import VOICES

TRAINING = {"green": 0.2, "trained": 0.5, "veteran": 0.75, "elite": 0.92}
FORMATIONS = ("line", "column", "wedge", "skirmish", "mob")
MASKED = ("none", "face", "all")
TIMBRES = ("men", "women", "mixed", "inhuman")


Training = Annotated[float, Number("", 0.0, 1.0), Known("training", TRAINING, "0 to 1")]
Trait = Annotated[Spread, SpreadOf("", 0.0, 1.0, 0.12)]
Mood = Annotated[Spread, SpreadOf("", 0.0, 1.0, 0.1)]


class Side(Section):
    """One of the parties."""

    name: Name = key("the side's name, unique")
    title: Text = key("the side's name for people", "")
    colour: (
        Annotated[str, Words(7, "#[0-9a-fA-F]{6}", "a colour is written '#rrggbb', in quotes")]
        | None
    ) = key(
        "colour in pictures, '#rrggbb' in quotes (a bare # begins a comment); default by order",
        None,
    )
    hostile_to: tuple[Name, ...] | None = key(
        "sides that this side fights; default: all others", None
    )


class Formation(Section):
    """How the fighters of a unit stand at the start, and try to keep standing."""

    shape: Annotated[str, Choice(FORMATIONS)] = key(
        "line, column, wedge, skirmish (loose line) or mob", "line"
    )
    ranks: Annotated[int, Whole(1, 2000)] | None = key(
        "how many stand one behind the other; default from shape and count", None
    )
    spacing: Annotated[float, Number("m", 0.4, 50.0)] | None = key(
        "from fighter to fighter; default 0.9 m, wedge 1 m, mob 1.1 m, skirmish 3.5 m", None
    )


class Carried(Section):
    """A weapon of which each fighter carries several."""

    name: Name = key("a weapon of the catalogue or of this scenario")
    count: Annotated[int, Whole(0, 200)] | None = key(
        "how many each fighter has to throw or shoot; default from the weapon", None
    )


def _read_carried(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


Weapons = Annotated[
    tuple[Annotated[Carried, Short(_read_carried, {"type": "string"})], ...],
    Field(min_length=1, max_length=8),
]


class Personality(Section):
    """What the fighters are like, each 0 to 1, spread over the unit. 0.5 is ordinary."""

    courage: Trait = key("how much fear it takes to break", Spread(mean=0.5, sd=0.12))
    discipline: Trait = key(
        "how much orders and formation weigh against the own will", Spread(mean=0.5, sd=0.12)
    )
    aggression: Trait = key("how much they seek the fight", Spread(mean=0.5, sd=0.12))
    belief: Trait = key("belief in the cause", Spread(mean=0.5, sd=0.12))
    loyalty: Trait = key("how much companions weigh", Spread(mean=0.5, sd=0.12))
    humour: Trait = key("readiness to banter and to laugh", Spread(mean=0.3, sd=0.15))
    composure: Trait = key(
        "how little a scream or a spectacle grips them", Spread(mean=0.5, sd=0.15)
    )
    voice: Trait = key("how well an order from them carries", Spread(mean=0.3, sd=0.15))


class PersonalityChange(Section):
    """Traits in which a leader differs from the unit; what is not said is as in the unit."""

    courage: Trait | None = key("how much fear it takes to break", None)
    discipline: Trait | None = key("how much orders and formation weigh against the own will", None)
    aggression: Trait | None = key("how much they seek the fight", None)
    belief: Trait | None = key("belief in the cause", None)
    loyalty: Trait | None = key("how much companions weigh", None)
    humour: Trait | None = key("readiness to banter and to laugh", None)
    composure: Trait | None = key("how little a scream or a spectacle grips him", None)
    voice: Trait | None = key("how well an order from him carries", None)


class Body(Section):
    """Bodies, spread over the unit."""

    mass: Annotated[Spread, SpreadOf("kg", 30.0, 250.0, 9.0)] = key(
        "body mass without equipment", Spread(mean=75.0, sd=9.0)
    )
    height: Annotated[Spread, SpreadOf("m", 1.0, 2.5, 0.07)] = key(
        "body height", Spread(mean=1.72, sd=0.07)
    )
    fitness: Trait = key(
        "endurance and strength: 0.5 an ordinary fit adult", Spread(mean=0.5, sd=0.12)
    )


class Opening(Section):
    """The state in which the fighters open the battle; a battle may begin hours in."""

    fatigue: Mood = key("how much of their endurance is spent", Spread(mean=0.0, sd=0.0))
    energy: Mood = key(
        "how much of the energy is left that techniques cost", Spread(mean=1.0, sd=0.0)
    )
    fear: Mood = key("fear when the battle opens", Spread(mean=0.0, sd=0.0))
    blood_lost: Annotated[Spread, SpreadOf("mL", 0.0, 3000.0, 60.0)] = key(
        "blood lost before the battle opens", Spread(mean=0.0, sd=0.0)
    )
    stained: Mood = key("share of body and blade stained with blood", Spread(mean=0.0, sd=0.0))
    morale: Mood = key("will to go on fighting", Spread(mean=0.6, sd=0.1))
    perched: Switch = key("each sits on what can be climbed at his place, such as a tree", False)


class Leader(Section):
    """The unit's leader: one of its fighters, the first by number. He is armed as they are."""

    name: Name | None = key("the leader's name, if the battle knows it", None)
    training: Training | None = key("as in the unit if not said", None)
    all_round: Switch | None = key("sees all round; as in the unit if not said", None)
    timbre: Annotated[str, Choice(tuple(VOICES))] | None = key(
        "what his or her voice is like; as in the unit if not said", None
    )
    personality: PersonalityChange = key(
        "traits in which the leader differs from the unit", PersonalityChange()
    )


def _read_mask(value: Any) -> Any:
    """``true`` and ``false`` stand for the face covered or not."""
    if value in (True, "true"):
        return "face"
    return "none" if value in (False, "false") else value


def _read_leader(value: Any) -> Any:
    if value == "none":
        return None
    if isinstance(value, str):
        raise wrong("a leader is a mapping of what differs from the unit, or none")
    return value


class Unit(Section):
    """Fighters who stand, and are led, together."""

    name: Name = key("the unit's name, unique; the luck of its fighters hangs on it")
    title: Text = key("the unit's name for people", "")
    like: Name | None = key(
        "another unit, as which all is that is not said here: side, count and the rest, but for "
        "its title, its place and its leader's name",
        None,
    )
    side: Name = key("the side it fights for")
    count: Annotated[int, Whole(1, FIGHTERS)] = key(
        "how many fighters it has, its leader among them"
    )
    place: Point | None = key(
        "centre of the unit at the start [x, y]; a reserve may leave it out", None
    )
    facing: Facing = key(
        "where it faces: 0 deg = east, counter-clockwise, or north, southwest, ...", 0.0
    )
    formation: Formation = key("how its fighters stand", Formation())
    training: Training = key("green 0.2, trained 0.5, veteran 0.75, elite 0.92, or 0 to 1", 0.5)
    weapons: Weapons = key(
        "weapons by name; the first is the main hand weapon", (Carried(name="sword"),)
    )
    armour: Name = key("armour by name", "cloth")
    shield: Name = key("shield by name, or none", "none")
    masked: Annotated[str, Choice(MASKED), Short(_read_mask, {"type": "boolean"})] = key(
        "what they cover: none; face (or true): no fear is read in faces, but in eyes; or all",
        "none",
    )
    standard: Switch = key(
        "one of its fighters carries a standard: the first by number who does not lead", False
    )
    all_round: Switch = key("they see all round, so that nobody comes up from behind", False)
    personality: Personality = key("what its fighters are like", Personality())
    body: Body = key("their bodies", Body())
    opening: Opening = key("the state in which they open the battle", Opening())
    leader: Annotated[Leader | None, Short(_read_leader, {"const": "none"})] = key(
        "what sets its leader apart; none: nobody leads it", Leader()
    )
    deputies: Annotated[int, Whole(0, 9)] = key(
        "how many are next in line to lead it, one after the other; the next by number", 2
    )
    timbre: Annotated[str, Choice(TIMBRES)] = key(
        "what their voices are like: men, women, mixed or inhuman", "men"
    )
    orders: Orders = key(
        "one order, or a list of them: in time, or on conditions that its leader perceives",
        (Order(do="advance"),),
        live=True,
    )
    triggers: Triggers = key("what each of its fighters does of himself", (), live=True)
    reserve: Switch = key("waits outside the field until a reinforcement calls it in", False)

    @model_validator(mode="after")
    def _few_once(self) -> Unit:
        once = sum(not trigger.again for trigger in self.triggers)
        if once > ONCE_PER_UNIT:
            raise wrong(
                f"{once} of its triggers may come about but once; at most {ONCE_PER_UNIT} can. Let "
                "the others come about again"
            )
        return self

    @model_validator(mode="after")
    def _written_out(self) -> Unit:
        if self.like is not None:
            raise wrong("'like' is for files: once a battle stands, change what should differ")
        return self

    def commands(self) -> tuple[Order | Trigger, ...]:
        """All that its fighters may be told, or tell themselves."""
        return (*self.orders, *self.triggers)


class When(Section):
    """When a reserve enters: at a time, or as others fall."""

    at: Seconds | None = key("all of it enters at this time", None)
    falls_in: Name | None = key("a unit or side whose falls call it in", None)
    each: Annotated[int, Whole(1, 1_000_000)] = key("after so many falls ...", 1)
    enter: Annotated[int, Whole(1, 1_000_000)] = key(
        "... so many enter, until the reserve is empty", 1
    )

    @model_validator(mode="after")
    def _one_trigger(self) -> When:
        if (self.at is None) == (self.falls_in is None):
            raise wrong("say either at (a time) or falls_in (a unit or side)")
        return self


class Reinforcement(Section):
    """A reserve unit and what brings it in."""

    unit: Name = key("the reserve unit that enters")
    enters: Point = key("where it enters [x, y]")
    facing: Facing | None = key("where it faces when it enters; default as the unit says", None)
    when: When = key("what brings it in")
