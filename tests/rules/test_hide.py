"""Hiding and being found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from affray.rules.hide import cover_of, makes_out
from affray.rules.show import look, sign
from affray.world import battlefield as b
from affray.world import words as w
from tests.rules.people import fighter, parameters, percept, trait

P = parameters()
shares = st.floats(0.0, 1.0)


def test_concealment_lasts_while_one_is_still_and_does_nothing() -> None:
    """Moving, striking, throwing, climbing give one away, and a blow for a while after it."""
    assert cover_of(fighter(), 0.9, 1.0, P) > P.hide_from
    assert cover_of(fighter(speed=200), 0.9, 1.0, P) > P.hide_from
    assert cover_of(fighter(speed=1000), 0.9, 1.0, P) == 0.0
    for act in (w.STRIKE, w.LUNGE, w.THROW, w.CLIMB):
        assert cover_of(fighter(act=act), 0.9, 1.0, P) == 0.0
    assert cover_of(fighter(recover=3), 0.9, 1.0, P) == 0.0


@given(shares, shares, shares)
def test_darkness_posture_and_height_hide(conceal: float, light: float, darker: float) -> None:
    """Each of them alone never shows anybody; nobody is hidden in the open in the light."""
    light, darker = max(light, darker), min(light, darker)
    here = cover_of(fighter(), conceal, light, P)
    assert here <= cover_of(fighter(), conceal, darker, P) + 1e-12
    assert here <= cover_of(fighter(status=w.DOWN), conceal, light, P) + 1e-12
    assert here <= cover_of(fighter(perch=4), conceal, light, P) + 1e-12
    assert cover_of(fighter(), 0.0, 1.0, P) == 0.0


def test_the_hidden_show_as_such() -> None:
    """From the threshold on; how well, in sevenths."""
    person = (fighter(), trait(), percept(masked=w.BARE))
    hidden = [(int(look(*person, cover, 0.0, 4, P)) >> b.LOOK_HIDDEN) & 1 for cover in (0.6, 0.61)]
    assert hidden == [0, 1]
    assert [(int(sign(*person, cover, 4, P)) >> b.SIGN_COVER) & 7 for cover in (0.0, 0.5, 1.0)] == [
        0, 3, 7,
    ]  # fmt: skip


def found(cover: float, attention: float, light: float) -> float:
    """How often one of many lookers makes out another."""
    return (
        sum(
            makes_out(fighter(luck=k), 7, cover, attention, light, 1, 9, 0.1, P)
            for k in range(2000)
        )
        / 2000.0
    )


def test_the_better_hidden_and_the_less_attended_are_found_less() -> None:
    """And nobody where there is no light, no attention, or no gap in the cover."""
    assert found(0.7, 1.0, 1.0) > found(0.9, 1.0, 1.0) > 0.0
    assert found(0.7, 1.0, 1.0) > found(0.7, 0.4, 1.0) > 0.0
    assert found(0.7, 1.0, 0.3) > 0.0
    assert found(1.0, 1.0, 1.0) == found(0.7, 0.0, 1.0) == found(0.7, 1.0, 0.0) == 0.0


def test_who_is_made_out_stays_so_for_a_while() -> None:
    """Ticks of one stretch give one answer."""
    for luck in range(50):
        answers = {
            bool(makes_out(fighter(luck=luck), 7, 0.7, 1.0, 1.0, 1, tick, 0.1, P))
            for tick in range(40, 80)
        }
        assert len(answers) == 1
