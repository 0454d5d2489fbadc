"""How long sentences are, what one sentence holds, and that nobody stands who was told to lie."""

from __future__ import annotations

from dataclasses import replace

import pytest

from affray.record.testimony import Record, seal
from affray.record.testimony import Testimony as Words
from affray.tell.audit import Auditor, Leak
from affray.tell.breath import BREATH, in_one_breath
from affray.tell.chorus import chorus
from affray.tell.figures import Move, View, move
from affray.tell.joints import AND, BECAUSE, BUT, STOP, UNTIL
from affray.tell.lexicon import is_drawn
from affray.tell.mind import Mind
from affray.tell.pace import is_long, wanted_words
from affray.tell.plan import Wanted, Wish
from affray.tell.stances import Stances
from affray.tell.trees import Tree, parsed
from affray.tell.voice import Voice
from tests.tell.test_telling import mind, record
from tests.tell.told import Data, Told, as_read, sentences

# ------------------------------------------------------------------ how long


def test_a_long_sentence_comes_while_one_waits_and_none_at_the_crisis() -> None:
    """After some short ones it is due; sooner in a wait, and never on a wound."""
    voice, short = Voice(length=9.0), [8, 5, 9]
    waits = wanted_words(record(10, "stands"), voice, short)
    wounded = wanted_words(record(10, "wound"), voice, [*short, *short, *short])
    assert is_long(waits, voice)
    assert not is_long(wanted_words(record(10, "foe_open"), voice, short), voice)
    assert is_long(wanted_words(record(10, "foe_open"), voice, [*short, *short]), voice)
    assert wounded < voice.length < waits


def test_after_a_long_sentence_comes_a_short_one() -> None:
    """Whoever has drawn breath says little first."""
    voice = Voice(length=9.0)
    assert wanted_words(record(10, "stands"), voice, [7, 24]) < voice.length


def test_who_joins_gladly_has_long_sentences_sooner() -> None:
    """And whoever does not, later."""
    lengths = [8, 5, 9, 7]
    sparing, flowing = Voice(joins=0.0), Voice(joins=1.0)
    here = record(10, "foe_open")
    assert is_long(wanted_words(here, flowing, lengths), flowing)
    assert not is_long(wanted_words(here, sparing, lengths), sparing)


# ------------------------------------------------------------------ what one sentence holds


def grown(*records: Record, joints: tuple[str, ...] = ()) -> list[tuple[str, Wish]]:
    """What can be added to the first of some records, or to the first few joined as said, and what
    joins it.
    """
    known = Mind(mind(*records, kinds=("mate", "foe", "one")))
    told = known.records[: len(joints) + 1]
    first = Wanted(tuple(Wish(one.pred, one) for one in told), joints)
    view = View(told[0], known.records[1:], known, {})
    found: list[Move] = list(in_one_breath(view, move("plainly", [first], told)))
    assert all(one.figure == BREATH for one in found)
    return [(one.wanted[0].joints[-1], one.wanted[0].wishes[-1]) for one in found]


def test_a_sentence_does_not_go_out_again() -> None:
    """Once it has come to what one felt or did, it goes on with that, or to what ended it."""
    falls, fear = record(20, "mate_falls", 0), record(22, "fear", much=0.6)
    for last, added in ((record(24, "scream"), False), (record(24, "throws", 1), True)):
        assert bool(grown(falls, fear, last, joints=(BUT,))) is added


def until(one: Record, tick: int) -> Record:
    """The same, and it lasted."""
    return replace(one, until=tick)


@pytest.mark.parametrize(
    ("first", "then", "joint"),
    [
        (record(20, "throws", 1), record(24, "goes_on"), AND),
        (record(20, "scream"), record(24, "fear", much=0.6), BUT),
        (record(20, "foe_comes", 1, metres=2.0), record(22, "fights", 1, number=1), BUT),
        (until(record(20, "stands"), 60), record(60, "scream"), UNTIL),
        (until(record(20, "stands"), 60), record(40, "mate_falls", 0), BUT),
        (record(20, "din"), record(24, "blood_smell"), STOP),
    ],
)  # fmt: skip
def test_what_follows_in_one_mind_is_told_in_one_breath(
    first: Record, then: Record, joint: str
) -> None:
    """A deed upon a deed, what one felt at what one heard, what ended a wait or came in it, how it
    was there.
    """
    assert joint in {with_ for with_, _ in grown(first, then)}


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (record(20, "mate_beside", 0), record(22, "foe_open", 1)),
        (record(20, "scream"), record(80, "fear", much=0.6)),
        (record(20, "alone"), record(22, "mate_beside", 0)),
        (record(20, "wound", place="arm"), record(18, "goes_on")),
        (record(20, "foe_comes", 1, metres=2.0), record(22, "fights", 2, number=1)),
        (record(20, "heart"), record(22, "wound", place="arm")),
        (record(20, "scream"), record(22, "notices_blood")),
    ],
)  # fmt: skip
def test_what_does_not_follow_is_not(first: Record, then: Record) -> None:
    """Two sights of two people, what came long after or before, what cannot both be so; a wound
    upon a mood, and blood of one's own upon somebody's scream.
    """
    assert not grown(first, then)


