"""Turning points: what must be told of a battle, whoever else has more to tell at that time.

A power let loose, somebody held or set free, somebody dear taken for dead or found alive, one who
faints, wakes, falls for good: these are few in any testimony, and what is few weighs little beside
what is long. So they are counted by themselves; each is news once.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping

from affray.record.testimony import Record
from affray.tell.mind import Mind
from affray.tell.scenes import Stretch

_TURNS = ("uses", "transfers", "robbed", "held", "free", "faint", "wake", "believes_dead",
          "believes_alive", "rapt", "forgets", "refuses", "breaks", "leads")  # fmt: skip
_LAST_S = 3.0  # a fall so short before a testimony ends is the last


def turning_points(mind: Mind, stretch: Stretch) -> dict[Hashable, int]:
    """What turns in a scene for somebody whom a battle names, each so that it is known again, and
    the tick of it.
    """
    if not mind.name:
        return {}
    records = (record for episode in stretch.episodes for record in episode.records)
    points = [(point, one.tick) for one in records for point in _points(mind, one)]
    return dict(reversed(points))  # of what comes about again, the first time


def _points(mind: Mind, record: Record) -> Iterator[Hashable]:
    if record.pred in _TURNS:
        what = record.of or record.get("power") or record.get("memory") or ""
        yield mind.name, record.pred, what
    left_s = mind.testimony.seconds(mind.testimony.last_tick - record.tick)
    if record.pred == "fall" and left_s <= _LAST_S:
        yield mind.name, "falls for good"


def over(points: Iterable[Mapping[Hashable, int]]) -> int | None:
    """The tick by which all has turned that turns in some scenes; None: nothing does."""
    first: dict[Hashable, int] = {}
    for one in points:
        for point, tick in one.items():
            first[point] = min(tick, first.get(point, tick))
    return max(first.values(), default=None)
