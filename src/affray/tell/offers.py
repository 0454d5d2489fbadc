"""The scenes that each mind of a chorus could tell, between two shared moments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from affray.record.testimony import Record
from affray.tell.aims import A_MATE, OWN_NERVE
from affray.tell.episodes import Episode
from affray.tell.mind import Mind
from affray.tell.moments import Moment
from affray.tell.salience import WEIGHTS
from affray.tell.scenes import Look, Stretch, best_stretch, stretch_of
from affray.tell.turning import turning_points

_AT_ONCE_S = 2.0  # what is done so soon upon a shared moment belongs to it
_OWN_DEEDS = ("uses", "rapt")
_SHARED_END, _DEED_END = 1.3, 2.0  # how many times as much a scene weighs that ends so
_LEADS_UP_S = 45.0  # of what led up to a shared moment, in a scene that ends on it
_SCENE_WORDS = 180  # of a scene among those of others: shorter than where one tells alone
_LEAST_WORDS = 90  # of a scene, however short the telling
_LEAST_SHARE_OF_A_SCENE = 0.2  # of the words of a scene; what has fewer is none
_LEAST_SHARE_OF_AN_END = 0.18  # and what comes out in fewer
_TURN_S, _AFTER_S = 30.0, 10.0  # of what led up to a turn, and of what came of it
_OFFERS = 3  # scenes that a mind can tell of one stretch
_KNOWN, _BOUND = 0.1, 0.2  # by how much scenes weigh more for each to whom their mind matters


@dataclass(frozen=True)
class Offer:
    """A scene that a mind could tell, in one of the stretches between moments (``place``)."""

    place: int
    mind: int
    stretch: Stretch
    worth: float


Bounds = tuple[int, int, Moment | None]
"""A stretch of time: after which tick it begins, with which it ends, and on what."""


def offers_of(
    minds: Sequence[Mind], told: Sequence[Sequence[Episode]], bounds: Sequence[Bounds],
    words: int, look: Look,
) -> list[Offer]:  # fmt: skip
    """The scenes that each mind could tell of each stretch, at so close a look."""
    size = max(min(_SCENE_WORDS, words // len(bounds)), _LEAST_WORDS)
    offers: list[Offer] = []
    known = [1.0 + _KNOWN * sum(other.bond(mind.name) >= _BOUND for other in minds)
             for mind in minds]  # fmt: skip
    for place, (low, high, moment) in enumerate(bounds):
        for number, mind in enumerate(minds):
            end = moment.records.get(number) if moment is not None else None
            left = [one for one in told[number] if low < one.from_tick <= high]
            for _ in range(_OFFERS):
                stretch = _scene(mind, left, end, size, look)
                if end is not None and not _is_one(stretch, size):
                    end = None  # too little led up to it: what is best besides?
                    stretch = _scene(mind, left, end, size, look)
                if stretch is None or not _is_one(stretch, size):
                    break
                worth = stretch.worth * known[number] * (_SHARED_END if end is not None else 1.0)
                worth *= _DEED_END if _ends_on_a_deed(stretch) else 1.0
                offers.append(Offer(place, number, stretch, worth))
                left = [one for one in left
                        if not stretch.from_tick <= one.from_tick <= stretch.last_tick]  # fmt: skip
                end = None
            offers += _of_turns(mind, left, place, number, size, look)
    return offers


def _of_turns(
    mind: Mind, left: Sequence[Episode], place: int, number: int, size: int, look: Look
) -> list[Offer]:
    """The scenes of what turns for a mind and is in none of those that it tells else."""
    offers: list[Offer] = []
    ticks = 1.0 / mind.testimony.dt_s
    for turn in [one for one in left if turning_points(mind, [one])]:
        low, high = turn.from_tick - _TURN_S * ticks, turn.from_tick + _AFTER_S * ticks
        here = [one for one in left if low <= one.from_tick <= high]
        if turn not in here or any(turn in one.stretch.episodes for one in offers):
            continue
        stretch = _scene(mind, here, None, size, look)
        if stretch is not None and turning_points(mind, stretch.episodes):
            offers.append(Offer(place, number, stretch, stretch.worth))
            left = [one for one in left
                    if not stretch.from_tick <= one.from_tick <= stretch.last_tick]  # fmt: skip
    return offers


def _ends_on_a_deed(stretch: Stretch) -> bool:
    """Whether a scene ends on what a mind did at the moment that reached many."""
    return stretch.shared and stretch.episodes[-1].records[-1].pred in _OWN_DEEDS


def _is_one(stretch: Stretch | None, size: float) -> bool:
    """Whether a stretch is a scene, where scenes have so many words: a crisis may be short."""
    if stretch is None:
        return False
    least = _LEAST_SHARE_OF_AN_END if is_end(stretch) else _LEAST_SHARE_OF_A_SCENE
    return stretch.words >= least * size


def is_end(stretch: Stretch) -> bool:
    """Whether it comes out in a scene what was wanted of somebody with a name."""
    aim = stretch.aim
    return (
        aim is not None and aim.turned and aim.name != OWN_NERVE and not aim.name.startswith(A_MATE)
    )


def _scene(
    mind: Mind, here: Sequence[Episode], end: Record | None, words: int, look: Look
) -> Stretch | None:
    """What one mind tells of a stretch of time; if ``end`` reached it, what led up to that."""
    if end is None:
        return best_stretch(mind, here, words, look)
    since = end.tick - _LEADS_UP_S / mind.testimony.dt_s
    before = [_without(one, end) for one in here if since <= one.from_tick <= end.tick]
    stretch = stretch_of(mind, [one for one in before if one.records], words, look)
    if stretch is None:
        return None
    deeds = _answers(mind, end)
    last = Episode("cry", [end, *deeds])
    worth = stretch.worth + sum(WEIGHTS[one.pred] for one in deeds)
    return replace(stretch, episodes=(*stretch.episodes, last), worth=worth, shared=True)


def _answers(mind: Mind, end: Record) -> list[Record]:
    """What a mind did of its own at the very moment that reached many."""
    until = end.tick + _AT_ONCE_S / mind.testimony.dt_s
    return [one for one in mind.of(*_OWN_DEEDS) if one.id > end.id and one.tick <= until]


def _without(episode: Episode, end: Record) -> Episode:
    """An episode as far as it went before the record that ends the scene."""
    before = [one for one in episode.records if one.id < end.id and one.tick <= end.tick]
    share = len(before) / max(len(episode.records), 1)
    return replace(episode, records=before, worth=episode.worth * share)
