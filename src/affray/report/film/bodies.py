"""Bodies of men: those of a unit who go by one order at a moment, or run.

So a unit part of which left its line after the enemy is two bodies; and each body has one place,
one way since a moment before, and one aim.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from affray.report.places import Places
from affray.report.roster import Roster
from affray.world import words as w

Array = np.ndarray[Any, Any]
IN_FLIGHT = -1  # in place of an order
_LEAST_SHARE = 0.15  # of those of a unit on their feet who make a body of their own
_LEAST = 4


@dataclass(frozen=True)
class Body:
    """Fighters ``who`` (ids) of one unit, under the order of row ``order`` or in flight.

    ``x_m``, ``y_m``: their middle; ``came_m``: how far, east and north, the same men have come
    since before.
    """

    unit: int
    side: int
    order: int
    who: Array
    x_m: float
    y_m: float
    came_m: tuple[float, float]

    @property
    def runs(self) -> bool:
        """Whether they are in flight."""
        return self.order == IN_FLIGHT


def bodies(
    now: Places, before: Places, orders: Array, words: Array, roster: Roster
) -> Iterator[Body]:
    """The bodies on the field. ``orders`` (fighters,): the row that each goes by; ``words`` (O,):
    what each row says.
    """
    up = now.status == w.UP
    for unit, side in enumerate(roster.unit_side):
        who = np.arange(roster.unit_first[unit], roster.unit_first[unit + 1])
        who = who[up[who]]
        broken = now.broken[who] == 1
        for order, men in _parted(who, np.where(broken, IN_FLIGHT, orders[who]), words):
            x_m, y_m = float(np.median(now.x_m[men])), float(np.median(now.y_m[men]))
            came = men[before.on_field[men]]
            yield Body(unit, side, order, men, x_m, y_m, _way(before, now, came))


def _parted(who: Array, orders: Array, words: Array) -> Iterator[tuple[int, Array]]:
    """A unit's men by what their order says: those in flight apart, and few go with the most."""
    steady = orders != IN_FLIGHT
    says = np.where(steady, words[orders], -1)
    kinds, counts = np.unique(says[steady], return_counts=True)
    least = max(_LEAST, _LEAST_SHARE * len(who))
    most = kinds[np.argmax(counts)] if len(kinds) else -1
    for kind, count in zip(kinds.tolist(), counts.tolist(), strict=True):
        if kind != most and count < least:
            says[says == kind] = most
    for kind in [most, *(kind for kind in np.unique(says) if kind not in (most, -1)), -1]:
        men = says == kind
        if (kind == -1 and men.sum() < least) or not men.any():
            continue
        rows, often = np.unique(orders[men], return_counts=True)
        yield int(rows[np.argmax(often)]), who[men]


def _way(before: Places, now: Places, men: Array) -> tuple[float, float]:
    """The middle of the ways that men have come, east and north (m)."""
    if len(men) == 0:
        return 0.0, 0.0
    east = np.median(now.x_m[men] - before.x_m[men])
    north = np.median(now.y_m[men] - before.y_m[men])
    return float(east), float(north)
