"""From episodes to scenes: the stretches of one mind's time in which most came together.

A scene is some three quarters of a minute round what mattered most in it, told closely, and not a
choice out of a whole battle: what is told of one moment belongs to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from affray.record.testimony import Record
from affray.tell.episodes import Episode, chosen
from affray.tell.mind import Mind

WORDS_A_RECORD = 7.5  # how many words the telling of a record takes, about
SCENE_WORDS = 260  # a scene is about so long
_BEFORE_S, _AFTER_S = 35.0, 12.0  # of a scene round what is at its middle
_LEAST_SHARE = 0.3  # a scene worth less than this share of the best is not told
_SETTING = (
    "tinted",
    "dim",
    "din",
    "blood_smell",
    "mates_weary",
    "foes_many",
    "mate_beside",
    "carries",
)
_POSTURES = ("stands", "goes_on", "gives_ground", "flees", "tends", "rests", "fights")


@dataclass(frozen=True)
class Stretch:
    """Episodes of one mind that are told as one scene, in time. ``worth``: how much they matter."""

    episodes: tuple[Episode, ...]
    worth: float = 0.0

    @property
    def from_tick(self) -> int:
        """When it begins."""
        return self.episodes[0].from_tick

    @property
    def to_tick(self) -> int:
        """When it ends."""
        return max(record.whole for episode in self.episodes for record in episode.records)


def stretches(mind: Mind, found: Sequence[Episode], words: int) -> list[Stretch]:
    """The scenes of a telling of so many words, in time; fewer, if there is less to tell."""
    taken: list[Stretch] = []
    left = list(found)
    while len(taken) * SCENE_WORDS < words:
        best = best_stretch(mind, left, min(SCENE_WORDS, words))
        if best is None or (taken and best.worth < _LEAST_SHARE * taken[0].worth):
            break
        taken.append(best)
        left = [one for one in left if not best.from_tick <= one.from_tick <= best.to_tick]
    return sorted(taken, key=lambda one: one.from_tick)


def best_stretch(mind: Mind, found: Sequence[Episode], words: int) -> Stretch | None:
    """The stretch of time in which most came together, as a scene of so many words."""
    best: Stretch | None = None
    ticks = 1.0 / mind.testimony.dt_s
    for middle in found:
        low = middle.from_tick - _BEFORE_S * ticks
        high = middle.from_tick + _AFTER_S * ticks
        stretch = stretch_of([one for one in found if low <= one.from_tick <= high], words)
        if stretch is not None and (best is None or stretch.worth > best.worth):
            best = stretch
    return best


def stretch_of(found: Sequence[Episode], words: int) -> Stretch | None:
    """A scene of so many words out of some episodes; None: there is nothing worth telling."""
    taken = chosen(found, words, WORDS_A_RECORD)
    return Stretch(tuple(taken), sum(one.worth for one in taken)) if taken else None


def setting(mind: Mind, stretch: Stretch, told: set[int]) -> list[Record]:
    """What can be told of the place and of what one is at as a scene opens, if it was not yet; of
    whose side one is, when one tells for the first time.
    """
    found: list[Record] = []
    within = {record.id for episode in stretch.episodes for record in episode.records}
    start = stretch.from_tick

    def fits(record: Record | None) -> bool:
        if record is None or record.whole > stretch.to_tick:
            return False
        return record.id not in told and record.id not in within

    for pred in _SETTING:
        record = mind.before(pred, start + 15)
        if record is None or not fits(record):
            continue
        if pred in ("carries", "tinted") or mind.testimony.seconds(start - record.tick) < 20.0:
            found.append(record)
    belongs = mind.before("belongs", start)
    says = belongs is not None and fits(belongs) and mind.testimony.luck & 1
    found = [belongs, *found[:1]] if belongs is not None and says else found[:2]
    for pred in _POSTURES:
        record = mind.before(pred, start)
        if record is not None and fits(record) and record.until >= start:
            return [*found, record]
    return found
