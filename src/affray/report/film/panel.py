"""A panel of a film: the ground, what powers leave on it, everybody, and the bodies they form.

Imports matplotlib: import this module late.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Circle

from affray.report.film.bodyplot import draw_bodies
from affray.report.film.marks import Marks, Ring
from affray.report.film.orders import Orders
from affray.report.film.reel import Moment
from affray.report.film.sight import Sight
from affray.report.pictures import canvas
from affray.report.pictures.fieldplot import outline
from affray.report.roster import Roster
from affray.scenario import Scenario
from affray.world import words as w

Array = np.ndarray[Any, Any]
_LEAST_TAIL_M = 1.5
_FAINT = 0.3  # how much of the ground's colours is left
_LEAST_DOT = 1.1  # points
_MOST_DOT = 4.2
_BODY_M = 1.0
_BARRIER = "#3557b7"
_SPREADS = "#d3122a"
_ASH = "#2b2320"


@dataclass(frozen=True)
class Scene:
    """What all panels of a film have in common."""

    scenario: Scenario
    roster: Roster
    orders: Orders
    marks: Marks
    sight: Sight

    @property
    def dot(self) -> float:
        """How broad a man is drawn (points)."""
        return float(np.clip(_BODY_M * self.sight.points_per_m, _LEAST_DOT, _MOST_DOT))


def draw_panel(axes: Any, moment: Moment, scene: Scene, soil: Array) -> None:
    """All of a moment, over a picture of the ground."""
    sight, tick = scene.sight, moment.places.tick
    _ground(axes, scene.scenario, soil)
    _rings(axes, scene.marks.rings(tick))
    _people(axes, moment, scene)
    draw_bodies(axes, moment.bodies, moment.places, scene.orders, scene.roster, sight)
    axes.set(
        xlim=(sight.left, sight.right), ylim=(sight.bottom, sight.top), aspect="equal",
        xticks=[], yticks=[],
    )  # fmt: skip
    for spine in axes.spines.values():
        spine.set_color(canvas.HAIRLINE)


def _ground(axes: Any, scenario: Scenario, soil: Array) -> None:
    lines, columns = soil.shape[:2]
    faint = 1 - _FAINT * (1 - soil)
    axes.imshow(faint, origin="lower", extent=(0, columns, 0, lines), interpolation="nearest")
    for shape in scenario.field.terrain:
        patch, _, _ = outline(shape)
        patch.set(linewidth=0.5, alpha=0.4)
        axes.add_patch(patch)


def _rings(axes: Any, rings: list[Ring]) -> None:
    """Barriers; what spreads, brightest at its edge; and the circle that it leaves."""
    for ring in rings:
        edge = _SPREADS if ring.spreads else _BARRIER
        middle = (ring.x_m, ring.y_m)
        if ring.over:
            axes.add_patch(Circle(middle, ring.radius_m, fc=_ASH, ec="none", alpha=0.22, zorder=1))
            axes.add_patch(
                Circle(middle, ring.radius_m, fc="none", ec=edge, lw=0.9, ls=(0, (4, 2)), zorder=7)
            )
            continue
        glow = (1.0, 0.8, 0.55) if ring.spreads else (1.0,)
        for share in glow:
            radius = ring.radius_m * share
            axes.add_patch(Circle(middle, radius, fc=edge, ec="none", alpha=0.16, zorder=1))
        for width, alpha in ((4.5, 0.18), (1.4, 0.95)) if ring.spreads else ((0.9, 0.95),):
            axes.add_patch(
                Circle(middle, ring.radius_m, fc="none", ec=edge, lw=width, alpha=alpha, zorder=7)
            )


def _people(axes: Any, moment: Moment, scene: Scene) -> None:
    """Tails, the fallen, those in flight, those who stand, leaders: each above those before; the
    transfixed are hollow.
    """
    roster, now, dot = scene.roster, moment.places, scene.dot
    sides = roster.sides_of(np.arange(roster.fighters))
    rapt = scene.marks.rapt(now.tick, roster.fighters)
    up = now.status == w.UP
    lies = (now.status == w.DOWN) | (now.status == w.OUT) | (now.status == w.DEAD)
    broken = now.broken == 1
    leads = np.zeros(roster.fighters, bool)
    leads[list(roster.leaders)] = True
    for number, side in enumerate(roster.sides):
        own = sides == number
        dark = canvas.shaded(side.colour, 0.4)
        pale = canvas.tinted(side.colour, 0.42)
        _tails(axes, moment, own & up, side.colour, dot)
        for chosen, size, colour, order, more in (
            (lies, 0.62 * dot, dark, 3, {"alpha": 0.55}),
            (up & broken, 0.95 * dot, pale, 4, {}),
            (up & ~broken & ~rapt, dot, side.colour, 5, {}),
            (up & ~broken & rapt, dot, "white", 5,
             {"edgecolors": side.colour, "linewidths": 0.28 * dot}),
            (up & leads & ~broken, 2.0 * dot + 2.0, side.colour, 6,
             {"marker": "*", "edgecolors": "black", "linewidths": 0.45}),
        ):  # fmt: skip
            here = own & chosen
            style = {"linewidths": 0.0} | more
            axes.scatter(
                now.x_m[here], now.y_m[here], s=size * size, c=[colour], zorder=order, **style
            )


def _tails(axes: Any, moment: Moment, chosen: Array, colour: str, dot: float) -> None:
    """Lines from where they were a little before to where they are."""
    now, before = moment.places, moment.lately
    gone = np.hypot(now.x_m - before.x_m, now.y_m - before.y_m)
    moved = chosen & before.on_field & (gone >= _LEAST_TAIL_M)
    begin = zip(before.x_m[moved], before.y_m[moved], strict=True)
    end = zip(now.x_m[moved], now.y_m[moved], strict=True)
    lines = LineCollection(
        list(zip(begin, end, strict=True)),
        colors=[colour],
        linewidths=0.35 * dot,
        alpha=0.3,
        zorder=2,
    )
    axes.add_collection(lines)
