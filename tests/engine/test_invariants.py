"""What holds in every tick of every battle: room, ground, blood and counts."""

from __future__ import annotations

import collections
from typing import Any

import numpy as np
import pytest
from scipy.spatial import cKDTree

from affray.engine.measure import MEASURES, measure
from affray.engine.tick import Engine
from affray.scenario import parse
from affray.scenario.build import build
from affray.world import words
from tests.engine.fights import bundled, opened

TICKS = 150
CROWDED = {"press": 1500, "brawl": None, "clearing": 600}
CLOSE_M = 0.4
NEIGHBOUR_M = 2.0


def standing(engine: Engine) -> Any:
    """Fighters on their feet."""
    fighters = engine.state.fighters
    return fighters[fighters["status"] == words.UP]


def places(fighters: Any) -> np.ndarray:
    """(n, 2) metres."""
    return np.column_stack([fighters["x"], fighters["y"]]).astype(float)


@pytest.mark.parametrize("name", CROWDED)
def test_bodies_keep_apart_on_the_field_without_tunnelling(name: str) -> None:
    """In a press hardly anybody comes closer than bodies do, nobody leaves the field but by
    leaving the battle, and no two pass through each other.
    """
    engine = opened(bundled(name, CROWDED[name], 3))
    size = np.asarray(engine.world.size)
    close = neighbours = 0
    for _ in range(TICKS):
        before = np.full((len(engine.state.fighters), 2), np.nan)
        before[standing(engine)["id"]] = places(standing(engine))
        engine.tick()
        now = standing(engine)
        at = places(now)
        assert ((at >= 0.0) & (at <= size)).all()
        tree = cKDTree(at)
        close += len(tree.query_pairs(CLOSE_M))
        neighbours += len(tree.query_pairs(NEIGHBOUR_M))
        pairs = tree.query_pairs(1.8, output_type="ndarray")
        assert tunnelled(before[now["id"]], at, pairs) == [], f"tick {engine.now}"

    assert neighbours > 500
    assert close <= 0.001 * neighbours, f"{close} of {neighbours} pairs under {CLOSE_M} m"


def tunnelled(before: np.ndarray, after: np.ndarray, pairs: np.ndarray) -> list[tuple[int, int]]:
    """Pairs whose straight ways, at even pace, ran through each other's bodies, though they did
    not overlap before.
    """
    start = before[pairs[:, 1]] - before[pairs[:, 0]]
    way = (after[pairs[:, 1]] - after[pairs[:, 0]]) - start
    length2 = (way * way).sum(axis=1)
    share = np.clip(-(start * way).sum(axis=1) / np.maximum(length2, 1e-12), 0.0, 1.0)
    nearest = start + share[:, None] * way
    apart, closest = np.hypot(*start.T), np.hypot(*nearest.T)
    swapped = (start * (start + way)).sum(axis=1) < 0.0
    through = (apart > CLOSE_M) & (closest < 0.3) & swapped
    return [(int(i), int(j)) for i, j in pairs[through]]


HEAD_ON = """\
affray: 1
name: head_on
field: {size: [30, 10]}
sides:
  - {name: runners}
  - {name: absent}
units:
  - {name: from_west, side: runners, count: 1, place: [8, 5], facing: east, leader: none,
     orders: {do: charge, toward: [30, 5]}}
  - {name: from_east, side: runners, count: 1, place: [22, %s], facing: west, leader: none,
     orders: {do: charge, toward: [0, 5]}}
  - {name: nobody_yet, side: absent, count: 1, facing: west, leader: none, reserve: true}
reinforcements:
  - {unit: nobody_yet, enters: [1, 1], when: {at: 1 h}}
"""
"""Two of one side, who run at each other's places with nobody to fight."""


