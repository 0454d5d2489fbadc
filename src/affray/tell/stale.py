"""What is passed over: what was just told in other words, or is about to be."""

from __future__ import annotations

from collections.abc import Set

from affray.record.testimony import Record
from affray.tell.aims import about
from affray.tell.mind import Mind

_LATELY_S = 20.0  # what was told of so long ago is told
_SOON_S = 12.0  # and what comes so soon after says it better
_TENDED = ("tends", "helps_up")
_FEARS = ("afraid", "foe_afraid", "mate_afraid")
_FALLS = ("fells", "foe_down", "mate_falls", "lies", "mate_hurt")
TOLD_BY = {
    "tends": ("helps_up",),
    "mate_hurt": (*_TENDED, "bleeds", "mate_falls", "lies"),
    "bleeds": (*_TENDED, "mate_hurt"),
    "afraid": _FEARS,
    "foe_afraid": _FEARS,
    "mate_afraid": _FEARS,
    "lies": _FALLS,
    "foe_down": _FALLS,
    "mate_falls": _FALLS,
    "spectacle": (*_FALLS, "believes_dead"),
    "runs": ("mate_flees",),
    "mate_flees": ("runs",),
    "foe_open": ("fells", "foe_down"),
}
"""By what else a record of somebody is told, of the same one and shortly before."""
_RUN = "break_off"  # the order to run
_SAYS = ("call", "say", "command")


def is_stale(record: Record, mind: Mind, told: Set[int]) -> bool:
    """Whether a record says nothing new: another told the same, or says it better."""
    if record.pred == "gathers":
        return any(
            one.pred == "uses"
            and one.get("power") == record.get("power")
            and 0.0 <= mind.testimony.seconds(one.tick - record.tick) <= _SOON_S
            for one in mind.of("uses")
        )
    if _holds_himself(record, mind):
        return True
    already = _runs_already(record, mind, told) or _stands_already(record, mind, told)
    if already or _is_overturned(record, mind, told):
        return True
    if record.pred == "order":
        return any(_lately(record, mind, told, by, word=record.get("word"))
                   for by in ("says", "obeys"))  # fmt: skip
    if record.pred == "driven" and record.get("deed") in _SAYS:
        if any(
            one.of == record.of and one.id in told and one.id < record.id
            for one in mind.of("believes_dead")
        ):
            return True
        return any(
            one.id in told and _is_late(one, record, mind) and about(mind, one) == record.of
            for one in mind.of("utters")
        )
    by = TOLD_BY.get(record.pred, ())
    return any(
        one.whom == record.whom
        and one.id in told
        and one.id != record.id
        and _is_late(one, record, mind)
        for one in mind.of(*by)
    )


def _holds_himself(record: Record, mind: Mind) -> bool:
    """Whether somebody is seen in the grip of somebody on whom one used a power oneself just then:
    it may be one's own.
    """
    return record.pred == "in_grip" and any(
        one.whom == record.whom
        and 0.0 <= mind.testimony.seconds(record.tick - one.tick) <= _LATELY_S
        for one in mind.of("uses")
    )


def _runs_already(record: Record, mind: Mind, told: Set[int]) -> bool:
    """Whether one is told to run, or wants to, who was told to be running."""
    ordered = record.pred in ("order", "obeys") and record.get("word") == _RUN
    driven = record.pred == "driven" and record.get("deed") == "flee"
    return (ordered or driven) and any(
        one.id in told and one.tick <= record.tick <= one.until for one in mind.of("flees")
    )


def _stands_already(record: Record, mind: Mind, told: Set[int]) -> bool:
    """Whether it was told last that one got up, and one gets up once more."""
    if record.pred != "rise":
        return False
    before = (one for one in reversed(mind.of("fall", "faint", "rise")) if one.id < record.id)
    last = next((one for one in before if one.id in told), None)
    return last is not None and last.pred == "rise"


def _is_overturned(record: Record, mind: Mind, told: Set[int]) -> bool:
    """Whether a thought is one that a mind gives up, of somebody who was told to be alive."""
    return (
        record.pred == "thinks"
        and any(one.of == record.of and one.id in told for one in mind.of("believes_alive"))
        and any(one.get("notion") == record.get("notion") and one.get("verdict") != "holds"
                for one in mind.of("concludes"))
    )  # fmt: skip


def _lately(record: Record, mind: Mind, told: Set[int], pred: str, **features: object) -> bool:
    return any(
        one.id in told
        and _is_late(one, record, mind)
        and all(one.get(name) == value for name, value in features.items())
        for one in mind.of(pred)
    )


def _is_late(one: Record, record: Record, mind: Mind) -> bool:
    """Whether something was so shortly before a record."""
    seconds = mind.testimony.seconds
    return seconds(record.tick - one.tick) >= 0.0 and seconds(record.tick - one.until) < _LATELY_S
