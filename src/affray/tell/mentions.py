"""Of whom a scene has spoken so far, and by what: what a pronoun can stand for hangs on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace


@dataclass
class Mentions:
    """Who was spoken of in a scene: tracks in the order of their last mention; ``doubted``: those
    of whom it was said that it is not certain who they are; whether the focaliser was called by
    his name; the ``tick`` of what was told last, and ``until`` when it lasted; those spoken of
    ``now``, in the sentence that is being told, and in the one ``before`` it; the records that are
    told in these two; the names
    ``under`` which tracks were spoken of last, and all ``names`` that were said; which side was
    spoken of last, whom "they" would be; whether the sentence has spoken of ``oneself``; how many
    ``sentences`` were told.
    """

    order: list[int] = field(default_factory=list)
    doubted: set[int] = field(default_factory=set)
    own_name: bool = False
    tick: int = 0
    until: int = 0
    now: frozenset[int] = frozenset()
    before: frozenset[int] = frozenset()
    told_now: frozenset[int] = frozenset()
    told_before: frozenset[int] = frozenset()
    under: dict[int, str] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    they: str = ""
    oneself: bool = False
    sentences: int = 0

    def mention(self, track: int, name: str = "") -> None:
        """Speak of a track, as of somebody of that name, if any."""
        self.now |= {track}
        self.under[track] = name
        self.names |= {name} - {""}
        if track in self.order:
            self.order.remove(track)
        self.order.append(track)

    def speak_of(self, track: int, name: str) -> None:
        """Speak of a track by no more than its name, if it was spoken of last."""
        if self.order[-1:] == [track]:
            self.mention(track, name)

    def take_for(self, track: int, name: str, *, doubtful: bool) -> None:
        """Tell whom a track is taken for."""
        self.speak_of(track, name)
        if doubtful:
            self.doubted.add(track)

    def close(self) -> None:
        """End a sentence."""
        self.before, self.now = self.now, frozenset()
        self.told_before, self.told_now = self.told_now, frozenset()
        self.oneself = False
        self.sentences += 1

    def tell(self, record: int) -> None:
        """Tell a record."""
        self.told_now |= {record}

    def just_told(self, records: Sequence[int]) -> bool:
        """Whether one of some records was told in this sentence or the last."""
        return not (self.told_now | self.told_before).isdisjoint(records)

    def just(self, track: int) -> bool:
        """Whether a track was spoken of in this sentence or the last."""
        return track in self.now or track in self.before

    def become(self, other: Mentions) -> None:
        """Go on from there."""
        self.order, self.doubted, self.under = other.order, other.doubted, other.under
        self.own_name, self.tick = other.own_name, other.tick
        self.until = other.until
        self.now, self.before = other.now, other.before
        self.told_now, self.told_before = other.told_now, other.told_before
        self.names, self.they, self.oneself = other.names, other.they, other.oneself
        self.sentences = other.sentences

    def copy(self) -> Mentions:
        """The same, to try something."""
        return replace(
            self, order=list(self.order), doubted=set(self.doubted), under=dict(self.under)
        )
