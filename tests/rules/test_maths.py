"""The rules' own mathematics beside the library's."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affray.rules.luck import BELL_MOST, bell, chance
from affray.rules.maths import decay, grow, happens, hazard, turned

angles = st.floats(-math.pi, math.pi)


@given(st.floats(0.0, 40.0))
def test_decay_is_the_exponential(x: float) -> None:
    """To one part in a million as far as it matters, and never off by more than a billionth."""
    assert abs(decay(x) - math.exp(-x)) < 1e-9
    if x <= 10.0:
        assert decay(x) == pytest.approx(math.exp(-x), rel=1e-6)


@given(st.floats(-10.0, 10.0))
def test_grow_is_the_exponential(x: float) -> None:
    """Both ways from nothing."""
    assert grow(x) == pytest.approx(math.exp(x), rel=1e-6)


@given(st.floats(0.0, 3.0), st.floats(0.01, 1.0))
def test_a_hazard_is_the_same_in_two_halves(rate_per_s: float, dt_s: float) -> None:
    """The chance to come through one tick is that to come through two of half its length."""
    whole = 1.0 - hazard(rate_per_s, dt_s)
    halves = (1.0 - hazard(rate_per_s, 0.5 * dt_s)) ** 2
    assert whole == pytest.approx(halves, abs=1e-8)


@given(st.floats(0.0, 300.0), st.floats(0.01, 1.0), st.floats(-1e-9, 1e-9), st.floats(0.0, 1.0))
def test_what_happens_is_what_the_hazard_says(
    rate_per_s: float, dt_s: float, beside: float, luck: float
) -> None:
    """For any luck, and for luck about the hazard, or about the bound that saves working it out."""
    risk, bound = float(hazard(rate_per_s, dt_s)), rate_per_s * dt_s
    for drawn in (luck, risk, risk + beside, bound, bound + beside):
        if 0.0 <= drawn < 1.0:
            assert happens(drawn, rate_per_s, dt_s) == (drawn < risk)


@given(angles, angles, st.floats(0.0, 1.5))
def test_turning_keeps_the_length_and_the_limit(here: float, there: float, most: float) -> None:
    """A unit vector stays one, comes nearer, and turns by no more than it may, or a degree."""
    hx, hy, tx, ty = math.cos(here), math.sin(here), math.cos(there), math.sin(there)
    x, y = turned(hx, hy, tx, ty, most)
    assert math.hypot(x, y) == pytest.approx(1.0, abs=1e-9)
    by = math.acos(max(min(hx * x + hy * y, 1.0), -1.0))
    assert by <= most + 0.0175
    assert x * tx + y * ty >= hx * tx + hy * ty - 1e-9


def test_turning_as_far_as_needed_arrives() -> None:
    """Whoever may turn far enough faces exactly there."""
    assert turned(1.0, 0.0, math.cos(0.3), math.sin(0.3), 0.5) == (math.cos(0.3), math.sin(0.3))


def test_chances_are_even() -> None:
    """A fifth of the draws in each fifth, and no draw beyond."""
    draws = [chance(7, tick, key, 64) for tick in range(100) for key in range(100)]
    shares = [sum(k / 5 <= draw < (k + 1) / 5 for draw in draws) / len(draws) for k in range(5)]
    assert shares == pytest.approx([0.2] * 5, abs=0.015)


def test_bell_is_about_normal() -> None:
    """Mean 0, deviation 1, and the share beyond one deviation as it should be."""
    draws = [bell(7, tick, key, 2) for tick in range(100) for key in range(100)]
    mean = sum(draws) / len(draws)
    deviation = math.sqrt(sum((draw - mean) ** 2 for draw in draws) / len(draws))
    assert mean == pytest.approx(0.0, abs=0.03)
    assert deviation == pytest.approx(1.0, abs=0.03)
    assert sum(abs(draw) < 1.0 for draw in draws) / len(draws) == pytest.approx(0.68, abs=0.03)
    assert max(map(abs, draws)) <= BELL_MOST


def test_luck_of_two_purposes_is_not_one() -> None:
    """Draws for different purposes, ticks, keys and seeds have nothing to do with each other."""
    first = [chance(1, tick, 5, 64) for tick in range(2000)]
    others = (
        [chance(1, tick, 5, 65) for tick in range(2000)],
        [chance(1, tick, 6, 64) for tick in range(2000)],
        [chance(2, tick, 5, 64) for tick in range(2000)],
        [chance(1, tick + 1, 5, 64) for tick in range(2000)],
    )
    for other in others:
        shared = sum((a - 0.5) * (b - 0.5) for a, b in zip(first, other, strict=True)) / 2000
        assert abs(shared * 12.0) < 0.08
