"""What several minds share of a moment: a testimony of all of them, with nothing in it that any of
them lacks.

It is made of testimonies alone. A record stands in it if each of them has one like it at that
time; what differs between them (numbers, how loud, how sure) is left out, or the least of it kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from affray.record.testimony import Record, Testimony

SHARED = (
    "scream", "spectacle", "marvel", "gripped", "quiet", "dim", "din", "blood_smell", "foes_flee",
    "mates_flee", "breaks", "flees", "stands", "order", "call", "fear",
)  # fmt: skip
"""What can be shared: nothing that is about somebody in particular."""
_HOLDING = ("scream", "spectacle", "marvel")
_TOGETHER_S = 3.0
_BEFORE_S = 8.0
LEAST = 3  # so many minds at least tell together


def collective(testimonies: Sequence[Testimony], tick: int) -> Testimony | None:
    """What all of them testify of the moment round ``tick``; None: nothing, or they are too few."""
    if len(testimonies) < LEAST:
        return None
    first = testimonies[0]
    found: list[Record] = []
    number: dict[int, int] = {}
    for record in _nearest(first, tick):
        near = (tick - record.tick) * first.dt_s
        if record.pred not in SHARED or not -_TOGETHER_S <= near <= _BEFORE_S:
            continue
        others = [_like(other, record) for other in testimonies[1:]]
        if any(one is None for one in others):
            continue
        number[record.id] = len(found)
        found.append(_shared(record, [one for one in others if one is not None], number))
    if not found:
        return None
    sides = {one.self_["side"] for one in testimonies}
    own = {**first.self_, "name": "", "gender": "all", "unit": "", "unit_title": "", "number": 0}
    if len(sides) > 1:
        own |= {"side": "", "side_title": "", "foes": {}}
    luck = 0
    for one in testimonies:
        luck ^= one.luck
    return replace(
        first,
        self_=own,
        knows={},
        tracks=(),
        records=tuple(found),
        luck=luck,
        last_tick=max(record.tick for record in found),
    )


def _nearest(testimony: Testimony, tick: int) -> list[Record]:
    """The records of a mind, of each predicate the one that came nearest to ``tick``, in time."""
    best: dict[str, Record] = {}
    for record in testimony.records:
        other = best.get(record.pred)
        if other is None or abs(record.tick - tick) < abs(other.tick - tick):
            best[record.pred] = record
    return sorted(best.values(), key=lambda record: record.id)


def of_one_mind(testimonies: Sequence[Testimony], tick: int) -> list[Testimony]:
    """Those whom the same thing held at ``tick``, or the same two: those who share most of it, and
    among as much the most of them.
    """
    groups: dict[frozenset[object], list[Testimony]] = {}
    for testimony in testimonies:
        keys = dict.fromkeys(
            (record.pred, *_key(record))
            for record in testimony.records
            if record.pred in _HOLDING and abs(tick - record.tick) * testimony.dt_s <= _TOGETHER_S
        )
        for one in (*map(frozenset, combinations(keys, 1)), *map(frozenset, combinations(keys, 2))):
            groups.setdefault(one, []).append(testimony)
    enough = [
        (len(members) * len(keys), members)
        for keys, members in groups.items()
        if len(keys) == 1 or len(members) >= LEAST
    ]
    return max(enough, key=lambda pair: pair[0], default=(0, []))[1]


def _like(testimony: Testimony, record: Record) -> Record | None:
    """The record of another mind that says the same at about the same time."""
    for other in testimony.records:
        soon = abs(other.tick - record.tick) * testimony.dt_s <= _TOGETHER_S
        if other.pred == record.pred and soon and _key(other) == _key(record):
            return other
    return None


def _key(record: Record) -> tuple[object, ...]:
    """What must be the same for two records to say the same."""
    return tuple(record.get(name) for name in ("timbre", "power", "word", "says", "got"))


def _shared(record: Record, others: Sequence[Record], number: dict[int, int]) -> Record:
    """What all of these records say."""
    features = {
        name: value
        for name, value in record.features.items()
        if all(other.get(name) == value for other in others)
    }
    links = {
        name: kept
        for name, ids in record.links.items()
        if (kept := tuple(number[one] for one in ids if one in number))
    }
    return Record(
        number[record.id],
        record.tick,
        min(one.until for one in (record, *others)),
        record.pred,
        -1,
        "",
        min(one.sure for one in (record, *others)),
        min(one.acuity for one in (record, *others)),
        features,
        links,
    )
