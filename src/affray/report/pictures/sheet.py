"""One sheet of all that matters: the field, losses, fear, morale, weariness.

Imports matplotlib: import this module late.
"""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from affray.report.clock import on_clock
from affray.report.pictures import canvas, charts
from affray.report.pictures.fieldplot import KEY, draw_field
from affray.report.pictures.soil import soil_key
from affray.report.places import Places
from affray.report.roster import Roster
from affray.report.series import Series
from affray.scenario import Scenario

_CURVES_IN = 6.0  # width of the curves with their labels
_MEANS = (("fear", "Fear"), ("morale", "Morale"), ("weariness", "Weariness"))


def overview(
    roster: Roster,
    scenario: Scenario,
    series: Series,
    places: Places,
    ground: tuple[int, np.ndarray] | None,
    dt_s: float,
) -> Figure:
    """The field at the left, four curves at the right."""
    width, height = scenario.field.size
    field_in = min(8.0, 9.0 * width / height)
    tall_in = float(np.clip(field_in * height / width, 5.8, 9.0)) + 1.2
    figure = canvas.paper(field_in + 0.4 + _CURVES_IN, tall_in)
    left, right = np.ravel(
        figure.subfigures(1, 2, squeeze=False, width_ratios=(field_in + 0.4, _CURVES_IN))
    )
    axes = left.subplots()
    draw_field(axes, roster, scenario, places, ground, dt_s, max(field_in, tall_in - 1.2))
    axes.set_anchor("N")
    canvas.heading(axes, f"The field at {on_clock(places.tick * dt_s)}")
    grid = right.subplots(1 + len(_MEANS), 1, sharex=True)
    charts.draw_losses(grid[0], roster, series, gap=0.13)
    for row, (name, text) in enumerate(_MEANS, start=1):
        charts.draw_mean(grid[row], roster, series, name, text)
    canvas.one_time_axis(grid)
    canvas.title(figure, roster.title, f"{KEY} {charts.LOST}\n{soil_key(scenario, ground)}")
    return figure
