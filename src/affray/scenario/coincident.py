"""Units that begin on the very same spot: allowed, since they may be meant to mingle, but more
often a place that was copied and never changed; so they are named.
"""

from __future__ import annotations

from affray.scenario.model import Scenario


def coincident(scenario: Scenario) -> list[list[str]]:
    """Names of the units that share a spot with another, spot by spot, reserves apart."""
    on: dict[tuple[float, ...], list[str]] = {}
    for unit in scenario.units:
        if unit.place is not None and not unit.reserve:
            on.setdefault(tuple(unit.place), []).append(unit.name)
    return [names for names in on.values() if len(names) > 1]
