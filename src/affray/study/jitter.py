"""Dispositions a little off: does what comes about hang on a number, or on who these people are?

Each disposition is taken times a factor of its own, anywhere from 1 - share to 1 + share, that
hangs on the seed and on where it stands in the scenario alone: what moves the fighters of the
units (personality), and of the people their ties, what they hold, the strength of their drives,
and how much of something each waits for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from affray.scenario import Scenario
from affray.scenario.fields import Spread

TIES = ("love", "loyalty", "trust", "hatred")
_STRONGEST = 10.0  # of a drive


class _Draw:
    """Factors by place in the scenario."""

    def __init__(self, share: float, seed: int) -> None:
        self._share, self._seed = share, seed

    def off(self, value: float, place: str, most: float = 1.0) -> float:
        """The value times its factor, within 0 and ``most``."""
        luck = hashlib.sha256(f"{self._seed} {place}".encode()).digest()[:8]
        uniform = int.from_bytes(luck, "big") / 2.0**64
        return min(max(value * (1.0 + self._share * (2.0 * uniform - 1.0)), 0.0), most)


def jittered(scenario: Scenario, share: float, seed: int) -> Scenario:
    """The scenario with each disposition off by up to that share of itself."""
    draw = _Draw(share, seed)
    units = tuple(_unit(draw, unit, f"units.{unit.name}") for unit in scenario.units)
    people = tuple(_person(draw, one, f"people.{one.name}") for one in scenario.people)
    return scenario.but(units=units, people=people)


def _unit(draw: _Draw, unit: Any, place: str) -> Any:
    leader = unit.leader
    if leader is not None:
        own = _traits(draw, leader.personality, f"{place}.leader.personality")
        leader = leader.but(personality=own)
    own = _traits(draw, unit.personality, f"{place}.personality")
    return unit.but(leader=leader, personality=own)


def _traits(draw: _Draw, traits: Any, place: str) -> Any:
    """A personality; what it does not say stays unsaid."""
    said = {name: getattr(traits, name) for name in type(traits).model_fields}
    return traits.but(
        **{
            name: one.but(mean=draw.off(one.mean, f"{place}.{name}"))
            for name, one in said.items()
            if isinstance(one, Spread)
        }
    )


def _person(draw: _Draw, person: Any, place: str) -> Any:
    ties = {
        whom: tie.but(
            **{name: draw.off(getattr(tie, name), f"{place}.ties.{whom}.{name}") for name in TIES}
        )
        for whom, tie in person.ties.items()
    }
    drives = tuple(
        _drive(draw, drive, f"{place}.drives.{number}")
        for number, drive in enumerate(person.drives)
    )
    holds: Mapping[str, float] = {
        notion: draw.off(sure, f"{place}.holds.{notion}") for notion, sure in person.holds.items()
    }
    return person.but(ties=ties, drives=drives, holds=holds)


def _drive(draw: _Draw, drive: Any, place: str) -> Any:
    when = tuple(
        one.but(least=draw.off(one.least, f"{place}.when.{number}"))
        for number, one in enumerate(drive.when)
    )
    return drive.but(strength=draw.off(drive.strength, place, _STRONGEST), when=when)
