"""What a telling says first so that the rest makes sense, and what it does not say so soon."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from affray.record.testimony import Record
from affray.tell.audit import audited
from affray.tell.chorus import chorus
from affray.tell.demands import demands_of
from affray.tell.english import definite
from affray.tell.episodes import Episode
from affray.tell.figures import View, again_and_again, are_alike
from affray.tell.filler import objects_of
from affray.tell.joints import BY_THEN, LATER, LONG_AFTER
from affray.tell.lexicon import Said, lexicon_of, parse_lexicon
from affray.tell.longer import later
from affray.tell.mentions import Mentions
from affray.tell.mind import Mind
from affray.tell.needs import needed
from affray.tell.odds import at_odds, is_guessed_again
from affray.tell.openings import openings
from affray.tell.output import as_data
from affray.tell.plan import Wanted, Wish
from affray.tell.refer import Referring
from affray.tell.say import Speaker
from affray.tell.scenes import Stretch
from affray.tell.sense import Sense
from affray.tell.stale import is_stale
from affray.tell.teller import tell
from affray.tell.trees import Tree, parsed
from affray.tell.voice import History, Voice, Voices
from tests.tell.test_telling import mind, record
from tests.tell.told import Told

_ADA = record(0, "tie", of="Ada", love=0.9)
SIGHT = record(20, "sees", 0, metres=6.0, hair="red")
WOUND = record(20, "wound", place="leg", harm="cut", deep=0.6)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (WOUND, record(21, "fall")),
        (SIGHT, record(21, "takes_for", 0, "Ada", sure=0.7)),
        (SIGHT, replace(record(22, "recalls", memory="the well"), links={"cue": (1,)})),
        (record(20, "scream"), replace(record(21, "gripped"), links={"evidence": (1,)})),
        (record(20, "breaks"), record(20, "flees", seconds=9.0)),
    ],
)  # fmt: skip
def test_what_a_thing_needs_is_told_before_it(before: Record, after: Record) -> None:
    """The wound before the fall, the sight before the guess and the memory; once."""
    known = Mind(mind(_ADA, before, after))
    _, first, second = known.records
    assert needed(second, known, set()) is first
    assert needed(second, known, {first.id}) is None
    assert needed(first, known, set()) is None


def test_who_was_held_for_dead_is_known_before_what_one_thinks_of_him() -> None:
    """Though the thought came a breath before: seen, known, alive, and then the question."""
    dead = record(0, "tie", of="Ada", love=0.9, dead=1.0)
    thought = record(21, "thinks", of="Ada", notion="why", kind="question")
    taken = replace(record(22, "takes_for", 0, "Ada", sure=0.9), links={"evidence": (1,)})
    alive = replace(record(22, "believes_alive", of="Ada", sure=0.9), links={"evidence": (1,)})
    known = Mind(mind(dead, SIGHT, thought, taken, alive))
    _, seen, why, who, lives = known.records
    assert needed(why, known, set()) is lives
    assert needed(lives, known, {seen.id}) is who
    assert needed(why, known, {seen.id, who.id, lives.id}) is None


def test_whom_one_knows_again_is_no_longer_whom_one_took_him_for() -> None:
    """At the very moment: he has no name yet, neither the old one nor that of the dead."""
    dead = record(0, "tie", of="Ada", love=0.9, dead=1.0)
    known = Mind(mind(dead, record(20, "takes_for", 0, "Bea", sure=0.9),
                      record(40, "takes_for", 0, "Ada", sure=0.7)))  # fmt: skip
    assert [label and label.name for label in (known.label(0, tick) for tick in (30, 40, 41))] == [
        "Bea", None, "Ada"]  # fmt: skip


def test_who_fell_gets_up_before_he_goes_on() -> None:
    """If it was told that he fell."""
    known = Mind(mind(record(10, "fall"), record(20, "rise"), record(30, "goes_on", seconds=4.0)))
    fall, rise, goes_on = known.records
    assert needed(goes_on, known, {fall.id}) is rise
    assert needed(goes_on, known, set()) is None


def test_nobody_gets_up_or_goes_down_twice_in_a_row() -> None:
    """Of two falls, of which one got up each time, nothing is told as it cannot have been."""
    known = Mind(mind(record(10, "fall"), record(20, "rise"), record(30, "fall"),
                      record(40, "rise")))  # fmt: skip
    first, up, second, again = known.records
    assert is_stale(again, known, {first.id, up.id})
    assert not is_stale(again, known, {first.id, up.id, second.id})
    assert not is_stale(again, known, set())
    assert needed(second, known, {first.id}) is up
    assert needed(second, known, {first.id, up.id}) is None
    assert needed(second, known, set()) is None


@pytest.mark.parametrize(
    ("told", "next_one", "odd"),
    [
        (record(10, "alone"), record(20, "mate_beside", 0), True),
        (record(10, "alone"), record(400, "mate_beside", 0), False),
        (record(10, "mate_falls", 0), record(20, "mate_beside", 0), True),
        (record(10, "mate_falls", 1), record(20, "mate_beside", 0), False),
        (record(10, "foes_gone"), record(20, "foe_open", 0), True),
        (record(10, "fights", 0, number=1), record(20, "foes_gone"), False),
        (record(10, "flees"), record(20, "foes_gone"), True),
        (record(10, "says", says="order", word="withdraw"), record(20, "goes_on"), True),
        (record(10, "says", says="order", word="advance"), record(20, "goes_on"), False),
        (record(10, "fails", power="mark"), record(12, "driven", deed="use", power="mark"), True),
    ],
)  # fmt: skip
def test_what_is_at_odds_with_what_was_told_is_left_out(
    told: Record, next_one: Record, odd: bool
) -> None:
    """Nobody is alone and in company, or stands there and has fallen, in one breath."""
    known = Mind(mind(told, next_one, kinds=("mate", "mate")))
    assert at_odds(known.records[1], known.records[:1], known) is odd


def test_nobody_is_told_of_as_alive_who_was_just_held_for_dead() -> None:
    """It is of him alone that nothing is told."""
    fear = record(24, "afraid", 0, sure=0.7)
    for of, odd in (("Ada", True), ("Bea", False)):
        known = Mind(mind(_ADA, SIGHT, record(20, "takes_for", 0, "Ada", sure=0.95),
                          record(22, "believes_dead", of=of, sure=0.7), fear))  # fmt: skip
        assert at_odds(known.records[-1], known.records[3:4], known) is odd


def test_who_was_named_is_not_guessed_at() -> None:
    """A guess at a name that was said already says less than was said."""
    guess = record(30, "takes_for", 0, "Ada", sure=0.7)
    known = Mind(mind(_ADA, SIGHT, guess))
    mentions = Mentions()
    assert not is_guessed_again(known.records[-1], known, mentions)
    mentions.mention(1, "Ada")
    assert is_guessed_again(known.records[-1], known, mentions)


def test_they_are_those_who_were_spoken_of_last() -> None:
    """Words with "them" in them need somebody whom that means."""
    known = Mind(mind(record(10, "foes_near", number=2, behind=0)))
    lexicon = lexicon_of()
    sense = Sense(known, lexicon, History())
    trees = lexicon.of("foes_near")
    them = next(tree for tree in trees if tree.say == "{number} of them [be:pl] within reach")
    here, mentions = known.records[0], Mentions()
    assert not sense.makes(them, "foes_near", here, mentions)
    mentions.they = "ours"
    assert not sense.makes(them, "foes_near", here, mentions)
    mentions.they = "foes"
    assert sense.makes(them, "foes_near", here, mentions)


def test_what_two_have_behind_them_is_said_of_one_alone() -> None:
    """Words that are written for somebody are said of nobody else, nor of whoever is unknown."""
    tree = Said(say="{whom} [be] there, who taught {me}", of=("Ada",)).tree(True)
    for names, said in (((), False), (("Bea",), False), (("Ada",), True)):
        known = Mind(mind(SIGHT, *[record(20, "takes_for", 0, one, sure=0.95) for one in names]))
        sense = Sense(known, lexicon_of(), History())
        assert sense.makes(tree, "sees", known.records[0], Mentions()) is said


@pytest.mark.parametrize(
    ("say", "kind", "named", "said"),
    [
        ("one of {ours} [fall], and it [be] {whom}", "friend", True, True),
        ("one of {ours} [fall], and it [be] {whom}", "friend", False, False),
        ("that [make] one more: {whom}", "friend", False, False),
        ("then it [be] {whom} who [come] for {me}", "foe", False, True),
        ("{whom} [fall]", "friend", False, True),
    ],
)  # fmt: skip
def test_who_it_was_is_said_of_whoever_can_be_told_apart(
    say: str, kind: str, named: bool, said: bool
) -> None:
    """It was Ada; not: one of his own fell, and it was one of his own."""
    names = [record(20, "takes_for", 0, "Ada", sure=0.95)] if named else []
    known = Mind(mind(*names, record(24, "mate_falls", 0), kinds=(kind,)))
    sense = Sense(known, lexicon_of(), History())
    tree = Said(say=say).tree(True)
    assert sense.makes(tree, "mate_falls", known.records[-1], Mentions()) is said


def test_of_several_weapons_the_one_that_is_used_is_spoken_of_first() -> None:
    """Who fights with a spear in a scene does not open it with the sword at his side."""
    known = Mind(mind(record(0, "belongs"), record(0, "carries", weapon="spear"),
                      record(0, "carries", weapon="sword"),
                      record(20, "throws", 0, weapon="stone"),
                      record(24, "fights", 0, weapon="spear", number=1)))  # fmt: skip
    fought = Stretch((Episode("fight", known.records[3:]),))
    said = {how: used for how, _, used in openings(known, fought, set(), iter(()))}
    assert [one.get("weapon") for one in said["belongs"]] == [None, "spear"]


@pytest.mark.parametrize(("until", "long_after"), [(20, True), (895, False)])
def test_long_after_is_long_after_the_end(until: int, long_after: bool) -> None:
    """Who stood for three minutes, and then saw somebody run, did not see it long after that."""
    stands = replace(record(10, "stands", seconds=9.0), until=until)
    speaker = Speaker(
        Mind(mind(stands, record(900, "foes_gone"))), lexicon_of(), Voice(), History()
    )
    stood, gone = speaker.mind.records
    mentions = Mentions()
    assert speaker.sentence(Wanted((Wish("stands", stood),)), "plainly", mentions) is not None
    later = Wanted((Wish("foes_gone", gone),), (), LONG_AFTER)
    assert (speaker.sentence(later, "later", mentions) is not None) is long_after


@pytest.mark.parametrize(("pred", "said"), [("mate_flees", False), ("goes_on", False),
                                            ("alone", True), ("mates_down", True)])  # fmt: skip
def test_by_then_is_said_of_what_was_so(pred: str, said: bool) -> None:
    """By then he was alone; not: by then a man ran."""
    known = Mind(mind(record(60, pred, 0 if pred == "mate_flees" else -1), kinds=("friend",)))
    opened = {move.wanted[0].opening for move in later(View(known.records[0], (), known, {}))}
    assert LATER in opened
    assert (BY_THEN in opened) is said


@pytest.mark.parametrize(("pred", "lengths"), [("mates_down", {1}), ("mates_flee", {1, 2})])
def test_those_who_lie_there_are_told_once(pred: str, lengths: set[int]) -> None:
    """Who runs may be told, and that others ran; who lies there, and that others lay, is one."""
    known = Mind(mind(*[record(10 * tick, pred, number=4) for tick in range(1, 6)]))
    here, *others = known.records
    press = View(here, (), known, {}, alike=tuple(others))
    assert {len(move.wanted) for move in again_and_again(press)} == lengths


def test_a_sentence_holds_what_is_alike() -> None:
    """The light and the noise; not the light and a companion."""
    dim, din = record(10, "dim", much=0.5), record(10, "din", level=80)
    assert are_alike(dim, din)
    assert not are_alike(dim, din, record(10, "mate_beside", 0))


def test_somebody_is_the_one_once_he_was_spoken_of() -> None:
    """What was seen of somebody is how he is known again."""
    assert definite("somebody small") == "the small one"
    assert definite("somebody in a Sunday coat") == "the one in a Sunday coat"
    assert definite("a stout man") == "the stout man"
    assert definite("the one with red hair") == "the one with red hair"


def test_two_of_one_gender_need_no_second_name() -> None:
    """Where a sentence speaks of nobody else, he is "him", though he who tells is a man, too."""
    bo = record(0, "tie", of="Bo", love=0.9)
    testimony = mind(bo, record(20, "sees", 0, metres=6.0, hair="red"),
                     record(20, "takes_for", 0, "Bo", sure=0.95), record(24, "bleeds", 0),
                     record(26, "threatened", 0, metres=2.0))  # fmt: skip
    testimony = replace(testimony, knows={"Bo": {"gender": "man", "love": 0.9}})
    sentences = [one for luck in range(8)
                 for scene in tell(replace(testimony, luck=luck), lexicon_of(), Voices()).scenes
                 for one in scene.sentences()]  # fmt: skip
    both = [one for one in sentences if [clause.frame for clause in one.clauses]
            == ["bleeds", "threatened"]]  # fmt: skip
    assert both
    assert all("Bo" not in one.clauses[1].text for one in both)


def test_those_of_one_unit_whom_nobody_named_tell_a_few_times(battles: list[Told]) -> None:
    """However much they have to tell; and each has a heading of his own."""
    for told in battles:
        many = list(told.testimonies.values())
        scenes = chorus(many, told.lexicon, told.voices, 6000).scenes
        unnamed = [one for one in scenes if "/" in one.witness and one.together is None]
        units = Counter(one.witness.split("/")[0] for one in unnamed)
        assert units
        assert max(units.values()) <= 3
        first = {one.witness: one.heading.split(" of ")[0] for one in reversed(unnamed)}
        for unit in units:
            said = [what for who, what in first.items() if who.startswith(f"{unit}/")]
            assert len({*said}) == len(said)


def test_the_last_who_tells_has_a_name() -> None:
    """Though somebody whom nobody named has more to tell, and later."""
    hard = (("stands", {"seconds": 8.0}), ("din", {"level": 80}), ("wound", {"place": "arm"}),
            ("pain", {"much": 0.6}), ("fear", {"much": 0.6}), ("spent", {}), ("alone", {}),
            ("dim", {"much": 0.5}), ("breaks", {}), ("flees", {"seconds": 9.0}))  # fmt: skip
    happened = [record(start + 15 * place, pred, **features) for start in (10, 900, 1800)
                for place, (pred, features) in enumerate(hard)]  # fmt: skip
    named = replace(mind(*happened[: len(hard)], name="Ib"), last_tick=2000)
    unnamed = replace(mind(*happened), last_tick=2000, luck=9)
    scenes = chorus([named, unnamed], lexicon_of(), Voices(), 3000).scenes
    assert scenes[-1].witness == "Ib"


def test_a_scene_ends_on_what_was_done_at_the_moment_that_reached_many() -> None:
    """A scream ends the scenes of both who heard it; of her who did something at that, her deed."""
    before = [record(20 + 12 * place, pred, **features) for place, (pred, features) in enumerate(
        (("din", {"level": 80}), ("fear", {"much": 0.6}), ("spent", {}), ("alone", {}),
         ("dim", {"much": 0.5}), ("heart", {"much": 0.2}), ("quiet", {"level": 40})))]  # fmt: skip
    scream = record(200, "scream", timbre="inhuman", level=120)
    heard = replace(mind(*before, scream, name="Bo"), last_tick=400)
    did = replace(mind(*before, scream, record(204, "uses", power="mark"), name="Ib"),
                  last_tick=400, luck=9)  # fmt: skip
    ends = {}
    for scene in chorus([heard, did], lexicon_of(), Voices(), 700).scenes:
        records = (did if scene.witness == "Ib" else heard).records
        ends[scene.witness] = records[scene.sentences()[-1].clauses[-1].record].pred
    assert ends["Ib"] == "uses"


ARM, LEG = (record(tick, "wound", place=place, harm="cut", deep=0.5)
            for tick, place in ((20, "arm"), (30, "leg")))  # fmt: skip


def after_both(pred: str, of: int) -> Mind:
    """Two wounds, and what came of the first (0) or the second (1)."""
    came = replace(record(34, pred, much=0.6), links={"evidence": (of,)})
    return Mind(mind(ARM, LEG, came))


@pytest.mark.parametrize("pred", ["pain", "notices_blood", "bound", "pull"])
def test_what_came_of_one_wound_is_not_told_of_another(pred: str) -> None:
    """Of two in two places: the one that it came of is told before it, and it is not told right
    after the other, whose it would seem to be.
    """
    known = after_both(pred, 0)
    arm, leg, came = known.records
    assert needed(came, known, {leg.id}) is arm
    assert needed(came, known, {arm.id}) is None
    assert at_odds(came, [arm, leg], known)
    assert not at_odds(came, [leg, arm], known)
    other = after_both(pred, 1)
    assert not at_odds(other.records[-1], other.records[:2], other)


def test_two_wounds_are_two() -> None:
    """Whatever came together is told together, and both of them."""
    testimony = mind(ARM, LEG, record(40, "fear", much=0.6), record(44, "fall"),
                     record(60, "rise"))  # fmt: skip
    told = {testimony.records[clause.record].get("place")
            for scene in tell(testimony, lexicon_of(), Voices(), 2000).scenes
            for one in scene.sentences() for clause in one.clauses}  # fmt: skip
    assert {"arm", "leg"} <= told


@pytest.mark.parametrize("dead", [0.0, 0.9])
def test_who_was_held_for_dead_is_seen_before_he_is_known(dead: float) -> None:
    """As one whom nobody could name; and is that one from then on. Others are known at sight."""
    known = Mind(mind(
        record(0, "tie", of="Ada", love=0.9, dead=dead),
        record(20, "sees", 0, metres=6.0, hair="red"),
        record(20, "takes_for", 0, "Ada", sure=0.95), record(20, "believes_alive", of="Ada"),
        record(30, "strikes", 0), record(90, "sees", 1, metres=6.0, hair="red"),
        record(90, "takes_for", 1, "Ada", sure=0.95), kinds=("one", "one"),
    ))  # fmt: skip
    names = [label.name if (label := known.label(track, tick)) else ""
             for track, tick in ((0, 20), (0, 30), (1, 90))]  # fmt: skip
    assert names == ["" if dead else "Ada", "Ada", "Ada"]


def test_who_is_known_again_at_once_is_that_one_until_then() -> None:
    """Somebody is seen, looks over, and is known for one held for dead, all in one moment: until it
    was told who that is, the audit takes "that one" for whoever was just spoken of.
    """
    at_once = (record(20, "sees", 0, metres=6.0, build="narrow"), record(20, "looks_here", 0),
               record(20, "takes_for", 0, "Ada", sure=0.83))  # fmt: skip
    testimony = mind(record(0, "tie", of="Ada", love=0.9, dead=1.0), *at_once,
                     record(20, "believes_alive", of="Ada", sure=0.83), record(40, "strikes", 0),
                     record(41, "bleeds", 0))  # fmt: skip
    told = ""
    for luck in range(20, 40):
        one = replace(testimony, luck=luck * 7919)
        telling = as_data(tell(one, lexicon_of(), Voices(), 500))
        licences = list(audited(telling, {"u/2": one}, lexicon_of()))
        assert not [leak for licence in licences for leak in licence.leaks]
        told += " ".join(licence.sentence for licence in licences)
    assert "That one" in told


def test_nobody_comes_who_is_being_fought() -> None:
    """Another may."""
    known = Mind(mind(record(10, "fights", 0), record(14, "foe_comes", 0, metres=2.0),
                      record(15, "foe_comes", 1, metres=2.0), kinds=("foe", "foe")))  # fmt: skip
    fights, him, another = known.records
    assert at_odds(him, [fights], known)
    assert not at_odds(another, [fights], known)


def test_a_question_is_told_before_its_answer() -> None:
    """Though the answer alone was chosen."""
    asked = record(10, "utters", notion="home", tone="ask")
    answer = replace(record(20, "hears_said", 0, notion="book", tone="answer"),
                     links={"answers": (0,)})  # fmt: skip
    known = Mind(mind(asked, answer))
    question, heard = known.records
    assert needed(heard, known, set()) is question
    assert needed(heard, known, {question.id}) is None


@pytest.mark.parametrize("say", [
    "{I} [strike] at {whom}, who [knock] it aside", "it [be] {whom} who [come]",
    "{I} [see] {whom}, whose hands [shake]",
])  # fmt: skip
def test_no_who_goes_on_about_a_pronoun(say: str) -> None:
    """It was him, who came: nobody says so."""
    assert objects_of(Tree(say, parsed(say))) == [False]
    plain = "{I} [strike] at {whom}, once"
    assert objects_of(Tree(plain, parsed(plain))) == [True]


@pytest.mark.parametrize(
    ("say", "goes_on"),
    [
        ("{whom} [bleed] and somebody [have] to do something", False),
        ("{whom} [bleed] and [look] at {me}", True),
        ("{whom} [stand] there with shield and spear", True),
    ],
)
def test_who_goes_on_about_one_alone(say: str, goes_on: bool) -> None:
    """He saw her, who bled and somebody had to do something: nobody says so."""
    wishes = tuple(Wish("bleeds", record(1, "bleeds", 0), relative=place > 0) for place in (0, 1))
    demands = demands_of(Wanted(wishes, (", ",)), 1)
    assert demands.relative
    assert demands.suit(Tree(say, parsed(say))) is goes_on


def test_a_memory_without_a_short_name_is_called_by_its_own() -> None:
    """What it was is a clause, and does not stand where a thing is named."""
    text = """\
predicates:
  remembers: ["{memory} [be] long ago"]
memories:
  the_ford: {scene: ["{I} [have] swum there"]}
"""
    lexicon = lexicon_of(parse_lexicon(text, "w"), "w")
    told = Referring(Mind(mind(record(0, "remembers", memory="the_ford"))), lexicon)
    assert told.thing("memory", "the_ford") == "the ford"


def test_one_of_those_at_hand_is_spoken_of_again_in_ones_own_words() -> None:
    """What stands in braces in a phrase for people is filled, whichever phrase it is."""
    lexicon = lexicon_of(parse_lexicon("people: {again: ['the same one of {ours}']}", "w"), "w")
    testimony = mind(*(record(tick, "mate_beside", 0) for tick in (5, 9)), kinds=("friend",))
    mentions = Mentions(order=[0], before=frozenset((0,)))
    said = {Referring(Mind(testimony), lexicon).noun(0, 9, mentions, turn) for turn in range(4)}
    assert "the same one of his own" in said
    assert not any("{" in one for one in said)
