"""Spectacles: whose fall is one, how clearly it is seen, and when it draws the eyes."""

from __future__ import annotations

import pytest

from affray.rules.grip import clearness_db, is_spectacle, seconds_to_dawn
from affray.world.battlefield import LOOK_HIDDEN
from tests.rules.people import fighter, parameters, trait

P = parameters()


def test_only_the_fall_of_one_who_matters_is_a_spectacle() -> None:
    """A leader's, or of whoever holds the standard; not in hiding."""
    assert is_spectacle(fighter(leads=1), trait(), 0)
    assert is_spectacle(fighter(), trait(standard=1), 0)
    assert not is_spectacle(fighter(), trait(), 0)
    assert not is_spectacle(fighter(leads=1), trait(standard=1), 1 << LOOK_HIDDEN)


def test_it_is_the_clearer_the_nearer_it_is() -> None:
    """By six decibels for each halving of the distance, and nought where it fades from sight."""
    assert clearness_db(P.grip_spectacle_m, P) == pytest.approx(0.0, abs=1e-9)
    assert clearness_db(0.5 * P.grip_spectacle_m, P) == pytest.approx(6.02, abs=0.01)
    assert clearness_db(0.1, P) == clearness_db(1.0, P)


def test_it_draws_the_eyes_later_farther_off() -> None:
    """The last at a place three times as late as the first."""
    near, far = (seconds_to_dawn(d, 0.5, P) for d in (10.0, 40.0))
    assert far == pytest.approx(4.0 * near)
    assert seconds_to_dawn(10.0, 1.0, P) == pytest.approx(3.0 * seconds_to_dawn(10.0, 0.0, P))
