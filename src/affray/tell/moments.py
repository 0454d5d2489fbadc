"""Shared moments: a scream, a spectacle that stands in many testimonies within a breath.

They are found in the testimonies alone, and the scenes of a chorus end on them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from affray.record.testimony import Record, Testimony

_TOGETHER_S = 2.0  # what reaches several minds within so long is one happening
_APART_S = 20.0  # shared moments stand at least so far apart
_LEAST_SHARE = 0.3  # of the minds that a moment must have reached
_SHARED = ("gripped", "scream", "spectacle", "marvel")


@dataclass(frozen=True)
class Moment:
    """A happening that reached many: its tick, and the record of it by place of the mind."""

    tick: int
    records: dict[int, Record]


def shared_moments(testimonies: Sequence[Testimony], most: int) -> list[Moment]:
    """The moments that reached the most minds, in time."""
    dt = testimonies[0].dt_s
    single = [
        (record.tick, number, record)
        for number, testimony in enumerate(testimonies)
        for record in testimony.records
        if record.pred in _SHARED and _strikes(record)
    ]
    single.sort(key=lambda one: (one[0], one[1]))
    found: list[tuple[float, Moment]] = []
    for tick in sorted({one[0] for one in single}):
        if (tick - testimonies[0].first_tick) * dt < _APART_S:
            continue  # nothing has led up to it
        near = [one for one in single if 0 <= (one[0] - tick) * dt <= _TOGETHER_S]
        records: dict[int, Record] = {}
        for _, number, record in near:
            if number not in records or record.pred == "gripped":
                records[number] = record
        if len(records) >= max(2, _LEAST_SHARE * len(testimonies)):
            gripped = sum(record.pred == "gripped" for record in records.values())
            found.append((len(records) + 2.0 * gripped, Moment(tick, records)))
    found.sort(key=lambda one: (-one[0], one[1].tick))
    taken: list[Moment] = []
    for _, moment in found:
        apart = all(abs(moment.tick - other.tick) * dt >= _APART_S for other in taken)
        if apart and len(taken) < most:
            taken.append(moment)
    return sorted(taken, key=lambda moment: moment.tick)


def _strikes(record: Record) -> bool:
    """Whether a record is of the kind that many would remember."""
    if record.pred == "scream":
        return float(record.get("level", 0)) >= 75 or record.get("timbre") != "a man"
    return True
