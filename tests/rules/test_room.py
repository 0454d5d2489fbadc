"""Room for a weapon, and the way past others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from affray.rules.decide import weigh
from affray.rules.move import wanted
from affray.rules.room import closing_m_per_s, cramped, need_m, passing, wielded
from affray.world import words as w
from tests.rules.people import fighter, parameters, percept, trait

P = parameters()
FACING = {"foe": 4, "foe_dx": 0.0, "foe_dy": 0.9, "foe_m": 0.9, "foes_near": 1}


def utility_of_striking(reach_m: float, **changed: float) -> float:
    utilities = [0.0] * w.ACTS
    seen = percept(**FACING, **changed)
    weigh(utilities, fighter(), seen, trait(), w.ORDER_ADVANCE, reach_m, 0.0, 0, P)
    return utilities[w.STRIKE]


def test_a_thrust_needs_less_room_than_a_swing() -> None:
    """Of the two ways of using a blade the thrust is for the press."""
    assert need_m(w.THRUST, P) < need_m(w.CUT, P) == need_m(w.BLUNT, P)


@given(st.floats(0.0, 30.0), st.floats(0.0, 30.0))
def test_the_more_press_the_less_room_and_the_worse_the_blow(one: float, other: float) -> None:
    """Nothing is lost where there is room, and never all."""
    low, high = sorted((cramped(one), cramped(other)))
    assert cramped(0.0) == 0.0 <= low <= high < 1.0
    assert wielded(0.0, P) == 1.0 >= wielded(low, P) >= wielded(high, P) > 0.0


def test_only_long_weapons_pass_others_and_past_more_of_them_less_often() -> None:
    """With nobody in the way every blow does."""
    sword, spear = 1.1, 1.7
    assert passing(0, sword, P) == passing(0, spear, P) == 1.0
    assert passing(1, sword, P) == 0.0
    assert 1.0 > passing(1, spear, P) > passing(2, spear, P) > passing(3, spear, P) > 0.0


def test_neither_those_in_the_way_nor_the_pressed_are_struck_past_so_readily() -> None:
    """A companion in the line holds a sword back, a spear less so; no room holds back as well."""
    free = utility_of_striking(1.1)
    assert utility_of_striking(1.1, between=1) == free - P.decide_barred
    assert free > utility_of_striking(1.7, between=1) > free - P.decide_barred
    assert utility_of_striking(1.1, cramped=0.5) == free - 0.5 * P.decide_cramped


@given(st.floats(0.01, 2.0), st.floats(0.0, 6.0))
def test_nobody_runs_into_the_companion_ahead(way_m: float, speed: float) -> None:
    """By his next look he stands a rank's distance behind him, or farther; nobody ahead: he goes
    as fast as he likes.
    """
    closing = closing_m_per_s(speed, way_m, P)
    assert 0.0 <= closing <= speed
    assert closing * P.sight_look_s <= max(way_m - P.move_rank_m, 0.0) + 1e-9
    assert closing_m_per_s(speed, 0.0, P) == speed


def test_ranks_behind_wait_for_the_one_before_them() -> None:
    """Towards an enemy six metres off, with a companion at arm's length ahead, and without."""
    far = {"foe": 4, "foe_dy": 6.0, "foe_m": 6.0}

    def speed(**changed: float) -> float:
        seen = percept(**far, **changed)
        me = fighter(act=w.ADVANCE)
        return wanted(me, seen, 0.0, 1.0, w.ORDER_CHARGE, -1.0, 0.0, 1.1, 4.0, 0, P)[1]

    assert speed() > 2.0
    assert speed(way_m=0.8) == 0.0 < speed(way_m=1.2) < speed()
