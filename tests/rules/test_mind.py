"""Seeing, counting, fearing, choosing."""

from __future__ import annotations

import math
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from affray.rules import fear
from affray.rules.decide import NEVER, choose, weigh, with_whim
from affray.rules.luck import bell
from affray.rules.see import cone, confusion_rate, estimate, felt_m, in_view, through
from affray.rules.show import look, runs_off
from affray.world import battlefield as b
from affray.world import words as w
from tests.rules.people import fighter, parameters, percept, trait

P = parameters()
shares = st.floats(0.0, 1.0)


@given(st.integers(0, 4), st.floats(-3.0, 3.0))
def test_a_few_are_counted_without_error(count: int, luck: float) -> None:
    """Up to four at a glance."""
    assert estimate(float(count), luck, 0.0, P) == count


def test_many_are_judged_too_few_and_uncertain() -> None:
    """The median falls ever further behind; the spread is that of the sources."""
    draws = [bell(5, tick, 3, 1) for tick in range(4000)]
    for count in (20.0, 200.0, 2000.0):
        judged = [estimate(count, luck, 0.0, P) for luck in draws]
        assert median(judged) == pytest.approx(4.0 * (count / 4.0) ** 0.75, rel=0.03)
        logs = [math.log(number) for number in judged]
        mean = sum(logs) / len(logs)
        spread = math.sqrt(sum((log - mean) ** 2 for log in logs) / len(logs))
        assert spread == pytest.approx(P.sight_count_spread, rel=0.06)


@given(st.floats(-1.9, 1.9), st.floats(-1.9, 1.9), st.booleans())
def test_the_cone_is_that_of_plain_trigonometry(dx: float, dy: float, hidden: bool) -> None:
    """In the cone and not hidden."""
    d = math.hypot(dx, dy)
    cos = dy / d if d > 0.0 else 1.0
    if d < 1e-3 or abs(cos - P.sight_cone_cos) < 1e-4:
        return
    f4 = np.float32
    here = in_view(
        f4(dx), f4(dy), f4(dx * dx + dy * dy), f4(0.0), f4(1.0), f4(P.sight_cone_cos), hidden
    )
    assert bool(here) == (cos >= P.sight_cone_cos and not hidden)


def test_whoever_tends_takes_in_less() -> None:
    """A narrower cone and less attention; who fights has less of it too; who sees all round sees
    all round.
    """
    busy, idle, fights = (cone(act, 0, 0, P) for act in (w.TEND, w.HOLD, w.GUARD))
    assert busy[0] > idle[0] == fights[0]
    assert busy[1] < fights[1] < idle[1] == 1.0
    assert cone(w.TEND, 1, 0, P) == (-2.0, 1.0)
    assert cone(w.HOLD, 1, 9, P) == (P.sight_busy_cone_cos, P.attend_rapt)
    assert felt_m(False, w.HOLD, P) == P.attend_touch_share * felt_m(True, w.HOLD, P)
    assert felt_m(False, w.TEND, P) == felt_m(True, w.TEND, P)


@given(st.floats(0.0, 100.0), st.floats(0.0, 100.0), st.floats(1.3, 6.0))
def test_a_thicker_crowd_hides_more_and_a_higher_eye_sees_more(
    few: float, more: float, eyes_m: float
) -> None:
    """Always a share."""
    few, more = sorted((few, more))
    assert 0.0 < through(more, 4.0, eyes_m, P) <= through(few, 4.0, eyes_m, P) <= 1.0
    assert through(more, 4.0, eyes_m, P) <= through(more, 4.0, eyes_m + 0.3, P)


@given(shares, shares)
def test_confusion_grows_with_dark_and_fear(afraid: float, light: float) -> None:
    """And is least for the calm in full light."""
    assert confusion_rate(afraid, light, 0.5, P) >= confusion_rate(0.0, 1.0, 0.5, P)


def outside(**changed: float) -> int:
    """The look of somebody, masked or not."""
    unit = percept(masked=changed.pop("masked", 0))
    return int(look(fighter(**changed), trait(), unit, 0.0, 0.4, 2, P))


def test_nothing_private_shows() -> None:
    """Another's plan, belief, courage, exact blood or estimate changes nothing that others see."""
    for private in ({"morale": 0.1}, {"belief": 0.9}, {"target": 7}, {"blood": 400_000},
                    {"foes": 50.0}, {"energy": 0.2}):  # fmt: skip
        assert outside(**private) == outside()


