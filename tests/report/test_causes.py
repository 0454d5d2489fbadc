"""The walk up the causes: from a death to the wounds, from a break to what others did."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from affray.record import Recording
from affray.report.why.causes import causes, story, story_from
from affray.report.why.depths import MOST
from affray.world import words as w
from tests.report.chronicles import chronicle, event
from tests.report.recorded import FORK_TICK, fighters_with, the_dead

ODDS = (w.CAUSE_ODDS, 0, 90, -1, 0.5)


def saw_fall(tick: int, who: int, share: float = 0.4) -> tuple[int, int, int, int, float]:
    return (w.CAUSE_EVENT, w.EVENT_FALL, tick, who, share)


def wounded(tick: int, who: int, share: float = 1.0) -> tuple[int, int, int, int, float]:
    return (w.CAUSE_EVENT, w.EVENT_WOUND, tick, who, share)


def test_a_death_leads_to_its_wounds() -> None:
    """Blood lost through two wounds: both stand beneath the death, the worse one first."""
    book = chronicle(
        event(w.EVENT_WOUND, 10, 1, other=5, place=w.LEG, weapon=2, value=0.9),
        event(w.EVENT_WOUND, 20, 1, other=6, place=w.NECK, weapon=1, value=1.2),
        event(w.EVENT_DEATH, 50, 1, wounded(10, 1, 0.3), wounded(20, 1, 0.7)),
    )

    told = story_from(book, 1)

    assert told.fate == "died"
    assert told.end is not None
    assert [(c.share, c.happening and c.happening.other) for c in told.end.causes] == [
        (0.7, 6),
        (0.3, 5),
    ]
    assert [wound.tick for wound in told.wounds] == [10, 20]


def test_a_break_leads_to_what_others_did_and_why() -> None:
    """Seeing somebody run stands for that one's latest break, with causes of its own."""
    book = chronicle(
        event(w.EVENT_BREAK, 30, 2, saw_fall(29, 3)),
        event(w.EVENT_FALL, 29, 3, wounded(29, 3), other=8),
        event(w.EVENT_WOUND, 29, 3, other=8, place=w.HEAD, value=2.0),
        event(w.EVENT_BREAK, 40, 1, (w.CAUSE_FLIGHT, w.EVENT_BREAK, 39, 2, 0.6), ODDS),
        event(w.EVENT_LEAVE, 90, 1),
    )

    told = story_from(book, 1)

    assert told.fate == "fled"
    assert told.end is not None
    flight, odds = told.end.causes
    assert flight.happening is not None
    assert (flight.kind, flight.happening.kind, flight.happening.fighter) == ("flight", "break", 2)
    fall = flight.happening.causes[0].happening
    assert fall is not None
    assert fall.causes[0].happening is not None
    assert fall.causes[0].happening.other == 8
    assert (odds.kind, odds.happening) == ("odds", None)


def test_what_is_known_is_not_told_twice() -> None:
    """Two causes that lead to the same fall: its own causes are told once."""
    book = chronicle(
        event(w.EVENT_WOUND, 5, 9, other=7),
        event(w.EVENT_FALL, 5, 9, wounded(5, 9), other=7),
        event(w.EVENT_BREAK, 20, 2, saw_fall(5, 9, 1.0)),
        event(w.EVENT_BREAK, 30, 1, (w.CAUSE_FLIGHT, 4, 29, 2, 0.6), saw_fall(5, 9, 0.4)),
    )

    tree = causes(book, book.of(1)[0])

    first, second = (because.happening for because in tree.causes)
    assert first is not None
    assert second is not None
    assert first.causes[0].happening is not None
    assert not first.causes[0].happening.known
    assert second.known
    assert second.causes == ()


def test_a_walk_has_an_end() -> None:
    """A panic in which each ran because of the one before is followed so far and no farther."""
    panic = [
        event(w.EVENT_BREAK, k + 1, k, (w.CAUSE_FLIGHT, w.EVENT_BREAK, k, k - 1, 1.0))
        for k in range(1, 200)
    ]
    book = chronicle(*panic)

    def depth(happening: object) -> int:
        below = [b.happening for b in happening.causes if b.happening]  # type: ignore[attr-defined]
        return 1 + max(map(depth, below), default=0)

    assert depth(causes(book, book.of(150)[0], depth=3)) == 4
    assert depth(causes(book, book.of(150)[0], depth=10_000)) <= MOST


