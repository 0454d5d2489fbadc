"""A battle at another size keeps its shape and its density."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affray.scenario import parse, scaled
from affray.scenario.scaling import share_out
from affray.scenario.template import template


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=30), st.integers(1, 1_000_000))
def test_counts_sum_to_the_size_wanted(counts: list[int], size: int) -> None:
    """Each unit has its share within one fighter, at least one, and nothing is lost."""
    shares = share_out(counts, size)
    assert min(shares) >= 1
    assert sum(shares) == max(size, len(counts))
    if min(count * size for count in counts) >= sum(counts):
        exact = [count * size / sum(counts) for count in counts]
        assert all(abs(share - wanted) <= 1 for share, wanted in zip(shares, exact, strict=True))


def test_lengths_grow_by_the_square_root() -> None:
    """Four times as many fighters stand on a field twice as long and wide, as dense as before."""
    scenario = parse(template("mine"), "b.yaml", ["size=192"])
    large = scaled(scenario)
    assert large.fighters() == 192 == 4 * scenario.fighters()
    assert large.field.size == (200, 160)
    assert large.unit("raiding_party").place == (40, 80)
    assert large.field.terrain[0].band is not None
    assert large.field.terrain[0].band.width == 3
    assert large.field.terrain[1].circle is not None
    assert large.field.terrain[1].circle.radius == 16
    assert large.reinforcements[0].enters == (190, 80)
    assert large.unit("raiding_party").formation.ranks == 4
    assert large.field.terrain[0].height == scenario.field.terrain[0].height


def test_scaling_twice_changes_nothing_more() -> None:
    """What is scaled has its size, so that it may be written down and read again."""
    large = scaled(parse(template("mine"), "b.yaml", ["size=1000"]))
    assert scaled(large) == large
    assert large.size == 1000


def test_without_a_size_a_battle_stays_as_it_is() -> None:
    """The default size is the sum of the counts."""
    scenario = parse(template("mine"))
    assert scaled(scenario) is scenario
    assert math.isclose(scenario.field.size[0], 100)


@pytest.mark.parametrize("size", [1, 2, 5])
def test_a_battle_may_shrink_to_its_units(size: int) -> None:
    """Each unit keeps one fighter."""
    small = scaled(parse(template("mine"), "b.yaml", [f"size={size}"]))
    assert small.fighters() == max(3, size)
