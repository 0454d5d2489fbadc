"""The bundled battles: each is read, written back, scaled and built, and says what it shows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.spatial import KDTree

from affray.scenario import Scenario, dump, load, parse, scaled
from affray.scenario.build import build
from affray.world import words
from affray.world.battle import Battle

FOLDER = Path(__file__).resolve().parents[2] / "src" / "affray" / "battles"
NAMES = (
    "bell",
    "brawl",
    "cannae",
    "clearing",
    "duel",
    "hastings",
    "lanchester_area",
    "lanchester_linear",
    "lanchester_square",
    "linear_1700s",
    "mutiny",
    "press",
    "toll_bridge",
    "wells",
)
SCALES = (0.5, 4.0)


def paper(name: str, *sets: str) -> Scenario:
    """A bundled battle, read from its file."""
    return load(FOLDER / f"{name}.yaml", sets)


def on_the_field(battle: Battle) -> np.ndarray:
    """Rows of those who stand on the field when it opens."""
    return np.flatnonzero(battle.state.fighters.status == words.UP)


def distances_to_foes(battle: Battle) -> np.ndarray:
    """From each who stands and has a foe to the nearest of his foes [m]."""
    rows = on_the_field(battle)
    fighters, hostile = battle.state.fighters[rows], battle.world.hostile
    places = np.column_stack([fighters.x, fighters.y])
    nearest = np.full(len(rows), np.inf)
    for side in range(len(battle.side_names)):
        own, foes = fighters.side == side, hostile[side][fighters.side] == 1
        if own.any() and foes.any():
            nearest[own] = KDTree(places[foes]).query(places[own])[0]
    return nearest[np.isfinite(nearest)]


def distances_to_anybody(battle: Battle) -> np.ndarray:
    """From each who stands to the nearest other [m]."""
    fighters = battle.state.fighters[on_the_field(battle)]
    places = np.column_stack([fighters.x, fighters.y])
    return KDTree(places).query(places, k=2)[0][:, 1]


def test_these_battles_are_bundled() -> None:
    """The bundled battles are those that the documents describe."""
    # set up and act
    found = sorted(path.stem for path in FOLDER.glob("*.yaml"))
    # expect
    assert found == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_battle_says_what_it_is(name: str) -> None:
    """Each says what happens, what it shows, what it is drawn from and what scaling changes."""
    # set up and act
    battle = paper(name)
    # expect
    assert battle.name == name
    for text in (battle.title, battle.about, battle.shows, battle.scale, *battle.sources):
        assert text.strip()
    assert battle.sources
    assert f"{battle.fighters():,}" in battle.scale or name == "duel"


@pytest.mark.parametrize("name", NAMES)
def test_a_battle_survives_being_written(name: str) -> None:
    """What is written back reads as the same battle, and is written the same again."""
    # set up
    battle = paper(name)
    # act
    again = parse(dump(battle))
    # expect
    assert again == battle
    assert dump(again) == dump(battle)


@pytest.mark.parametrize("factor", SCALES)
@pytest.mark.parametrize("name", NAMES)
def test_a_battle_scales(name: str, factor: float) -> None:
    """At half and at four times the size everybody still stands on the field, none in another."""
    # set up
    small = paper(name)
    factor = max(factor, 0.75) if name == "press" else factor  # one tile shrinks only so far
    size = max(int(small.fighters() * factor), len(small.units))
    # act
    other = scaled(paper(name, f"size={size}"))
    battle = build(other, seed=1)
    # expect
    assert other.fighters() == size == len(battle.state.fighters)
    assert len(other.units) >= len(small.units)
    assert distances_to_anybody(battle).min() > 0.3


@pytest.mark.parametrize("name", NAMES)
def test_a_battle_can_be_built(name: str) -> None:
    """Everybody stands on passable ground, apart from his neighbours, and unlike any other."""
    # set up
    scenario = paper(name)
    # act
    battle = build(scenario, seed=1)
    # expect
    fighters, world = battle.state.fighters, battle.world
    standing = fighters[on_the_field(battle)]
    cols = int(world.grid_cols[0])
    cells = (standing.y / 2.0).astype(int) * cols + (standing.x / 2.0).astype(int)
    assert world.terrain.going[world.terrain_of[cells]].min() > 0.1
    assert distances_to_anybody(battle).min() > 0.42
    assert len(np.unique(fighters.luck)) == len(fighters)


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"press"}))
def test_a_battle_opens_out_of_contact(name: str) -> None:
    """Nobody begins within reach of an enemy, where the battle is not meant to begin so."""
    # set up and act
    battle = build(paper(name), seed=1)
    # expect
    assert distances_to_foes(battle).min() > 2.0


@pytest.mark.parametrize("size", [1_000, 1_300, 1_600, 10_000, 100_000])
def test_the_press_is_dense(size: int) -> None:
    """At any size nine in ten have an enemy within 2 m, on a field without wide margins."""
    # set up
    battle = build(paper("press", f"size={size}"), seed=1)
    # act
    near = np.count_nonzero(distances_to_foes(battle) <= 2.0) / len(battle.state.fighters)
    # expect
    assert len(battle.state.fighters) == size
    assert near > 0.9
    assert size / float(battle.world.size.prod()) == pytest.approx(0.77, abs=0.01)


def test_the_press_is_no_lighter_than_a_battle() -> None:
    """It has ground, a shadow, a hedge that hides, wind, leaders in all units and missiles."""
    # set up and act
    scenario = paper("press")
    battle = build(scenario, seed=1)
    # expect
    terrain = battle.world.terrain
    assert terrain.block.max() > 0
    assert terrain.going.min() < 0.6
    assert len(np.unique(terrain.light)) > 1
    assert np.abs(battle.world.wind).sum() > 0
    assert (battle.world.traits.leader == 1).sum() == len(scenario.units)
    assert (battle.world.units.missile < 255).all()


def test_a_cloud_hangs_over_the_clearing_alone() -> None:
    """It is darker in the round clearing than in the forest about it, from one cell to the next."""
    # set up
    scenario = paper("clearing")
    # act
    battle = build(scenario, seed=1)
    # expect
    cols, rows = int(battle.world.grid_cols[0]), int(battle.world.grid_rows[0])
    light = battle.world.terrain.light[battle.world.terrain_of].reshape(rows, cols)
    middle = (np.arange(cols) + 0.5) * 2.0 - 110.0
    away = np.sqrt(middle[None, :] ** 2 + middle[:, None] ** 2)
    assert light[away < 43].max() == light[away < 43].min() < light[away > 47].min()


def test_the_watcher_fights_nobody() -> None:
    """One sits hidden in a tree at the edge of the clearing, on no side of the two."""
    # set up
    scenario = paper("clearing")
    # act
    battle = build(scenario, seed=1)
    # expect
    alone = battle.side_names.index("nobody")
    fighters = battle.state.fighters[battle.state.fighters.side == alone]
    assert len(fighters) == 1
    assert fighters.perch[0] > 0
    assert battle.world.hostile[alone].sum() == battle.world.hostile[:, alone].sum() == 0
