"""What is drawn for somebody whom nobody named: a life behind him, and his companions' names.

A world's lexicon has clauses for each side (``past``), and names. Which of them are somebody's own
hangs on his battle, his unit and the luck of his testimony alone, and no knowledge hangs on it: so
he has the same life in every telling, and teller and audit draw it in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from affray.record.testimony import Testimony

LIVES = 6  # how many such clauses one witness has


def own_past(testimony: Testimony, clauses: int) -> tuple[int, ...]:
    """The numbers of the clauses, out of so many, that are a witness's own."""
    if testimony.self_["name"] or clauses == 0:
        return ()
    return tuple(dict.fromkeys(number % clauses for number in _drawn(testimony.luck)))


def _drawn(luck: int) -> Iterator[int]:
    mixed = luck
    for _ in range(LIVES):
        mixed = (mixed * 1664525 + 1013904223) & 0xFFFFFFFF
        yield mixed >> 8


def drawn_name(names: Sequence[str], battle: str, own: Mapping[str, Any], number: int) -> str:
    """The name of somebody of one's unit whom nobody named; nothing for whoever stands so far off
    in it that he would share the name of somebody nearer.
    """
    if 2 * abs(number - int(own["number"])) >= len(names):
        return ""
    key = 2166136261
    for letter in f"{battle}/{own['unit']}":
        key = ((key ^ ord(letter)) * 16777619) & 0xFFFFFFFF
    return names[(key + number) % len(names)]
