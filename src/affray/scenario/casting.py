"""From people on paper to people in a battle: numbers for names, ties to each, drives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from affray.scenario import people as paper
from affray.scenario.inner import Memory, confidences
from affray.scenario.model import Scenario
from affray.world import inner
from affray.world.people import FEATURES, Condition, Drive, Person, Tie

_KNOWN_TO_ALL = ("face", "voice")  # nobody's is unremarkable


def first_ids(scenario: Scenario) -> np.ndarray:
    """Ids of the first fighters of a scenario's units, and the end."""
    return np.cumsum([0, *(unit.count for unit in scenario.units)]).astype(np.int64)


def cast(scenario: Scenario) -> tuple[Person, ...]:
    """The people of a scenario."""
    first = first_ids(scenario)
    numbers = _Numbers(
        people={person.name: number for number, person in enumerate(scenario.people)},
        powers={name: number for number, name in enumerate(scenario.powers)},
        notions={notion.name: number for number, notion in enumerate(scenario.notions)},
    )
    looks = _looks(scenario)
    return tuple(
        Person(
            name=person.name,
            fighter=_fighter(scenario, person, first),
            looks=looks[number],
            ties=tuple(_tie(person, other) for other in numbers.people),
            drives=tuple(_drive(drive, person, numbers) for drive in person.drives),
            powers=tuple(dict.fromkeys(numbers.powers[name] for name in person.powers)),
            memories=tuple(_memory(memory, numbers) for memory in person.memories),
            holds=confidences(scenario.notions, person.holds),
        )
        for number, person in enumerate(scenario.people)
    )


def notions_of(scenario: Scenario) -> tuple[inner.Notion, ...]:
    """The notions of a scenario, in the order of the file."""
    people = {person.name: number for number, person in enumerate(scenario.people)}
    return tuple(
        inner.Notion(
            name=notion.name,
            kind=inner.KINDS.index(notion.kind),
            about=-1 if notion.about is None else people[notion.about],
            pro=_weights(notion.supported_by),
            contra=_weights(notion.refuted_by),
            brought=_cues(notion.brought_by),
            prior=notion.prior,
            fades_s=notion.fades,
        )
        for notion in scenario.notions
    )


@dataclass(frozen=True)
class _Numbers:
    """The numbers of what people name."""

    people: dict[str, int]
    powers: dict[str, int]
    notions: dict[str, int]


def _cues(words: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted({inner.CUES.index(word) for word in words}))


def _weights(words: Mapping[str, float]) -> tuple[tuple[int, float], ...]:
    return tuple(sorted((inner.CUES.index(word), weight) for word, weight in words.items()))


def _memory(memory: Memory, numbers: _Numbers) -> inner.Memory:
    of = -1 if memory.of is None else numbers.people[memory.of]
    return inner.Memory(memory.name, _cues(memory.tags), of, memory.sure, memory.fades)


def _fighter(scenario: Scenario, person: paper.Person, first: np.ndarray) -> int:
    if person.unit is None:
        return -1
    row = [unit.name for unit in scenario.units].index(person.unit)
    return int(first[row]) + person.number - 1


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
        love=tie.love,
        loyalty=tie.loyalty,
        trust=tie.trust,
        hatred=tie.hatred,
        knows=tie.knows,
        dead=tie.dead,
        skill=-1.0 if tie.skill is None else tie.skill,
        calls=tie.calls or "",
    )


def _drive(drive: paper.Drive, person: paper.Person, numbers: _Numbers) -> Drive:
    whom = -1 if drive.whom is None else numbers.people[drive.whom]
    return Drive(
        deed=drive.do,
        whom=whom,
        strength=drive.strength,
        at_threat=drive.at == "threat",
        power=-1 if drive.power is None else numbers.powers[drive.power],
        notion=-1 if drive.notion is None else numbers.notions[drive.notion],
        tone=inner.TONES.index(drive.tone),
        names=drive.names,
        again_s=-1.0 if drive.again is None else drive.again,
        when=tuple(_condition(condition, whom, person, numbers) for condition in drive.when),
    )


def _condition(
    condition: paper.Condition, whom: int, person: paper.Person, numbers: _Numbers
) -> Condition:
    number = -1
    if condition.notion is not None:
        number = numbers.notions[condition.notion]
        whom = -1  # told by whomever, unless it says by whom
    elif condition.memory is not None:
        number = [memory.name for memory in person.memories].index(condition.memory)
    return Condition(
        word=condition.what,
        of=whom if condition.of is None else numbers.people[condition.of],
        level=condition.least if condition.within is None else condition.within,
        number=number,
        lasts_s=condition.lasts,
        unless=condition.unless,
    )
