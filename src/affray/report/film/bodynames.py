"""What bodies of men are called and told, written beside them where fewest men and no other names
lie; neighbours of like name who do the same share one.

Imports matplotlib: import this module late.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.patheffects import withStroke

from affray.report.film.bodies import Body
from affray.report.film.captions import does, named, unit_name
from affray.report.film.orders import Orders
from affray.report.film.sight import Sight
from affray.report.pictures import canvas
from affray.report.places import Places
from affray.report.roster import Roster
from affray.world import words as w

Array = np.ndarray[Any, Any]
Box = tuple[float, float, float, float]  # middle, and half the breadth and height (points)
_MOST = 40  # names: with more, none could be read
_SHARE = 0.12  # of a unit who are worth a name,
_SHARE_RUNS = 0.3  # and of those in flight
_PT = 6.8
_SQUARE_PT = 3.0  # men are counted by squares of this side
_NEAR_PT = 8.0  # neighbours who share a name are no farther apart
_FAR_PT = 6.0  # from here on a line leads from a name to its men
_A_MAN_PT = 0.4  # to lie on a man, or so near him, is as bad as to lie so much farther off
_CLEAR_PT = 4.0
_RINGS_PT = (4.0, 9.0, 15.0, 24.0, 36.0, 50.0, 66.0)
_WAYS = 16


@dataclass(frozen=True)
class Name:
    """A text for so many men of a side, who stand about a place, on so much paper."""

    text: str
    side: int
    runs: bool
    men: int
    about: Box

    @property
    def size(self) -> tuple[float, float]:
        """Half the breadth and height of the text (points)."""
        lines = self.text.split("\n")
        return 0.29 * _PT * max(map(len, lines)) + 1.0, 0.62 * _PT * len(lines)


def draw_names(
    axes: Any, shown: Sequence[Body], places: Places, orders: Orders, roster: Roster, sight: Sight
) -> None:
    """Names of the bodies, the largest first; one that finds no place is left out."""
    crowd = crowd_of(places, sight)
    taken: list[Box] = []
    wanted = sorted(names(shown, places, orders, roster, sight), key=lambda n: (n.runs, -n.men))
    for name in wanted[:_MOST]:
        spot = free(name, taken, crowd)
        if spot is not None:
            taken.append((*spot, *name.size))
            _write(axes, name, spot, roster.sides[name.side].colour, sight)


def names(
    shown: Sequence[Body], places: Places, orders: Orders, roster: Roster, sight: Sight
) -> Iterator[Name]:
    """The names of bodies, those who share one together."""
    sizes = np.diff(roster.unit_first)
    named_as: list[tuple[tuple[int, str, str], list[Body]]] = []
    for body in shown:
        if len(body.who) < (_SHARE_RUNS if body.runs else _SHARE) * sizes[body.unit]:
            continue
        kind = (body.side, unit_name(body.unit, roster).split()[0], _does(body, orders))
        box = _about(body.who, places, sight)
        for like, group in named_as:
            if like == kind and any(_near(box, _about(b.who, places, sight)) for b in group):
                group.append(body)
                break
        else:
            named_as.append((kind, [body]))
    for (side, _, doing), group in named_as:
        who = np.concatenate([body.who for body in group])
        text = f"{named((body.unit for body in group), roster)}\n{doing}"
        yield Name(text, side, group[0].runs, len(who), _about(who, places, sight))


def _does(body: Body, orders: Orders) -> str:
    if body.runs:
        return "run" if len(body.who) > 1 else "runs"
    return does(int(orders.table["word"][body.order]), len(body.who) == 1)


def _about(who: Array, places: Places, sight: Sight) -> Box:
    """The middle of most of them, and half their extent."""
    x = np.quantile((places.x_m[who] - sight.left) * sight.points_per_m, (0.04, 0.5, 0.96))
    y = np.quantile((places.y_m[who] - sight.bottom) * sight.points_per_m, (0.04, 0.5, 0.96))
    return float(x[1]), float(y[1]), float(x[2] - x[0]) / 2, float(y[2] - y[0]) / 2


def _near(one: Box, other: Box) -> bool:
    return all(
        abs(one[axis] - other[axis]) <= one[axis + 2] + other[axis + 2] + _NEAR_PT
        for axis in (0, 1)
    )


def crowd_of(places: Places, sight: Sight) -> Array:
    """Men on their feet in sight, by square from the lower left, summed over all squares before."""
    up = places.status == w.UP
    scale = sight.points_per_m
    squares = [
        max(1, int(np.ceil(extent * scale / _SQUARE_PT)))
        for extent in (sight.right - sight.left, sight.top - sight.bottom)
    ]
    counted, _, _ = np.histogram2d(
        (places.x_m[up] - sight.left) * scale / _SQUARE_PT,
        (places.y_m[up] - sight.bottom) * scale / _SQUARE_PT,
        bins=squares,
        range=[(0, squares[0]), (0, squares[1])],
    )
    return np.pad(counted.cumsum(0).cumsum(1), ((1, 0), (1, 0)))


def free(name: Name, taken: Sequence[Box], crowd: Array) -> tuple[float, float] | None:
    """The middle of the best place for a name: in the picture, on no other, on few men, and near
    its own; None if there is none.
    """
    wide, high = name.size
    x, y, half_x, half_y = name.about
    best: tuple[float, tuple[float, float]] | None = None
    for ring in _RINGS_PT:
        for angle in np.arange(_WAYS) * (2 * np.pi / _WAYS):
            east, north = float(np.cos(angle)), float(np.sin(angle))
            spot = (x + (half_x + wide + ring) * east, y + (half_y + high + ring) * north)
            box = (*spot, wide, high)
            if not _inside(box, crowd) or any(_overlap(box, other) for other in taken):
                continue
            cost = ring + _A_MAN_PT * _men((*spot, wide + _CLEAR_PT, high + _CLEAR_PT), crowd)
            if best is None or cost < best[0]:
                best = cost, spot
    return best[1] if best is not None else None


def _inside(box: Box, crowd: Array) -> bool:
    return all(
        half <= middle <= squares * _SQUARE_PT - half
        for middle, half, squares in zip(box[:2], box[2:], np.subtract(crowd.shape, 1), strict=True)
    )


def _overlap(one: Box, other: Box) -> bool:
    return all(abs(one[axis] - other[axis]) < one[axis + 2] + other[axis + 2] for axis in (0, 1))


def _men(box: Box, crowd: Array) -> float:
    """How many men a place would cover."""
    (left, right), (bottom, top) = (
        np.clip(
            np.round(np.array((middle - half, middle + half)) / _SQUARE_PT).astype(int),
            0,
            size - 1,
        )
        for middle, half, size in zip(box[:2], box[2:], crowd.shape, strict=True)
    )
    covered = crowd[right, top] - crowd[left, top] - crowd[right, bottom] + crowd[left, bottom]
    return float(covered)


def _write(axes: Any, name: Name, spot: tuple[float, float], colour: str, sight: Sight) -> None:
    """The text, and a line to its men if they are not beside it."""
    scale, corner = sight.points_per_m, np.array((sight.left, sight.bottom))
    ink = canvas.shaded(colour, 0.75)
    x, y, half_x, half_y = name.about
    gap = max(abs(spot[0] - x) - half_x - name.size[0], abs(spot[1] - y) - half_y - name.size[1])
    if gap > _FAR_PT:
        ends = np.array((spot, (x, y))) / scale + corner
        axes.plot(*ends.T, color=ink, linewidth=0.4, alpha=0.7, zorder=8)
    at = np.array(spot) / scale + corner
    axes.text(
        *at, canvas.plain(name.text), fontsize=_PT, color=ink, ha="center", va="center",
        linespacing=1.05, zorder=9, clip_on=True, style="italic" if name.runs else "normal",
        path_effects=[withStroke(linewidth=2.0, foreground=(1, 1, 1, 0.9))],
    )  # fmt: skip
