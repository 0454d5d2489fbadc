"""Who is who in a scenario, as a testimony needs it: names of people, powers, weapons, orders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from affray.scenario import Scenario


@dataclass(frozen=True)
class Cast:
    """Names by number. ``fighters``: of each person (-1: not in this battle). ``looks``: of each
    person, words by feature. ``grips``: the powers that hold somebody;
    ``tints``: in what colour each lets its user see. ``drives`` and ``memories``:
    of the one who testifies. ``notions``: name, kind and whom each is about. ``forms``: how a
    fighter addresses a person, where it is not by the plain name.
    """

    people: tuple[str, ...]
    fighters: tuple[int, ...]
    looks: tuple[dict[str, str], ...]
    powers: tuple[str, ...]
    grips: frozenset[int]
    tints: tuple[str, ...]
    weapons: tuple[str, ...]
    weapon_kinds: tuple[str, ...]
    orders: tuple[str, ...]
    drives: tuple[tuple[str, str, str], ...]
    memories: tuple[str, ...]
    notions: tuple[tuple[str, str, str], ...]
    forms: dict[tuple[int, int], str]

    @classmethod
    def of(cls, scenario: Scenario, fighter: int) -> Self:
        """The cast of a scenario, at its size, as ``fighter`` meets it."""
        from affray.scenario.casting import cast
        from affray.scenario.kit import weapon_of, weapon_table
        from affray.scenario.orders import order_names

        arms = [(name, weapon_of(scenario, name)) for name in weapon_table(scenario)[1]]
        people = cast(scenario)
        numbers = {person.fighter: number for number, person in enumerate(people)}
        paper: Any = scenario.people[numbers[fighter]] if fighter in numbers else None
        return cls(
            people=tuple(person.name for person in people),
            fighters=tuple(person.fighter for person in people),
            looks=tuple(
                {name: word for name, word in person.looks if word} for person in scenario.people
            ),
            powers=tuple(scenario.powers),
            tints=tuple(power.tint for power in scenario.powers.values()),
            grips=frozenset(
                number
                for number, power in enumerate(scenario.powers.values())
                if power.hold is not None
            ),
            weapons=tuple(name for name, _ in arms),
            weapon_kinds=tuple(arm.kind for _, arm in arms),
            orders=order_names(scenario),
            drives=tuple(
                (drive.do, drive.whom or "", drive.power or "")
                for drive in (paper.drives if paper else ())
            ),
            memories=tuple(memory.name for memory in paper.memories) if paper else (),
            notions=tuple(
                (notion.name, notion.kind, notion.about or "") for notion in scenario.notions
            ),
            forms={
                (numbered.fighter, [one.name for one in people].index(name)): tie.calls
                for numbered, person in zip(people, scenario.people, strict=True)
                for name, tie in person.ties.items()
                if tie.calls
            },
        )

    def order(self, row: int) -> str:
        """The word of an order by its row."""
        return self.orders[row] if 0 <= row < len(self.orders) else ""

    def drive(self, number: int) -> tuple[str, str, str]:
        """Deed, person and power of one of the witness's drives."""
        return self.drives[number] if 0 <= number < len(self.drives) else ("", "", "")

    def memory(self, left: int) -> str:
        """The memory that was lost last, when so many are left: the oldest go first."""
        lost = len(self.memories) - left - 1
        return self.memories[lost] if 0 <= lost < len(self.memories) else ""

    def form(self, speaker: int, number: int) -> str:
        """How a fighter addresses one of the people; nothing for -1."""
        return self.forms.get((speaker, number)) or self.person(number)

    def person(self, number: int) -> str:
        """The name of one of the people; nothing for -1."""
        return self.people[number] if 0 <= number < len(self.people) else ""
