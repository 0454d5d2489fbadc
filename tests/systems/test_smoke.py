"""Smoke hides, drifts and thins."""

from __future__ import annotations

import numpy as np
import pytest

from affray.engine.tick import Engine
from affray.scenario import Battle as Paper
from affray.scenario.build import build
from affray.world import words as w
from tests.systems.harness import Row, Run, alike, put_to_the_test

SMOKE = "60 m2"


def gunners(smoke: str = SMOKE, toward: str = "0 deg", speed: str = "0 m/s") -> Paper:
    """Two lines of sixty shoot at each other over fifty metres, and hit nobody."""
    paper = Paper("smoke", field=(64, 120)).side("red").side("blue")
    paper.wind(toward=toward, speed=speed)
    paper.weapon("gun", reach=0.5, force=0, thrown=True, flat=True, range=90, speed=150,
                 spread=2, windup=1, recovery=3, kind="thrust", smoke=smoke)  # fmt: skip
    for name, side, y, facing in (("south", "red", 35, "north"), ("north", "blue", 85, "south")):
        paper.unit(
            name, side=side, count=60, place=(32, y), facing=facing, orders={"do": "hold"},
            weapons=[{"name": "gun", "count": 99}], formation={"ranks": 1, "spacing": 0.8},
            personality=alike(courage=1.0),
        )  # fmt: skip
    return paper.parameter("fear.fire_per_s", 0)


def few_shoot_after_the_first_volleys(run: Run) -> bool:
    shots = run.of(w.EVENT_THROW)
    early, late = (shots["tick"] <= 100).sum(), (shots["tick"] > 100).sum()
    return bool(early > 60 and late < 0.5 * early)


def test_in_still_air_nobody_sees_at_whom_to_shoot_any_more() -> None:
    """Off: the shots give off no smoke, and they shoot on."""
    put_to_the_test(
        Row(gunners, few_shoot_after_the_first_volleys, ticks=200,
            off=("parameters.smoke.given=0",))
    )  # fmt: skip


def test_wind_across_their_lines_takes_it_off() -> None:
    """With a breeze they shoot on; without it they do not."""

    def breezy() -> Paper:
        return gunners(toward="90 deg", speed="6 m/s")

    put_to_the_test(
        Row(breezy, lambda run: not few_shoot_after_the_first_volleys(run), ticks=200,
            without=gunners)
    )  # fmt: skip


def drifted(ticks: int, toward: str, speed: str) -> np.ndarray:
    """Smoke left of 1000 m2 that hung over the middle of a field, by line and column."""
    paper = Paper("puff", field=(240, 240)).side("red").side("blue")
    paper.wind(toward=toward, speed=speed)
    paper.weapon("gun", thrown=True, range=90, speed=100, smoke=SMOKE)
    for side, x in (("red", 4), ("blue", 236)):
        paper.unit(
            f"{side}_one", side=side, count=1, place=(x, 4), facing="north", weapons=["gun"],
            orders={"do": "hold"},
        )  # fmt: skip
    engine = Engine(build(paper.scenario(), 1))
    engine.open()
    hangs = engine.state.smoke["hangs"].reshape(30, 30)
    hangs[15, 15] = 1000.0
    for _ in range(ticks):
        engine.tick()
    return np.array(engine.state.smoke["hangs"].reshape(30, 30))


def test_it_goes_with_the_wind_and_thins() -> None:
    """After ten seconds its middle is ten seconds of wind away, and what is left is exp(-t/30)."""
    left = drifted(50, toward="0 deg", speed="3 m/s")
    total = left.sum()
    lines, columns = np.indices(left.shape) * 8.0

    assert total == pytest.approx(1000.0 * np.exp(-10.0 / 30.0))
    assert abs((left * columns).sum() / total - (15 * 8.0 + 30.0)) < 0.5
    assert abs((left * lines).sum() / total - 15 * 8.0) < 0.5
    assert (left >= 0.0).all()


def test_a_battle_without_smoke_goes_as_one_whose_smoke_is_switched_off() -> None:
    """Event for event."""
    courses = []
    for paper in (gunners("0 m2"), gunners().parameter("smoke.given", 0)):
        engine = Engine(build(paper.scenario(), 3))
        engine.open()
        courses.append([engine.tick().tobytes() for _ in range(100)])

    assert courses[0] == courses[1]
