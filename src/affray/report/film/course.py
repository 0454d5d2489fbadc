"""The course of a battle in its pictures: how many of each unit stand, run and are gone, where and
how widely those who stand are spread, how far they went, and which units are at grips.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from affray.report.places import Places, places_of
from affray.report.roster import Roster
from affray.world import words as w

if TYPE_CHECKING:
    from affray.record import Recording

Array = np.ndarray[Any, Any]
_GRIPS_M = 4.0  # enemies in one square of this side are at grips
_LEAST_GRIPS = 3  # fighters of a unit in such squares,
_LEAST_SHARE = 0.2  # or this part of it, if that is less
_MOST_UNITS = 64  # with more, who is at grips with whom is left out
_COLUMNS = 8


@dataclass(frozen=True)
class Course:
    """By picture: ``ticks`` (T,); ``steady``, ``fleeing``, ``left`` (T, units): fighters;
    ``middle`` (T, units, 2) and ``spread`` (T, units, 3): mean place of the steady (m), and
    variance east, north and of both together (m²); ``went_m`` (T,): metres gone by all who stand
    and ``fell`` (T,): how many fell, since the picture before. ``grips[t]``: of units (one, other)
    of sides that fight each other, where their men are at grips (m).
    """

    ticks: Array
    steady: Array
    fleeing: Array
    left: Array
    middle: Array
    spread: Array
    went_m: Array
    fell: Array
    grips: list[dict[tuple[int, int], tuple[float, float]]]

    @classmethod
    def of(
        cls,
        recording: Recording,
        roster: Roster,
        size_m: tuple[float, float],
        first: int,
        last: int,
    ) -> Course:
        """Read the pictures of the ticks first..last; there may be none."""
        unit = np.repeat(np.arange(len(roster.units)), np.diff(roster.unit_first))
        ticks, rows, went, fell, grips = [], [], [], [], []
        before: Places | None = None
        for frame in recording.frames(first, last):
            now = places_of(frame, size_m)
            up = now.status == w.UP
            steady = up & (now.broken == 0)
            ticks.append(now.tick)
            rows.append(_by_unit(now, steady, up & ~steady, unit, len(roster.units)))
            went.append(0.0 if before is None else _went(before, now, steady))
            fell.append(0 if before is None else int(fallen(before, now).sum()))
            grips.append(dict(_at_grips(now, np.flatnonzero(steady), unit, roster)))
            before = now
        table = np.array(rows).reshape(len(ticks), _COLUMNS, len(roster.units))
        return cls(
            ticks=np.array(ticks, np.int64),
            steady=table[:, 0],
            fleeing=table[:, 1],
            left=table[:, 2],
            middle=table[:, 3:5].swapaxes(1, 2),
            spread=table[:, 5:].swapaxes(1, 2),
            went_m=np.array(went),
            fell=np.array(fell),
            grips=grips,
        )

    def struck_from(
        self, picture: int, unit: int, at_m: tuple[float, float], front: Array
    ) -> float:
        """Cosine of the angle off its front (unit vector) at which a unit is struck at a place,
        its depth and its width taken for equal: 1 from before, 0 from aside, −1 from behind.
        """
        ahead = np.array((front[0], front[1]), float)
        left = np.array((-front[1], front[0]), float)
        east, north, both = self.spread[picture, unit]
        cloud = np.array(((east, both), (both, north)))
        off = np.array(at_m) - self.middle[picture, unit]
        along, aside = (
            float(off @ axis) / max(float(axis @ cloud @ axis), 1.0) ** 0.5
            for axis in (ahead, left)
        )
        return along / max(float(np.hypot(along, aside)), 1e-9)


def _by_unit(now: Places, steady: Array, fleeing: Array, unit: Array, units: int) -> Array:
    """(_COLUMNS, units) how many stand, flee and have left; where and how spread they stand."""
    x, y, own = now.x_m[steady], now.y_m[steady], unit[steady]

    def summed(values: Array | None = None) -> Array:
        return np.bincount(own, values, units)

    some = np.maximum(summed(), 1)
    east, north = summed(x) / some, summed(y) / some
    return np.stack(
        [
            summed(),
            np.bincount(unit[fleeing], minlength=units),
            np.bincount(unit[now.status == w.LEFT], minlength=units),
            east,
            north,
            summed(x * x) / some - east * east,
            summed(y * y) / some - north * north,
            summed(x * y) / some - east * north,
        ]
    )


def fallen(before: Places, now: Places) -> Array:
    """(fighters,) bool: who lay on the ground, alive or dead, and did not before."""
    lay, lies = (
        (then.status == w.DOWN) | (then.status == w.OUT) | (then.status == w.DEAD)
        for then in (before, now)
    )
    return lies & ~lay


def _went(before: Places, now: Places, steady: Array) -> float:
    there = steady & before.on_field
    return float(np.hypot(now.x_m - before.x_m, now.y_m - before.y_m)[there].sum())


def _at_grips(
    now: Places, who: Array, unit: Array, roster: Roster
) -> Iterator[tuple[tuple[int, int], tuple[float, float]]]:
    """Pairs of units of which enough stand in the same squares, and the middle of those."""
    if len(roster.units) > _MOST_UNITS:
        return
    x, y, units = now.x_m[who], now.y_m[who], unit[who]
    squares = np.stack((x // _GRIPS_M, y // _GRIPS_M), axis=1).astype(np.int64)
    _, square = np.unique(squares, axis=0, return_inverse=True)
    holds = np.zeros((len(roster.units), int(square.max(initial=-1)) + 1), bool)
    holds[units, square] = True
    least = np.clip(_LEAST_SHARE * np.diff(roster.unit_first), 1, _LEAST_GRIPS)
    for one, other in combinations(np.unique(units).tolist(), 2):
        if roster.unit_side[other] not in roster.foes[roster.unit_side[one]]:
            continue
        both = holds[one] & holds[other]
        if not both.any():
            continue
        met = both[square] & ((units == one) | (units == other))
        if all((met & (units == each)).sum() >= least[each] for each in (one, other)):
            yield (one, other), (float(np.median(x[met])), float(np.median(y[met])))
