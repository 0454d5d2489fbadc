"""The bundled battles' plans: orders are given on what leaders perceive, and taken up by ear."""

from __future__ import annotations

import functools

import numpy as np
import pytest

from affray.world import words as w
from tests.engine.fights import bundled, opened

FIGHTERS = 1800
TICKS = 1400  # nearly five minutes
SEEDS = (1, 2)  # in one battle, the horse may have broken before its turn comes
DEAF = ("parameters.hear.detect_db=300",)
ASKED = {"hastings": ("charge", "break_off"), "cannae": ("envelop", "charge")}
"""Of each battle, two words of its plan that are given by horn, on conditions."""


@functools.lru_cache(maxsize=4)
def course(name: str, sets: tuple[str, ...] = ()) -> tuple[set[str], dict[str, int]]:
    """The first minutes of some battles: the words given by horn, and how many took up each word
    by ear.
    """
    given: set[str] = set()
    taken: dict[str, int] = {}
    for seed in SEEDS:
        engine = opened(bundled(name, FIGHTERS, seed, sets))
        for _ in range(TICKS):
            events = engine.tick()
            blown = (events["kind"] == w.EVENT_SAY) & (events["weapon"] == w.BY_HORN)
            given |= {_word(engine.world.orders, row) for row in events["value"][blown]}
            heeded = (events["kind"] == w.EVENT_OBEY) & (events["other"] != events["fighter"])
            for row in events["value"][heeded]:
                word = _word(engine.world.orders, row)
                taken[word] = taken.get(word, 0) + 1
    return given, taken


def _word(orders: np.ndarray, row: float) -> str:
    """What an order says, by its row."""
    return w.ORDER_NAMES[int(orders[int(row)]["word"])]


@pytest.mark.parametrize("name", ASKED)
def test_the_plan_is_given_by_horn_and_taken_up(name: str) -> None:
    """Each of the plan's words is given, and more than its giver takes it up, on the average."""
    given, taken = course(name)

    assert given >= set(ASKED[name])
    assert min(taken.get(word, 0) for word in ASKED[name]) >= 5 * len(SEEDS)


@pytest.mark.parametrize("name", ASKED)
def test_the_deaf_do_not_take_part_in_it(name: str) -> None:
    """Nobody takes up what he could only have heard; leaders give orders all the same."""
    given, taken = course(name, DEAF)

    assert given
    assert taken == {}