def test_who_runs_back_with_his_back_turned_looks_like_one_in_flight() -> None:
    """By order or not; nobody does who walks, steps back face to the enemy, or runs forward. What
    shows is the step that he made, not the one that he has in mind.
    """
    assert runs_off(w.FALL_BACK, 0.0, 0.8, 0.0, 1.0, 4.0, P)
    assert not runs_off(w.FALL_BACK, 0.0, 0.2, 0.0, 1.0, 1.0, P)
    assert not runs_off(w.FALL_BACK, 0.0, 0.8, 0.0, -1.0, 4.0, P)
    assert not runs_off(w.ADVANCE, 0.0, 0.8, 0.0, 1.0, 4.0, P)
    flees = 1 << b.LOOK_FLEES
    assert outside(runs_off=1) & flees
    assert outside(mood=w.BROKEN) & flees
    assert not outside(act=w.FALL_BACK, speed=4000, wy=4.0, hy=1.0) & flees


@given(st.floats(0.0, 50.0), st.floats(0.0, 50.0))
def test_fire_frightens_the_more_the_heavier_it_is_and_lets_nobody_calm(
    one: float, other: float
) -> None:
    """Less than twice as much for twice as much of it; what was felt of it fades."""
    low, high = sorted((one, other))
    assert fear.from_fire(0.0, 0.4, P) == 0.0
    assert fear.from_fire(low, 0.4, P) <= fear.from_fire(high, 0.4, P) < 0.4 * P.fear_fire_per_s
    calms = [fear.calming(0.5, percept(), fire, 0.4, P) for fire in (0.0, low, high)]
    assert calms == sorted(calms, reverse=True)
    assert fear.fire_after(high, 0, 0.2, 0.4, P) <= high
    assert fear.fire_after(0.0, 1, 0.2, 0.4, P) > 0.0


@given(st.integers(1, 50), st.floats(0.0, 50.0))
def test_one_told_to_go_back_is_not_frightened_by_companions_who_run(near: int, far: float) -> None:
    """He takes them to do as they were told, and goes on counting on them; others do neither."""
    seen = percept(friends_near=near, friends_fleeing=near, crowd_friends=far,
                   crowd_friends_fleeing=far)  # fmt: skip

    assert fear.from_flight(seen, True, 0.4, P) == 0.0 < fear.from_flight(seen, False, 0.4, P)
    assert fear.company(0.0, seen, True, 0.4, P) == near + far
    assert fear.company(0.0, seen, False, 0.4, P) == 0.0


def test_fear_shows_unless_the_face_is_covered() -> None:
    """In sixteen steps."""
    assert (outside(fear=1.0) >> b.LOOK_FEAR) & 15 == 15
    assert (outside(fear=1.0, masked=1) >> b.LOOK_FEAR) & 15 == 0


@given(shares, shares)
def test_faces_pull_towards_the_fear_they_show(own: float, shown: float) -> None:
    """Up or down, and never past it."""
    pull = fear.from_faces(own, percept(friends_near=3, fear_seen=shown), 0.4, P)
    assert abs(pull) <= abs(shown - own) + 1e-12
    assert pull * (shown - own) >= 0.0
    assert fear.from_faces(own, percept(), 0.4, P) == 0.0


def test_nobody_breaks_below_his_nerve_and_more_fear_breaks_sooner() -> None:
    """There is no threshold of losses: fear alone counts."""
    calm, scared, panicked = (fighter(fear=f) for f in (0.2, 0.8, 1.0))
    assert fear.break_rate(calm, trait(), P) == 0.0
    assert 0.0 < fear.break_rate(scared, trait(), P) < fear.break_rate(panicked, trait(), P)


@given(shares, shares)
def test_courage_discipline_and_rank_bear_more(low: float, high: float) -> None:
    """Each of them alone never lowers the fear that one bears."""
    low, high = sorted((low, high))
    me = fighter()
    assert fear.nerve(me, trait(courage=low), P) <= fear.nerve(me, trait(courage=high), P)
    assert fear.nerve(me, trait(discipline=low), P) <= fear.nerve(me, trait(discipline=high), P)
    assert fear.nerve(me, trait(), P) < fear.nerve(fighter(leads=1), trait(), P)


