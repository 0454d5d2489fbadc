"""What is chosen to be told: of whom nobody named, what is his own; of several, what they share."""

from __future__ import annotations

from dataclasses import replace

import pytest

from affray.record.testimony import Testimony as Words
from affray.tell.chorus import chorus
from affray.tell.collective import collective, of_one_mind
from affray.tell.joints import GAPS_S, THEN
from affray.tell.lexicon import lexicon_of
from affray.tell.mind import Mind
from affray.tell.plan import Scene, Sentence, Telling
from affray.tell.salience import saliences, shares_of
from affray.tell.teller import of_length
from affray.tell.voice import Voice, Voices
from tests.tell.test_telling import mind, record
from tests.tell.told import Told, as_read

DIN, SMELL = record(10, "din", level=80), record(14, "blood_smell", much=0.5)


def weights(testimony: Words, others: list[Words]) -> dict[str, float]:
    """What each kind of thing weighs for a mind among others."""
    minds = [Mind(one) for one in (testimony, *others)]
    found = saliences(minds[0], Voice(), shares_of(minds))
    return {testimony.records[number].pred: weight for number, weight in found.items()}


def test_what_is_ones_own_weighs_more_for_who_has_no_name() -> None:
    """What all the others testify of, too, weighs less; whoever has a name is told for whom he is
    tied to, and there it makes no difference.
    """
    others = [mind(DIN)] * 3
    alone, among = (weights(mind(DIN, SMELL), some) for some in ([], others))
    assert among["blood_smell"] > alone["blood_smell"]
    assert among["din"] == alone["din"]
    named = [weights(mind(DIN, SMELL, name="Ib"), some) for some in ([], others)]
    assert named[0] == named[1]


def test_a_companion_matters_more_the_more_one_had_to_do_with_him() -> None:
    """His fall weighs more, if he stood beside one and bound one's wounds, than a stranger's."""
    known = record(8, "is_mate", 0, number=5)
    dealings = (record(20, "mate_beside", 0), record(60, "tended", 0, seconds=4.0))
    falls = record(100, "mate_falls", 0)
    kinds = ("mate",)
    stranger, friend = (mind(known, *some, falls, kinds=kinds) for some in ((), dealings))
    fall = [saliences(Mind(one), Voice())[one.records[-1].id] for one in (stranger, friend)]
    assert fall[1] > 1.2 * fall[0]


@pytest.mark.parametrize(("comes_to", "asked"), [(2.0, 100), (0.5, 100), (1.2, 100), (1.0, 100)])
def test_what_came_to_too_much_or_too_little_is_planned_anew(comes_to: float, asked: int) -> None:
    """Nearer to the words that were asked for; what came to about as many is left as it is."""
    rooms: list[int] = []

    def told(room: int) -> Telling:
        rooms.append(room)
        sentence = Sentence(" ".join(["x"] * int(comes_to * room)), (), (), "plainly")
        return Telling("", [Scene("u/1", 0, 9, [[sentence]])], {})

    words = of_length(told, asked).words()
    assert abs(words - asked) <= abs(comes_to * asked - asked)
    assert len(rooms) == (1 if 0.95 <= comes_to <= 1.1 else 2)
    assert words <= 1.3 * asked


def test_where_little_came_about_a_chorus_tells_that() -> None:
    """Two who met for a few seconds have little to tell, however many words are asked for."""
    bout = record(12, "fights", 0, number=4, hits=1, parried=3, weapon="sword", seconds=2.6)
    fall = (record(25, "wound", place="torso", harm="cut", deep=1.35), record(25, "fall"))
    comes = record(5, "foe_comes", 0, metres=1.7)
    two = [mind(comes, bout, kinds=("foe",)), mind(comes, *fall, kinds=("foe",))]
    for words in (100, 700, 3000):
        assert chorus(two, lexicon_of(), Voices(), words).words() > 8


def test_both_sides_are_heard(battles: list[Told]) -> None:
    """Of those whom nobody named, too."""
    for told in battles:
        unnamed = [one.self_ for one in told.testimonies.values() if not one.self_["name"]]
        assert len({one["side"] for one in unnamed}) > 1
        assert len({(one["unit"], one["number"]) for one in unnamed}) == len(unnamed)


def test_those_tell_together_who_share_the_moment_and_what_led_up_to_it() -> None:
    """What was so for all of them in the seconds before belongs to it; a scream of long before does
    not.
    """
    before = (record(50, "blood_smell"), record(80, "stands", seconds=3.0))
    scream = record(120, "scream", timbre="a woman")
    many = [mind(*before, scream, record(121, "gripped", seconds=2.0)) for _ in range(3)]
    other = mind(scream, record(121, "gripped", seconds=2.0))
    members = of_one_mind([other, *many], 120)
    assert len(members) == len(many)
    shared = collective(members, 120)
    assert shared is not None
    assert {one.pred for one in shared.records} == {"blood_smell", "stands", "scream", "gripped"}
    late = collective(members, 150)
    assert late is None or "scream" not in {one.pred for one in late.records}


def test_what_is_told_together_is_a_scene_or_not_told(battles: list[Told]) -> None:
    """It has come to more than a sentence."""
    for told in battles:
        many = list(told.testimonies.values())
        for words in (1200, 3000):
            for scene in chorus(many, told.lexicon, told.voices, words).scenes:
                if scene.together is not None:
                    assert len(scene.text().split()) >= 24
                    assert len(scene.sentences()) > 1


def test_what_came_to_too_few_words_is_told_anew(battles: list[Told]) -> None:
    """Where there is more to tell, a telling is about as long as was asked for."""
    for told in battles:
        many = list(told.testimonies.values())
        assert 0.85 * 1000 <= chorus(many, told.lexicon, told.voices, 1000).words() <= 1.2 * 1000


def test_no_scene_opens_as_if_something_had_been_told(battles: list[Told]) -> None:
    """Nothing was told before its first sentence that could be a while ago."""
    for told in battles:
        for telling in told.tellings:
            for scene in telling["scenes"]:
                opening = scene["paragraphs"][0][0].get("opening")
                assert opening != THEN
                assert opening not in GAPS_S


def test_a_telling_of_several_is_the_same_to_the_byte(battles: list[Told]) -> None:
    """Told twice, and by minds in whatever form they were read."""
    for told in battles:
        many = list(told.testimonies.values())
        again = [replace(one) for one in many]
        first, second = (as_read(chorus(some, told.lexicon, told.voices, 1500))
                         for some in (many, again))  # fmt: skip
        assert first == second
