"""The halves of mechanisms that exist only in a telling: S17, S35-S37, S45, S49, S54, S92.

Each is a testimony of a few records, told in the words of a small world, and the same without what
the mechanism hangs on.
"""

from __future__ import annotations

import re

from affray.record.testimony import Record
from affray.record.testimony import Testimony as Words
from affray.tell.lexicon import Lexicon, lexicon_of, parse_lexicon
from affray.tell.plan import Telling
from affray.tell.teller import tell
from affray.tell.voice import Voices

LUCKS = (1, 2, 3, 4, 5)
WORLD = """
notions:
  the_ford: {thought: [The ford is lost], said: [They have the ford]}
  a_bath: {thought: [A bath and a shut door]}
memories:
  the_mill:
    scene: ["{I} [have] hidden under the wheel once", "it [have] been cold"]
    thing: the mill
motifs:
  water: [ford, wheel, mill, cold]
"""


def world(text: str = WORLD) -> Lexicon:
    """The words of the small world."""
    return lexicon_of(parse_lexicon(text, "world.yaml"), "world.yaml")


def words_of(text: str) -> set[str]:
    """The words of a text, all small."""
    return set(re.findall(r"\w+", text.lower()))


def record(tick: int, pred: str, **more: object) -> Record:
    """A record: features, and what every record has."""
    own = {key: more.pop(key) for key in ("whom", "of", "sure", "acuity", "links") if key in more}
    return Record(0, tick, tick, pred, **own, features=more)  # type: ignore[arg-type]


def mind(luck: int, *records: Record) -> Words:
    """A testimony of some records, among those of any fight."""
    fight = (record(2, "din", level=75), record(4, "foes_near", number=2, behind=0, acuity=0.9),
             record(6, "wound", place="arm", harm="cut", deep=0.4), record(40, "alone"),
             record(44, "fear", much=0.6), record(80, "calm", much=0.1))  # fmt: skip
    inside = sorted((*fight, *records), key=lambda one: one.tick)
    placed = tuple(
        Record(place, one.tick, one.until, one.pred, one.whom, one.of, one.sure, one.acuity,
               one.features, one.links)
        for place, one in enumerate(inside)
    )  # fmt: skip
    own = {"name": "Ib", "gender": "man", "unit": "u", "unit_title": "", "number": 1,
           "leads": False, "side": "red", "side_title": "the red", "alone": False,
           "foes": {"blue": "the blue"}, "arms": [], "masked": "none", "training": 0.5,
           "outlook": "up"}  # fmt: skip
    return Words("none", "None", "", 0.2, 0, 500, luck, own, {}, (), placed)


def told(testimony: Words, lexicon: Lexicon | None = None) -> Telling:
    """Its telling."""
    return tell(testimony, lexicon or world(), Voices(), 2000)


def saying(telling: Telling, pred: str) -> list[str]:
    """The clauses that tell of records of a predicate."""
    return [
        clause.text
        for scene in telling.scenes
        for sentence in scene.sentences()
        for clause in sentence.clauses
        if clause.frame.split("/")[0] == pred
    ]


def test_s17_a_count_is_told_as_a_guess() -> None:
    """Who lost count tells a round number or none; who could count tells what he counted."""
    told_of = {True: "", False: ""}
    for luck in LUCKS:
        for counted in (True, False):
            more = {"number": 13, "acuity": 0.9 if counted else 0.3}
            seen = [record(tick, pred, **more) for tick, pred in
                    ((20, "foes_flee"), (100, "mates_flee"), (200, "mates_down"))]  # fmt: skip
            told_of[counted] += told(mind(luck, *seen)).text().lower()
    assert "thirteen" in told_of[True]
    assert "thirteen" not in told_of[False]


def test_s35_a_phrase_heard_becomes_a_thought_in_prose() -> None:
    """The phrase is told as it was said, and then as a thought; who had no thought tells none."""
    heard = record(20, "hears_said", notion="the_ford", tone="plain", since=19)
    thought = record(30, "thinks", notion="the_ford", kind="belief", much=0.9, cue="what was said",
                     links={"cue": (3,)})  # fmt: skip
    for luck in LUCKS:
        text = told(mind(luck, heard, thought)).text()
        assert text.index("They have the ford") < text.index("_The ford is lost_")
        assert "The ford is lost" not in told(mind(luck, heard)).text()


def test_s36_each_mind_thinks_it_by_its_own_record() -> None:
    """Two minds have one thought, each from what it perceived itself."""
    for luck in LUCKS:
        for tick, cue in ((24, "blood"), (60, "alone")):
            thought = record(tick, "thinks", notion="the_ford", kind="belief", much=0.9, cue=cue)
            testimony = mind(luck, thought)
            clauses = [clause for scene in told(testimony).scenes for one in scene.sentences()
                       for clause in one.clauses if clause.frame == "thinks"]  # fmt: skip
            assert clauses
            assert {testimony.records[one.record].get("cue") for one in clauses} == {cue}
        assert not saying(told(mind(luck)), "thinks")


def test_s37_who_is_not_sure_of_it_says_so() -> None:
    """What one mind holds, another only half believes: it is told with the doubt."""
    for luck in LUCKS:
        for sure, doubted in ((0.95, False), (0.35, True)):
            thought = record(30, "thinks", notion="the_ford", kind="belief", much=sure, sure=sure,
                             cue="blood")  # fmt: skip
            said = saying(told(mind(luck, thought)), "thinks")
            assert said
            hedges = ("perhaps", "could be", "thought")
            assert any(hedge in said[0] for hedge in hedges) == doubted, said


def test_s45_a_hope_is_told_by_whose_it_is() -> None:
    """A private hope stands in the telling of its own mind, and in no other."""
    hope = record(30, "thinks", notion="a_bath", kind="hope", much=0.9, cue="weary")
    for luck in LUCKS:
        assert "A bath and a shut door" in told(mind(luck, hope)).text()
        assert "bath" not in told(mind(luck)).text()


def test_s49_a_tint_is_told_by_whoever_sees_in_it() -> None:
    """All is red in his scenes, and in nobody else's."""
    for luck in LUCKS:
        tinted = mind(luck, record(1, "tinted", tint="red", power="eyes"))
        assert "red" in words_of(told(tinted).text())
        assert "red" not in words_of(told(mind(luck)).text())


def test_s54_a_memory_is_told_and_left_again() -> None:
    """The scene of the memory stands in a paragraph of its own, and the fight goes on after it."""
    back = record(30, "recalls", memory="the_mill", cue="dark", much=0.7)
    for luck in LUCKS:
        paragraphs = told(mind(luck, back)).text().split("\n\n")
        places = [n for n, text in enumerate(paragraphs) if "hidden under the wheel" in text]
        assert len(places) == 1
        assert places[0] < len(paragraphs) - 1
        assert "wheel" not in told(mind(luck)).text()


def test_s92_motifs_come_back() -> None:
    """A ledger finds a motif twice or more; in a world that names none it finds none."""
    inside = (
        record(20, "recalls", memory="the_mill", cue="dark", much=0.7),
        record(60, "thinks", notion="the_ford", kind="belief", much=0.9, cue="alone"),
    )
    for luck in LUCKS:
        assert len(told(mind(luck, *inside)).about["motifs"]["water"]) >= 2
        without = world(WORLD.partition("motifs:")[0])
        assert told(mind(luck, *inside), without).about["motifs"] == {}
