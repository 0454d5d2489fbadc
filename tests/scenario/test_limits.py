"""A hostile file costs no more than the limits allow, and is refused by name."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from affray.scenario import parse
from affray.world.errors import AffrayError, ScenarioError
from affray.world.limits import SCENARIO_NODES
from tests.scenario.papers import SMALL

BOMBS = {
    "aliases": "a: &a [x,x]\n" + "".join(f"k{n}: &k{n} [*a,*a,*a]\n" for n in range(60)),
    "depth": "[" * 5_000,
    "depth of mappings": "".join(" " * n + "k:\n" for n in range(200)),
    "nodes": "[" + "1," * 150_000 + "]",
    "bytes": "x: " + "y" * 1_100_000,
    "digits": "affray: 1\nseed: " + "9" * 900_000,
    "zeros": "affray: 1\nseed: " + "0" * 900_000,
    "exponent": "affray: 1\ndt: 1e9999999999",
    "keys": "affray: 1\n" + "".join(f"k{n}: 1\n" for n in range(40_000)),
    "one long word": "affray: 1\n" + "k" * 900_000 + ": 1",
    "units": SMALL + "  - {name: a, side: b, count: 1}\n" * 10_000,
    "control": "affray: 1\nname: \x00",
    "documents": "--- 1\n" * 10_000,
    "brackets": "{[" * 20_000,
    "questions": "? " * 20_000,
    "dashes": "- " * 20_000,
}


CALLS = 50 * SCENARIO_NODES
"""Calls that reading as many values as a scenario may have takes at the very most."""


@contextmanager
def counted_calls() -> Iterator[list[int]]:
    """The number of calls of functions, in Python and C, made meanwhile: work, not time."""
    made = [0]

    def count(frame: Any, what: str, about: Any) -> None:
        made[0] += what in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield made
    finally:
        sys.setprofile(before)


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_is_refused_at_little_cost(text: str) -> None:
    """Whatever grows beyond measure ends in a short error, without more work than the greatest
    file that is allowed.
    """
    with pytest.raises(ScenarioError) as fault, counted_calls() as calls:
        parse(text, "b.yaml")
    assert 0 < calls[0] < CALLS
    assert len(str(fault.value)) < 200_000


def test_more_fighters_than_affray_holds_are_refused() -> None:
    """Neither a count nor a size may exceed what a run can hold."""
    for sets in (["units.first.count=9000000"], ["size=9000000"], ["size=8000000"]):
        with pytest.raises(AffrayError):
            parse(SMALL, "b.yaml", sets)
