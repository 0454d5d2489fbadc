"""Blood, breath and pain beside what is known of them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affray.rules.bleed import (
    clotted,
    faint_rate,
    lost_share,
    phase,
    pressure,
    shown_flow,
    wound_flow,
)
from affray.rules.soak import dryness, soaks, trodden
from affray.rules.strike import hindered
from affray.rules.tire import exertion, spend, tire, top_speed, weariness
from affray.world import words as w
from affray.world.fields import PER_M
from tests.rules.people import fighter, parameters, trait

P = parameters()
shares = st.floats(0.0, 1.0)


def test_classes_of_blood_loss_are_those_of_atls() -> None:
    """Nothing shows in class I; speed falls in II and III; one faints in III, in seconds in IV."""
    assert pressure(0.14, P) == 1.0
    assert top_speed(trait(), 1.0, 0.0, 0.0, 0.14, P) == top_speed(trait(), 1.0, 0.0, 0.0, 0.0, P)
    speeds = [top_speed(trait(), 1.0, 0.0, 0.0, lost, P) for lost in (0.15, 0.2, 0.3, 0.4)]
    assert speeds == sorted(speeds, reverse=True)
    assert speeds[-1] < 0.3 * speeds[0]
    assert faint_rate(0.29, P) == 0.0
    assert 0.0 < faint_rate(0.35, P) < faint_rate(0.4, P)
    assert 1.0 / faint_rate(0.41, P) < 10.0


def minutes_to_bleed(flow: int, share: float) -> float:
    """How long a man of 75 kg takes to lose a share of his blood through one wound."""
    blood = whole = 525_000
    ticks = 0
    while lost_share(blood, whole) < share and ticks < 50_000:
        rate = shown_flow(flow, 0, 0, P) * pressure(lost_share(blood, whole), P)
        blood -= int(rate * 0.2 + phase(ticks, 0))
        flow = clotted(flow, 0.2, phase(ticks, 0), P)
        ticks += 1
    return ticks * 0.2 / 60.0


def test_a_cut_artery_kills_in_minutes() -> None:
    """Unconscious within five minutes and dead within ten, as field medicine teaches."""
    artery = wound_flow(1.0, w.NECK, 1.0, P)
    assert artery == pytest.approx(100 * 700 / 60, abs=1)
    assert 2.0 < minutes_to_bleed(artery, P.body_class_4) < 5.0
    assert 3.0 < minutes_to_bleed(artery, P.body_death) < 10.0


def test_small_wounds_clot() -> None:
    """Half of the bleeding stops in the time that the rate says; a great wound does not clot."""
    flow, ticks = 300, 0
    while flow > 150:
        flow = clotted(flow, 0.2, phase(ticks, 11), P)
        ticks += 1
    assert ticks * 0.2 == pytest.approx(math.log(2.0) / P.body_clot_per_s, rel=0.05)
    assert clotted(400, 0.2, 0.99, P) == 400


@given(st.integers(0, 2**32 - 1))
def test_what_is_cut_off_comes_later(key: int) -> None:
    """Over many ticks a part of a unit adds up to what it should be."""
    total = sum(int(0.3 + phase(tick, key)) for tick in range(10_000))
    assert total == pytest.approx(3000, abs=5)


def test_neck_bleeds_most_and_armless_least() -> None:
    """The same depth bleeds by the vessels that lie there; blunt wounds bleed less."""
    flows = [wound_flow(0.8, place, 1.0, P) for place in (w.NECK, w.LEG, w.TORSO, w.ARM, w.HEAD)]
    assert flows == sorted(flows, reverse=True)
    assert wound_flow(0.8, w.ARM, 0.5, P) < wound_flow(0.8, w.ARM, 1.0, P)


def test_a_blade_plugs_and_a_bandage_holds() -> None:
    """Each takes its share of the flow; both together take both."""
    plugged, bound = shown_flow(1000, 1, 0, P), shown_flow(1000, 0, 1, P)
    assert plugged == 1000 * P.body_plug_factor
    assert bound == 1000 * P.body_bind_factor
    assert shown_flow(1000, 1, 1, P) == pytest.approx(plugged * bound / 1000)


@given(shares)
def test_pain_below_the_threshold_hinders_nothing(pain: float) -> None:
    """And above it the more, the greater."""
    if pain <= P.body_pain_threshold:
        assert hindered(pain, P) == 1.0
    else:
        assert hindered(1.0, P) <= hindered(pain, P) < 1.0


@pytest.mark.parametrize("act", [w.STRIKE, w.LUNGE, w.GUARD])
def test_fighting_hand_to_hand_is_worth_a_run(act: int) -> None:
    """Of critical speed, at which nothing comes back; who runs faster works as hard as he runs."""
    assert exertion(fighter(act=act), 3.74, P) == P.effort_fight_share * 3.74
    assert exertion(fighter(act=w.REST), 3.74, P) == 0.0
    assert exertion(fighter(act=act, speed=5 * PER_M), 3.74, P) == 5.0


@given(st.floats(0.05, 0.95), st.floats(0.0, 0.9), st.floats(1.0, 200.0))
def test_breath_comes_back_as_in_skibas_form(stamina: float, speed: float, seconds: float) -> None:
    """Below critical speed the missing part decays exponentially, at a rate by how far below."""
    critical, now, dt = 3.74, stamina, 0.2
    for _ in range(int(seconds / dt)):
        now, _ = tire(now, 0.0, speed * critical, critical, dt, P)
    k = P.effort_rest_per_s * (1.0 - speed)
    closed = 1.0 - (1.0 - stamina) * math.exp(-k * int(seconds / dt) * dt)
    assert now == pytest.approx(closed, abs=2e-3)


@given(st.floats(3.9, 6.0))
def test_time_to_exhaustion_is_that_of_the_critical_speed_model(speed: float) -> None:
    """D' over the speed above critical speed."""
    stamina, fatigue, seconds = 1.0, 0.0, 0.0
    while stamina > 0.0:
        stamina, fatigue = tire(stamina, fatigue, speed, 3.74, 0.2, P)
        seconds += 0.2
    assert seconds == pytest.approx(P.effort_capacity_m / (speed - 3.74), abs=0.5)
    assert fatigue == pytest.approx(P.effort_fatigue_per_capacity, rel=0.05)


