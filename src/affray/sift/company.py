"""``Company``: who and what is in a battle, as patterns ask for it.

Fighters are their ids. A person who is known but not in the battle is a number beyond them: he can
be believed in and mistaken for, so he can have a role.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from affray.report.roster import Roster
from affray.scenario.fields import listed, nearest
from affray.scenario.powers import EFFECTS
from affray.sift.happenings import OF_DRIVES, SPOKEN, THOUGHTS, numbers
from affray.world.errors import UsageError

if TYPE_CHECKING:
    from affray.scenario import Scenario
    from affray.sift.patterns import Match, Role
    from affray.world.people import Drive

Array = np.ndarray[Any, Any]
NOBODY = -1


@dataclass(frozen=True)
class Company:
    """``fighter``: of each person, by number. ``drives``, ``memories``: of each fighter who has
    any. ``powers``: name → effects; ``weapons``, ``notions``: names; all in the order of their
    numbers.
    """

    roster: Roster
    fighter: Array
    drives: dict[int, tuple[Drive, ...]]
    powers: dict[str, frozenset[str]]
    weapons: tuple[str, ...]
    memories: dict[int, tuple[str, ...]]
    notions: tuple[str, ...]

    @classmethod
    def of(cls, scenario: Scenario) -> Company:
        """The company of a checked scenario, at its ``size``."""
        from affray.scenario import scaled
        from affray.scenario.casting import cast
        from affray.scenario.kit import weapon_table

        whole, roster = scaled(scenario), Roster.of(scenario)
        people = cast(whole)
        beyond = roster.fighters
        return cls(
            roster=roster,
            fighter=np.array(
                [p.fighter if p.fighter >= 0 else beyond + k for k, p in enumerate(people)],
                np.int64,
            ),
            drives={person.fighter: person.drives for person in people},
            powers={
                name: frozenset(one for one in EFFECTS if getattr(power, one) is not None)
                for name, power in whole.powers.items()
            },
            weapons=tuple(weapon_table(whole)[1]),
            memories=roster.memories,
            notions=tuple(notion.name for notion in whole.notions),
        )

    @property
    def size(self) -> int:
        """How many can have a role: fighters, and after them a place for each person."""
        return self.roster.fighters + len(self.fighter)

    def name(self, who: int) -> str:
        """What somebody is called."""
        beyond = who - self.roster.fighters
        return self.roster.name(who) if beyond < 0 else self.roster.people[beyond]

    def side(self, who: int) -> int:
        """The number of somebody's side, ``NOBODY``'s if he is not in the battle."""
        return self.roster.side_of(who) if who < self.roster.fighters else NOBODY

    def are_enemies(self, one: int, other: int) -> bool:
        """Whether the sides of two fight each other."""
        a, b = self.side(one), self.side(other)
        foes = self.roster.foes
        return min(a, b) >= 0 and (a in foes[b] or b in foes[a])

    def are_companions(self, one: int, other: int) -> bool:
        """Whether two are of one side."""
        return self.side(one) == self.side(other) != NOBODY

    def may_play(self, role: Role) -> Array:
        """(size,) bool: who can have a role. Raises UsageError if its name is nobody's."""
        roster, fighters = self.roster, self.roster.fighters
        units = np.searchsorted(roster.unit_first, np.arange(fighters), side="right") - 1
        may = np.ones(self.size, bool)
        may[fighters:] = np.isin(np.arange(fighters, self.size), self.fighter)
        is_one = np.isin(np.arange(self.size), self.fighter)
        if role.person is not None:
            may &= is_one == role.person
        if role.away is not None:
            may &= (np.arange(self.size) >= fighters) == role.away
        if role.leader is not None:
            may &= np.isin(np.arange(self.size), roster.leaders) == role.leader
        if role.side is not None:
            side = _number(role.side, [one.name for one in roster.sides], "side")
            may[:fighters] &= roster.sides_of(np.arange(fighters)) == side
            may[fighters:] = False
        if role.unit is not None:
            may[:fighters] &= units == _number(role.unit, roster.units, "unit")
            may[fighters:] = False
        if role.name is not None:
            may &= np.arange(self.size) == self._find(role.name)
        return may

    def _find(self, name: str) -> int:
        for number, person in enumerate(self.roster.people):
            if person.casefold() == name.strip().casefold():
                return int(self.fighter[number])
        return self.roster.find(name)

    # ------------------------------------------------------------------ what events are about

    def others(self, events: dict[str, Array]) -> Array:
        """The other one in each event; whom a thought is about, whether in the battle or not."""
        found = np.maximum(events["other"].astype(np.int64), NOBODY)
        thoughts = np.isin(events["kind"], numbers(THOUGHTS)) & (found < 0)
        if thoughts.any():
            found[thoughts] = self.fighter[events["place"][thoughts]]
        for row in np.flatnonzero(thoughts & np.isin(events["kind"], numbers(OF_DRIVES))).tolist():
            if self._drive(events, row).whom < 0:
                found[row] = NOBODY
        return found

    def fits(self, match: Match, events: dict[str, Array], rows: Array) -> Array:
        """Of the rows, those with the power and the drive that a match asks for.

        Raises UsageError if the battle has no such power.
        """
        if match.power is not None:
            number = _number(match.power, tuple(self.powers), "power")
            rows = rows[self._powers(match, events, rows) == number]
        if match.effect is not None:
            having = [k for k, has in enumerate(self.powers.values()) if match.effect in has]
            rows = rows[np.isin(self._powers(match, events, rows), having)]
        if match.drive is not None:
            does = [self._drive(events, row).deed == match.drive for row in rows]
            rows = rows[np.array(does, bool)]
        return self._minded(match, events, rows)

    def _minded(self, match: Match, events: dict[str, Array], rows: Array) -> Array:
        """Of the rows, those with the notion and the memory that a match asks for."""
        place = events["place"][rows].astype(np.int64)
        if match.notion is not None:
            number = _number(match.notion, self.notions, "notion")
            spoken = match.event in SPOKEN
            rows = rows[place == number + spoken]
        if match.memory is not None:
            _number(match.memory, tuple(dict.fromkeys(sum(self.memories.values(), ()))), "memory")
            whose = events["fighter"][rows]
            names = [self.memories[int(who)][n] for who, n in zip(whose, place, strict=True)]
            rows = rows[np.array([name == match.memory for name in names], bool)]
        return rows

    def weapon(self, name: str) -> int:
        """The number of a weapon. Raises UsageError if nobody carries it."""
        return _number(name, self.weapons, "weapon")

    def _powers(self, match: Match, events: dict[str, Array], rows: Array) -> Array:
        """Numbers of the powers that events are about."""
        if match.event not in OF_DRIVES:
            return events["place"][rows]
        return np.array([self._drive(events, row).power for row in rows], np.int64)

    def _drive(self, events: dict[str, Array], row: int) -> Drive:
        return self.drives[int(events["fighter"][row])][int(events["value"][row])]


def _number(name: str, names: list[str] | tuple[str, ...], what: str) -> int:
    if name not in names:
        there = f"there are {listed(names)}{nearest(name, names)}" if names else "it has none"
        raise UsageError(f"this battle has no {what} '{name}'; {there}")
    return names.index(name)
