"""What somebody makes of what a companion does against an order, and what excuses it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from affray.rules.judge import does_otherwise, has_lasted, is_in_the_way, may_have_arrived
from affray.world import words as w
from tests.rules.people import fighter, parameters, percept

P = parameters()
WALKS = fighter(speed=1300)
STANDS = {"companion_own": 1, "companion_stands": 1}


def test_running_is_disobedience_unless_all_are_to_withdraw() -> None:
    """One look is enough, and an enemy near is no excuse."""
    runs = percept(companion_own=1, companion_flees=1, foes_near=2)
    assert does_otherwise(w.ORDER_HOLD, WALKS, runs, P) == w.DEED_RUNS
    assert does_otherwise(w.ORDER_WITHDRAW, WALKS, runs, P) == w.DEED_NONE
    assert has_lasted(w.DEED_RUNS, 0.0, P)


def test_who_stands_while_others_go_on_stays_behind() -> None:
    """Unless he has his hands full, an enemy is near, or he is of another unit."""
    order = w.ORDER_ADVANCE
    assert does_otherwise(order, WALKS, percept(**STANDS), P) == w.DEED_STAYS_BEHIND
    for excuse in (
        {"companion_busy": 1}, {"foes_near": 1}, {"companion_strikes": 1}, {"companion_own": 0},
        {"companion_stands": 0},
    ):  # fmt: skip
        assert does_otherwise(order, WALKS, percept(**{**STANDS, **excuse}), P) == w.DEED_NONE
    assert does_otherwise(order, fighter(), percept(**STANDS), P) == w.DEED_NONE
    assert does_otherwise(w.ORDER_HOLD, WALKS, percept(**STANDS), P) == w.DEED_NONE


def test_who_walks_on_where_all_are_to_hold_goes_ahead() -> None:
    """One who drifts with the crowd, or is but a step ahead, does not."""
    ahead = {"companion_own": 1, "companion_ahead": 1.5, "companion_pace": 1.5}
    assert does_otherwise(w.ORDER_HOLD, fighter(), percept(**ahead), P) == w.DEED_GOES_AHEAD
    for less in ({"companion_pace": 0.5}, {"companion_ahead": 0.5}):
        seen = percept(**{**ahead, **less})
        assert does_otherwise(w.ORDER_HOLD, fighter(), seen, P) == w.DEED_NONE


def test_a_whim_of_a_moment_is_not_blamed() -> None:
    """It has to last."""
    assert not has_lasted(w.DEED_STAYS_BEHIND, 0.4, P)
    assert has_lasted(w.DEED_STAYS_BEHIND, P.obey_blame_after_s, P)


def test_nobody_stays_behind_at_the_place_that_he_was_told_to_go_to() -> None:
    """Wherever in the depth of the unit he may have his place."""
    order = SimpleNamespace(stop=100.0, depth=3.0)
    assert not may_have_arrived(order, 96.9)
    assert may_have_arrived(order, 97.0)


@pytest.mark.parametrize(
    ("dx", "dy", "blocks"),
    [(1.0, 0.0, True), (1.0, 0.4, True), (1.0, 0.6, False), (2.0, 0.0, False), (-1.0, 0.0, False)],
)
def test_who_stands_close_before_somebody_is_in_his_way(dx: float, dy: float, blocks: bool) -> None:
    """Along the order, eastward here."""
    assert is_in_the_way(dx, dy, 1.0, 0.0) is blocks