def test_halving_the_tick_does_not_move_the_breath() -> None:
    """A minute of rest in ticks of 0.2 s, 0.1 s and 0.05 s."""
    ends = []
    for dt in (0.2, 0.1, 0.05):
        stamina, fatigue = 0.2, 0.3
        for _ in range(int(60 / dt)):
            stamina, fatigue = tire(stamina, fatigue, 0.5, 3.74, dt, P)
        ends.append((stamina, fatigue))
    assert ends[0] == pytest.approx(ends[2], abs=1e-3)
    assert ends[1] == pytest.approx(ends[2], abs=1e-3)


def test_load_slows_as_measured() -> None:
    """21.6 kg: 30 m in 8.2 instead of 6.2 s (Treloar 2011), to a tenth."""
    free = top_speed(trait(), 1.0, 0.0, 0.0, 0.0, P)
    laden = top_speed(trait(load=21.6), 1.0, 0.0, 0.0, 0.0, P)
    assert free / laden == pytest.approx(8.2 / 6.2, rel=0.1)


@given(shares, shares)
def test_weariness_is_a_share_and_grows_with_effort(stamina: float, fatigue: float) -> None:
    """Between 0 and 1; effort never makes anybody fresher."""
    before = weariness(stamina, fatigue)
    after = weariness(*spend(stamina, fatigue, 5.0, P))
    assert 0.0 <= before <= after <= 1.0


@given(st.integers(0, 500_000), st.integers(0, 50_000), st.integers(0, 400_000))
def test_soil_takes_what_it_has_room_for(soaked: int, spilt: int, capacity: int) -> None:
    """All of it while there is room, then what fits, then nothing."""
    taken = soaks(soaked, spilt, capacity)
    assert 0 <= taken <= spilt
    assert taken == spilt or soaked + taken >= capacity


@given(st.integers(0, 100_000), st.integers(0, 100_000))
def test_blood_only_ever_darkens(wet: int, later: int) -> None:
    """From 0 as it falls to 1 when it is dry."""
    assert dryness(wet, wet, 0.2, P) == 0.0
    now, then = sorted((wet + later, wet + 2 * later))
    assert dryness(now, wet, 0.2, P) <= dryness(then, wet, 0.2, P) <= 1.0


@given(st.integers(0, 65_535), st.floats(0.0, 300.0))
def test_grass_is_trodden_and_never_rises(grass: int, walked_m: float) -> None:
    """Whole units between nothing and what stood."""
    assert 0 <= trodden(grass, walked_m, P) <= grass
