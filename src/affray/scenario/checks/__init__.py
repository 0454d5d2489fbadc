"""Checks across a scenario: what no single value can tell of itself.

Names that refer to each other, places within the field, hostility, reserves. They read the raw
nodes, so that they find their faults beside those of the schema, in one go.
"""

from __future__ import annotations

from affray.scenario.checks.names import Names
from affray.scenario.checks.people import check_people
from affray.scenario.checks.powers import check_powers
from affray.scenario.checks.reserves import check_reserves
from affray.scenario.checks.sides import check_hostility
from affray.scenario.checks.units import check_units
from affray.scenario.nodes import Node, Say


def check_names(root: Node, say: Say) -> None:
    """Report through `say` every name that means nothing and every place outside the field."""
    names = Names.of(root, say)
    check_hostility(root, names)
    check_units(root, names)
    check_reserves(root, names)
    check_people(root, names)
    check_powers(root, names)
