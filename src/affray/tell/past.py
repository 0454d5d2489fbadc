"""What somebody whom nobody named has behind him: drawn for the battle and for him.

A world's lexicon has clauses for each side (``past``); which of them are a witness's own hangs on
the luck of his testimony alone, so that he has the same life in every telling.
"""

from __future__ import annotations

from collections.abc import Iterator

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
