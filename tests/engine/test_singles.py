"""What is perceived of those looked at singly, against a plain reference, person by person."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from affray.engine.tick import Engine
from affray.world import words as w
from affray.world.fields import NO_ORDER
from tests.engine import reference, singles
from tests.engine.fights import BUNDLED, by_id
from tests.engine.trials import state_of

STATES = 6


def eventful(name: str, number: int) -> Engine:
    """A random state in which many do something that shows, in masks of all kinds."""
    engine = state_of(name, number)
    luck = np.random.default_rng([number, BUNDLED.index(name), 17])
    fighters, memory = engine.state.fighters, engine.state.memory
    n = len(fighters)
    fighters["says"] = w.SAY_LAUGH
    fighters["says_left"] = np.where(luck.random(n) < 0.3, 50, 0)
    fighters["felled"] = np.where(luck.random(n) < 0.2, 0, 255)
    fighters["speed"] = np.where(luck.random(n) < 0.4, 0, luck.integers(0, 4000, n))
    fighters["unit"] = np.where(luck.random(n) < 0.2, 0, fighters["unit"])
    fighters["winks"] = np.where(luck.random(n) < 0.5, 2, 0)
    acts = np.array([w.STRIKE, w.THROW, w.REST, w.HOLD, w.ADVANCE], np.uint8)
    fighters["act"], fighters["act_left"] = luck.choice(acts, n), 0
    memory["leader"] = luck.integers(-2, n, n)
    memory["known"] = np.where(
        luck.random(n) < 0.1, NO_ORDER, luck.integers(0, len(engine.world.orders), n)
    )
    engine.world.units["masked"] = np.arange(len(engine.world.units)) % 3
    engine.world.params["talk_example_m"] = 40.0
    engine.open()
    return engine


def looks(engine: Engine) -> tuple[reference.Scene, np.ndarray, np.ndarray, list[Any]]:
    """One tick: what there was to see, fighters and memories before it, and what each took in."""
    engine.watch(tuple(range(len(engine.state.fighters))))
    scene = reference.scene(engine.world, engine.state)
    before, memory = by_id(engine.state.fighters).copy(), engine.state.memory.copy()
    engine.tick()
    return scene, before, memory, list(engine.seen_log)


@pytest.mark.parametrize("name", [name for name in BUNDLED if name != "duel"])
def test_the_companion_beside_one_shows_what_the_reference_says(name: str) -> None:
    """Each of the percepts of him, and each of them is there in some."""
    counted: dict[str, int] = {}
    for number in range(STATES):
        engine = eventful(name, number)
        scene, before, memory, seen_log = looks(engine)
        for seen in seen_log:
            me, known = before[int(seen.fighter)], int(memory["known"][int(seen.fighter)])
            want = singles.companion(
                engine.world, scene, before, me, known, int(seen.companion), engine.now
            )
            for field, value in (want or {}).items():
                where = f"state {number}, fighter {me['id']}: {field}"
                assert seen[field] == pytest.approx(value, abs=1e-5), where
                counted[field] = counted.get(field, 0) + (value != 0)

    assert min(counted.values()) >= (1 if name == "brawl" else 3), counted


@pytest.mark.parametrize("name", [name for name in BUNDLED if name != "duel"])
def test_a_leader_is_seen_to_fight_by_whom_the_reference_says(name: str) -> None:
    """Whoever takes somebody for his leader, has him in view, and near for the light."""
    fights = none = 0
    for number in range(STATES):
        engine = eventful(name, number)
        scene, before, memory, seen_log = looks(engine)
        for seen in seen_log:
            me, leader = before[int(seen.fighter)], int(memory["leader"][int(seen.fighter)])
            want = singles.leader_fights(engine.world, scene, before, me, leader, engine.now)
            if want is None:
                continue
            assert seen.leader_fights == int(want), f"state {number}: {me['id']} sees {leader}"
            fights, none = fights + want, none + (not want)

    assert min(fights, none) >= 3, (fights, none)


@pytest.mark.parametrize("name", [name for name in BUNDLED if name != "duel"])
def test_winks_are_seen_by_those_who_can_read_the_eyes(name: str) -> None:
    """Of the enemy faced, over whatever mask leaves the eyes free; and by nobody else."""
    winked = missed = 0
    for number in range(2 * STATES):
        engine = eventful(name, number)
        scene, before, _, seen_log = looks(engine)
        for seen in seen_log:
            me, foe = before[int(seen.fighter)], int(seen.foe)
            if foe < 0:
                assert seen.foe_winks == 0
                continue
            near = reference.near(
                engine.world, scene, int(me["id"]),
                reference.attention(engine.world, me, engine.now),
            )  # fmt: skip
            eyes = reference.reads_eyes(engine.world, scene, me, foe, engine.now)
            if eyes is None or near.barely:
                continue
            want = singles.winks(before, eyes, foe)
            assert seen.foe_winks == int(want), f"state {number}: {me['id']} sees {foe}"
            winked, missed = winked + want, missed + (before["winks"][foe] > 0 and not want)

    assert min(winked, missed) >= 2, (winked, missed)
