"""Whether a clause says what its record says: the frame, its words, and how surely."""

from __future__ import annotations

from collections.abc import Sequence

from affray.record.predicates import PREDICATES
from affray.record.testimony import Record
from affray.tell.audit.case import Case, Clause
from affray.tell.audit.reading import DOUBTLESS, Reading
from affray.tell.audit.words import check_words, words_of
from affray.tell.drawn import own_past, own_shared
from affray.tell.lexicon import AGAIN, BACK, FEWER, MANY, MORE, PAST_LIFE, is_drawn, is_told_once
from affray.tell.pronouns import NOBODY
from affray.tell.suspect import CUES, SENSES
from affray.tell.trees import Tree
from affray.tell.wording import tokens

_DOUBTFUL = ("takes_for", "believes_dead", "believes_alive")
_DECIDED = ("torn", "goes_on", "gives_ground", "rests", "stands")
_FLAT = ("takes_for/undone",)  # said flatly, and only of what is beyond doubt
_SEVERAL, _SEVERAL_S = f"/{MANY}", 60.0  # a facet of several like records, within so long


def check_clause(case: Case, clause: Clause, record: Record) -> Tree | None:
    """Hold a clause to its record; the tree that it is said by, None: it is said by none."""
    frame = clause["frame"]
    if is_drawn(frame):
        undrawn = _not_drawn(case, frame, record)
        if undrawn:
            case.leak("unsupported", undrawn)
        if case.drawn is not None and not _is_known_of(frame, case.drawn):
            case.leak("word", f"'{frame}' comes back to what was never told")
    elif frame.split("/")[0] != record.pred:
        case.leak("unsupported", f"record {record.id} says '{record.pred}', not '{frame}'")
        return None
    tree = _tree(case, frame, clause["tree"], record)
    if tree is None:
        case.leak("unsupported", f"the lexicon has no such words for '{frame}'")
        return None
    if case.reading.testimony.self_["gender"] == NOBODY and tree.speaks_of_oneself:
        case.leak("mind", "a camera has no self, and no side")
    why = _facet_unmet(frame, record, case.reading)
    if frame.endswith(_SEVERAL):
        why = why or _not_several(case, record, case.listed(clause, "cites"))
    if frame.rpartition("/")[2] in (AGAIN, MORE, FEWER):
        why = why or _not_once_more(case, frame, record, case.listed(clause, "cites"))
    if why:
        case.leak("unsupported", why)
    if not tree.suits(record.features):
        case.leak("unsupported", f"'{tree.say}' says more than record {record.id}")
    held = case.reading.held(record.whom, record.tick) if record.whom >= 0 else None
    if tree.of and (record.of or (held.name if held is not None else "")) not in tree.of:
        case.leak("unsupported", f"'{tree.say}' is said of {', '.join(tree.of)} alone")
    for pred in tree.presupposes:
        if not case.reading.came_before(pred, record):
            case.leak("word", f"'{tree.say}' presupposes a '{pred}' before")
    _check_cited(case, clause, record)
    if not is_told_once(frame):  # what was before came by any sense
        _check_channel(case, tree, record)
        _check_doubt(case, clause, tree, record)
    check_words(case, clause, tree, record)
    return tree


def _is_known_of(frame: str, drawn: set[str]) -> bool:
    """Whether what is drawn for somebody is told, or was before what comes back to it (``drawn``,
    which takes it).
    """
    pred, number, *when = frame.split("/")
    if not when:
        drawn.add(f"{pred}/{number}")
    return f"{pred}/{number}" in drawn


def _not_drawn(case: Case, frame: str, record: Record) -> str:
    """Why a frame is not of what was drawn for this mind, or cannot be told at a record; nothing:
    it is.
    """
    pred, number, *when = frame.split("/")
    reading = case.reading
    side = case.lexicon.words.sides.get(reading.testimony.self_["side"])
    if side is None:
        return "nothing is drawn for who has no side"
    if pred == PAST_LIFE:
        drawn = own_past(reading.testimony, len(side.past))
        return "" if int(number) in drawn else "that lies behind somebody else"
    held = reading.held(record.whom, record.tick) if record.whom >= 0 else None
    mate = held.mate if held is not None else 0
    drawn = own_shared(reading.testimony, len(side.companions)).get(mate, ())
    if int(number) not in drawn:
        return f"he has that with nobody whom record {record.id} is about"
    if when == [BACK] and reading.saw_go(mate, record):
        return "he saw what became of that companion"
    came = not when or when in ([BACK], [record.pred])
    return "" if came else f"record {record.id} says '{record.pred}', not '{when[0]}'"


