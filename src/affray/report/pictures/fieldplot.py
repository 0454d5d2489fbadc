"""The field from above: ground, light, terrain, blood, the fallen, and who stands where.

Imports matplotlib: import this module late.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Patch, Polygon
from matplotlib.patheffects import withStroke

from affray.report.clock import on_clock
from affray.report.pictures import canvas
from affray.report.pictures.soil import soil_key, soil_picture
from affray.report.places import Places
from affray.report.roster import Roster
from affray.scenario import Scenario
from affray.scenario.ground import Band, Terrain
from affray.world import words as w

LONG_IN = 11.0  # longer side of the field on paper
_BODY_M = 0.9  # a dot is as wide as a body with its arms
_LEAST_DOT = 1.5  # points
_MOST_DOT = 9.0
MOST_NAMES = 30  # of terrain: with more, none could be read
KEY = (
    "Dots: standing; rings: in flight; diamonds: down, alive; crosses: dead. "
    "Numbers: of those on the field, and the dead."
)
_NAME_PT = 7.0  # of terrain


def field(
    roster: Roster,
    scenario: Scenario,
    places: Places,
    ground: tuple[int, np.ndarray] | None,
    dt_s: float,
) -> Figure:
    """The field at a moment. ``scenario``: at its size; ``ground``: tick and GROUND, if known."""
    width, height = scenario.field.size
    scale = LONG_IN / max(width, height)
    figure = canvas.paper(max(width * scale, 5.0) + 0.4, max(height * scale, 3.0) + 0.9)
    draw_field(figure.subplots(), roster, scenario, places, ground, dt_s, LONG_IN)
    when = on_clock(places.tick * dt_s)
    note = KEY
    if ground is not None and ground[0] != places.tick:
        note += f" Blood as at {on_clock(ground[0] * dt_s)}."
    note += f"\n{soil_key(scenario, ground)}"
    canvas.title(figure, f"{roster.title}: the field at {when}", note)
    return figure


def draw_field(
    axes: Any,
    roster: Roster,
    scenario: Scenario,
    places: Places,
    ground: tuple[int, np.ndarray] | None,
    dt_s: float,
    long_in: float,
) -> None:
    """The same onto axes whose longer side will be about ``long_in`` inches."""
    width, height = scenario.field.size
    picture = soil_picture(scenario, ground, dt_s)
    lines, columns = picture.shape[:2]
    axes.imshow(picture, origin="lower", extent=(0, columns, 0, lines), interpolation="nearest")
    points_per_m = long_in * 72.0 / max(width, height)
    names = []
    for shape in scenario.field.terrain:
        patch, middle, angle = outline(shape)
        axes.add_patch(patch)
        if shape.name:
            names.append((shape.name.replace("_", " "), middle, angle))
    if len(names) <= MOST_NAMES:
        at = [middle for _, middle, _ in names]
        lowered = apart([text for text, _, _ in names], at, points_per_m)
        for (text, middle, angle), lower in zip(names, lowered, strict=True):
            _name_terrain(axes, text, middle, angle, lower)
    _people(axes, roster, places, points_per_m)
    _name_sides(axes, roster, places)
    scale_bar(axes, 0.0, width, 0.0, height)
    axes.set(xlim=(0, width), ylim=(0, height), aspect="equal", xticks=[], yticks=[])
    for spine in axes.spines.values():
        spine.set_color(canvas.HAIRLINE)


def outline(shape: Terrain) -> tuple[Patch, tuple[float, float], float]:
    """The edge of a terrain shape, its middle, and along which angle (degrees) it runs."""
    angle = 0.0
    if shape.circle is not None:
        (x, y), radius = shape.circle.at, shape.circle.radius
        patch: Patch = Circle((x, y), radius)
    else:
        if shape.rect is not None:
            (x0, y0), (x1, y1) = shape.rect.from_, shape.rect.to
            corners = np.array(((x0, y0), (x1, y0), (x1, y1), (x0, y1)), float)
        elif shape.band is not None:
            corners, angle = _strip(shape.band)
        else:
            corners = np.array(shape.polygon, float)
        patch = Polygon(corners, closed=True)
        x, y = corners.mean(axis=0)
    patch.set(fill=False, edgecolor="#6d675c", linewidth=0.7, alpha=0.7)
    return patch, (float(x), float(y)), angle


def _strip(band: Band) -> tuple[np.ndarray, float]:
    """Corners of a straight strip, and the angle at which a name along it can be read."""
    one, other = np.array(band.from_, float), np.array(band.to, float)
    along = other - one
    length = max(float(np.hypot(*along)), 1e-9)
    aside = np.array((-along[1], along[0])) / length * band.width / 2
    angle = math.degrees(math.atan2(along[1], along[0]))
    upright = (angle + 90.0) % 180.0 - 90.0
    return np.array((one + aside, other + aside, other - aside, one - aside)), upright


def apart(
    names: Sequence[str], middles: Sequence[tuple[float, float]], points_per_m: float
) -> list[float]:
    """By how many points each name, written about its middle (m), is to be lowered so that it does
    not lie on one before it.
    """
    taken: list[tuple[float, float, float]] = []
    lowered = []
    for name, (x_m, y_m) in zip(names, middles, strict=True):
        x, y, half = x_m * points_per_m, y_m * points_per_m, 0.3 * _NAME_PT * len(name)
        lower = 0.0
        while any(
            abs(x - other) < half + wide and abs(y - lower - high) < 1.2 * _NAME_PT
            for other, high, wide in taken
        ):
            lower += 0.6 * _NAME_PT
        taken.append((x, y - lower, half))
        lowered.append(lower)
    return lowered


def _name_terrain(
    axes: Any, name: str, middle: tuple[float, float], angle: float, lower: float
) -> None:
    axes.annotate(
        canvas.plain(name),
        middle,
        xytext=(0.0, -lower),
        textcoords="offset points",
        fontsize=_NAME_PT,
        color="#4f4a41",
        style="italic",
        ha="center",
        va="center",
        rotation=90.0 if angle == -90.0 else angle,
        rotation_mode="anchor",
        clip_on=True,
        zorder=6,
        path_effects=[withStroke(linewidth=1.8, foreground=(1, 1, 1, 0.6))],
    )


def _people(axes: Any, roster: Roster, places: Places, points_per_m: float) -> None:
    """Everybody on the field: the dead lie below the living."""
    sides = roster.sides_of(np.arange(roster.fighters))
    wide = float(np.clip(_BODY_M * points_per_m, _LEAST_DOT, _MOST_DOT))
    up = places.status == w.UP
    down = (places.status == w.DOWN) | (places.status == w.OUT)
    broken = places.broken == 1
    for number, side in enumerate(roster.sides):
        own = sides == number
        dark = canvas.shaded(side.colour, 0.45)
        edge = 0.3 if wide > 3.5 else 0.0
        marks: tuple[tuple[np.ndarray, dict[str, Any]], ...] = (
            (
                places.status == w.DEAD,
                {"marker": "x", "c": [dark], "linewidths": 0.22 * wide, "alpha": 0.75, "zorder": 3},
            ),
            (
                down,
                {
                    "marker": "D",
                    "c": [canvas.tinted(side.colour, 0.35)],
                    "edgecolors": [dark],
                    "linewidths": 0.14 * wide,
                    "zorder": 4,
                },
            ),
            (
                up & broken,
                {
                    "facecolors": "white",
                    "edgecolors": side.colour,
                    "linewidths": 0.24 * wide,
                    "zorder": 5,
                },
            ),
            (
                up & ~broken,
                {"c": [side.colour], "edgecolors": "white", "linewidths": edge, "zorder": 5},
            ),
        )
        for chosen, style in marks:
            here = own & chosen
            axes.scatter(places.x_m[here], places.y_m[here], s=wide * wide, **style)


def _name_sides(axes: Any, roster: Roster, places: Places) -> None:
    """Each side's name and numbers in the upper left corner, in its colour."""
    sides = roster.sides_of(np.arange(roster.fighters))
    for number, side in enumerate(roster.sides):
        axes.annotate(
            canvas.plain(f"{side.title}: {numbers_of(places, sides == number)}"),
            (0.0, 1.0),
            xycoords="axes fraction",
            xytext=(8, -9 - 18 * number),
            textcoords="offset points",
            va="top",
            fontsize=8.5,
            weight="bold",
            color=canvas.shaded(side.colour, 0.9),
            zorder=8,
            bbox={"boxstyle": "round,pad=0.25", "facecolor": (1, 1, 1, 0.75), "linewidth": 0},
        )


