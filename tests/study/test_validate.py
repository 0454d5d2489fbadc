"""Validation: verdicts by intervals, and checks that see what they are there to see."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import affray
from affray.report.pictures import canvas
from affray.scenario import load
from affray.scenario.build import build
from affray.study.checks import MORE, PASS, SHORT, Finding, near
from affray.study.drawing import draw
from affray.study.findings import markdown
from affray.study.intervals import Interval
from affray.study.laws import BANDS, turned
from affray.study.page import write_page
from affray.study.validate import CHECKS, Result, chosen, validate
from tests.cli.terminal import affray as command_line


@pytest.fixture
def here() -> Iterator[Executor]:
    """An executor in this process."""
    with ThreadPoolExecutor(2) as threads:
        yield threads


@pytest.mark.parametrize(
    ("measured", "verdict"),
    [
        ((1.0, 0.96, 1.04), PASS),
        ((1.0, 0.9, 1.1), MORE),
        ((1.06, 1.03, 1.09), MORE),
        ((1.2, 1.1, 1.3), SHORT),
        ((0.5, 0.4, 0.6), SHORT),
        ((1.0, -inf, inf), MORE),
    ],
)
def test_a_verdict_is_that_of_the_whole_interval(
    measured: tuple[float, float, float], verdict: str
) -> None:
    """Within: pass; outside: falls short; across an edge, or of one run alone: not enough seeds."""
    assert Finding("", "", 0.95, 1.05, Interval(*measured), 9).verdict == verdict


def test_every_check_has_its_battles() -> None:
    """Each names what it stands on and plans battles that can be fought."""
    for check in CHECKS:
        assert check.about.strip()
        assert check.sources.strip()
        plans = check.plans(2)
        assert all(one.runs for one in plans.values())


def test_unknown_checks_are_refused() -> None:
    """With what there is, and the nearest."""
    with pytest.raises(affray.UsageError, match="did you mean 'square'"):
        chosen(["sqare"])
    assert "there are square, linear" in command_line("validate", "--only", "no", expect=2).err


def test_the_square_law_emerges_and_is_more_than_the_linear_one(here: Executor) -> None:
    """80 against 40 leave far more than the 40 of the linear law, about the 69 of the square."""
    (result,) = validate(chosen(["square"]), 2, executor=here)
    survivors = result.findings[0]
    assert survivors.runs == 4
    assert survivors.measured.value == pytest.approx(69.3, rel=0.12)


def test_without_marks_there_is_no_square_law(here: Executor) -> None:
    """The mechanism off: all shoot at one spot, and the few are not used up."""
    table = affray.repeat("lanchester_square", 2, set={"parameters.throw.picks": 0}, executor=here)
    assert min(table["b.standing"].to_pylist()) > 5


def test_area_fire_is_told_from_aimed_fire(here: Executor, tmp_path: Path) -> None:
    """Losses grow with the crowd under unaimed fire and not under aimed; a page is left."""
    results = list(validate(chosen(["area"]), 6, executor=here))
    unaimed, aimed = (finding.measured.value for finding in results[0].findings)
    assert unaimed > 0.65
    assert abs(aimed) < 0.35
    page = write_page(results, tmp_path, 6, "rules").read_text(encoding="utf-8")
    assert "Fire into a region" in page
    assert (tmp_path / "area.png").stat().st_size > 5_000
    assert markdown(results).count("\n") == 4


def test_a_value_beyond_the_picture_is_an_arrow(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """So that nobody takes the edge, where it is drawn, for the value."""
    drawn: list[Any] = []
    monkeypatch.setattr(canvas, "save", lambda figure, path: drawn.append(figure))
    values = (1.0, 0.2, 3.0)
    found = [near("what", 1.0, Interval(value, value, value), 9) for value in values]
    draw(Result(CHECKS[0], found, True), tmp_path / "page.png")
    markers = [line.get_marker() for line in drawn[0].axes[0].lines]
    assert [marker for marker in markers if marker != "None"] == ["o", "<", ">"]


def test_a_turned_battle_is_the_same_battle() -> None:
    """All distances stay; by a quarter turn twice everybody stands opposite."""
    plainly = load("duel", BANDS)
    before, after = (
        build(scenario, 1).state.fighters for scenario in (plainly, turned(plainly, 45.0))
    )
    for name in ("luck", "fear", "morale"):
        assert np.array_equal(before[name], after[name])
    apart = [
        np.hypot(*(np.subtract.outer(rows[axis], rows[axis]) for axis in ("x", "y")))
        for rows in (before, after)
    ]
    assert np.allclose(*apart, atol=2e-3)
    assert turned(turned(plainly, 90.0), 270.0).units[0].place == pytest.approx((36, 40))
