"""What a scenario says to no effect: no error, since it may be on its way to become something else,
but more often a slip; so it is named.
"""

from __future__ import annotations

from collections.abc import Iterator

from affray.scenario.commands import Trigger
from affray.scenario.ground import SHAPES, Terrain
from affray.scenario.kit import HANDS, kit_of, weapon_of
from affray.scenario.model import Scenario
from affray.scenario.units import Unit

_FLIGHT = ("range", "speed", "spread", "carried", "flat", "smoke", "fails")  # of what is thrown


def unheeded(scenario: Scenario) -> list[str]:
    """Each as ``path: why``, with paths as ``--set`` has them."""
    return [
        *(f"units.{unit.name}.{text}" for unit in scenario.units for text in _unit(scenario, unit)),
        *_terrain(scenario),
        *_weapons(scenario),
        *_reinforcements(scenario),
    ]


def _unit(scenario: Scenario, unit: Unit) -> Iterator[str]:
    if unit.leader is None and "deputies" in unit.model_fields_set and unit.deputies:
        yield "deputies: nobody leads it"
    yield from _carried(scenario, unit)
    for number, command in enumerate(unit.commands()):
        part, at = ("orders", number)
        if isinstance(command, Trigger):
            part, at = "triggers", number - len(unit.orders)
            if command.do is not None and "lasts" in command.model_fields_set:
                yield f"{part}.{at}.lasts: is of a leaning, and this is an order"
            if command.when.leader_lost and unit.leader is None:
                yield f"{part}.{at}.when.leader_lost: nobody leads it"
        if command.toward == unit.name:
            yield f"{part}.{at}.toward: is the unit itself"
        if command.do == "volley" and kit_of(scenario, unit.weapons).missile is None:
            yield f"{part}.{at}.do: volley, and there is nothing to throw"


def _carried(scenario: Scenario, unit: Unit) -> Iterator[str]:
    """Weapons that nobody of a unit ever uses, and counts of what cannot be thrown."""
    kit, seen = kit_of(scenario, unit.weapons), set[str]()
    for number, entry in enumerate(unit.weapons):
        thrown = weapon_of(scenario, entry.name).thrown
        if entry.name in seen:
            yield f"weapons.{number}: {entry.name} stands there twice; say how many with 'count'"
        elif entry.count is not None and not thrown:
            yield f"weapons.{entry.name}.count: it cannot be thrown"
        elif entry.name not in (*kit.hands, kit.missile):
            yield f"weapons.{entry.name}: {_never(thrown, kit.missile)}"
        seen.add(entry.name)


def _never(thrown: bool, missile: str | None) -> str:
    """Why nobody uses a weapon that he has."""
    if thrown and missile is not None:
        return f"is never thrown, for {missile} is"
    return f"is never used: {HANDS} in hand are the most, and what is thrown needs a 'count'"


def _terrain(scenario: Scenario) -> Iterator[str]:
    width, height = scenario.field.size
    for number, shape in enumerate(scenario.field.terrain):
        path = f"field.terrain.{shape.name or number}"
        if not (shape.model_fields_set - {"name", *SHAPES}) and not shape.name:
            yield f"{path}: says nothing of what is different there"
        left, right, bottom, top = _edges(shape)
        if right < 0.0 or left > width or top < 0.0 or bottom > height:
            yield f"{path}: lies outside the field"


def _edges(shape: Terrain) -> tuple[float, float, float, float]:
    """The least and largest x and y (m) of a shape."""
    reach = 0.0
    if shape.circle is not None:
        points, reach = [shape.circle.at], shape.circle.radius
    elif shape.rect is not None:
        points = [shape.rect.from_, shape.rect.to]
    elif shape.band is not None:
        points, reach = [shape.band.from_, shape.band.to], 0.5 * shape.band.width
    else:
        points = list(shape.polygon or ())
    x, y = zip(*points, strict=True)
    return min(x) - reach, max(x) + reach, min(y) - reach, max(y) + reach


def _weapons(scenario: Scenario) -> Iterator[str]:
    for name, weapon in scenario.weapons.items():
        if weapon.thrown and not (weapon.range > 0.0 and weapon.speed > 0.0):
            yield f"weapons.{name}.thrown: flies nowhere without a 'range' and a 'speed'"
        said = [key for key in _FLIGHT if key in weapon.model_fields_set and getattr(weapon, key)]
        if said and not weapon.thrown:
            yield f"weapons.{name}.{said[0]}: is of what is thrown; say 'thrown: true'"


def _reinforcements(scenario: Scenario) -> Iterator[str]:
    for number, entry in enumerate(scenario.reinforcements):
        if entry.when.at is not None and entry.when.at >= scenario.end.after:
            yield f"reinforcements.{number}: comes when the battle is over"