def test_rallying_needs_calm_and_distance() -> None:
    """Nobody rallies in sight of an enemy near, or in terror."""
    runs = fighter(mood=w.BROKEN, fear=0.1)
    assert fear.rally_rate(runs, trait(), percept(), P) > 0.0
    assert fear.rally_rate(runs, trait(), percept(foe=3, foe_m=1.5, foes_near=1), P) == 0.0
    assert fear.rally_rate(fighter(mood=w.BROKEN, fear=0.9), trait(), percept(), P) == 0.0


def weights(me: object, seen: object, order: int = w.ORDER_ADVANCE) -> np.ndarray:
    """The utilities of all acts."""
    u = np.zeros(w.ACTS)
    weigh(u, me, seen, trait(), order, 1.1, 0.0, 0, P)
    return u


def test_only_what_can_be_done_is_weighed() -> None:
    """No blow without anybody in reach, no pulling without a blade, no rising when one stands."""
    u = weights(fighter(), percept())
    for act in (w.STRIKE, w.LUNGE, w.PULL_OUT, w.BIND, w.TEND, w.RISE, w.FLEE, w.BE_TENDED):
        assert u[act] == NEVER
    foe = percept(foe=3, foe_m=0.9, foes_near=1)
    assert weights(fighter(), foe)[w.STRIKE] > NEVER
    assert weights(fighter(recover=2), foe)[w.STRIKE] == NEVER
    assert weights(fighter(embedded=1), percept())[w.PULL_OUT] > NEVER


def test_the_broken_only_flee() -> None:
    """They obey nobody."""
    u = weights(fighter(mood=w.BROKEN), percept(foe=3, foe_m=0.9, foes_near=1))
    assert [act for act in range(w.ACTS) if u[act] > NEVER] == [w.FLEE]


def test_one_who_stares_is_worth_leaving_ones_place_for() -> None:
    """Told to hold, he goes for an enemy who is transfixed, and for no other at that distance."""
    far = {"foe": 3, "foe_m": 4.0}
    held = weights(fighter(), percept(**far), w.ORDER_HOLD)
    drawn = weights(fighter(), percept(**far, foe_stares=1), w.ORDER_HOLD)
    assert held[w.ADVANCE] == NEVER
    assert drawn[w.ADVANCE] > drawn[w.HOLD]


def test_danger_speaks_against_a_pause_and_cover_for_it() -> None:
    """Pulling a blade out beside an enemy, with companions or without."""
    alone = percept(foe=3, foe_m=1.0, foes_near=1)
    covered = percept(foe=3, foe_m=1.0, foes_near=1, cover=3)
    hurt = fighter(embedded=1)
    pull = [weights(hurt, seen)[w.PULL_OUT] for seen in (alone, covered, percept())]
    assert pull == sorted(pull)
    assert pull[0] < pull[1]


def test_the_greatest_utility_is_chosen_and_what_takes_time_is_seen_through() -> None:
    """Without whims: the best; ties to the lower number; the act under way keeps an edge."""
    calm = parameters(decide_noise=0.0)
    u = np.full(w.ACTS, NEVER)
    u[w.HOLD], u[w.ADVANCE], u[w.TEND] = 0.5, 0.7, 0.6
    assert choose(u, w.HOLD, 0, 1, 1, 1, calm) == w.ADVANCE
    assert choose(u, w.TEND, 20, 1, 1, 1, calm) == w.TEND
    u[w.GUARD] = 0.7
    assert choose(u, w.HOLD, 0, 1, 1, 1, calm) == w.ADVANCE


def test_whims_choose_as_if_each_act_had_been_asked() -> None:
    """No act is passed over that its whim would have lifted above all others."""
    rng = np.random.default_rng(5)
    for tick in range(300):
        u = np.where(rng.random(w.ACTS) < 0.5, NEVER, rng.normal(0.0, 0.3, w.ACTS))
        u[w.HOLD], current, left = 0.0, int(rng.integers(w.ACTS)), tick % 2
        asked = [
            with_whim(u[act], act, current, left, 1, tick, 1, P) if u[act] > NEVER else -math.inf
            for act in range(w.ACTS)
        ]
        assert choose(u, current, left, 1, tick, 1, P) == asked.index(max(asked))
