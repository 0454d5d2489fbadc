"""A battle laid side by side as often as its size asks for: many fights at once, each as it was.

So what is near everybody stays the same at any size, which stretching cannot give: a line keeps its
length and its depth, and there are more lines. Tiles are numbered by column and row from the
south-west; units of the first keep their names, those of tile (i, j) are called ``name_i_j``, so
that each fighter has luck of his own. An order towards a unit or a side means that of its own tile.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeVar

from affray.scenario.bearing import Vector
from affray.scenario.commands import Order, Trigger
from affray.scenario.ground import SHAPES, Heights, Terrain
from affray.scenario.leading import place_of
from affray.scenario.model import Scenario
from affray.scenario.nodes import Node, Say
from affray.scenario.units import Reinforcement, Unit
from affray.world.limits import HEIGHTS_GROWN, TERRAIN_SHAPES_GROWN, UNITS_GROWN

WIDEST = 2.5  # a field that has grown is at most so many times as long as it is wide


Told = TypeVar("Told", Order, Trigger)


def arrangement(scenario: Scenario) -> tuple[int, int]:
    """Columns and rows of tiles: of all full rectangles that are not too long, the one that comes
    nearest to the size wanted, and of these the squarest.
    """
    total = scenario.fighters()
    size = scenario.size if scenario.size is not None else total
    if scenario.grows != "tile" or size <= total:
        return 1, 1
    tiles = size / total
    width, height = scenario.field.size
    square = math.sqrt(tiles * height / width)  # columns of a square field
    best, least = (1, 1), (math.log(tiles), 0.0)
    spread = math.sqrt(WIDEST)
    for cols in range(max(1, int(square / spread)), math.ceil(square * spread) + 1):
        rows = max(1, round(tiles / cols))
        longer = abs(math.log(cols * width / (rows * height)))
        if longer > math.log(WIDEST) and cols * rows > 2:
            continue
        misfit = round(abs(math.log(tiles / (cols * rows))), 2)
        if (misfit, longer) < least:
            best, least = (cols, rows), (misfit, longer)
    return best


class Tiles(NamedTuple):
    """A battle as it is repeated. What there is much of is made as it is asked for, once."""

    size: Vector
    heights: Heights | None
    units: Iterator[Unit]
    terrain: Iterator[Terrain]
    reinforcements: Iterator[Reinforcement]


def tiled(scenario: Scenario, cols: int, rows: int) -> Tiles:
    """`cols` × `rows` copies of `scenario`, as one battle."""
    field, heights = scenario.field, scenario.field.heights
    width, height = field.size
    if cols * rows == 1:
        again = iter(scenario.units), iter(field.terrain), iter(scenario.reinforcements)
        return Tiles(field.size, heights, *again)
    bound = {name: place_of(scenario, name) for name in _names_gone_for(scenario)}
    tiles = [
        ((i * width, j * height), f"_{i}_{j}" if i or j else "")
        for j in range(rows)
        for i in range(cols)
    ]
    if heights is not None and heights.rows is not None:
        heights = heights.but(rows=_repeated(heights.rows, cols, rows))
    return Tiles(
        size=(width * cols, height * rows),
        heights=heights,
        units=(_unit(unit, *tile, bound) for tile in tiles for unit in scenario.units),
        terrain=(_terrain(entry, by) for by, _ in tiles for entry in field.terrain),
        reinforcements=(
            _reinforcement(scenario, entry, *tile, len(tiles))
            for tile in tiles
            for entry in scenario.reinforcements
        ),
    )


def check_tiled(scenario: Scenario, node: Node, say: Say) -> None:
    """Report through `say` a size at which there would be too many tiles, or units of one name."""
    cols, rows = arrangement(scenario)
    if cols * rows == 1:
        return
    heights = scenario.field.heights.rows if scenario.field.heights is not None else None
    if heights and (heights[0] != heights[-1] or any(row[0] != row[-1] for row in heights)):
        say(
            node,
            "tiles join at their edges, so the first and last row of the heights must be equal, "
            "and the first and last of each row; or take 'grows: stretch'",
        )
    samples = len(heights) * len(heights[0]) if heights else 0
    for what, count, most in (
        ("units", len(scenario.units), UNITS_GROWN),
        ("terrain shapes", len(scenario.field.terrain), TERRAIN_SHAPES_GROWN),
        ("heights", samples, HEIGHTS_GROWN),
    ):
        if count * cols * rows > most:
            say(
                node,
                f"{cols} × {rows} tiles have {count * cols * rows:,} {what}; at most {most:,}: "
                f"take a smaller size, fewer {what} or more fighters in each unit, or "
                "'grows: stretch'",
            )
            return
    own = {unit.name for unit in scenario.units}
    for name in sorted(own):
        stem, _, tail = name.rpartition("_")
        stem, _, head = stem.rpartition("_")
        if stem in own and head.isdecimal() and tail.isdecimal():
            say(node, f"a tile's unit would be called '{name}' too; rename '{name}' or '{stem}'")


def _names_gone_for(scenario: Scenario) -> set[str]:
    return {
        order.toward
        for unit in scenario.units
        for order in unit.commands()
        if isinstance(order.toward, str)
    }


def _by(point: Vector, by: Vector) -> Vector:
    return point[0] + by[0], point[1] + by[1]


def _unit(unit: Unit, by: Vector, mark: str, bound: dict[str, Vector | None]) -> Unit:
    changes: dict[str, Any] = {
        "name": unit.name + mark,
        "orders": tuple(_order(order, by, mark, bound) for order in unit.orders),
        "triggers": tuple(_bound(trigger, by, bound) for trigger in unit.triggers),
    }
    if unit.place is not None:
        changes["place"] = _by(unit.place, by)
    if mark and unit.leader is not None and unit.leader.name is not None:
        changes["leader"] = unit.leader.but(name=None)  # there is one of him
    return unit.but(**changes)


def _order(order: Order, by: Vector, mark: str, bound: dict[str, Vector | None]) -> Order:
    if order.to is not None:
        order = order.but(to=tuple(name + mark for name in order.to))
    return _bound(order, by, bound)


def _bound(order: Told, by: Vector, bound: dict[str, Vector | None]) -> Told:
    there = bound[order.toward] if isinstance(order.toward, str) else order.toward
    return order if there is None else order.but(toward=_by(there, by))


def _reinforcement(
    scenario: Scenario, entry: Reinforcement, by: Vector, mark: str, tiles: int
) -> Reinforcement:
    """Called in by its own tile's unit; by a side as a whole only after so many times the falls."""
    when, named = entry.when, entry.when.falls_in
    if named in {side.name for side in scenario.sides}:
        when = when.but(each=when.each * tiles)
    elif named is not None:
        when = when.but(falls_in=named + mark)
    return entry.but(unit=entry.unit + mark, enters=_by(entry.enters, by), when=when)


def _terrain(terrain: Terrain, by: Vector) -> Terrain:
    """The same shape somewhere else: each of its points, and neither widths nor heights."""
    shape = next(name for name in SHAPES if getattr(terrain, name) is not None)
    value = getattr(terrain, shape)
    if shape == "polygon":
        return terrain.but(**{shape: tuple(_by(point, by) for point in value)})
    changes = {name: _by(part, by) for name, part in dict(value).items() if isinstance(part, tuple)}
    return terrain.but(**{shape: value.but(**changes)})


def _repeated(
    raster: tuple[tuple[float, ...], ...], cols: int, rows: int
) -> tuple[tuple[float, ...], ...]:
    """The heights repeated. Edges of tiles lie on one another, and are taken once."""
    wide = tuple(row[:-1] * (cols - 1) + row for row in raster)
    return wide[:-1] * (rows - 1) + wide
