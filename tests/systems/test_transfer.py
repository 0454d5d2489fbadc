"""One body's wear for another's, and how helpless one is meanwhile."""

from __future__ import annotations

import numpy as np

from affray.engine.tick import Engine
from affray.scenario import Battle as Paper
from affray.scenario.build import build
from affray.world import words as w
from affray.world.battle import Battle
from tests.systems.harness import Row, Run, fight, put_to_the_test
from tests.systems.test_powers import one, stage, use, uses


def worn_out(*, what: tuple[str, ...] = ("strength", "limbs", "pain"), lasts: int = 4) -> Paper:
    """Orin, worn out and lame of the arm, changes places with Ana, who is neither."""
    paper = stage("worn")
    one(paper, "orin", "red", (30, 28), facing="east")
    one(paper, "ana", "red", (31, 28), facing="west", leader="none")
    one(paper, "foe", "blue", (1, 1))
    paper.power("skin", range=1.8, lasts=lasts, cast=0.4, busy=True, again=600,
                transfer={"what": list(what)})  # fmt: skip
    paper.person("Orin", unit="orin", looks={"hair": "grey"}, ties={"Ana": {"knows": 1}},
                 powers=["skin"], drives=[use("skin", "Ana")])  # fmt: skip
    paper.person("Ana", unit="ana", looks={"hair": "red"})
    return paper


def is_worn(battle: Battle) -> None:
    """As he opens the battle."""
    fighters = battle.state.fighters
    fighters["arm"][0], fighters["stamina"][0], fighters["pain"][0] = 200, 0.2, 0.4
    fighters["fatigue"][0] = 0.5


def has_changed_places(run: Run) -> bool:
    """What is left of the two has changed places, once, at the end; blood has not."""
    done = run.of(w.EVENT_TRANSFER)
    if len(done) != 1:
        return False
    at = int(done["tick"][0])
    before, after = run.frames[at - 1], run.frames[at]
    for name in ("arm", "leg"):
        if (after[name][0], after[name][1]) != (before[name][1], before[name][0]):
            return False
    blood = np.abs(after["blood"].astype(float) - before["blood"].astype(float)).max()
    swapped = after["stamina"][0] > before["stamina"][0] and after["arm"][0] == 0
    return bool(swapped and after["arm"][1] == 200 and blood < 1000)


def is_helpless(run: Run) -> bool:
    """From its beginning to its end he is rapt in it, and does nothing else."""
    begun = uses(run, "skin")["tick"]
    done = run.of(w.EVENT_TRANSFER)["tick"]
    if len(begun) == 0 or len(done) == 0:
        return False
    him = run.frames[int(begun[0]) : int(done[0]), 0]
    return bool((him["grip"] > 0).all()) and set(him["act"][1:]) <= {w.HOLD, w.USE}


def test_what_two_bodies_have_left_changes_places() -> None:
    """Off: he cannot do so for as long as the battle lasts."""
    row = Row(worn_out, lambda run: has_changed_places(run) and is_helpless(run), ticks=100,
              arrange=is_worn, without=lambda: worn_out(lasts=60))  # fmt: skip
    put_to_the_test(row)


def test_only_what_is_named_changes_places() -> None:
    """His limbs do; he stays as tired as he was."""
    run = fight(Row(lambda: worn_out(what=("limbs",)), bool, ticks=100, arrange=is_worn), 1)
    at = int(run.of(w.EVENT_TRANSFER)["tick"][0])
    before, after = run.frames[at - 1], run.frames[at]
    assert after["arm"][:2].tolist() == before["arm"][:2].tolist()[::-1] == [0, 200]
    assert abs(float(after["fatigue"][0]) - float(before["fatigue"][0])) < 0.05


def test_nothing_comes_of_it_if_he_falls_before() -> None:
    """He loses his senses while he is at it; if he does not, something does."""
    for falls in (True, False):
        battle = build(worn_out(lasts=10).scenario(), 1)
        is_worn(battle)
        engine, kinds = Engine(battle), []
        engine.open()
        for tick in range(80):
            if tick == 30 and falls:
                engine.state.fighters["status"][0] = w.OUT
            kinds += engine.tick()["kind"].tolist()
        engine.close()
        assert w.EVENT_POWER in kinds
        assert (w.EVENT_TRANSFER in kinds) is not falls


def test_nothing_comes_of_it_if_they_are_parted_before() -> None:
    """In the very last moment, too: she is gone as it would have come about."""
    for parted in (True, False):
        battle = build(worn_out().scenario(), 1)
        is_worn(battle)
        engine, kinds = Engine(battle), []
        engine.open()
        for _ in range(60):
            workings = engine.persons.arrays()["workings"]
            if parted and len(workings) and engine.now + 1 == workings["until"][0]:
                engine.state.fighters["x"][1] += 10.0
            kinds += engine.tick()["kind"].tolist()
        engine.close()
        assert w.EVENT_SPENT in kinds
        assert (w.EVENT_TRANSFER in kinds) is not parted
