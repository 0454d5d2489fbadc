"""Who fights whom: hostility is mutual, and somebody fights somebody."""

from __future__ import annotations

from affray.scenario.checks.names import Names
from affray.scenario.nodes import Node


def check_hostility(root: Node, names: Names) -> None:
    """Report a side that fights itself, or one that does not fight back, or that nobody fights."""
    foes: dict[str, tuple[set[str], Node]] = {}
    for side in root.listed("sides"):
        own, listing = side.word("name"), side.at("hostile_to")
        if own is None:
            continue
        if listing is None or not isinstance(listing.value, list):
            foes[own] = (set(names.of_a["side"]) - {own}, side)
            continue
        for node in listing.value:
            names.know(node, "side")
            if node.text == own:
                names.say(node, f"side '{own}' cannot be hostile to itself")
        foes[own] = ({node.text or "" for node in listing.value}, listing)
    for own, (others, _) in foes.items():
        for other in sorted(others & foes.keys()):
            if own not in foes[other][0] and own != other:
                names.say(
                    foes[other][1],
                    f"'{own}' fights '{other}', so hostile_to of '{other}' must name '{own}' too",
                )
    if len(foes) > 1 and not any(others for others, _ in foes.values()):
        names.say(
            root.listed("sides")[0],
            "no side is hostile to any other; take a hostile_to out, or name a foe",
        )
