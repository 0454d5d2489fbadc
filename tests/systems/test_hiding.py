"""Unseen until one gives oneself away: S48."""

from __future__ import annotations

import numpy as np

from affray.scenario import Battle as Paper
from affray.world import words as w
from tests.systems.harness import Row, Run, alike, put_to_the_test


def watcher_in_a_tree(*, knives: int, beneath: bool) -> Paper:
    """One sits in a leafy tree and looks the other way; enemies look his, on the grass or beneath
    him.
    """
    paper = Paper("tree", field=(80, 60)).side("red").side("blue")
    paper.weapon("dart", reach=0.5, force=20, kind="thrust", thrown=True, range=25, speed=20,
                 spread=2)  # fmt: skip
    paper.terrain("tree", circle={"at": [40, 30], "radius": 3}, climbable=True, height="4 m",
                  concealment=0.8)  # fmt: skip
    paper.unit(
        "watcher", side="blue", count=1, place=(40, 30), facing="north", leader="none",
        opening={"perched": True}, orders={"do": "hold"},
        weapons=["knife", {"name": "dart", "count": knives}],
        personality=alike(courage=1.0, aggression=1.0),
    )  # fmt: skip
    paper.unit(
        "lookers", side="red", count=12, place=(40, 28.4 if beneath else 16), facing="north",
        orders={"do": "hold"}, leader="none", formation={"ranks": 2 if beneath else 1},
        personality=alike(courage=1.0, aggression=0.0), armour="plate",
    )  # fmt: skip
    return paper


def unseen_until_he_throws(run: Run) -> bool:
    """Nobody perceives anybody before he draws back his arm; from then on some do."""
    throwing = run.frames[:, 0]["act"] == w.THROW
    if not throwing.any():
        return False
    begun = int(np.argmax(throwing))
    seen = run.seen_by("lookers")
    perceived = (seen["foe"] >= 0) | (seen["crowd_foes"] > 0.0)
    before, after = seen["tick"] <= begun, seen["tick"] > begun
    return not perceived[before].any() and before.any() and bool(perceived[after].any())


def test_s48_unseen_in_a_tree_until_exposed() -> None:
    """In nobody's percepts and no count until he throws. Off: no cover ever hides anybody."""
    row = Row(lambda: watcher_in_a_tree(knives=2, beneath=False), unseen_until_he_throws, ticks=200,
              watch=tuple(range(13)), on=("parameters.sight.glance_per_s=1",),
              off=("parameters.hide.from=1",))  # fmt: skip
    put_to_the_test(row)


def somebody_finds_him(run: Run) -> bool:
    """He does nothing; some of those right beneath make him out, and not all at once."""
    seen = run.seen_by("lookers")
    found = seen["found"] == 0
    first = {int(fighter): int(seen["tick"][found & (seen["fighter"] == fighter)].min())
             for fighter in set(seen["fighter"][found].tolist())}  # fmt: skip
    return (
        bool(found.any())
        and not bool(found.all())
        and all(seen["foe"][found & (seen["fighter"] == fighter)].max() == 0 for fighter in first)
    )


def test_s48_who_looks_straight_at_him_from_near_may_find_him() -> None:
    """Off: nobody makes out anybody in hiding."""
    row = Row(lambda: watcher_in_a_tree(knives=0, beneath=True), somebody_finds_him, ticks=200,
              watch=tuple(range(13)), off=("parameters.hide.find_per_s=0",))  # fmt: skip
    put_to_the_test(row)
