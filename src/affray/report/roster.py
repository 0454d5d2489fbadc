"""``Roster``: who is in a battle, as people call them.

Fighters are numbers in a recording. A roster turns them into names and names into them: a
leader is called what the scenario calls him, the only fighter of a unit is called as the unit,
everybody else ``unit/number``, numbered from 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Self

import numpy as np

from affray.report.paper import scenario_of
from affray.world.errors import UsageError

if TYPE_CHECKING:
    from affray.record import Recording
    from affray.scenario import Scenario
    from affray.world.people import Drive, Person

NEAREST = 5  # names offered for one that is unknown


@dataclass(frozen=True)
class SideName:
    """A side: its name, its name for people, its colour ``#rrggbb``."""

    name: str
    title: str
    colour: str


@dataclass(frozen=True)
class WeaponName:
    """A weapon: its name for people; how it wounds (cut, thrust, blunt); whether it only shoots."""

    title: str
    kind: str
    only_shot: bool


@dataclass(frozen=True)
class Roster:
    """Names of a battle. ``unit_first[u]:unit_first[u + 1]`` are the fighters of unit u.

    ``named``: fighters who have a name of their own, by id. ``reserve[u]``: the unit began off
    the field. ``foes[s]``: the sides that side s fights.
    ``orders``: what each order of the battle's table says. ``people``: names of the people, by
    number. ``drives``: what each of them who fights is driven to, ``memories``: what he remembers,
    by id. ``notions``: what each of the battle's says. ``tints``: in what colour each power lets
    one see.
    """

    battle: str
    title: str
    sides: tuple[SideName, ...]
    units: tuple[str, ...]
    unit_side: tuple[int, ...]
    unit_first: np.ndarray
    reserve: tuple[bool, ...]
    foes: tuple[frozenset[int], ...]
    named: dict[int, str]
    leaders: tuple[int, ...]
    weapons: tuple[WeaponName, ...]
    orders: tuple[str, ...]
    people: tuple[str, ...]
    drives: dict[int, tuple[str, ...]]
    powers: tuple[str, ...]
    tints: tuple[str, ...]
    memories: dict[int, tuple[str, ...]]
    notions: tuple[str, ...]

    @classmethod
    def of(cls, scenario: Scenario) -> Self:
        """The roster of a checked scenario, at its ``size``."""
        from affray.scenario import scaled
        from affray.scenario.build import COLOURS
        from affray.scenario.casting import cast, first_ids
        from affray.scenario.inner import gloss
        from affray.scenario.kit import FISTS, weapon_of, weapon_table
        from affray.scenario.orders import order_names

        scenario = scaled(scenario)
        sides = [side.name for side in scenario.sides]
        first = first_ids(scenario)
        named = {}
        for number, unit in enumerate(scenario.units):
            if unit.leader is not None and unit.leader.name:
                named[int(first[number])] = unit.leader.name
            elif unit.count == 1:
                named[int(first[number])] = unit.name
        people = cast(scenario)
        powers = tuple(power.title or name for name, power in scenario.powers.items())
        notions = tuple(gloss(notion) for notion in scenario.notions)
        named |= {person.fighter: person.name for person in people if person.fighter >= 0}
        least = weapon_of(scenario, FISTS).reach  # with less, nobody strikes
        arms = [(name, weapon_of(scenario, name)) for name in weapon_table(scenario)[1]]
        return cls(
            battle=scenario.name,
            title=scenario.title or scenario.name,
            sides=tuple(
                SideName(side.name, side.title or side.name, side.colour or COLOURS[number])
                for number, side in enumerate(scenario.sides)
            ),
            units=tuple(unit.name for unit in scenario.units),
            unit_side=tuple(sides.index(unit.side) for unit in scenario.units),
            unit_first=first,
            reserve=tuple(unit.reserve for unit in scenario.units),
            foes=tuple(frozenset(map(sides.index, scenario.foes_of(side))) for side in sides),
            named=named,
            leaders=tuple(
                int(first[number])
                for number, unit in enumerate(scenario.units)
                if unit.leader is not None
            ),
            weapons=tuple(
                WeaponName(arm.title or name, arm.kind, arm.thrown and arm.reach < least)
                for name, arm in arms
            ),
            orders=order_names(scenario),
            people=tuple(person.name for person in people),
            drives={
                person.fighter: tuple(
                    _driven(drive, people, powers, notions) for drive in person.drives
                )
                for person in people
            },
            powers=powers,
            tints=tuple(power.tint for power in scenario.powers.values()),
            memories={
                person.fighter: tuple(memory.name for memory in person.memories)
                for person in people
            },
            notions=notions,
        )

    @classmethod
    def from_recording(cls, recording: Recording) -> Self:
        """The roster of the battle that was recorded."""
        return cls.of(scenario_of(recording))

    @property
    def fighters(self) -> int:
        """How many fighters there are, reserves among them."""
        return int(self.unit_first[-1])

    def unit_of(self, fighter: int) -> int:
        """Number of the fighter's unit."""
        return int(np.searchsorted(self.unit_first, fighter, side="right")) - 1

    def side_of(self, fighter: int) -> int:
        """Number of the fighter's side."""
        return self.unit_side[self.unit_of(fighter)]

    def sides_of(self, fighters: np.ndarray) -> np.ndarray:
        """Numbers of the fighters' sides, (n,)."""
        units = np.searchsorted(self.unit_first, fighters, side="right") - 1
        return np.array(self.unit_side, np.int64)[units]

    def place_in_unit(self, fighter: int) -> str:
        """``unit/number``, numbered from 1."""
        unit = self.unit_of(fighter)
        return f"{self.units[unit]}/{fighter - int(self.unit_first[unit]) + 1}"

    def name(self, fighter: int) -> str:
        """What the fighter is called."""
        return self.named.get(fighter) or self.place_in_unit(fighter)

    def weapon(self, row: int) -> WeaponName:
        """A weapon by its row in the battle's table."""
        return self.weapons[row]

    def find(self, text: str) -> int:
        """The fighter whom ``text`` names: an id, ``unit/number``, or a name.

        Upper and lower case are the same. Raises UsageError that offers the nearest names.
        """
        wanted = text.strip()
        if wanted.lstrip("-").isdecimal():
            return self._by_id(wanted)
        unit, slash, number = wanted.rpartition("/")
        if slash and number.isdecimal():
            return self._by_place(wanted, unit, int(number))
        for fighter, name in self.named.items():
            if name.casefold() == wanted.casefold():
                return fighter
        for row, name in enumerate(self.units):
            if name.casefold() == wanted.casefold():
                last = int(self.unit_first[row + 1] - self.unit_first[row])
                raise UsageError(
                    f"'{wanted}' is a unit of {last} fighters; say which one: "
                    f"{name}/1 to {name}/{last}"
                )
        raise UsageError(f"nobody is called '{wanted}'{self._nearest(wanted)}")

    def _by_id(self, text: str) -> int:
        if len(text) < 12 and 0 <= int(text) < self.fighters:
            return int(text)
        raise UsageError(
            f"there is no fighter {text[:40]}; ids run from 0 to {self.fighters - 1} "
            f"({self.name(0)} to {self.name(self.fighters - 1)})"
        )

    def _by_place(self, text: str, unit: str, number: int) -> int:
        for row, name in enumerate(self.units):
            if name.casefold() == unit.casefold():
                count = int(self.unit_first[row + 1] - self.unit_first[row])
                if 1 <= number <= count:
                    return int(self.unit_first[row]) + number - 1
                raise UsageError(
                    f"there is no {text[:80]}; {name} has {count} fighters, "
                    f"{name}/1 to {name}/{count}"
                    if count > 1
                    else f"there is no {text[:80]}; {name} is alone in that unit, {name}/1"
                )
        raise UsageError(f"there is no unit '{unit[:80]}'{self._nearest(unit, number)}")

    def _nearest(self, wanted: str, number: int = 1) -> str:
        """Names like the one that is unknown, as the end of a sentence."""
        known: dict[str, str] = {}
        for row, name in enumerate(self.units):
            count = int(self.unit_first[row + 1] - self.unit_first[row])
            known[name.casefold()] = f"{name}/{min(number, count)}"
        for name in self.named.values():
            known[name.casefold()] = name
        near = get_close_matches(wanted.casefold()[:80], list(known), n=NEAREST, cutoff=0.4)
        if near:
            verb = "is" if len(near) == 1 else "are"
            return f"; nearest {verb} {', '.join(known[name] for name in near)}"
        return f"; write an id (0 to {self.fighters - 1}) or unit/number, such as {self.units[0]}/1"


def _driven(
    drive: Drive, people: Sequence[Person], powers: Sequence[str], notions: Sequence[str]
) -> str:
    """What a drive is to: ``guard Mara``, ``use the hold at the throat on Mara``, ``say to Mara:
    it is over``.
    """
    what, at = drive.deed, ""
    if drive.power >= 0:
        what, at = f"use {powers[drive.power]}", "on "
    elif drive.deed == "say":
        at = "to " if drive.notion >= 0 else ""
        what = "say" if drive.notion >= 0 else "call"
    if drive.whom >= 0:
        what += f" {at}{people[drive.whom].name}"
    return f"{what}: {notions[drive.notion]}" if drive.notion >= 0 else what
