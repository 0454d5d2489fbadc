"""Leaks put into tellings: of plans, where a clause claims another licence or is said otherwise,
and of finished text, where words are put in, put in place of others, or left out.

Whatever is made here is a leak by its making: what the reader is told then is said by no record
that the clause names, or the record named is another mind's, of later, or of somebody else. A
life drawn for somebody rests on no record but his own luck. What reads the same as before, or
differs only in the subject of a second clause that the first has said
already ("he ran, and [he] fell"), is no leak, and is never made.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from affray.record.testimony import Record, seal
from affray.tell.audit.reading import Reading
from affray.tell.collective import collective
from affray.tell.drawn import own_past
from affray.tell.english import capital, inflected, number, roughly
from affray.tell.heading import name_of
from affray.tell.lexicon import AGAIN, COMES_AGAIN, FEWER, GROWS, MORE
from affray.tell.plan import HEDGES
from affray.tell.pronouns import OWN
from affray.tell.trees import Tree, Verb, parsed
from tests.tell.told import Data, Told, sentences

Mutation = Callable[["Place", Random], bool]
"""Changes a place, if it can be done there, and says whether it is a leak now."""
_TRIES = 4000
_LASTS = ("wound/with", "carries/with", "tinted/with")  # is so for long
_TOGETHER = 0.2  # how often a place is looked for in what several tell together

NUMBERS = ("one", "two", "three", "seven", "fourteen", "forty-one", "a hundred", "37", "twice")
SENSES = ("heard", "saw", "smelled", "glimpsed", "tasted", "sniffed")
MINDS = ("wanted", "knew", "hoped", "meant", "decided", "feared", "believed", "hated")
TRIGGERS = ("again", "still", "already", "another", "too", "anymore", "back")
PLAIN = ("dead", "not", "never", "because", "wounded", "the king", "tomorrow", "bravely")
WORDS = {"number": NUMBERS, "channel": SENSES, "mind": MINDS, "word": TRIGGERS,
            "unsupported": PLAIN}  # fmt: skip


@dataclass
class Place:
    """One clause of one telling, in copies that a mutation may change."""

    told: Told
    scene: Data
    sentence: Data
    clause: Data


def place(battles: list[Told], luck: Random) -> Place:
    """A clause anywhere in any telling of any battle."""
    told = luck.choice(battles)
    telling = luck.choice(told.tellings)
    shared = [scene for scene in telling["scenes"] if "together" in scene]
    often = shared if shared and luck.random() < _TOGETHER else telling["scenes"]
    scene = copy.deepcopy(luck.choice(often))
    paragraph = luck.choice(scene["paragraphs"])
    sentence = luck.choice(paragraph)
    return Place(told, scene, sentence, luck.choice(sentence["clauses"]))


def names_of(told: Told) -> list[str]:
    """Every name in a battle."""
    found = {record.of for one in told.testimonies.values() for record in one.records if record.of}
    return sorted(found | {one.self_["name"] for one in told.testimonies.values()} - {""})


# ------------------------------------------------------------------ plans


def another_frame(at: Place, luck: Random) -> bool:
    """It claims to say another predicate of its record."""
    frames = [name for name in sorted(at.told.lexicon.trees)
              if name.split("/")[0] != at.clause["frame"].split("/")[0]]  # fmt: skip
    at.clause["frame"] = luck.choice(frames)
    return True


def another_record(at: Place, luck: Random) -> bool:
    """It claims to rest on another record of the same mind, of another kind; sealed or not."""
    if at.clause["frame"].startswith("past/"):
        return False  # a life is drawn for the witness, and rests on no record
    records = at.told.of(at.scene).records
    others = [one for one in records if one.pred != records[at.clause["record"]].pred]
    if at.clause["frame"].startswith("shared/"):  # that it is about him, whatever it says, is all
        reading = Reading(at.told.of(at.scene))
        mate = _mate_of(records[at.clause["record"]], reading)
        others = [one for one in others if _mate_of(one, reading) != mate]
    if not others:
        return False
    other = luck.choice(others)
    at.clause["record"] = other.id
    if luck.random() < 0.5:
        at.clause["seal"] = seal(other)
    return True


def _mate_of(record: Record, reading: Reading) -> int:
    """Which companion a record is about, by his number; 0: none."""
    held = reading.held(record.whom, record.tick) if record.whom >= 0 else None
    return held.mate if held is not None else 0


def no_such_record(at: Place, luck: Random) -> bool:
    """It claims to rest on what stands in no testimony of this mind."""
    count = len(at.told.of(at.scene).records)
    what = luck.choice(("record", "cites", "named"))
    nobody = luck.choice((luck.randint(count, 2 * count + 9), luck.randint(-9, -1)))
    at.clause[what] = nobody if what == "record" else [nobody]
    return True


def another_seal(at: Place, luck: Random) -> bool:
    """Its record is sealed as another one."""
    at.clause["seal"] = f"{int(at.clause['seal'], 16) ^ luck.randint(1, 2**32 - 1):08x}"
    return True


def another_tree(at: Place, luck: Random) -> bool:
    """It claims to be said by another tree of the lexicon than by its own."""
    trees = [tree.say for many in at.told.lexicon.trees.values() for tree in many]
    others = [say for say in trees if _letters(say) != _letters(at.clause["tree"])]
    at.clause["tree"] = luck.choice(others)
    return True


def another_hedge(at: Place, luck: Random) -> bool:
    """It claims a doubt that is not in its words, or denies the one that is."""
    now = at.clause.get("hedge", "")
    at.clause["hedge"] = luck.choice([one for one in ("", *HEDGES, "surely") if one != now])
    return True


def another_form(at: Place, luck: Random) -> bool:
    """It claims another form of its verb: one that is none, or that its words do not have."""
    if not at.clause["tree"].count("["):
        at.clause["form"] = "future"
        return True
    others = [one for one in ("perfect", "ing", "future") if one != at.clause.get("form", "past")]
    at.clause["form"] = luck.choice(others)
    return True


def cites_what_does_not_bear(at: Place, luck: Random) -> bool:
    """It claims to rest, besides, on a record that has nothing to do with its own; of later."""
    records = at.told.of(at.scene).records
    later = [one.id for one in records if one.tick > at.scene["to_tick"]]
    if not later:
        return False
    at.clause["cites"] = [luck.choice(later)]
    return True


def named_by_another(at: Place, luck: Random) -> bool:
    """It claims a name by a record that names nobody in it."""
    records = at.told.of(at.scene).records
    about = records[at.clause["record"]].whom
    naming = [one.id for one in records if one.id not in at.clause.get("named", ())
              and (one.whom != about or about < 0)]  # fmt: skip
    if not naming:
        return False
    at.clause["named"] = [*at.clause.get("named", ()), luck.choice(naming)]
    return True


def named_by_none(at: Place, luck: Random) -> bool:
    """Nothing names the one who is named in it."""
    records = at.told.of(at.scene).records
    text = at.clause["text"]
    names = [records[number].of for number in at.clause.get("named", ())]
    if not any(name and name in text for name in names):
        return False
    del at.clause["named"]
    return True


def joined_by_more(at: Place, luck: Random) -> bool:
    """Its clauses are joined by what says more than that both were so."""
    if len(at.sentence["clauses"]) < 2:
        return False
    joint = luck.choice((" because ", ", although ", ", which meant that ", " lest "))
    joints = at.sentence["joints"]
    joined = luck.randint(0, len(joints) - 1)
    old, joints[joined] = joints[joined], joint
    if old == joint:
        return False
    at.sentence["text"] = at.sentence["text"].replace(old, joint, 1)
    records = at.told.of(at.scene).records
    pair = [records[at.sentence["clauses"][k]["record"]] for k in (joined, joined + 1)]
    linked = any(a.id in ids for a, b in (pair, pair[::-1]) for ids in b.links.values())
    decided = at.sentence["clauses"][joined + 1]["frame"].endswith("/why")
    return not ((linked or decided) and "because" in joint)


def nothing_cited(at: Place, luck: Random) -> bool:
    """It rests on nothing at all."""
    at.sentence["clauses"], at.sentence["joints"] = [], []
    return True


def set_in_of_another_time(at: Place, luck: Random) -> bool:
    """What is set into a clause was so at quite another time."""
    testimony = at.told.of(at.scene)
    records, clauses = testimony.records, at.sentence["clauses"]
    plain = [k for k, one in enumerate(clauses) if not one["frame"].endswith("/with")]
    for place, clause in enumerate(clauses):
        if not clause["frame"].endswith("/with") or not plain or clause["frame"] in _LASTS:
            continue
        old, main = records[clause["record"]], records[clauses[_nearest(place, plain)]["record"]]
        others = [
            one for one in records if one.pred == old.pred and (
                testimony.seconds(main.tick - max(one.tick, one.until)) > 25.0
                or testimony.seconds(one.tick - max(main.tick, main.until)) > 5.0
            )
        ]  # fmt: skip
        if others:
            other = luck.choice(others)
            clause["record"], clause["seal"] = other.id, seal(other)
            return True
    return False


def _nearest(place: int, others: Sequence[int]) -> int:
    """The one of some places that is nearest to one."""
    return min(others, key=lambda one: abs(one - place))


def by_others_together(at: Place, luck: Random) -> bool:
    """What several tell together is told by others besides, or of another moment."""
    if "together" not in at.scene:
        return False
    members, tick = at.scene["together"]
    others = [name for name in at.told.testimonies if name not in members]
    if others and luck.random() < 0.5:
        members = [*members, luck.choice(others)]
        if together_as_before(at, members, tick):
            return False
    else:
        tick += luck.choice((-400, 400))
        if together_as_before(at, members, tick):
            return False
    at.scene["together"] = [members, tick]
    at.scene["witness"] = name_of(members, tick)
    return True


def together_as_before(at: Place, members: Sequence[str], tick: int) -> bool:
    """Whether those share the very records of a scene."""
    shared = collective([at.told.testimonies[name] for name in members], tick)
    seals = {seal(one) for one in shared.records} if shared is not None else set()
    return all(clause["seal"] in seals for paragraph in at.scene["paragraphs"]
               for sentence in paragraph for clause in sentence["clauses"])  # fmt: skip


def another_life(at: Place, luck: Random) -> bool:
    """A witness whom nobody named claims what lies behind somebody else of his side."""
    testimony = at.told.of(at.scene)
    side = at.told.lexicon.words.sides.get(testimony.self_["side"])
    pred, _, rest = at.clause["frame"].partition("/")
    if pred != "past" or side is None:
        return False
    own = own_past(testimony, len(side.past))
    others = [number for number in range(len(side.past)) if number not in own]
    if not others:
        return False
    number, back = luck.choice(others), rest.partition("/")[2]
    at.clause["frame"] = f"past/{number}" + (f"/{back}" if back else "")
    if luck.random() < 0.5 or back:
        return True
    say = side.past[number].say
    at.clause["tree"] = say
    return _said(at, _of_oneself(say, at), True)


def _of_oneself(say: str, at: Place) -> str:
    """A tree that speaks of nobody but whoever tells, in words."""
    tells = Reading(at.told.of(at.scene)).tells
    irregular = at.told.lexicon.words.irregular
    return Tree(say, parsed(say)).realized(lambda slot: OWN[slot][tells], irregular)


def again_after_nothing(at: Place, luck: Random) -> bool:
    """A thing is told as one that came about once more, and what is cited for that is none: nothing
    at all, something else, what came later, or what goes on, of the same one.
    """
    records = at.told.of(at.scene).records
    record = records[at.clause["record"]]
    if record.pred not in COMES_AGAIN or not _put_as(at, f"{record.pred}/{AGAIN}", luck):
        return False
    unlike = [one.id for one in records if one.id < record.id and one.pred != record.pred]
    later = [one.id for one in records if one.id > record.id and one.pred == record.pred]
    alike = [one for one in records if one.id < record.id and one.pred == record.pred]
    goes_on = [one.id for one in alike if one.whom == record.whom >= 0
               or (record.whom < 0 and one.until >= record.tick)]  # fmt: skip
    which = luck.choice([[], unlike[-9:], later[:9], goes_on[-9:], [record.id]])
    at.clause["cites"] = [luck.choice(which)] if which else []
    return True


def a_change_that_is_none(at: Place, luck: Random) -> bool:
    """There are said to be more than before, or fewer, of what was as many, or changed the other
    way; or what they are held against is none.
    """
    records = at.told.of(at.scene).records
    record = records[at.clause["record"]]
    facet = luck.choice((MORE, FEWER)) if record.pred == "foes_many" else MORE
    if record.pred not in GROWS or not _put_as(at, f"{record.pred}/{facet}", luck):
        return False
    measure = "much" if record.pred == "fear" else "number"
    now = float(record.get(measure, 0.0))

    def has_changed(one: Record) -> bool:
        was = float(one.get(measure, 0.0))
        return was < now if facet == MORE else was > now

    alike = [one for one in records if one.id < record.id and one.pred == record.pred]
    wrong = [one.id for one in alike if not has_changed(one)]
    unlike = [one.id for one in records if one.id < record.id and one.pred != record.pred]
    which = luck.choice([wrong, unlike[-9:], []]) if wrong else luck.choice([unlike[-9:], []])
    at.clause["cites"] = [luck.choice(which)] if which else []
    return True


def _put_as(at: Place, frame: str, luck: Random) -> bool:
    """Say a clause by words of another facet of its predicate, of those that speak of nobody but
    whoever tells.
    """
    record = at.told.of(at.scene).records[at.clause["record"]]
    trees = [tree for tree in at.told.lexicon.of(frame)
             if tree.slots() <= OWN.keys() and tree.suits(record.features)]  # fmt: skip
    if not trees or at.clause.get("relative") or at.clause.get("form", "past") != "past":
        return False
    tree = luck.choice(trees)
    at.clause["frame"], at.clause["tree"] = frame, tree.say
    return _said(at, _of_oneself(tree.say, at), True)


PLANS = (another_life, again_after_nothing, a_change_that_is_none, set_in_of_another_time,
         by_others_together, another_frame, another_record, no_such_record, another_seal,
         another_tree, another_hedge, another_form, cites_what_does_not_bear, named_by_another,
         named_by_none, joined_by_more, nothing_cited)  # fmt: skip


def _letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalpha())


# ------------------------------------------------------------------ plans, and said so


def from_another_mind(at: Place, luck: Random) -> bool:
    """A sentence of another mind's telling stands in this one's."""
    return _transplanted(at, luck, lambda scene, sentence: scene["witness"] != at.scene["witness"])


def from_later(at: Place, luck: Random) -> bool:
    """A sentence of the same mind stands in a scene that was over before it came about."""
    records = at.told.of(at.scene).records

    def later(scene: Data, sentence: Data) -> bool:
        ticks = [records[one["record"]].tick for one in sentence["clauses"]
                 if one["record"] < len(records)]  # fmt: skip
        return scene["witness"] == at.scene["witness"] and max(ticks) > at.scene["to_tick"]

    return _transplanted(at, luck, later)


def _transplanted(at: Place, luck: Random, fits: Callable[[Data, Data], bool]) -> bool:
    found = [sentence for telling in at.told.tellings for scene, sentence in sentences(telling)
             if fits(scene, sentence)]  # fmt: skip
    if not found:
        return False
    at.scene["paragraphs"].append([copy.deepcopy(luck.choice(found))])
    mine = {seal(one) for one in at.told.of(at.scene).records}
    put = at.scene["paragraphs"][-1][0]["clauses"]
    late = at.scene["to_tick"]
    records = at.told.of(at.scene).records
    if all(one["seal"] in mine for one in put):  # two minds that had the very same record
        return any(records[one["record"]].tick > late for one in put)
    return True


def a_name_is_given(at: Place, luck: Random) -> bool:
    """Somebody whom this mind could not name is called by a name, and a record is claimed for it;
    somebody whom it took for one is called by the name of another.
    """
    testimony = at.told.of(at.scene)
    records = testimony.records
    record = records[at.clause["record"]]
    parts = at.clause["tree"].split("{whom}")
    if len(parts) != 2 or record.whom < 0 or at.clause.get("relative"):
        return False
    held = Reading(testimony).held(record.whom, record.tick)
    rightly = "" if held is None else held.name
    names = [name for name in names_of(at.told)
             if name not in at.clause["text"] and name != rightly]  # fmt: skip
    now = _filled(at.clause["text"], parts, at)
    if now is None or not names:
        return False
    name = luck.choice(names)
    naming = [one.id for one in records if one.of == name]
    at.clause["named"] = [luck.choice(naming)] if naming else []
    return _said(at, at.clause["text"].replace(now, name, 1), True)


def a_doubt_is_dropped(at: Place, luck: Random) -> bool:
    """What was inferred, or taken for so with a doubt, is told as it were known."""
    hedge = at.clause.get("hedge", "")
    if not hedge:
        return False
    text = at.clause["text"].removeprefix("perhaps ").removeprefix("it seemed that ")
    for i in ("he", "she"):
        text = text.removesuffix(f", {i} thought")
    del at.clause["hedge"]
    return _said(at, text, True)


def a_number_is_exact(at: Place, luck: Random) -> bool:
    """A guess at how many is told as a count."""
    record = at.told.of(at.scene).records[at.clause["record"]]
    count = record.get("number")
    if "{number}" not in at.clause["tree"] or count is None:
        return False
    guess = roughly(int(count))
    if (record.acuity >= 0.7 and int(count) < 20) or guess not in at.clause["text"]:
        return False
    exact = number(int(count) + luck.choice((0, 0, 1)))
    return exact != guess and _said(at, at.clause["text"].replace(guess, exact, 1), True)


def as_if_spoken_of(at: Place, luck: Random) -> bool:
    """One who is spoken of first is spoken of as one more, or as the same again."""
    at.scene["paragraphs"] = [[at.sentence]]
    at.clause = at.sentence["clauses"][0]
    parts = at.clause["tree"].split("{whom}")
    now = _filled(at.clause["text"], parts, at) if len(parts) == 2 else None
    if now is None:
        return False
    to = luck.choice(("another of them", "that one", "the other one", "a second one", "a third"))
    return now != to and _said(at, at.clause["text"].replace(now, to, 1), True)


def one_more_or_fewer(at: Place, luck: Random) -> bool:
    """The second of a kind is told as the third, or the third as the second."""
    for old, new in (("a second one", "a third"), ("a third", "a second one")):
        if old in at.clause["text"]:
            return _said(at, at.clause["text"].replace(old, new, 1), True)
    return False


def later_first(at: Place, luck: Random) -> bool:
    """What came later is told first, and then what came before it."""
    clauses = at.sentence["clauses"]
    if len(clauses) != 2 or at.sentence.get("opening"):
        return False
    records = at.told.of(at.scene).records
    first, second = (records[one["record"]] for one in clauses)
    if not first.tick < second.tick:
        return False
    at.sentence["clauses"], at.sentence["joints"] = clauses[::-1], [", and then "]
    at.sentence["text"] = capital(", and then ".join(one["text"] for one in clauses[::-1])) + "."
    return True


def in_anothers_scene(at: Place, luck: Random) -> bool:
    """A scene claims to be another witness's."""
    others = [name for name in at.told.testimonies if name != at.scene["witness"]]
    seals = {seal(one) for name in others for one in at.told.testimonies[name].records}
    at.scene["witness"] = luck.choice(others)
    return any(one["seal"] not in seals for paragraph in at.scene["paragraphs"]
               for sentence in paragraph for one in sentence["clauses"])  # fmt: skip


