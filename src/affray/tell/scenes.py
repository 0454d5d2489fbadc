"""From episodes to scenes: stretches of one mind's time, with what is told of the place first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from affray.record.testimony import Record
from affray.tell.episodes import Episode
from affray.tell.mind import Mind

WORDS_A_RECORD = 7.5  # how many words the telling of a record takes, about
_SCENE_RECORDS = 42
_GAP_S = 25.0  # a gap as long as this ends a scene
_SETTING = ("dim", "din", "blood_smell", "mates_weary", "foes_many", "mate_beside", "carries")
_CLOSING = ("gripped", "breaks", "faint", "uses", "quiet", "rallies")


@dataclass(frozen=True)
class Stretch:
    """Episodes of one mind that are told as one scene, in time."""

    episodes: tuple[Episode, ...]

    @property
    def from_tick(self) -> int:
        """When it begins."""
        return self.episodes[0].from_tick

    @property
    def to_tick(self) -> int:
        """When it ends."""
        return max(record.tick for episode in self.episodes for record in episode.records)


def stretches(mind: Mind, episodes: Sequence[Episode]) -> list[Stretch]:
    """Episodes in time, cut into scenes where much time passes, or where a scene has its end."""
    found: list[list[Episode]] = []
    count = 0
    for episode in episodes:
        if found:
            gap = mind.testimony.seconds(episode.from_tick - found[-1][-1].until)
            closed = found[-1][-1].records[-1].pred in _CLOSING and count > _SCENE_RECORDS // 2
            if not ((gap > _GAP_S and count >= 6) or closed or count >= _SCENE_RECORDS):
                found[-1].append(episode)
                count += len(episode.records)
                continue
        found.append([episode])
        count = len(episode.records)
    if len(found) > 1 and sum(len(one.records) for one in found[-1]) < 6:
        found[-2] += found.pop()
    return [Stretch(tuple(one)) for one in found]


def setting(mind: Mind, stretch: Stretch, told: set[int]) -> list[Record]:
    """What can be told of the place and the hour as a scene opens, if it was not told yet."""
    found = []
    within = {record.id for episode in stretch.episodes for record in episode.records}
    for pred in _SETTING:
        record = mind.before(pred, stretch.from_tick + 15)
        if record is None or record.id in told or record.id in within:
            continue
        if pred == "carries" or mind.testimony.seconds(stretch.from_tick - record.tick) < 20.0:
            found.append(record)
    return found[:3]
