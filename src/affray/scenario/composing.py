"""YAML text to a tree of nodes. The safe subset is enforced while reading.

Aliases, anchors, tags, merge keys, duplicate keys and further documents are refused. Depth and
number of nodes are limited while the parser's events come in, so a hostile file costs no more than
the limit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from affray.scenario.nodes import Node
from affray.scenario.problems import Place, Problems
from affray.world.limits import SCENARIO_BYTES, SCENARIO_DEPTH, SCENARIO_NODES

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_UNREADABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def decode(raw: bytes, origin: str) -> str:
    """UTF-8 bytes as text. Raises ScenarioError at the first byte that is not UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        before = raw[: fault.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        text = "this is not UTF-8 text; save the file with encoding UTF-8"
        raise Problems().stop(Place(origin, line, column), text) from None


EMPTY = "nothing is in here; `affray new my_battle` writes a scenario to start from"


def compose(text: str, origin: str, problems: Problems, empty: str = EMPTY) -> Node:
    """Read `text` as one document of the safe subset and return its root; faults are said to
    `problems`, with `empty` if nothing is in it.

    Raises ScenarioError when nothing sensible can be said of the rest (syntax, limits).
    """
    _check_text(text, origin, problems)
    composer = _Composer(origin, problems)
    start = Place(origin, 1, 1)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            composer.take(event)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        where = Place(origin, mark.line + 1, mark.column + 1) if mark else start
        what = " ".join(part for part in (fault.context, fault.problem) if part)
        remedy = (
            "indent with spaces, put a space after each colon, quote text that holds ': ' or ' #'"
        )
        raise problems.stop(where, f"not readable as YAML: {what}; {remedy}") from None
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as fault:
        raise problems.stop(start, f"not readable as YAML: {fault}") from None
    if composer.root is None:
        raise problems.stop(start, empty)
    return composer.root


def _check_text(text: str, origin: str, problems: Problems) -> None:
    if len(text.encode("utf-8", "replace")) > SCENARIO_BYTES:
        text = f"this has more than {SCENARIO_BYTES:,} bytes, which is the most; shorten it"
        raise problems.stop(Place(origin, 1, 1), text)
    fault = _UNREADABLE.search(text)
    if fault:
        before = text[: fault.start()]
        place = Place(origin, before.count("\n") + 1, fault.start() - before.rfind("\n"))
        raise problems.stop(
            place, f"the character U+{ord(fault[0]):04X} cannot stand in a scenario; remove it"
        )


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read; `key` waits for its value."""

    node: Node
    key: str | None = None
    key_place: Place | None = None
    skip_value: bool = False
    as_key: bool = False


class _Composer:
    """Builds nodes out of parser events without recursion, counting as it goes."""

    def __init__(self, origin: str, problems: Problems) -> None:
        self.origin = origin
        self.problems = problems
        self.root: Node | None = None
        self.stack: list[_Open] = []
        self.count = 0
        self.documents = 0

    def take(self, event: Any) -> None:
        place = Place(self.origin, event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.DocumentStartEvent):
            self._start_document(event, place)
        elif isinstance(event, yaml.NodeEvent):
            self._count(place)
            broken = self._refuse_anchor_and_tag(event, place)
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event, place, broken)
            elif isinstance(event, yaml.AliasEvent):
                self._add(Node("", place, broken=True))
            else:
                self._open(event, place, broken)
        elif isinstance(event, yaml.CollectionEndEvent):
            done = self.stack.pop()
            if not done.as_key:
                self._add(done.node)
            else:
                self.stack[-1].key, self.stack[-1].skip_value = "", True

    def _start_document(self, event: Any, place: Place) -> None:
        self.documents += 1
        if self.documents > 1:
            self.problems.say(
                place, "a second document begins here; write one battle per file, without '---'"
            )
            raise self.problems.error()
        if event.tags:
            self.problems.say(place, "%TAG is not used in scenarios; remove it")

    def _count(self, place: Place) -> None:
        self.count += 1
        if self.count > SCENARIO_NODES:
            raise self.problems.stop(
                place, f"more than {SCENARIO_NODES:,} values; shorten the file"
            )

    def _refuse_anchor_and_tag(self, event: Any, place: Place) -> bool:
        if isinstance(event, yaml.AliasEvent):
            self.problems.say(
                place, f"the alias *{event.anchor} is not allowed; write the value out again"
            )
            return True
        broken = False
        if event.anchor is not None:
            self.problems.say(place, f"the anchor &{event.anchor} is not allowed; remove it")
            broken = True
        if event.tag is not None:
            self.problems.say(place, f"the tag {event.tag} is not allowed; remove it")
            broken = True
        return broken

    def _open(self, event: Any, place: Place, broken: bool) -> None:
        if len(self.stack) >= SCENARIO_DEPTH:
            raise self.problems.stop(place, f"nested more than {SCENARIO_DEPTH} deep; flatten it")
        node = Node({} if isinstance(event, yaml.MappingStartEvent) else [], place, broken=broken)
        as_key = self._expects_key()
        if as_key:
            self.problems.say(
                place, "a key must be a plain word, not a list or mapping; quote text in { or ["
            )
        self.stack.append(_Open(node, as_key=as_key))

    def _expects_key(self) -> bool:
        return (
            bool(self.stack)
            and isinstance(self.stack[-1].node.value, dict)
            and self.stack[-1].key is None
        )

    def _scalar(self, event: Any, place: Place, broken: bool) -> None:
        if self._expects_key():
            self._key(event.value, place)
            return
        if event.value == "" and not event.style and not broken:
            self.problems.say(place, f"{self._empty_slot()} has no value; write one, or remove it")
            broken = True
        self._add(Node(event.value, place, broken=broken))

    def _empty_slot(self) -> str:
        if not self.stack:
            return "the scenario"
        return f"'{self.stack[-1].key}'" if self.stack[-1].key else "this entry"

    def _key(self, key: str, place: Place) -> None:
        frame = self.stack[-1]
        mapping = frame.node.value
        assert isinstance(mapping, dict)
        frame.key, frame.key_place, frame.skip_value = key, place, False
        if key == "<<":
            self.problems.say(place, "the merge key << is not allowed; write the keys out")
            frame.skip_value = True
        elif key in mapping:
            first = mapping[key].key_place
            self.problems.say(
                place, f"'{key}' appears twice here (first at {first}); keep one of them"
            )
            frame.skip_value = True

    def _add(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        frame = self.stack[-1]
        if isinstance(frame.node.value, list):
            frame.node.value.append(node)
            return
        if frame.key is None:  # an alias in the place of a key, reported already
            frame.key, frame.skip_value = "", True
            return
        if not frame.skip_value:
            assert isinstance(frame.node.value, dict)
            node.key_place = frame.key_place
            frame.node.value[frame.key] = node
        frame.key, frame.skip_value = None, False
