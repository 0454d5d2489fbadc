"""Curves over time: strengths, losses, mood, weariness, each side in its colour.

Imports matplotlib: import this module late.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from affray.report.pictures import canvas
from affray.report.roster import Roster
from affray.report.series import Series

LOST = "Lost: dead, on the ground, fled or in flight."
_COLUMNS = 3  # sides beside each other
_LEAST_LABELLED = 0.045  # a band thinner than this share of a side gets no name


def strength(roster: Roster, series: Series) -> Figure:
    """What has become of each side, as bands that always add up to all of it."""
    sides = len(roster.sides)
    columns = min(sides, _COLUMNS)
    rows = -(-sides // columns)
    figure = canvas.paper(5.2 * columns, 3.9 * rows)
    grid = figure.subplots(rows, columns, squeeze=False)
    for number in range(rows * columns):
        axes = grid[number // columns][number % columns]
        if number >= sides:
            axes.set_visible(False)
            continue
        draw_bands(axes, roster, series, number)
    names = [name for name, _, _ in bands_of(series, 0, roster.sides[0].colour)]
    canvas.title(figure, f"{roster.title}: strength", f"From the bottom up: {'; '.join(names)}.")
    return figure


def bands_of(series: Series, side: int, colour: str) -> list[tuple[str, np.ndarray, Any]]:
    """Name, curve (T,) and colour of every band, from the bottom up."""
    of = series.of
    return [
        ("steady", series.steady[side], canvas.tinted(colour, 0.95)),
        ("in flight", of["fleeing"][side], canvas.tinted(colour, 0.5)),
        ("in reserve", of["reserve"][side], canvas.tinted(colour, 0.18)),
        ("off the field", of["left"][side], canvas.tinted(colour, 0.3)),
        ("down, alive", series.on_ground[side], "#a9a29a"),
        ("dead", of["dead"][side], "#3a3432"),
    ]


def draw_bands(axes: Any, roster: Roster, series: Series, side: int) -> None:
    """The bands of one side, named at their right ends."""
    name = roster.sides[side]
    bands = bands_of(series, side, name.colour)
    curves = np.cumsum([curve for _, curve, _ in bands], axis=0)
    total = float(curves[-1].max())
    axes.set_ylim(0, max(total, 1.0))
    canvas.over_time(axes, series.time_s)
    labels = []
    below = np.zeros(len(series.ticks))
    for (label, curve, colour), top in zip(bands, curves, strict=True):
        if curve.max() == 0:
            below = top
            continue
        axes.fill_between(
            series.time_s, below, top, color=colour, linewidth=0.4, edgecolor="white", step="post"
        )
        if curve[-1] >= _LEAST_LABELLED * total or label == "dead":
            own = canvas.shaded(name.colour, 0.8)
            ink = canvas.INK if label in ("dead", "down, alive") else own
            middle = float(below[-1] + top[-1]) / 2
            labels.append((middle, f"{int(curve[-1]):,} {label}", ink))
        below = top
    canvas.beside(axes, labels)
    canvas.whole_numbers(axes)
    canvas.heading(axes, f"{name.title}: {int(total):,}", canvas.shaded(name.colour, 0.85))


def losses(roster: Roster, series: Series) -> Figure:
    """Who is out of the battle, and how fast the dead fall."""
    figure = canvas.paper(8.6, 6.6)
    upper, lower = figure.subplots(2, 1, height_ratios=(3, 2))
    draw_losses(upper, roster, series)
    _draw_steps(lower, roster, series)
    canvas.title(figure, f"{roster.title}: losses", LOST)
    return figure


def draw_losses(axes: Any, roster: Roster, series: Series, gap: float = 0.055) -> None:
    """Dead (solid) and lost in any way (dashed) of each side; ``gap``: as for ``beside``."""
    labels = []
    top = 1.0
    for number, side in enumerate(roster.sides):
        dead = series.of["dead"][number]
        out = dead + series.on_ground[number] + series.of["left"][number]
        out = out + series.of["fleeing"][number]
        axes.plot(series.time_s, dead, color=side.colour, linewidth=2)
        axes.plot(
            series.time_s, out, color=side.colour, linewidth=1.1, linestyle=(0, (3, 2)), alpha=0.9
        )
        if dead[-1] or not out[-1]:
            labels.append((float(dead[-1]), f"{int(dead[-1]):,} dead, {side.title}", side.colour))
        if out[-1] > dead[-1]:
            labels.append((float(out[-1]), f"{int(out[-1]):,} lost, {side.title}", side.colour))
        top = max(top, float(out.max()))
    axes.set_ylim(0, top * 1.04)
    canvas.over_time(axes, series.time_s)
    canvas.beside(axes, labels, gap)
    canvas.whole_numbers(axes)
    canvas.heading(axes, "Dead; dashed: lost in any way")


def _draw_steps(axes: Any, roster: Roster, series: Series) -> None:
    """The dead of one step of time after another, in at most about forty."""
    span = float(series.time_s[-1] - series.time_s[0])
    width = next((s for s in (2, 5, 10, 15, 30, 60, 120, 300) if span / s <= 45), 600)
    edges = np.arange(series.time_s[0], series.time_s[-1] + width, width)
    if len(edges) < 2:
        edges = np.array([series.time_s[0], series.time_s[0] + width])
    sides = len(roster.sides)
    for number, side in enumerate(roster.sides):
        at_edges = np.interp(edges, series.time_s, series.of["dead"][number])
        fell = np.diff(at_edges)
        bar = width / sides
        axes.bar(
            edges[:-1] + bar * (number + 0.5),
            fell,
            width=bar * 0.86,
            color=side.colour,
            linewidth=0,
        )
    canvas.over_time(axes, series.time_s)
    canvas.whole_numbers(axes)
    canvas.heading(axes, f"Dead in every {width} s")


def mood(roster: Roster, series: Series) -> Figure:
    """Mean fear, morale and belief in the cause of those who stand."""
    figure = canvas.paper(8.6, 8.4)
    grid = figure.subplots(3, 1, sharex=True)
    for axes, (name, text) in zip(
        grid,
        (("fear", "Fear"), ("morale", "Morale"), ("belief", "Belief in the cause")),
        strict=True,
    ):
        draw_mean(axes, roster, series, name, text)
    canvas.one_time_axis(grid)
    canvas.title(
        figure, f"{roster.title}: morale", "Means over those on their feet, also those in flight."
    )
    return figure


def fatigue(roster: Roster, series: Series) -> Figure:
    """Mean weariness and pain of those who stand, and the share of the living who bleed."""
    figure = canvas.paper(8.6, 8.4)
    grid = figure.subplots(3, 1, sharex=True)
    weary, pain, bleeding = grid
    draw_mean(weary, roster, series, "weariness", "Weariness")
    draw_mean(pain, roster, series, "pain", "Pain")
    of = series.of
    alive = of["standing"] + series.on_ground + of["left"]
    share = np.divide(of["bleeding"], alive, out=np.full(alive.shape, np.nan), where=alive > 0)
    _draw_shares(bleeding, roster, series, share, "Bleeding, of those who live and have entered")
    canvas.one_time_axis(grid)
    canvas.title(
        figure, f"{roster.title}: fatigue", "Weariness and pain: means over those on their feet."
    )
    return figure


def draw_mean(axes: Any, roster: Roster, series: Series, name: str, text: str) -> None:
    """One of the means, a line a side."""
    _draw_shares(axes, roster, series, series.mean(name), text)


def _draw_shares(axes: Any, roster: Roster, series: Series, shares: Any, text: str) -> None:
    labels = []
    for number, side in enumerate(roster.sides):
        line = shares[number]
        axes.plot(series.time_s, line, color=side.colour, linewidth=1.8)
        there = np.flatnonzero(np.isfinite(line))
        if len(there):
            end = float(line[there[-1]])
            last = "nobody left" if there[-1] < len(line) - 1 else f"{end:.0%}".replace("%", " %")
            labels.append((end, f"{side.title} {last}", side.colour))
    top = float(np.nanmax(shares)) if np.isfinite(shares).any() else 1.0
    axes.set_ylim(0, 1.0 if top > 0.5 else max(np.ceil(top * 11) / 10, 0.1))
    canvas.over_time(axes, series.time_s)
    canvas.shares(axes)
    canvas.beside(axes, labels, gap=0.1)
    canvas.heading(axes, text)
