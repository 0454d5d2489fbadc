"""People in the engine: nobody sees what he cannot; with them too all is the same to the bit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from affray.engine.faces import see_people
from affray.engine.scratch import table
from affray.engine.tick import Engine
from affray.run.state import state_arrays, with_state
from affray.scenario import Battle as Paper
from affray.scenario.build import build
from affray.world import fields, inward
from affray.world import words as w
from affray.world.battle import Battle
from affray.world.clock import NEVER

TICKS = 40
PRIVATE = ("fear", "morale", "belief", "pain", "energy", "foes", "friends", "wx", "wy", "target")


def quarrel() -> Paper:
    """Two bands of ten fight in a wood, three of each with names, ties and drives."""
    paper = Paper("quarrel", field=(60, 40)).side("red").side("blue")
    paper.terrain("wood", circle={"at": [30, 12], "radius": 5}, blocks_sight=True, height="0 m",
                  concealment=0.7)  # fmt: skip
    for side, x, facing in (("red", 22, "east"), ("blue", 38, "west")):
        paper.unit(side + "s", side=side, count=10, place=(x, 20), facing=facing,
                   weapons=["sword", {"name": "stone", "count": 4}])  # fmt: skip
    names = [f"{side}{number}" for side in ("red", "blue") for number in (1, 4, 7)]
    for name in names:
        friend, foe = (
            f"{other}4" for other in sorted(("red", "blue"), key=lambda o: o not in name)
        )
        paper.person(
            name, unit=name[:-1] + "s", number=int(name[-1]), looks={"hair": name[:-1]},
            ties={other: {"love": 0.8, "dead": 0.5} for other in names if other != name},
            drives=[
                {"do": "guard", "whom": friend if name != friend else names[0], "strength": 2.0},
                {"do": "kill", "whom": foe, "strength": 1.0,
                 "when": [{"what": "near", "within": 20}]},
            ],
        )  # fmt: skip
    return paper


def fought(battle: Battle, ticks: int, **how: Any) -> Engine:
    """An engine that has fought so many ticks of it."""
    engine = Engine(battle, **how)
    engine.open()
    for _ in range(ticks):
        engine.tick()
    return engine


@pytest.mark.parametrize("how", [{"threads": 3, "blocks": 7}, {"watch": (0, 3)}, {"full": True}])
def test_the_same_battle_however_it_is_run(how: dict[str, Any]) -> None:
    """Hash by hash: threads, blocks, witnesses and recording change nothing."""
    one, other = (Engine(build(quarrel().scenario(), 5), **h) for h in ({}, how))
    one.open()
    other.open()
    for _ in range(TICKS):
        one.tick()
        other.tick()
        assert one.hash == other.hash
    assert float(np.abs(one.persons.society.biddings["lean"]).max()) > 0.0


def test_minds_come_back_out_of_a_checkpoint() -> None:
    """Saved and loaded at every tick the battle is the one fought straight."""
    straight = fought(build(quarrel().scenario(), 2), 0)
    engine = fought(build(quarrel().scenario(), 2), 0)
    for tick in range(1, TICKS + 1):
        straight.tick()
        engine.tick()
        assert engine.hash == straight.hash
        arrays = {name: np.array(rows) for name, rows in state_arrays(engine).items()}
        battle, wounds = with_state(build(quarrel().scenario(), 2), arrays)
        engine = Engine(battle, tick=tick)
        engine.wounds_used = wounds
        engine.open()


def seen_by_all(engine: Engine) -> np.ndarray:
    """All glimpses of the next tick and the one after: everybody's looks."""
    keen = np.ones(len(engine.persons.fighters))
    rows = []
    for tick in (engine.now + 1, engine.now + 2):
        out = table(36, inward.GLIMPSE)
        n = see_people(engine.world, engine.state, engine.persons.fighters, keen, tick, out)
        rows.append(np.array(out[:n]))
    return np.concatenate(rows)


