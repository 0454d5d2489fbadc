"""Unseen until one gives oneself away, and unheard in the din: S48."""

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


def come_up_on(*, brawl: bool) -> Paper:
    """A sentry looks north; one comes at him from the south, at a run. Behind both, perhaps,
    others fight, and do not see them.
    """
    paper = Paper("sentry", field=(80, 60)).side("red").side("blue")
    paper.parameter("sight.glance_per_s", 0)
    paper.unit(
        "sentry", side="red", count=1, place=(30, 40), facing="north", orders={"do": "hold"},
        leader="none", personality=alike(courage=1.0), armour="plate",
    )  # fmt: skip
    paper.unit(
        "comer", side="blue", count=1, place=(30, 22), facing="north", orders={"do": "charge"},
        leader="none", personality=alike(courage=1.0, aggression=1.0),
    )  # fmt: skip
    if brawl:
        for side, x, facing in (("red", 29, "east"), ("blue", 31, "west")):
            paper.unit(
                f"{side}s", side=side, count=24, place=(x, 14), facing=facing, armour="plate",
                orders={"do": "charge"}, leader="none", formation={"ranks": 2},
                personality=alike(courage=1.0, aggression=1.0),
            )  # fmt: skip
    return paper


def faces_who_reaches_him(run: Run) -> bool | None:
    """Whether he faces the comer by the time that he could be felt; None: nobody came."""
    frames = run.frames
    apart = np.hypot(*(frames[:, 1][axis] - frames[:, 0][axis] for axis in "xy"))
    there = np.flatnonzero(apart <= 1.1)
    return bool(frames[there[0], 0]["hy"] < 0.0) if len(there) else None


def turns_before_he_is_reached(run: Run) -> bool:
    """He hears steps, from the south, and faces whoever comes before he could feel him."""
    mine = run.seen_by("sentry")
    heard = mine[mine["steps"] == 1]
    assert (heard["steps_dy"] < 0.0).all()
    return len(heard) > 0 and faces_who_reaches_him(run) is True


def test_s48_steps_are_heard_where_it_is_quiet() -> None:
    """Off: nobody hears steps, and he has him at his back."""
    row = Row(lambda: come_up_on(brawl=False), turns_before_he_is_reached, ticks=60, watch=(0,),
              off=("parameters.hear.steps_db=-100",),
              still=lambda run: faces_who_reaches_him(run) is not None)  # fmt: skip
    put_to_the_test(row)


def has_him_at_his_back(run: Run) -> bool:
    """He hears no steps, and does not turn before he is reached."""
    return not run.seen_by("sentry")["steps"].any() and faces_who_reaches_him(run) is False


def test_s48_the_din_drowns_steps() -> None:
    """Off: the fighting near by makes no noise."""
    row = Row(lambda: come_up_on(brawl=True), has_him_at_his_back, ticks=60, watch=(0,),
              off=("parameters.din.blow_db=0",))  # fmt: skip
    put_to_the_test(row)


def in_company(*, mates: int) -> Paper:
    """The sentry, and beside him so many companions who look the same way."""
    paper = come_up_on(brawl=False)
    if mates:
        paper.unit(
            "mates", side="red", count=mates, place=(30, 41.2), facing="north",
            orders={"do": "hold"}, leader="none", personality=alike(courage=1.0), armour="plate",
        )  # fmt: skip
    return paper


def takes_them_for_companions(run: Run) -> bool:
    """He hears the steps, and does not turn for them."""
    mine = run.seen_by("sentry")
    heard = mine["tick"][mine["steps"] == 1]
    return len(heard) > 0 and bool(run.frames[int(heard[0]), 0]["hy"] > 0.99)


def test_s48_who_has_companions_about_takes_steps_for_theirs() -> None:
    """Off: he stands there alone."""
    row = Row(lambda: in_company(mates=3), takes_them_for_companions, ticks=60, watch=(0,),
              without=lambda: in_company(mates=0))  # fmt: skip
    put_to_the_test(row)
