"""From people on paper to people in a battle: numbers for names, ties to each, drives."""

from __future__ import annotations

import numpy as np

from affray.scenario import people as paper
from affray.scenario.model import Scenario
from affray.world.errors import ScenarioError
from affray.world.people import FEATURES, Condition, Drive, Person, Tie

_KNOWN_TO_ALL = ("face", "voice")  # nobody's is unremarkable


def cast(scenario: Scenario, first: np.ndarray) -> tuple[Person, ...]:
    """The people of a scenario. ``first``: ids of the first fighters of its units, and the end.

    Raises ScenarioError if somebody is a fighter that his unit does not have.
    """
    numbers = {person.name: number for number, person in enumerate(scenario.people)}
    powers = {name: number for number, name in enumerate(scenario.powers)}
    looks = _looks(scenario)
    return tuple(
        Person(
            name=person.name,
            fighter=_fighter(scenario, person, first),
            looks=looks[number],
            ties=tuple(_tie(person, other) for other in numbers),
            drives=tuple(_drive(drive, numbers, powers) for drive in person.drives),
            powers=tuple(dict.fromkeys(powers[name] for name in person.powers)),
            memories=len(person.memories),
        )
        for number, person in enumerate(scenario.people)
    )


def _fighter(scenario: Scenario, person: paper.Person, first: np.ndarray) -> int:
    if person.unit is None:
        return -1
    row = [unit.name for unit in scenario.units].index(person.unit)
    fighter = int(first[row]) + person.number - 1
    if fighter >= first[row + 1]:
        problem = (
            f"{person.name} is number {person.number} of unit '{person.unit}', which has "
            f"{int(first[row + 1] - first[row])} fighters; a unit keeps at least one at any size"
        )
        raise ScenarioError([problem])
    return fighter


def _looks(scenario: Scenario) -> list[tuple[int, ...]]:
    """Of each person a number for each feature: equal for equal words, 0: strikes nobody."""
    words: dict[tuple[str, str], int] = {}

    def number(feature: str, word: str | None, name: str) -> int:
        if word is None and feature not in _KNOWN_TO_ALL:
            return 0
        return words.setdefault((feature, word if word is not None else f" {name}"), len(words) + 1)

    return [
        tuple(number(feature, getattr(person.looks, feature), person.name) for feature in FEATURES)
        for person in scenario.people
    ]


def _tie(person: paper.Person, other: str) -> Tie:
    tie = person.ties.get(other)
    if tie is None:
        return Tie(knows=1.0 if other == person.name else 0.0)
    return Tie(
        love=tie.love, loyalty=tie.loyalty, trust=tie.trust, hatred=tie.hatred, knows=tie.knows,
        dead=tie.dead, skill=-1.0 if tie.skill is None else tie.skill,
    )  # fmt: skip


def _drive(drive: paper.Drive, numbers: dict[str, int], powers: dict[str, int]) -> Drive:
    whom = -1 if drive.whom is None else numbers[drive.whom]
    return Drive(
        deed=drive.do,
        whom=whom,
        strength=drive.strength,
        at_threat=drive.at == "threat",
        power=-1 if drive.power is None else powers[drive.power],
        when=tuple(
            Condition(
                word=condition.what,
                of=whom if condition.of is None else numbers[condition.of],
                level=condition.least if condition.within is None else condition.within,
            )
            for condition in drive.when
        ),
    )
