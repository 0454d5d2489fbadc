"""Rates are per second: the length of a tick is a matter of accuracy, not of how battles go."""

from __future__ import annotations

import numpy as np
import pytest

from affray.engine.tick import Engine
from affray.scenario import Battle as Paper
from affray.scenario import load_bundled
from affray.scenario.build import build
from affray.world import words as w
from tests.systems.harness import Row, Run, alike, fight

SECONDS = 30.0
COUNTS = {
    "blows": w.EVENT_BLOW,
    "wounds": w.EVENT_WOUND,
    "falls": w.EVENT_FALL,
    "deaths": w.EVENT_DEATH,
}


def fought_at(dt_s: float) -> dict[str, float]:
    """How a half minute of two lines locked together goes, on average over three seeds."""

    def paper() -> Paper:
        lines = Paper("lines", field=(300, 30), dt=dt_s).side("red").side("blue")
        for name, side, y, facing in (
            ("south", "red", 14, "north"),
            ("north", "blue", 15.2, "south"),
        ):
            lines.unit(
                name, side=side, count=300, place=(150, y), facing=facing, armour="none",
                formation={"ranks": 1}, personality=alike(courage=1.0),
            )  # fmt: skip
        return lines.parameter("strike.hit", 0.3)

    row = Row(paper, lambda run: True, ticks=int(SECONDS / dt_s + 0.5))
    went = [_measured(fight(row, seed)) for seed in (1, 2, 3)]
    return {name: float(np.mean([one[name] for one in went])) for name in went[0]}


def _measured(run: Run) -> dict[str, float]:
    first, last = run.frames[0], run.frames[-1]
    stands = last["status"] == w.UP
    return {
        **{name: float(len(run.of(kind))) for name, kind in COUNTS.items()},
        **{name: float(last[name][stands].mean()) for name in ("fear", "morale", "stamina")},
        "blood": float((first["blood"].astype(float) - last["blood"]).mean()),
    }


def test_halving_the_tick_does_not_move_the_averages() -> None:
    """Blows, wounds, falls, deaths, blood, fear, will and breath, at 0.2 s and 0.1 s."""
    whole, half = fought_at(0.2), fought_at(0.1)
    for rare in ("fear", "deaths"):
        assert half.pop(rare) == pytest.approx(whole.pop(rare), rel=0.25)
    assert half == pytest.approx(whole, rel=0.12)


@pytest.mark.parametrize("dt_s", [0.1, 0.05])
def test_an_act_takes_as_long_in_short_ticks(dt_s: float) -> None:
    """As many shots are let fly in a minute, whatever the length of a tick."""

    def shot(dt_s: float) -> int:
        sets = (f"dt={dt_s}", "weapons.long_shot.force=1", "parameters.body.uneven=0")
        engine = Engine(build(load_bundled("lanchester_square", sets), 1))
        engine.open()
        ticks = range(int(60.0 / dt_s + 0.5))
        return sum(int((engine.tick()["kind"] == w.EVENT_THROW).sum()) for _ in ticks)

    assert shot(dt_s) == pytest.approx(shot(0.2), rel=0.01)
