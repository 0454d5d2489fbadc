"""Whether what joins clauses, and what opens a sentence, says no more than the records do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from affray.tell.audit.case import Case, Clause
from affray.tell.english import ING, PERFECT

_SOON_S = 12.0  # what "when" joins lies no farther apart
_ENDS_S = 2.0  # and "until", and the end of what it ended
_GAPS_S = {"by then ": (5.0, 60.0), "a while later ": (9.0, 90.0), "long after that ": (120.0, 1e9)}
_STAYS_FOR_S = 20.0  # how long what is set into a clause may have been so before it
_STAYS_S = {"wound": 90.0, "carries": 1e9, "tinted": 60.0}
_PLAIN_JOINTS = re.compile(r"[,;:–]?( (and|but|and then|then))? ")
_CAUSAL_JOINTS = re.compile(r"[,;]? (because|since|for|so|so that|and so) ")


def check_joints(case: Case, clauses: Sequence[Clause]) -> None:
    """Whether what joins the clauses one to the next says no more than their records do."""
    joints = case.sentence.get("joints", ())
    if len(joints) != max(len(clauses) - 1, 0):
        case.leak("unsupported", "its clauses are not joined one to the next")
        return
    for joint, before, after in zip(joints, clauses, clauses[1:], strict=False):
        one, other = case.record(before), case.record(after)
        if one is None or other is None:
            continue
        _check_aside(case, before, after)
        if before.get("form") == ING and not one.tick <= other.tick <= one.until:
            case.leak("word", f"record {other.id} came about when {one.id} was over")
        if _PLAIN_JOINTS.fullmatch(joint):
            if "then" in joint and other.tick < one.tick:
                case.leak("word", f"'{joint.strip()}' puts first what came later")
            continue
        if joint == " until " or (joint == " when " and before.get("form") == PERFECT):
            told = abs(other.tick - one.until) * case.reading.testimony.dt_s <= _ENDS_S
        elif _CAUSAL_JOINTS.fullmatch(joint) is not None:
            told = _caused(case, before, after, " so " in joint)
        else:
            told = False
        if not told:
            case.leak("word", f"'{joint.strip()}' says what no record does")


def _check_aside(case: Case, before: Clause, after: Clause) -> None:
    """Whether what is set into a clause was so when that came about; whether who somebody is
    is said of him who was just named.
    """
    one, other = case.record(before), case.record(after)
    if one is None or other is None:
        return
    if after["frame"] == "tie/who":
        held = case.reading.held(one.whom, one.tick)
        if held is None or held.name != other.of or not before["text"].endswith(other.of):
            case.leak("identity", f"'{after['text']}' is not of whoever was just named")
        return
    aside, to = (one, other) if before["frame"].endswith("/with") else (other, one)
    if not (before["frame"].endswith("/with") or after["frame"].endswith("/with")):
        return
    dt_s = case.reading.testimony.dt_s
    lasts = _STAYS_S.get(aside.pred, _STAYS_FOR_S)
    early = (to.tick - max(aside.tick, aside.until)) * dt_s > lasts
    late = (aside.tick - max(to.tick, to.until)) * dt_s > _ENDS_S
    if early or late:
        case.leak("word", f"record {aside.id} was not so when {to.id} came about")


def _caused(case: Case, before: Clause, after: Clause, so: bool) -> bool:
    """Whether a clause tells what the other came of: its record, or a term that decided."""
    if after["frame"].endswith("/why"):
        return bool(before["record"] == after["record"])
    cause, effect = (before, after) if so else (after, before)
    one, other = case.record(cause), case.record(effect)
    if one is None or other is None:
        return False
    roots = (other.links.get(name, ()) for name in ("evidence", "cause", "answers"))
    return any(one.id in ids for ids in roots)


def check_opening(case: Case, clauses: Sequence[Clause]) -> None:
    """Whether the word that opens a sentence puts two things together as they came."""
    opening = case.sentence.get("opening", "")
    if not opening or not clauses:
        return
    one, *others = map(case.record, clauses)
    if one is None or any(other is None for other in others):
        return
    ticks = [other.tick for other in others if other is not None]
    dt_s = case.reading.testimony.dt_s
    told = {
        "when ": bool(ticks) and all(0.0 <= (tick - one.tick) * dt_s <= _SOON_S for tick in ticks),
        "while ": bool(ticks) and all(one.tick <= tick <= one.until for tick in ticks),
        "then ": one.tick >= case.spoken.tick,
        "because ": len(clauses) == 2 and _caused(case, clauses[0], clauses[1], True),
    }.get(opening, False)
    low, high = _GAPS_S.get(opening, (1.0, 0.0))
    since_s = (one.tick - case.spoken.tick) * dt_s
    told = told or low <= since_s <= high
    if not told:
        case.leak("word", f"'{opening.strip()}' says what no record does")
