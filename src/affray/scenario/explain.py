"""What the schema objects to, in sentences for the author of a battle."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from affray.scenario.fields import kind_of, listed, nearest
from affray.scenario.nodes import Node, Say, broken_paths
from affray.scenario.paths import ROOT, Path, Slot, slot_at
from affray.world.limits import PROBLEMS_SHOWN

EXPLAINED = 10 * PROBLEMS_SHOWN
"""Beyond this many, problems are only counted: looking for the nearest name takes its time."""


def explain(error: ValidationError, root: Node, say: Say, schema: Slot = ROOT) -> None:
    """Each of pydantic's errors as a sentence at its place. ``schema``: what stands at the root."""
    broken = set(broken_paths(root))
    for number, entry in enumerate(error.errors(include_url=False, include_context=True)):
        path: Path = tuple(entry["loc"])
        if any(path[:length] in broken for length in range(len(path) + 1)):
            continue
        if entry["type"] == "too_short" and len(entry["input"]) >= entry["ctx"]["min_length"]:
            continue  # only the sound entries were counted; what ails the others is said for each
        node = root.walk_to(path)[0]
        kind = entry["type"]
        if number >= EXPLAINED:
            say(node, entry["msg"])
        elif kind == "extra_forbidden":
            _explain_unknown(path, node, say, schema)
        elif kind == "missing":
            say(node, _missing(path))
        elif path and path[-1] == "[key]":
            holder = root.walk_to(path[:-1])[0]
            say(_at_key(holder), entry["msg"])
        else:
            say(node, _sentence(entry))


def _explain_unknown(path: Path, node: Node, say: Say, schema: Slot) -> None:
    slot = slot_at(path[:-1], schema)
    keys = list(slot.keys()) if slot is not None else []
    word = str(path[-1])
    say(
        _at_key(node),
        f"there is no key '{word}' here; allowed are {listed(keys, 40)}{nearest(word, keys)}",
    )


def _at_key(node: Node) -> Node:
    """The same, placed where its key stands."""
    return Node(node.value, node.key_place or node.place, broken=node.broken)


def _missing(path: Path) -> str:
    if isinstance(path[-1], int):
        return f"this list is too short; entry {path[-1] + 1} is missing"
    return f"'{path[-1]}' is missing here; add '{path[-1]}: ...'"


def _sentence(entry: Any) -> str:
    kind, context = entry["type"], entry.get("ctx", {})
    found = entry["input"]
    if kind in ("tuple_type", "list_type"):
        return (
            f"a list is wanted here ([a, b], or lines that begin with '- '), not {kind_of(found)}"
        )
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return (
            f"a mapping is wanted here (key: value lines, or {{key: value}}), not {kind_of(found)}"
        )
    if kind == "string_type":
        return f"text is wanted here, not {kind_of(found)}"
    if kind == "too_long":
        most, given = context["max_length"], context.get("actual_length") or "more"
        return f"at most {most} entries are allowed here, not {given}"
    if kind == "too_short" and context["min_length"] > 1:
        least, given = context["min_length"], context.get("actual_length", len(found))
        return f"at least {least} entries are wanted here, not {given}"
    if kind == "too_short":
        return "this list is empty; at least one entry is wanted here"
    return str(entry["msg"])
