"""A battle on paper as a tree of nodes, each of which knows where it was written.

Every scalar stays the text that was written: what ``no``, ``010`` or ``12:30`` mean is decided by
the field that receives them (see ``fields.py``), never by YAML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from affray.scenario.problems import Place


@dataclass(slots=True, eq=False)
class Node:
    """A scalar (``str``), a list or a mapping, with the place of its value and of its key.

    ``broken`` marks a node whose fault has been reported already.
    """

    value: str | list[Node] | dict[str, Node]
    place: Place
    key_place: Place | None = None
    broken: bool = False

    def plain(self) -> Any:
        """The same as plain lists, dicts and text."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def walk_to(self, path: tuple[str | int, ...]) -> tuple[Node, bool]:
        """The deepest node that exists on `path`, and whether the whole path exists.

        An index into something that is no list is passed over: a single order may stand for a list
        of one.
        """
        node = self
        for step in path:
            if isinstance(step, int) and not isinstance(node.value, list):
                continue
            child = node.child(step)
            if child is None:
                return node, False
            node = child
        return node, True

    def child(self, step: str | int) -> Node | None:
        """What stands under a key or index; None if nothing does."""
        if isinstance(self.value, list):
            known = isinstance(step, int) and step < len(self.value)
            return self.value[int(step)] if known else None
        return self.value.get(str(step)) if isinstance(self.value, dict) else None

    @property
    def text(self) -> str | None:
        """The text of a scalar; None if it is none, or at fault already."""
        if self.broken or isinstance(self.value, (dict, list)):
            return None
        return str(self.value)

    def at(self, *keys: str) -> Node | None:
        """What stands under one key after another; None if nothing does."""
        node: Node | None = self
        for key in keys:
            node = node.child(key) if node is not None else None
        return node

    def word(self, *keys: str) -> str | None:
        """The text of what stands there; None if nothing does, or no scalar."""
        node = self.at(*keys)
        return node.text if node is not None else None

    def listed(self, *keys: str) -> list[Node]:
        """The entries of the list that stands there; none if no list does."""
        node = self.at(*keys)
        return node.value if node is not None and isinstance(node.value, list) else []

    def entries(self, key: str) -> list[Node]:
        """The same, or the single entry that stands there for a list of one."""
        node = self.at(key)
        if node is None:
            return []
        return node.value if isinstance(node.value, list) else [node]

    def mapped(self, *keys: str) -> dict[str, Node]:
        """What the mapping that stands there has under each key; nothing if no mapping does."""
        node = self.at(*keys)
        return node.value if node is not None and isinstance(node.value, dict) else {}


Say = Callable[[Node, str], None]
"""Takes the node at fault and what is wrong."""


def node_from_data(data: Any, origin: str, path: tuple[str, ...] = ()) -> Node:
    """Plain Python data (as the builder makes it) as nodes, whose places are `origin` and the
    dotted path to them, as `--set` has it. None: not given.
    """
    place = Place(f"{origin}: {'.'.join(path)}" if path else origin)
    if isinstance(data, dict):
        given = {str(key): value for key, value in data.items() if value is not None}
        return Node({k: node_from_data(v, origin, (*path, k)) for k, v in given.items()}, place)
    if isinstance(data, (list, tuple)):
        steps = [(*path, _step_to(value, index)) for index, value in enumerate(data)]
        pairs = zip(data, steps, strict=True)
        return Node([node_from_data(value, origin, step) for value, step in pairs], place)
    return Node(data, place)


def _step_to(entry: Any, index: int) -> str:
    """What an entry of a list calls itself, or its number."""
    name = entry.get("name") if isinstance(entry, dict) else None
    return name if isinstance(name, str) else str(index)


def broken_paths(node: Node, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Paths of the nodes whose fault has been reported already."""
    if node.broken:
        yield path
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            yield from broken_paths(child, (*path, key))
    elif isinstance(node.value, list):
        for index, child in enumerate(node.value):
            yield from broken_paths(child, (*path, index))
