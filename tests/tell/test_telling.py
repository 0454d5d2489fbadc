"""A telling: made of testimonies alone, the same to the byte, and true to the mind that tells."""

from __future__ import annotations

import dataclasses
import json
import re
import subprocess
import sys
from collections import Counter
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from affray.record.predicates import PREDICATES
from affray.record.testimony import Record, Track
from affray.record.testimony import Testimony as Words
from affray.tell.aims import aim_of, weighed
from affray.tell.audit.fills import Fills
from affray.tell.audit.reading import Reading, Spoken
from affray.tell.beside import words_beside
from affray.tell.chorus import chorus
from affray.tell.episodes import Episode
from affray.tell.heading import heading
from affray.tell.lexicon import LexiconFile, base, lexicon_of
from affray.tell.lint import faults, forms_of
from affray.tell.mentions import Mentions
from affray.tell.mind import Mind
from affray.tell.moments import shared_moments
from affray.tell.output import FORMATS
from affray.tell.refer import Referring
from affray.tell.teller import tell
from affray.tell.tempers import TEMPERS, temper_of
from affray.tell.trees import Tree, parsed
from affray.tell.voice import Voices
from affray.testimony.stored import chorus_of, heard
from tests.tell.runs import runs, stored
from tests.tell.told import Told, as_read, sentences
from tests.testimony.deposed import recorded

ALONE = """\
import sys
from itertools import pairwise
class Refused:
    def find_spec(self, name, path=None, target=None):
        if name.startswith(("affray.engine", "affray.run", "affray.testimony", "affray.minds")):
            raise ImportError(name + " is not for tellers")
sys.meta_path.insert(0, Refused())
from pathlib import Path
from affray.record.testimony import Testimony
from affray.tell.aims import aim_of, weighed
from affray.tell.beside import words_beside
from affray.tell.chorus import chorus
found = [Testimony.read(path) for path in map(Path, sys.argv[2:])]
sys.stdout.buffer.write(chorus(found, *words_beside(sys.argv[1]), 900).text().encode())
"""


def test_a_teller_runs_on_testimony_files_alone(battles: list[Told]) -> None:
    """Where neither engine nor battle can be imported, files of testimony are told to the byte as
    they are here.
    """
    told = battles[0]
    paths = sorted((told.folder / "testimony").glob("*.json"))
    name = told.tellings[0]["battle"]

    alone = subprocess.run(
        [sys.executable, "-c", ALONE, name, *map(str, paths)],
        env={"PYTHONPATH": ":".join(sys.path)}, capture_output=True, check=True,
    )  # fmt: skip
    here = chorus([Words.read(path) for path in paths], told.lexicon, told.voices, 900)
    assert alone.stdout == here.text().encode()
    assert len(alone.stdout) > 1000


def test_told_twice_it_is_the_same_to_the_byte(battles: list[Told]) -> None:
    """In every format; and another mind tells another thing."""
    for told in battles:
        several = list(told.testimonies.values())
        for way in FORMATS.values():
            texts = {way(tell(several[0], told.lexicon, told.voices, 300)) for _ in range(2)}
            assert len(texts) == 1
        one, other = (tell(mind, told.lexicon, told.voices, 300).text() for mind in several[:2])
        assert one != other


def test_formats_say_the_same(battles: list[Told]) -> None:
    """Text, Markdown and JSON hold the same sentences; JSON says what licenses each."""
    told = battles[0]
    telling = tell(next(iter(told.testimonies.values())), told.lexicon, told.voices, 400)
    text, md, data = (FORMATS[way](telling) for way in ("text", "md", "json"))

    assert md.startswith(f"# {telling.title}\n")
    for _, sentence in sentences(json.loads(data)):
        assert sentence["text"] in text
        assert sentence["text"] in md
        assert sentence["clauses"]


