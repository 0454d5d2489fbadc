"""The parameters of the rules: one documented file of values, each with unit, source and range.

``affray/rules/parameters.yaml`` holds groups of entries ``name: {value, unit, source, range: [low,
high], about}``; a scenario overrides any of them by its dotted name. Where the value that switches
a mechanism off is not a plausible one, it stands beside the range as ``off: value``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from affray.scenario.composing import compose
from affray.scenario.fields import kind_of, listed, nearest, show_number
from affray.scenario.nodes import Node
from affray.scenario.numbers import BadNumber, read_number
from affray.scenario.problems import Problems

PLAIN = ("1", "fraction", "cosine", "log")
"""What the file calls numbers without a unit."""

_KEYS = ("value", "unit", "source", "range", "about")
_MAY = ("off",)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of the rules. `name` is ``group.name``; value, low and high are in `unit`.

    `off`: a value outside the range that is allowed too, because it has no effect; None: there is
    none.
    """

    name: str
    value: float
    unit: str
    source: str
    low: float
    high: float
    about: str
    off: float | None = None

    def allows(self, value: float) -> bool:
        """Whether a scenario may give it this value."""
        return self.low <= value <= self.high or value == self.off

    @property
    def invented(self) -> bool:
        """Nobody has measured it; a study should vary it."""
        return self.source.strip().lower().startswith("invented")


@cache
def bundled_parameters() -> tuple[Parameter, ...]:
    """All parameters of the rules, in the order of the file."""
    path = resources.files("affray").joinpath("rules/parameters.yaml")
    return read_parameters(path.read_text(encoding="utf-8"), "parameters.yaml")


def read_parameters(text: str, origin: str) -> tuple[Parameter, ...]:
    """Parameters out of the text of a parameters file. Raises ScenarioError with every fault and
    its place.
    """
    problems = Problems()
    root = compose(text, origin, problems)
    found: list[Parameter] = []
    if not isinstance(root.value, dict):
        raise problems.stop(
            root.place, f"groups of parameters are wanted here, not {kind_of(root.value)}"
        )
    for group, entries in root.value.items():
        if not isinstance(entries.value, dict):
            problems.say(
                entries.place,
                f"group '{group}' holds 'name: {{value, unit, source, range, about}}'",
            )
            continue
        for name, entry in entries.value.items():
            parameter = _read_entry(f"{group}.{name}", entry, problems)
            if parameter is not None:
                found.append(parameter)
    if problems:
        raise problems.error()
    return tuple(found)


def _read_entry(name: str, entry: Node, problems: Problems) -> Parameter | None:
    if not isinstance(entry.value, dict):
        problems.say(entry.place, f"'{name}' is a mapping with {', '.join(_KEYS)}")
        return None
    before = len(problems)
    for unknown in entry.value.keys() - {*_KEYS, *_MAY}:
        problems.say(
            entry.value[unknown].key_place or entry.place,
            f"'{name}' has no '{unknown}'{nearest(unknown, _KEYS + _MAY)}",
        )
    for missing in [wanted for wanted in _KEYS if wanted not in entry.value]:
        problems.say(entry.place, f"'{name}' lacks '{missing}'")
    if len(problems) > before:
        return None
    texts = {label: node.value for label, node in entry.value.items()}
    unit = str(texts["unit"])
    bounds = entry.value["range"].value
    if not isinstance(bounds, list) or len(bounds) != 2:
        problems.say(entry.value["range"].place, f"the range of '{name}' is [low, high]")
        return None
    numbers: list[float] = []
    off = [entry.value[label] for label in _MAY if label in entry.value]
    for node in (entry.value["value"], *bounds, *off):
        try:
            numbers.append(read_in(unit, node.value))
        except BadNumber as fault:
            problems.say(node.place, f"'{name}': {fault}")
    if len(problems) > before:
        return None
    value, low, high, *without = numbers
    if not low <= value <= high:
        problems.say(
            entry.value["value"].place, f"'{name}' is {value}, outside its range {low} to {high}"
        )
        return None
    source, about = str(texts["source"]), str(texts["about"])
    return Parameter(name, value, unit, source, low, high, about, *without)


def read_in(unit: str, value: Any) -> float:
    """`value` (a number, or text with or without a unit) in `unit`. Raises BadNumber."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise BadNumber(f"a number is wanted here, not {kind_of(value)}")
    unit = "" if unit in PLAIN else unit
    try:
        return read_number(value, unit) if isinstance(value, str) else float(value)
    except OverflowError:
        raise BadNumber(f"{value} is too large to be kept as a number") from None


def flatten(node: Node, prefix: str = "") -> Iterator[tuple[str, Node]]:
    """Dotted name and node of each value, of a nested (or already dotted) mapping of overrides."""
    if not isinstance(node.value, dict):
        yield prefix, node
        return
    for name, child in node.value.items():
        yield from flatten(child, f"{prefix}.{name}" if prefix else name)


def read_overrides(
    node: Node, known: tuple[Parameter, ...]
) -> tuple[dict[str, float], list[tuple[Node, str]]]:
    """A scenario's `parameters` section as dotted name → value, and what is wrong with it, each
    with its node.
    """
    if not isinstance(node.value, dict):
        return {}, [(node, f"parameters are 'group.name: value' lines, not {kind_of(node.value)}")]
    by_name = {parameter.name: parameter for parameter in known}
    values: dict[str, float] = {}
    faults: list[tuple[Node, str]] = []
    for name, child in flatten(node):
        parameter = by_name.get(name)
        if parameter is None:
            faults.append((child, _unknown(name, by_name)))
            continue
        if name in values:
            faults.append((child, f"'{name}' is given twice; keep one of them"))
            continue
        try:
            value = read_in(parameter.unit, child.value)
        except BadNumber as bad:
            faults.append((child, str(bad)))
            continue
        if not parameter.allows(value):
            low, high = show_number(parameter.low), show_number(parameter.high)
            span = f"{low} to {high} {parameter.unit}".rstrip()
            if parameter.off is not None:
                span += f", or {show_number(parameter.off)}, which switches it off"
            faults.append((child, f"{child.value} is outside the range of '{name}': {span}"))
            continue
        values[name] = value
    return values, faults


def _unknown(name: str, known: Mapping[str, Parameter]) -> str:
    """What to say of a name that is no parameter's: it may be that of a group of them."""
    group = [other.removeprefix(f"{name}.") for other in known if other.startswith(f"{name}.")]
    if group:
        return f"'{name}' is a group of parameters; say which: {listed(group, 40)}"
    return f"there is no parameter '{name}'; docs/parameters.md lists them{nearest(name, known)}"


def values_for(overrides: dict[str, float]) -> dict[str, float]:
    """Every parameter's value by dotted name: a scenario's overrides, and else the defaults."""
    return {
        parameter.name: overrides.get(parameter.name, parameter.value)
        for parameter in bundled_parameters()
    }
