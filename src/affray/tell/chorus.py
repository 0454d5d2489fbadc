"""A chorus: several minds tell one battle, and their scenes end on what reached many at once.

A shared moment is found in the testimonies alone: a scream, a spectacle, a call that stands in
many of them within a breath. Between two of these those minds tell who have most to tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from affray.record.testimony import Record, Testimony
from affray.tell.episodes import Episode, chosen, episodes
from affray.tell.lexicon import Lexicon
from affray.tell.plan import Telling
from affray.tell.salience import saliences
from affray.tell.scenes import WORDS_A_RECORD, Stretch
from affray.tell.teller import Teller, about_of
from affray.tell.voice import History, Voices

_TOGETHER_S = 2.0  # what reaches several minds within so long is one happening
_APART_S = 20.0  # shared moments stand at least so far apart
_LEAST_SHARE = 0.3  # of the minds that a moment must have reached
_SHARED = ("gripped", "scream", "spectacle")
_SCENE_WORDS = 260
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
    history = History()
    tellers = [Teller(one, lexicon, voices, history) for one in testimonies]
    told = [episodes(one.mind, saliences(one.mind, one.speaker.voice)) for one in tellers]
    moments = shared_moments(testimonies, max(1, min(words // 700, _MOST_MOMENTS)))
    edges = [moment.tick for moment in moments]
    last = max(one.last_tick for one in testimonies)
    bounds = list(zip([-1, *edges], [*edges, last + 1], [*moments, None], strict=True))
    scenes = []
    count: dict[int, int] = {}
    for low, high, moment in bounds:
        share = words / len(bounds)
        for number in _speakers(told, low, high, moment, count, max(int(share / _SCENE_WORDS), 1)):
            stretch = _stretch(told[number], number, low, high, moment, _SCENE_WORDS)
            if stretch is not None:
                scene = tellers[number].scene(stretch)
                if scene.paragraphs:
                    scenes.append(scene)
                    count[number] = count.get(number, 0) + 1
    return Telling(testimonies[0].title, scenes, about_of(testimonies, lexicon))


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


def _within(episode: Episode, low: int, high: int) -> bool:
    return low < episode.from_tick < high


def _speakers(
    told: Sequence[Sequence[Episode]], low: int, high: int, moment: Moment | None,
    count: dict[int, int], scenes: int,
) -> list[int]:  # fmt: skip
    """The minds that tell a stretch of time: those to whom most happened, the fresh ones first."""
    worths = {}
    for number, own in enumerate(told):
        here = sorted((one.worth for one in own if _within(one, low, high)), reverse=True)[:5]
        worth = sum(here) * _AGAIN ** count.get(number, 0)
        if moment is not None and number in moment.records:
            worth *= 1.3
        if here:
            worths[number] = worth
    return sorted(worths, key=lambda number: (-worths[number], number))[:scenes]


def _stretch(
    own: Sequence[Episode], number: int, low: int, high: int, moment: Moment | None, words: int
) -> Stretch | None:
    """What one mind tells of a stretch of time; it ends on the moment that ended it for all."""
    here = [one for one in own if _within(one, low, high)]
    end = moment.records.get(number) if moment is not None else None
    taken = chosen(here, words, WORDS_A_RECORD)
    if end is not None:
        taken = [one for one in taken if all(record.id != end.id for record in one.records)]
        taken.append(Episode("cry", [end]))
    return Stretch(tuple(taken)) if taken else None