def _tree(case: Case, frame: str, say: str, record: Record) -> Tree | None:
    """The words of the lexicon for a frame, as written; those that suit the record first."""
    trees = case.lexicon.of_record(frame, record, case.reading.testimony.self_)
    found = [tree for tree in trees if tree.say == say]
    return min(found, key=lambda tree: not tree.suits(record.features), default=None)


def _facet_unmet(frame: str, record: Record, reading: Reading) -> str:
    """Why a side of a predicate cannot be told of a record; nothing: it can."""
    met = {
        "fights/lands": bool(record.get("hits")),
        "fights/fails": not record.get("hits"),
        "order/cry": record.get("got") == "understood",
        "order/others": not record.get("meant"),
        "tie/dead": float(record.get("dead", 0.0)) >= 0.5,
        "tie/love": float(record.get("love", 0.0)) > 0.0,
        "takes_for/undone": reading.dead(record.of) >= 0.5,
        "torn/against": bool(record.get("against")),
        **{f"{pred}/why": bool(record.get("why")) for pred in _DECIDED},
    }
    return "" if met.get(frame, True) else f"record {record.id} does not bear out '{frame}'"


def _check_cited(case: Case, clause: Clause, record: Record) -> None:
    """Whether what a clause rests on was there when its scene ended, and bears on it."""
    cited = case.listed(clause, "cites")
    if any(one.whole > case.to_tick for one in (record, *cited)):
        case.leak("future", f"the scene ends at tick {case.to_tick}, before {record.id}")
    for one in cited:
        alike = clause["frame"].rpartition("/")[2] in (MANY, AGAIN, MORE, FEWER)
        if not alike and not case.reading.bears_on(one, record):
            case.leak("unsupported", f"record {one.id} does not bear on record {record.id}")


def _not_several(case: Case, record: Record, cited: Sequence[Record]) -> str:
    """Why a record and those cited with it are not three or more of a kind, one after the
    other, each of somebody else or of another number, within a minute; nothing: they are.
    """
    alike = [record, *cited]
    last = record.tick + _SEVERAL_S / case.reading.testimony.dt_s
    people = [one.whom for one in alike if one.whom >= 0]
    numbers = [one.get("number") for one in alike if record.pred == "foes_many"]
    told = (
        len({one.id for one in alike}) == len(alike) >= 3
        and all(one.pred == record.pred for one in cited)
        and all(record.id <= one.id and one.tick <= last for one in cited)
        and not any(one.get("down") or one.get("behind") for one in alike)
        and len(set(people)) == len(people)
        and len(set(numbers)) == len(numbers)
    )
    return "" if told else f"record {record.id} and those cited are not several of a kind"


def _not_once_more(case: Case, frame: str, record: Record, cited: Sequence[Record]) -> str:
    """Why what a clause cites is not the like that came about before, or not less of it, or, where
    fewer are told of, more; nothing: it is.
    """
    facet = frame.rpartition("/")[2]
    if [one.pred for one in cited] != [record.pred] or cited[0].id >= record.id:
        return f"nothing like record {record.id} is cited that came about before"
    before = cited[0]
    if facet == AGAIN:
        other = record.whom != before.whom and not _is_one(case.reading, record, before)
        again = other if record.whom >= 0 else before.until < record.tick
        return "" if again else f"record {record.id} goes on with {before.id}"
    measure = "much" if record.pred == "fear" else "number"
    now, was = float(record.get(measure, 0.0)), float(before.get(measure, 0.0))
    same_way = record.get("bearing") == before.get("bearing")
    change = now - was if facet == MORE else was - now
    return (
        "" if same_way and change > 0.0 else f"record {record.id} is not {facet} than {before.id}"
    )


def _is_one(reading: Reading, record: Record, before: Record) -> bool:
    """Whether two records are about somebody whom this mind knows for one and the same."""
    one, other = (reading.held(each.whom, each.tick) for each in (record, before))
    return (
        one is not None and other is not None and (one.name, one.mate) == (other.name, other.mate)
    )


def _check_channel(case: Case, tree: Tree, record: Record) -> None:
    """Whether its words are of the sense by which it came."""
    for word in sorted(words_of(tree, case.fills)):
        if word in SENSES and record.channel not in SENSES[word]:
            case.leak("channel", f"'{word}' of what came by {record.channel}")


def _check_doubt(case: Case, clause: Clause, tree: Tree, record: Record) -> None:
    """Whether what is doubtful, or in another's mind, is told with a doubt."""
    doubted = clause.get("hedge", "") or set(tokens(clause["text"])) & CUES
    if (PREDICATES[record.pred].mental or tree.hedged) and not doubted:
        case.leak("mind", "what another feels is told as if it were known")
    unsure = record.pred in _DOUBTFUL and record.sure < DOUBTLESS
    if unsure and (clause["frame"] in _FLAT or not doubted):
        case.leak("mind", "what is doubtful is told without a doubt")
