"""What a telling leaves out, since it was told; and what it does not."""

from __future__ import annotations

from dataclasses import replace

from affray.record.testimony import Testimony as Words
from affray.tell.chorus import chorus
from affray.tell.collective import of_one_mind
from affray.tell.heading import company
from affray.tell.lexicon import lexicon_of
from affray.tell.mind import Mind
from affray.tell.odds import at_odds
from affray.tell.stale import is_stale
from affray.tell.teller import tell
from affray.tell.voice import SELDOM, History, Voices
from tests.tell.test_telling import mind, record

_ADA = record(0, "tie", of="Ada", love=0.9)
_KNOWN = (record(20, "sees", 0, metres=6.0, hair="red"),
          record(20, "takes_for", 0, "Ada", sure=0.95))  # fmt: skip


def texts_of(testimony: Words) -> dict[str, str]:
    """The text of each frame that is told of a testimony."""
    telling = tell(testimony, lexicon_of(), Voices(), 2000)
    return {clause.frame: clause.text for scene in telling.scenes for sentence in scene.sentences()
            for clause in sentence.clauses}  # fmt: skip


def test_what_another_record_told_is_passed_over() -> None:
    """Blood on one whose wounds one sees to, fear in one who looked afraid; not another's."""
    testimony = mind(record(10, "tends", 0, seconds=2.0), record(20, "bleeds", 0),
                     record(20, "bleeds", 1), record(30, "afraid", 0, sure=0.7),
                     record(34, "foe_afraid", 0, sure=0.6), kinds=("one", "one"))  # fmt: skip
    known, told = Mind(testimony), {0, 3}
    assert [is_stale(one, known, told) for one in testimony.records[1:]] == [
        True, False, False, True]  # fmt: skip
    assert not is_stale(testimony.records[1], known, set())


def test_a_scene_ends_on_no_mere_noise() -> None:
    """But on what came before it; a short one keeps what it has."""
    records = (record(10, "stands", seconds=4.0), record(30, "wound", place="arm", deep=0.4),
               record(60, "fear", much=0.7), record(90, "fights", 0, number=2, hits=1),
               record(110, "scream", timbre="a man", level=80))  # fmt: skip
    frames = [*texts_of(mind(*records, kinds=("foe",)))]
    assert "fights" in {frame.partition("/")[0] for frame in frames}
    assert "scream" not in frames
    assert "scream" in texts_of(mind(records[0], records[-1]))


def test_whom_one_holds_oneself_is_not_seen_in_the_grip_of_somebody() -> None:
    """Of another it is told, and where no power was used."""
    uses, grip = record(10, "uses", 0, power="arms"), record(12, "in_grip", 0)
    for before, seen, stale in ((uses, grip, True), (uses, record(12, "in_grip", 1), False),
                                (record(10, "sees", 0), grip, False)):  # fmt: skip
        testimony = mind(before, seen, kinds=("one", "one"))
        assert is_stale(testimony.records[1], Mind(testimony), set()) is stale


def test_a_power_that_is_used_is_not_gathered_first() -> None:
    """It is told that it gathers only where nothing came of it."""
    gathers, uses = record(10, "gathers", power="mark"), record(14, "uses", power="mark")
    for used, stale in ((uses, True), (record(14, "uses", power="rock"), False)):
        testimony = mind(gathers, used)
        assert is_stale(testimony.records[0], Mind(testimony), set()) is stale


def test_what_strikes_by_its_kind_rests() -> None:
    """Longer where several tell; and what is not of such a kind never."""
    history = History(minds=3)
    torn, fights = record(10, "torn"), record(12, "fights", 0)
    history.tell_of(torn)
    history.tell_of(fights)
    for history.sentences in (1, SELDOM["torn"] - 1):
        assert history.too_soon(torn)
        assert not history.too_soon(fights)
    history.minds = 1
    assert not history.too_soon(torn)


def test_laughter_is_one_kind_in_whatever_way_it_comes_and_every_call_its_own() -> None:
    """A companion's laugh that is seen, one that is heard, one's own; but no word of the lost."""
    history = History(minds=3)
    history.tell_of(record(10, "mate_laughs", 0))
    assert history.too_soon(record(12, "call", 0, says="laugh"))
    assert history.too_soon(record(14, "says", says="laugh"))
    assert not history.too_soon(record(14, "call", 0, says="lost"))
    history.tell_of(record(14, "call", 0, says="lost"))
    assert history.too_soon(record(15, "call", 1, says="lost"))


def test_who_ran_is_not_tended_in_the_next_breath() -> None:
    """Somebody else is."""
    known = Mind(mind(record(10, "mate_flees", 0), record(20, "tends", 0), record(22, "tends", 1)))
    flees, him, another = known.records
    assert at_odds(him, [flees], known)
    assert not at_odds(another, [flees], known)


def test_she_is_her_right_after_her_name() -> None:
    """Named once, and then spoken of by a pronoun; he who tells is a man."""
    text = " ".join(texts_of(mind(_ADA, *_KNOWN, record(24, "threatened", 0, metres=2.0),
                                  record(28, "bleeds", 0))).values())  # fmt: skip
    assert "Ada" in text
    assert {"she", "her"} & {*text.lower().replace(".", " ").split()}


def test_who_it_may_be_is_said_of_whoever_is_told_of() -> None:
    """Half known, somebody who lies there is told with a guess at who it is."""
    told = texts_of(mind(_ADA, record(20, "sees", 0, metres=30.0, hair="red"),
                         record(20, "takes_for", 0, "Ada", sure=0.7),
                         record(24, "lies", 0)))  # fmt: skip
    guess = [text for frame, text in told.items() if frame.startswith("takes_for")]
    assert guess
    assert all("Ada" in one and ("perhaps" in one or "thought" in one) for one in guess)


def test_a_chorus_ends_on_what_comes_out_last() -> None:
    """Whatever else there is to tell, somebody who is found is told of last."""
    fight = [record(tick, "fights", 1, number=3, hits=1, weapon="knife", seconds=3.0)
             for tick in range(10, 1600, 40)]  # fmt: skip
    found = [record(1900, "driven", of="Ada", deed="seek"), record(1910, "quiet", level=40),
             record(1920, "alone"), record(1930, "spent"), record(1940, "fear", much=0.6),
             record(1990, "rapt", of="Ada", seconds=9.0)]  # fmt: skip
    one = mind(_ADA, *_KNOWN, *fight, *found, kinds=("one", "foe"), name="Ib")
    one = replace(one, last_tick=2000)
    telling = chorus([one, replace(one, luck=8)], lexicon_of(), Voices(), 400)
    last = telling.scenes[-1].sentences()[-1].clauses[-1]
    assert one.records[last.record].pred == "rapt"


def test_those_tell_together_who_share_most() -> None:
    """Three who heard it and saw it, rather than four who only heard it."""
    heard, seen = record(50, "scream", timbre="a woman"), record(52, "marvel", power="mark")
    both = [mind(heard, seen) for _ in range(3)]
    assert len(of_one_mind([*both, mind(heard)], 50)) == len(both)
    assert len(of_one_mind([*both[:2], *[mind(heard) for _ in range(2)]], 50)) == len(both) + 1


def test_who_tells_together_is_said_by_a_few_names() -> None:
    """And of those whom nobody named, that there are such."""
    assert company(["Ib", "red/4"]) == "Ib and another, together"
    assert company(["Ib", "Ada", "Bea", "Cy", "red/4"]) == "Ib, Ada, Bea and others, together"
    assert company(["red/4", "red/5", "red/6"]) == "some of them, together"
