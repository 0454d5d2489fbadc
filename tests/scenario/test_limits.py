"""A hostile file costs no more than the limits allow, and is refused by name."""

from __future__ import annotations

import time

import pytest

from affray.scenario import parse
from affray.world.errors import AffrayError, ScenarioError
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


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_is_refused_at_once(text: str) -> None:
    """Whatever grows beyond measure ends in a short error within seconds."""
    started = time.monotonic()
    with pytest.raises(ScenarioError) as fault:
        parse(text, "b.yaml")
    assert time.monotonic() - started < 5
    assert len(str(fault.value)) < 200_000


def test_more_fighters_than_affray_holds_are_refused() -> None:
    """Neither a count nor a size may exceed what a run can hold."""
    for sets in (["units.first.count=9000000"], ["size=9000000"], ["size=8000000"]):
        with pytest.raises(AffrayError):
            parse(SMALL, "b.yaml", sets)
