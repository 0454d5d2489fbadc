"""Turning points: what must be told of a battle, whoever else has more to tell at that time.

A power let loose, somebody held or set free, somebody dear taken for dead or found alive, one who
faints, wakes, falls for good: these are few in any testimony, and what is few weighs little beside
what is long. So they are counted by themselves; each is news once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from affray.record.testimony import Record
from affray.tell.episodes import Episode
from affray.tell.mind import Mind

_OF_NERVE = ("breaks", "leads", "refuses")  # what turns, and yet comes to many
_NERVE = 0.5  # so it counts for so much of what does not
_TURNS = ("uses", "transfers", "robbed", "held", "free", "faint", "wake", "believes_dead",
          "believes_alive", "rapt", "forgets", *_OF_NERVE)  # fmt: skip
_LAST_S = 3.0  # a fall so short before a testimony ends is the last


class Point(NamedTuple):
    """A turning point, so that it is known again: of whom, what turns, and of what or whom."""

    name: str
    pred: str
    what: str = ""


def turning_points(mind: Mind, told: Sequence[Episode]) -> dict[Point, int]:
    """What turns in some episodes for somebody whom a battle names, each so that it is known again,
    and the tick of it. The last fall is two: it ends all that went before.
    """
    if not mind.name:
        return {}
    records = (record for episode in told for record in episode.records)
    points = [(point, one.tick) for one in records for point in _points(mind, one)]
    return dict(reversed(points))  # of what comes about again, the first time


def _points(mind: Mind, record: Record) -> Iterator[Point]:
    if record.pred in _TURNS:
        what = record.of or record.get("power") or record.get("memory") or ""
        yield Point(mind.name, record.pred, what)
    left_s = mind.testimony.seconds(mind.testimony.last_tick - record.tick)
    if record.pred == "fall" and left_s <= _LAST_S:
        yield Point(mind.name, "falls for good")
        yield Point(mind.name, "is no more")


def news(points: Iterable[Point]) -> float:
    """How much some turning points are, all in all, that nobody has told yet."""
    return sum(_NERVE if point.pred in _OF_NERVE else 1.0 for point in points)


def over(points: Iterable[Mapping[Point, int]]) -> int | None:
    """The tick by which all has turned that turns in some scenes; None: nothing does."""
    first: dict[Point, int] = {}
    for one in points:
        for point, tick in one.items():
            first[point] = min(tick, first.get(point, tick))
    return max(first.values(), default=None)
