"""Files beside a scenario as checked sections: patterns, words, voices. Faults as
``file:line:column``.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from affray.scenario.composing import compose, decode
from affray.scenario.explain import explain
from affray.scenario.fields import Section, kind_of
from affray.scenario.nodes import Node
from affray.scenario.paths import Slot
from affray.scenario.problems import Problems
from affray.world.errors import ScenarioError
from affray.world.limits import SCENARIO_BYTES

S = TypeVar("S", bound=Section)


def text_of(path: str | os.PathLike[str]) -> str:
    """The text of a file. Raises ScenarioError if it cannot be read."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            raw = file.read(SCENARIO_BYTES + 1)
    except OSError as fault:
        raise ScenarioError([f"{path}: cannot be read: {fault.strerror}"]) from None
    return decode(raw, str(path))


def parsed(kind: type[S], text: str, origin: str, what: str, example: str = "") -> tuple[S, Node]:
    """What ``text`` says as a section, and its nodes. ``what`` it is, and a sentence with an
    ``example`` of what stands in it, for a fault.

    Raises ScenarioError with every fault and its place.
    """
    problems = Problems()

    def say(node: Node, fault: str) -> None:
        if not node.broken:
            problems.say(node.place, fault)

    example = example or f"{what} is wanted"
    root = compose(text, origin, problems, empty=f"nothing is in here; {example}")
    if not isinstance(root.value, dict):
        say(root, f"{what} is a mapping, not {kind_of(root.value)}; {example}")
        raise problems.error()
    try:
        found = kind.model_validate(root.plain())
    except ValidationError as error:
        explain(error, root, say, Slot(kind))
        raise problems.error() from None
    if problems:
        raise problems.error()
    return found, root
