"""Trees: clauses with slots, as a lexicon writes them, read once and said in many forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from affray.tell.english import PAST, Irregular, inflected
from affray.tell.pronouns import OWN

_MARK = re.compile(r"\[([a-z]+)(:pl)?\]|\{([A-Za-z]+(?:'s)?)\}")
_LIKENS = re.compile(
    r"\b(?:like|as (?:if|though|one|people|they|a|an|the|at|in|on|after|before)|"
    r"as \w+ as (?:a|an|the))\b"
)
_NO_SUBJECTS = frozenset((
    "forward", "then", "now", "there", "for", "here", "so", "if", "what", "whatever", "over",
    "where", "wherever", "while", "when", "before", "after", "of", "under", "out", "across",
    "among", "in", "on", "at", "behind", "beside", "next", "with", "from", "by", "near", "far",
    "all", "between", "to",
))  # fmt: skip
"""Words with which a clause opens that no other word can open."""
_MEASURES = ("seconds", "count", "hits", "parried", "missed", "paces")
"""Slots with which a clause opens that no other word can open."""
SLOTS = (
    "I", "me", "my", "mine", "myself", "whom", "whom's", "they", "them", "their", "themself", "of",
    "of's", "foes", "ours", "unit", "leader", "weapon", "armed", "hand", "place", "number", "count",
    "word", "tint", "cry", "seconds", "memory", "notion", "power", "over", "did", "side", "hits",
    "parried", "missed", "paces", "calls",
)  # fmt: skip
"""What can stand in braces in a tree."""


@dataclass(frozen=True)
class Verb:
    """A verb of a tree, in its plain form. ``plural``: its subject is more than one. ``mine``: its
    subject is whoever tells.
    """

    plain: str
    plural: bool
    mine: bool = False


@dataclass(frozen=True)
class Slot:
    """A place in a tree for somebody or something."""

    name: str


Part = str | Verb | Slot


@dataclass(frozen=True)
class Tree:
    """A clause with slots. ``demands`` and ``refuses``: what the features of a record must, and
    must not, be. ``presupposes``: predicates of which a record must have come before.
    ``mark``: how much it strikes the ear, 0 to 3; what is marked comes back seldom.
    ``hedged``: it infers what was not seen, so it is said as a guess.
    """

    say: str
    parts: tuple[Part, ...]
    demands: Mapping[str, Any] = field(default_factory=dict)
    refuses: Mapping[str, Any] = field(default_factory=dict)
    presupposes: tuple[str, ...] = ()
    mark: int = 0
    hedged: bool = False
    world: bool = False  # of a world's own lexicon
    who: tuple[str, ...] = ()  # names, units, sides of those who alone say it
    of: tuple[str, ...] = ()  # names of those of whom alone it is said

    @cached_property
    def is_fragment(self) -> bool:
        """Whether it has no verb."""
        return not any(
            isinstance(part, Verb) or (isinstance(part, Slot) and part.name == "did")
            for part in self.parts
        )

    @cached_property
    def fixed(self) -> int:
        """How many words it has that are always the same, beside what stands in slots."""
        return sum(
            part.name in OWN
            if isinstance(part, Slot)
            else 1
            if isinstance(part, Verb)
            else len(part.split())
            for part in self.parts
        )

    @cached_property
    def likens(self) -> bool:
        """Whether it says what something was like."""
        return _LIKENS.search(self.say) is not None

    @cached_property
    def can_follow(self) -> bool:
        """Whether a word such as "when" or "then" can open it: its verb comes first, after a
        subject.
        """
        before = ""
        if isinstance(self.parts[0], Slot) and self.parts[0].name in _MEASURES:
            return False
        for part in self.parts:
            if isinstance(part, Verb):
                first = before.split(" ", 1)[0].lower()
                return not any(mark in before for mark in ",:;“") and first not in _NO_SUBJECTS
            before += part if isinstance(part, str) else "x"
        return False

    @property
    def is_mere_speech(self) -> bool:
        """Whether it is words that somebody said, and no more."""
        return self.slots() <= {"notion", "calls"} and self.say[:1] == "“" and self.is_fragment

    @cached_property
    def ends_with_whom(self) -> bool:
        """Whether it closes with the one it is about, so that "who" can go on about him."""
        last = self.parts[-1] if self.parts else ""
        return isinstance(last, Slot) and last.name == "whom"

    @property
    def speaks_of_oneself(self) -> bool:
        """Whether whoever tells is in it, or what he has in hand, or his own side."""
        return bool(self.slots() & {*OWN, "hand", "ours", "unit", "leader", "foes"})

    @cached_property
    def begins_with_me(self) -> bool:
        """Whether its subject is whoever tells, alone, and stands first."""
        first, then = (*self.parts, "", "")[:2]
        alone = not (isinstance(then, str) and then.startswith(" and "))
        return isinstance(first, Slot) and first.name == "I" and alone

    def suits(self, features: Mapping[str, Any]) -> bool:
        """Whether the features of a record license every word of it."""
        return all(meets(features.get(name), wanted) for name, wanted in self.demands.items()) and (
            not any(meets(features.get(name), wanted) for name, wanted in self.refuses.items())
        )

    def slots(self) -> frozenset[str]:
        """The names of its slots."""
        return self._slots

    @cached_property
    def _slots(self) -> frozenset[str]:
        return frozenset(part.name for part in self.parts if isinstance(part, Slot))

    def realized(
        self,
        fill: Callable[[str], str],
        irregular: Irregular,
        form: str = PAST,
        *,
        many: bool = False,
    ) -> str:
        """The clause in a form, its slots filled by ``fill``. In another form than the past only
        the first verb changes. ``many``: several tell it.
        """
        return "".join(text for _, text in self.pieces(fill, irregular, form, many=many))

    def pieces(
        self,
        fill: Callable[[str], str],
        irregular: Irregular,
        form: str = PAST,
        *,
        many: bool = False,
    ) -> list[tuple[Part, str]]:
        """The same, part by part, each with what it reads."""
        found: list[tuple[Part, str]] = []
        first = True
        for part in self.parts:
            if isinstance(part, Verb):
                plural = part.plural or (many and part.mine)
                said = inflected(part.plain, form if first else PAST, irregular, plural=plural)
                found.append((part, said))
                first = False
            else:
                found.append((part, fill(part.name) if isinstance(part, Slot) else part))
        return found


def parsed(text: str) -> tuple[Part, ...]:
    """The parts of a tree as it is written. Raises ValueError at a slot that nobody knows."""
    parts: list[Part] = []
    at = 0
    for mark in _MARK.finditer(text):
        if mark.start() > at:
            parts.append(text[at : mark.start()])
        verb, plural, slot = mark.groups()
        mine = parts[-2:] == [Slot("I"), " "]
        if not verb and slot not in SLOTS:
            raise ValueError(f"nothing can stand in {{{slot}}}; there are {', '.join(SLOTS)}")
        parts.append(Verb(verb, bool(plural), mine) if verb else Slot(str(slot)))
        at = mark.end()
    if at < len(text):
        parts.append(text[at:])
    plain = "".join(part for part in parts if isinstance(part, str))
    if any(letter in plain for letter in "{}[]"):
        raise ValueError("a slot is {name}, a verb [plain form], or [be:pl] for more than one")
    return tuple(parts)


def meets(value: Any, wanted: Any) -> bool:
    """Whether a feature is as wanted: equal, one of a list, or ``">0.5"``, ``"<2"``, ``"=1"``."""
    if isinstance(wanted, list | tuple):
        return any(meets(value, one) for one in wanted)
    if isinstance(wanted, str) and wanted[:1] in "<>=" and wanted[1:]:
        if not isinstance(value, int | float):
            return False
        limit = float(wanted[1:])
        return (
            value < limit
            if wanted[0] == "<"
            else (value > limit if wanted[0] == ">" else value == limit)
        )
    return bool(value == wanted)
