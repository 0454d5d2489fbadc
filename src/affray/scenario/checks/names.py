"""What a scenario gives a name to, and the field that all of it has to lie in."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pydantic_core import PydanticCustomError

from affray.scenario.equipment import catalogue
from affray.scenario.fields import NAME_PATTERN, Number, listed, nearest
from affray.scenario.nodes import Node, Say
from affray.world.limits import FIELD_SIDE_M


@dataclass(frozen=True)
class Names:
    """Names by what they are names of, the width and height of the field (m; None: said wrongly),
    and where to say what does not fit them.
    """

    of_a: Mapping[str, Collection[str]]
    field_m: tuple[float, float] | None
    say: Say

    @classmethod
    def of(cls, root: Node, say: Say) -> Names:
        """All that `root` names. Reports what is named twice."""
        sides, units, people, notions = (
            _named(root, section, say) for section in ("sides", "units", "people", "notions")
        )
        for name in units.keys() & sides.keys():
            say(units[name], f"'{name}' names a side already; a unit needs a name of its own")
        of_a: dict[str, Collection[str]] = {
            "side": sides,
            "unit": units,
            "side or unit": {**sides, **units},
            "person": people,
            "notion": notions,
            "power": root.mapped("powers"),
            "weapon": [*catalogue().weapons, *root.mapped("weapons")],
            "armour": [*catalogue().armour, *root.mapped("armour")],
            "shield": [*catalogue().shields, *root.mapped("shields")],
            "terrain": [shape.word("name") or "" for shape in root.listed("field", "terrain")],
        }
        return cls(of_a, _point(root.at("field", "size")), say)

    def know(self, node: Node | None, what: str, *besides: str) -> None:
        """Report a `node` that should be the name of a `what`, or one of `besides`, and is none."""
        word = node.text if node is not None else None
        if node is None or word is None or not re.fullmatch(NAME_PATTERN, word):
            return  # what is no name at all is said by the schema
        there = [*besides, *self.of_a[what]]
        if word not in there:
            fault = f"there is no {what} '{word}'; there are {listed(there, 40) or 'none'}"
            self.say(node, f"{fault}{nearest(word, there)}")

    def hold(self, node: Node | None) -> None:
        """Report a place outside the field."""
        point = _point(node)
        if node is None or point is None or self.field_m is None:
            return
        width, height = self.field_m
        if not (0 <= point[0] <= width and 0 <= point[1] <= height):
            self.say(
                node,
                f"[{point[0]:g}, {point[1]:g}] lies outside the field; x goes from 0 to "
                f"{width:g} m, y from 0 to {height:g} m",
            )


def _named(root: Node, section: str, say: Say) -> dict[str, Node]:
    """Name → node of the name, over a section that is a list. A name given twice is reported."""
    found: dict[str, Node] = {}
    for item in root.listed(section):
        node = item.at("name")
        name = node.text if node is not None else None
        if node is None or name is None:
            continue
        if name in found:
            say(
                node,
                f"'{name}' is named twice in {section} (first at {found[name].place}); "
                "names are unique",
            )
        found.setdefault(name, node)
    return found


def _point(node: Node | None) -> tuple[float, float] | None:
    if node is None or not isinstance(node.value, list) or len(node.value) != 2:
        return None
    metres = Number("m", 0.0, FIELD_SIDE_M)
    try:
        return metres.read(node.value[0].value), metres.read(node.value[1].value)
    except PydanticCustomError:
        return None
