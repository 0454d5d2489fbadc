"""Reserves: something brings each of them in, and nothing calls in who stands there already."""

from __future__ import annotations

from affray.scenario.checks.names import Names
from affray.scenario.nodes import Node


def check_reserves(root: Node, names: Names) -> None:
    """Report reserves that nothing calls in, and units that neither stand anywhere nor wait."""
    reserves = {
        unit.word("name")
        for unit in root.listed("units")
        if unit.word("reserve") in ("true", "True")
    }
    called = _summoned(root) | _check_reinforcements(root, names, reserves)
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


def _check_reinforcements(root: Node, names: Names, reserves: set[str | None]) -> set[str | None]:
    """Check each, and return the names of the units that they call in."""
    called = set()
    summoned = _summoned(root)
    for entry in root.listed("reinforcements"):
        unit, name = entry.at("unit"), entry.word("unit")
        called.add(name)
        names.know(unit, "unit")
        names.hold(entry.at("enters"))
        names.know(entry.at("when", "falls_in"), "side or unit")
        if unit is not None and name in summoned:
            names.say(unit, f"a power summons '{name}' already; give each a reserve of its own")
        if unit is not None and name in names.of_a["unit"] and name not in reserves:
            names.say(
                unit, f"unit '{name}' stands on the field from the start; give it 'reserve: true'"
            )
    return called


def _summoned(root: Node) -> set[str | None]:
    """Names of the reserves that a power brings in."""
    return {power.word("summon", "unit") for power in root.mapped("powers").values()}
