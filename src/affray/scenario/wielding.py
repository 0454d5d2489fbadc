"""From powers on paper to powers in a battle: numbers for names, effects with all they need."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from affray.scenario import powers as paper
from affray.scenario.ground import Terrain
from affray.scenario.kit import weapon_table
from affray.scenario.model import Scenario
from affray.scenario.raster import covered
from affray.world import powers as data
from affray.world.battlefield import GROUND_M, ground_shape


def powers_of(scenario: Scenario) -> tuple[data.Power, ...]:
    """The powers of a scenario at its size, in the order of the file."""
    names = list(scenario.powers)
    weapons = {name: row for row, name in enumerate(weapon_table(scenario)[1])}
    numbers = _Numbers(
        people={person.name: number for number, person in enumerate(scenario.people)},
        units={unit.name: row for row, unit in enumerate(scenario.units)},
        weapons=weapons,
        scenario=scenario,
    )
    return tuple(_power(name, scenario.powers[name], names, numbers) for name in names)


@dataclass(frozen=True)
class _Numbers:
    """What the names in a power stand for."""

    people: dict[str, int]
    units: dict[str, int]
    weapons: dict[str, int]
    scenario: Scenario

    def spared(self, names: Sequence[str]) -> tuple[int, ...]:
        return tuple(data.SELF if name == "self" else self.people[name] for name in names)

    def ground(self, names: Sequence[str]) -> tuple[int, ...]:
        """Ground cells of the terrain of these names."""
        width, height = self.scenario.field.size
        cols, rows = ground_shape(width, height)
        x, y = (np.arange(cols) + 0.5) * GROUND_M, (np.arange(rows) + 0.5) * GROUND_M
        shapes = [shape for shape in self.scenario.field.terrain if shape.name in names]
        return tuple(int(cell) for shape in shapes for cell in _cells(shape, x, y))


def _cells(shape: Terrain, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.flatnonzero(covered(shape, x, y))


def _power(name: str, power: paper.Power, names: list[str], numbers: _Numbers) -> data.Power:
    cry = power.cry
    return data.Power(
        name=power.title or name,
        cast_s=power.cast,
        energy=power.energy,
        range_m=power.range,
        lasts_s=power.lasts,
        again_s=power.again,
        busy=power.busy,
        held=power.when_held,
        broken=power.when_broken,
        holding=power.holding,
        charge=power.charge,
        consent=power.consent,
        cry_db=cry.level if cry is not None else 0.0,
        cry_inhuman=cry is not None and cry.inhuman,
        cry_of_other=cry is not None and cry.of == "other",
        shows=power.shows,
        outlives=power.outlives,
        senseless=power.senseless,
        then=names.index(power.then) if power.then is not None else -1,
        effects=tuple(
            _EFFECTS[effect](getattr(power, effect), numbers)
            for effect in paper.EFFECTS
            if getattr(power, effect) is not None
        ),
    )


def _blast(blast: paper.Blast, numbers: _Numbers) -> data.Blast:
    return data.Blast(
        blast.radius,
        blast.grows,
        numbers.weapons[blast.weapon],
        numbers.spared(blast.spares),
        numbers.ground(blast.leaves),
    )


def _barrier(barrier: paper.Barrier, numbers: _Numbers) -> data.Barrier:
    bits = [1 << data.STOPS.index(what) for what in set(barrier.stops)]
    strength = barrier.strength if barrier.strength > 0.0 else math.inf
    return data.Barrier(barrier.radius, sum(bits), strength)


_EFFECTS: dict[str, Callable[[Any, _Numbers], data.Effect]] = {
    "hold": lambda one, _: data.Hold(one.grip, one.hauls),
    "barrier": _barrier,
    "drain": lambda one, _: data.Drain(
        one.stamina, one.energy, one.memories, one.gives, one.pain, one.fear
    ),
    "transfer": lambda one, _: data.Transfer(tuple(dict.fromkeys(one.what))),
    "feed": lambda one, _: data.Feed(one.energy, one.composed, one.fear),
    "boost": lambda one, _: data.Boost(one.speed, one.force, one.skill, one.courage),
    "rage": lambda one, _: data.Rage(one.spares_nobody),
    "blast": _blast,
    "lift": lambda one, _: data.Lift(one.radius, one.height),
    "conceal": lambda one, _: data.Conceal(),
    "sense": lambda one, _: data.Sense(one.all_round, one.keen, one.tint or ""),
    "faint": lambda one, _: data.Faint(one.lasts),
    "heal": lambda one, _: data.Heal(one.pain),
    "summon": lambda one, numbers: data.Summon(numbers.units[one.unit], one.count),
    "hurl": lambda one, numbers: data.Hurl(numbers.weapons[one.weapon]),
}
