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
_BEFORE_S = 20.0
LEAST = 3  # so many minds at least tell together


def collective(testimonies: Sequence[Testimony], tick: int) -> Testimony | None:
    """What all of them testify of the moment round ``tick``; None: nothing, or they are too few."""
    if len(testimonies) < LEAST:
        return None
    first = testimonies[0]
    found: list[Record] = []
    number: dict[int, int] = {}
    for record in _nearest(first, tick):
        if record.pred not in SHARED or not _is_near(first, record, tick):
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
    """Those who share most of what there was round ``tick``, and something that holds one's eyes or
    ears in it; of several who share as much, the most.
    """
    said = [_said_round(testimony, tick) for testimony in testimonies]
    shared = {frozenset.intersection(*some) for some in combinations(said, LEAST)}
    held = [one for one in shared if any(pred in _HOLDING for pred, *_ in one)]
    most = max(map(len, held), default=0)
    alike = sorted((one for one in held if len(one) == most), key=lambda one: sorted(map(str, one)))
    groups = [[mind for mind, own in zip(testimonies, said, strict=True) if one <= own]
              for one in alike]  # fmt: skip
    return max(groups, key=len, default=[])


def _said_round(testimony: Testimony, tick: int) -> frozenset[tuple[object, ...]]:
    """What a mind says of the moment round ``tick`` that others can say, too."""
    return frozenset(
        (record.pred, *_key(record))
        for record in _nearest(testimony, tick)
        if record.pred in SHARED and _is_near(testimony, record, tick)
    )


def _is_near(testimony: Testimony, record: Record, tick: int) -> bool:
    """Whether a record belongs to the moment round ``tick``; what holds one, to that breath."""
    before_s = (tick - record.tick) * testimony.dt_s
    back_s = _TOGETHER_S if record.pred in _HOLDING else _BEFORE_S
    return -_TOGETHER_S <= before_s <= back_s


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
