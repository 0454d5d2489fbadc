"""From the text of a file of patterns to a checked ``Sieve``; faults as ``file:line:column``."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from affray.scenario.fields import listed, nearest
from affray.scenario.nodes import Node, Say, node_from_data
from affray.scenario.problems import Problems
from affray.scenario.sections import parsed, text_of
from affray.sift.happenings import ASKED, HAPPENINGS
from affray.sift.patterns import Match, Pattern, Patterns, Step
from affray.world.errors import ScenarioError

Source = str | os.PathLike[str] | Mapping[str, Any]
CAME, LINKED = ".came_s", ".linked_s"  # ends of columns: when a pattern, when a link came about
EXAMPLE = "patterns: [{name: first_blood, steps: [{event: wound, who: victim}]}]"


@dataclass(frozen=True)
class Sieve:
    """A checked file of patterns. ``text``: what it says; ``origin``: what it is called."""

    patterns: Patterns
    root: Node
    text: str
    origin: str

    def columns(self) -> list[str]:
        """What a table has of it in each row: names of columns, all of seconds."""
        names, links = self.patterns.names(), self.patterns.links()
        return [name + CAME for name in names] + [name + LINKED for name in links]

    def fault(self, path: tuple[str | int, ...], text: str) -> ScenarioError:
        """The error to raise for what is wrong at a path of the file."""
        return Problems().stop(self.root.walk_to(path)[0].place, text)


def read_sieve(source: Source) -> Sieve:
    """The patterns in a file, in a text with a line break in it, or in plain Python data.

    Raises ScenarioError with every fault and its place.
    """
    if isinstance(source, Mapping):
        given = node_from_data(dict(source), "patterns").plain()
        return parse_sieve(json.dumps(given), "patterns")
    if isinstance(source, str) and "\n" in source:
        return parse_sieve(source, "text")
    return parse_sieve(text_of(source), str(source))


@lru_cache(maxsize=8)
def parse_sieve(text: str, origin: str) -> Sieve:
    """The patterns that `text` says. Raises ScenarioError."""
    patterns, root = parsed(Patterns, text, origin, "a file of patterns", f"a pattern is {EXAMPLE}")
    problems = Problems()
    _check(patterns, root, lambda node, fault: problems.say(node.place, fault))
    if problems:
        raise problems.error()
    return Sieve(patterns, root, text, origin)


def _check(patterns: Patterns, root: Node, say: Say) -> None:
    """What no single value can tell: names that stand for something, and what belongs where."""
    _check_names(patterns, root, say)
    for k, pattern in enumerate(patterns.patterns):
        for j, step in enumerate(pattern.steps):
            path = ("patterns", k, "steps", j)
            _check_match(step, root.walk_to(path)[0], say)
            _check_step(pattern, j, root.walk_to(path)[0], say)
            for i, match in enumerate(step.unless):
                _check_match(match, root.walk_to((*path, "unless", i))[0], say)


def _check_names(patterns: Patterns, root: Node, say: Say) -> None:
    names = patterns.names()
    for k, name in enumerate(names):
        if name in names[:k]:
            node = root.walk_to(("patterns", k, "name"))[0]
            say(node, f"'{name}' is the name of two patterns; give each its own")
    linked: list[str] = []
    for k, group in enumerate(patterns.chain):
        for j, name in enumerate(group):
            node = root.walk_to(("chain", k, j))[0]
            if name not in names:
                say(
                    node,
                    f"no pattern is called '{name}'; there are {listed(names)}"
                    f"{nearest(name, names)}",
                )
            elif name in linked:
                say(node, f"'{name}' stands in the chain twice; keep one of them")
            linked.append(name)
    _check_roles(patterns, root, say)


def _check_roles(patterns: Patterns, root: Node, say: Say) -> None:
    played = sorted({role for pattern in patterns.patterns for role in pattern.roles()})
    for name, role in patterns.roles.items():
        node = root.walk_to(("roles", name))[0]
        for other in (name, role.enemy_of, role.companion_of):
            if other is not None and other not in played:
                say(
                    node,
                    f"no step has the role '{other}'; there are {listed(played)}"
                    f"{nearest(other, played)}",
                )


def _check_match(match: Match, node: Node, say: Say) -> None:
    kind = match.event
    for asked, kinds in ASKED.items():
        if getattr(match, asked) is not None and kind not in kinds:
            say(_at(node, asked), f"'{asked}' is not known of a '{kind}'; it is of {listed(kinds)}")
    if match.whom is not None and HAPPENINGS[kind][1] is None:
        say(_at(node, "whom"), f"nobody else is in a '{kind}'; leave 'whom' out")


def _check_step(pattern: Pattern, number: int, node: Node, say: Say) -> None:
    step, before = pattern.steps[number], pattern.steps[:number]
    if number == 0:
        for asked in ("near", "caused_by"):
            if getattr(step, asked) is not None:
                say(_at(node, asked), f"'{asked}' is about a step before; this is the first")
        if step.within is not None and step.at_least == 1:
            say(_at(node, "within"), "'within' counts from the step before; this is the first")
    if step.name is not None and step.name in [one.name for one in before]:
        say(_at(node, "name"), f"'{step.name}' is the name of two steps; give each its own")
    if number and step.caused_by is not None:
        _check_cause(step, before, node, say)


def _check_cause(step: Step, before: tuple[Step, ...], node: Node, say: Say) -> None:
    named = {one.name: one for one in before if one.name is not None}
    wanted = step.caused_by
    if wanted not in named:
        say(
            _at(node, "caused_by"),
            f"no step before is called '{wanted}'; give the one that is "
            f"meant a 'name'{nearest(str(wanted), named)}",
        )
    elif named[wanted].at_least > 1:
        say(_at(node, "caused_by"), f"'{wanted}' is many events; name a step that is one")


def _at(node: Node, asked: str) -> Node:
    """The value of a key, or the mapping itself where it is written otherwise."""
    return node.child(asked) or node
