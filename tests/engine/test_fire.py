"""Missiles that come close by, against their ways looked at centimetre by centimetre."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from affray.engine.tick import Engine
from affray.rules.throw import ends_m, low_enough
from affray.world import fields
from affray.world.battlefield import FIRE_LEVEL
from tests.engine.trials import state_of

CELL_M = 4.0
FINE_M = 0.01
CLIPPED_M = 0.75  # whoever crosses less than this of a cell may go unnoticed there


def shot_into(engine: Engine, luck: np.random.Generator, number: int) -> None:
    """Let missiles fly from anywhere near people to anywhere, some of them on their way already."""
    state = engine.state
    missiles = np.zeros(number, fields.MISSILE).view(np.recarray)
    thrown = np.flatnonzero(engine.world.weapons["range"] > 0.0)
    for missile in missiles:
        near = state.fighters[int(luck.integers(len(state.fighters)))]
        angle = luck.uniform(0.0, 2.0 * np.pi)
        missile["weapon"] = luck.choice(thrown)
        missile["dx"], missile["dy"] = np.cos(angle), np.sin(angle)
        missile["x"], missile["y"] = near["x"] + luck.normal(), near["y"] + luck.normal()
        missile["aimed"] = luck.uniform(2.0, 40.0)
        missile["flown"] = luck.choice((0.0, luck.uniform(0.0, float(missile["aimed"]))))
        missile["side"], missile["by"] = luck.integers(2), -1
    engine.state = state._replace(missiles=missiles)


def cells_on_the_way(engine: Engine, missile: Any) -> tuple[set[int], set[int]]:
    """Cells that a missile comes into in the next tick, low enough: surely, and perhaps."""
    world = engine.world
    weapon, p = world.weapons[missile["weapon"]], world.params[0]
    flat = int(weapon["flat"])
    end = ends_m(float(missile["aimed"]), float(weapon["range"]), flat)
    length = min(float(weapon["speed"]) * float(world.clock[0]), end - float(missile["flown"]))
    at = np.arange(0.0, length + FINE_M, FINE_M)
    x = float(missile["x"]) + float(missile["dx"]) * at
    y = float(missile["y"]) + float(missile["dy"]) * at
    inside = (x >= 0) & (y >= 0) & (x < world.size[0]) & (y < world.size[1])
    ground = (y // 2.0).astype(int) * int(world.grid_cols[0]) + (x // 2.0).astype(int)
    free = np.zeros(len(at), bool)
    free[inside] = world.terrain["going"][ground[inside]] > 0.0
    ended = np.flatnonzero(~free)
    on = slice(0, int(ended[0]) if len(ended) else len(at))
    low = np.array([low_enough(float(missile["flown"]) + a, float(missile["aimed"]), flat, 0.0, p)
                    for a in at[on]], bool)  # fmt: skip
    cells = (y // CELL_M).astype(int) * int(world.grid_cols[FIRE_LEVEL]) + (x // CELL_M).astype(int)
    crossed = cells[on][low]
    begun = {int(cells[0])} if len(low) and low[0] and missile["flown"] > 0.0 else set()
    found = {int(c): (crossed == c).sum() * FINE_M for c in np.unique(crossed)}
    return {c for c, m in found.items() if m > CLIPPED_M} - begun, set(found) - begun


@pytest.mark.parametrize("name", ["clearing", "hastings", "press"])
def test_whoever_is_near_a_missiles_way_notices_it(name: str) -> None:
    """As many as come into the cell of four metres about him, if enemies sent them; nobody else
    notices anything.
    """
    noticed = 0
    for number in range(4):
        engine = state_of(name, number)
        shot_into(engine, np.random.default_rng([8, number]), 40)
        ways = [(int(m["side"]), *cells_on_the_way(engine, m)) for m in engine.state.missiles]
        at = {int(f["id"]): (float(f["x"]), float(f["y"])) for f in engine.state.fighters}
        side = np.array(engine.state.fighters["side"])
        engine.watch(tuple(range(len(side))))
        engine.tick()
        columns = int(engine.world.grid_cols[FIRE_LEVEL])
        for seen in engine.seen_log:
            i = int(seen.fighter)
            cell = int(at[i][1] // CELL_M) * columns + int(at[i][0] // CELL_M)
            theirs = [(low, high) for s, low, high in ways if engine.world.hostile[side[i], s]]
            surely = sum(cell in low for low, _ in theirs)
            perhaps = sum(cell in high for _, high in theirs)
            assert surely <= seen.shots <= perhaps, f"state {number}, fighter {i}"
            noticed += int(seen.shots > 0)

        assert not engine.state.air.shots.any()  # nothing is left for the next tick

    assert noticed >= 10
