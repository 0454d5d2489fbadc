"""A battle at another size keeps its shape and its density."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affray.scenario import Scenario, parse, scaled
from affray.scenario.build import build
from affray.scenario.scaling import share_out
from affray.scenario.template import template
from affray.world.errors import ScenarioError


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


# ------------------------------------------------------------------------------------ tiles

TILE = """\
affray: 1
name: tile
grows: tile
field:
  size: [60, 40]
  heights: {rows: [[0, 2, 0], [1, 4, 1], [0, 2, 0]]}
  terrain:
    - {name: pond, circle: {at: [10, 10], radius: 4}, going: 0.3}
    - {name: wall, band: {from: [30, 5], to: [30, 35], width: 1}, height: 2, blocks_sight: true}
sides: [{name: red}, {name: blue}]
units:
  - {name: r, side: red, count: 30, place: [20, 20], leader: {name: Rufus},
     orders: [{do: advance, toward: [25, 20]}, {do: charge, toward: blue, after: 9}]}
  - {name: b, side: blue, count: 20, place: [40, 20], facing: west, orders: {do: hold}}
  - {name: late, side: blue, count: 10, reserve: true, orders: {do: advance, toward: r}}
reinforcements: [{unit: late, enters: [58, 20], when: {falls_in: b, each: 1, enter: 2}}]
"""


def tile(*sets: str) -> Scenario:
    """The paper above, repeated as `sets` ask."""
    return scaled(parse(TILE, "tile.yaml", sets))


def test_tiles_lie_side_by_side() -> None:
    """Six times the size is the whole battle six times, as square as it goes, each as it was."""
    large = tile("size=360")
    assert large.field.size == (120, 120)
    assert [unit.name for unit in large.units[:6]] == [
        "r",
        "b",
        "late",
        "r_1_0",
        "b_1_0",
        "late_1_0",
    ]
    assert large.fighters() == 360
    far = large.unit("r_1_2")
    assert far.count == 30
    assert far.place == (80, 100)
    assert [order.toward for order in far.orders] == [(85, 100), (100, 100)]
    assert large.unit("late_0_1").orders[0].toward == (20, 60)
    entry = large.reinforcements[-1]
    assert (entry.unit, entry.enters, entry.when.falls_in) == ("late_1_2", (118, 100), "b_1_2")
    assert len(large.field.terrain) == 12
    assert large.field.terrain[-2].circle is not None
    assert large.field.terrain[-2].circle.at == (70, 90)
    assert large.field.terrain[-2].circle.radius == 4


def test_a_tile_is_built_as_the_first_is() -> None:
    """Ground and places repeat from tile to tile; luck does not."""
    battle = build(tile("size=240"), 1)  # two by two
    cells = battle.world.terrain[battle.world.terrain_of].reshape(40, 60)
    heights = battle.world.heights.reshape(40, 60)
    for name, layer in (("going", cells.going), ("block", cells.block), ("height", heights)):
        for i in (0, 30):
            for j in (0, 20):
                assert (layer[j : j + 20, i : i + 30] == layer[:20, :30]).all(), name
    luck = battle.state.fighters.luck
    assert len(set(luck.tolist())) == 240


def test_only_the_first_tile_has_the_named() -> None:
    """There is one of each whom the battle knows by name."""
    leaders = [unit.leader for unit in tile("size=240").units if unit.name.startswith("r")]
    assert [leader.name for leader in leaders if leader is not None] == ["Rufus", None, None, None]


@given(st.integers(1, 20_000))
def test_tiles_give_the_size_wanted(size: int) -> None:
    """What no number of tiles gives is shared out, so that the density stays."""
    large = tile(f"size={size}")
    assert large.fighters() == max(size, 3)
    if size >= 60:
        per_m2 = size / (large.field.size[0] * large.field.size[1])
        assert math.isclose(per_m2, 60 / 2400)
        assert 0.6 < large.unit("r").count / 30 < 1.5
        assert 0.3 < large.field.size[0] / large.field.size[1] < 3.1
    assert scaled(large) == large


def test_smaller_than_a_tile_it_shrinks() -> None:
    """There is no part of a tile."""
    small, stretched = tile("size=30"), tile("size=30", "grows=stretch")
    assert small.units == stretched.units
    assert small.field == stretched.field


def test_too_many_tiles_are_refused() -> None:
    """Units have numbers of 16 bits and names of their own, and heights must join."""
    with pytest.raises(ScenarioError, match="tiles join at their edges"):
        scaled(parse(TILE.replace("[0, 2, 0]]", "[0, 2, 1]]"), "t.yaml", ["size=120"]))
    with pytest.raises(ScenarioError, match="units; at most 65,000"):
        tile("size=1_500_000".replace("_", ""))
    with pytest.raises(ScenarioError, match="would be called 'r_1_0' too"):
        scaled(
            parse(
                TILE.replace("name: b,", "name: r_1_0,").replace("falls_in: b", "falls_in: r_1_0"),
                "t.yaml",
                ["size=120"],
            )
        )
