"""Causes in plain words: what a reader gets, and what never reaches them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from affray.record import Recording
from affray.report.roster import Roster
from affray.report.why.causes import story, story_from
from affray.report.why.fate import in_words, severity
from affray.report.wording import counted, in_a_row
from affray.scenario import load
from affray.world import words as w
from tests.report.chronicles import chronicle, event
from tests.report.recorded import MARKET

ADA, VAT = 0, 12
DT = 0.2


@pytest.fixture(scope="module")
def roster() -> Roster:
    return Roster.of(load(MARKET))


def told(roster: Roster, fighter: int, *events: dict[str, object]) -> str:
    return "\n".join(in_words(story_from(chronicle(*events), fighter), roster, DT))


def weapon(roster: Roster, title: str) -> int:
    return [one.title for one in roster.weapons].index(title)


def test_a_death_in_flight(roster: Roster) -> None:
    """A death by bleeding names its wounds, whose weapons made them, and the flight before."""
    axe = weapon(roster, "one-handed axe")
    text = told(
        roster,
        ADA,
        event(w.EVENT_BREAK, 900, ADA, (w.CAUSE_ODDS, 0, 900, -1, 0.45)),
        event(w.EVENT_WOUND, 1000, ADA, other=VAT, place=w.LEG, weapon=axe, value=1.1),
        event(w.EVENT_WOUND, 1100, ADA, other=VAT + 1, place=w.ARM, weapon=axe, value=0.3),
        event(
            w.EVENT_DEATH,
            1260,
            ADA,
            (w.CAUSE_EVENT, w.EVENT_WOUND, 1000, ADA, 0.8),
            (w.CAUSE_EVENT, w.EVENT_WOUND, 1100, ADA, 0.2),
        ),
    )

    assert text.splitlines()[0] == (
        "Ada (looms/1, the weavers) died 4 min 12 s into the battle, of blood lost through two "
        "wounds:"
    )
    assert (
        "  80 %: a grave cut to the leg at 3:20, from the one-handed axe of vats/1 (the dyers), "
        "taken in flight" in text
    )
    assert "a cut to the arm at 3:40" in text
    assert "Ada was in flight by then, having broken at 3:00, because of:" in text
    assert "45 %: the odds" in text
    assert "55 %: other things, each of them smaller" in text


def test_the_unhurt(roster: Roster) -> None:
    """Nothing happened to somebody: that is said, too."""
    text = told(roster, 3, event(w.EVENT_RISE, 1, 99))
    assert "unhurt, and never broke." in text


def test_a_recording_that_stops_is_no_end(roster: Roster) -> None:
    """What is not over is told up to where the recording stops."""
    part = replace(story_from(chronicle(event(w.EVENT_RISE, 1, 99)), 3), over=False)
    text = "\n".join(in_words(part, roster, DT))
    assert "was on the field when the recording stops (" in text
    fallen = story_from(chronicle(event(w.EVENT_FALL, 100, 3)), 3)
    assert "on the ground at the end" in in_words(fallen, roster, DT)[0]
    fallen = replace(fallen, over=False)
    assert "on the ground when the recording stops" in in_words(fallen, roster, DT)[0]


def test_one_who_rallied(roster: Roster) -> None:
    """A flight that ended is told with its length."""
    text = told(roster, 3, event(w.EVENT_BREAK, 100, 3), event(w.EVENT_RALLY, 150, 3))
    assert "had broken at 0:20, and rallied at 0:30, after 10 s; the reasons were:" in text
    assert "no fright was large enough to note" in text


def test_a_friends_blow(roster: Roster) -> None:
    """A companion's weapon is not told as an enemy's, nor that it was meant or was not."""
    text = told(
        roster,
        3,
        event(w.EVENT_WOUND, 5, 3, other=4, place=w.ARM, value=0.6),
        event(w.EVENT_MISTAKE, 5, 3, other=4),
    )
    assert "though both were of one side" in text


def test_every_fighter_of_a_battle_can_be_told(market: Path, market_fork: Path) -> None:
    """No fighter's story has a raw code, a doubled space, an empty phrase or a wrong plural."""
    for folder in (market, market_fork):
        recording = Recording.open(folder)
        names = Roster.from_recording(recording)
        for fighter in range(names.fighters):
            lines = in_words(story(recording, fighter), names, recording.manifest["dt_s"])
            text = "\n".join(lines)
            assert names.name(fighter) in lines[0]
            assert not re.search(r"None|\[|\]|\{|nan|  \w+  |-1\b| ,|\b1 wounds|\(\)", text), text
            assert all(len(line) < 200 for line in lines), text
            for above, below in zip(lines, [*lines[1:], ""], strict=True):
                indent, next_indent = (len(one) - len(one.lstrip()) for one in (above, below))
                assert above.endswith(":") == (next_indent > indent), text


def test_small_words() -> None:
    """Counts, lists and severities as people say them."""
    assert [counted(n, "wound") for n in (0, 1, 2, 12)] == [
        "no wounds",
        "one wound",
        "two wounds",
        "12 wounds",
    ]
    assert [in_a_row(parts) for parts in (["a"], ["a", "b"], ["a", "b", "c"])] == [
        "a",
        "a and b",
        "a, b and c",
    ]
    assert [severity(d) for d in (0.1, 0.3, 0.7, 1.0, 2.0)] == [
        "slight ",
        "",
        "deep ",
        "grave ",
        "terrible ",
    ]
