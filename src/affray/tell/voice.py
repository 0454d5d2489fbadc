"""Voices: how a mind tells, in a few numbers; and what a whole telling has used up already."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field, fields
from typing import Annotated, Any

from pydantic import Field

from affray.record.testimony import Record
from affray.scenario.fields import Section, key
from affray.tell.motifs import Ledger
from affray.tell.tempers import TEMPERS, temper_of
from affray.tell.wording import tokens

_Share = Annotated[float, Field(ge=0.0, le=1.0)]
_OF_TEMPER = 0.75  # how much of the voice of somebody unnamed is his temper's, the rest his unit's
SELDOM = {
    "torn": 36, "heart": 40, "doubt": 40, "long": 40, "mates_afraid": 30, "mates_weary": 40,
    "lifted": 14, "shout": 24, "looks_here": 8, "foe_open": 12, "foe_afraid": 10, "mate_afraid": 12,
    "spectacle": 40, "blood_smell": 30, "din": 30, "dim": 20, "quiet": 24, "shot_at": 40,
    "steps": 30, "foes_waver": 30, "foes_near": 8, "carries": 60, "belongs": 60, "scream": 14,
    "driven": 7, "mates_cover": 12, "mate_beside": 6, "laugh": 24, "lost": 60, "lead": 14,
}  # fmt: skip
"""Sentences until a thing of a kind is told again that strikes by its kind, in whatever words."""
_CALLED = ("call", "says")
_ALONE = 0.5  # and the share of them where one mind alone tells
_BY_LUCK = 0.2  # and by how much it still differs from battle to battle, at most


def striking(record: Record) -> str:
    """Of what kind a thing is that strikes by its kind: what is called, laughter in whatever way it
    comes; else its predicate.
    """
    if record.pred == "mate_laughs":
        return "laugh"
    return str(record.get("says") or record.pred) if record.pred in _CALLED else record.pred


class Voice(Section):
    """How a mind tells. All are tendencies: they weigh among what could be said."""

    fragments: _Share = key("how gladly it speaks in fragments", 0.4)
    questions: _Share = key("how gladly it asks", 0.4)
    marked: _Share = key("how much it likes what strikes the ear", 0.4)
    similes: _Share = key("how gladly it says what a thing was like", 0.5)
    length: Annotated[float, Field(ge=3.0, le=30.0)] = key("words of its usual sentence", 9.0)
    joins: _Share = key("how gladly it joins two things with 'and'", 0.5)
    body: _Share = key("how much its own body matters to it", 0.5)
    others: _Share = key("how much others matter to it", 0.5)
    place: _Share = key("how much light, noise and smell matter to it", 0.5)


@dataclass
class History:
    """What was used in a telling so far, by every mind in it."""

    trees: Counter[str] = field(default_factory=Counter)
    last: dict[str, int] = field(default_factory=dict)  # sentence number of a tree's last use
    figures: dict[str, int] = field(default_factory=dict)
    openings: deque[str] = field(default_factory=lambda: deque(maxlen=6))
    lengths: deque[int] = field(default_factory=lambda: deque(maxlen=12))
    runs: Counter[tuple[str, ...]] = field(default_factory=Counter)
    sentences: int = 0
    key: int = 0  # of this telling: what it draws from the words that all tellings share
    opened: Counter[str] = field(default_factory=Counter)  # in what way scenes were opened
    opened_last: str = ""
    kinds: dict[str, int] = field(default_factory=dict)  # when each kind of thing was told last
    minds: int = 1  # how many tell
    doubted: int = -1  # the number of the sentence that ended last on its doubt
    heard: Counter[tuple[str, int]] = field(default_factory=Counter)  # what was said, and when
    lives: set[tuple[str, str, int]] = field(
        default_factory=set
    )  # what was drawn and told, by side
    of_unit: dict[str, list[int]] = field(default_factory=dict)  # who of a unit told, by number
    motifs: Ledger = field(default_factory=lambda: Ledger({}))

    def copy(self) -> History:
        """The same, as it is now."""
        fresh = {one.name: copy(getattr(self, one.name)) for one in fields(self)}
        fresh["of_unit"] = {unit: list(told) for unit, told in self.of_unit.items()}
        return History(**fresh)

    def become(self, other: History) -> None:
        """Go on from there."""
        for one in fields(self):
            setattr(self, one.name, getattr(other, one.name))

    def take(self, text: str, trees: tuple[str, ...], figure: str) -> None:
        """Note a sentence."""
        self.sentences += 1
        self.motifs.take(text, self.sentences)
        for tree in trees:
            self.trees[tree] += 1
            self.last[tree] = self.sentences
        self.figures[figure] = self.sentences
        words = tokens(text)
        self.openings.append(" ".join(words[:2]))
        self.lengths.append(len(words))
        for start in range(len(words) - 2):
            self.runs[tuple(words[start : start + 3])] += 1

    def place_in_unit(self, own: Mapping[str, Any]) -> int:
        """How many of a witness's unit told before him whom nobody named either, by what he says
        of himself.
        """
        told = self.of_unit.get(str(own["unit"]), [])
        return told.index(own["number"]) if own["number"] in told else len(told)

    def tells(self, own: Mapping[str, Any]) -> None:
        """Note who told a scene, by what he says of himself."""
        told = self.of_unit.setdefault(str(own["unit"]), [])
        if not own["name"] and own["number"] not in told:
            told.append(own["number"])

    def too_soon(self, record: Record) -> bool:
        """Whether a kind of thing that strikes by its kind was told just now, by anybody."""
        kind = striking(record)
        rests = SELDOM.get(kind, 0) * (1.0 if self.minds > 1 else _ALONE)
        return self.sentences - self.kinds.get(kind, -10_000) < rests

    def tell_of(self, record: Record) -> None:
        """Note a thing that is told."""
        self.kinds[striking(record)] = self.sentences

    def since(self, tree: str) -> int:
        """How many sentences ago a tree was used; many, if never."""
        return self.sentences - self.last[tree] if tree in self.last else 10_000

    def echo(self, text: str) -> float:
        """How much of a text was said before, word by word: 0 nothing, 1 all of it."""
        words = tokens(text)
        runs = [tuple(words[k : k + 3]) for k in range(len(words) - 2)]
        return sum(run in self.runs for run in runs) / len(runs) if runs else 0.0


class Voices(Section):
    """A file of voices: by name of a person, by unit, by side; ``default`` for the rest."""

    default: Voice = key("the voice of those who have none of their own", Voice())
    sides: dict[str, Voice] = key("by side", {})
    units: dict[str, Voice] = key("by unit", {})
    people: dict[str, Voice] = key("by name", {})

    def of(self, own: Mapping[str, Any], luck: int) -> Voice:
        """The voice of a witness: of his name, unit and side, over the default; of those whom
        nobody named, their own temper is in it, and a little luck.
        """
        numbers: dict[str, Any] = {}
        for one in (
            self.default,
            self.sides.get(own["side"]),
            self.units.get(own["unit"]),
            self.people.get(own["name"]),
        ):
            if one is not None:
                numbers |= {name: getattr(one, name) for name in one.model_fields_set}
        voice = Voice(**numbers)
        itself = own["name"] or not own["unit"]  # a name, a camera, or several together
        return voice if itself else _tempered(voice, temper_of(own), luck)


def _tempered(voice: Voice, temper: str, luck: int) -> Voice:
    """A voice drawn towards a temper, and a little aside by luck."""
    mixed: dict[str, float] = {}
    for place, (name, number) in enumerate(TEMPERS[temper].items()):
        own = getattr(voice, name)
        mixed[name] = own + _OF_TEMPER * (number - own)
        if name != "length":
            shift = ((luck >> (3 * place)) & 7) / 7.0 - 0.5
            mixed[name] = min(max(mixed[name] + 2.0 * _BY_LUCK * shift, 0.0), 1.0)
    return voice.model_copy(update=mixed)