@pytest.mark.parametrize("line", ["5", "5.1", "5.3"])
def test_two_who_run_at_each_other_pass_around_or_stop(line: str) -> None:
    """Two who run at each other on one line never come nearer than bodies, nor swap places
    through one another.
    """
    engine = opened(build(parse(HEAD_ON % line, "head_on"), 1))
    nearest = np.inf
    for _ in range(60):
        before = engine.state.fighters.copy()
        engine.tick()
        after = engine.state.fighters
        apart = places(after)[1] - places(after)[0]
        nearest = min(nearest, float(np.hypot(*apart)))
        assert tunnelled(places(before), places(after), np.array([[0, 1]])) == []

    assert CLOSE_M <= nearest < 1.5


@pytest.mark.parametrize("name", CROWDED)
def test_blood_balances_to_the_unit(name: str) -> None:
    """What leaves bodies is on blades and on the ground, to the hundredth of a millilitre."""
    engine = opened(bundled(name, CROWDED[name], 5))

    def blood() -> tuple[int, int]:
        fighters, ground = engine.state.fighters, engine.state.ground
        bodies = int(fighters["blood"].sum(dtype=np.int64))
        shed = int(fighters["blade"].sum(dtype=np.int64))
        shed += int(ground["soaked"].sum(dtype=np.int64)) + int(ground["pool"].sum(dtype=np.int64))
        return bodies, shed

    bodies, shed = blood()
    for _ in range(TICKS):
        engine.tick()
        now_in, now_out = blood()
        assert now_in + now_out == bodies + shed, f"tick {engine.now}"

    assert blood()[0] < bodies


@pytest.mark.parametrize("name", CROWDED)
def test_counts_balance_with_events(name: str) -> None:
    """Who stands, lies, is dead, has left or waits follows from the events alone, in every tick;
    the measured counts are those of the state.
    """
    engine = opened(bundled(name, CROWDED[name], 7))
    opening = engine.state.fighters["status"].copy()
    happened: collections.Counter[int] = collections.Counter()
    for _ in range(TICKS):
        happened.update(engine.tick()["kind"].tolist())
        status = engine.state.fighters["status"]

        def change(word: int, now: np.ndarray = status) -> int:
            return int((now == word).sum()) - int((opening == word).sum())

        entered, left = happened[words.EVENT_ENTER], happened[words.EVENT_LEAVE]
        fell, rose = happened[words.EVENT_FALL], happened[words.EVENT_RISE]
        died = happened[words.EVENT_DEATH]
        assert change(words.RESERVE) == -entered
        assert change(words.LEFT) == left
        assert change(words.DEAD) == died
        assert change(words.UP) == entered + rose - fell - left
        assert change(words.DOWN) + change(words.OUT) == fell - rose - died

    sums = np.zeros((len(engine.battle.side_names), len(MEASURES)), np.int64)
    measure(engine.state.fighters, 0, len(opening), sums)
    counted = [sums[:, MEASURES.index(m)].sum() for m in ("reserve", "standing", "dead", "left")]
    kinds = (words.RESERVE, words.UP, words.DEAD, words.LEFT)
    assert counted == [(engine.state.fighters["status"] == kind).sum() for kind in kinds]
    assert happened.total() > 0


@pytest.mark.parametrize("name", CROWDED)
def test_who_felled_an_enemy_is_known_from_the_falls(name: str) -> None:
    """In the tick of a fall, those whose blows brought it about, and nobody else who stands."""
    engine = opened(bundled(name, CROWDED[name], 7))
    side = engine.state.fighters["side"].copy()
    hostile, checked = engine.world.hostile, 0
    for _ in range(2 * TICKS):
        events = engine.tick()
        falls = events[(events["kind"] == words.EVENT_FALL) & (events["other"] >= 0)]
        by, fallen = falls["other"], falls["fighter"]
        fellers = set(by[hostile[side[by], side[fallen]] == 1].tolist())
        up = standing(engine)
        just_now = set(up["id"][up["felled"] == 0].tolist())

        assert just_now == fellers & set(up["id"].tolist())
        checked += len(just_now)

    assert checked >= 3