@pytest.mark.parametrize(
    ("events", "fate"),
    [
        ([], "stands"),
        ([event(w.EVENT_WOUND, 3, 1, other=2)], "stands"),
        ([event(w.EVENT_FALL, 3, 1), event(w.EVENT_RISE, 9, 1)], "stands"),
        ([event(w.EVENT_FALL, 3, 1)], "down"),
        ([event(w.EVENT_FALL, 3, 1), event(w.EVENT_FAINT, 3, 1)], "unconscious"),
        ([event(w.EVENT_BREAK, 3, 1)], "fleeing"),
        ([event(w.EVENT_BREAK, 3, 1), event(w.EVENT_RALLY, 5, 1)], "stands"),
        ([event(w.EVENT_BREAK, 3, 1), event(w.EVENT_LEAVE, 5, 1)], "fled"),
        ([event(w.EVENT_LEAVE, 5, 1)], "withdrew"),
        ([event(w.EVENT_BREAK, 3, 1), event(w.EVENT_DEATH, 5, 1)], "died"),
    ],
)
def test_fates(events: list[dict[str, object]], fate: str) -> None:
    """What a fighter's events come to."""
    assert story_from(chronicle(*events, event(w.EVENT_RISE, 1, 99)), 1).fate == fate


@pytest.mark.parametrize(
    ("status", "broken", "fate"),
    [
        (w.RESERVE, False, "reserve"),
        (w.DEAD, False, "dead before"),
        (w.LEFT, True, "left before"),
        (w.UP, True, "fleeing"),
        (w.DOWN, False, "down"),
    ],
)
def test_what_was_before_a_recording_begins(status: int, broken: bool, fate: str) -> None:
    """A fork holds nothing of what came before it, but its opening says how everybody was."""
    quiet = chronicle(event(w.EVENT_RISE, 1, 99))
    assert story_from(quiet, 1, status=status, broken=broken).fate == fate


def test_a_blow_by_mistake_is_known_as_one() -> None:
    """A wound from one of the same side is told apart."""
    book = chronicle(
        event(w.EVENT_WOUND, 5, 1, other=2),
        event(w.EVENT_MISTAKE, 5, 1, wounded(5, 1), other=2),
        event(w.EVENT_WOUND, 5, 1, other=3),
    )

    wounds = story_from(book, 1).wounds

    assert [(wound.other, wound.by_friend) for wound in wounds] == [(2, True), (3, False)]


def test_every_death_of_a_battle_has_a_cause(market: Path) -> None:
    """Nobody dies for no reason: every death leads to a wound that somebody gave."""
    recording = Recording.open(market)
    dead = the_dead(market)
    assert dead

    for fighter in dead:
        told = story(recording, fighter)
        assert told.fate == "died"
        assert told.end is not None
        assert any(b.happening and b.happening.kind == "wound" for b in told.end.causes)
        json.dumps(told.as_data())


def test_a_fork_agrees_with_its_parent(market: Path, market_fork: Path) -> None:
    """Whoever died after the fork died of the same there; the dead before are dead already."""
    parent, fork = Recording.open(market), Recording.open(market_fork)
    late = set(the_dead(market_fork))
    for fighter in the_dead(market):
        told = story(fork, fighter)
        if fighter not in late:
            assert told.fate == "dead before"
            continue
        before = story(parent, fighter)
        assert before.end is not None
        assert told.end is not None
        assert told.end.tick == before.end.tick
        assert told.first_tick == FORK_TICK


def test_whoever_broke_has_causes_that_add_up(market: Path) -> None:
    """Shares of a break's causes are shares: each above nought, together at most all of it."""
    recording = Recording.open(market)
    broke = fighters_with(market, w.EVENT_BREAK)
    assert broke
    from affray.report.chronicle import Chronicle

    book = Chronicle.from_recording(recording)
    for fighter in broke:
        for one in book.of(fighter):
            if one.kind == w.EVENT_BREAK:
                shares = [because.share for because in causes(book, one).causes]
                assert all(share > 0 for share in shares)
                assert sum(shares) <= 1 + 1e-5
                assert shares == sorted(shares, reverse=True)