def test_length_is_kept_to_roughly(battles: list[Told]) -> None:
    """More words asked for are more words told, and never far more than were asked for."""
    for told in battles:
        many = list(told.testimonies.values())
        counts = [chorus(many, told.lexicon, told.voices, words).words() for words in (300, 900)]
        assert counts[0] < counts[1]
        assert counts[0] < 1.6 * 300
        assert counts[1] < 1.6 * 900


def test_scenes_before_a_shared_moment_end_on_it(battles: list[Told]) -> None:
    """What reached many at once ends the scenes that lead up to it, for each as it came to him."""
    ended = 0
    for told in battles:
        many = list(told.testimonies.values())
        moments = shared_moments(many, 3)
        ticks = {record.tick for moment in moments for record in moment.records.values()}
        telling = chorus(many, told.lexicon, told.voices, 2400)
        for scene in telling.scenes:
            if scene.together is None:
                last = scene.sentences()[-1].clauses[-1].record
                ended += told.testimonies[scene.witness].records[last].tick in ticks
        assert all(len(moment.records) >= 2 for moment in moments)
    assert ended >= 2


# ------------------------------------------------------------------ one mind, written by hand


def mind(*records: Record, kinds: tuple[str, ...] = ("one",), name: str = "") -> Words:
    """A testimony of a few records."""
    return Words(
        battle="none", title="None", clock="", dt_s=0.2, first_tick=0, last_tick=500, luck=7,
        self_={"name": name, "gender": "man", "unit": "u", "unit_title": "", "number": 2,
               "leads": False, "side": "red", "side_title": "the red", "alone": False,
               "foes": {"blue": "the blue"}, "arms": [], "masked": "none", "training": 0.5,
               "outlook": "up"},
        knows={"Ada": {"gender": "woman", "love": 0.9}, "Bea": {"gender": "woman"}},
        tracks=tuple(Track(number, kind) for number, kind in enumerate(kinds)),
        records=tuple(dataclasses.replace(one, id=place) for place, one in enumerate(records)),
    )  # fmt: skip


def record(tick: int, pred: str, whom: int = -1, of: str = "", **more: object) -> Record:
    """A record; ``sure``, ``acuity`` and ``until`` may be said."""
    plain = {key: more.pop(key) for key in ("sure", "acuity") if key in more}
    return Record(0, tick, tick, pred, whom, of, **plain, features=more)  # type: ignore[arg-type]


def text_of(testimony: Words) -> str:
    """What is told of it, in the words of no world in particular."""
    telling = tell(testimony, lexicon_of(), Voices(), 2000)
    return telling.text()


_ADA = (record(0, "tie", of="Ada", love=0.9), record(0, "tie", of="Bea", love=0.5))
_SEEN = (record(20, "sees", 0, metres=6.0, hair="red"), record(25, "bleeds", 0))


def test_a_name_is_told_only_once_it_is_known() -> None:
    """She bleeds before she is known, and runs after: named there, and not before."""
    later = (record(60, "takes_for", 0, "Ada", sure=0.95), record(70, "runs", 0),
             record(72, "bleeds", 0))  # fmt: skip
    testimony = mind(*_ADA, *_SEEN, *later)
    telling = tell(testimony, lexicon_of(), Voices(), 2000)
    assert "Ada" in telling.text()
    for scene in telling.scenes:
        for sentence in scene.sentences():
            for clause in sentence.clauses:
                about = testimony.records[clause.record]
                if about.whom == 0 and about.tick < 60:
                    assert "Ada" not in clause.text
    assert "Ada" not in text_of(mind(*_ADA, *_SEEN, record(70, "runs", 0)))


def test_whoever_is_taken_for_another_is_told_as_her() -> None:
    """A mistake is told as it was believed, and mended only when the mind mends it."""
    taken = (record(30, "takes_for", 0, "Bea", sure=0.95), record(40, "runs", 0))
    text = text_of(mind(*_ADA, *_SEEN, *taken))
    assert "Bea" in text
    assert "Ada" not in text


