"""Pictures of a recording as PNG files: curves over time, the field at a moment, all on one sheet.

Imports matplotlib only when called.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from affray.world.errors import UsageError, kind_of

if TYPE_CHECKING:
    from affray.record import Recording

FILM = "film.png"
NAMES = ("overview", "strength", "losses", "morale", "fatigue", "field")


def plot(recording: Recording, folder: Path, tick: int | None = None) -> list[Path]:
    """Draw all pictures into ``folder``, the field at ``tick`` (default: the last one).

    Returns their paths. Raises UsageError without matplotlib, or if ``folder`` can't be written.
    """
    from affray.report.paper import scenario_of
    from affray.report.pictures import canvas, charts, sheet
    from affray.report.pictures.fieldplot import field
    from affray.report.places import ground_at, places_at
    from affray.report.roster import Roster
    from affray.report.series import Series

    scenario = scenario_of(recording)
    roster = Roster.of(scenario)
    series = Series.from_recording(recording, len(roster.sides))
    moment = recording.last_tick if tick is None else tick
    places = places_at(recording, moment, scenario.field.size)
    ground = ground_at(recording, moment)
    dt_s = recording.manifest["dt_s"]
    figures = {
        "overview": lambda: sheet.overview(roster, scenario, series, places, ground, dt_s),
        "strength": lambda: charts.strength(roster, series),
        "losses": lambda: charts.losses(roster, series),
        "morale": lambda: charts.mood(roster, series),
        "fatigue": lambda: charts.fatigue(roster, series),
        "field": lambda: field(roster, scenario, places, ground, dt_s),
    }
    _make(folder)
    return [canvas.save(draw(), folder / f"{name}.png") for name, draw in figures.items()]


def plot_film(
    recording: Recording,
    folder: Path,
    panels: int | None = None,
    first: int | None = None,
    last: int | None = None,
) -> Path:
    """Draw the field at many moments of the ticks first..last (default: all) onto one sheet.

    Returns its path. Raises UsageError without matplotlib, or if the recording has no pictures.
    """
    from affray.report.film.film import PANELS, film
    from affray.report.paper import scenario_of
    from affray.report.pictures import canvas
    from affray.report.roster import Roster

    scenario = scenario_of(recording)
    figure = film(recording, Roster.of(scenario), scenario, panels or PANELS, first, last)
    _make(folder)
    return canvas.save(figure, folder / FILM)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        text = f"{folder}: cannot be made: {fault.strerror}"
        raise kind_of(fault, UsageError)(text) from None
