"""Dotted paths into a scenario, as in ``--set units.legion_1.count=40``: what may stand there, and
setting it.

Things in lists are addressed by name (or number from 0), ``*`` stands for any run of characters in
one step.
"""

from __future__ import annotations

import fnmatch
import types
import typing
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticCustomError

from affray.scenario.composing import compose
from affray.scenario.fields import LIVE, START, Before, Section, listed, nearest
from affray.scenario.model import Scenario
from affray.scenario.nodes import Node
from affray.scenario.problems import Place, Problems
from affray.world.errors import ScenarioError

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the schema: the type that stands there, and whether a fork may change it."""

    annotation: Any
    live: bool = False

    def keys(self) -> dict[str, Slot]:
        """The keys of the mapping that stands here (none if it is no mapping of fixed keys)."""
        section = _section(self.annotation)
        if section is None:
            return {}
        found = {}
        for name, info in section.model_fields.items():
            extra = info.json_schema_extra
            live = isinstance(extra, dict) and extra.get("mutability") == LIVE
            whole = typing.Annotated[(info.annotation, *info.metadata)] if info.metadata else None
            found[info.alias or name] = Slot(whole or info.annotation, self.live or live)
        return found

    def step(self, step: str | int) -> Slot | None:
        """The slot one step further; None if there is none."""
        keys = self.keys()
        if keys:
            return keys.get(str(step))
        for choice in _choices(self.annotation):
            origin, arguments = typing.get_origin(choice), typing.get_args(choice)
            if origin is tuple:
                return Slot(arguments[0], self.live)
            if origin is dict:
                return Slot(arguments[1], self.live)
        return None

    def is_list(self) -> bool:
        """A list stands here."""
        return any(typing.get_origin(choice) is tuple for choice in _choices(self.annotation))


ROOT = Slot(Scenario)


def slot_at(path: Sequence[str | int], root: Slot = ROOT) -> Slot | None:
    """The slot that `path` leads to from `root`, None if the schema has no such path."""
    slot: Slot | None = root
    for index, step in enumerate(path):
        if index and path[0] == "parameters":
            return Slot(float, live=True)
        if slot is None:
            return None
        if isinstance(step, int) and not slot.is_list():
            continue
        slot = slot.step(step)
    return slot


def mutability_of(path: str) -> str:
    """``"live"`` if a fork may change this path after tick 0, else ``"start"``. Raises
    ScenarioError if unknown.
    """
    steps = _steps(path)
    slot = slot_at(steps)
    if slot is None:
        _refuse_unknown(path, steps)
    assert slot is not None
    return LIVE if slot.live else START


def apply_to(root: Node, sets: Sequence[str]) -> None:
    """Change `root` as each ``path=value`` of `sets` says. Raises ScenarioError listing every one
    that cannot be.
    """
    problems: list[str] = []
    for text in sets:
        try:
            _apply_one(root, text)
        except ScenarioError as fault:
            problems.extend(fault.problems)
    if problems:
        raise ScenarioError(problems)


def set_paths(sets: Sequence[str]) -> list[str]:
    """The paths of ``path=value`` texts."""
    return [text.partition("=")[0].strip() for text in sets]


def _apply_one(root: Node, text: str) -> None:
    origin = f"--set {text[:80]}"
    path, equals, value = text.partition("=")
    if not equals or not path.strip():
        raise ScenarioError([f"{origin}: write it as path=value, such as units.first.count=40"])
    node = _value_node(value.strip(), origin)
    steps = _steps(path)
    if steps[0] == "parameters" and len(steps) > 1:
        steps = ["parameters", ".".join(steps[1:])]
        _forget_nested(root, steps[1])
    if slot_at(steps) is None:
        _refuse_unknown(origin, steps)
    targets = list(_targets(root, steps, origin))
    for holder, step in targets:
        _put(holder, step, _copy(node))


def _value_node(text: str, origin: str) -> Node:
    if text[:1] in ("[", "{", '"', "'"):
        problems = Problems()
        node = compose(text, origin, problems)
        if problems:
            raise problems.error()
        return _at(node, Place(origin))
    return Node(text, Place(origin))


def _at(node: Node, place: Place) -> Node:
    value = node.value
    if isinstance(value, dict):
        return Node({key: _at(child, place) for key, child in value.items()}, place, place)
    if isinstance(value, list):
        return Node([_at(child, place) for child in value], place, place)
    return Node(value, place, place)


def _copy(node: Node) -> Node:
    return _at(node, node.place)


def _steps(path: str) -> list[str]:
    return [step.strip() for step in path.strip().split(".")]


def _forget_nested(root: Node, name: str) -> None:
    """Take a nested override of the same parameter out, so that the new dotted one alone counts."""
    group, _, rest = name.partition(".")
    node: Node | None = root.value.get("parameters") if isinstance(root.value, dict) else None
    while node is not None and isinstance(node.value, dict) and rest:
        inner = node.value.get(group)
        if inner is not None and isinstance(inner.value, dict):
            inner.value.pop(rest, None)
        node, (group, _, rest) = inner, rest.partition(".")


def _targets(root: Node, steps: list[str], origin: str) -> Iterator[tuple[Node, str | int]]:
    """The holders and last steps that `steps` lead to. Sections not written yet are begun."""
    level: list[tuple[Node, Slot]] = [(root, ROOT)]
    for depth, step in enumerate(steps[:-1]):
        following: list[tuple[Node, Slot]] = []
        for node, slot in level:
            found = _matches(node, slot, step, origin, steps[:depth])
            inner_slot = slot_at(steps[: depth + 1]) or slot
            for match in found:
                following.append((_enter(node, match, inner_slot, Place(origin)), inner_slot))
        level = following
    for node, slot in level:
        for match in _matches(node, slot, steps[-1], origin, steps[:-1]):
            yield node, match


def _matches(node: Node, slot: Slot, step: str, origin: str, before: list[str]) -> list[str | int]:
    if isinstance(node.value, list) and slot.is_list():
        names = [_name_of(item, index) for index, item in enumerate(node.value)]
        found = [index for index, name in enumerate(names) if fnmatch.fnmatchcase(name, step)]
        if not found and step.isdecimal() and int(step[:9]) < len(names):
            found = [int(step[:9])]
        if not found:
            where = ".".join(before)
            has = listed(names) or "nothing"
            raise ScenarioError(
                [f"{origin}: there is no '{step}' in {where}; it has {has}{nearest(step, names)}"]
            )
        return list(found)
    if not isinstance(node.value, dict):
        node.value = _long_form(node, slot)
    if "*" in step:
        return [name for name in node.value if fnmatch.fnmatchcase(name, step)]
    if step.isdecimal() and slot.is_list():
        return [-1]
    return [step]


def _long_form(node: Node, slot: Slot) -> dict[str, Node]:
    """The mapping that a short form stands for, so that a part of it can be changed and the rest
    stays; an empty one if it stands for none.
    """
    for reading in _readings(slot.annotation):
        with suppress(PydanticCustomError):
            long = reading.read(node.plain()) if isinstance(reading, Before) else None
            if isinstance(long, dict):
                return {str(key): Node(value, node.place) for key, value in long.items()}
    return {}


def _name_of(item: Node, index: int) -> str:
    if isinstance(item.value, dict):
        for label in ("name", "unit"):
            if label in item.value and isinstance(item.value[label].value, str):
                return str(item.value[label].value)
    return item.value if isinstance(item.value, str) else str(index)


def _enter(node: Node, match: str | int, slot: Slot, place: Place) -> Node:
    """What stands under a key or index; `place`: where it is begun, if nothing does."""
    if match == -1:  # a single entry where a list may stand
        return node
    if isinstance(node.value, list):
        assert isinstance(match, int)
        return node.value[match]
    assert isinstance(node.value, dict)
    assert isinstance(match, str)
    if match not in node.value:
        node.value[match] = Node([] if slot.is_list() and not slot.keys() else {}, place)
    return node.value[match]


def _put(holder: Node, step: str | int, node: Node) -> None:
    if isinstance(holder.value, list):
        assert isinstance(step, int)
        holder.value[step] = node
    elif isinstance(holder.value, dict):
        holder.value[str(step)] = node


def _refuse_unknown(origin: str, steps: Sequence[str]) -> None:
    """Raise ScenarioError naming the first step that the schema does not have, and the nearest
    path.
    """
    good: list[str] = []
    slot: Slot | None = ROOT
    for step in steps:
        assert slot is not None
        following = slot.step(step)
        if following is None:
            keys = slot.keys()
            where, has = ".".join(good) or "a scenario", listed(keys, 40)
            if not keys:
                raise ScenarioError(
                    [f"{origin}: {where} is a single value; '{step}' cannot follow it"]
                )
            raise ScenarioError(
                [f"{origin}: {where} has no '{step}'; it has {has}{nearest(step, keys)}"]
            )
        good.append(step)
        slot = following


def _readings(annotation: Any) -> list[Any]:
    """What is annotated to a type, or to its alternatives."""
    if typing.get_origin(annotation) is typing.Annotated:
        inner, *more = typing.get_args(annotation)
        return [*more, *_readings(inner)]
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        return [found for part in typing.get_args(annotation) for found in _readings(part)]
    return []


def _section(annotation: Any) -> type[Section] | None:
    for choice in _choices(annotation):
        if isinstance(choice, type) and issubclass(choice, Section):
            return choice
    return None


def _choices(annotation: Any) -> list[Any]:
    """The alternatives of an annotation, without Annotated and None."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return _choices(typing.get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        return [found for part in typing.get_args(annotation) for found in _choices(part)]
    return [] if annotation is type(None) else [annotation]