def test_a_doubtful_name_is_told_with_the_doubt() -> None:
    """Taken for her, and not certain: the first that is heard of her name is a doubt."""
    taken = (record(30, "takes_for", 0, "Ada", sure=0.65), record(40, "runs", 0))
    text = text_of(mind(*_ADA, *_SEEN, *taken))
    sentence = next(part for part in text.replace("\n", " ").split(". ") if "Ada" in part)
    assert {"perhaps", "thought", "seemed"} & set(sentence.lower().replace(",", "").split())


def test_whoever_has_no_name_gets_none() -> None:
    """An unknown mind is he; a person too, until somebody within hearing says his name."""
    for name in ("", "Corin"):
        assert "Corin" not in text_of(mind(*_ADA, *_SEEN, name=name))


@pytest.mark.parametrize("number", [7, 13, 41])
def test_counts_are_guesses_below_acuity(number: int) -> None:
    """What was not counted is told as a guess and never exactly; what was: see S17."""
    acuity = 0.3
    exact = {7: "seven", 13: "thirteen", 41: "forty-one"}[number]
    told = record(30, "foes_near", number=number, acuity=acuity)
    testimony = mind(*_ADA, told, record(34, "foes_flee", number=number, acuity=acuity))
    text = text_of(testimony).lower()
    assert exact not in text


def test_what_lasts_hides_nothing_that_came_meanwhile() -> None:
    """He ran for a minute and a half, and was wounded on the way: both are told."""
    flight = dataclasses.replace(record(22, "flees", seconds=91.0), until=478)
    testimony = mind(*_ADA, record(20, "breaks"), flight,
                     record(440, "wound", place="arm", harm="cut", deep=0.4),
                     record(442, "fall"), record(446, "fear", much=0.8))  # fmt: skip
    telling = tell(testimony, lexicon_of(), Voices(), 2000)
    told = {testimony.records[clause.record].pred for scene in telling.scenes
            for sentence in scene.sentences() for clause in sentence.clauses}  # fmt: skip
    assert {"flees", "wound", "fall"} <= told


def test_one_more_of_a_kind_is_counted_only_after_another() -> None:
    """A second one is named so right after the first of whom the same was told, and never where
    nobody came before.
    """
    first, next_one = record(20, "foe_comes", 0, metres=2.0), record(30, "foe_comes", 1, metres=2.0)
    text = text_of(mind(*_ADA, first, next_one, kinds=("foe", "foe"))).lower()
    assert "a second one" in text
    assert text.index("second") > text.index("one of them")
    assert "second" not in text_of(mind(*_ADA, next_one, kinds=("foe", "foe")))
    other = record(30, "foe_afraid", 1, sure=0.7)
    assert "second" not in text_of(mind(*_ADA, first, other, kinds=("foe", "foe")))


def test_a_third_comes_right_after_the_two_before_him() -> None:
    """Of whom one was spoken of a while ago, nobody has the number in mind."""
    known = mind(*(record(20, "mate_flees", one) for one in range(3)), kinds=("friend",) * 3)
    refer = Referring(Mind(known), lexicon_of())
    near = Mentions(order=[0, 1], before=frozenset((0, 1)))
    assert refer.noun(2, 20, near, 0) == "a third"
    long_ago = Mentions(order=[0, 1], before=frozenset((1,)))
    assert refer.noun(2, 20, long_ago, 0) != "a third"
    fills = Fills(Reading(known), lexicon_of())
    for before, told in ((frozenset((0, 1)), True), (frozenset((1,)), False)):
        spoken = Spoken(tracks=[0, 1], before=before)
        assert ("a third" in fills.options("whom", known.records[2], spoken)) == told


