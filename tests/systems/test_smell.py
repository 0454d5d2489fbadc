"""Blood on the wind: S06."""

from __future__ import annotations

import numpy as np

from affray.scenario import Battle as Paper
from affray.world.battle import Battle
from tests.systems.harness import Row, Run, alike, put_to_the_test

POOL_ML = 60_000


def noses() -> Paper:
    """A pool of blood in the middle of the field, an east wind over it, and people all about."""
    paper = Paper("noses", field=(160, 160)).side("red").side("blue")
    paper.wind(toward=180, speed=2)
    for name, place in (
        ("downwind", (50, 80)), ("upwind", (110, 80)), ("north", (80, 120)), ("south", (80, 40)),
    ):  # fmt: skip
        paper.unit(
            name, side="red", count=4, place=place, orders={"do": "hold"}, leader="none",
            personality=alike(aggression=0.0),
        )  # fmt: skip
    paper.unit("nobody", side="blue", count=1, place=(159, 1), orders={"do": "hold"})
    return paper


def bloody(battle: Battle) -> None:
    """Let the pool lie there."""
    columns = 2 * int(battle.world.grid_cols[0])
    for y in range(78, 82):
        row = battle.state.ground[y * columns + 78 : y * columns + 82]
        row["pool"] = 100 * POOL_ML // 16
        row["wet"] = 0


def only_downwind_noses_smell_it(run: Run) -> bool:
    """They do now and then, with gaps between; nobody else ever does."""
    smell = {name: run.seen_by(name)["smell"] for name in ("downwind", "upwind", "north", "south")}
    others = max(float(smell[name].max()) for name in ("upwind", "north", "south"))
    now_and_then = 0.1 < float(np.mean(smell["downwind"] > 0.0)) < 0.9
    return others == 0.0 and now_and_then and float(smell["downwind"].max()) > 0.05


def test_s06_smell_of_blood_on_the_wind() -> None:
    """Only downwind, and in whiffs. Off: blood that does not smell."""
    row = Row(noses, only_downwind_noses_smell_it, ticks=300, watch=tuple(range(16)),
              arrange=bloody, off=("parameters.smell.strength=0",))  # fmt: skip
    put_to_the_test(row)


def test_s06_the_wind_carries_it() -> None:
    """As before. Off: a field without wind."""
    row = Row(noses, only_downwind_noses_smell_it, ticks=300, watch=tuple(range(16)),
              arrange=bloody, off=("field.wind.speed=0",))  # fmt: skip
    put_to_the_test(row)
