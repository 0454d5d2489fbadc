"""What must have been told before a thing for it to make sense: the sight or sound that brought a
memory, the question before its answer, the wound before the pain, that one got up before one goes
on, who it may be before what was done to him.
"""

from __future__ import annotations

from collections.abc import Callable, Set

from affray.record.testimony import Record
from affray.tell.kinds import ANSWERS, SPEECH
from affray.tell.mind import CERTAIN, Mind

_LATELY_S = 15.0  # wounds so near each other are told as one
_AT_ONCE_S = 2.0  # a wound so shortly before a fall is what one fell of
_SENSED = ("sight", "hearing", "smell", "touch")
Need = Callable[[Record, Mind, Set[int]], Record | None]


def needed(record: Record, mind: Mind, told: Set[int]) -> Record | None:
    """What a record needs before it and was not told; None: nothing."""
    need = _NEEDS.get(record.pred)
    before = need(record, mind, told) if need is not None else None
    return None if before is None or before.id in told else before


def _what_brought_it(record: Record, mind: Mind, told: Set[int]) -> Record | None:
    """What came to one's senses, or whom one knew, and it brought something to mind."""
    roots = [*mind.since(record, "cue"), *mind.since(record, "evidence")]
    if any(one.id in told for one in roots):
        return None
    return next((one for one in roots if _can_be_told(one, mind)), None)


def _who_it_is(record: Record, mind: Mind, told: Set[int]) -> Record | None:
    """Who it is that one sees, before that he lives."""
    taken = (one for one in mind.of("takes_for") if one.of == record.of
             and abs(mind.testimony.seconds(one.tick - record.tick)) <= _AT_ONCE_S)  # fmt: skip
    known = next(taken, None)
    fresh = known is not None and known.id not in told
    return known if fresh else _what_brought_it(record, mind, told)


def _what_it_is_of(record: Record, mind: Mind, told: Set[int]) -> Record | None:
    """That somebody held for dead is alive, before a thought of him that came with it; else what
    brought it.
    """
    if mind.thought_dead(record.of):
        alive = (one for one in mind.of("believes_alive") if one.of == record.of
                 and 0 <= mind.testimony.seconds(one.tick - record.tick) <= _AT_ONCE_S)  # fmt: skip
        known = next(alive, None)
        if known is not None and known.id not in told:
            return known
    return _what_brought_it(record, mind, told)


def _can_be_told(record: Record, mind: Mind) -> bool:
    """Whether what brought something to mind can be told: not the mere sight of somebody."""
    if record.pred != "sees":
        return record.channel in _SENSED or record.pred == "takes_for"
    known = mind.label(record.whom, record.tick) is not None
    return known or bool(mind.looks(record.whom, record.tick))


def _wound(record: Record, mind: Mind, told: Set[int]) -> Record | None:
    """The wound that something came of, unless one in the same place was told of about the same
    time.
    """
    wound = wound_of(record, mind)
    seconds = mind.testimony.seconds
    last = mind.before("wound", record.tick)
    if wound is None and record.pred == "fall" and last is not None and last.id < record.id:
        wound = last if seconds(record.tick - last.tick) <= _AT_ONCE_S else None
    if wound is None or any(one.id in told and one.get("place") == wound.get("place")
                            and abs(seconds(one.tick - wound.tick)) <= _LATELY_S
                            for one in mind.of("wound")):  # fmt: skip
        return None
    return wound


def wound_of(record: Record, mind: Mind) -> Record | None:
    """The wound that a record goes back to: that was pulled at, bound, or hurt; None: to none."""
    roots = (one for name in ("evidence", "cause", "before") for one in mind.since(record, name))
    return next((one for one in roots if one.pred == "wound"), None)


def _what_it_answers(record: Record, mind: Mind, told: Set[int]) -> Record | None:
    """What was asked, where somebody answers."""
    asked = (one for one in mind.since(record, "answers") if one.pred in SPEECH)
    return next(asked, None)


def _getting_up(record: Record, mind: Mind, told: Set[int]) -> Record | None:
    """That one rose, after a fall that was told."""
    fallen, risen = mind.before("fall", record.tick), mind.before("rise", record.tick)
    if fallen is None or risen is None or fallen.id not in told:
        return None
    return risen if fallen.id < risen.id else None


def _falling(record: Record, mind: Mind, told: Set[int]) -> Record | None:
    """The wound that one fell of; that one rose, where it was told that one fell before."""
    before = [one for one in mind.of("fall", "rise") if one.id < record.id]
    if before[-1:] and before[-1].pred == "rise":
        fallen = next((one for one in reversed(before) if one.pred == "fall"), None)
        if fallen is not None and fallen.id in told and before[-1].id not in told:
            return before[-1]
    return _wound(record, mind, told)


def _who_it_may_be(record: Record, mind: Mind, told: Set[int]) -> Record | None:
    """Whom one half takes somebody for of whom one sees nothing by which to call him."""
    label = mind.label(record.whom, record.tick)
    if label is None or label.sure >= CERTAIN or mind.looks(record.whom, record.tick):
        return None
    return mind.records[label.record]


def _seeing_him(record: Record, mind: Mind, told: Set[int]) -> Record | None:
    """The sight of somebody whom one takes for somebody."""
    before = list(mind.last_of(record.whom, record.tick + 1))
    if any(one.id in told for one in before):
        return None
    return next((one for one in before if one.pred == "sees"), None)


def _the_order(record: Record, mind: Mind, told: Set[int]) -> Record | None:
    """The order that is obeyed or refused, if it has just been given."""
    given = (one for name in ("evidence", "cause", "answers") for one in mind.since(record, name)
             if one.pred == "order")  # fmt: skip
    order = next(given, None)
    soon = order is not None and mind.testimony.seconds(record.tick - order.tick) <= _LATELY_S
    return order if soon else None


def _getting_away(record: Record, mind: Mind, told: Set[int]) -> Record | None:
    """That one's nerve went, before one ran; that one rose, where one had fallen."""
    broke = (one for one in mind.of("breaks")
             if abs(mind.testimony.seconds(one.tick - record.tick)) <= _AT_ONCE_S)  # fmt: skip
    broken = next(broke, None)
    fresh = broken is not None and broken.id not in told
    return broken if fresh else _getting_up(record, mind, told)


_NEEDS: dict[str, Need] = {
    "thinks": _what_it_is_of,
    "believes_alive": _who_it_is,
    **dict.fromkeys(("recalls", "concludes", "believes_dead", "rapt", "gripped"),
                    _what_brought_it),
    **dict.fromkeys(SPEECH, _what_it_answers),
    **dict.fromkeys(("pain", "notices_blood", "pull", "bound", "binds", "tended"), _wound),
    "fall": _falling,
    **dict.fromkeys(("stands", "goes_on", "gives_ground", "fights", "tends"), _getting_up),
    "flees": _getting_away,
    **dict.fromkeys(ANSWERS, _the_order),
    **dict.fromkeys(("threatened", "bleeds", "lies", "in_grip", "runs", "strikes", "stares",
                     "afraid"), _who_it_may_be),
    "takes_for": _seeing_him,
}  # fmt: skip