def test_an_answer_stands_with_its_question() -> None:
    """What was asked is told with what was answered, though something came between; and each who
    speaks begins a paragraph.
    """
    question = record(30, "utters", 0, notion="rain", tone="ask", since=30)
    noise = record(34, "scream", -1, timbre="a man", level=90)
    answer = dataclasses.replace(
        record(38, "hears_said", 0, notion="rain", tone="answer", meant=True, knew=True, since=38),
        links={"answers": (4,)})  # fmt: skip
    known = record(20, "takes_for", 0, "Ada", sure=0.95)
    words = lexicon_of(LexiconFile.model_validate(
        {"notions": {"rain": {"thought": ["it rains"], "said": ["Does it rain"]}}}))  # fmt: skip
    testimony = mind(*_ADA, record(18, "sees", 0, metres=2.0), known, question, noise, answer)
    telling = tell(testimony, words, Voices(), 600)
    frames = [[clause.frame for sentence in paragraph for clause in sentence.clauses]
              for scene in telling.scenes for paragraph in scene.paragraphs]  # fmt: skip
    place = next(number for number, told in enumerate(frames) if "utters" in told)
    assert frames[place][-1] == "utters"
    assert frames[place + 1][0] == "hears_said"


def test_what_is_wanted_carries_a_scene() -> None:
    """A stretch with a want, what bars it and how it turns is worth more than the same in pieces,
    and what is about the one who is wanted weighs more in it than all else.
    """
    known = record(20, "takes_for", 0, "Ada", sure=0.95)
    wants = record(24, "driven", -1, "Ada", deed="seek")
    barred = record(26, "wound", place="arm", harm="cut", deep=0.4)
    turned = record(40, "rapt", -1, "Ada", seconds=6.0)
    whole = Mind(mind(*_ADA, known, wants, barred, turned))
    unwanted = Mind(mind(*_ADA, known, barred, turned))
    aims = [aim_of(one, [Episode("all", list(one.records[2:]), 9.0)]) for one in (whole, unwanted)]
    assert aims[0] is not None
    assert aims[0].name == "Ada"
    assert aims[0].turned
    assert aims[0].whole > 1.5
    assert aims[1] is None
    near, far = (Episode("x", [whole.records[k]], 5.0) for k in (5, 4))
    on, off = weighed(whole, [near, far], aims[0])
    assert on.worth > 5.0 > off.worth


def test_which_order_is_obeyed_is_said_where_it_was_not_just_told() -> None:
    """Whoever obeys what no sentence before has told says what it is; and whoever thinks of
    somebody before a scene has spoken of anybody, of whom.
    """
    for luck in range(8):
        obeys = record(30, "obeys", word="hold")
        text = text_of(dataclasses.replace(mind(*_ADA, obeys), luck=luck))
        assert "to stand" in text
    words = lexicon_of(LexiconFile.model_validate(
        {"notions": {"gone": {"thought": ["she will not come back"]}}}))  # fmt: skip
    holds = record(0, "holds", of="Ada", sure=0.9, notion="gone", kind="fear", much=0.9)
    telling = tell(mind(*_ADA, holds, record(40, "fall")), words, Voices(), 400)
    opened = telling.scenes[0].sentences()[0]
    assert opened.clauses[0].frame == "holds"
    assert "Ada" in opened.text


@pytest.mark.parametrize("way", ["horn", "drum", "messenger"])
def test_what_no_voice_said_is_not_told_as_shouted(way: str) -> None:
    """Neither of an order that came so, nor of one that he gave so himself."""
    for luck in range(12):
        told = {"word": "hold", "got": "understood", "way": way, "meant": True, "knew": False}
        came, gave = (
            record(30, "order", **told),
            record(60, "says", says="order", word="hold", way=way),
        )
        for one in (came, gave):
            text = text_of(dataclasses.replace(mind(*_ADA, one), luck=luck))
            assert "to stand" in text
            assert not re.search("“|shout|voice|call|cry|cried", text), text


