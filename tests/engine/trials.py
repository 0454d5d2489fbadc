"""Random states of every bundled battle, on fields made harder to see over."""

from __future__ import annotations

import dataclasses

import numpy as np

from affray.engine.tick import Engine
from affray.scenario.raster import kinds, lit_cells
from affray.world import fields
from affray.world.battle import Battle
from affray.world.battlefield import CELL_M, Grid, World, clear_air
from tests.engine.fights import BUNDLED, bundled, copied, opened

FIGHTERS = 120
SIZES = {"brawl": None, "clearing": 150, "duel": None}
WIDE = {"cannae": "field.size=[2400, 400]", "press": "field.size=[1500, 300]"}
"""Battles on fields so wide that some are out of all range once they have been moved there."""


def harder(battle: Battle, luck: np.random.Generator, *, bodies_hide: bool) -> World:
    """The world of `battle` with bushes to hide in and patches of night where fighters are, and
    lines of sight cut at random.
    """
    world, fighters = battle.world, battle.state.fighters
    params, terrain = world.params.copy(), world.terrain[world.terrain_of]
    if not bodies_hide:
        params["sight_body_width_m"] = 0.0
    cols, rows = int(world.grid_cols[0]), int(world.grid_rows[0])
    cells = terrain.reshape(rows, cols)
    for name, value in (("conceal", 0.95), ("conceal", 0.95), ("light", 0.0), ("light", 0.02)):
        somebody = fighters[int(luck.integers(len(fighters)))]
        col, row = int(somebody["x"] / CELL_M), int(somebody["y"] / CELL_M)
        wide, high = luck.integers(1, 2 + cols // 5), luck.integers(1, 2 + rows // 5)
        cells[name][max(row - high, 0) : row + high, max(col - wide, 0) : col + wide] = value
    grid = Grid(world.grid_cols, world.grid_rows, world.grid_base)
    range_m = float(params["sight_crowd_range_m"][0])
    night_share = float(params["sight_night_share"][0])
    lit = lit_cells(terrain, grid, range_m, night_share)
    lines = world.sightlines
    if len(lines) == 1:
        lines = np.full(len(lit), lines[0])
    cuts = luck.random((len(lines), 64)) < 0.15
    for bit in range(36):
        lines = lines & ~(cuts[:, bit].astype(np.uint64) << np.uint64(bit))
    changed = dict(zip(("terrain", "terrain_of"), kinds(terrain), strict=True))
    return world._replace(params=params, lit=lit, sightlines=lines, **changed)


def state_of(
    name: str, number: int, *, bodies_hide: bool = True, wide: bool = False, smoky: bool = False
) -> Engine:
    """The `number`-th random state of a bundled battle, opened at its tick."""
    luck = np.random.default_rng([number, BUNDLED.index(name), wide])
    sets = (WIDE[name],) if wide else ()
    battle = bundled(name, SIZES.get(name, FIGHTERS), number, sets)
    battle = closer(battle, luck, wide=wide)
    world = harder(battle, luck, bodies_hide=bodies_hide)
    if smoky:
        battle = dataclasses.replace(battle, state=battle.state._replace(smoke=banks(world, luck)))
    engine = opened(dataclasses.replace(battle, world=world))
    for _ in range(int(luck.integers(1, 6 if name == "duel" else 40))):
        if engine.on_field > 1:
            engine.tick()
    return engine


def banks(world: World, luck: np.random.Generator) -> np.recarray:
    """Smoke in banks over half of the field: here thin, there as thick as to hide at two metres."""
    grid = Grid(world.grid_cols, world.grid_rows, world.grid_base)
    smoke = clear_air(grid)
    thick = luck.random(len(smoke)) < 0.5
    smoke["hangs"][thick] = luck.uniform(0.0, 400.0, int(thick.sum()))
    return smoke


def closer(battle: Battle, luck: np.random.Generator, *, wide: bool) -> Battle:
    """`battle` opening nearer to contact: half of the fighters moved to somebody else's side, some
    of them afraid, some running, a few sitting high; if `wide`, many anywhere on the field.
    """
    battle = copied(battle)
    fighters = battle.state.fighters
    n = len(fighters)
    width, height = (float(side) for side in battle.world.size)
    moved = np.nonzero(luck.random(n) < 0.5)[0]
    beside = luck.integers(n, size=len(moved))
    for axis, length in (("x", width), ("y", height)):
        offset = luck.normal(0.0, 1.5, len(moved))
        place = fighters[axis][beside] + offset
        fighters[axis][moved] = np.clip(place, 0.1, length - 0.1)
        if wide:
            scattered = luck.random(n) < 0.5
            fighters[axis][scattered] = luck.uniform(0.1, length - 0.1, int(scattered.sum()))
    angle = luck.random(n) * 2.0 * np.pi
    fighters["hx"], fighters["hy"] = np.cos(angle), np.sin(angle)
    fighters["mood"] = luck.random(n) < 0.1
    fighters["fear"] = luck.random(n) * 0.8
    fighters["embedded"] = 0
    fighters["perch"] = np.where(luck.random(n) < 0.06, luck.integers(1, 6, n), 0)
    return battle


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
