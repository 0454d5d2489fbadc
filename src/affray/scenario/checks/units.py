"""What a unit carries, where it stands, and what it and its leader are told to do."""

from __future__ import annotations

from affray.scenario.checks.names import Names
from affray.scenario.nodes import Node, Say


def check_units(root: Node, names: Names) -> None:
    """Report what a unit refers to and is not there, and orders that nobody can give or take."""
    units = {unit.word("name") or "": unit for unit in root.listed("units")}
    for unit in root.listed("units"):
        names.know(unit.at("side"), "side")
        names.hold(unit.at("place"))
        _check_equipment(unit, names)
        _refuse_own_kit(unit, names.say)
        _check_orders(unit, names)
        _check_commands(unit, names, units)


def _check_equipment(unit: Node, names: Names) -> None:
    for entry in unit.listed("weapons"):
        names.know(entry.at("name") if isinstance(entry.value, dict) else entry, "weapon")
    names.know(unit.at("armour"), "armour")
    names.know(unit.at("shield"), "shield")


def _refuse_own_kit(unit: Node, say: Say) -> None:
    """A unit is armed alike, its leader too."""
    for part in ("weapons", "armour", "shield"):
        node = unit.at("leader", part)
        if node is not None:
            say(
                node,
                f"a unit is armed alike, its leader too; leave '{part}' out, or make whoever "
                "carries something else a unit of one fighter",
            )
            node.broken = True  # that there is no such key would only be the same again


def _check_orders(unit: Node, names: Names) -> None:
    """Orders go to places on the field, or to sides and units there are."""
    for order in unit.entries("orders") + unit.entries("triggers"):
        toward = order.at("toward")
        if toward is not None and isinstance(toward.value, list):
            names.hold(toward)
        else:
            names.know(toward, "side or unit")


def _check_commands(unit: Node, names: Names, units: dict[str, Node]) -> None:
    """Whoever gives an order leads a unit, whoever is told is of his side, and whoever is sent a
    messenger is another leader.
    """
    own = unit.word("name")
    for order in unit.entries("orders"):
        given = any(order.at(key) is not None for key in ("when", "to"))
        way = order.word("by") or ("voice" if given else "plan")
        if way != "plan" and unit.word("leader") == "none":
            names.say(
                order,
                f"nobody leads unit '{own}' who could give this order; give it a leader, or say "
                "what each does of himself under 'triggers'",
            )
        for node in order.listed("to"):
            names.know(node, "unit")
            told = node.text
            if told in units and units[told].word("side") != unit.word("side"):
                names.say(node, f"unit '{told}' is of another side; orders go to one's own")
            elif way == "messenger" and told in units and units[told].word("leader") == "none":
                names.say(
                    node,
                    f"nobody leads unit '{told}' to whom a messenger could go; give it a leader, "
                    "or let it be told by horn, drum or flag",
                )
        to = order.listed("to")
        if way == "messenger" and (not to or own in [node.text for node in to]):
            names.say(
                order,
                f"messengers go to the leaders of other units, and to nobody in '{own}'; say "
                "'to: [...]', or give its own order by voice, horn, drum or flag",
            )
