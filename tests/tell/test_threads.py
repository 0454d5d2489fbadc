"""What somebody unnamed carries through his telling: a life, and something with a companion."""

from __future__ import annotations

from dataclasses import replace

import pytest

from affray.record.testimony import Record, seal
from affray.record.testimony import Testimony as Words
from affray.tell.audit import audited
from affray.tell.drawn import names_of, near_ones, own_shared
from affray.tell.episodes import Episode
from affray.tell.figures import View
from affray.tell.lexicon import Lexicon, is_drawn, lexicon_of, parse_lexicon
from affray.tell.lint import checked, drawn_of, faults
from affray.tell.mind import Mind
from affray.tell.motifs import Ledger as Motifs
from affray.tell.output import as_data
from affray.tell.returns import once_more
from affray.tell.scenes import Stretch
from affray.tell.teller import Teller, tell
from affray.tell.threads import Threads
from affray.tell.voice import History, Voices
from affray.world.errors import ScenarioError
from tests.tell.test_telling import mind, record
from tests.tell.told import Data

NAMES = ("Abel", "Brun", "Cole")
WORDS = """\
sides:
  red:
    ours: the red
    one: ["one of {ours}"]
    him: him
    men: [Abel, Brun, Cole]
    past:
      - say: "{I} [have] mended carts"
        back: "{I} [think] of the carts"
      - {say: "{I} [have] worked for a butcher", cue: [blood_smell]}
    companions:
      - say: "{whom} [have] {my} spade"
        on: {mate_falls: "the spade [be] gone", helps_up: "it [be] a heavy spade"}
        back: "the spade [be] somewhere"
"""
BEGINS = (
    record(0, "belongs", unit="u", side="red", foes="blue"),
    record(0, "is_mate", 0, number=4),
    record(5, "stands", seconds=6.0),
    record(20, "mate_beside", 0),
)
HURT = (record(60, "mate_hurt", 0, down=True), record(60, "helps_up", 0))
FALLS = record(200, "mate_falls", 0)
SMELL = record(190, "blood_smell")
QUIET = record(300, "calm", much=0.3)


@pytest.fixture(scope="module")
def words() -> Lexicon:
    """A lexicon with one thing that is shared with companions, and a life or two."""
    return lexicon_of(parse_lexicon(WORDS, "words"), "words")


def lived(*records: Record, name: str = "") -> Words:
    """A testimony of somebody of the red who has one companion."""
    return mind(*records, kinds=("mate", "mate"), name=name)


def told(testimony: Words, words: Lexicon) -> list[str]:
    """The frames of what is told, in order; nothing of it leaks."""
    telling = tell(testimony, words, Voices(), 400)
    licences = audited(as_data(telling), {"u/2": testimony, "Dorn": testimony}, words)
    assert not [leak for one in licences for leak in one.leaks]
    return [clause.frame for scene in telling.scenes for one in scene.sentences()
            for clause in one.clauses]  # fmt: skip


def test_what_one_shares_is_told_at_his_name_and_comes_out_when_he_falls(words: Lexicon) -> None:
    """Once each, the thing before what comes of it; whoever stays is thought of at the end."""
    frames = told(lived(*BEGINS, *HURT, FALLS, QUIET), words)
    assert frames.count("shared/0") == frames.count("shared/0/mate_falls") == 1
    assert frames.index("shared/0") < frames.index("shared/0/mate_falls")
    assert frames[frames.index("shared/0/mate_falls") - 1] == "mate_falls"
    assert "shared/0/back" not in frames

    stayed = told(lived(*BEGINS, *HURT, QUIET), words)
    assert "shared/0/helps_up" in stayed
    assert stayed[-1] == "shared/0/back"


def test_who_has_a_name_shares_nothing_that_is_drawn(words: Lexicon) -> None:
    """Nor has he a life of the lexicon's; what he is to others the scenario says."""
    frames = told(lived(*BEGINS, *HURT, FALLS, name="Dorn"), words)
    assert not [frame for frame in frames if frame.startswith(("shared/", "past/"))]
    assert "mate_falls" in frames


def test_a_percept_brings_back_what_has_to_do_with_it(words: Lexicon) -> None:
    """Where it is told, right after it; where it never comes, no hard cut is made for it."""
    begins = BEGINS[1:]  # so that no life is told at first
    frames = told(lived(*begins, *HURT, SMELL, FALLS), words)
    assert frames[frames.index("past/1") - 1].startswith("blood_smell")
    assert "past/1" not in told(lived(*begins, *HURT, FALLS), words)


