"""A battle on paper: the whole of a scenario, as read and checked.

Only what `affray.scenario.load` and its siblings return is checked as a whole (names that refer to
each other, places within the field); a model built past them is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, PrivateAttr, model_validator

from affray.scenario.equipment import Armour, Shield, Weapon, over_bundled
from affray.scenario.fields import (
    Choice,
    Name,
    Number,
    Section,
    Short,
    Switch,
    Text,
    Whole,
    key,
    wrong,
)
from affray.scenario.ground import FieldOfBattle
from affray.scenario.inner import Notion
from affray.scenario.people import Person
from affray.scenario.powers import Power
from affray.scenario.problems import NOWHERE, Place, Written
from affray.scenario.units import Reinforcement, Side, Unit
from affray.world.errors import ScenarioError
from affray.world.limits import (
    CATALOGUE_ENTRIES,
    FIGHTERS,
    NOTIONS,
    PEOPLE,
    POWERS,
    SEED,
    SIDES,
    UNITS,
)

VERSION = 1
LEVELS = ("summary", "events", "full")  # of what a recording keeps

Period = Annotated[float, Number("s", 0.05, 1e6)]


def _read_condition(value: Any) -> Any:
    if value == "one_side_left":
        return {"one_side_left": True}
    if value == "quiet_for":
        raise wrong("quiet_for says for how long, such as 'quiet_for: 60 s'")
    if isinstance(value, str):
        raise wrong(f"'{value}' ends no battle; allowed are one_side_left and 'quiet_for: 60 s'")
    return value


class EndCondition(Section):
    """One of the conditions that end a battle early."""

    one_side_left: Switch = key(
        "ends when those still fighting are of one side or its friends", False
    )
    quiet_for: Period | None = key("ends when no blow has landed for this long", None)

    @model_validator(mode="after")
    def _one_condition(self) -> EndCondition:
        if self.one_side_left == (self.quiet_for is not None):
            raise wrong("each entry is one condition: one_side_left, or 'quiet_for: 60 s'")
        return self


Condition = Annotated[EndCondition, Short(_read_condition, {"enum": ["one_side_left"]})]


class End(Section):
    """When the battle ends: at the first of these."""

    after: Period = key("at the latest after this time", 1800.0)
    when: Annotated[tuple[Condition, ...], Field(max_length=8)] = key(
        "list of conditions: one_side_left, 'quiet_for: 60 s'", (EndCondition(one_side_left=True),)
    )


class Record(Section):
    """What the recording keeps."""

    level: Annotated[str, Choice(LEVELS)] = key(
        "summary: counts over time; events: falls, breaks, orders, throws and their causes; "
        "full: every blow too",
        "events",
    )
    frames_every: Period = key("time between pictures of the field for playback", 1.0)
    metrics_every: Period = key("time between rows of the counts", 1.0)
    checkpoint_every: Period = key("time between exact states to resume and fork from", 60.0)


def _weapons(own: Any) -> Any:
    return over_bundled("weapons", own)


def _armour(own: Any) -> Any:
    return over_bundled("armour", own)


def _shields(own: Any) -> Any:
    return over_bundled("shields", own)


def _by_name(powers: dict[str, Power]) -> dict[str, Power]:
    """Powers are numbered by name, so that they keep their numbers however the file is written."""
    return dict(sorted(powers.items()))


class Scenario(Section):
    """A battle on paper."""

    affray: Annotated[int, Whole(VERSION, VERSION)] = key("version of this format: 1", VERSION)
    name: Name = key("short name, as used on the command line")
    title: Text = key("name for people", "")
    about: Text = key("what happens, in a few sentences", "")
    shows: Text = key("what this battle is good for seeing", "")
    sources: tuple[Text, ...] = key("works the battle is drawn from", ())
    scale: Text = key(
        "how large it is by default, how long that takes, and what scaling changes", ""
    )
    size: Annotated[int, Whole(1, FIGHTERS)] | None = key(
        "fighters in all; every unit grows or shrinks with it, though never below one fighter, "
        "lengths by the square root. "
        "Default: the sum of counts",
        None,
    )
    grows: Annotated[str, Choice(("stretch", "tile"))] = key(
        "how it takes a larger size: stretch makes units and field larger; tile lays the whole "
        "battle side by side as often as it goes, and stretches by the rest",
        "stretch",
    )
    dt: Annotated[float, Number("s", 0.05, 0.5)] = key("length of a tick", 0.2)
    seed: Annotated[int, Whole(0, SEED)] = key("all luck hangs on it", 1)
    clock: Text = key("time of day when it opens, for people", "")
    field: FieldOfBattle = key("the field")
    sides: Annotated[tuple[Side, ...], Field(min_length=1, max_length=SIDES)] = key(
        "the parties, at most 8"
    )
    units: Annotated[tuple[Unit, ...], Field(min_length=1, max_length=UNITS)] = key("the units")
    reinforcements: Annotated[tuple[Reinforcement, ...], Field(max_length=UNITS)] = key(
        "what brings the reserves in", ()
    )
    people: Annotated[tuple[Person, ...], Field(max_length=PEOPLE)] = key(
        "people whom the battle names, with ties and drives of their own", ()
    )
    notions: Annotated[tuple[Notion, ...], Field(max_length=NOTIONS)] = key(
        "what people may hold true, hope for or ask themselves", ()
    )
    powers: Annotated[dict[Name, Power], Field(max_length=POWERS), AfterValidator(_by_name)] = key(
        "what some of the people can do that no weapon does, by name", {}
    )
    weapons: Annotated[
        dict[Name, Weapon], Field(max_length=CATALOGUE_ENTRIES), BeforeValidator(_weapons)
    ] = key("own weapons, and changes to weapons of the catalogue, by name", {})
    armour: Annotated[
        dict[Name, Armour], Field(max_length=CATALOGUE_ENTRIES), BeforeValidator(_armour)
    ] = key("own armour, and changes to armour of the catalogue, by name", {})
    shields: Annotated[
        dict[Name, Shield], Field(max_length=CATALOGUE_ENTRIES), BeforeValidator(_shields)
    ] = key("own shields, and changes to shields of the catalogue, by name", {})
    parameters: dict[str, float] = key(
        "other values for parameters of the rules, as 'group.name: value' or nested", {}, live=True
    )
    end: End = key("when the battle ends", End())
    record: Record = key("what the recording keeps", Record())

    _written: Written = PrivateAttr(default=NOWHERE)

    def but(self, **changes: Any) -> Self:
        """This scenario with other values for some keys, which are not checked."""
        other = super().but(**changes)
        other._written = self._written
        return other

    def placed(self, units: Mapping[str, Place]) -> Self:
        """This scenario, knowing where the place of each unit was written."""
        other = self.model_copy()
        other._written = Written(units)
        return other

    def refusal(self, unit: str, problem: str) -> ScenarioError:
        """The error that a unit cannot be built as it is, placed where the unit was written."""
        place = self._written.units.get(unit)
        return ScenarioError([f"{place}: {problem}" if place is not None else problem])

    def unit(self, name: str) -> Unit:
        """The unit of that name. Raises KeyError."""
        return {unit.name: unit for unit in self.units}[name]

    def fighters(self) -> int:
        """How many fighters stand on this paper, reserves among them."""
        return sum(unit.count for unit in self.units)

    def foes_of(self, side: str) -> tuple[str, ...]:
        """Names of the sides that `side` fights: those it names, or all others."""
        own = next(entry for entry in self.sides if entry.name == side)
        others = tuple(entry.name for entry in self.sides if entry.name != side)
        return others if own.hostile_to is None else own.hostile_to
