"""What was said, followed, noticed, noted and blamed, in plain words."""

from __future__ import annotations

import pytest

from affray.report.roster import Roster
from affray.report.why.causes import story_from
from affray.report.why.fate import in_words
from affray.report.why.percepts import blood
from affray.report.why.spoken import TOLD, deeds
from affray.scenario import load
from affray.world import words as w
from affray.world.inner import CUES, TONES
from tests.report.chronicles import chronicle, event
from tests.report.recorded import MARKET

ADA, MAN, VAT = 0, 3, 12
CHARGE = 0  # the weavers' only order
DT = 0.2


@pytest.fixture(scope="module")
def roster() -> Roster:
    return Roster.of(load(MARKET))


def lines(roster: Roster, fighter: int, *events: dict[str, object]) -> list[str]:
    """What is told of a fighter's words and deeds, without the times."""
    found = story_from(chronicle(*events), fighter).spoken
    return [line.split("  ", 1)[1] for line in deeds(found, fighter, roster, DT)]


def test_merit_is_told_of_whoever_noted_it_and_of_whom(roster: Roster) -> None:
    """The officer's line and the man's are of one event."""
    noted = event(w.EVENT_MERIT, 10, ADA, (w.CAUSE_SEEN, 0, 10, MAN, 1.0), other=MAN)
    assert lines(roster, ADA, noted) == ["noted that looms/4 felled an enemy"]
    assert lines(roster, MAN, noted) == ["was seen by Ada to fell an enemy: noted for merit"]


@pytest.mark.parametrize(
    ("deed", "did", "having"),
    [
        (w.DEED_RUNS, "ran", "run"),
        (w.DEED_GOES_AHEAD, "went ahead", "gone ahead"),
        (w.DEED_STAYS_BEHIND, "stayed behind", "stayed behind"),
    ],
)
def test_blame_is_told_with_the_deed_and_the_order(
    roster: Roster, deed: int, did: str, having: str
) -> None:
    """Of whoever blamed, and of whoever was blamed."""
    blamed = event(w.EVENT_BLAME, 10, ADA, other=MAN, place=deed, value=CHARGE)
    assert lines(roster, ADA, blamed) == [
        f"blamed looms/4, who {did}, though both had been told to charge"
    ]
    assert lines(roster, MAN, blamed) == [
        f"was blamed by Ada, having {having} against the order known"
    ]


def test_what_transfixed_somebody_is_told(roster: Roster) -> None:
    """A scream that was heard, or a fall that was seen."""
    scream = event(w.EVENT_SAY, 9, VAT, place=w.SAY_SCREAM, weapon=w.BY_VOICE)
    fall = event(w.EVENT_FALL, 19, VAT)
    by_ear = event(
        w.EVENT_GRIP, 10, MAN, (w.CAUSE_EVENT, w.EVENT_SAY, 9, VAT, 1.0), other=VAT, value=3.0
    )
    by_eye = event(
        w.EVENT_GRIP, 21, MAN, (w.CAUSE_EVENT, w.EVENT_FALL, 19, VAT, 1.0), other=VAT, value=4.0
    )
    assert lines(roster, MAN, scream, fall, by_ear, by_eye) == [
        "stood transfixed by a scream of vats/1, for 3.0 s",
        "stood transfixed by the sight of vats/1 going down, for 4.0 s",
    ]


def test_a_wink_is_told_of_both_and_as_a_fright(roster: Roster) -> None:
    """And stands among the reasons of a break."""
    wink = event(w.EVENT_WINK, 9, VAT, other=MAN)
    broke = event(w.EVENT_BREAK, 30, MAN, (w.CAUSE_EVENT, w.EVENT_WINK, 9, VAT, 0.9))
    assert lines(roster, VAT, wink) == ["winked at looms/4 over the mask"]
    assert lines(roster, MAN, wink, broke) == ["was winked at by vats/1, over a mask"]
    text = "\n".join(in_words(story_from(chronicle(wink, broke), MAN), roster, DT))
    assert "90 %: seeing vats/1 wink at 0:01" in text


def test_how_somebody_came_to_know_how_he_bled(roster: Roster) -> None:
    """By himself, or from a companion."""
    alone = event(w.EVENT_NOTICE, 10, MAN, other=MAN, value=120)
    told = event(w.EVENT_NOTICE, 20, MAN, other=ADA, value=300)
    assert lines(roster, MAN, alone, told) == [
        "noticed how they bled",
        "was told by Ada how they bled",
    ]


def test_one_who_bled_to_death_unaware(roster: Roster) -> None:
    """It is said of him, and neither of one who was told nor of one who died at once."""
    wound = event(w.EVENT_WOUND, 10, MAN, other=VAT, place=w.LEG, value=0.9)
    told = event(w.EVENT_NOTICE, 20, MAN, other=ADA, value=300)
    because = (w.CAUSE_EVENT, w.EVENT_WOUND, 10, MAN, 1.0)
    unaware = "looms/4 never knew how they bled."
    for death, events, expected in (
        (event(w.EVENT_DEATH, 400, MAN, because), (), True),
        (event(w.EVENT_DEATH, 400, MAN, because), (told,), False),
        (event(w.EVENT_DEATH, 10, MAN, because), (), False),
    ):
        text = in_words(story_from(chronicle(wound, *events, death), MAN), roster, DT)
        assert (unaware in text) is expected