@pytest.mark.parametrize("seed", range(1, 5))
def test_nobody_sees_into_another(seed: int) -> None:
    """What others feel, mean and believe changes no glimpse of them."""
    engine = fought(build(quarrel().scenario(), seed), 30)
    before = seen_by_all(engine)
    engine.state.fighters["act_left"] += 3
    for name in PRIVATE:
        engine.state.fighters[name] = np.roll(engine.state.fighters[name], 1)

    assert len(before) > 5
    assert np.array_equal(before, seen_by_all(engine))


@pytest.mark.parametrize("seed", range(1, 5))
def test_nobody_sees_behind_himself_or_through_cover(seed: int) -> None:
    """All that is done and suffered by those out of his sight changes no glimpse of his; a control:
    what those do whom he sees does.
    """
    engine = fought(build(quarrel().scenario(), seed), 30)
    before = seen_by_all(engine)
    for by in sorted(set(before["by"].tolist())):
        mine = before[before["by"] == by]
        unseen = sorted(set(range(6)) - set(mine["of"].tolist()) - {by})
        hidden = engine.persons.fighters[unseen]
        assert np.array_equal(mine, _with_signs_changed(engine, hidden, by))
        shown = engine.persons.fighters[mine["of"]]
        assert not np.array_equal(mine, _with_signs_changed(engine, shown, by))


def _with_signs_changed(engine: Engine, whose: np.ndarray, by: int) -> np.ndarray:
    """What ``by`` sees where those look and act otherwise; the state is left as it was."""
    outside = engine.state.outside
    rows = engine.state.row_of[whose]
    kept = outside.sign[rows].copy(), outside.look[rows].copy()
    outside.sign[rows] ^= np.uint32(1 << 15)
    outside.look[rows] ^= np.uint32(1 << 8)
    glimpses = seen_by_all(engine)
    outside.sign[rows], outside.look[rows] = kept
    return glimpses[glimpses["by"] == by]


def three(wall: Any = None, bush: Any = None, light: float = 1.0) -> Battle:
    """One looks east from (20, 20); another stands 15 m off, and an enemy is about to be at him.

    A ``wall`` and a ``bush`` to hide in, by their corners.
    """
    paper = Paper("three", field=(60, 40)).light(light).side("red").side("blue")
    if wall is not None:
        paper.terrain("wall", rect=wall, height="3 m", blocks_sight=True)
    if bush is not None:
        paper.terrain("bush", rect=bush, concealment=0.99)
    for name, side, place, facing in (
        ("onlooker", "red", (20, 20), "east"),
        ("ward", "red", (35, 20), "east"),
        ("foe", "blue", (35, 23), "south"),
    ):
        paper.unit(name, side=side, count=1, place=place, facing=facing, weapons=["stone"],
                   orders={"do": "hold"})  # fmt: skip
    paper.person("Onlooker", unit="onlooker", ties={"Ward": {"love": 1.0}})
    paper.person("Ward", unit="ward").person("Absent", ties={"Ward": {"love": 1.0}})
    paper.parameter("throw.touch", 1).parameter("sight.glance_per_s", 0)
    return build(paper.scenario(), 1)


def box(left: float, low: float, right: float, high: float) -> dict[str, Any]:
    """A rectangle of ground."""
    return {"from": [left, low], "to": [right, high]}


@pytest.mark.parametrize(
    ("wall", "sees"),
    [
        (None, True),
        (box(32, 26, 34, 28), True),
        (box(30, 22, 32, 24), False),
        (box(32, 22, 34, 24), False),
    ],
    ids=["nothing", "wall beside", "wall between", "wall close to the enemy"],
)
def test_who_threatens_somebody_is_seen_in_the_open_only(wall: Any, sees: bool) -> None:
    """The one threatened is seen in any case; whoever is about to be at him, past no wall."""
    engine = fought(three(wall), 0)
    glimpses = seen_by_all(engine)
    ward = glimpses[(glimpses["by"] == 0) & (glimpses["of"] == 1)]
    assert len(ward) > 0
    assert set(ward["menace"].tolist()) == ({2} if sees else {-1})


