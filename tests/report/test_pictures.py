"""Pictures: all are drawn, none is blank, and labels do not lie on each other."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from affray.record import Recording
from affray.report.paper import scenario_of
from affray.report.pictures.plot import NAMES, plot
from affray.report.pictures.soil import soil_key, soil_picture
from affray.report.places import ground_at, places_at
from affray.report.roster import Roster
from affray.report.summarise import summarise
from affray.world import fields
from affray.world.battlefield import ground_shape
from affray.world.errors import UsageError


def test_all_pictures_are_drawn(market: Path, tmp_path: Path) -> None:
    """Every picture is a PNG in which something can be seen."""
    from matplotlib.image import imread

    paths = plot(Recording.open(market), tmp_path / "new" / "plots", tick=40)

    assert [path.stem for path in paths] == list(NAMES)
    for path in paths:
        pixels = imread(path)
        assert min(pixels.shape[:2]) > 300
        assert pixels[..., :3].std() > 0.02


def test_a_folder_that_cannot_be_is_named(market: Path, tmp_path: Path) -> None:
    """A file in the way is an error with a place, not a traceback."""
    (tmp_path / "taken").write_text("")
    with pytest.raises(UsageError, match="taken"):
        plot(Recording.open(market), tmp_path / "taken")


def test_blood_reddens_and_dries(market: Path) -> None:
    """Where blood has fallen the ground is redder; where it has dried, darker than fresh."""
    scenario = scenario_of(Recording.open(market))
    columns, lines = ground_shape(*scenario.field.size)
    ground = np.zeros(columns * lines, fields.GROUND)
    ground["wet"] = -1
    ground["pool"][0], ground["wet"][0] = 200_000, 100_000
    ground["pool"][1], ground["wet"][1] = 200_000, 0

    picture = soil_picture(scenario, (100_000, ground), scenario.dt)

    clean, fresh, dried = picture[5, 5], picture[0, 0], picture[0, 1]
    assert fresh[0] - fresh[1] > 0.4 > clean[0] - clean[1]
    assert dried[0] < fresh[0] - 0.2


@given(
    st.lists(st.floats(-50, 150), max_size=12).map(sorted),
    st.floats(0.1, 8),
)
def test_labels_are_spread(wanted: list[float], least: float) -> None:
    """Labels stay in order and apart, within the axes; those with room stay where they were."""
    from affray.report.pictures.canvas import spread

    places = spread(wanted, least, 0.0, 100.0)

    assert len(places) == len(wanted)
    for one, other in pairwise(places):
        assert other - one >= least - 1e-9
    assert all(-1e-9 <= place <= 100 + 1e-9 for place in places)
    if all(0 <= y <= 100 for y in wanted) and all(b - a >= least for a, b in pairwise(wanted)):
        assert places == pytest.approx(wanted)


def test_headings_end_before_the_names_beside_the_curves(market: Path) -> None:
    """On the sheet of all that matters no curve's heading runs into what stands at its right."""
    from affray.report.pictures import sheet
    from affray.report.series import Series

    recording = Recording.open(market)
    scenario, last = scenario_of(recording), recording.last_tick
    roster = Roster.of(scenario)
    series = Series.from_recording(recording, len(roster.sides))
    places, ground = places_at(recording, last, scenario.field.size), ground_at(recording, last)
    figure = sheet.overview(roster, scenario, series, places, ground, scenario.dt)

    figure.draw_without_rendering()
    _, *curves = figure.axes
    assert len(curves) == 4
    for axes in curves:
        heading = axes._left_title.get_window_extent()
        assert heading.x1 <= axes.get_window_extent().x1


def test_those_in_flight_do_not_stand(market: Path) -> None:
    """A picture counts as the summary does: who flees is no longer standing."""
    from affray.report.pictures.fieldplot import numbers_of

    recording = Recording.open(market)
    places = places_at(recording, recording.last_tick, (40.0, 30.0))
    roster = Roster.of(scenario_of(recording))
    sides = roster.sides_of(np.arange(roster.fighters))
    for number, side in enumerate(summarise(recording).sides):
        text = f"{side.steady} standing, {side.fleeing} in flight, {side.dead} dead"
        assert numbers_of(places, sides == number) == text


def test_names_of_ground_do_not_lie_on_each_other() -> None:
    """Shapes about one middle have their names beneath each other; others keep their places."""
    from affray.report.pictures.fieldplot import apart

    names, middles = ["wood", "glade", "ring", "pond"], [(50.0, 50.0)] * 3 + [(90.0, 50.0)]
    lowered = apart(names, middles, 4.0)
    assert lowered[0] == lowered[3] == 0.0
    assert all(low - high >= 8.4 for high, low in pairwise(lowered[:3]))


def test_the_key_of_the_ground_names_what_is_there(market: Path) -> None:
    """Grass and soil always, blood once it is shed; no water where there is none."""
    recording = Recording.open(market)
    scenario = scenario_of(recording)
    key = soil_key(scenario, ground_at(recording, recording.last_tick))
    assert key.startswith("Ground: green: grass; pale: bare soil")
    assert "fresh blood" in key
    assert "fresh blood" not in soil_key(scenario, None)
    assert "water" not in key
