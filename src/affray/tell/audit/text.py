"""Whether a sentence is its clauses, joined and closed, and nothing else, to the last letter."""

from __future__ import annotations

from collections.abc import Sequence

from affray.record.predicates import INNER, PREDICATES
from affray.record.testimony import Record
from affray.tell.audit.case import Case
from affray.tell.audit.words import listed, name_words
from affray.tell.english import ING, capital
from affray.tell.pronouns import OWN
from affray.tell.suspect import CUES, class_of
from affray.tell.trees import Tree
from affray.tell.wording import tokens


def check_text(case: Case, trees: Sequence[Tree | None], records: Sequence[Record]) -> None:
    """Whether the sentence is its clauses, joined, and nothing else."""
    text = case.sentence["text"]
    if text in _written(case, trees):
        return
    wanted = [clause["text"] for clause in case.sentence["clauses"]]
    glue = (case.sentence.get("opening", ""), *case.sentence.get("joints", ()))
    allowed = set(tokens(" ".join([*wanted, *glue])))
    left = sorted(set(tokens(" ".join(wanted))) - set(tokens(text)))
    if all(word.lower() in allowed for word in listed(text)) and left:
        doubt = set(left) & CUES
        kind = "mind" if doubt else class_of(left[0], records[0].channel, case.names)
        case.leak(kind, ", ".join(f"'{word}'" for word in left) + ": left out")
        return
    name_words(case, text, allowed, records[0], "in none of its clauses")


def _written(case: Case, trees: Sequence[Tree | None]) -> set[str]:
    """Every way to write the clauses as one sentence."""
    clauses, joints = case.sentence["clauses"], case.sentence.get("joints", ())
    first = clauses[0]["text"]
    if clauses[0].get("form") == ING and len(clauses) > 1 and _are_mine(trees[:2]):
        first = first.split(" ", 1)[-1]  # standing there, he saw
    texts = {case.sentence.get("opening", "") + first}
    of_one = [*joints] == [", ", ", and "] and all(one.get("relative") for one in clauses[1:])
    for k in range(1, len(clauses)):
        said = clauses[k]["text"]
        pieces = {said}
        both = _are_mine(trees[k - 1 : k + 1])
        hedged = any(one.get("hedge") for one in clauses[k - 1 : k + 1])
        he = said.split(" ", 1)[0] in OWN["I"]
        goes_on = _are_mine(trees)
        listed = goes_on and " and " in joints[-1] and joints[k - 1] == ", "
        if clauses[k].get("relative") and (joints[k - 1] == " and " or of_one):
            pieces.add(said.removeprefix("who "))  # she bled and [she] ran
        if both and he and not hedged and (" and " in joints[k - 1] or listed):
            pieces.add(said.split(" ", 1)[-1])  # he went, and [he] stood
        texts = {text + joints[k - 1] + piece for text in texts for piece in pieces}
    asks = bool(clauses[-1].get("asks"))
    whole = {capital(closed) for text in texts for closed in _closed(text, asks)}
    frames = [str(one["frame"]).split("/")[0] for one in clauses]
    inner = all(frame in PREDICATES and PREDICATES[frame].channel == INNER for frame in frames)
    return whole | ({f"_{text}_" for text in whole} if inner else set())


def _are_mine(trees: Sequence[Tree | None]) -> bool:
    """Whether the subject of some clauses is whoever tells."""
    return all(tree is not None and tree.begins_with_me for tree in trees)


def _closed(text: str, asks: bool) -> set[str]:
    """A sentence with the mark that ends it."""
    if asks:
        return {text} if text.removesuffix("”").endswith("?") else {text + "?"}
    if text.endswith("”"):
        return {text, text + "."} if text[-2:-1] in "!?.," else {text[:-1] + ".”", text + "."}
    return {text} if text[-1:] in ".!?" else {text + "."}
