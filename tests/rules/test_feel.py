"""Time as it is felt, blood as it is noticed, moods as they are read, counts under load."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affray.rules import fear
from affray.rules.decide import NEVER, weigh
from affray.rules.feel import BLEEDS, felt, known_of, notice_rate, unnoticed
from affray.rules.luck import bell
from affray.rules.mood import mood_after, with_eyes
from affray.rules.see import estimate, is_blur, load, shows_eyes
from affray.world import words as w
from tests.rules.people import fighter, parameters, percept, trait

P = parameters()
shares = st.floats(0.0, 1.0)


@given(shares, shares, shares)
def test_time_runs_ahead_of_the_clock_the_more_the_greater_the_stress(
    one: float, other: float, pain: float
) -> None:
    """Never behind it."""
    calm, stressed = sorted((one, other))
    felt_calm, felt_stressed = (felt(fighter(fear=f, pain=pain), 0.4, P) for f in (calm, stressed))
    assert 0.4 * P.feel_time_runs <= felt_calm <= felt_stressed


def test_in_terror_time_is_as_long_as_in_a_fall() -> None:
    """About a third longer than to one who is calm."""
    seconds = felt(fighter(fear=1.0), 10.0, P) - felt(fighter(), 10.0, P)
    assert seconds == pytest.approx(3.6)


@given(st.integers(0, 100_000), st.integers(0, 65_535))
def test_nobody_believes_to_bleed_more_than_he_does(flow: int, known: int) -> None:
    """And there is nothing to notice in what he knows or does not heed."""
    assert known_of(flow, P) <= flow
    if known >= flow or flow <= BLEEDS:
        assert not unnoticed(flow, known, P)


def test_bleeding_is_noticed_by_pain_in_a_lull_and_by_weakness() -> None:
    """Each of them brings it sooner than the thick of the fight does."""
    thick = notice_rate(fighter(), 2, 0.05, P)
    assert thick == P.feel_notice_per_s
    assert notice_rate(fighter(pain=0.3), 2, 0.05, P) == thick  # below the threshold of pain
    assert notice_rate(fighter(pain=0.9), 2, 0.05, P) > thick
    assert notice_rate(fighter(), 0, 0.05, P) > thick
    assert notice_rate(fighter(), 2, 0.16, P) > thick


@given(shares, st.integers(0, 5), shares)
def test_a_mood_moves_towards_the_faces_seen_and_stays_without(
    mood: float, faces: int, shown: float
) -> None:
    """And never past them."""
    after = mood_after(mood, float(faces), shown, 0.4, P)
    if faces == 0:
        assert after == mood
    assert min(mood, shown) - 1e-12 <= after <= max(mood, shown) + 1e-12


def test_eyes_over_a_mask_are_read_and_those_in_a_bare_face_not_twice() -> None:
    """A covered face without its eyes tells nothing."""
    assert with_eyes(0, 0.0, 1, 0, 0.0, P) == (0.0, 0.0)
    faces, shown = with_eyes(0, 0.0, 1, 1, 0.8, P)
    assert 0.0 < faces < 1.0
    assert shown == pytest.approx(0.8)
    assert with_eyes(2, 0.5, 0, 1, 0.9, P) == (2.0, 0.5)
    seen = percept(friend_masked=1, friend_eyes=1, friend_fear=0.8)
    assert fear.from_faces(0.1, seen, 0.4, P) > 0.0
    assert fear.from_faces(0.1, percept(friend_masked=1), 0.4, P) == 0.0


def test_frightened_foes_lift_and_frightened_friends_depress() -> None:
    """A little."""
    me = fighter()
    even = fear.morale_after(me, percept(), 1.0, P)
    assert fear.morale_after(me, percept(mood_foes=0.8), 1.0, P) > even
    assert fear.morale_after(me, percept(mood_friends=0.8), 1.0, P) < even


@given(st.floats(0.3, 5.0), shares)
def test_eyes_are_read_near_in_the_light_and_turned_here(d: float, light: float) -> None:
    """He stands north of me."""
    assert shows_eyes(0.0, d, d, 0.0, -1.0, light, P) == (d <= P.sight_eyes_m * light)
    assert not shows_eyes(0.0, d, d, 0.0, 1.0, light, P)


@given(st.floats(0.5, 5.0), st.floats(0.0, 7.5), shares, shares)
def test_trained_eyes_follow_what_untrained_ones_do(
    d: float, speed: float, one: float, other: float
) -> None:
    """What is no blur to the less trained is none to the more trained; nor is who comes at me."""
    less, more = sorted((one, other))
    if is_blur(speed, 0.0, d, d, 1.0, 0.0, more, P):
        assert is_blur(speed, 0.0, d, d, 1.0, 0.0, less, P)
        assert speed / d > P.sight_follow_rad_per_s
    assert not is_blur(speed, 0.0, d, d, 0.0, -1.0, less, P)


def test_under_load_the_count_falls_behind_and_spreads() -> None:
    """Of a hundred, in median and in logarithms."""
    draws = [bell(5, tick, 3, 1) for tick in range(2000)]
    logs = [[math.log(estimate(100.0, luck, grip, P)) for luck in draws] for grip in (0.0, 1.0)]
    middles = [sum(part) / len(part) for part in logs]
    spreads = [
        math.sqrt(sum((log - middle) ** 2 for log in part) / len(part))
        for part, middle in zip(logs, middles, strict=True)
    ]
    assert spreads[1] == pytest.approx(spreads[0] * (1.0 + P.sight_count_load), rel=0.01)
    missed = math.log(1.0 - P.sight_count_load_low)
    assert middles[1] - middles[0] == pytest.approx(missed, abs=0.03)


def test_load_is_foes_fear_pain_weariness_and_work() -> None:
    """Nobody is gripped by nothing; nobody by more than everything."""
    assert load(fighter(), 0.0, 1.0, P) == 0.0
    for gripped in (fighter(fear=0.5), fighter(pain=0.5), fighter(stamina=0.5)):
        assert load(gripped, 0.0, 1.0, P) == pytest.approx(0.5)
    assert load(fighter(), 2.0, 1.0, P) == pytest.approx(2.0 * P.sight_load_foe)
    assert load(fighter(), 0.0, 0.4, P) == pytest.approx(0.6)
    assert load(fighter(fear=1.0), 5.0, 0.4, P) == 1.0


def test_a_blur_can_be_guarded_against_but_not_struck() -> None:
    """For want of anybody to aim at."""
    u = [0.0] * w.ACTS
    blur = percept(foe_blur=1, foe_m=0.8, foes_near=1)
    weigh(u, fighter(), blur, trait(), w.ORDER_HOLD, 1.1, 0.0, 0, P)
    assert u[w.STRIKE] == u[w.LUNGE] == NEVER
    assert u[w.GUARD] > NEVER
