"""What an audit finds: the classes of leaks, a leak, and a sentence with what licenses it."""

from __future__ import annotations

from dataclasses import dataclass

from affray.record.testimony import Record

CLASSES = {
    "unsupported": "it asserts what no record says",
    "another's": "it rests on a record that is not this mind's",
    "future": "it tells what came only later",
    "channel": "it reached this mind by another sense",
    "identity": "it names whom this mind could not name then",
    "mind": "it knows another's mind, without a doubt",
    "number": "it counts more exactly than this mind could",
    "word": "it presupposes, or says by a word, what nothing licenses",
}
"""The classes of leaks, and what each means."""


@dataclass(frozen=True)
class Leak:
    """A sentence that says what its mind could not know: ``kind`` is one of ``CLASSES``."""

    kind: str
    witness: str
    sentence: str
    why: str


@dataclass(frozen=True)
class Licence:
    """A sentence, and the records that license it."""

    witness: str
    sentence: str
    records: tuple[Record, ...]
    leaks: tuple[Leak, ...]