def test_the_audit_knows_what_is_drawn_for_whom(words: Lexicon) -> None:
    """Of somebody else, or of one of whom that did not come, it is a leak."""
    testimony = lived(*BEGINS, *HURT, FALLS, QUIET)
    data = as_data(tell(testimony, words, Voices(), 400))
    clauses = [clause for scene in data["scenes"] for paragraph in scene["paragraphs"]
               for sentence in paragraph for clause in sentence["clauses"]]  # fmt: skip
    shared = next(one for one in clauses if one["frame"] == "shared/0/mate_falls")
    for frame, record_id in (("shared/0/helps_up", shared["record"]), ("shared/0/mate_falls", 3)):
        before = dict(shared)
        shared.update(frame=frame, record=record_id)
        assert [leak for one in audited(data, {"u/2": testimony}, words) for leak in one.leaks]
        shared.update(before)


def test_what_comes_back_was_told_before(words: Lexicon) -> None:
    """What is thought of at the end was told; where that is taken out, or the companion was seen to
    fall, it is a leak.
    """
    stayed, fell = lived(*BEGINS, *HURT, QUIET), lived(*BEGINS, *HURT, FALLS, QUIET)
    data = as_data(tell(stayed, words, Voices(), 400))
    assert leaks_of(data, stayed, words) == []
    back = data["scenes"][-1]["paragraphs"][-1][-1]
    assert back["clauses"][0]["frame"] == "shared/0/back"
    data["scenes"] = [
        scene | {"paragraphs": [[sentence for sentence in paragraph if all(
            clause["frame"] != "shared/0" for clause in sentence["clauses"])]
            for paragraph in scene["paragraphs"]]}
        for scene in data["scenes"]
    ]  # fmt: skip
    assert {*leaks_of(data, stayed, words)} == {"word"}

    data = as_data(tell(fell, words, Voices(), 400))
    assert leaks_of(data, fell, words) == []
    last = fell.records[-2]
    assert last.pred == "mate_falls"
    back["clauses"][0] |= {"record": last.id, "seal": seal(last)}
    data["scenes"][-1]["paragraphs"].append([back])
    data["scenes"][-1]["to_tick"] = 400
    assert leaks_of(data, fell, words) == ["unsupported"]


def test_the_last_word_goes_back_to_nothing_that_goes_on(words: Lexicon) -> None:
    """Of a companion whom one tends until after the telling ends, it was before that."""
    tends = replace(record(290, "tends", 0, seconds=40.0), until=490)
    testimony = lived(*BEGINS, *HURT, tends, QUIET)
    threads = Threads(Mind(testimony), words, History(motifs=Motifs({}), key=1))
    threads.note("shared/0", testimony.records[3])
    (wish,) = threads.at_the_end(testimony.records[-1], 300)
    assert wish.frame == "shared/0/back"
    assert wish.record.pred == "helps_up"


def leaks_of(data: Data, testimony: Words, words: Lexicon) -> list[str]:
    """The classes of the leaks of a telling."""
    found = audited(data, {"u/2": testimony}, words)
    return [leak.kind for one in found for leak in one.leaks]


def test_a_scene_that_is_left_out_has_told_nothing(words: Lexicon) -> None:
    """What was drawn and told in it, and whoever else told of it, is told when it is told anew."""
    testimony = lived(*BEGINS, *HURT, SMELL, FALLS)
    history = History(motifs=Motifs({}), key=1)
    teller = Teller(testimony, words, Voices(), history)
    stretch = Stretch((Episode("fight", list(testimony.records[2:])),))

    def drawn() -> list[str]:
        return [clause.frame for one in teller.scene(stretch).sentences() for clause in one.clauses
                if is_drawn(clause.frame)]  # fmt: skip

    take_back = teller.as_it_is()
    first = drawn()
    assert {"shared/0", "shared/0/mate_falls"} <= {*first}
    assert history.lives
    take_back()
    assert not history.lives
    assert drawn() == first
    assert not drawn()


def test_who_is_known_again_is_nobody_else(words: Lexicon) -> None:
    """A companion lost from sight and known again: that he falls is not that another does."""
    for number, told in ((4, False), (5, True)):
        testimony = lived(
            *BEGINS, record(40, "mate_falls", 0), record(200, "is_mate", 1, number=number),
            record(220, "mate_falls", 1),
        )  # fmt: skip
        before, here = (one for one in testimony.records if one.pred == "mate_falls")
        view = View(here, (), Mind(testimony), {}, before=before)
        assert bool(list(once_more(view))) == told
        tree = words.of("mate_falls/again")[0].say
        sentence = {"text": "", "joints": [], "figure": "x", "clauses": [{
            "frame": "mate_falls/again", "tree": tree, "record": here.id, "seal": seal(here),
            "text": "", "cites": [before.id],
        }]}  # fmt: skip
        scene = {"witness": "u/2", "to_tick": 300, "paragraphs": [[sentence]]}
        why = [leak.why for one in audited({"scenes": [scene]}, {"u/2": testimony}, words)
               for leak in one.leaks]  # fmt: skip
        assert any("goes on with" in one for one in why) == (not told), why


