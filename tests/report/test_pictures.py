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
from affray.report.plot import NAMES, plot
from affray.report.soil import soil_picture
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
    from affray.report.canvas import spread

    places = spread(wanted, least, 0.0, 100.0)

    assert len(places) == len(wanted)
    for one, other in pairwise(places):
        assert other - one >= least - 1e-9
    assert all(-1e-9 <= place <= 100 + 1e-9 for place in places)
    if all(0 <= y <= 100 for y in wanted) and all(b - a >= least for a, b in pairwise(wanted)):
        assert places == pytest.approx(wanted)
