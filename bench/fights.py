"""Battles to measure: `press` at any size, and copies of it that fight the very same fight."""

from __future__ import annotations

import dataclasses
import functools
import time
from typing import Any

import numpy as np

from affray.engine.tick import Engine
from affray.scenario import load_bundled
from affray.scenario.build import build
from affray.world import words
from affray.world.battle import Battle
from affray.world.battlefield import Air, Outside, State

SEED = 1
FIRST_TICKS = 6  # untimed: lines meet, first blows are on their way
build_seconds: dict[int, float] = {}  # by size, of `press`
LIVING = (words.UP, words.DOWN, words.OUT)


@functools.lru_cache(maxsize=4)
def press(size: int) -> Battle:
    """The benchmark's battle as it opens. Never fought: fights take copies."""
    began = time.perf_counter()
    battle = build(load_bundled("press", (f"size={size}",)), SEED)
    build_seconds[size] = time.perf_counter() - began
    return battle


def copy_of(battle: Battle) -> Battle:
    """The same battle with a state of its own."""
    fields: dict[str, Any] = battle.state._asdict()
    outside = Outside(*(part.copy() for part in battle.state.outside))
    air = Air(*(part.copy() for part in battle.state.air))
    whole = {"outside": outside, "air": air}
    copies = {name: table.copy() for name, table in fields.items() if name not in whole}
    state = State(**whole, **copies)
    return dataclasses.replace(battle, state=state, reinforcements=battle.reinforcements.copy())


def living(engine: Engine) -> int:
    """Fighters alive and on the field."""
    fighters: Any = engine.state.fighters
    return int(np.isin(fighters.status, LIVING).sum())


class Fight:
    """A copy of `press` under way; calls measure its next ticks."""

    def __init__(self, size: int, threads: int) -> None:
        self.engine = Engine(copy_of(press(size)), threads=threads)
        self.engine.open()
        for _ in range(FIRST_TICKS):
            self.engine.tick()

    def tick_seconds(self, ticks: int, untimed: int = 0) -> float:
        """Seconds of each of the next ticks, on average; ``untimed`` ticks before warm caches."""
        for _ in range(untimed):
            self.engine.tick()
        began = time.perf_counter()
        for _ in range(ticks):
            self.engine.tick()
        return (time.perf_counter() - began) / ticks

    def fighter_steps(self, ticks: int, untimed: int = 0) -> float:
        """Ticks of living fighters per second, over the next ticks."""
        before = living(self.engine)
        seconds = self.tick_seconds(ticks, untimed)
        return (before + living(self.engine)) / 2 / seconds

    def close(self) -> None:
        """Let the threads go."""
        self.engine.close()


def share_in_contact(engine: Engine, reach_m: float = 2.0) -> float:
    """Share of the living on their feet who have an enemy on his feet within ``reach_m``."""
    from scipy.spatial import cKDTree

    f: Any = engine.state.fighters
    up = f[f.status == words.UP]
    near = np.zeros(len(up), bool)
    for side in np.unique(up.side):
        mine, foes = up.side == side, up.side != side
        if foes.any():
            tree = cKDTree(np.column_stack([up.x[foes], up.y[foes]]))
            away, _ = tree.query(np.column_stack([up.x[mine], up.y[mine]]), workers=1)
            near[mine] = away <= reach_m
    return float(near.mean())