SAID = (from_another_mind, from_later, a_name_is_given, a_doubt_is_dropped, a_number_is_exact,
        as_if_spoken_of, one_more_or_fewer, later_first, in_anothers_scene)  # fmt: skip


def _filled(text: str, parts: Sequence[str], at: Place) -> str | None:
    """What stands for {whom} in a clause, where nothing else in its tree has to be filled; None:
    it cannot be told.
    """
    before, after = parts
    if "{" in before or "[" in before:
        return None
    start = len(before)
    said = text.removeprefix("perhaps ")
    if not said.startswith(before):
        return None
    verb = after.find("[")
    between = after[:verb] if verb >= 0 else after
    if verb >= 0 and between.strip() == "":
        tree = parsed(at.clause["tree"])
        form = at.told.lexicon.words.irregular
        first = next(part for part in tree if isinstance(part, Verb))
        past = inflected(first.plain, "past", form, plural=first.plural)
        end = said.find(f" {past}", start)
        return said[start:end] if end > start else None
    return None


# ------------------------------------------------------------------ finished text


def words_put_in(at: Place, luck: Random) -> bool:
    """A word that nothing licenses is put in: into the sentence alone, or its clause too."""
    pool = (*NUMBERS, *SENSES, *MINDS, *TRIGGERS, *PLAIN, *names_of(at.told))
    return with_word(at, luck.choice(pool), luck)


