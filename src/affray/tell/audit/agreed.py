"""What several minds agree on: the audit's own derivation, against which it holds what they tell
together. The teller has one of its own (``collective``); the two share no step.

Here every statement of every mind is laid out by what it says and when; what some mind has no such
statement for, within a breath, falls out; of what is left each thing is kept that nobody lacks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from affray.record.testimony import Record, Testimony

_MANY = 3  # fewer do not tell together
_BREATH_S = 3.0  # what is said to have been at one time lies no farther apart
_BACK_S = 20.0  # how far before the moment they go back
_AT_IT = frozenset(("scream", "spectacle", "marvel"))  # what is the moment itself
_OF_NOBODY = frozenset((
    "scream", "spectacle", "marvel", "gripped", "quiet", "dim", "din", "blood_smell", "foes_flee",
    "mates_flee", "breaks", "flees", "stands", "order", "call", "fear",
))  # fmt: skip
"""Predicates that are about nobody in particular, so that several can mean the same by them."""
_SAYS = ("timbre", "power", "word", "says", "got")
Statement = tuple[object, ...]


def agreed(minds: Sequence[Testimony], tick: int) -> Testimony | None:
    """What all of some minds testify of the moment at ``tick``; None: they are too few, or agree on
    nothing.
    """
    if len(minds) < _MANY:
        return None
    by_mind = [_laid_out(mind) for mind in minds]
    kept: list[tuple[Record, list[Record]]] = []
    for pred in sorted(_OF_NOBODY):
        mine = [one for one in minds[0].records if one.pred == pred]
        if not mine:
            continue
        middle = min(mine, key=lambda one: (abs(one.tick - tick), one.id))
        before_s = (tick - middle.tick) * minds[0].dt_s
        if before_s > (_BREATH_S if pred in _AT_IT else _BACK_S) or before_s < -_BREATH_S:
            continue
        said = [
            _nearest_said(laid, _statement(middle), middle.tick, mind.dt_s)
            for laid, mind in zip(by_mind[1:], minds[1:], strict=True)
        ]
        if None not in said:
            kept.append((middle, [one for one in said if one is not None]))
    if not kept:
        return None
    kept.sort(key=lambda pair: pair[0].id)
    places = {pair[0].id: place for place, pair in enumerate(kept)}
    records = tuple(_least(own, others, places) for own, others in kept)
    return replace(
        minds[0],
        self_=_nobody_in_particular(minds),
        knows={},
        tracks=(),
        records=records,
        luck=_mixed(minds),
        last_tick=max(one.tick for one in records),
    )


def _statement(record: Record) -> Statement:
    """What a record says, apart from when, of whom and how much."""
    return (record.pred, *(record.features.get(name) for name in _SAYS))


def _laid_out(mind: Testimony) -> Mapping[Statement, list[Record]]:
    found: dict[Statement, list[Record]] = defaultdict(list)
    for record in mind.records:
        found[_statement(record)].append(record)
    return found


def _nearest_said(
    laid: Mapping[Statement, list[Record]], statement: Statement, tick: int, dt_s: float
) -> Record | None:
    """The first record in which a mind says the same within a breath of ``tick``."""
    for record in laid.get(statement, ()):
        if abs(record.tick - tick) * dt_s <= _BREATH_S:
            return record
    return None


def _least(own: Record, others: Sequence[Record], places: Mapping[int, int]) -> Record:
    """A record that says no more than any of some."""
    every = [own, *others]
    common = set.intersection(
        *({(name, repr(value)) for name, value in one.features.items()} for one in every)
    )
    features = {
        name: value for name, value in own.features.items() if (name, repr(value)) in common
    }
    links = {}
    for name, ids in own.links.items():
        here = [places[one] for one in ids if one in places]
        if here:
            links[name] = tuple(here)
    return replace(
        own,
        id=places[own.id],
        until=min(one.until for one in every),
        whom=-1,
        of="",
        sure=min(one.sure for one in every),
        acuity=min(one.acuity for one in every),
        features=features,
        links=links,
    )


def _nobody_in_particular(minds: Sequence[Testimony]) -> dict[str, object]:
    own = dict(minds[0].self_)
    own.update(name="", gender="all", unit="", unit_title="", number=0)
    if any(mind.self_["side"] != own["side"] for mind in minds):
        own.update(side="", side_title="", foes={})
    return own


def _mixed(minds: Sequence[Testimony]) -> int:
    mixed = 0
    for mind in minds:
        mixed ^= mind.luck
    return mixed
