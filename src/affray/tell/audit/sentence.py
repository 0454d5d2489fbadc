"""A sentence is licensed if its clauses and what joins them are, and if it is no more than that."""

from __future__ import annotations

from affray.record.testimony import Record, seal
from affray.tell.audit.case import Case, Clause
from affray.tell.audit.clause import check_clause
from affray.tell.audit.joints import check_joints, check_opening
from affray.tell.audit.leaks import Licence
from affray.tell.audit.text import check_text
from affray.tell.trees import Tree


def licence(case: Case) -> Licence:
    """What licenses a sentence, and its leaks. Of whom it speaks is spoken of from then on."""
    records: list[Record] = []
    trees: list[Tree | None] = []
    clauses = case.sentence["clauses"]
    for clause in clauses:
        record = _record(case, clause)
        trees.append(None)
        if record is not None:
            records += [record, *case.listed(clause, "cites"), *case.listed(clause, "named")]
            trees[-1] = check_clause(case, clause, record)
    if not clauses:
        case.leak("unsupported", "it rests on no record")
    if clauses and clauses[0].get("relative"):
        case.leak("unsupported", "'who' goes on about somebody, and nobody stands before it")
    check_joints(case, clauses)
    check_opening(case, clauses)
    if not case.leaks:
        check_text(case, trees, records)
    told = [one for one in map(case.record, clauses) if one is not None]
    case.spoken.tick = max((one.tick for one in told), default=case.spoken.tick)
    case.spoken.before, case.spoken.now = case.spoken.now, frozenset()
    case.spoken.oneself = False
    unique = tuple({record.id: record for record in records}.values())
    return Licence(case.name, case.sentence["text"], unique, tuple(case.leaks))


def _record(case: Case, clause: Clause) -> Record | None:
    """The record of a clause, if that and all it lists are this mind's own; None: they are not."""
    number, records = clause["record"], case.reading.records
    cited = [number, *clause.get("cites", ()), *clause.get("named", ())]
    if not all(0 <= one < len(records) for one in cited):
        case.leak("another's", f"there is no record {max(cited)} in this testimony")
        return None
    if clause["seal"] != seal(records[number]):
        case.leak("another's", f"record {number} of this mind is another one")
        return None
    return records[number]
