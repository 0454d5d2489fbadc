"""Bodies of men on a picture: their outline, the way they came, where their order sends them, and
what they are called and told.

Imports matplotlib: import this module late.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.patches import FancyArrowPatch

from affray.report.film.bodies import Body
from affray.report.film.bodynames import draw_names
from affray.report.film.orders import Orders
from affray.report.film.sight import Sight
from affray.report.pictures import canvas
from affray.report.places import Places
from affray.report.roster import Roster
from affray.scenario.orders import ENDLESS_M
from affray.world import words as w

Array = np.ndarray[Any, Any]
_FEW = 6  # men who have no outline
_GRAIN = 1 / 170  # of the breadth shown: the squares that an outline goes by
_SPACING_M = (1.0, 4.0)  # an outline reaches so far about a man: as far as they stand apart
_CLOSE_M = 1.2  # in close order they stand so near; a looser body is drawn fainter
_LEAST = 2.2  # times what a man by himself comes to: fewer are in no outline
_KEPT = 0.12  # of a body's men, the loosest, whom its outline leaves out
_CAME = 0.025  # of the breadth shown: a shorter way has no arrow
_SHARE = 0.12  # of a unit: the order of fewer has no arrow
_ALONG = 12  # places along an arrow that names keep off
_SENT = 0.05  # of the breadth shown: how long the arrow of an order is


def draw_bodies(
    axes: Any, found: Sequence[Body], places: Places, orders: Orders, roster: Roster, sight: Sight
) -> None:
    """All of it, of the bodies in sight."""
    sizes = np.diff(roster.unit_first)
    shown = [body for body in found if sight.shows(body.x_m, body.y_m)]
    arrows = [np.zeros((0, 2))]
    for body in shown:
        colour = roster.sides[body.side].colour
        together = len(body.who) < _FEW or _outline(axes, body, places, colour, sight)
        arrows.append(_came(axes, body, colour, sight))
        if together and not body.runs and len(body.who) >= _SHARE * sizes[body.unit]:
            arrows.append(_sent(axes, body, places, orders, sight))
    draw_names(axes, shown, places, orders, roster, sight, np.concatenate(arrows))


def _outline(axes: Any, body: Body, places: Places, colour: str, sight: Sight) -> bool:
    """The edge of where they stand close to each other; broken, if they are. Whether any do."""
    men = body.who[sight.shows(places.x_m[body.who], places.y_m[body.who])]
    if len(men) < _FEW:
        return False
    x, y = places.x_m[men], places.y_m[men]
    spacing_m = _spacing_m(x, y)
    middles, close, level = _closeness(x, y, spacing_m, sight.breadth * _GRAIN)
    most = float(close.max())
    if most <= level:
        return False
    edge, order = [canvas.shaded(colour, 0.8)], min(1.0, _CLOSE_M / spacing_m)
    if body.runs:
        axes.contour(
            *middles, close, levels=[level], colors=edge, linewidths=0.6,
            linestyles=[(0, (3, 2))], alpha=0.5, zorder=6,
        )  # fmt: skip
        return True
    axes.contourf(
        *middles, close, levels=[level, most + 1], colors=[colour], alpha=0.25 * order**2, zorder=2
    )
    axes.contour(
        *middles, close, levels=[level], colors=edge, linewidths=0.5 + 0.4 * order,
        alpha=0.4 + 0.6 * order, zorder=6,
    )  # fmt: skip
    return True


def _closeness(
    x: Array, y: Array, spacing_m: float, grain: float
) -> tuple[tuple[Array, Array], Array, float]:
    """How close men stand in squares of a side (m): the squares' middles, so many men about each,
    and how many make an edge.
    """
    reach = max(1, round(spacing_m / grain))
    corner = np.array((x.min(), y.min())) - grain * 2 * (reach + 1)
    squares = ((np.array((x.max(), y.max())) - corner) // grain).astype(int) + 2 * reach + 3
    at = ((y - corner[1]) // grain).astype(int), ((x - corner[0]) // grain).astype(int)
    close = np.zeros(squares[::-1])
    np.add.at(close, at, 1.0)
    for axis in (0, 0, 1, 1):
        close = _smoothed(close, reach, axis)
    alone = 1 / (2 * reach + 1) ** 2
    level = max(0.5 * float(np.quantile(close[at], _KEPT)), _LEAST * alone)
    east, north = (corner[n] + grain * (np.arange(squares[n]) + 0.5) for n in (0, 1))
    return (east, north), close, level


def _spacing_m(x: Array, y: Array) -> float:
    """About how far apart most of them stand (m)."""
    area = 1.0
    for places in (x, y):
        low, high = np.quantile(places, (0.1, 0.9))
        area *= max(float(high - low), 1.0)
    return float(np.clip(np.sqrt(area / (0.64 * len(x))), *_SPACING_M))


def _smoothed(values: Array, reach: int, axis: int) -> Array:
    """Each value as the mean of those about it, along one axis."""
    kernel = np.ones(2 * reach + 1) / (2 * reach + 1)
    return np.apply_along_axis(lambda row: np.convolve(row, kernel, "same"), axis, values)


def _came(axes: Any, body: Body, colour: str, sight: Sight) -> Array:
    """An arrow from where the same men were before; a dotted one, if they run. Returns places (m)
    along it.
    """
    east, north = body.came_m
    if np.hypot(east, north) < _CAME * sight.breadth:
        return np.zeros((0, 2))
    axes.add_patch(
        FancyArrowPatch(
            (body.x_m - east, body.y_m - north), (body.x_m, body.y_m),
            arrowstyle="-|>,head_length=4,head_width=2.2", shrinkA=0, shrinkB=0, lw=1.1,
            color=canvas.shaded(colour, 0.7), linestyle=":" if body.runs else "-",
            alpha=0.45 if body.runs else 0.9, zorder=7, clip_on=True,
        )
    )  # fmt: skip
    here = np.array((body.x_m, body.y_m))
    return np.linspace(here - body.came_m, here, _ALONG)


def _sent(axes: Any, body: Body, places: Places, orders: Orders, sight: Sight) -> Array:
    """An open arrow towards where their order sends them, from their foremost men on. Returns
    places (m) along it.
    """
    row = orders.table[body.order]
    if int(row["word"]) in (w.ORDER_HOLD, w.ORDER_PERCH, w.ORDER_VOLLEY, w.ORDER_NONE):
        return np.zeros((0, 2))
    ahead = np.array((row["x"], row["y"]), float)
    here = np.array((body.x_m, body.y_m))
    if row["stop"] < ENDLESS_M:
        there = ahead * float(row["stop"]) + np.array((-ahead[1], ahead[0])) * float(row["aside"])
        way = there - here
        left = float(np.hypot(*way))
        if left < 3.0 + float(row["depth"]):
            return np.zeros((0, 2))
        ahead = way / left
    off = np.stack((places.x_m[body.who], places.y_m[body.who]), axis=1) - here
    here = here + ahead * max(float(np.quantile(off @ ahead, 0.9)), 0.0)
    end = here + ahead * _SENT * sight.breadth
    axes.add_patch(
        FancyArrowPatch(
            tuple(here), tuple(end), arrowstyle="->,head_length=3,head_width=2",
            shrinkA=0, shrinkB=0, lw=0.9, color=canvas.INK, zorder=8, clip_on=True,
        )
    )  # fmt: skip
    return np.linspace(here, end, _ALONG)
