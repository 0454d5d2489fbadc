"""A chorus: several minds tell one battle, and their scenes end on what reached many at once.

A shared moment is found in the testimonies alone: a scream, a spectacle, a call that stands in
many of them within a breath. Between two of these those minds tell who have most to tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from affray.record.testimony import Record, Testimony
from affray.tell.aims import A_MATE, OWN_NERVE
from affray.tell.collective import collective, of_one_mind
from affray.tell.episodes import Episode, episodes
from affray.tell.heading import company, heading, name_of
from affray.tell.lexicon import Lexicon
from affray.tell.mind import Mind
from affray.tell.motifs import Ledger
from affray.tell.plan import Scene, Telling
from affray.tell.salience import WEIGHTS, saliences
from affray.tell.scenes import (
    LEAST_WORTHS,
    SCENE_WORDS,
    Stretch,
    best_stretch,
    ended,
    short_of,
    stretch_of,
)
from affray.tell.teller import Teller, about_of, witness_name
from affray.tell.voice import History, Voices

_TOGETHER_S = 2.0  # what reaches several minds within so long is one happening
_APART_S = 20.0  # shared moments stand at least so far apart
_LEAST_SHARE = 0.3  # of the minds that a moment must have reached
_SHARED = ("gripped", "scream", "spectacle", "marvel")
_AT_ONCE_S = 2.0  # what is done so soon upon a shared moment belongs to it
_OWN_DEEDS = ("uses", "rapt")
_SHARED_END, _DEED_END = 1.3, 2.0  # how many times as much a scene weighs that ends so
_LEADS_UP_S = 45.0  # of what led up to a shared moment, in a scene that ends on it
_LEAST_WORDS = 90  # of a scene, however short the telling
_LEAST_SHARE_OF_A_SCENE = 0.2  # of the words of a scene; what has fewer is none
_LEAST_SHARE_OF_AN_END = 0.18  # and what comes out in fewer
_LEAST_TOLD, _LEAST_OF_AN_END = 40, 24  # words: what came to fewer in the telling is no scene
_MOST_MOMENTS = 6
_OFFERS = 3  # scenes that a mind can tell of one stretch
_CROWDED = 0.8  # what scenes weigh when one more is told of the same time
_KNOWN, _BOUND = 0.1, 0.2  # by how much scenes weigh more for each to whom their mind matters
_AGAIN = 0.75  # what a mind's episodes weigh when it has just told a scene
_OF_A_UNIT = 3  # scenes of those of one unit whom nobody named


@dataclass(frozen=True)
class Offer:
    """A scene that a mind could tell, in one of the stretches between moments (``place``)."""

    place: int
    mind: int
    stretch: Stretch
    worth: float


@dataclass(frozen=True)
class Moment:
    """A happening that reached many: its tick, and the record of it by place of the mind."""

    tick: int
    records: dict[int, Record]


Bounds = tuple[int, int, Moment | None]
"""A stretch of time: after which tick it begins, with which it ends, and on what."""


def chorus(
    testimonies: Sequence[Testimony], lexicon: Lexicon, voices: Voices, words: int = 3000
) -> Telling:
    """A telling by several minds, of about so many words."""
    key = 0
    for one in testimonies:
        key ^= one.luck
    history = History(motifs=Ledger(lexicon.words.motifs), key=key, minds=len(testimonies))
    tellers = [Teller(one, lexicon, voices, history) for one in testimonies]
    told = [episodes(one.mind, saliences(one.mind, one.speaker.voice)) for one in tellers]
    moments = shared_moments(testimonies, max(1, min(words // 700, _MOST_MOMENTS)))
    edges = [moment.tick for moment in moments]
    last = max(one.last_tick for one in testimonies)
    bounds = list(zip([-1, *edges], [*edges, last + 1], [*moments, None], strict=True))
    minds = [one.mind for one in tellers]
    scenes: list[Scene] = []
    short: list[Scene] = []
    for (_, _, moment), offers in zip(bounds, _planned(minds, told, bounds, words), strict=True):
        for offer in offers:
            scene = tellers[offer.mind].scene(offer.stretch)
            is_one = _is_told(scene, offer)
            (scenes if is_one else short).append(scene)
            if is_one:
                history.tells(testimonies[offer.mind].self_)
        if moment is not None and moment is _strongest(moments):
            held = _held_by(testimonies, moment)
            joined = together(held, moment.tick, lexicon, voices, history)
            scenes += [joined] if joined is not None else []
    told_of = scenes or [scene for scene in short if scene.paragraphs]
    return Telling(testimonies[0].title, told_of, about_of(testimonies, lexicon, history))


def _is_told(scene: Scene, offer: Offer) -> bool:
    """Whether a scene has come to enough to be one, or is an end, which may be short."""
    words = len(scene.text().split())
    if offer.stretch.shared:
        return words > 0
    return words >= (_LEAST_OF_AN_END if _is_end(offer.stretch) else _LEAST_TOLD)


def _planned(
    minds: Sequence[Mind], told: Sequence[Sequence[Episode]], bounds: Sequence[Bounds], words: int
) -> list[list[Offer]]:
    """The scenes of a chorus, for each stretch between two moments, in time: those that are worth
    most, and no mind's too often, until there are words enough; where there is little to tell, it
    is looked at closer.
    """
    taken: list[Offer] = []
    for least in LEAST_WORTHS:
        taken = _ends_on_a_name(_offers(minds, told, bounds, words, least), minds, words)
        if not short_of([one.stretch for one in taken], words):
            break
    return [_ending(sorted((one for one in taken if one.place == place), key=_when))
            for place in range(len(bounds))]  # fmt: skip


def _ends_on_a_name(offers: Sequence[Offer], minds: Sequence[Mind], words: int) -> list[Offer]:
    """The scenes that are told, of which the last is of somebody with a name, if there is any."""
    left = list(offers)
    while True:
        taken = _taken(left, minds, words)
        last = max((_when(one) for one in taken if minds[one.mind].name), default=None)
        trailing = [one for one in taken if last is not None and _when(one) > last]
        if not trailing:
            return taken
        left = [one for one in left if one not in trailing]


def _when(offer: Offer) -> tuple[int, int, int]:
    """Where a scene stands in a chorus."""
    return offer.place, offer.stretch.from_tick, offer.mind


def _ending(offers: Sequence[Offer]) -> list[Offer]:
    """Scenes that lead up to one moment; if it is but a scream, the last of them alone ends on it,
    and the others on what mattered before.
    """
    found = list(offers)
    for place, one in enumerate(found[:-1]):
        *before, end = one.stretch.episodes
        if one.stretch.shared and before and end.records[-1].pred == "scream":
            stretch = replace(one.stretch, episodes=tuple(ended(before)), shared=False)
            found[place] = replace(one, stretch=stretch)
    return found


def _offers(
    minds: Sequence[Mind], told: Sequence[Sequence[Episode]], bounds: Sequence[Bounds],
    words: int, least: float,
) -> list[Offer]:  # fmt: skip
    """The scenes that each mind could tell of each stretch, of episodes worth so much at least."""
    size = max(min(SCENE_WORDS, words // len(bounds)), _LEAST_WORDS)
    offers: list[Offer] = []
    known = [1.0 + _KNOWN * sum(other.bond(mind.name) >= _BOUND for other in minds)
             for mind in minds]  # fmt: skip
    for place, (low, high, moment) in enumerate(bounds):
        for number, mind in enumerate(minds):
            end = moment.records.get(number) if moment is not None else None
            left = [one for one in told[number] if low < one.from_tick <= high]
            for _ in range(_OFFERS):
                stretch = _scene(mind, left, end, size, least)
                if end is not None and not _is_one(stretch, size):
                    end = None  # too little led up to it: what is best besides?
                    stretch = _scene(mind, left, end, size, least)
                if stretch is None or not _is_one(stretch, size):
                    break
                worth = stretch.worth * known[number] * (_SHARED_END if end is not None else 1.0)
                worth *= _DEED_END if _ends_on_a_deed(stretch) else 1.0
                offers.append(Offer(place, number, stretch, worth))
                left = [one for one in left
                        if not stretch.from_tick <= one.from_tick <= stretch.last_tick]  # fmt: skip
                end = None
    return offers


def _ends_on_a_deed(stretch: Stretch) -> bool:
    """Whether a scene ends on what a mind did at the moment that reached many."""
    return stretch.shared and stretch.episodes[-1].records[-1].pred in _OWN_DEEDS


def _is_one(stretch: Stretch | None, size: float) -> bool:
    """Whether a stretch is a scene, where scenes have so many words: a crisis may be short."""
    if stretch is None:
        return False
    least = _LEAST_SHARE_OF_AN_END if _is_end(stretch) else _LEAST_SHARE_OF_A_SCENE
    return stretch.words >= least * size


def _taken(offers: Sequence[Offer], minds: Sequence[Mind], words: int) -> list[Offer]:
    """Those of some scenes that are told, the best first. Those of one unit whom nobody named are
    heard as one, and not too often.
    """
    taken = _last_of(offers)
    heard = [_heard_as(mind) for mind in minds]
    count = Counter(heard[one.mind] for one in taken)
    left = [one for one in offers if one not in taken]
    while left and short_of([one.stretch for one in taken], words):
        best = max(left, key=lambda one: (
            one.worth * _AGAIN ** (count[heard[one.mind]] - _comes_out(one, taken))
            * _CROWDED ** _beside(one, taken), -one.mind, -one.stretch.from_tick))  # fmt: skip
        taken.append(best)
        count[heard[best.mind]] += 1
        full = {who for who in heard if not who.is_named and count[who] == _OF_A_UNIT}
        left = [one for one in left if one is not best and heard[one.mind] not in full]
    return taken


class _Heard(NamedTuple):
    """As whom a mind is heard: by its name, or as one of its unit."""

    who: str
    is_named: bool


def _heard_as(mind: Mind) -> _Heard:
    own = mind.testimony.self_
    return _Heard(str(own["name"] or own["unit"]), bool(own["name"]))


def _last_of(offers: Sequence[Offer]) -> list[Offer]:
    """The scene in which it comes out last what somebody wanted of somebody: a chorus ends on it,
    whatever else it has to tell.
    """
    ends = [one for one in offers if _is_end(one.stretch)]
    return [max(ends, key=lambda one: (one.stretch.last_tick, one.worth))] if ends else []


def _is_end(stretch: Stretch) -> bool:
    aim = stretch.aim
    return (
        aim is not None and aim.turned and aim.name != OWN_NERVE and not aim.name.startswith(A_MATE)
    )


def _beside(offer: Offer, taken: Sequence[Offer]) -> int:
    """How many of some scenes are of the same time."""
    return sum(one.stretch.from_tick <= offer.stretch.last_tick
               and offer.stretch.from_tick <= one.stretch.last_tick for one in taken)  # fmt: skip


def _comes_out(offer: Offer, taken: Sequence[Offer]) -> bool:
    """Whether it comes out in a scene what the same mind wanted in one that is told before."""
    aim = offer.stretch.aim
    return aim is not None and aim.turned and any(
        one.mind == offer.mind and one.stretch.aim is not None
        and one.stretch.aim.name == aim.name and one.stretch.from_tick < offer.stretch.from_tick
        for one in taken
    )  # fmt: skip


def shared_moments(testimonies: Sequence[Testimony], most: int) -> list[Moment]:
    """The moments that reached the most minds, in time."""
    dt = testimonies[0].dt_s
    single = [
        (record.tick, number, record)
        for number, testimony in enumerate(testimonies)
        for record in testimony.records
        if record.pred in _SHARED and _strikes(record)
    ]
    single.sort(key=lambda one: (one[0], one[1]))
    found: list[tuple[float, Moment]] = []
    for tick in sorted({one[0] for one in single}):
        if (tick - testimonies[0].first_tick) * dt < _APART_S:
            continue  # nothing has led up to it
        near = [one for one in single if 0 <= (one[0] - tick) * dt <= _TOGETHER_S]
        records: dict[int, Record] = {}
        for _, number, record in near:
            if number not in records or record.pred == "gripped":
                records[number] = record
        if len(records) >= max(2, _LEAST_SHARE * len(testimonies)):
            gripped = sum(record.pred == "gripped" for record in records.values())
            found.append((len(records) + 2.0 * gripped, Moment(tick, records)))
    found.sort(key=lambda one: (-one[0], one[1].tick))
    taken: list[Moment] = []
    for _, moment in found:
        apart = all(abs(moment.tick - other.tick) * dt >= _APART_S for other in taken)
        if apart and len(taken) < most:
            taken.append(moment)
    return sorted(taken, key=lambda moment: moment.tick)


def _strikes(record: Record) -> bool:
    """Whether a record is of the kind that many would remember."""
    if record.pred == "scream":
        return float(record.get("level", 0)) >= 75 or record.get("timbre") != "a man"
    return True


def _scene(
    mind: Mind, here: Sequence[Episode], end: Record | None, words: int, least: float
) -> Stretch | None:
    """What one mind tells of a stretch of time; if ``end`` reached it, what led up to that."""
    if end is None:
        return best_stretch(mind, here, words, least)
    since = end.tick - _LEADS_UP_S / mind.testimony.dt_s
    before = [_without(one, end) for one in here if since <= one.from_tick <= end.tick]
    stretch = stretch_of(mind, [one for one in before if one.records], words, least)
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
    return Episode(episode.subject, before, episode.worth * share)


def _strongest(moments: Sequence[Moment]) -> Moment:
    """The moment that held the most minds."""
    return max(moments, key=lambda one: (_held(one), -one.tick))


def _held(moment: Moment) -> int:
    return sum(record.pred == "gripped" for record in moment.records.values())


def _held_by(testimonies: Sequence[Testimony], moment: Moment) -> list[Testimony]:
    """Those whom a moment held, and the same thing in it."""
    held = [testimonies[number] for number in sorted(moment.records)
            if moment.records[number].pred == "gripped"]  # fmt: skip
    return of_one_mind(held, moment.tick)


def together(
    members: Sequence[Testimony], tick: int, lexicon: Lexicon, voices: Voices, history: History
) -> Scene | None:
    """What all of some minds share of a moment, told by all of them; None: they are too few."""
    shared = collective(members, tick)
    if shared is None:
        return None
    scene = Teller(shared, lexicon, voices, history).scene(
        Stretch((Episode("cry", list(shared.records)),))
    )
    names = tuple(witness_name(one) for one in members)
    scene.witness, scene.together = name_of(names, tick), (names, tick)
    scene.heading = heading(shared, lexicon, scene.from_tick, alone=False, who=company(names))
    return scene if scene.paragraphs else None
