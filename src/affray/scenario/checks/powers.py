"""What powers name: weapons, people, terrain, reserves, and powers that follow them."""

from __future__ import annotations

from affray.scenario.checks.names import Names
from affray.scenario.nodes import Node


def check_powers(root: Node, names: Names) -> None:
    """Report what a power names and is not there, and chains of powers without an end."""
    powers = root.mapped("powers")
    for name, power in powers.items():
        names.know(power.at("blast", "weapon"), "weapon")
        names.know(power.at("hurl", "weapon"), "weapon")
        for node in power.listed("blast", "spares"):
            names.know(node, "person", "self")
        for node in power.listed("blast", "leaves"):
            names.know(node, "terrain")
        names.know(power.at("summon", "unit"), "unit")
        names.know(power.at("then"), "power")
        if _leads_back(name, powers):
            names.say(
                power.at("then") or power, f"'{name}' would follow itself for ever; end the chain"
            )


def _leads_back(name: str, powers: dict[str, Node]) -> bool:
    """Whether a power follows itself, over others or at once."""
    after = powers[name].word("then")
    for _ in powers:
        if after == name:
            return True
        after = powers[after].word("then") if after in powers else None
    return False
