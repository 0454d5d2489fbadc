"""Reserves: something brings each of them in, and nothing calls in who stands there already."""

from __future__ import annotations

from collections.abc import Set

from affray.scenario.checks.names import Names
from affray.scenario.nodes import Node


def check_reserves(root: Node, names: Names) -> None:
    """Report reserves that nothing calls in, and units that neither stand anywhere nor wait."""
    reserves = {
        unit.word("name")
        for unit in root.listed("units")
        if unit.word("reserve") in ("true", "True")
    }
    summoned = _check_summoned(root, names, reserves)
    called = summoned | _check_reinforcements(root, names, reserves, summoned)
    for unit in root.listed("units"):
        name = unit.word("name")
        if name in reserves and name not in called:
            names.say(
                unit.at("reserve") or unit,
                f"no reinforcement ever calls in the reserve '{name}', and no power; add one",
            )
        elif name is not None and name not in reserves and unit.at("place") is None:
            names.say(
                unit, f"unit '{name}' has no place; say where its centre stands: 'place: [x, y]'"
            )


def _check_reinforcements(
    root: Node, names: Names, reserves: Set[str | None], summoned: Set[str | None]
) -> set[str | None]:
    """Check each, and return the names of the units that they call in."""
    called = set()
    for entry in root.listed("reinforcements"):
        unit, name = entry.at("unit"), entry.word("unit")
        called.add(name)
        names.know(unit, "unit")
        names.hold(entry.at("enters"))
        names.know(entry.at("when", "falls_in"), "side or unit")
        if unit is not None and name in summoned:
            names.say(unit, f"a power summons '{name}' already; give each a reserve of its own")
        _check_waits(unit, names, reserves)
    return called


def _check_summoned(root: Node, names: Names, reserves: Set[str | None]) -> set[str | None]:
    """Check the units that powers bring in, and return their names."""
    units = [power.at("summon", "unit") for power in root.mapped("powers").values()]
    for unit in units:
        _check_waits(unit, names, reserves)
    return {unit.text for unit in units if unit is not None}


def _check_waits(unit: Node | None, names: Names, reserves: Set[str | None]) -> None:
    """Report a unit that is to be called in, and does not wait for it."""
    name = unit.text if unit is not None else None
    if unit is not None and name in names.of_a["unit"] and name not in reserves:
        names.say(
            unit, f"unit '{name}' stands on the field from the start; give it 'reserve: true'"
        )
