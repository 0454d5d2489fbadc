"""Breath: fighting hand to hand takes it, and whoever is out of it stands off."""

from __future__ import annotations

import numpy as np

from affray.scenario import Battle as Paper
from affray.world import words as w
from tests.systems.harness import Row, Run, alike, put_to_the_test

NEAR_M = 2.5
NOBODY_RUNS = "parameters.rout.break_per_s=0"


def locked() -> Paper:
    """Two lines told to go on through each other, with bundles of straw, which wound nobody."""
    paper = Paper("locked", field=(80, 40)).side("red").side("blue")
    paper.weapon("bundle", reach=1.2, force=0, kind="blunt", mass=1, recovery=0.6)
    for name, side, y, facing, to in (
        ("south", "red", 19.4, "north", 40),
        ("north", "blue", 20.6, "south", 0),
    ):
        paper.unit(
            name, side=side, count=60, place=(40, y), facing=facing, armour="none",
            weapons=["bundle"], orders={"do": "advance", "toward": (40, to)},
            formation={"ranks": 2, "spacing": 0.9},
            personality=alike(courage=0.6, aggression=0.5),
        )  # fmt: skip
    return paper


def foe_m(frame: np.ndarray) -> np.ndarray:
    """How far everybody's nearest enemy is."""
    apart = np.hypot(*(np.subtract.outer(frame[axis], frame[axis]) for axis in ("x", "y")))
    apart[np.equal.outer(frame["side"], frame["side"])] = np.inf
    return np.asarray(apart.min(axis=1))


def the_breathless_strike_seldom(run: Run) -> bool:
    """Less than half as often as the fresh, of those with an enemy near."""
    frames = run.frames[::5]
    near = np.array([foe_m(frame) for frame in frames]) < NEAR_M
    strikes = np.isin(frames["act"], (w.STRIKE, w.LUNGE))
    spent, fresh = near & (frames["stamina"] < 0.65), near & (frames["stamina"] > 0.85)
    if min(spent.sum(), fresh.sum()) < 500:
        return False
    return bool(strikes[spent].mean() < 0.6 * strikes[fresh].mean())


def test_whoever_is_out_of_breath_stands_off() -> None:
    """He guards himself and gives ground sooner than strike. Off: he strikes on."""
    row = Row(locked, the_breathless_strike_seldom, ticks=900, on=(NOBODY_RUNS,),
              off=("parameters.decide.winded=0",))  # fmt: skip
    put_to_the_test(row)


def fighting_takes_breath(run: Run) -> bool:
    """Half of those who stand against the enemy have not much more than half of it left."""
    last = run.frames[-1]
    return bool(np.median(last["stamina"][foe_m(last) < NEAR_M]) < 0.57)


def test_fighting_hand_to_hand_takes_breath() -> None:
    """After a hundred seconds. Off: whoever guards himself gets it back as if he stood idle."""
    row = Row(locked, fighting_takes_breath, ticks=500,
              on=(NOBODY_RUNS, "parameters.decide.winded=0"),
              off=("parameters.effort.fight_share=0",))  # fmt: skip
    put_to_the_test(row)