@pytest.mark.parametrize(("pace", "veiled"), [(0, 0), (2000, 0), (7000, 2)])
def test_one_who_moves_about_is_in_the_line_sooner(pace: int, veiled: int) -> None:
    """Three metres beside the line of a throw: on his way he may be in it when it arrives."""
    engine = Engine(three())
    engine.state.fighters["speed"][1] = pace
    engine.open()
    glimpses = seen_by_all(engine)
    ward = glimpses[(glimpses["by"] == 0) & (glimpses["of"] == 1)]
    assert set(ward["menace_veiled"].tolist()) == {veiled}


@pytest.mark.parametrize("x", [22, 26, 32])
def test_nobody_sees_through_a_wall_however_close_to_it(x: float) -> None:
    """It hides from whoever leans on it what is behind it, and whoever leans on it from behind."""
    glimpses = seen_by_all(fought(three(box(x, 18, x + 2, 22)), 0))
    assert not ((glimpses["by"] == 0) & (glimpses["of"] == 1)).any()


STRUCK: dict[str, tuple[bool, dict[str, Any]]] = {
    "before his eyes": (True, {}),
    "behind his back": (False, {"at": (17, 20)}),
    "at his elbow": (False, {"at": (20, 22)}),
    "too far off": (False, {"at": (26.5, 20)}),
    "behind a wall": (False, {"wall": box(22, 18, 24, 22), "at": (25, 20)}),
    "in hiding": (False, {"bush": box(22, 18, 24, 22)}),
    "in the dark": (False, {"light": 0.0}),
    "while he is transfixed": (False, {"grip": 20}),
    "while he is out of his senses": (False, {"status": w.OUT}),
    "himself, from behind": (True, {"victim": 0}),
}


@pytest.mark.parametrize("name", STRUCK)
def test_whence_a_missile_came_knows_who_saw_it_strike_or_felt_it(name: str) -> None:
    """A stone strikes somebody beside him, or himself: he knows its line if that reached him."""
    knows, how = STRUCK[name]
    battle = three(**{key: value for key, value in how.items() if key in ("wall", "bush", "light")})
    fighters = battle.state.fighters
    for field in ("grip", "status"):
        fighters[field][0] = how.get(field, fighters[field][0])
    victim = how.get("victim", 1)
    if victim == 1:
        fighters["x"][1], fighters["y"][1] = how.get("at", (23, 20))
    x, y = float(fighters["x"][victim]), float(fighters["y"][victim])
    engine = fought(battle, 0)
    engine.state = engine.state._replace(missiles=stone_at(engine, x - 1.0, y))

    engine.tick()

    assert len(engine.state.missiles) == 0
    onlooker, _, absent = engine.persons.society.minds
    assert (onlooker.source[0] == engine.now) == knows
    assert not knows or onlooker.source[1] < 0.0
    assert absent.source[0] == NEVER


def stone_at(engine: Engine, x: float, y: float) -> Any:
    """A stone that flies east at breast height."""
    stone = table(1, fields.MISSILE)
    stone["x"], stone["y"], stone["dx"], stone["by"] = x, y, 1.0, 2
    stone["flown"], stone["aimed"], stone["arm"] = 10.0, 20.0, 1.0
    stone["weapon"] = engine.battle.weapon_names.index("stone")
    return stone


def test_a_crowd_without_people_has_no_minds() -> None:
    """Nothing is kept, hashed or saved of minds where nobody is named."""
    paper = quarrel().scenario()
    engine = fought(build(paper.model_copy(update={"people": ()}), 1), 5)

    assert engine.persons.arrays() == {}
    assert "tracks" not in state_arrays(engine)
    assert not replace(engine.battle).minds
