"""Hearing, understanding, obeying, speaking, and what grips."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from affray.rules import grip, hear, obey, plan, speak
from affray.rules.decide import NEVER
from affray.rules.maths import decibels, power_ratio
from affray.world import words as w
from tests.rules.people import fighter, memory, parameters, percept, trait

P = parameters()
P0 = parameters(decide_noise=0.0)


@given(st.floats(1e-9, 1e9))
def test_decibels_are_ten_logarithms(ratio: float) -> None:
    """To a ten-thousandth of a decibel, and back again."""
    assert decibels(ratio) == pytest.approx(10.0 * math.log10(ratio), abs=1e-4)
    assert power_ratio(decibels(ratio)) == pytest.approx(ratio, rel=1e-3)


@pytest.mark.parametrize(("din", "reach"), [(60.0, 45.0), (75.0, 8.0), (85.0, 2.5)])
def test_an_order_reaches_as_far_as_the_sources_say(din: float, reach: float) -> None:
    """Half of a shout is understood at 45 m in a din of 60 dB, at 8 m in 75, at 2.5 m in 85."""
    at = hear.received(P.voice_shout_db, reach, P)
    assert hear.share_understood(at - din, P) == pytest.approx(0.5, abs=0.08)


def test_a_shout_is_just_heard_far_off_on_a_quiet_mountain() -> None:
    """Detected at 330 m in the quiet, and not at 500 (Koester)."""
    above = [hear.received(P.voice_shout_db, m, P) - P.din_quiet_db for m in (330.0, 500.0)]
    assert above[0] > P.hear_detect_db > above[1]


def test_understanding_rises_by_the_slope_of_the_sources() -> None:
    """18 % a decibel about the half, and all or nothing far from it."""
    share = [hear.share_understood(P.hear_half_db + db, P) for db in (-0.5, 0.5, -20.0, 20.0)]
    assert share[1] - share[0] == pytest.approx(P.hear_slope_per_db, rel=0.05)
    assert share[2] < 0.01
    assert share[3] > 0.99


def test_who_is_cut_off_leaves_the_first_part() -> None:
    """However clear it was; and a scream has no words."""
    assert hear.got(30.0, 1, w.SAY_ORDER, 0.5, P) == w.UNDERSTOOD
    assert hear.got(30.0, 0, w.SAY_ORDER, 0.5, P) == w.FIRST_PART
    assert hear.got(P.hear_detect_db - 0.1, 1, w.SAY_ORDER, 0.0, P) == w.MISSED_IT
    assert hear.got(P.hear_detect_db + 0.1, 1, w.SAY_ORDER, 0.99, P) == w.DETECTED
    assert hear.got(30.0, 1, w.SAY_SCREAM, 0.99, P) == w.UNDERSTOOD


@given(st.floats(-60, 60), st.floats(-60, 60), st.floats(-9, 40), st.integers(0, 9999))
def test_a_sound_is_located_with_bounded_error(x: float, y: float, above: float, tick: int) -> None:
    """A unit vector, off by three deviations at the most, those doubled when it is drowned."""
    if math.hypot(x, y) < 0.5:
        return
    dx, dy = hear.bearing(x, y, above, 3, tick, 77, 83, P)
    off = math.acos(min(1.0, (dx * x + dy * y) / math.hypot(x, y)))
    assert math.hypot(dx, dy) == pytest.approx(1.0)
    assert off <= 2.05 * 3.0 * P.hear_bearing_rad


def test_obedience_rises_with_discipline_trust_and_will_and_falls_with_fear() -> None:
    """And those in flight obey nobody."""

    def chance(**changed: float) -> float:
        who = fighter(fear=changed.get("fear", 0.2), morale=changed.get("will", 0.5))
        return obey.willingness(
            who, trait(discipline=changed.get("discipline", 0.5)), changed.get("trust", 0.5), P
        )

    ordinary = chance()
    assert chance(discipline=0.1) < ordinary <= chance(discipline=0.9)
    assert chance(trust=0.0) < ordinary
    assert chance(will=0.0) < ordinary
    assert chance(fear=0.9) < ordinary
    assert obey.willingness(fighter(mood=w.BROKEN), trait(), 1.0, P) == 0.0


def order(**changed: object) -> object:
    """An order eastward to a place 50 m along."""
    return memory(word=w.ORDER_ADVANCE, x=1.0, y=0.0, **{"stop": 50.0, "depth": 0.0, **changed})


def test_who_has_got_to_the_place_named_holds_there_or_turns_on_the_enemy() -> None:
    """Wherever in the line he stands; and an order without a place never ends."""
    assert obey.in_force(order(), 49.0, 7.0, 3, 0) == w.ORDER_ADVANCE
    assert obey.in_force(order(), 50.5, -30.0, 3, 0) == w.ORDER_HOLD
    around = memory(word=w.ORDER_ENVELOP, x=0.0, y=1.0, stop=10.0, depth=0.0)
    assert obey.in_force(around, 0.0, 5.0, 3, 0) == w.ORDER_ENVELOP
    assert obey.in_force(around, 0.0, 11.0, 3, 0) == w.ORDER_PURSUE
    assert obey.in_force(around, 0.0, 5.0, 3, 1) == w.ORDER_PURSUE  # led back short of it


def test_a_unit_arrives_in_its_depth() -> None:
    """Each has a place of his own in it, from the first rank to the last."""
    deep = order(depth=3.0)
    first, last = 1023, 1024  # luck keys at the ends of their range
    assert obey.in_force(deep, 52.9, 0.0, first, 0) == w.ORDER_ADVANCE
    assert obey.in_force(deep, 53.1, 0.0, first, 0) == w.ORDER_HOLD
    assert obey.in_force(deep, 46.9, 0.0, last, 0) == w.ORDER_ADVANCE
    assert obey.in_force(deep, 47.1, 0.0, last, 0) == w.ORDER_HOLD


@pytest.mark.parametrize(
    ("name", "level", "yes", "no"),
    [
        ("contact", 1.0, percept(foes_near=1), percept()),
        ("foes_within", 30.0, percept(crowd_m=25.0), percept(crowd_m=35.0)),
        ("foes_within", 30.0, percept(foe=4, foe_m=1.0), percept()),
        ("no_foes", 1.0, percept(), percept(crowd_m=80.0)),
        ("foes_flee", 0.4, percept(foes_near=4, foes_fleeing=2), percept(foes_near=4)),
        ("friends_flee", 0.4, percept(friends_near=2, friends_fleeing=1), percept()),
        ("friends_down", 0.2, percept(crowd_friends=8.0, friends_down=4.0), percept()),
        ("alone", 1.0, percept(), percept(friends_near=1)),
    ],
)
def test_a_plans_conditions_are_judged_on_percepts(
    name: str, level: float, yes: object, no: object
) -> None:
    """Each holds for one look and not for another."""
    kind = w.WHEN_NAMES.index(name)
    for seen, expected in ((yes, True), (no, False)):
        found = plan.holds(kind, level, fighter(), memory(leader=3), seen, -1.0, 0.0, P)
        assert bool(found) is expected


def test_conditions_on_oneself() -> None:
    """Wounded, afraid, weary, out of missiles, leaderless, told something, for a while."""

    def found(name: str, level: float, me: object, **known: float) -> bool:
        kind = w.WHEN_NAMES.index(name)
        leader = int(known.get("leader", 3))
        return bool(
            plan.holds(kind, level, me, memory(leader=leader), percept(), known.get("heard", -1.0),
                       known.get("lasted", 0.0), P)
        )  # fmt: skip

    assert found("wounded", 1.0, fighter(pain=0.1))
    assert not found("wounded", 1.0, fighter())
    assert found("afraid", 0.5, fighter(fear=0.6))
    assert not found("afraid", 0.5, fighter(fear=0.4))
    assert found("weary", 0.5, fighter(fatigue=0.7))
    assert found("out_of_missiles", 1.0, fighter(missiles=0))
    assert not found("out_of_missiles", 1.0, fighter(missiles=2))
    assert found("leader_lost", 1.0, fighter(), leader=-5)
    assert not found("leader_lost", 1.0, fighter(), leader=-1)
    assert found("heard", 2.0, fighter(), heard=2.0)
    assert not found("heard", 2.0, fighter(), heard=1.0)
    assert found("lasted", 20.0, fighter(), lasted=21.0)
    assert not found("lasted", 20.0, fighter(), lasted=19.0)


def said(me: object, mind: object, seen: object, who: object) -> int:
    """What somebody without whims says."""
    v = np.zeros(w.SAYINGS)
    speak.weigh_words(v, me, mind, seen, who, P0)
    return int(speak.choose_words(v, 1, 1, 1, P0))


def test_what_is_said_follows_from_who_one_is_and_sees() -> None:
    """Orders are urgent; leaders call back those who run; wits banter when spirits are low."""
    low = percept(friends_near=3, fear_seen=0.7)
    silent = memory()
    assert said(fighter(), silent, percept(friends_near=3), trait()) == w.SILENT
    assert said(fighter(), memory(means=w.SAY_ORDER), low, trait()) == w.SAY_ORDER
    assert said(fighter(), silent, low, trait(humour=250)) == w.SAY_BANTER
    assert said(fighter(fear=0.9), silent, low, trait(humour=250)) == w.SILENT
    assert said(fighter(leads=1), silent, low, trait(humour=10)) == w.SAY_ADDRESS
    fled = percept(friends_near=3, friends_fleeing=2)
    assert said(fighter(leads=1), silent, fled, trait(humour=10)) == w.SAY_RALLY
    assert said(fighter(leads=1), memory(quiet=9), low, trait(humour=250)) == w.SILENT
    assert said(fighter(mood=w.BROKEN), memory(means=w.SAY_ORDER), low, trait()) == w.SILENT
    assert NEVER < 0.0


def test_banter_lifts_more_than_form_and_those_who_have_will_the_least() -> None:
    """S29 in numbers."""
    low, high = fighter(morale=0.2), fighter(morale=0.9)
    banter, form = (speak.lift(s, low, P) for s in (w.SAY_BANTER, w.SAY_ADDRESS))
    assert banter > 2.0 * form > 0.0
    assert speak.lift(w.SAY_BANTER, high, P) < banter
    assert speak.lift(w.SAY_ORDER, low, P) == 0.0


def test_only_what_is_unheard_of_grips_and_each_time_less() -> None:
    """A great scream transfixes; those that one is used to do not; composure and foes ward off."""
    ordinary = trait(composure=128)
    great = grip.beyond_wont(122.0, 98.0, ordinary, False, P)
    assert great > 0.0
    assert grip.beyond_wont(100.0, 98.0, ordinary, False, P) < 0.0
    assert grip.beyond_wont(122.0, 98.0, trait(composure=255), False, P) < great
    assert grip.beyond_wont(122.0, 98.0, ordinary, True, P) < great
    wont = 98.0
    for _ in range(12):
        wont = grip.used_to(122.0, wont, P)
    assert grip.beyond_wont(122.0, wont, ordinary, False, P) < 0.0
    assert grip.fright(20.0, 98.0, 98.0, P) == 0.0
    assert grip.fright(20.0, 120.0, 98.0, P) > grip.fright(5.0, 120.0, 98.0, P) > 0.0
    assert not grip.is_gripped(P.grip_clear_db - 1.0, 20.0, 1, 1, 1, 87, P)
    assert grip.is_gripped(20.0, 20.0, 1, 1, 1, 87, P)


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_discipline_holds_back_from_what_tempts(one: float, other: float) -> None:
    """The more of it the longer, one of full discipline always; from nothing else."""
    less, more = sorted((one, other))

    rates = [obey.unbidden_rate(1, trait(discipline=d), P) for d in (less, more, 1.0)]

    assert rates[0] >= rates[1] >= rates[2] == 0.0
    assert obey.unbidden_rate(1, trait(discipline=0.0), P) == P.obey_own_head_per_s
    assert obey.unbidden_rate(0, trait(discipline=more), P) == P.command_trigger_per_s


@given(st.floats(-80.0, 80.0), st.floats(-80.0, 49.0))
def test_whom_the_battle_carried_aside_goes_aslant_to_where_his_unit_is_to_stand(
    x: float, y: float
) -> None:
    """Northwards to a front of 20 m about (5, 50): straight on, or to the near end of it."""
    told = percept(word=w.ORDER_ENVELOP, x=0.0, y=1.0, stop=50.0, depth=0.0, aside=-5.0, half=10.0)

    way = obey.heading(told, w.ORDER_ENVELOP, x, y, 7)

    near = min(max(x, -5.0), 15.0)
    far = np.hypot(near - x, 50.0 - y)
    assert way == pytest.approx(((near - x) / far, (50.0 - y) / far))
    assert obey.heading(told, w.ORDER_ADVANCE, x, y, 7) == (0.0, 1.0)


def test_who_breaks_off_holds_where_he_was_to_run_to() -> None:
    """Southwards, up to y = 40."""
    order = percept(word=w.ORDER_BREAK_OFF, x=0.0, y=-1.0, stop=-40.0, depth=0.0)

    assert obey.in_force(order, 10.0, 41.0, 7, 0) == w.ORDER_BREAK_OFF
    assert obey.in_force(order, 10.0, 39.0, 7, 0) == w.ORDER_HOLD
