"""Shots: some do not go off, being shot at spoils the aim, and volleys grow ragged."""

from __future__ import annotations

import numpy as np

from affray.scenario import Battle as Paper
from affray.world import words as w
from tests.systems.harness import Row, Run, alike, put_to_the_test

STEADY = {"orders": {"do": "hold"}, "personality": alike(courage=1.0, aggression=0.5)}
UNHURT = ("parameters.fear.fire_per_s=0", "parameters.voice.scream_chance=0")


def shooters(fails: float = 0.0, shot_back: bool = True) -> Paper:
    """A row that shoots at one twelve metres off, which shoots back, or stands and bears it."""
    paper = Paper("shots", field=(300, 60)).side("red").side("blue")
    gun = {"reach": 0.5, "force": 0, "thrown": True, "flat": True, "range": 40, "speed": 150,
           "spread": 1.6, "windup": 1, "recovery": 1, "kind": "blunt"}  # fmt: skip
    paper.weapon("gun", **gun).weapon("bad_gun", fails=fails, **gun)
    keys = {"count": 60, "formation": {"ranks": 1, "spacing": 3}, "armour": "none"}
    paper.unit(
        "row", side="red", place=(150, 20), facing="north",
        weapons=["knife", {"name": "bad_gun", "count": 90}], **keys, **STEADY,
    )  # fmt: skip
    return paper.unit(
        "marks", side="blue", place=(150, 32), facing="south",
        weapons=["knife", *([{"name": "gun", "count": 90}] if shot_back else [])], **keys, **STEADY,
    )  # fmt: skip


def thrown(run: Run, unit: str = "row") -> int:
    """Shots of a unit that went off."""
    shots, here = run.of(w.EVENT_THROW)["fighter"], run.unit(unit)
    return int(((shots >= here.start) & (shots < here.stop)).sum())


def many_fail(run: Run) -> bool:
    """About half of those that the marks get off in the same time: nobody shoots the faster."""
    return 0.35 < thrown(run) / thrown(run, "marks") < 0.65


def test_some_shots_do_not_go_off() -> None:
    """Off: all do."""
    row = Row(lambda: shooters(fails=0.5), many_fail, ticks=500, on=UNHURT,
              off=("parameters.throw.fails=0",))  # fmt: skip
    put_to_the_test(row)


def hits_seldom(run: Run) -> bool:
    """Fewer than a fifth of the row's shots."""
    blows, _ = run.blows()
    marks = run.unit("marks")
    hit = (blows["other"] >= marks.start) & (blows["other"] < marks.stop)
    return float(hit.sum()) < 0.2 * thrown(run)


def test_being_shot_at_spoils_the_aim() -> None:
    """As far as it can. Off, they hit as often as others do; so do those at whom nobody shoots."""
    on = (*UNHURT, "parameters.throw.unsteady=1", "parameters.fear.fire_half_per_s=0.05")
    off = ("parameters.throw.unsteady=0",)
    put_to_the_test(Row(shooters, hits_seldom, ticks=900, on=on, off=off))
    put_to_the_test(
        Row(shooters, hits_seldom, ticks=900, on=on, without=lambda: shooters(shot_back=False))
    )


def grows_ragged(run: Run) -> bool:
    """The row, who all begin at once, no longer let fly together after a while."""
    ticks = run.of(w.EVENT_THROW)["tick"]
    first, late = ticks[ticks < 20], ticks[ticks >= 400]
    assert np.bincount(first).max() > 20, "they begin together"
    return int(np.bincount(late).max()) < 20


def test_volleys_grow_ragged() -> None:
    """Off: who began together goes on together, like one man."""
    row = Row(shooters, grows_ragged, ticks=500, on=UNHURT, off=("parameters.body.uneven=0",))
    put_to_the_test(row)