def test_a_reason_is_not_gone_on_with() -> None:
    """What came after "because" would seem to be a reason, too."""
    fear, scream, goes = record(24, "fear", much=0.6), record(20, "scream"), record(26, "goes_on")
    assert not grown(fear, scream, goes, joints=(BECAUSE,))


def test_a_sentence_does_not_come_back_to_somebody() -> None:
    """Once it has gone on from him to another."""
    falls, comes = record(20, "mate_falls", 0), record(22, "foe_comes", 1, metres=2.0)
    runs = record(24, "mate_flees", 0)
    assert not [
        wish for _, wish in grown(falls, comes, runs, joints=(BUT,)) if wish.record.whom == 0
    ]


def test_what_one_was_at_lasted_while_all_of_it_came(battles: list[Told]) -> None:
    """Had it been over at once, the audit would find whatever is told to have come meanwhile, by
    "while" or by what one was at, however many things these are.
    """
    moved = 0
    for told in battles:
        for telling in told.tellings:
            for scene, sentence in sentences(telling):
                first = sentence["clauses"][0]
                if first.get("form") != "ing" and sentence.get("opening") != "while ":
                    continue
                testimony = told.of(scene)
                records = tuple(replace(one, until=one.tick) if one.id == first["record"] else one
                                for one in testimony.records)  # fmt: skip
                assert _leaks_in(told, scene, sentence, replace(testimony, records=records))
                moved += 1
    assert moved


def _leaks_in(told: Told, scene: Data, sentence: Data, testimony: Words) -> list[Leak]:
    """What the audit finds in the words of one sentence, held to another testimony."""
    clauses = [one | {"seal": seal(testimony.records[one["record"]])}
               for one in sentence["clauses"]]  # fmt: skip
    alone = scene | {"paragraphs": [[sentence | {"clauses": clauses}]]}
    auditor = Auditor(scene["witness"], testimony, told.lexicon, told.testimonies)
    return [leak for one in auditor.scene(alone) for leak in one.leaks if leak.kind == "word"]


# ------------------------------------------------------------------ who lies there

FALLEN = {"mate_falls", "lies", "foe_down", "fells"}
ON_HIS_FEET = {"mate_beside", "mate_flees", "foe_comes", "foe_open", "foe_stares", "runs",
               "strikes", "mate_fells"}  # fmt: skip


def test_nobody_stands_who_was_told_to_lie(battles: list[Told]) -> None:
    """In no telling, however long: a track that was told to be on the ground is not told to be on
    its feet, nor to go down once more, unless it was told that it was helped up.
    """
    fallen = 0
    for told in battles:
        many = list(told.testimonies.values())
        longest = as_read(chorus(many, told.lexicon, told.voices, 3000))
        for telling in (*told.tellings, longest):
            down: dict[tuple[str, int, str], int] = {}
            for scene, sentence in sentences(telling):
                records = told.of(scene).records
                for clause in sentence["clauses"]:
                    one = records[clause["record"]]
                    who = (scene["witness"], one.whom, scene["heading"])
                    falls = one.pred in FALLEN or bool(one.get("down"))
                    stands = one.pred in ON_HIS_FEET and not one.get("down")
                    if one.whom < 0 or is_drawn(clause["frame"]):
                        continue  # what one has with him does not say how he is
                    if down.get(who) == clause["record"]:
                        continue
                    assert not (who in down and (falls or stands)), sentence["text"]
                    if falls:
                        down[who], fallen = clause["record"], fallen + 1
                    if one.pred == "helps_up":
                        down.pop(who, None)
    assert fallen > 10


def test_who_was_helped_up_stands() -> None:
    """And whoever has a name, once it is long ago that he lay there."""
    ada = record(0, "tie", of="Ada", love=0.9)
    known = Mind(mind(ada, record(18, "takes_for", 2, "Ada", sure=0.95),
                      record(20, "mate_falls", 0), record(22, "lies", 2),
                      record(30, "helps_up", 0), record(40, "mate_beside", 0),
                      record(60, "strikes", 2), record(900, "strikes", 2),
                      kinds=("mate", "foe", "one")))  # fmt: skip
    _, _, falls, lies, helps, beside, strikes, later = known.records
    stances = Stances(known)
    for one in (falls, lies):
        stances.take(one)
    assert stances.deny(beside)
    assert stances.deny(strikes)
    assert not stances.deny(later)
    stances.take(helps)
    assert not stances.deny(beside)


@pytest.mark.parametrize(
    ("say", "alone"),
    [
        ("{I} [go] down", True),
        ("{I} and {whom} [look] at each other", False),
        ("the ground [give] under {me}", False),
    ],
)
def test_who_tells_is_left_out_only_where_he_is_the_subject_alone(say: str, alone: bool) -> None:
    """After "and", as in "she throws and goes down"; but not in "she and a mask look at ..."."""
    assert Tree(say, parsed(say)).begins_with_me is alone