def test_what_one_knows_again_is_told_once(battles: list[Told]) -> None:
    """Of the longer trees that all worlds share a telling tells each once, and none of a world's
    own more than twice.
    """
    shared = {said.say for many in base().predicates.values() for said in many}
    long = 0
    for told in battles:
        for telling in told.tellings[:-1]:  # the last is of scenes that stand each by itself
            uses = Counter(clause["tree"] for _, sentence in sentences(telling)
                           for clause in sentence["clauses"])  # fmt: skip
            for say, count in uses.items():
                if Tree(say, parsed(say)).fixed >= 5:
                    long += 1
                    assert count <= (1 if say in shared else 2), say
    assert long > 100


def test_who_lies_there_is_not_looked_at_as_one_who_stands(battles: list[Told]) -> None:
    """Once an enemy was seen to fall, no opening of his is told, and no fear in his eyes."""
    for told in battles:
        for telling in told.tellings:
            for scene, sentence in sentences(telling):
                for clause in sentence["clauses"]:
                    if clause["frame"] in ("foe_open", "foe_afraid", "foe_stares"):
                        own = told.of(scene)
                        assert not Mind(own).lies(own.records[clause["record"]]), sentence["text"]


def test_a_scene_has_one_bandage(battles: list[Told]) -> None:
    """A wound is bound once in a scene."""
    for telling in (one for told in battles for one in told.tellings):
        for scene in telling["scenes"]:
            frames = [clause["frame"] for _, sentence in sentences({"scenes": [scene]})
                      for clause in sentence["clauses"]]  # fmt: skip
            assert sum(frame in ("bound", "binds", "tended") for frame in frames) <= 1


def test_nobody_says_the_same_twice(battles: list[Told]) -> None:
    """What a mind says is told once in the same tone, however often it says so."""
    for told in battles:
        for telling in told.tellings:
            said: Counter[tuple[str, str, str]] = Counter()
            for scene, sentence in sentences(telling):
                for clause in sentence["clauses"]:
                    if clause["frame"] == "utters":
                        record = told.of(scene).records[clause["record"]]
                        notion, tone = record.get("notion"), record.get("tone")
                        said[scene["witness"], str(notion), str(tone)] += 1
            assert all(count == 1 for count in said.values()), said


def test_a_small_clause_does_not_come_back_at_once(battles: list[Told]) -> None:
    """The same few words are not told twice within thirty sentences."""
    for telling in (told.tellings[0] for told in battles):
        last: dict[str, int] = {}
        for number, (_, sentence) in enumerate(sentences(telling)):
            for clause in sentence["clauses"]:
                tree = Tree(clause["tree"], parsed(clause["tree"]))
                if 3 <= tree.fixed < 5:
                    assert number - last.get(clause["tree"], -99) >= 30, sentence["text"]
                    last[clause["tree"]] = number


def test_two_of_one_unit_tell_the_same_differently(battles: list[Told]) -> None:
    """What one whom nobody named went through, told by his neighbour: few words are the same, and
    who is sparing of them takes fewer for a sentence than one who lets it flow.
    """
    told = battles[1]
    soldiers = sorted((one for one in told.testimonies.values() if not one.self_["name"]),
                      key=lambda one: -len(one.records))[:4]  # fmt: skip
    lengths: dict[str, list[int]] = {}
    shared: Counter[tuple[str, str]] = Counter()
    of_both: Counter[tuple[str, str]] = Counter()
    for soldier in soldiers:
        words: dict[str, set[str]] = {}
        for number in range(2, 2 + len(TEMPERS)):
            own = {**soldier.self_, "number": number}
            one = dataclasses.replace(soldier, self_=own, luck=soldier.luck + 7919 * number)
            said = [each for scene in tell(one, told.lexicon, told.voices, 500).scenes
                    for each in scene.sentences()]  # fmt: skip
            lengths.setdefault(temper_of(own), []).extend(len(each.text.split()) for each in said)
            words[temper_of(own)] = {each.text for each in said}
        for pair in combinations(sorted(words), 2):
            one_of_them, other = (words[temper] for temper in pair)
            shared[pair] += len(one_of_them & other)
            of_both[pair] += min(len(one_of_them), len(other))
    assert all(shared[pair] < 0.3 * of_both[pair] for pair in of_both), (shared, of_both)
    usual = {temper: sum(of) / len(of) for temper, of in lengths.items()}
    assert set(usual) == set(TEMPERS)
    assert usual["sparing"] + 1.0 < usual["flowing"], usual


