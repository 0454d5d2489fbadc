"""Whether the words of a clause are its tree, with what the record licenses in the slots."""

from __future__ import annotations

import re

from affray.record.testimony import Record
from affray.tell.audit.case import Case, Clause
from affray.tell.audit.fills import WHOM, Fills
from affray.tell.audit.leaks import CLASSES
from affray.tell.audit.reading import Spoken
from affray.tell.english import FORMS, PAST
from affray.tell.pronouns import OWN
from affray.tell.suspect import TRIGGERS, class_of
from affray.tell.trees import Slot, Tree, Verb
from affray.tell.wording import tokens

_HEDGES = {
    "": "{0}",
    "perhaps": "perhaps {0}",
    "thought": "{0}, {1} thought",
    "seemed": "it seemed that {0}",
}
_OF = ("of", "of's")
_WORD = re.compile(r"\d[\d.,]*|[A-Za-zÀ-ɏ’'-]+|[?!…]")


def check_words(case: Case, clause: Clause, tree: Tree, record: Record) -> None:
    """Whether the text is the tree with what the record licenses in its slots."""
    case.spoken.oneself |= bool(clause.get("hedge") or tree.slots() & OWN.keys())
    spoken = case.spoken.copy()
    pattern = _pattern(case, tree, record, clause, spoken)
    if pattern is None:
        case.leak("unsupported", f"there is no way to say '{clause.get('hedge')}'")
    elif not re.fullmatch(pattern, clause["text"]):
        _explain(case, clause, tree, record)
    _check_named(case, clause, tree, record)
    case.spoken.tracks, case.spoken.now = spoken.tracks, spoken.now
    if clause.get("hedge") and record.pred == "takes_for":
        case.spoken.doubted.add(record.whom)


def _pattern(
    case: Case, tree: Tree, record: Record, clause: Clause, spoken: Spoken | None
) -> str | None:
    """What a clause may read, as a pattern; None: it is doubted in a way that is none."""
    hedge, form = clause.get("hedge", ""), clause.get("form", PAST)
    if hedge not in _HEDGES or form not in FORMS:
        return None
    pieces, shape = [], form
    for part in tree.parts:
        if isinstance(part, Verb):
            pieces.append(re.escape(case.fills.verb(part, shape)))
            shape = PAST
        elif isinstance(part, Slot):
            options = case.fills.options(part.name, record, spoken)
            if clause.get("relative") and part.name == "whom" and not pieces:
                just = spoken is None or spoken.last == record.whom >= 0
                options = {"who"} if just else set()
            pieces.append(
                "(?:" + "|".join(map(re.escape, sorted(options))) + ")" if options else r"(?!)"
            )
            if spoken is not None and part.name in WHOM:
                spoken.mention(record.whom)
            elif spoken is not None and part.name in _OF and case.fills.is_last(record, spoken):
                spoken.mention(spoken.last)
        else:
            pieces.append(re.escape(part))
    return _HEDGES[hedge].format("".join(pieces), OWN["I"][case.reading.tells])


def _check_named(case: Case, clause: Clause, tree: Tree, record: Record) -> None:
    """Whether the records that name those in a clause are cited, and no others."""
    licensing: set[int] = set()
    needed = False
    if tree.slots() & set(WHOM) and record.whom >= 0:
        held = case.fills.called(record.whom, record.tick, case.spoken)
        licensing |= {held.record} if held is not None else set()
        said = tokens(clause["text"].replace("’s", ""))
        names = case.fills.naming(record, case.spoken)
        needed = any(set(tokens(name)) <= set(said) for name in names)
    leader = case.reading.leader(record.tick)
    if "leader" in tree.slots() and leader is not None:
        licensing.add(leader.id)
        needed = True
    own = case.fills.own_name(record)
    if "I" in tree.slots() and own and own <= set(re.findall(r"[^\s’,.:;]+", clause["text"])):
        called = case.reading.last("own_name", record.tick)
        licensing |= {called.id} if called is not None else set()
        needed = True
    given = set(clause.get("named", ()))
    if not given <= licensing or (needed and given != licensing):
        case.leak("identity", f"those named are named by {sorted(licensing) or 'no record'}")


def _explain(case: Case, clause: Clause, tree: Tree, record: Record) -> None:
    """Say of what class the words are that nothing licenses."""
    text = clause["text"]
    anywhere = _pattern(case, tree, record, clause, None)
    if anywhere is not None and re.fullmatch(anywhere, text):
        case.leak("word", "it speaks of somebody as if he had been spoken of")
        return
    allowed = case.fills.vocabulary(tree, record)
    allowed |= set(tokens(_HEDGES[clause.get("hedge", "")].format("", " ".join(OWN["I"]))))
    counted = tree.slots() & {"number", "count"}
    why = f"not licensed by record {record.id}"
    if counted and all(word.lower() in allowed for word in listed(text)):
        case.leak("number", f"its number is {why}")
        return
    now = words_of(tree, case.fills)
    for slot in tree.slots():
        now.update(tokens(" ".join(case.fills.options(slot, record, case.spoken))))
    allowed -= TRIGGERS - now
    hints = set(tokens(text)) & TRIGGERS - words_of(tree, case.fills)
    if hints and all(word.lower() in allowed for word in listed(text)):
        case.leak("word", f"'{min(hints)}' presupposes what was not told: {why}")
        return
    name_words(case, text, allowed, record, why)


def name_words(case: Case, text: str, allowed: set[str], record: Record, why: str) -> None:
    """Say of what class the words of a text are that are not allowed there."""
    strange = [word for word in listed(text) if word.lower() not in allowed]
    kinds = [class_of(word, record.channel, case.names) for word in strange]
    worst = next(
        (kind for kind in CLASSES if kind in kinds and kind != "unsupported"), "unsupported"
    )
    words = ", ".join(f"'{word}'" for word in strange) or "the order of its words"
    case.leak(worst, f"{words}: {why}")


def words_of(tree: Tree, fills: Fills) -> set[str]:
    """The words of a tree itself, its verbs in the past: not what stands in its slots."""
    found: set[str] = set()
    for part in tree.parts:
        if isinstance(part, Verb):
            found.update(tokens(fills.verb(part, PAST)))
        elif isinstance(part, str):
            found.update(tokens(part))
    return found


def listed(text: str) -> list[str]:
    """The words and numbers of a text, and the marks that say how it is said, in order."""
    return _WORD.findall(text)
