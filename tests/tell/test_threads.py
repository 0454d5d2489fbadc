"""What somebody unnamed carries through his telling: a life, and something with a companion."""

from __future__ import annotations

import pytest

from affray.record.testimony import Record
from affray.record.testimony import Testimony as Words
from affray.tell.audit import audited
from affray.tell.drawn import names_of, near_ones, own_shared
from affray.tell.lexicon import Lexicon, lexicon_of, parse_lexicon
from affray.tell.lint import faults
from affray.tell.output import as_data
from affray.tell.teller import tell
from affray.tell.voice import Voices
from affray.world.errors import ScenarioError
from tests.tell.test_telling import mind, record

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
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused_with_its_place(wrong: str, says: str) -> None:
    """What nobody testifies, what never comes of a companion, and what is about nobody."""
    with pytest.raises(ScenarioError, match=r"w\.yaml:") as error:
        parse_lexicon(f"sides: {{red: {{ours: the red, {wrong}}}}}", "w.yaml")
    assert says in str(error.value)


def test_the_check_finds_what_a_life_may_not_speak_of() -> None:
    """Of a companion in a life, and of what stands there twice."""
    text = "sides: {red: {ours: the red, past: ['{whom} [have] run', a b, a b]}}"
    found = faults(parse_lexicon(text, "w.yaml"))
    assert any("may speak of" in fault for fault in found)
    assert any("stands there twice" in fault for fault in found)
