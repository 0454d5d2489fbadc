"""A lexicon: the words of a world, as its author writes them, over those that any world can use.

``base.yaml`` is there for all. A battle's own ``lexicon.yaml`` adds trees, or puts its own in
their place (``instead``), and names sides, weapons, powers, memories and notions.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Annotated, Any

from pydantic import AfterValidator, Field, model_validator

from affray.record.predicates import PREDICATES
from affray.record.testimony import Record
from affray.scenario.fields import Section, Short, key, listed, nearest, wrong
from affray.scenario.nodes import Node
from affray.scenario.problems import Problems
from affray.scenario.sections import parsed as file_parsed
from affray.scenario.sections import text_of
from affray.tell.drawn import PAYS
from affray.tell.trees import Tree, parsed

FACETS = {
    "foes_many": ("ask", "guess", "lost"), "takes_for": ("unsure", "undone"),
    "tie": ("dead", "love"), "order": ("cry", "others"), "call": ("cry",),
    "fights": ("lands", "fails"), "says": ("cry",),
    "torn": ("want", "why", "against", "deed", "anyway"),
    "goes_on": ("why",), "gives_ground": ("why",), "rests": ("why",), "stands": ("why",),
}  # fmt: skip
"""What can be said of a predicate beside itself: ``pred/facet``."""
WITH = "with"  # how something was while something else came about: "with nobody at his side"
WHO = "who"  # who somebody is to one, after his name: "whom she loved"
SET_IN = (
    "alone", "foes_near", "foes_gone", "dim", "din", "quiet", "blood_smell", "mates_cover",
    "mate_beside", "mates_flee", "mates_down", "mates_weary", "wound", "pain", "spent", "fear",
    "calm", "notices_blood", "held", "tinted", "carries", "tended", "foes_many", "bright",
    "they_run", "they_lie", "they_fight",
)  # fmt: skip
"""Predicates that can be set into a clause of something else."""
PAST_LIFE, SHARED = "past", "shared"
"""What is drawn for somebody whom nobody named: a life, and what he has with a companion."""
BACK = "back"  # the same once more, at the end of a telling
MANY = "many"  # that the like came again and again, within a minute: one of them, then the next
PRESS = ("goes_on", "foe_comes", "fights", "mate_beside", "foes_many", "mates_flee", "mates_down")
"""Predicates that can be told of several records at once."""
AGAIN, MORE, FEWER = "again", "more", "fewer"
"""That the like came about before, that there is more of it than before, or less."""
COMES_AGAIN = (
    "wound", "throws", "fear", "stands", "goes_on", "gives_ground", "mate_falls", "mate_flees",
    "mate_hurt", "shot_at", "alone", "foes_gone", "tends", "rests", "fells",
)  # fmt: skip
"""Predicates that can be told as coming about once more."""
GROWS = ("mates_down", "mates_flee", "foes_flee", "foes_many", "foes_near", "fear")
"""Predicates that can be told as more than before."""
FACETS = {
    **FACETS,
    "tie": (*FACETS["tie"], WHO),
    **{pred: (*FACETS.get(pred, ()), MANY) for pred in PRESS},
}
FACETS = {**FACETS, **{pred: (*FACETS.get(pred, ()), WITH) for pred in SET_IN}}
FACETS = {**FACETS, **{pred: (*FACETS.get(pred, ()), AGAIN) for pred in COMES_AGAIN}}
FACETS = {**FACETS, **{pred: (*FACETS.get(pred, ()), MORE) for pred in GROWS}}
FACETS["foes_many"] = (*FACETS["foes_many"], FEWER)


def _is_said(phrase: str) -> str:
    if not phrase.strip():
        raise wrong("words are wanted here, and there are none")
    if phrase != phrase.strip():
        raise wrong(f"'{phrase}' begins or ends with a space; remove it")
    return phrase


def _parses(say: str) -> str:
    try:
        parsed(say)
    except ValueError as error:
        raise wrong(str(error)) from None
    return say


Phrase = Annotated[str, AfterValidator(_is_said)]
Phrases = Annotated[tuple[Phrase, ...], Field(min_length=1, max_length=200)]
Clause = Annotated[Phrase, AfterValidator(_parses)]
Clauses = Annotated[tuple[Clause, ...], Field(min_length=1, max_length=200)]


def _read_said(value: Any) -> Any:
    return {"say": value} if isinstance(value, str) else value


class Said(Section):
    """A tree as it is written."""

    say: Clause = key("the clause")
    if_: dict[str, Any] = Field({}, alias="if", description="what features must be")
    unless: dict[str, Any] = key("what features must not be", {})
    presupposes: tuple[str, ...] = key("predicates that must have come before", ())
    mark: Annotated[int, Field(ge=0, le=3)] = key("how much it strikes the ear", 0)
    hedged: bool = key("it is a guess, and said as one", False)
    who: tuple[str, ...] = key("who alone says it: names, units, sides; default: anybody", ())
    of: tuple[str, ...] = key("of whom alone it is said, by name; default: of anybody", ())

    def tree(self, world: bool) -> Tree:
        """The tree that it says."""
        demands, refuses = _plain(self.if_), _plain(self.unless)
        return Tree(
            self.say,
            parsed(self.say),
            demands,
            refuses,
            self.presupposes,
            self.mark,
            self.hedged,
            world,
            self.who,
            self.of,
        )


def _plain(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """What features must be, as a record has them: a file of words has ``true`` as a word."""
    whether = {"true": True, "false": False}
    return {
        name: whether.get(value, value) if isinstance(value, str) else value
        for name, value in wanted.items()
    }


_Said = Annotated[Said, Short(_read_said, {"type": "string"})]


class Past(Section):
    """Something that somebody of a side may have behind him."""

    say: Clause = key("a clause in the pluperfect, with {I}")
    cue: tuple[str, ...] = key("predicates that bring it to mind; default: a lull does", ())
    back: Clause = key("what he thinks of it at the end of his telling", "")

    @model_validator(mode="after")
    def _is_brought_by_something(self) -> Past:
        for pred in self.cue:
            _known(pred, PREDICATES)
        return self


_Past = Annotated[Past, Short(_read_said, {"type": "string"})]


class Companion(Section):
    """Something that somebody of a side may have with a companion of his unit ({whom})."""

    say: Clause = key("a clause with {whom}")
    on: dict[str, Clause] = key("what one thinks of it when that comes of him, by predicate", {})
    back: Clause = key("and at the end of a telling, if nothing was told to come of him", "")

    @model_validator(mode="after")
    def _can_come_about(self) -> Companion:
        for pred in self.on:
            _known(pred, PAYS)
        if "{whom}" not in self.say:
            raise wrong("says nothing of the companion: write {whom}")
        return self


_Companion = Annotated[Companion, Short(_read_said, {"type": "string"})]


def _known(pred: str, known: Iterable[str]) -> None:
    """Raises the fault to show where nobody testifies a predicate, or not here."""
    names = sorted(known)
    if pred not in names:
        raise wrong(f"'{pred}' is none of {listed(names, 12)}{nearest(pred, names)}")


class Order(Section):
    """An order, as one is told it (``to stand``), and as it is shouted."""

    told: str = key("what one is told: to ...")
    cry: tuple[Phrase, ...] = key("what is shouted", ())


class Call(Section):
    """A call, as a thing, and as it is shouted."""

    thing: str = key("what it is")
    cry: tuple[Phrase, ...] = key("what is shouted", ())


class Foes(Section):
    """How one side is spoken of by those who fight it."""

    many: str = key("all of them: the Sound")
    one: Phrases = key("one of them, with its article: a man of the Sound")
    masked: tuple[Phrase, ...] = key("one whose face is covered", ())
    again: Phrases = key("the same one again: the man", ("that one",))
    another: Phrases = key("one more of them", ("another of them",))
    mask_again: tuple[Phrase, ...] = key("the same one again, whose face is covered", ())
    mask_another: tuple[Phrase, ...] = key("one more whose face is covered", ())
    him: str = key("a pronoun for the same one again, where all of them are such: him", "")


class Side(Section):
    """How one side speaks of itself, and what its people are called."""

    ours: str = key("one's own, all of them")
    one: Phrases = key("one of them, with its article", ("one of {ours}",))
    another: Phrases = key("one more of them", ("another of {ours}",))
    men: tuple[Phrase, ...] = key("names of men of this side, for those whom nobody named", ())
    women: tuple[Phrase, ...] = key("names of women", ())
    him: str = key("a pronoun for the same one again, where all of them are such: him", "")
    past: tuple[_Past, ...] = key("what somebody of this side may have behind him", ())
    companions: tuple[_Companion, ...] = key("and what with a companion of his unit", ())


class Memory(Section):
    """A memory in words: clauses in the pluperfect, told when it comes back."""

    scene: Clauses = key("what it was, a sentence each, in the order they are told")
    thing: str = key("what it is in short, as a noun phrase", "")


class Notion(Section):
    """A notion in words: as it is thought, and as it is said."""

    thought: Phrases = key("as it is thought: This is the end")
    said: tuple[Phrase, ...] = key("as it is said aloud; default: as it is thought", ())


class LexiconFile(Section):
    """A file of words."""

    irregular: dict[str, tuple[str, str, str]] = key("past, participle and -ing of verbs", {})
    predicates: dict[str, tuple[_Said, ...]] = key("trees for each predicate", {})
    instead: tuple[str, ...] = key("predicates for which only this file's trees count", ())
    places: dict[str, Phrases] = key("parts of the body", {})
    acts: dict[str, Clauses] = key("what one wants to do: to ...", {})
    did: dict[str, Clauses] = key("what one did: {I} ...", {})
    orders: dict[str, Order] = key("orders", {})
    calls: dict[str, Call] = key("calls", {})
    people: dict[str, Phrases] = key("how those are spoken of whom one cannot name", {})
    handles: dict[str, Phrases] = key(
        "what somebody is called again whom one cannot name, by what was last seen of him", {}
    )
    looks: dict[str, str] = key(
        "how looks are spoken of: hair, build, crest; hair/red: of one kind alone", {}
    )
    foes: dict[str, Foes] = key("sides, as those speak of them who fight them", {})
    sides: dict[str, Side] = key("sides, as they speak of themselves", {})
    units: dict[str, str] = key("units, as they are spoken of: the captain's company", {})
    weapons: dict[str, str] = key("weapons, as they are spoken of", {})
    powers: dict[str, str] = key("powers, as those think of them who use them", {})
    motifs: dict[str, Phrases] = key("words that come back through a telling, by motif", {})
    memories: dict[str, Memory] = key("memories, by the names that a scenario gives them", {})
    notions: dict[str, Notion] = key("notions, by the names that a scenario gives them", {})


@dataclass(frozen=True)
class Lexicon:
    """The words of a world: ``trees`` by ``pred`` or ``pred/facet``, and what has names."""

    trees: Mapping[str, tuple[Tree, ...]]
    words: LexiconFile
    origin: str

    def of(self, name: str) -> tuple[Tree, ...]:
        """The trees of a predicate, or of a facet of one."""
        return self.trees.get(name, ())

    def of_record(self, name: str, record: Record, own: Mapping[str, Any]) -> tuple[Tree, ...]:
        """The trees of a frame of a record, for one who testifies (``self_``): of a memory
        (``recalls/0``) its sentences by number; of what is drawn for somebody (``past/0``,
        ``shared/0/mate_falls``) one clause.
        """
        side = str(own["side"])
        if not is_told_once(name):
            whose = {own["name"], own["unit"], side}
            return tuple(tree for tree in self.of(name) if not tree.who or whose & {*tree.who})
        text = self._told_once(name, record, side)
        return (Tree(text, parsed(text), world=True),) if text else ()

    def _told_once(self, name: str, record: Record, side: str) -> str:
        """The clause of what is told once; nothing: there is none."""
        pred, number, *when = name.split("/")
        words = self.words.sides.get(side)
        if words is not None and pred == PAST_LIFE and int(number) < len(words.past):
            past = words.past[int(number)]
            return past.say if not when else past.back if when == [BACK] else ""
        if words is not None and pred == SHARED and int(number) < len(words.companions):
            shared = words.companions[int(number)]
            return shared.say if not when else {**shared.on, BACK: shared.back}.get(when[0], "")
        memory = self.words.memories.get(str(record.get("memory")))
        known = pred == "recalls" and memory is not None and int(number) < len(memory.scene)
        return memory.scene[int(number)] if memory is not None and known else ""


def is_told_once(name: str) -> bool:
    """Whether a frame is of a clause that is told of one thing alone: a sentence of a memory, or
    what is drawn for somebody.
    """
    return name.partition("/")[2].partition("/")[0].isdecimal()


def is_drawn(name: str) -> bool:
    """Whether a frame is of what is drawn for somebody, and rests on no percept."""
    return is_told_once(name) and name.partition("/")[0] in (PAST_LIFE, SHARED)


def read_lexicon(path: str | os.PathLike[str]) -> LexiconFile:
    """The words in a file. Raises ScenarioError with every fault and its place."""
    return parse_lexicon(text_of(path), str(path))


def parse_lexicon(text: str, origin: str) -> LexiconFile:
    """The words that ``text`` says. Raises ScenarioError."""
    return placed(text, origin)[0]


def placed(text: str, origin: str) -> tuple[LexiconFile, Node]:
    """The words that ``text`` says, and where each of them stands. Raises ScenarioError."""
    found, root = file_parsed(LexiconFile, text, origin, "a lexicon (predicates, sides, ...)")
    problems = Problems()
    known = sorted(names_of_trees())
    for name in found.predicates:
        if name not in known:
            problems.say(
                root.walk_to(("predicates", name))[0].place,
                f"nobody testifies '{name}'; there are {listed(known, 12)}{nearest(name, known)}",
            )
    for number, name in enumerate(found.instead):
        if name not in found.predicates:
            place = root.walk_to(("instead", number))[0].place
            problems.say(place, f"this file has no trees for '{name}' to take the others' place")
    if problems:
        raise problems.error()
    return found, root


def names_of_trees() -> Iterable[str]:
    """Every predicate and facet that can have trees."""
    for name in PREDICATES:
        yield name
        yield from (f"{name}/{facet}" for facet in FACETS.get(name, ()))


@lru_cache(maxsize=1)
def base() -> LexiconFile:
    """The words that any world can use."""
    file = resources.files("affray") / "tell" / "words" / "base.yaml"
    return parse_lexicon(file.read_text(encoding="utf-8"), "base.yaml")


def lexicon_of(world: LexiconFile | None = None, origin: str = "base.yaml") -> Lexicon:
    """The base with a world's own words over it."""
    shared = base()
    if world is None:
        return Lexicon(_trees(shared, False), shared, origin)
    trees = _trees(shared, False)
    for name, own in _trees(world, True).items():
        trees[name] = own if name in world.instead else (*own, *trees.get(name, ()))
    merged = {
        field: {**getattr(shared, field), **getattr(world, field)}
        for field in LexiconFile.model_fields
        if isinstance(getattr(shared, field), dict) and field != "predicates"
    }
    words = shared.model_copy(update=merged)
    return Lexicon(trees, words, origin)


def _trees(file: LexiconFile, world: bool) -> dict[str, tuple[Tree, ...]]:
    return {
        name: tuple(said.tree(world) for said in many) for name, many in file.predicates.items()
    }


def look_of(feature: str, word: str, words: LexiconFile) -> str:
    """Somebody by one feature of his looks; nothing: a world has no words for it."""
    template = words.looks.get(f"{feature}/{word}") or words.looks.get(feature, "")
    return template.replace("{" + feature + "}", word)
