"""Powers in the engine: the same to the bit however a battle is run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from affray.engine.tick import Engine
from affray.run.state import state_arrays, with_state
from affray.scenario import Battle as Paper
from affray.scenario.build import build
from affray.world import words as w
from tests.systems import test_powers as battles
from tests.systems import test_ruin as ruin

PAPERS: dict[str, Callable[[], Paper]] = {
    "held and drained": lambda: battles.captured(memories=("a", "b"), drain={"memories": 0.5}),
    "a barrier": lambda: battles.besieged(charge=2.5),
    "a rage": ruin.hurt_before_his_eyes,
    "a dome": ruin.dome,
    "lifted": ruin.lifted,
    "hauled": battles.a_pair,
}
TICKS = 50


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_battle_however_it_is_run(name: str) -> None:
    """Hash by hash: threads, blocks and witnesses change nothing; saving at every tick neither."""
    scenario = PAPERS[name]().scenario()
    ways: tuple[dict[str, Any], ...] = ({}, {"threads": 3, "blocks": 7}, {"watch": (0, 1)})
    straight, *others = (Engine(build(scenario, 5), **way) for way in ways)
    saved = Engine(build(scenario, 5))
    for engine in (straight, *others, saved):
        engine.open()
    used = 0
    for tick in range(1, TICKS + 1):
        events = straight.tick()
        used += int((events["kind"] == w.EVENT_POWER).sum())
        for engine in (*others, saved):
            engine.tick()
            assert engine.hash == straight.hash, tick
        arrays = {name: np.array(rows) for name, rows in state_arrays(saved).items()}
        battle, wounds = with_state(build(scenario, 5), arrays)
        saved = Engine(battle, tick=tick)
        saved.wounds_used = wounds
        saved.open()
    assert used > 0