def with_word(at: Place, word: str, luck: Random) -> bool:
    """Put a word into a clause somewhere: into the sentence alone, or the clause too."""
    words = at.clause["text"].split(" ")
    at_word = luck.randint(0, len(words))
    changed = " ".join([*words[:at_word], word, *words[at_word:]])
    return _said(at, changed, luck.random() < 0.5)


def words_replaced(at: Place, luck: Random) -> bool:
    """A word is put in place of another, in the sentence alone."""
    pool = (*NUMBERS, *SENSES, *MINDS, *TRIGGERS, *PLAIN, *names_of(at.told))
    words = at.clause["text"].split(" ")
    at_word = luck.randint(0, len(words) - 1)
    changed = [*words]
    changed[at_word] = luck.choice(pool)
    return _said(at, " ".join(changed), False)


def words_left_out(at: Place, luck: Random) -> bool:
    """A word is left out of the sentence."""
    words = at.clause["text"].split(" ")
    at_word = luck.randint(0, len(words) - 1)
    if len(words) == 1 or words[at_word].lower() in ("he", "she"):
        return False
    return _said(at, " ".join([*words[:at_word], *words[at_word + 1 :]]), False)


def words_turned_round(at: Place, luck: Random) -> bool:
    """Two words change places in the sentence: who did it, and to whom."""
    words = at.clause["text"].split(" ")
    if len(words) < 2:
        return False
    at_word = luck.randint(0, len(words) - 2)
    changed = [*words]
    changed[at_word], changed[at_word + 1] = changed[at_word + 1], changed[at_word]
    if changed == words:
        return False
    return _said(at, " ".join(changed), False)


