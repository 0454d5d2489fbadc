"""A film of a battle on one sheet: the field at a dozen or two moments, in order.

Moments are not evenly spaced: half of the way from one to the next is time, half is what changed
(how far people went, who fell, broke, rallied), so that a standstill takes few panels and an
envelopment gets them. All panels show the same part of the field, that in which people fought.

Imports matplotlib: import this module late.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from affray.report import canvas
from affray.report.clock import on_clock
from affray.report.fieldplot import outline, scale_bar
from affray.report.marks import Marks, Ring
from affray.report.places import Places, ground_at, places_of
from affray.report.roster import Roster
from affray.report.soil import soil_key, soil_picture
from affray.scenario import Scenario
from affray.world import words as w
from affray.world.errors import UsageError

if TYPE_CHECKING:
    from affray.record import Recording

PANELS = 16
KEY = (
    "Dots: standing; pale: in flight; dark specks: down or dead; stars: leaders. "
    "A tail is the way since {tail} before. Numbers: who stands unbroken."
)
RAPT = " Hollow: transfixed."
RINGS = " Blue ring: a barrier; red: what spreads, and the circle that it left."
_WIDE_IN = 15.0
_GAP_IN = 0.12
_CAPTION_IN = 0.3
_HEAD_IN = 0.75
_STATE_M = 5.0  # metres of way that another state of somebody is worth
_TAIL_S = 6.0  # how far back a tail reaches, if there are pictures so near each other
_LEAST_TAIL_M = 1.5
_MARGIN = 0.06  # of the part of the field shown, on every side
_OUTLIERS = 1.5  # per cent of the steady left out, on every side, in choosing that part
_FIRST_OUTLIERS = 0.2  # the same for the first panel, where nobody has lost the way yet
_FAINT = 0.4  # how much of the ground's colours is left
_LEAST_DOT = 1.1  # points
_MOST_DOT = 4.2
_BODY_M = 1.0
_BARRIER = "#3557b7"
_SPREADS = "#d3122a"
_ASH = "#2b2320"


@dataclass(frozen=True)
class Moment:
    """A panel: everybody then, and where they were a little before."""

    places: Places
    before: Places


def moments(
    recording: Recording,
    marks: Marks,
    panels: int,
    size_m: tuple[float, float],
    first: int,
    last: int,
) -> list[Moment]:
    """At most ``panels`` moments of the ticks first..last. Raises UsageError if the recording
    keeps no pictures of that time.
    """
    ticks, change = _course(recording, marks, size_m, first, last)
    if not len(ticks):
        raise UsageError(
            f"{recording.path}: keeps no pictures between ticks {first} and {last}; a film needs "
            "a recording with frames (record: {frames_every: 2 s} in the scenario)"
        )
    chosen = spaced(ticks, change, panels)
    back = round(_TAIL_S / recording.manifest["dt_s"])
    earlier = np.maximum(np.searchsorted(ticks, ticks[chosen] - back), 0)
    wanted = {int(ticks[at]) for at in (*chosen, *earlier)}
    kept = {
        frame.tick: places_of(frame, size_m)
        for frame in recording.frames(first, last)
        if frame.tick in wanted
    }
    return [
        Moment(kept[int(ticks[at])], kept[int(ticks[was])])
        for at, was in zip(chosen, earlier, strict=True)
    ]


def _course(
    recording: Recording, marks: Marks, size_m: tuple[float, float], first: int, last: int
) -> tuple[np.ndarray, np.ndarray]:
    """Ticks of all pictures, and how much had changed since the one before: metres gone on the
    whole, and a few more for everybody whose state is another, or whom something has transfixed.
    """
    ticks: list[int] = []
    change: list[float] = []
    before: Places | None = None
    stares = np.zeros(0, bool)
    for frame in recording.frames(first, last):
        now = places_of(frame, size_m)
        ticks.append(now.tick)
        rapt = marks.rapt(now.tick, len(now.status))
        stilled = float((rapt & ~stares).sum()) if before is not None else 0.0
        change.append(0.0 if before is None else _changed(before, now) + _STATE_M * stilled)
        before, stares = now, rapt
    return np.array(ticks, np.int64), np.array(change)


def _changed(before: Places, now: Places) -> float:
    there = before.on_field & now.on_field
    gone = np.hypot(now.x_m - before.x_m, now.y_m - before.y_m)[there].sum()
    others = (before.status != now.status) | (before.broken != now.broken)
    return float(gone + _STATE_M * others.sum())


def spaced(ticks: np.ndarray, change: np.ndarray, panels: int) -> np.ndarray:
    """Rows of ``panels`` ticks, the first and last among them: evenly spaced on a way that is half
    time, half change.
    """
    time = (ticks - ticks[0]) / max(ticks[-1] - ticks[0], 1)
    changed = np.cumsum(change) / max(float(change.sum()), 1e-9)
    way = 0.5 * time + 0.5 * changed
    rows = np.searchsorted(way, np.linspace(way[0], way[-1], panels) - 1e-12)
    return np.unique(np.clip(rows, 0, len(ticks) - 1))


def film(
    recording: Recording,
    roster: Roster,
    scenario: Scenario,
    panels: int = PANELS,
    first: int | None = None,
    last: int | None = None,
) -> Figure:
    """The contact sheet of the ticks first..last (default: all). ``scenario``: at its size."""
    low = recording.first_tick if first is None else first
    high = recording.last_tick if last is None else last
    marks = Marks(recording, scenario)
    shown = moments(recording, marks, panels, scenario.field.size, low, high)
    dt_s = recording.manifest["dt_s"]
    left, right, bottom, top = window(shown, scenario.field.size)
    figure, grid, wide_in = _sheet(len(shown), (right - left) / (top - bottom))
    dot = float(np.clip(_BODY_M * wide_in * 72.0 / (right - left), _LEAST_DOT, _MOST_DOT))
    for number, (axes, moment) in enumerate(zip(grid, shown, strict=True)):
        _ground(axes, recording, scenario, moment.places.tick)
        rapt = marks.rapt(moment.places.tick, roster.fighters)
        _rings(axes, marks.rings(moment.places.tick))
        _people(axes, roster, moment, dot, rapt)
        if number == 0:
            scale_bar(axes, left, right, bottom, top)
        axes.set(xlim=(left, right), ylim=(bottom, top), aspect="equal", xticks=[], yticks=[])
        for spine in axes.spines.values():
            spine.set_color(canvas.HAIRLINE)
        _caption(axes, roster, moment.places, dt_s)
    lead = max(moment.places.tick - moment.before.tick for moment in shown) * dt_s
    span = f"{on_clock(low * dt_s)} to {on_clock(high * dt_s)}"
    key = KEY.format(tail=f"{lead:g} s") + _key_of(marks, shown, roster)
    key += f"\n{soil_key(scenario, ground_at(recording, high))}"
    _head(figure, roster, f"{roster.title}, {span}", key)
    return figure


def _key_of(marks: Marks, shown: list[Moment], roster: Roster) -> str:
    """How to read what is marked in these panels."""
    ticks = [moment.places.tick for moment in shown]
    stares = any(marks.rapt(tick, roster.fighters).any() for tick in ticks)
    ringed = any(marks.rings(tick) for tick in ticks)
    return (RAPT if stares else "") + (RINGS if ringed else "")


def _sheet(panels: int, shape: float) -> tuple[Figure, list[Any], float]:
    """A figure, axes for so many panels of a shape (breadth over height), their breadth (in)."""
    columns = _columns(panels, shape)
    rows = -(-panels // columns)
    wide = (_WIDE_IN + _GAP_IN) / columns - _GAP_IN
    tall = wide / shape
    height = _HEAD_IN + rows * (tall + _CAPTION_IN)
    figure = canvas.paper(_WIDE_IN, height)
    figure.set_layout_engine("none")
    grid = [
        figure.add_axes(
            (
                (wide + _GAP_IN) * (number % columns) / _WIDE_IN,
                1 - (_HEAD_IN + tall + (tall + _CAPTION_IN) * (number // columns)) / height,
                wide / _WIDE_IN,
                tall / height,
            )
        )
        for number in range(panels)
    ]
    return figure, grid, wide


def _head(figure: Figure, roster: Roster, title: str, key: str) -> None:
    """What is shown and how to read it; at the right the sides in their colours."""
    line = 1 / (72 * figure.get_figheight())  # a point
    style: dict[str, Any] = {"va": "top", "weight": "bold"}
    figure.text(0, 1 - 2 * line, canvas.plain(title), fontsize=13, color=canvas.INK, **style)
    figure.text(0, 1 - 23 * line, key, va="top", fontsize=8.5, color=canvas.FAINT)
    right = 1.0
    for side in reversed(roster.sides):
        colour = canvas.shaded(side.colour, 0.9)
        name = figure.text(
            right, 1 - 4 * line, canvas.plain(side.title), ha="right", fontsize=10.5, color=colour,
            **style,
        )  # fmt: skip
        right -= name.get_window_extent().width / figure.bbox.width + 0.012


def window(shown: list[Moment], size_m: tuple[float, float]) -> tuple[float, float, float, float]:
    """Left, right, bottom and top (m) of the part of the field in which people stood and fought."""
    edges = []
    for axis, whole in (("x_m", size_m[0]), ("y_m", size_m[1])):
        steady = [
            getattr(m.places, axis)[(m.places.status == w.UP) & (m.places.broken == 0)]
            for m in shown
        ]
        opening, all_ = _middle(steady[0], _FIRST_OUTLIERS), _middle(np.concatenate(steady))
        edges.append((min(opening[0], all_[0]), max(opening[1], all_[1]), whole))
    longest = max(high - low for low, high, _ in edges)
    parts = []
    for low, high, whole in edges:
        # no strip: at least half as broad as long
        pad = max(_MARGIN * longest, (longest / 2 - (high - low)) / 2, 2.0)
        parts += [max(low - pad, 0.0), min(high + pad, whole)]
    return parts[0], parts[1], parts[2], parts[3]


def _middle(places: np.ndarray, outliers: float = _OUTLIERS) -> tuple[float, float]:
    low, high = np.percentile(places, (outliers, 100 - outliers)) if len(places) else (0.0, 0.0)
    return float(low), float(high)


def _columns(panels: int, shape: float) -> int:
    """How many panels of a shape (breadth over height) stand side by side on a sheet that is about
    as broad as high, with few places left empty.
    """
    best = float(np.sqrt(1.15 * panels / shape))
    return min(
        range(min(2, panels), min(6, panels) + 1),
        key=lambda columns: abs(columns - best) + 0.7 * (-panels % columns),
    )


def _ground(axes: Any, recording: Recording, scenario: Scenario, tick: int) -> None:
    dt_s = recording.manifest["dt_s"]
    picture = soil_picture(scenario, ground_at(recording, tick), dt_s)
    lines, columns = picture.shape[:2]
    faint = 1 - _FAINT * (1 - picture)
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


def _people(axes: Any, roster: Roster, moment: Moment, dot: float, rapt: np.ndarray) -> None:
    """Tails, the fallen, those in flight, those who stand, leaders: each above those before; the
    transfixed are hollow.
    """
    now, sides = moment.places, roster.sides_of(np.arange(roster.fighters))
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
            (up & leads & ~broken, 2.6 * dot + 2.4, side.colour, 6,
             {"marker": "*", "edgecolors": "black", "linewidths": 0.45}),
        ):  # fmt: skip
            here = own & chosen
            style = {"linewidths": 0.0} | more
            axes.scatter(
                now.x_m[here], now.y_m[here], s=size * size, c=[colour], zorder=order, **style
            )


def _tails(axes: Any, moment: Moment, chosen: np.ndarray, colour: str, dot: float) -> None:
    """Lines from where they were a little before to where they are."""
    now, before = moment.places, moment.before
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


def _caption(axes: Any, roster: Roster, places: Places, dt_s: float) -> None:
    """The time, and of each side how many stand unbroken, beneath the panel."""
    sides = roster.sides_of(np.arange(roster.fighters))
    steady = (places.status == w.UP) & (places.broken == 0)
    below = {"xycoords": "axes fraction", "textcoords": "offset points", "va": "top"}
    axes.annotate(
        on_clock(places.tick * dt_s), (0.0, 0.0), xytext=(1, -3), fontsize=10, weight="bold",
        color=canvas.INK, **below,
    )  # fmt: skip
    right = -1.0
    for number in reversed(range(len(roster.sides))):
        text = f"{int((steady & (sides == number)).sum()):,}"
        axes.annotate(
            text, (1.0, 0.0), xytext=(right, -4), fontsize=8.5, ha="right", weight="bold",
            color=canvas.shaded(roster.sides[number].colour, 0.9), **below,
        )  # fmt: skip
        right -= 6.0 * len(text) + 6.0
