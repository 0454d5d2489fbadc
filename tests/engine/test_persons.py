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
from affray.world import fields
from affray.world.battle import Battle

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
    assert one.persons is not None
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
    assert engine.persons is not None
    rows = []
    for tick in (engine.now + 1, engine.now + 2):
        out = table(36, fields.GLIMPSE)
        n = see_people(engine.world, engine.state, engine.persons.fighters, tick, out)
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
    assert engine.persons is not None
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


def test_a_crowd_without_people_has_no_minds() -> None:
    """Nothing is kept, hashed or saved of minds where nobody is named."""
    paper = quarrel().scenario()
    engine = fought(build(paper.model_copy(update={"people": ()}), 1), 5)

    assert engine.persons is None
    assert "tracks" not in state_arrays(engine)
    assert not replace(engine.battle).minds
