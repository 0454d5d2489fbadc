"""A sentence out of its clauses: each with its doubt, joined, begun with a capital, and closed."""

from __future__ import annotations

from collections.abc import Sequence

from affray.tell import plan
from affray.tell.english import ING, capital
from affray.tell.joints import AND, BUT, COMMA
from affray.tell.plan import Clause, Sentence, Wanted
from affray.tell.pronouns import OWN

Origins = list[tuple[str, str]]
"""A text, piece by piece, each with where it comes from: one of ``plan.ORIGINS``."""


def doubted(origins: Origins, hedge: str, tells: int) -> Origins:
    """What a clause says, piece by piece, with its doubt. ``tells``: who it is that tells."""
    if hedge == plan.PERHAPS:
        return [("figure", "perhaps "), *origins]
    if hedge == plan.THOUGHT:
        return [*origins, ("figure", f", {OWN['I'][tells]} thought")]
    if hedge == plan.SEEMED:
        return [("figure", "it seemed that "), *origins]
    return origins


def assembled(clauses: tuple[Clause, ...], wanted: Wanted, figure: str) -> Sentence:
    """A sentence out of its clauses: joined, begun with a capital, and closed."""
    first = clauses[0]
    text = wanted.opening + (_without_subject(first.text) if first.form == ING else first.text)
    series = not wanted.opening and is_series(clauses, wanted.joints)
    goes_on = [*wanted.joints] == [COMMA, BUT] and all(one.relative for one in clauses[1:])
    for joint, before, clause in zip(wanted.joints, clauses, clauses[1:], strict=False):
        piece = clause.text
        shared = clause.tree.begins_with_me and before.tree.begins_with_me and not before.hedge
        drops = series or (shared and joint == AND)
        if drops:
            piece = _without_subject(piece)
        if clause.relative and (joint == AND or goes_on):
            piece = piece.removeprefix("who ")
        text += joint + piece
    text = capital(text) + _end(text, clauses[-1].asks)
    return Sentence(text, clauses, wanted.joints, figure, wanted.opening)


def _without_subject(text: str) -> str:
    """A clause of whoever tells, without the pronoun that it begins with, if it does."""
    first, _, rest = text.partition(" ")
    return rest if first in OWN["I"] else text


def is_series(clauses: Sequence[Clause], joints: Sequence[str]) -> bool:
    """Whether clauses are deeds of whoever tells, one after the other, said of him once."""
    mine = all(clause.tree.begins_with_me and not clause.hedge for clause in clauses)
    return mine and len(clauses) > 2 and [*joints] == [COMMA] * (len(clauses) - 2) + [BUT]


def _end(text: str, asks: bool) -> str:
    """What closes a sentence."""
    inner = text.removesuffix("”")
    if inner[-1:] in ".!?":
        return ""
    return "?" if asks else "."
