"""How a scene opens: with what one is at and how it is there, with a notion, with somebody, with
what one has behind one. The ways take turns, so that no two scenes open alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace

from affray.record.testimony import Record
from affray.tell.joints import BUT
from affray.tell.lexicon import WITH
from affray.tell.mind import Mind
from affray.tell.plan import PERHAPS, Wanted, Wish
from affray.tell.scenes import Stretch

_POSTURES = (
    "stands",
    "goes_on",
    "gives_ground",
    "flees",
    "tends",
    "rests",
    "guards",
    "tended",
    "binds",
)
_ROUND = (
    "mate_beside",
    "alone",
    "dim",
    "mates_cover",
    "blood_smell",
    "din",
    "mates_weary",
    "tinted",
    "foes_near",
    "foes_many",
    "they_stand",
)
_AGAIN = ("stands", "goes_on", "gives_ground", "flees", "tends")  # what a scene can tell twice
_USES_IT = ("fights", "fells", "throws")
_FRESH_S = 20.0
_HALF = 0.5
_ROUNDS = 3  # so many things that were round one are tried
_EARLY_SHARE = 0.2  # of a scene: what is wanted so early opens it
_AT_ONCE_S = 40.0  # what is wanted within so long pulls both ways
Opening = tuple[str, tuple[Wanted, ...], tuple[Record, ...]]
"""The way it opens, the sentences that are wanted for it, and the records that they use up."""


def openings(
    mind: Mind, stretch: Stretch, told: Set[int], lives: Iterator[Wish] | None
) -> Iterator[Opening]:
    """The ways in which a scene can open. ``lives``: of what one has behind one, what is not told
    yet; None: nobody asks for it here.
    """
    start = stretch.from_tick
    within = {record.id: record.pred for one in stretch.episodes for record in one.records}
    told_later = {*within.values()} - {*_AGAIN}

    def fresh(pred: str, lasting_s: float = _FRESH_S) -> Record | None:
        record = mind.before(pred, start)
        if record is None or record.id in told or record.id in within or pred in told_later:
            return None
        if record.whole > stretch.to_tick:
            return None
        return record if mind.testimony.seconds(start - record.until) < lasting_s else None

    posture = next((one for pred in _POSTURES if (one := fresh(pred, 1.0)) is not None), None)
    rounds = [
        one
        for pred in _ROUND
        if (one := fresh(pred)) is not None
        and (posture is None or one.whom < 0 or one.whom != posture.whom)
    ]
    carries = _first_used(mind, stretch, fresh("carries", 1e9))
    belongs = fresh("belongs", 1e9)
    if lives is not None and belongs is not None:
        life = next(lives, None)
        for here in _one_of(rounds):
            if life is None:
                break
            yield (
                "life",
                (
                    Wanted((replace(life, record=belongs),)),
                    Wanted((Wish("belongs", belongs),)),
                    *_standing(posture, here),
                ),
                _used(belongs, posture, here),
            )
    wanted = _wanted(mind, stretch, told)
    other = _wanted_besides(mind, stretch, told, wanted) if wanted is not None else None
    if wanted is not None and other is not None:
        both = (Wish("driven", wanted), Wish("driven", other))
        yield "two wants", (Wanted(both, (BUT,)),), (wanted, other)
    elif wanted is not None:
        for here in _one_of(rounds):
            yield (
                "wanted",
                (Wanted((Wish("driven", wanted),)), *_standing(posture, here)),
                _used(wanted, posture, here),
            )
    holds = [one for one in mind.of("holds") if one.id not in told and one.sure > _HALF]
    holds = [one for one in holds if not mind.thought_dead(one.of)]
    for held in sorted(holds, key=lambda one: (-one.sure, one.id))[:1]:
        asks = held.get("kind") == "question"
        hedge = PERHAPS if held.sure < _HALF else ""
        notion = Wanted((Wish("holds", held, hedge=hedge, asks=asks),))
        for here in _one_of(rounds):
            yield "holds", (notion, *_standing(posture, here)), _used(held, posture, here)
    if posture is not None:
        for here in _one_of(rounds):
            yield "posture", _standing(posture, here), _used(posture, None, here)
    if lives is not None and belongs is not None and carries is not None and not mind.name:
        yield (
            "belongs",
            (Wanted((Wish("belongs", belongs),)), Wanted((Wish("carries", carries),))),
            (belongs, carries),
        )
    for first in rounds[:_ROUNDS]:
        yield "place", (Wanted((Wish(first.pred, first),)),), (first,)
    yield "at once", (), ()


def _first_used(mind: Mind, stretch: Stretch, carries: Record | None) -> Record | None:
    """What one carries: of several things that which one uses first in the scene."""
    used = [record.get("weapon") for one in stretch.episodes for record in one.records
            if record.pred in _USES_IT]  # fmt: skip
    carried = {one.get("weapon"): one for one in mind.of("carries")}
    if carries is None:
        return None
    return next((carried[one] for one in used if one in carried), carries)


def _wanted(mind: Mind, stretch: Stretch, told: Set[int]) -> Record | None:
    """What carries a scene, if it is wanted when that begins, or soon; else what was wanted last
    before it.
    """
    name = stretch.aim.name if stretch.aim is not None else ""
    drives = _drives(mind, stretch, told)
    return (
        next((one for one in reversed(drives) if one.of == name), *drives[-1:])
        if drives
        else (None)
    )


def _wanted_besides(mind: Mind, stretch: Stretch, told: Set[int], wanted: Record) -> Record | None:
    """Somebody else who is wanted at the same time."""
    seconds = mind.testimony.seconds
    return next(
        (
            one
            for one in reversed(_drives(mind, stretch, told))
            if one.of not in ("", wanted.of)
            and wanted.of
            and abs(seconds(one.tick - wanted.tick)) <= _AT_ONCE_S
        ),
        None,
    )


def _drives(mind: Mind, stretch: Stretch, told: Set[int]) -> list[Record]:
    """What drove this mind until a scene had just begun, as far as it is not told."""
    early = stretch.from_tick + _EARLY_SHARE * (stretch.last_tick - stretch.from_tick)
    return [
        one
        for one in mind.of("driven")
        if one.tick <= early and one.id not in told and one.get("deed") != "use"
    ]


def _one_of(rounds: list[Record]) -> list[list[Record]]:
    """How it was round one, one thing at a time; if there is nothing to say of it, nothing."""
    return [[one] for one in rounds[:_ROUNDS]] or [[]]


def _standing(posture: Record | None, rounds: list[Record]) -> tuple[Wanted, ...]:
    """What one is at, and how it is round one, in one sentence if both are there."""
    if posture is None:
        return (Wanted((Wish(rounds[0].pred, rounds[0]),)),) if rounds else ()
    deed = Wish(posture.pred, posture, mine=bool(rounds))
    if not rounds:
        return (Wanted((deed,)),)
    return (Wanted((Wish(f"{rounds[0].pred}/{WITH}", rounds[0]), deed), (", ",)),)


def _used(first: Record, posture: Record | None, rounds: list[Record]) -> tuple[Record, ...]:
    return (first, *((posture,) if posture is not None else ()), *rounds)