def test_how_somebody_bleeds_is_said_with_what_he_knows_of_it() -> None:
    """The truth for the reader, and the fighter's own idea of it."""
    assert blood({"own_flow": 200, "bleeding": 0}) == "bleeding 120 mL a minute, not knowing it"
    assert blood({"own_flow": 200, "bleeding": 120}) == (
        "bleeding 120 mL a minute, 72 of that to their knowledge"
    )
    assert blood({"own_flow": 10, "bleeding": 0}) == ""


THOUGHTFUL = (
    MARKET
    + """
notions:
  - {name: over, says: it is over}
  - {name: how, kind: question, says: how it began}
people:
  - {name: Ada, unit: looms, memories: [the fire, {name: the flood, tags: [scream]}]}
  - {name: Vera, unit: vats}
"""
)


def test_what_goes_on_within_is_told() -> None:
    """Memories, notions, words said and heard, a reunion: of whoever has them."""
    roster = Roster.of(load(THOUGHTFUL))
    scream, said = CUES.index("scream"), len(CUES)
    events = [
        event(w.EVENT_RECALL, 10, ADA, place=1, weapon=scream, value=0.8),
        event(w.EVENT_THINK, 11, ADA, place=1, weapon=said, value=0.5),
        event(w.EVENT_CONCLUDE, 12, ADA, place=0, weapon=w.VERDICT_HOLDS, value=0.7),
        event(w.EVENT_CONCLUDE, 13, ADA, place=1, weapon=w.VERDICT_NO, value=0.1),
        event(w.EVENT_DOUBT, 14, ADA, place=0, value=0.4),
        event(w.EVENT_UTTER, 15, ADA, other=VAT, place=1, weapon=TONES.index("promise"), value=0.1),
        event(w.EVENT_TOLD, 16, ADA, other=VAT, place=1, weapon=w.BY_VOICE, value=0.0),
        event(w.EVENT_TOLD, 17, ADA, other=VAT, place=1, weapon=w.BY_SIGHT, value=1.0),
        event(w.EVENT_NAME, 18, ADA, other=VAT, place=1),
        event(w.EVENT_RAPT, 19, ADA, other=VAT, place=1, value=9.0),
    ]
    assert lines(roster, ADA, *events) == [
        "remembered the flood, at a scream",
        "thought: how it began (50% sure), at what was said",
        "came to hold: it is over (70% sure)",
        "answered with no: how it began (10% sure)",
        "came to doubt a memory: the fire",
        "said to Vera (promise): it is over, 10% sure of it",
        "overheard Vera: it is over",
        "read from the lips of Vera: it is over",
        "heard what Vera is called",
        "had Vera back, and forgot all else for 9 s",
    ]


def test_the_tone_in_which_somebody_was_told_something_is_said() -> None:
    """To be told a thing and to hear it denied are not the same."""
    roster = Roster.of(load(THOUGHTFUL))
    deny = TONES.index("deny")
    events = [
        event(w.EVENT_SAY, 10, VAT, other=ADA, place=w.SAY_TELL, weapon=w.BY_VOICE),
        event(w.EVENT_UTTER, 10, VAT, other=ADA, place=1, weapon=deny, value=0.9),
        event(
            w.EVENT_TOLD, 11, ADA, (w.CAUSE_EVENT, w.EVENT_SAY, 10, VAT, 1.0), other=VAT,
            place=1, weapon=w.BY_VOICE, value=1.0,
        ),
    ]  # fmt: skip
    assert lines(roster, ADA, *events) == ["was told by Vera (deny): it is over"]


def test_of_too_many_things_those_are_told_that_tell_most() -> None:
    """Each sort once before any again, in time; what merely passed through him gives way."""
    roster = Roster.of(load(THOUGHTFUL))
    lifts = [event(w.EVENT_LIFT, tick, ADA, other=VAT, value=0.1) for tick in range(30)]
    held = event(w.EVENT_CONCLUDE, 31, ADA, place=0, weapon=w.VERDICT_HOLDS, value=0.7)
    lost = event(w.EVENT_BELIEVE, 32, ADA, other=VAT, place=1, value=0.9)
    found = story_from(chronicle(*lifts, held, lost), ADA).spoken
    first, *told = deeds(found, ADA, roster, DT)
    assert first == f"(the {TOLD} that tell most, of 32 such things)"
    assert len(told) == TOLD
    assert [line.split("  ", 1)[1] for line in told[-2:]] == [
        "came to hold: it is over (70% sure)",
        "came to believe Vera dead",
    ]
    assert len(lines(roster, ADA, *lifts[:3], held, lost)) == 5