def numbers_of(places: Places, own: np.ndarray) -> str:
    """``12 standing, 3 in flight, 4 dead``: how many of them, as the summary counts them."""
    up = own & (places.status == w.UP)
    steady = int((up & (places.broken == 0)).sum())
    fleeing = int(up.sum()) - steady
    dead = int((own & (places.status == w.DEAD)).sum())
    return f"{steady:,} standing, {fleeing:,} in flight, {dead:,} dead"


def scale_bar(axes: Any, left: float, right: float, bottom: float, top: float) -> None:
    """A bar of a round length in the lower right corner of the part of the field shown (m)."""
    width = right - left
    length = next(m for m in (2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1) if m <= width / 4)
    x, y = right - 0.02 * width - length, bottom + 0.03 * (top - bottom)
    axes.plot((x, x + length), (y, y), color=canvas.INK, linewidth=2, solid_capstyle="butt")
    axes.annotate(
        f"{length} m",
        (x + length / 2, y),
        xytext=(0, 3),
        textcoords="offset points",
        ha="center",
        fontsize=8,
        color=canvas.INK,
        zorder=8,
        path_effects=[withStroke(linewidth=2, foreground=(1, 1, 1, 0.6))],
    )


def north(axes: Any, left: float, right: float, bottom: float, top: float) -> None:
    """An arrow to the north in the upper right corner of the part of the field shown (m)."""
    x, y = right - 0.03 * (right - left), top - 0.03 * (top - bottom)
    arrow = {"arrowstyle": "->", "color": canvas.INK}
    axes.annotate(
        "N",
        (x, y),
        xytext=(0, -22),
        textcoords="offset points",
        ha="center",
        va="center",
        fontsize=8,
        color=canvas.INK,
        zorder=8,
        arrowprops=arrow,
    )
