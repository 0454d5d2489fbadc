"""A sentence under audit: what it is held to, and what is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from affray.record.testimony import Record
from affray.tell.audit.fills import Fills
from affray.tell.audit.leaks import Leak
from affray.tell.audit.reading import Reading, Spoken
from affray.tell.lexicon import Lexicon

Clause = Mapping[str, Any]
"""A clause as a telling has it: text, frame, tree, and the numbers of the records it rests on."""


@dataclass
class Case:
    """One ``sentence`` of the telling of ``name``, in a scene that ends at ``to_tick`` and has so
    far ``spoken`` of whom; ``names``: every name that anybody in the battle might have; ``drawn``:
    what was told so far of what is drawn for him, None: nobody knows.
    """

    name: str
    reading: Reading
    lexicon: Lexicon
    fills: Fills
    names: frozenset[str]
    sentence: Mapping[str, Any]
    to_tick: int
    spoken: Spoken
    drawn: set[str] | None = None
    leaks: list[Leak] = field(default_factory=list)

    def leak(self, kind: str, why: str) -> None:
        """Note that it says what this mind could not know."""
        self.leaks.append(Leak(kind, self.name, self.sentence["text"], why))

    def record(self, clause: Clause) -> Record | None:
        """The record that a clause tells; None: there is none of that number."""
        number, records = clause["record"], self.reading.records
        return records[number] if 0 <= number < len(records) else None

    def listed(self, clause: Clause, what: str) -> list[Record]:
        """The records that a clause lists besides: those it ``cites``, or by which it ``named``."""
        return [self.reading.records[number] for number in clause.get(what, ())]

    def seconds(self, ticks: int) -> float:
        """Ticks as seconds."""
        return self.reading.testimony.seconds(ticks)
