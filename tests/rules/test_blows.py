"""Blows, throws and steps."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affray.rules.move import capped, slid, unit_vector
from affray.rules.strike import blow_force, depth, fells, goes_home, kills, place_of, skill
from affray.rules.throw import aimed, evades, low_enough, risen, strikes
from affray.world import words as w
from tests.rules.people import fighter, parameters, trait

P = parameters()
shares = st.floats(0.0, 1.0)
places = st.sampled_from(range(w.PLACES))


def test_shares_of_places_are_those_of_a_body_in_a_fight() -> None:
    """They sum to one, trunk first and neck last."""
    even = [place_of(k / 10_000) for k in range(10_000)]
    share = {place: even.count(place) / 10_000 for place in range(w.PLACES)}
    assert sum(share.values()) == 1.0
    order = sorted(share, key=lambda place: share[place])
    assert (order[0], order[-1]) == (w.NECK, w.TORSO)


@given(shares, shares, shares, st.floats(-1.0, 1.0), st.booleans())
def test_skill_helps_and_defence_hinders(
    low: float, high: float, defence: float, frontal: float, opened: bool
) -> None:
    """The better striker never goes home less often, the better defender never more."""
    low, high = sorted((low, high))
    worse = goes_home(low, defence, frontal, opened, w.STRIKE, P)
    better = goes_home(high, defence, frontal, opened, w.STRIKE, P)
    assert 0.0 < worse <= better <= 1.0
    guarded = goes_home(defence, high, frontal, opened, w.STRIKE, P)
    assert guarded <= goes_home(defence, low, frontal, opened, w.STRIKE, P)


@given(st.floats(0.05, 1.0), st.floats(0.05, 1.0))
def test_flank_back_opening_and_lunge_count(attack: float, defence: float) -> None:
    """In that order of worth, each at least as good as a plain blow from the front."""
    front = goes_home(attack, defence, 1.0, False, w.STRIKE, P)
    flank = goes_home(attack, defence, 0.0, False, w.STRIKE, P)
    back = goes_home(attack, defence, -1.0, False, w.STRIKE, P)
    assert front <= flank <= back
    assert front <= goes_home(attack, defence, 1.0, True, w.STRIKE, P)
    assert front <= goes_home(attack, defence, 1.0, False, w.LUNGE, P)


def test_equals_meet_at_the_chance_that_the_parameter_says() -> None:
    """A blow of an equal, seen coming."""
    assert goes_home(0.6, 0.6, 1.0, False, w.STRIKE, P) == pytest.approx(P.strike_hit)


@pytest.mark.parametrize("worse", [{"fear": 1.0}, {"stamina": 0.1}, {"arm": 204}, {"pain": 1.0}])
def test_fear_weariness_wounds_and_pain_take_skill(worse: dict[str, float]) -> None:
    """Each alone."""
    assert skill(fighter(**worse), trait(), P) < skill(fighter(), trait(), P)


def test_training_and_mass_tell() -> None:
    """The trained have more skill, the heavy more force, and a lunge more than a strike."""
    assert skill(fighter(), trait(training=0.9), P) > skill(fighter(), trait(training=0.2), P)
    plain = blow_force(fighter(), trait(), 80.0, w.STRIKE, P)
    assert plain == 80.0
    assert blow_force(fighter(), trait(mass=100.0), 80.0, w.STRIKE, P) > plain
    assert blow_force(fighter(), trait(), 80.0, w.LUNGE, P) > plain


@given(st.floats(0.0, 300.0), st.floats(0.0, 300.0), places)
def test_more_force_behind_the_armour_is_never_less_grave(
    one: float, other: float, place: int
) -> None:
    """Deeper, and deadly or felling at any depth beyond one that is."""
    low, high = depth(min(one, other), 20.0, P), depth(max(one, other), 20.0, P)
    assert 0.0 <= low <= high
    assert kills(high, place, P) or not kills(low, place, P)
    assert fells(high, place, P) or not fells(low, place, P)


def test_armour_that_takes_all_leaves_no_wound() -> None:
    """And a stone of 65 J is deadly at the neck and not at the shoulder."""
    assert depth(40.0, 40.0, P) == 0.0
    stone = depth(65.0, 0.0, P)
    assert kills(stone, w.NECK, P)
    assert not kills(stone, w.ARM, P)
    assert not kills(stone, w.TORSO, P)


def test_throws_scatter_as_wide_as_the_hand_is_sure() -> None:
    """The deviation of direction is the weapon's for one of middling skill, wider for less."""
    spreads = []
    for skill_now in (0.6, 0.1):
        angles = [
            math.atan2(*aimed(1.0, 0.0, 20.0, 0.05, skill_now, False, 3, tick, 9, P)[1::-1])
            for tick in range(3000)
        ]
        spreads.append(math.sqrt(sum(angle * angle for angle in angles) / len(angles)))
    assert spreads[0] == pytest.approx(0.05, rel=0.05)
    assert spreads[1] > 1.3 * spreads[0]


