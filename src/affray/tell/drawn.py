"""What is drawn for somebody whom nobody named: a life behind him, his companions' names, and what
he and the nearest of them have with each other.

A world's lexicon has clauses for each side (``past``, ``companions``), and names. Which of them are
somebody's own hangs on his battle, his unit and his testimony alone, and no knowledge hangs on it:
so he has the same life in every telling, and teller and audit draw it in the same way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from affray.record.testimony import Record, Testimony
from affray.tell.pronouns import NOBODY, SEVERAL

LIVES = 10  # how many clauses of a life one witness has
DEAR = 2  # and companions with whom he has something
PAYS = ("mate_falls", "mate_flees", "mate_hurt", "helps_up", "tends", "mate_fells")
"""What can come of what one has with a companion."""
_SHARED = 4  # clauses that are drawn for each such companion, so that no two minds need the same
_AGAIN_S = 2.0  # who comes up again after so long is called by his name


def own_past(testimony: Testimony, clauses: int) -> tuple[int, ...]:
    """The numbers of the clauses, out of so many, that are a witness's own."""
    if not _has_a_life(testimony) or clauses == 0:
        return ()
    return tuple(dict.fromkeys(number % clauses for number in _drawn(testimony.luck, LIVES)))


def own_shared(testimony: Testimony, clauses: int) -> dict[int, tuple[int, ...]]:
    """The numbers of the clauses, out of so many, of which one is what a witness and a companion
    have with each other, for each companion near enough to him, by his number.
    """
    near = near_ones(testimony) if clauses else ()
    drawn = [number % clauses for number in _drawn(~testimony.luck, DEAR * _SHARED)] if near else []
    order = tuple(dict.fromkeys(drawn))
    return {mate: order[place::DEAR] for place, mate in enumerate(near)}


def near_ones(testimony: Testimony) -> tuple[int, ...]:
    """The companions with whom a witness has most to do, of whom something becomes, by their
    numbers.
    """
    if not _has_a_life(testimony):
        return ()
    worth = {
        mate: len({one.pred for one in about}) + 0.1 * len(about)
        for mate, about in _companions(testimony).items()
        if _comes_up_again(testimony, about) and any(one.pred in PAYS for one in about[1:])
    }
    return tuple(sorted(worth, key=lambda mate: -worth[mate])[:DEAR])


def names_of(testimony: Testimony, names: Sequence[str]) -> dict[int, str]:
    """What a witness calls companions of his unit whom nobody named, by their numbers: those who
    come up again. Of two who would have one name, whoever was met first has it.
    """
    found: dict[int, str] = {}
    for mate, about in _companions(testimony).items():
        name = _drawn_name(names, testimony.battle, testimony.self_, mate)
        if name and name not in found.values() and _comes_up_again(testimony, about):
            found[mate] = name
    return found


def _has_a_life(testimony: Testimony) -> bool:
    """Whether a witness is one person, whom nobody named."""
    own = testimony.self_
    return not own["name"] and own["gender"] not in (NOBODY, SEVERAL)


def _drawn(luck: int, count: int) -> Iterator[int]:
    mixed = luck & 0xFFFFFFFF
    for _ in range(count):
        mixed = (mixed * 1664525 + 1013904223) & 0xFFFFFFFF
        yield mixed >> 8


def _drawn_name(names: Sequence[str], battle: str, own: Mapping[str, Any], number: int) -> str:
    if not names:
        return ""
    key = 2166136261
    for letter in f"{battle}/{own['unit']}":
        key = ((key ^ ord(letter)) * 16777619) & 0xFFFFFFFF
    return names[(key + number) % len(names)]


def _companions(testimony: Testimony) -> dict[int, list[Record]]:
    """All that is told of each companion whom nobody named, by his number, in the order met."""
    of_track: dict[int, int] = {}
    found: dict[int, list[Record]] = defaultdict(list)
    for record in testimony.records:
        if record.pred == "is_mate" and record.get("number"):
            of_track[record.whom] = int(record.get("number"))
            found[of_track[record.whom]]  # met
        elif record.whom in of_track and record.channel != "fact":
            found[of_track[record.whom]].append(record)
    return found


def _comes_up_again(testimony: Testimony, about: Sequence[Record]) -> bool:
    spans = about[-1].tick - about[0].tick if about else 0
    return testimony.seconds(spans) >= _AGAIN_S
