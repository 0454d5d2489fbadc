"""What bodies of men are called and told, written beside them where fewest men, stars and arrows
and no other names lie; neighbours of like name who do the same share one. A line leads from a name
to its men where others stand nearer to it; names for which there is no room are counted.

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
_FAR_PT = 7.0  # from here on a line leads from a name to its men
_A_MAN_PT = 0.7  # to lie on a man, or so near him, is as bad as to lie so much farther off
_CLEAR_PT = 2.0
_APART_PT = (2.5, 1.2)  # names keep so far from each other, beside and above
_STAR = 3  # squares about a leader's star, each as bad to lie on as a man
_SAMPLE = 200  # of a body's men, whose places stand for all
_RINGS_PT = (6.0, 10.0, 16.0, 24.0, 36.0, 50.0, 66.0)
_WAYS = 16


@dataclass(frozen=True)
class Name:
    """A text for so many men of a side, who stand about a place, on so much paper. ``spots``
    (n, 2): where some of them stand on it, the one amid them first.
    """

    text: str
    side: int
    runs: bool
    men: int
    about: Box
    spots: Array

    @property
    def size(self) -> tuple[float, float]:
        """Half the breadth and height of the text (points)."""
        lines = self.text.split("\n")
        return 0.29 * _PT * max(map(len, lines)) + 1.0, 0.62 * _PT * len(lines)


def draw_names(
    axes: Any,
    shown: Sequence[Body],
    places: Places,
    orders: Orders,
    roster: Roster,
    sight: Sight,
    arrows: Array,
) -> None:
    """Names of the bodies, the largest first; those that find no place are counted in a corner.
    ``arrows`` (n, 2): places (m) along arrows, on which no name should lie.
    """
    crowd = crowd_of(places, sight, roster, arrows)
    taken: list[Box] = []
    wanted = sorted(names(shown, places, orders, roster, sight), key=lambda n: (n.runs, -n.men))
    lies = np.flatnonzero((places.status == w.UP) & sight.shows(places.x_m, places.y_m))
    men = on_paper(places.x_m[lies], places.y_m[lies], sight)
    for name in wanted[:_MOST]:
        spot = free(name, taken, crowd)
        if spot is not None:
            taken.append((spot[0], spot[1], *np.add(name.size, _APART_PT).tolist()))
            _write(axes, name, spot, men, roster.sides[name.side].colour, sight)
    left_out = len(wanted) - len(taken)
    if left_out:
        axes.annotate(
            f"{left_out} more without a name", (0.0, 0.0), xycoords="axes fraction", xytext=(3, 3),
            textcoords="offset points", fontsize=_PT, color=canvas.FAINT, zorder=9,
        )  # fmt: skip


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
        about = _about(who, places, sight)
        spots = _some(on_paper(places.x_m[who], places.y_m[who], sight), about)
        yield Name(text, side, group[0].runs, len(who), about, spots)


def _does(body: Body, orders: Orders) -> str:
    if body.runs:
        return "run" if len(body.who) > 1 else "runs"
    return does(int(orders.table["word"][body.order]), len(body.who) == 1)


def on_paper(x_m: Array, y_m: Array, sight: Sight) -> Array:
    """(n, 2) places on paper (points), from the lower left of what is shown."""
    return np.stack((x_m - sight.left, y_m - sight.bottom), axis=-1) * sight.points_per_m


def _some(spots: Array, about: Box) -> Array:
    """Some of most of them, that stand for all; first the one nearest to their middle."""
    most = spots[(np.abs(spots - about[:2]) <= np.add(about[2:], 0.5)).all(axis=1)]
    some = most[:: -(-len(most) // _SAMPLE)] if len(most) else spots
    amid = np.argmin(np.hypot(*(some - np.median(some, axis=0)).T))
    return np.concatenate((some[amid : amid + 1], some))


def _about(who: Array, places: Places, sight: Sight) -> Box:
    """The middle of most of them, and half their extent to either side."""
    spots = on_paper(places.x_m[who], places.y_m[who], sight)
    low, high = np.quantile(spots, (0.04, 0.96), axis=0)
    return (*((low + high) / 2).tolist(), *((high - low) / 2).tolist())


def _near(one: Box, other: Box) -> bool:
    return all(
        abs(one[axis] - other[axis]) <= one[axis + 2] + other[axis + 2] + _NEAR_PT
        for axis in (0, 1)
    )


def crowd_of(places: Places, sight: Sight, roster: Roster, arrows: Array) -> Array:
    """What no name should lie on, by square from the lower left, summed over all squares before:
    men on their feet, leaders for several, and arrows.
    """
    up = places.status == w.UP
    squares = [
        max(1, int(np.ceil(extent * sight.points_per_m / _SQUARE_PT)))
        for extent in (sight.right - sight.left, sight.top - sight.bottom)
    ]
    leads = np.array([one for one in roster.leaders if up[one]], int)
    stars = on_paper(places.x_m[leads], places.y_m[leads], sight)
    around = np.stack(np.meshgrid(*2 * (np.arange(_STAR) - _STAR // 2,)), -1).reshape(-1, 2)
    spots = np.concatenate(
        (
            on_paper(places.x_m[up], places.y_m[up], sight),
            on_paper(arrows[:, 0], arrows[:, 1], sight),
            (stars[:, None] + around * _SQUARE_PT).reshape(-1, 2),
        )
    )
    counted, _, _ = np.histogram2d(
        spots[:, 0] / _SQUARE_PT,
        spots[:, 1] / _SQUARE_PT,
        bins=squares,
        range=[(0, squares[0]), (0, squares[1])],
    )
    return np.pad(counted.cumsum(0).cumsum(1), ((1, 0), (1, 0)))


def free(name: Name, taken: Sequence[Box], crowd: Array) -> tuple[float, float] | None:
    """The middle of the best place for a name: in the picture, on no other, on few men, and near
    its own; None if there is none.
    """
    wide, high = name.size
    best: tuple[float, tuple[float, float]] | None = None
    for spot in _candidates(name):
        box = (*spot, wide, high)
        if not _inside(box, crowd) or any(_overlap(box, other) for other in taken):
            continue
        cost = float(_off(box, name.spots).min())
        cost += _A_MAN_PT * _men((*spot, wide + _CLEAR_PT, high + _CLEAR_PT), crowd)
        if best is None or cost < best[0]:
            best = cost, spot
    return best[1] if best is not None else None


def _candidates(name: Name) -> Iterator[tuple[float, float]]:
    """Places round about most of its men, and round the one amid them."""
    wide, high = name.size
    angles = np.arange(_WAYS) * (2 * np.pi / _WAYS)
    round_about = np.clip(np.stack((np.cos(angles), np.sin(angles)), axis=1) * 2**0.5, -1, 1)
    for x, y, half_x, half_y in (name.about, (*name.spots[0].tolist(), 0.0, 0.0)):
        for ring in _RINGS_PT:
            reach = np.array((half_x + wide + ring, half_y + high + ring))
            yield from ((x, y) + round_about * reach).tolist()


def _off(box: Box, spots: Array) -> Array:
    """How far places are from a box (points)."""
    apart = np.abs(spots - box[:2]) - box[2:]
    return np.hypot(*np.maximum(apart, 0.0).T)


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


def _write(
    axes: Any, name: Name, spot: tuple[float, float], men: Array, colour: str, sight: Sight
) -> None:
    """The text, and a line to the nearest of its men if they are not beside it, or others are
    nearer. ``men`` (n, 2): where anybody stands on paper.
    """
    scale, corner = sight.points_per_m, np.array((sight.left, sight.bottom))
    ink = canvas.shaded(colour, 0.75)
    box = (*spot, *name.size)
    if needs_line(box, name, men):
        nearest = name.spots[int(_off(box, name.spots).argmin())]
        ends = np.array((spot, nearest)) / scale + corner
        axes.plot(*ends.T, color=ink, linewidth=0.6, alpha=0.8, zorder=8)
    at = np.array(spot) / scale + corner
    axes.text(
        *at, canvas.plain(name.text), fontsize=_PT, color=ink, ha="center", va="center",
        linespacing=1.05, zorder=9, clip_on=True, style="italic" if name.runs else "normal",
        path_effects=[withStroke(linewidth=2.0, foreground=(1, 1, 1, 0.9))],
    )  # fmt: skip


def needs_line(box: Box, name: Name, men: Array) -> bool:
    """Whether a reader could take a name at a place for others', or for nobody's."""
    own = float(_off(box, name.spots).min())
    if own > _FAR_PT:
        return True
    nearer = men[_off(box, men) < own]
    return bool(len(nearer))
