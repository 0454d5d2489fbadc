"""The sight of one's own who lie there frightens, for as long as they are in sight."""

from __future__ import annotations

import numpy as np

from affray.scenario import Battle as Paper
from affray.world import words as w
from affray.world.battle import Battle
from tests.systems.harness import Row, Run, alike, put_to_the_test

WATCHERS = 10


def a_field_of_dead(*, wall: bool = False) -> Paper:
    """Ten who stand and look at two enemies far off, over where thirty of their own are."""
    paper = Paper("losses", field=(60, 120)).side("red").side("blue")
    paper.unit("far_off", side="red", count=2, place=(30, 8), facing="north",
               orders={"do": "hold"}, weapons=["sword"])  # fmt: skip
    paper.unit(
        "fallen", side="blue", count=30, place=(30, 40), facing="south", orders={"do": "hold"},
        weapons=["sword"], formation={"ranks": 3, "spacing": 1.5}, personality=alike(),
    )  # fmt: skip
    if wall:
        paper.terrain("wall", rect={"from": [0, 50], "to": [60, 52]}, height="3 m",
                      blocks_sight=True)  # fmt: skip
    return paper.unit(
        "watchers", side="blue", count=WATCHERS, place=(30, 62), facing="south",
        orders={"do": "hold"}, weapons=["sword"], formation={"ranks": 1, "spacing": 1},
        personality=alike(),
    )  # fmt: skip


def let_them_lie(battle: Battle) -> None:
    """The thirty have been dead for long."""
    first = battle.unit_first[battle.unit_names.index("fallen")]
    for fighter in battle.state.fighters[first : first + 30]:
        fighter["status"], fighter["fell"] = w.DEAD, 200


def the_watchers_are_afraid(run: Run) -> bool:
    return bool(np.mean(run.frames[-1][run.unit("watchers")]["fear"]) > 0.1)


def they_see_the_dead(run: Run) -> bool:
    """They count most of the thirty, and no companion more than stand beside them."""
    seen = run.seen_by("watchers")
    down = seen["friends_down"][seen["tick"] > 5]
    return len(seen) > 0 and float(down.mean()) > 15.0 and float(down.max()) <= 30.0


def row(**keys: object) -> Row:
    here = range(32, 32 + WATCHERS)
    return Row(a_field_of_dead, the_watchers_are_afraid, arrange=let_them_lie, ticks=200,
               watch=tuple(here), **keys)  # type: ignore[arg-type]  # fmt: skip


def test_the_sight_of_ones_own_dead_frightens() -> None:
    """Off: they see as many, and think nothing of it."""
    put_to_the_test(row(off=("parameters.fear.losses_per_s=0",), still=they_see_the_dead))


def test_the_dead_frighten_nobody_who_does_not_see_them() -> None:
    """Off: a wall as high as a man and more stands between."""
    put_to_the_test(row(without=lambda: a_field_of_dead(wall=True)))