@given(st.floats(0.0, 1.0), shares)
def test_a_missile_strikes_less_often_the_farther_it_passes(off_m: float, cover: float) -> None:
    """And less often behind cover."""
    assert strikes(off_m + 0.1, cover, P) <= strikes(off_m, cover, P) <= P.throw_touch
    assert strikes(off_m, cover, P) <= strikes(off_m, 0.0, P)


@given(st.floats(0.0, 3.0), shares, st.integers(0, 3))
def test_who_has_time_and_room_evades_most(air_s: float, attention: float, beside: int) -> None:
    """Nobody within his reaction time; a shield needs no room."""
    chance = evades(air_s, attention, False, beside, P)
    assert 0.0 <= chance <= P.throw_evade
    assert chance <= evades(air_s + 0.1, attention, False, beside, P)
    assert evades(air_s, attention, False, beside + 1, P) <= chance
    assert chance <= evades(air_s, attention, True, beside, P)
    assert air_s > P.sight_look_s or chance == 0.0


def test_a_lobbed_missile_is_low_only_at_the_end() -> None:
    """A flat one all the way."""
    assert not low_enough(10.0, 30.0, 0, 0.0, P)
    assert low_enough(28.0, 30.0, 0, 0.0, P)
    assert low_enough(1.0, 30.0, 1, 0.0, P)


def test_a_flat_missile_passes_over_heads_the_more_often_the_farther_it_flies() -> None:
    """Thrown by as sure a hand; with no spread never."""
    rises = [risen(0.02, 0.6, 3, tick, 9, P) for tick in range(2000)]
    low = [sum(low_enough(d, 90.0, 1, rise, P) for rise in rises) for d in (10.0, 40.0, 90.0)]
    assert low[0] == 2000 > low[1] > low[2] > 0
    assert math.sqrt(sum(r * r for r in rises) / 2000) == pytest.approx(0.02, rel=0.06)
    assert risen(0.0, 0.6, 3, 1, 9, P) == 0.0


steps = st.floats(-5.0, 5.0)


@given(steps, steps, st.floats(0.0, 5.0))
def test_a_step_is_never_longer_than_allowed(x: float, y: float, top: float) -> None:
    """Nor does it turn."""
    cx, cy = capped(x, y, top)
    assert math.hypot(cx, cy) <= max(top, 1e-12) * (1.0 + 1e-9)
    assert cx * y == pytest.approx(cy * x, abs=1e-9)


@given(steps, steps, st.floats(-math.pi, math.pi), st.floats(0.0, 2.0))
def test_sliding_keeps_to_the_gap(x: float, y: float, bearing: float, gap_m: float) -> None:
    """Nothing is left of the step beyond the gap, and all of it along the wall."""
    nx, ny = math.cos(bearing), math.sin(bearing)
    sx, sy = slid(x, y, nx, ny, gap_m)
    assert sx * nx + sy * ny <= gap_m + 1e-9
    assert sx * -ny + sy * nx == pytest.approx(x * -ny + y * nx, abs=1e-9)


@given(steps, steps)
def test_unit_vectors_have_length_one_or_none(x: float, y: float) -> None:
    """None for somebody who stands just there."""
    length = math.hypot(*unit_vector(x, y))
    assert length == pytest.approx(1.0) or (length == 0.0 and math.hypot(x, y) <= 1e-5)
