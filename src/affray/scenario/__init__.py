"""A battle on paper: a YAML file, read, checked in full, and written back.

``load`` takes a path, a bundled battle's name, or the text itself.
"""

from affray.scenario.builder import Battle
from affray.scenario.coincident import coincident
from affray.scenario.dumping import digest, dump
from affray.scenario.idle import idle, undriven
from affray.scenario.loader import (
    apply_sets,
    bundled,
    from_data,
    load,
    load_bundled,
    parse,
    parse_changed,
)
from affray.scenario.mechanisms import mechanisms, off_sets, switched_off
from affray.scenario.model import Scenario
from affray.scenario.parameters import Parameter, bundled_parameters, values_for
from affray.scenario.paths import mutability_of, set_paths
from affray.scenario.scaling import scaled
from affray.scenario.schema import schema
from affray.scenario.template import template
from affray.scenario.unheeded import unheeded

__all__ = [
    "Battle",
    "Parameter",
    "Scenario",
    "apply_sets",
    "bundled",
    "bundled_parameters",
    "coincident",
    "digest",
    "dump",
    "from_data",
    "idle",
    "load",
    "load_bundled",
    "mechanisms",
    "mutability_of",
    "off_sets",
    "parse",
    "parse_changed",
    "scaled",
    "schema",
    "set_paths",
    "switched_off",
    "template",
    "undriven",
    "unheeded",
    "values_for",
]
