"""Mechanisms by name, to be switched off: ``affray/rules/mechanisms.yaml``.

Switching one off sets its parameters to values at which they have no effect; nothing else happens,
and no rule knows of it. So an ablation is a change of a scenario like any other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from affray.scenario.composing import compose
from affray.scenario.fields import kind_of, listed, nearest, show_number
from affray.scenario.nodes import Node
from affray.scenario.numbers import BadNumber
from affray.scenario.parameters import Parameter, bundled_parameters, read_in
from affray.scenario.problems import Problems
from affray.world.errors import UsageError

_KEYS = ("about", "rows", "set")
_ROW = re.compile(r"S\d\d")


@dataclass(frozen=True, slots=True)
class Mechanism:
    """Something that can be switched off. `about`: what is there when it is on; `rows`: its rows
    in docs/systems.md; `set`: dotted name of each parameter → the value without effect.
    """

    name: str
    about: str
    rows: tuple[str, ...]
    set: dict[str, float]


@cache
def mechanisms() -> dict[str, Mechanism]:
    """Every mechanism by its name, in the order of the file."""
    path = resources.files("affray").joinpath("rules/mechanisms.yaml")
    text = path.read_text(encoding="utf-8")
    return read_mechanisms(text, "mechanisms.yaml", bundled_parameters())


def off_sets(names: Sequence[str]) -> list[str]:
    """The changes (``path=value``) that switch mechanisms off. Raises UsageError naming the
    nearest, and all there are, for a name that is none.
    """
    if not names:
        return []
    known = mechanisms()
    unknown = [name for name in names if name not in known]
    if unknown:
        raise UsageError(
            f"there is no mechanism '{unknown[0]}'{nearest(unknown[0], known)}; those that can "
            f"be switched off are {listed(known, len(known))}"
        )
    values = {path: value for name in names for path, value in known[name].set.items()}
    return [f"parameters.{path}={show_number(value)}" for path, value in values.items()]


def switched_off(overrides: Mapping[str, float]) -> list[str]:
    """Names of the mechanisms that a scenario's `parameters` leave without effect, without those
    that are but a part of another.
    """
    if not overrides:
        return []
    off = {
        name: mechanism.set.items()
        for name, mechanism in mechanisms().items()
        if mechanism.set.items() <= overrides.items()
    }
    return [name for name, own in off.items() if not any(own < other for other in off.values())]


def read_mechanisms(text: str, origin: str, known: tuple[Parameter, ...]) -> dict[str, Mechanism]:
    """Mechanisms out of the text of a mechanisms file, for the parameters ``known``. Raises
    ScenarioError with every fault and its place.
    """
    problems = Problems()
    root = compose(text, origin, problems)
    if not isinstance(root.value, dict):
        raise problems.stop(
            root.place, f"'name: {{about, rows, set}}' is wanted here, not {kind_of(root.value)}"
        )
    parameters = {parameter.name: parameter for parameter in known}
    found = {}
    for name, entry in root.value.items():
        before = len(problems)
        if not isinstance(entry.value, dict) or not {"about", "set"} <= entry.value.keys():
            problems.say(entry.place, f"'{name}' is a mapping with about, rows (if any) and set")
            continue
        for key in entry.value.keys() - set(_KEYS):
            place = entry.value[key].key_place or entry.place
            problems.say(place, f"'{name}' has no '{key}'{nearest(key, _KEYS)}")
        rows = _rows(name, entry.value.get("rows"), problems)
        values = _values(name, entry.value["set"], parameters, problems)
        if len(problems) == before:
            found[name] = Mechanism(name, str(entry.value["about"].value), rows, values)
    if problems:
        raise problems.error()
    return found


def _rows(name: str, node: Node | None, problems: Problems) -> tuple[str, ...]:
    if node is None:
        return ()
    rows = [row.value for row in node.value] if isinstance(node.value, list) else [None]
    if not all(isinstance(row, str) and _ROW.fullmatch(row) for row in rows):
        problems.say(node.place, f"the rows of '{name}' are a list such as [S04, S46]")
    return tuple(map(str, rows))


def _values(
    name: str, node: Node, known: Mapping[str, Parameter], problems: Problems
) -> dict[str, float]:
    if not isinstance(node.value, dict) or not node.value:
        problems.say(node.place, f"'{name}' sets 'parameter: value', at least one")
        return {}
    values = {}
    for path, child in node.value.items():
        if path not in known:
            text = f"there is no parameter '{path}'{nearest(path, known)}"
            problems.say(child.key_place or child.place, text)
            continue
        try:
            values[path] = read_in(known[path].unit, child.value)
        except BadNumber as fault:
            problems.say(child.place, f"'{path}': {fault}")
            continue
        if not known[path].allows(values[path]):
            text = f"'{path}' cannot be {child.value}; give parameters.yaml 'off: {child.value}'"
            problems.say(child.place, text)
    return values
