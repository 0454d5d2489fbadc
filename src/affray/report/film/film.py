"""A film of a battle on one sheet: the field at a dozen moments, in order, and what turned.

Each panel shows the bodies of men by name, what they go by, which way they came and where they are
sent; beneath it stands what was ordered, who met and who broke since the panel before. All panels
show the same part of the field, that in which people fought.

Imports matplotlib: import this module late.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure

from affray.report.clock import on_clock
from affray.report.film import contact
from affray.report.film.marks import Marks
from affray.report.film.orders import Orders
from affray.report.film.panel import Scene, draw_panel
from affray.report.film.reel import Moment, moments
from affray.report.film.sight import Sight
from affray.report.pictures.fieldplot import north, scale_bar
from affray.report.pictures.soil import soil_key, soil_picture
from affray.report.places import Places, ground_at
from affray.report.roster import Roster
from affray.scenario import Scenario
from affray.world import words as w

if TYPE_CHECKING:
    from affray.record import Recording

PANELS = 12
KEY = (
    "Outlined: a body of men, its name and what it goes by; broken outline: in flight. Filled "
    "arrow: the way it came since the panel before; open arrow: where its order sends it.\n"
    "Dots: standing; pale: in flight; dark specks: down or dead; stars: leaders. A tail is the way "
    "since {tail} before. Numbers: who stands unbroken."
)
RAPT = " Hollow: transfixed."
RINGS = " Blue ring: a barrier; red: what spreads, and the circle that it left."
_MARGIN = 0.07  # of the part of the field shown, on every side
_ABOUT_M = 8.0  # people in one square of this side stand together,
_COMPANY = 4  # if they are so many
_DECIDED = 0.1  # when a battle is less of one, where people are matters no more
_LEAST_S = 2.0  # panels nearer to each other than this show tenths of a second
_OUTLIERS = 2.0  # per cent of them left out, on every side, in choosing that part


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
    orders, marks = Orders(recording, scenario, roster), Marks(recording, scenario)
    shown = moments(recording, scenario, roster, orders, panels, (low, high))
    part = window([m.places for m in shown if m.contested >= _DECIDED], scenario.field.size)
    left, right, bottom, top = part
    sheet, captions = contact.sheet([m.lines for m in shown], (right - left) / (top - bottom))
    sight = Sight(*part, sheet.wide_in * 72.0 / (right - left))
    scene = Scene(scenario, roster, orders, marks, sight)
    short = (high - low) * orders.dt_s < len(shown) * _LEAST_S
    soils: dict[int, np.ndarray] = {}
    for axes, moment, lines in zip(sheet.panels, shown, captions, strict=True):
        tick = moment.places.tick
        ground = ground_at(recording, tick)
        seen = -1 if ground is None else ground[0]
        if seen not in soils:
            soils[seen] = soil_picture(scenario, ground, orders.dt_s)
        draw_panel(axes, moment, scene, soils[seen])
        steady = _steady(moment.places, roster)
        when = f"{tick * orders.dt_s:.1f} s" if short else on_clock(tick * orders.dt_s)
        contact.write_caption(axes, when, steady, lines, roster)
    scale_bar(sheet.panels[0], *part)
    north(sheet.panels[0], *part)
    span = f"{on_clock(low * orders.dt_s)} to {on_clock(high * orders.dt_s)}"
    key = _key_of(marks, shown, roster, orders.dt_s)
    key += f"\n{soil_key(scenario, ground_at(recording, high))}"
    contact.write_head(sheet.figure, roster, f"{roster.title}, {span}", key)
    return sheet.figure


def window(
    shown: Sequence[Places], size_m: tuple[float, float]
) -> tuple[float, float, float, float]:
    """Left, right, bottom and top (m) of the part of the field in which people stood together."""
    edges = []
    at = [_together(now) for now in shown]
    for axis, whole in enumerate(size_m):
        opening, all_ = _middle(at[0][:, axis], 0.0), _middle(np.concatenate(at)[:, axis])
        edges.append((min(opening[0], all_[0]), max(opening[1], all_[1]), whole))
    longest = max(high - low for low, high, _ in edges)
    parts = []
    for low, high, whole in edges:
        # no strip: at least half as broad as long
        pad = max(_MARGIN * longest, (longest / 2 - (high - low)) / 2, 2.0)
        parts += [max(low - pad, 0.0), min(high + pad, whole)]
    return parts[0], parts[1], parts[2], parts[3]


def _together(now: Places) -> np.ndarray:
    """(n, 2) where those are (m) who stand unbroken, others about them; of all, if none are so."""
    steady = (now.status == w.UP) & (now.broken == 0)
    at = np.stack((now.x_m[steady], now.y_m[steady]), axis=1)
    _, square, count = np.unique(at // _ABOUT_M, axis=0, return_inverse=True, return_counts=True)
    beside = count[square.ravel()] >= _COMPANY
    return at[beside] if beside.any() else at


def _middle(places: np.ndarray, outliers: float = _OUTLIERS) -> tuple[float, float]:
    low, high = np.percentile(places, (outliers, 100 - outliers)) if len(places) else (0.0, 0.0)
    return float(low), float(high)


def _steady(now: Places, roster: Roster) -> list[int]:
    """How many of each side stand unbroken."""
    sides = roster.sides_of(np.flatnonzero((now.status == w.UP) & (now.broken == 0)))
    return np.bincount(sides, minlength=len(roster.sides)).tolist()


def _key_of(marks: Marks, shown: Sequence[Moment], roster: Roster, dt_s: float) -> str:
    """How to read what is marked in these panels."""
    ticks = [moment.places.tick for moment in shown]
    tail = max(moment.places.tick - moment.lately.tick for moment in shown) * dt_s
    stares = any(marks.rapt(tick, roster.fighters).any() for tick in ticks)
    ringed = any(marks.rings(tick) for tick in ticks)
    return KEY.format(tail=f"{tail:g} s") + (RAPT if stares else "") + (RINGS if ringed else "")
