"""The bundled battles go as they went when the golden hashes were written."""

from __future__ import annotations

import pytest

from affray.scenario import bundled
from tests import golden


def test_every_bundled_battle_has_golden_hashes() -> None:
    """A battle that is added gets its hashes: python -m tests.golden --write."""
    assert sorted(golden.written()) == bundled()


@pytest.mark.parametrize("name", bundled())
def test_a_bundled_battle_has_its_golden_hashes(name: str) -> None:
    """If the rules were changed on purpose: python -m tests.golden --write, and say why."""
    found, expected = golden.hashes_of(name), golden.written()[name]

    first = next((tick for tick in expected if found.get(tick) != expected[tick]), None)
    assert first is None, f"{name} goes another way by tick {first}"
    assert found == expected
