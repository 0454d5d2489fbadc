"""The smell of blood on the wind: where it comes from, how it thins, and its gaps."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from affray.rules.smell import SHARES, plume, reaches, reeks, strength
from tests.rules.people import parameters

P = parameters()
CELL_M = 8.0


@given(st.floats(0.0, 2.0 * math.pi), st.floats(0.6, 12.0))
def test_all_that_is_smelt_comes_from_upwind_or_from_here(angle: float, speed: float) -> None:
    """Whatever the wind."""
    x, y = speed * math.cos(angle), speed * math.sin(angle)
    here, *others = plume(x, y, CELL_M, P).tolist()
    assert here[:2] == [0, 0]
    for dx, dy, weight, metres in others:
        assert dx * x + dy * y < 0.0
        assert weight > 0
        assert metres == int(CELL_M * math.hypot(dx, dy))


def test_a_plume_is_that_of_a_gaussian_along_its_axis_and_across() -> None:
    """Thins with the square of the way and widens with it; stronger wind thins it more."""
    weights = {(dx, dy): weight for dx, dy, weight, _ in plume(2.0, 0.0, CELL_M, P).tolist()}
    for cells in (1, 2, 5, 10):
        assert weights[-cells, 0] == int(SHARES / 2.0 / cells**2)
        width = P.smell_spread * cells + 0.5
        aside = math.exp(-0.5 / width**2)
        assert weights[-cells, 1] == pytest.approx(weights[-cells, 0] * aside, abs=1.5)
        assert weights[-cells, 1] == weights[-cells, -1]
    stronger = {(dx, dy): weight for dx, dy, weight, _ in plume(4.0, 0.0, CELL_M, P).tolist()}
    assert stronger[-1, 0] == weights[-1, 0] // 2


def test_without_wind_blood_smells_where_it_lies() -> None:
    """And nowhere else."""
    assert len(plume(0.0, 0.1, CELL_M, P)) == 1


def test_whiffs_are_rarer_farther_off() -> None:
    """Half of the time at the steady distance; always here."""
    lucks = np.linspace(0.0, 0.999, 500)
    shares = [
        float(np.mean([reaches(metres, luck, P) for luck in lucks])) for metres in (0, 30, 120)
    ]
    assert shares == pytest.approx([1.0, 0.5, 0.2], abs=0.01)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.floats(0.0, 1.0))
def test_dried_blood_smells_less_and_pools_more_than_soil(
    pool: int, soaked: int, dry: float
) -> None:
    """Nothing once it is quite dry."""
    assert 0 <= reeks(pool, soaked, dry, P) <= reeks(pool, soaked, 0.0, P) <= pool + soaked
    assert reeks(pool, soaked, 1.0, P) == 0
    assert reeks(pool, 0, dry, P) >= reeks(0, pool, dry, P)


@given(st.floats(0.0, 1e6), st.floats(0.0, 1e6))
def test_more_blood_smells_stronger_within_bounds(one: float, other: float) -> None:
    """Half as strong as anything can at ``half_ml``; too little is not noticed at all."""
    less, more = sorted((one, other))
    assert 0.0 <= strength(less, P) <= strength(more, P) < 1.0
    assert strength(P.smell_half_ml, P) == pytest.approx(0.5)
    assert strength(P.smell_half_ml * P.smell_least * 0.5, P) == 0.0
