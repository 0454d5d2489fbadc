"""Units that are ``like`` another: what they do not say is as in that one, written out in full
before anything is changed or checked. So a change from the command line to the one does not touch
the other, and what is kept of a battle names no likeness.
"""

from __future__ import annotations

from affray.scenario.fields import listed, nearest
from affray.scenario.nodes import Node
from affray.scenario.problems import Problems

OWN = ("name", "title", "place")  # of a unit, which no other takes over; nor its leader's name


def write_out(root: Node, problems: Problems) -> None:
    """Fill in the units of `root` that are like another. Reports units that there are not, and
    units that are like each other in a circle.
    """
    units = {unit.word("name") or "": unit for unit in root.listed("units")}
    for unit in units.values():
        _fill(unit, units, problems, [])


def _fill(unit: Node, units: dict[str, Node], problems: Problems, asking: list[Node]) -> None:
    """`asking`: the units that are like this one, on whose behalf it is filled in."""
    like = unit.mapped().get("like")
    name = like.text if like is not None else None
    if like is None or name is None:
        return  # what is no name is said by the schema
    model = units.get(name)
    if model is None:
        own = [other for other in units if units[other] is not unit]
        there = f"there are {listed(own, 40) or 'none'}{nearest(name, own)}"
        problems.say(like.place, f"there is no other unit '{name}'; {there}")
        unit.broken = True  # what it lacks would only be the same again
    elif model is unit or model in asking:
        problems.say(like.place, f"'{name}' is like this one in turn; write one of them out")
        unit.broken = True
    else:
        _fill(model, units, problems, [*asking, unit])
        for key, value in model.mapped().items():
            if key not in (*OWN, *unit.mapped()):
                unit.mapped()[key] = _without_leaders_name(key, _copy(value))
    unit.mapped().pop("like")


def _without_leaders_name(key: str, node: Node) -> Node:
    if key == "leader":
        node.mapped().pop("name", None)
    return node


def _copy(node: Node) -> Node:
    """The same, where it was written, to be changed by itself."""
    value = node.value
    if isinstance(value, dict):
        value = {key: _copy(part) for key, part in value.items()}
    elif isinstance(value, list):
        value = [_copy(part) for part in value]
    return Node(value, node.place, node.key_place, node.broken)
