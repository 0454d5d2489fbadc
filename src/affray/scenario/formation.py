"""The geometry of formations: how wide and deep a unit stands, and whether it fits on the field.

A unit's own axes are depth (the way it faces) and width (to its left). Pure arithmetic, so that the
check of a file and the placing of fighters cannot disagree.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from affray.scenario.model import Scenario
from affray.scenario.nodes import Node, Say
from affray.scenario.units import Formation, Unit

SPACING_M = {"line": 0.9, "column": 0.9, "wedge": 1.0, "skirmish": 3.5, "mob": 1.1}
LINE_WIDTH_TO_DEPTH = 5.0


@dataclass(frozen=True, slots=True)
class Stand:
    """How a unit stands: fighters abreast, ranks deep, spacing, and the extent from outermost to
    outermost [m].
    """

    files: int
    ranks: int
    spacing_m: float
    width_m: float
    depth_m: float


def stand_of(formation: Formation, count: int) -> Stand:
    """The stand of `count` fighters (at least 1) in `formation`."""
    spacing = formation.spacing if formation.spacing is not None else SPACING_M[formation.shape]
    if formation.shape == "mob":
        across = 2.0 * spacing * math.sqrt(count / math.pi)
        side = max(1, math.ceil(math.sqrt(count)))
        return Stand(side, side, spacing, across, across)
    if formation.shape == "wedge":
        ranks = math.ceil((math.sqrt(8.0 * count + 1.0) - 1.0) / 2.0)
        return Stand(ranks, ranks, spacing, (ranks - 1) * spacing, (ranks - 1) * spacing)
    if formation.ranks is not None:
        ranks = min(formation.ranks, count)
        files = math.ceil(count / ranks)
    else:
        few = max(1, round(math.sqrt(count / LINE_WIDTH_TO_DEPTH)))
        many = math.ceil(count / few)
        files, ranks = (few, many) if formation.shape == "column" else (many, few)
    return Stand(files, ranks, spacing, (files - 1) * spacing, (ranks - 1) * spacing)


def corners(unit: Unit) -> list[tuple[float, float]]:
    """The corners of the rectangle that a unit with a place stands in, in metres on the field."""
    assert unit.place is not None
    stand = stand_of(unit.formation, unit.count)
    ahead = (math.cos(math.radians(unit.facing)), math.sin(math.radians(unit.facing)))
    left = (-ahead[1], ahead[0])
    return [
        (
            unit.place[0] + ahead[0] * depth + left[0] * width,
            unit.place[1] + ahead[1] * depth + left[1] * width,
        )
        for depth in (-stand.depth_m / 2, stand.depth_m / 2)
        for width in (-stand.width_m / 2, stand.width_m / 2)
    ]


def check_fits(scenario: Scenario, root: Node, say: Say) -> None:
    """Report every unit that does not stand wholly on the field."""
    width, height = scenario.field.size
    for index, unit in enumerate(scenario.units):
        if unit.place is None or unit.reserve:
            continue
        points = corners(unit)
        beyond = max(max(-x, x - width, -y, y - height) for x, y in points)
        if beyond > 1e-6:
            stand = stand_of(unit.formation, unit.count)
            node = root.walk_to(("units", index, "place"))[0]
            say(
                node,
                f"unit '{unit.name}' stands {stand.width_m:.1f} m wide and {stand.depth_m:.1f} m "
                f"deep, up to {beyond:.1f} m outside the field; move it, turn it, or change its "
                "ranks or spacing",
            )