def asked_or_told(at: Place, luck: Random) -> bool:
    """What was told is asked, or what was asked is told."""
    text = at.sentence["text"]
    if text[-1] not in ".?":
        return False
    at.sentence["text"] = text[:-1] + (".", "?")[text[-1] == "."]
    return True


def more_is_said(at: Place, luck: Random) -> bool:
    """A whole sentence more stands in the text."""
    more = luck.choice(("It was his brother.", "They were lost.", "He was right."))
    at.sentence["text"] += " " + more
    return True


TEXTS = (words_put_in, words_replaced, words_left_out, words_turned_round, asked_or_told,
         more_is_said)  # fmt: skip


def _said(at: Place, changed: str, clause_too: bool) -> bool:
    """Put a changed clause into its sentence; False: it reads as before."""
    old, text = at.clause["text"], at.sentence["text"]
    start = text.lower().find(old.lower())
    if start < 0:
        return False
    first = changed[:1].upper() if text[start] != old[0] else changed[:1]
    put = text[:start] + first + changed[1:] + text[start + len(old) :]
    if put.lower() == text.lower():
        return False
    at.sentence["text"] = put
    if clause_too:
        at.clause["text"] = changed
    return True


def mutated(battles: list[Told], mutation: Mutation, luck: Random) -> Place:
    """A place where a mutation could be made, and was."""
    for _ in range(_TRIES):
        at = place(battles, luck)
        if mutation(at, luck):
            return at
    raise AssertionError(f"{mutation.__name__} could be made nowhere")
