"""What others can tell of somebody whom they look at singly: the second word of his outside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affray.rules.show import sign
from affray.world import battlefield as b
from affray.world import words as w
from tests.rules.people import fighter, parameters, percept, trait

P = parameters()

shares = st.floats(0.0, 1.0)


def shown(masked: int = w.BARE, standard: int = 0, **changed: float) -> int:
    """The sign of somebody, masked or not, with a standard or without."""
    return int(
        sign(fighter(**changed), trait(standard=standard), percept(masked=masked), 0.0, 4, P)
    )


def test_eyes_are_seen_unless_the_mask_covers_them_too() -> None:
    """A covered face leaves the eyes free, with what they show."""
    for masked in (w.BARE, w.FACE_COVERED):
        assert (shown(masked, fear=1.0) >> b.SIGN_EYES) & 1 == 1
        assert (shown(masked, fear=1.0) >> b.SIGN_GAZE) & 15 == 15
    assert shown(w.ALL_COVERED, fear=1.0) == 0


@given(st.integers(0, 20_000))
def test_speed_shows_in_steps(speed_mm_per_s: int) -> None:
    """Of half a metre a second, up to 7.5."""
    steps = (shown(speed=speed_mm_per_s) >> b.SIGN_SPEED) & 15
    assert steps == min(speed_mm_per_s // 500, 15)


def test_who_has_felled_an_enemy_is_seen_from_look_to_look() -> None:
    """And not when he lies himself."""
    assert [(shown(felled=ago) >> b.SIGN_FELLED) & 1 for ago in (0, 3, 4, 255)] == [1, 1, 0, 0]
    assert (shown(felled=0, status=w.DOWN) >> b.SIGN_FELLED) & 1 == 0


@pytest.mark.parametrize("status", [w.DOWN, w.OUT])
def test_a_standard_is_up_while_its_bearer_stands(status: int) -> None:
    """It sinks with him."""
    assert (shown(standard=1) >> b.SIGN_STANDARD) & 1 == 1
    assert (shown(standard=1, status=status) >> b.SIGN_STANDARD) & 1 == 0


@given(shares, shares)
def test_nothing_private_shows_in_the_sign(one: float, other: float) -> None:
    """Neither plans nor beliefs nor the state of the body."""
    for private in ("morale", "belief", "energy", "pain", "stamina", "foes"):
        assert shown(**{private: one}) == shown(**{private: other})
