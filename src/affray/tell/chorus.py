"""A chorus: several minds tell one battle, and their scenes end on what reached many at once.

A shared moment is found in the testimonies alone: a scream, a spectacle, a call that stands in
many of them within a breath. Between two of these those minds tell who have most to tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from affray.record.testimony import Record, Testimony
from affray.tell.collective import collective, name_of, of_one_mind
from affray.tell.episodes import Episode, episodes
from affray.tell.lexicon import Lexicon
from affray.tell.mind import Mind
from affray.tell.motifs import Ledger
from affray.tell.plan import Scene, Telling
from affray.tell.salience import saliences
from affray.tell.scenes import SCENE_WORDS, Stretch, best_stretch, stretch_of
from affray.tell.teller import Teller, about_of, witness_name
from affray.tell.voice import History, Voices

_TOGETHER_S = 2.0  # what reaches several minds within so long is one happening
_APART_S = 20.0  # shared moments stand at least so far apart
_LEAST_SHARE = 0.3  # of the minds that a moment must have reached
_SHARED = ("gripped", "scream", "spectacle", "marvel")
_LEADS_UP_S = 45.0  # of what led up to a shared moment, in a scene that ends on it
_LEAST_WORDS = 90  # of a scene, however short the telling
_MOST_MOMENTS = 6
_AGAIN = 0.45  # what a mind's episodes weigh when it has just told a scene


@dataclass(frozen=True)
class Moment:
    """A happening that reached many: its tick, and the record of it by place of the mind."""

    tick: int
    records: dict[int, Record]


def chorus(
    testimonies: Sequence[Testimony], lexicon: Lexicon, voices: Voices, words: int = 3000
) -> Telling:
    """A telling by several minds, of about so many words."""
    history = History(motifs=Ledger(lexicon.words.motifs))
    tellers = [Teller(one, lexicon, voices, history) for one in testimonies]
    told = [episodes(one.mind, saliences(one.mind, one.speaker.voice)) for one in tellers]
    moments = shared_moments(testimonies, max(1, min(words // 700, _MOST_MOMENTS)))
    edges = [moment.tick for moment in moments]
    last = max(one.last_tick for one in testimonies)
    bounds = list(zip([-1, *edges], [*edges, last + 1], [*moments, None], strict=True))
    scenes = []
    size = max(min(SCENE_WORDS, words // len(bounds)), _LEAST_WORDS)
    count: dict[int, int] = {}
    for low, high, moment in bounds:
        offers = []
        for number, teller in enumerate(tellers):
            end = moment.records.get(number) if moment is not None else None
            stretch = _scene(teller.mind, told[number], low, high, end, size)
            if stretch is not None:
                worth = stretch.worth * _AGAIN ** count.get(number, 0) * (1.3 if end else 1.0)
                offers.append((worth, number, stretch))
        offers.sort(key=lambda offer: (-offer[0], offer[1]))
        share = max(round(words / len(bounds) / size), 1)
        for _, number, stretch in offers[:share]:
            scene = tellers[number].scene(stretch)
            if scene.paragraphs:
                scenes.append(scene)
                count[number] = count.get(number, 0) + 1
        if moment is not None and moment is _strongest(moments):
            joined = _together(testimonies, moment, lexicon, voices, history)
            scenes += [joined] if joined is not None else []
    return Telling(testimonies[0].title, scenes, about_of(testimonies, lexicon, history))


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
    mind: Mind, own: Sequence[Episode], low: int, high: int, end: Record | None, words: int
) -> Stretch | None:
    """What one mind tells of a stretch of time; if ``end`` reached it, what led up to that."""
    here = [one for one in own if low < one.from_tick <= high]
    if end is None:
        return best_stretch(mind, here, words)
    since = end.tick - _LEADS_UP_S / mind.testimony.dt_s
    before = [_without(one, end) for one in here if since <= one.from_tick <= end.tick]
    stretch = stretch_of([one for one in before if one.records], words)
    if stretch is None:
        return None
    return Stretch((*stretch.episodes, Episode("cry", [end])), stretch.worth)


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


def _together(
    testimonies: Sequence[Testimony],
    moment: Moment,
    lexicon: Lexicon,
    voices: Voices,
    history: History,
) -> Scene | None:
    """What all those share whom a moment held, told by all of them; None: they are too few."""
    held = [testimonies[number] for number in sorted(moment.records)
            if moment.records[number].pred == "gripped"]  # fmt: skip
    members = of_one_mind(held, moment.tick)
    shared = collective(members, moment.tick)
    if shared is None:
        return None
    scene = Teller(shared, lexicon, voices, history).scene(
        Stretch((Episode("cry", list(shared.records)),))
    )
    names = tuple(witness_name(one) for one in members)
    scene.witness, scene.together = name_of(names, moment.tick), (names, moment.tick)
    return scene if scene.paragraphs else None
