"""Winking over a mask: who may, how often, and how it is dated."""

from __future__ import annotations

import pytest

from affray.rules import fear
from affray.rules.wink import last_look, may_wink, wink_rate
from affray.world import words as w
from tests.rules.people import fighter, parameters, percept, trait

P = parameters()


def test_only_a_mask_that_leaves_the_eyes_free_is_winked_over() -> None:
    """And only at an enemy on his feet whose eyes are met, and not again at once."""
    meets = percept(foe_eyes=1)
    assert may_wink(fighter(), w.FACE_COVERED, 0, meets)
    assert not may_wink(fighter(), w.BARE, 0, meets)
    assert not may_wink(fighter(), w.ALL_COVERED, 0, meets)
    assert not may_wink(fighter(), w.FACE_COVERED, 5, meets)
    assert not may_wink(fighter(grip=3), w.FACE_COVERED, 0, meets)
    assert not may_wink(fighter(), w.FACE_COVERED, 0, percept(foe_eyes=0))
    assert not may_wink(fighter(), w.FACE_COVERED, 0, percept(foe_eyes=1, foe_down=1))


def test_the_afraid_and_the_humourless_do_not_wink() -> None:
    """Fear takes the rate away in proportion."""
    assert wink_rate(fighter(), trait(humour=255), P) == pytest.approx(P.talk_wink_per_s)
    assert wink_rate(fighter(fear=0.5), trait(humour=255), P) == pytest.approx(
        0.5 * P.talk_wink_per_s
    )
    assert wink_rate(fighter(fear=1.0), trait(humour=255), P) == 0.0
    assert wink_rate(fighter(), trait(humour=0), P) == 0.0


def test_a_wink_is_dated_to_the_look_it_was_given_in() -> None:
    """Looks come every second tick, or third, staggered by id."""
    for every in (1, 2, 3):
        for who in (0, 1, 7):
            looks = [tick for tick in range(40) if (tick + who) % every == 0]
            for tick in range(10, 40):
                assert last_look(who, tick, every) == max(t for t in looks if t < tick)


def test_a_wink_frightens_a_little_and_nothing_else_does_so() -> None:
    """The rule adds its parameter once, while a wink is seen."""
    assert fear.from_wink(percept(foe_winks=1), P) == P.fear_wink
    assert fear.from_wink(percept(), P) == 0.0
