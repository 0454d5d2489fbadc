"""Plans: what a sentence says, before and after it is put into words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from affray.record.testimony import Record
from affray.tell.english import PAST
from affray.tell.trees import Tree

PLAINLY, PERHAPS, THOUGHT, SEEMED = "", "perhaps", "thought", "seemed"
ORIGINS = ("testimony", "licensed", "lexicon", "figure")
"""Where words come from: what stands in a slot, from the testimony; those of a tree that only
certain features of a record let be said; the other words of trees; and what a figure adds.
"""
HEDGES = (PERHAPS, THOUGHT, SEEMED)


@dataclass(frozen=True)
class Wish:
    """A clause that a figure wants: a frame (``pred`` or ``pred/facet``) of a record, in a form.
    ``cites``: other records that it rests on. ``relative``: it goes on about the one whom the
    clause before it spoke of last: "who ...". ``mine``, ``theirs``: whoever tells, or the
    one whom it is about, is its subject.
    """

    frame: str
    record: Record
    form: str = PAST
    hedge: str = PLAINLY
    asks: bool = False
    cites: tuple[int, ...] = ()
    relative: bool = False
    mine: bool = False
    theirs: bool = False


@dataclass(frozen=True)
class Wanted:
    """A sentence that a figure wants: clauses, and what joins each to the one before (``joints``:
    one fewer). ``opening``: the word that opens it, such as "When ".
    """

    wishes: tuple[Wish, ...]
    joints: tuple[str, ...] = ()
    opening: str = ""


@dataclass(frozen=True)
class Clause:
    """A clause in words: what it asserts and presupposes, and the records that license it.

    ``frame``: ``pred`` or ``pred/facet``. ``named``: records that license the names in it.
    ``seal``: of the record, so that it can be no other's. ``origins``: its text, piece by piece,
    each with where it comes from: one of ``ORIGINS``.
    """

    frame: str
    tree: Tree
    record: int
    form: str
    hedge: str
    asks: bool
    cites: tuple[int, ...]
    named: tuple[int, ...]
    seal: str
    text: str
    relative: bool = False
    origins: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Sentence:
    """A sentence in words. ``figure``: the move that made it."""

    text: str
    clauses: tuple[Clause, ...]
    joints: tuple[str, ...]
    figure: str
    opening: str = ""

    def cited(self) -> tuple[int, ...]:
        """The ids of all records it rests on."""
        found: list[int] = []
        for clause in self.clauses:
            found += [clause.record, *clause.cites, *clause.named]
        return tuple(dict.fromkeys(found))


@dataclass
class Scene:
    """A scene from one mind, from a tick to another: paragraphs of sentences. ``together``: the
    names of those who tell it together, and of what moment (tick). ``heading``: what stands over
    it.
    """

    witness: str
    from_tick: int
    to_tick: int
    paragraphs: list[list[Sentence]] = field(default_factory=list)
    together: tuple[tuple[str, ...], int] | None = None
    heading: str = ""

    def sentences(self) -> list[Sentence]:
        """All sentences, in order."""
        return [sentence for paragraph in self.paragraphs for sentence in paragraph]

    def text(self) -> str:
        """The scene as plain text."""
        return "\n\n".join(
            " ".join(sentence.text for sentence in paragraph) for paragraph in self.paragraphs
        )


@dataclass(frozen=True)
class Telling:
    """Scenes in the order they are told. ``about``: what was told, from whom, by which words."""

    title: str
    scenes: Sequence[Scene]
    about: dict[str, Any]

    def text(self) -> str:
        """All scenes as plain text, three stars between them."""
        return "\n\n\n* * *\n\n\n".join(scene.text() for scene in self.scenes) + "\n"

    def words(self) -> int:
        """How many words."""
        return len(self.text().replace("* * *", "").split())
