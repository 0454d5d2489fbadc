"""The audit's own reading of a testimony: what its mind held about whom at a moment, and of whom a
scene has spoken so far. The teller has a reading of its own; the two share no step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from affray.record.testimony import Record, Testimony
from affray.tell.pronouns import who_tells

NAMED = 0.6  # a mind takes somebody for another from here on
DOUBTLESS = 0.8  # and from here on without a doubt
_NAMINGS = frozenset(("takes_for", "is_named", "is_leader", "is_mate"))
_GONE = ("mate_falls", "mate_flees")
_LOOKS = ("hair", "build", "crest")


@dataclass(frozen=True)
class Held:
    """Whom a mind takes a track for: a ``name``, or a ``mate`` by his number (0: neither); the
    ``record`` that says so, and how ``sure`` it is.
    """

    name: str
    mate: int
    record: int
    sure: float


class Reading:
    """One testimony, read record by record."""

    def __init__(self, testimony: Testimony) -> None:
        self.testimony = testimony
        self.records = testimony.records
        self.woman = testimony.self_["gender"] == "woman"
        self.tells = who_tells(testimony.self_)
        self._about: dict[int, list[Record]] = defaultdict(list)
        self._saying: dict[str, list[Record]] = defaultdict(list)
        for record in testimony.records:
            self._about[record.whom].append(record)
            self._saying[record.pred].append(record)

    def kind(self, track: int) -> str:
        """What a track is of: foe, mate, friend, one, voice."""
        return self.testimony.tracks[track].kind

    def held(self, track: int, tick: int) -> Held | None:
        """Whom a track was taken for at ``tick``; None: for nobody."""
        found = None
        for record in _until(self._about.get(track, ()), tick):
            if record.pred not in _NAMINGS:
                continue
            again = found is not None and record.pred == "takes_for" and record.of == found.of
            if found is None or not again or record.sure > found.sure:
                found = record
        if found is None or found.sure < NAMED:
            return None
        mate = int(found.get("number", 0))
        return Held(found.of, mate, found.id, found.sure) if found.of or mate else None

    def in_hand(self, record: Record) -> str:
        """The weapon in hand before a record; nothing: none, or it was thrown."""
        weapon = ""
        for one in self.records[: record.id]:
            if one.pred in ("carries", "fights"):
                weapon = str(one.get("weapon") or "")
            elif one.pred == "throws":
                weapon = ""
        return weapon

    def saw_go(self, mate: int, record: Record) -> bool:
        """Whether a companion, by his number, was seen to fall or to run until a record."""
        for pred in _GONE:
            for one in _until(self._saying.get(pred, ()), record.tick):
                held = self.held(one.whom, one.tick)
                if one.id <= record.id and held is not None and held.mate == mate:
                    return True
        return False

    def called(self, track: int, tick: int, spoken: Spoken | None) -> Held | None:
        """Whom a scene may call a track; with a doubt left, only once it has told of the doubt."""
        held = self.held(track, tick)
        if held is None or spoken is None or held.sure >= DOUBTLESS or track in spoken.doubted:
            return held
        return None

    def leader(self, tick: int) -> Record | None:
        """The record of whoever led the unit at ``tick``, as far as this mind knew."""
        return self.last("is_leader", tick)

    def last(self, pred: str, tick: int) -> Record | None:
        """The last record of a predicate until ``tick``."""
        found = None
        for record in _until(self._saying.get(pred, ()), tick):
            found = record
        return found

    def came_before(self, pred: str, record: Record) -> bool:
        """Whether a record of a predicate stands before another one."""
        return any(one.id < record.id for one in self._saying.get(pred, ())[:1])

    def masked(self, track: int, tick: int) -> bool:
        """Whether a track's face was seen covered by ``tick``."""
        return any(one.get("masked") for one in _until(self._about.get(track, ()), tick))

    def looks(self, track: int, tick: int) -> Mapping[str, str]:
        """What was seen of a track's looks by ``tick``."""
        found: dict[str, str] = {}
        for one in _until(self._about.get(track, ()), tick):
            if one.pred == "sees":
                found |= {name: str(one.get(name)) for name in _LOOKS if one.get(name)}
        return found

    def seen_of(self, track: int, tick: int) -> Iterator[Record]:
        """What came of a track before ``tick``."""
        yield from (one for one in self._about.get(track, ()) if one.tick < tick)

    def gender(self, name: str) -> str:
        """The gender of somebody by name, as this mind knows it; nothing: it does not."""
        return str(self.testimony.knows.get(name, {}).get("gender", ""))

    def dead(self, name: str) -> float:
        """How far this mind held somebody for dead when it began."""
        return max(
            (float(one.get("dead", 0.0)) for one in self._saying.get("tie", ()) if one.of == name),
            default=0.0,
        )

    def knows(self, name: str, tick: int) -> bool:
        """Whether a name had come to this mind by ``tick``."""
        if name in self.testimony.knows or name == self.testimony.self_["name"]:
            return True
        return any(name in (one.of, one.get("calls")) for one in _until(self.records, tick))

    def bears_on(self, cited: Record, record: Record) -> bool:
        """Whether a record can be what another rests on: it is linked to it, or of the same one."""
        if cited.whom >= 0 and cited.whom == record.whom:
            return True
        if cited.of and cited.of == record.of:
            return True
        return cited.id in self._roots(record) or record.id in self._roots(cited)

    def _roots(self, record: Record) -> set[int]:
        """All that a record goes back to."""
        found: set[int] = set()
        left = [record.id]
        while left:
            for ids in self.records[left.pop()].links.values():
                left += [number for number in ids if number not in found]
                found.update(ids)
        return found


def _until(records: Sequence[Record], tick: int) -> Iterator[Record]:
    for record in records:
        if record.tick > tick:
            return
        yield record


@dataclass
class Spoken:
    """Of whom a scene has spoken so far: tracks, each once, the last one last; ``doubted``: of whom
    it has told that this mind was not certain who they were; ``tick``: of what it told last;
    ``now``, ``before``: of whom this sentence has spoken, and the last one; ``oneself``: whether
    it has spoken of whoever tells.
    """

    tracks: list[int] = field(default_factory=list)
    doubted: set[int] = field(default_factory=set)
    tick: int = 0
    now: frozenset[int] = frozenset()
    before: frozenset[int] = frozenset()
    oneself: bool = False

    def mention(self, track: int) -> None:
        """Note that somebody is spoken of."""
        self.now |= {track}
        self.tracks = [one for one in self.tracks if one != track] + [track]

    @property
    def last(self) -> int:
        """The one just spoken of, -1: nobody."""
        return self.tracks[-1] if self.tracks else -1

    def copy(self) -> Spoken:
        """The same, to go on with."""
        return replace(self, tracks=list(self.tracks), doubted=set(self.doubted))