def test_companions_who_come_up_again_have_names() -> None:
    """Two never have the same; who is met once is one of many; the nearest are followed."""
    numbers = (4, 7, 5)  # 4 and 7 would be called alike
    met = [record(0, "is_mate", track, number=one) for track, one in enumerate(numbers)]
    again = [record(tick, "mate_beside", track) for track in (0, 1) for tick in (20, 60)]
    seen = mind(*met, *again, record(70, "mate_hurt", 0), record(80, "mate_beside", 2),
                kinds=("mate",) * 3)  # fmt: skip
    names = names_of(seen, NAMES)
    assert names.keys() == {4}
    assert near_ones(seen) == (4,)  # nothing becomes of the other
    assert own_shared(seen, 3).keys() == {4}
    assert own_shared(seen, 0) == {}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("past: [{say: '{I} [have] run', cue: [smells]}]", "'smells' is none of"),
        ("companions: [{say: '{whom} [sing]', on: {sings: 'so'}}]", "'sings' is none of"),
        ("companions: ['somebody sang']", "write {whom}"),
        ("past: ['{nobody} [have] run']", "nothing can stand in"),
        ("past: ['']", "words are wanted here"),
        ("past: [{say: '{I} [have] run', back: ' '}]", "words are wanted here"),
        ("past: [' {I} [have] run']", "begins or ends with a space"),
        ("companions: [{say: '{whom} [sing]', on: {tends: ''}}]", "words are wanted here"),
        ("men: ['']", "words are wanted here"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused_with_its_place(wrong: str, says: str) -> None:
    """What nobody testifies, what never comes of a companion, and what is about nobody."""
    with pytest.raises(ScenarioError, match=r"w\.yaml:") as error:
        parse_lexicon(f"sides: {{red: {{ours: the red, {wrong}}}}}", "w.yaml")
    assert says in str(error.value)


LIFE = "past: [{say: '{I} [have] run'"
MEN = "men: [Abel], companions: ['{whom} [sing]'"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("past: ['{I} [run] home']", "1:37: '{I} [run] home' is told as what one does now"),
        (f"{LIFE}, cue: [belongs]}}]", "1:67: 'belongs' was so before"),
        (f"{LIFE}, cue: [wound, wound]}}]", "1:74: 'wound' stands there twice"),
        (f"{LIFE}, back: '{{whom}} [run]'}}]", "1:67: '{whom} [run]' may speak of"),
        (f"{LIFE}, back: '{{I}} [have] run'}}]", "1:67: '{I} [have] run' stands there twice"),
        (f"{MEN}, '{{whom}} [sing]']", "1:73: '{whom} [sing]' stands there twice"),
        ("companions: ['{whom} [sing]']", "1:42: nobody of this side can be called by a name"),
        ("men: [Abel, Abel]", "1:42: 'Abel' stands there twice"),
        ("men: [Abel], women: [Abel]", "1:51: 'Abel' stands there twice"),
        ("one: ['one of {foes}']", "1:36: 'one of {foes}': nothing is put in the place of {foes}"),
    ],
)  # fmt: skip
def test_the_check_names_the_place_of_what_is_drawn_ill(wrong: str, says: str) -> None:
    """Every fault that the schema cannot tell, by its line and column."""
    with pytest.raises(ScenarioError) as error:
        checked(f"sides: {{red: {{ours: the red, {wrong}}}}}", "w.yaml")
    assert [says in problem for problem in error.value.problems] == [True], error.value.problems


def test_the_check_says_every_clause_that_is_drawn(words: Lexicon) -> None:
    """With what comes of it, in the words in which it is told."""
    said = dict(drawn_of(words.words))
    assert said["sides/red/past/0"] == "she had mended carts"
    assert said["sides/red/past/0/back"] == "she thought of the carts"
    assert said["sides/red/companions/0/mate_falls"] == "the spade was gone"
    assert len(said) == 7


def test_the_check_finds_what_a_life_may_not_speak_of() -> None:
    """Of a companion in a life, and of what stands there twice."""
    text = "sides: {red: {ours: the red, past: ['{whom} [have] run', a b, a b]}}"
    found = faults(parse_lexicon(text, "w.yaml"))
    assert any("may speak of" in fault for fault in found)
    assert any("stands there twice" in fault for fault in found)
