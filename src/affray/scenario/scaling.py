"""A battle at another size, as dense as before.

It stretches: counts grow with the size, lengths with its square root, and the number of units
stays. Or it is tiled (see ``tiling``), and stretches only by what is left. Times, bodies, equipment
and heights stay as they are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from affray.scenario.ground import SHAPES, Terrain
from affray.scenario.model import Scenario
from affray.scenario.nodes import Node, Say
from affray.scenario.tiling import Told, arrangement, check_tiled, tiled
from affray.scenario.units import Unit
from affray.world.limits import FIELD_SIDE_M, FIGHTERS


def scaled(scenario: Scenario) -> Scenario:
    """`scenario` with its `size` carried out: its counts sum to `size` (each unit keeps at least
    one fighter).

    Doing it twice changes nothing more.
    """
    if scenario.size is None or scenario.size == scenario.fighters():
        return scenario
    cols, rows = arrangement(scenario)
    counts = [unit.count for unit in scenario.units] * (cols * rows)
    shared = share_out(counts, scenario.size)
    factor = math.sqrt(sum(shared) / sum(counts))
    tiles = tiled(scenario, cols, rows)
    field = scenario.field.but(
        size=_point(tiles.size, factor),
        heights=tiles.heights,
        terrain=tuple(_terrain(entry, factor) for entry in tiles.terrain),
    )
    return scenario.but(
        field=field,
        units=tuple(
            _unit(unit, count, factor) for unit, count in zip(tiles.units, shared, strict=True)
        ),
        reinforcements=tuple(
            entry.but(enters=_point(entry.enters, factor)) for entry in tiles.reinforcements
        ),
        size=sum(shared),
    )


def share_out(counts: Sequence[int], size: int) -> list[int]:
    """`counts` grown or shrunk in proportion so that they sum to `size` by largest remainder, each
    at least 1.
    """
    total = sum(counts)
    shares = [count * size // total for count in counts]
    remainders = [count * size % total for count in counts]
    order = sorted(range(len(counts)), key=lambda index: (-remainders[index], index))
    for index in order[: size - sum(shares)]:
        shares[index] += 1
    lifted = [max(1, share) for share in shares]
    for _ in range(sum(lifted) - size):  # those lifted to one fighter are taken from the largest
        largest = max(range(len(lifted)), key=lambda index: (lifted[index], -index))
        if lifted[largest] == 1:
            break
        lifted[largest] -= 1
    return lifted


def check_scaled(scenario: Scenario, root: Node, say: Say) -> None:
    """Report a size that no field or no affray can hold."""
    size = scenario.size if scenario.size is not None else scenario.fighters()
    node = root.walk_to(("size",))[0]
    if size > FIGHTERS:
        say(node, f"{size:,} fighters are more than affray holds; at most {FIGHTERS:,}")
        return
    cols, rows = arrangement(scenario)
    factor = math.sqrt(size / (cols * rows * scenario.fighters()))
    longest = max(scenario.field.size[0] * cols, scenario.field.size[1] * rows) * factor
    if longest > FIELD_SIDE_M:
        say(
            node,
            f"at size {size:,} the field would be {longest:,.0f} m long; "
            f"at most {FIELD_SIDE_M:,.0f} m",
        )
    check_tiled(scenario, node, say)


def check_numbers(scenario: Scenario, root: Node, say: Say) -> None:
    """Report people who are fighters that their units do not have, at that size."""
    counts = {unit.name: unit.count for unit in scaled(scenario).units} if scenario.people else {}
    for index, person in enumerate(scenario.people):
        if person.unit is not None and person.number > counts[person.unit]:
            node = root.walk_to(("people", index, "number"))[0]
            say(
                node,
                f"unit '{person.unit}' has {counts[person.unit]:,} fighters at this size, so "
                f"'{person.name}' cannot be number {person.number:,} of it; give a lower 'number', "
                "or a larger 'size'",
            )


def _point(point: tuple[float, float], factor: float) -> tuple[float, float]:
    return point[0] * factor, point[1] * factor


def _unit(unit: Unit, count: int, factor: float) -> Unit:
    changes: dict[str, Any] = {"count": count}
    if unit.place is not None:
        changes["place"] = _point(unit.place, factor)
    if unit.formation.ranks is not None:
        ranks = max(1, round(unit.formation.ranks * factor))
        if ranks != unit.formation.ranks:
            changes["formation"] = unit.formation.but(ranks=ranks)
    for name in ("orders", "triggers"):
        told = getattr(unit, name)
        if any(isinstance(order.toward, tuple) for order in told):
            changes[name] = tuple(_told(order, factor) for order in told)
    return unit.but(**changes)


def _told(order: Told, factor: float) -> Told:
    return (
        order.but(toward=_point(order.toward, factor)) if isinstance(order.toward, tuple) else order
    )


def _terrain(terrain: Terrain, factor: float) -> Terrain:
    """The same shape, larger: every point and width of it. Its height stays."""
    shape = next(name for name in SHAPES if getattr(terrain, name) is not None)
    value = getattr(terrain, shape)
    if shape == "polygon":
        return terrain.but(**{shape: tuple(_point(point, factor) for point in value)})
    changes = {
        name: _point(part, factor) if isinstance(part, tuple) else part * factor
        for name, part in dict(value).items()
    }
    return terrain.but(**{shape: value.but(**changes)})
