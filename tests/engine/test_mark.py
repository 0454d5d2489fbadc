"""Whom a shooter picks out far off: one of the nearest, and nobody whom he does not see."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from affray.engine.mark import pick_mark
from affray.engine.tick import Engine
from affray.scenario import Battle as Paper
from affray.scenario.build import build

SHOOTERS = 24


def opened(paper: Any, seed: int = 1) -> Engine:
    """An engine at its first tick, with all crowds counted."""
    engine = Engine(build(paper.scenario(), seed))
    engine.open()
    engine._count_crowds()
    return engine


def field(foes_at: tuple[float, float] = (60, 40), **foes: Any) -> Any:
    """Shooters who face east, and enemies east of them."""
    return (
        Paper("marks", field=(140, 80))
        .side("red")
        .side("blue")
        .unit("shooters", side="red", count=SHOOTERS, place=(20, 40), weapons=["bow"])
        .unit("foes", side="blue", **({"count": 30, "place": foes_at, "facing": "west"} | foes))
    )


def marks(engine: Engine) -> np.ndarray:
    """Id of whom each shooter picks out; -1: nobody."""
    world, state = engine.world, engine.state
    with np.errstate(over="ignore"):  # hashes overflow on purpose
        rows = [int(pick_mark(world, state, me, 1)) for me in shooters(engine)]
    return np.array([state.outside.id[row] if row >= 0 else -1 for row in rows])


def shooters(engine: Engine) -> Any:
    """The records of the shooters."""
    return engine.state.fighters[:SHOOTERS]


def places(engine: Engine) -> np.ndarray:
    """(N, 2) where everybody stands, by id."""
    fighters = engine.state.fighters
    return np.column_stack([fighters["x"], fighters["y"]]).astype(float)


@pytest.mark.parametrize("far_m", [30, 50, 90])
def test_a_mark_is_one_of_the_nearest(far_m: int) -> None:
    """Held against all distances: nobody is nearer by more than a cell of that level is broad."""
    # set up
    engine = opened(field((20 + far_m, 40), formation={"shape": "mob", "spacing": 3}))
    where = places(engine)
    # act
    found = marks(engine)
    # expect
    assert (found >= SHOOTERS).all()
    for shooter, mark in enumerate(found):
        distances = np.hypot(*(where[SHOOTERS:] - where[shooter]).T)
        chosen = float(np.hypot(*(where[mark] - where[shooter])))
        assert chosen - distances.min() <= 0.75 * far_m


def test_shooters_in_a_line_spread_their_marks() -> None:
    """A line against a line: they pick out many, and not all the same one in the middle."""
    engine = opened(field(formation={"shape": "line", "ranks": 1}))
    assert len(np.unique(marks(engine))) > SHOOTERS / 2


@pytest.mark.parametrize(
    "unseen",
    [
        lambda: field((5, 40)),
        lambda: field().terrain("dark", rect={"from": [50, 0], "to": [90, 80]}, light=0),
        lambda: field().terrain("wood", rect={"from": [50, 0], "to": [90, 80]}, concealment=1),
        lambda: field().terrain("wall", rect={"from": [38, 0], "to": [42, 80]}, blocks_sight=True),
    ],
    ids=["behind", "in the dark", "concealed", "behind a wall"],
)
def test_the_unseen_are_never_picked_out(unseen: Any) -> None:
    """Nobody behind the shooter, in the dark, concealed or behind a wall is a mark."""
    assert (marks(opened(field())) >= SHOOTERS).all()
    assert (marks(opened(unseen())) == -1).all()
