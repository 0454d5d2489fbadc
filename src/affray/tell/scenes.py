"""From episodes to scenes: the stretches of one mind's time in which most came together.

A scene is some three quarters of a minute round what mattered most in it, told closely, and not a
choice out of a whole battle: what is told of one moment belongs to the next. It is told in the
order in which things came, but for a few seconds by which what belongs together may be drawn
together; and it ends on something that matters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from affray.record.testimony import Record
from affray.tell.aims import Aim, aim_of, weighed
from affray.tell.episodes import LONG, Episode, chosen, thinned
from affray.tell.mind import Mind

WORDS_A_RECORD = 7.1  # how many words the telling of a record takes, about
OPENING_WORDS = 22  # and the opening of a scene
SCENE_WORDS = 280  # a scene is about so long
_BEFORE_S, _AFTER_S = 35.0, 12.0  # of a scene round what is at its middle
_LEAST_SHARE = 0.1  # a scene worth less than this share of the best is not told
_DRAWN_S = 4.0  # what belongs together is told together, though this much lies between
_ENDS = 0.45  # a scene ends on what is worth this share of its best, or more
_JOINED = 0.9  # two scenes are told as one that have this share of a scene's words together
_SOON_S = 75.0  # and lie no farther apart
_WEAK = ("mate_beside", "mate_hurt", "mates_cover", "foes_many", "dim", "din", "blood_smell",
         "shout", "foe_open", "mate_afraid", "mate_flees", "foe_comes", "foes_near", "shot_at",
         "steps", "mates_weary", "lifted", "call", "mates_down", "scream", "stands",
         "rests")  # fmt: skip
"""What is no end of a scene, unless it is of somebody whom a telling follows."""


class Look(NamedTuple):
    """How closely a telling looks: at what is worth so much at ``least`` for its length, and at
    ``dense`` times as much of one kind of thing as usual.
    """

    least: float
    dense: float


LOOKS = (Look(1.7, 1.0), Look(1.2, 1.0), Look(0.8, 1.5), Look(0.5, 2.0))
"""Ever closer, where what is told else leaves too little."""
_TAIL = 0.3  # and loses no more of its records by it than this share


@dataclass(frozen=True)
class Stretch:
    """Episodes of one mind that are told as one scene, in time. ``worth``: how much they matter.
    ``aim``: what carries it. ``shared``: it ends on what reached others, too.
    """

    episodes: tuple[Episode, ...]
    worth: float = 0.0
    aim: Aim | None = None
    shared: bool = False

    @cached_property
    def words(self) -> float:
        """How many words the telling of it takes, about."""
        told = sum(LONG.get(record.pred, 1.0) for one in self.episodes for record in one.records)
        return OPENING_WORDS + WORDS_A_RECORD * told

    @cached_property
    def from_tick(self) -> int:
        """When it begins."""
        return min(record.tick for episode in self.episodes for record in episode.records)

    @cached_property
    def last_tick(self) -> int:
        """When the last of it began; what comes later is left to other scenes."""
        return max(record.tick for episode in self.episodes for record in episode.records)

    @cached_property
    def to_tick(self) -> int:
        """When it ends, and all of it is over that lasted."""
        return max(record.whole for episode in self.episodes for record in episode.records)


def stretches(mind: Mind, found: Sequence[Episode], words: int) -> list[Stretch]:
    """The scenes of a telling of so many words, in time; fewer, if there is less to tell. Whoever
    has little to tell looks closer at it.
    """
    taken: list[Stretch] = []
    for look in LOOKS:
        taken = _taken(mind, found, words, look)
        if not short_of(taken, words):
            break
    return joined(mind, taken, dense=short_of(taken, words))


def _taken(mind: Mind, found: Sequence[Episode], words: int, look: Look) -> list[Stretch]:
    """Scenes of what is told at so close a look."""
    taken: list[Stretch] = []
    left = list(found)
    while short_of(taken, words):
        best = best_stretch(mind, left, min(SCENE_WORDS, words), look)
        share = _LEAST_SHARE * look.least / LOOKS[0].least
        if best is None or (taken and best.worth < share * taken[0].worth):
            break
        taken.append(best)
        left = [one for one in left if not best.from_tick <= one.from_tick <= best.last_tick]
    return sorted(taken, key=lambda one: one.from_tick)


def joined(mind: Mind, taken: Sequence[Stretch], *, dense: bool = False) -> list[Stretch]:
    """Scenes in time; short ones that follow each other soon are one. ``dense``: what both told is
    told of both times, as there is little else.
    """
    found: list[Stretch] = []
    for one in taken:
        last = found[-1] if found else None
        if (
            last is not None
            and last.words + one.words <= _JOINED * SCENE_WORDS
            and (mind.testimony.seconds(one.from_tick - last.last_tick) <= _SOON_S)
        ):
            aim = max(last, one, key=lambda each: each.worth).aim
            episodes = thinned(
                (*last.episodes, *one.episodes), SCENE_WORDS, WORDS_A_RECORD, 2.0 if dense else 1.0
            )
            found[-1] = Stretch(tuple(episodes), last.worth + one.worth, aim)
        else:
            found.append(one)
    return found


def short_of(taken: Sequence[Stretch], words: int) -> bool:
    """Whether one more scene brings a telling nearer to so many words."""
    return not taken or sum(one.words for one in taken) + 0.5 * taken[-1].words < words


def best_stretch(
    mind: Mind, found: Sequence[Episode], words: int, look: Look = LOOKS[0]
) -> Stretch | None:
    """The stretch of time in which most came together, as a scene of so many words that ends on
    something.
    """
    best: Stretch | None = None
    ticks = 1.0 / mind.testimony.dt_s
    for middle in found:
        low = middle.from_tick - _BEFORE_S * ticks
        high = middle.from_tick + _AFTER_S * ticks
        here = [one for one in found if low <= one.from_tick <= high]
        stretch = _most_of(mind, here, words, look)
        if stretch is not None and (best is None or stretch.worth > best.worth):
            best = stretch
    if best is None:
        return None
    return replace(best, episodes=tuple(ended(in_time(mind, best.episodes))))


def stretch_of(
    mind: Mind, found: Sequence[Episode], words: int, look: Look = LOOKS[0]
) -> Stretch | None:
    """A scene of so many words out of some episodes; None: there is nothing worth telling."""
    stretch = _most_of(mind, found, words, look)
    if stretch is None:
        return None
    return replace(stretch, episodes=tuple(in_time(mind, stretch.episodes)))


def _most_of(mind: Mind, found: Sequence[Episode], words: int, look: Look) -> Stretch | None:
    """What a scene of so many words would be told of, before it is put in time."""
    aim = aim_of(mind, found)
    taken = chosen(weighed(mind, found, aim), words, WORDS_A_RECORD, look.least, look.dense)
    if not taken:
        return None
    aim = aim_of(mind, taken)
    whole = aim.whole if aim is not None else 1.0
    return Stretch(tuple(taken), whole * sum(one.worth for one in taken), aim)


def in_time(mind: Mind, taken: Sequence[Episode]) -> list[Episode]:
    """Episodes cut so that none goes back behind the one before it by more than a few seconds."""
    left = sorted(
        ((record, one) for one in taken for record in one.records),
        key=lambda pair: (pair[0].tick, pair[0].id),
    )
    found: list[Episode] = []
    while left:
        first, episode = left[0]
        here: list[Record] = []
        for record, of in list(left):
            if of is not episode:
                strange = next(other for other, whose in left if whose is not episode)
                if mind.testimony.seconds(record.tick - strange.tick) > _DRAWN_S:
                    break
                continue
            others = [other for other, whose in left if whose is not episode]
            if others and mind.testimony.seconds(record.tick - others[0].tick) > _DRAWN_S:
                break
            here.append(record)
        left = [pair for pair in left if all(pair[0] is not record for record in here)]
        worth = episode.worth * len(here) / len(episode.records)
        found.append(replace(episode, records=here, worth=worth))
        assert first in here
    return found


def ended(episodes: Sequence[Episode]) -> list[Episode]:
    """Episodes without the last few, if these matter little beside the best, or are no end."""
    kept = list(episodes)
    most = max(one.worth for one in kept)
    spare = _TAIL * sum(len(one.records) for one in kept)
    while (
        len(kept) > 2
        and len(kept[-1].records) <= spare
        and (
            kept[-1].worth < _ENDS * most
            or all(_is_weak(kept[-1], one) for one in kept[-1].records)
        )
    ):
        spare -= len(kept.pop().records)
    last = kept[-1].records
    while len(last) > 1 and _is_weak(kept[-1], last[-1]) and spare >= 1:
        last, spare = last[:-1], spare - 1
    kept[-1] = replace(kept[-1], records=last)
    return kept


def _is_weak(episode: Episode, record: Record) -> bool:
    """Whether a record is no end of a scene."""
    return record.pred in _WEAK and not episode.near