def test_a_second_scene_of_a_minute_is_headed_as_later() -> None:
    """No two scenes of one mind stand under the same line."""
    lines = [heading(mind(), lexicon_of(), tick, alone=True, before=before)
             for tick, before in ((20, -1), (120, 20), (320, 120))]  # fmt: skip
    assert lines == ["In the first minute", "Later in the first minute", "In the second minute"]


# ------------------------------------------------------------------ words


def test_the_base_is_sound() -> None:
    """Every tree of the words that all worlds share goes through every form, and the linter finds
    no fault.
    """
    assert faults(base()) == []
    lexicon = lexicon_of()
    said = [text for name in sorted(lexicon.trees) for _, text in forms_of(lexicon, name)]
    assert len(said) > 1000
    assert not [text for text in said if "{" in text or "[" in text]
    assert {name.split("/")[0] for name in lexicon.trees} <= set(PREDICATES)


def test_no_run_of_five_words_is_the_storys(tmp_path: Path) -> None:
    """No telling of the clearing shares five words on end with the story it is modelled on."""
    recording = recorded(tmp_path, "clearing", 30.0)
    many = heard(recording, chorus_of(recording), threads=1)
    lexicon, voices = words_beside("clearing")
    story = stored()
    assert len(story) > 2000

    texts = [chorus(many, lexicon, voices, 3000), *(tell(one, lexicon, voices) for one in many)]
    for telling in texts:
        for _, sentence in sentences(as_read(telling)):
            assert not runs(sentence["text"]) & story, sentence["text"]
    trees = [tree.say for name in lexicon.trees for tree in lexicon.of(name)]
    assert not [say for say in trees if runs(say.replace("[", "").replace("]", "")) & story]


def test_a_pronoun_stands_in_its_case() -> None:
    """She is "she" only where she opens a clause: nothing is told of she."""
    seen = [record(20 + 2 * k, pred, 0, **more) for k, (pred, more) in enumerate(
        (("sees", {"metres": 6.0}), ("bleeds", {}), ("threatened", {"metres": 2.0}), ("runs", {}),
         ("lies", {}), ("afraid", {"much": 0.6})))]  # fmt: skip
    known = record(18, "takes_for", 0, "Ada", sure=0.95)
    for luck in range(12):
        text = text_of(dataclasses.replace(mind(*_ADA, known, *seen), luck=luck))
        words = text.lower().replace(",", "").replace(".", "").split()
        after = {before for before, word in pairwise(words) if word == "she"}
        assert not after & {"of", "on", "at", "for", "had", "saw", "to", "by", "with", "upon"}


@pytest.mark.parametrize(
    "say", ["nobody wanted to kill {me}", "{whom} [know] it", "they [hope] so"]
)
def test_another_mind_is_known_by_no_word(say: str) -> None:
    """A tree that knows what others want, know or hope is refused, unless it is told as a guess."""
    words = {"say": say, "hedged": False}
    plain = LexiconFile.model_validate({"predicates": {"foe_comes": [words]}})
    guess = LexiconFile.model_validate({"predicates": {"foe_comes": [words | {"hedged": True}]}})
    assert any("another's mind" in fault for fault in faults(plain))
    assert not faults(guess)


def test_more_than_one_were_there() -> None:
    """What is more than one is not said to have been there as if it were one."""
    words = {"foes_many": [{"say": "there [be] {number} of them"}]}
    found = faults(LexiconFile.model_validate({"predicates": words}))
    assert any("more than one" in fault for fault in found)
