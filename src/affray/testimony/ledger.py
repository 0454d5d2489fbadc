"""The ledger that a testimony is written into: tracks, and records in the order they came about."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from affray.record.predicates import PREDICATES
from affray.record.testimony import Record, Track

_NAMINGS = ("takes_for", "is_named")
_FRIENDS = ("mate", "friend")
_OPEN_S = 15.0  # how long a question waits for its answer
FOLLOW_S = 8.0  # whoever was out of sight for longer is somebody new, unless he is known


@dataclass(eq=False)
class Entry:
    """A record under way: it may still last, count more, and be linked."""

    tick: int
    until: int
    pred: str
    whom: int = -1
    of: str = ""
    sure: float = 1.0
    acuity: float = 1.0
    features: dict[str, Any] = field(default_factory=dict)
    links: dict[str, list[Entry]] = field(default_factory=dict)

    def link(self, what: str, entries: Sequence[Entry | None]) -> Entry:
        """Link this record to earlier ones, once each."""
        found = self.links.setdefault(what, [])
        for entry in entries:
            if entry is None or entry is self or entry.tick > self.tick:
                continue
            if all(entry is not other for other in found):
                found.append(entry)
        if not found:
            del self.links[what]
        return self


class Ledger:
    """Entries and tracks of one witness. ``dt_s``: seconds a tick. ``mates``: numbers in his unit
    of those who are of it, whom he knows when he sees them beside him. ``side``: those of his side.
    ``names``: of those in his unit who have one.
    """

    def __init__(
        self,
        dt_s: float,
        mates: Mapping[int, int] | None = None,
        side: Container[int] = (),
        names: Mapping[int, str] | None = None,
    ) -> None:
        self.dt_s = dt_s
        self._mates = mates or {}
        self._side = side
        self._names = names or {}
        self.entries: list[Entry] = []
        self.tracks: list[Track] = []
        self._track_of: dict[int, int] = {}
        self._seen: dict[int, int] = {}
        self._known: set[int] = set()
        self._named: set[int] = set()
        self._latest: dict[str, Entry] = {}

    # ------------------------------------------------------------------ tracks

    def track(
        self, fighter: int, kind: str, tick: int, *, known: bool = False, voice: bool = False
    ) -> int:
        """The track under which a fighter is followed; a new one after he was lost for long, and
        another while one of his own side is taken for an enemy in the press: it is not whom he
        knows that a witness sees then.

        ``known``: he is somebody whom this mind knows, and, unless it but heard his ``voice``, is
        never lost.
        """
        if known and not voice:
            self._known.add(fighter)
        if self._is_other(fighter, kind):
            fighter = _mistaken(fighter)
        lost = tick - self._seen.get(fighter, tick) > FOLLOW_S / self.dt_s
        if fighter not in self._track_of or (lost and fighter not in self._known):
            self._track_of[fighter] = len(self.tracks)
            self.tracks.append(Track(len(self.tracks), kind))
        self._seen[fighter] = tick
        track = self._track_of[fighter]
        if known and fighter in self._mates and track not in self._named:
            self._named.add(track)
            name = self._names.get(fighter, "")
            if name:
                self.add(tick, "is_named", track, name)
            else:
                self.add(tick, "is_mate", track, number=self._mates[fighter])
        return track

    def _is_other(self, fighter: int, kind: str) -> bool:
        """Whether one who is followed as a friend is seen as an enemy, or the other way round."""
        if fighter not in self._track_of:
            return False
        was = self.kind(self._track_of[fighter])
        return "voice" not in (was, kind) and self._is_friend(fighter, was) != self._is_friend(
            fighter, kind
        )

    def _is_friend(self, fighter: int, kind: str) -> bool:
        """Whether one who is seen as of a kind is seen as a friend: of those who can be known by
        their looks, those of one's own side are.
        """
        return kind in _FRIENDS or (kind == "one" and fighter in self._side)

    def still(self, fighter: int, tick: int) -> int:
        """The track of one who is followed, of whom one learns something more."""
        return self.track(fighter, self.kind(self._track_of[fighter]), tick)

    def struck(self, fighter: int, tick: int) -> int:
        """The track of one whom a blow met: of an enemy, as whom he was just seen; -1: of no enemy
        who is followed.
        """
        return next(
            (
                self._track_of[key]
                for key in (_mistaken(fighter), fighter)
                if self.follows(key, tick)
                and not self._is_friend(fighter, self.kind(self._track_of[key]))
            ),
            -1,
        )

    def is_mate(self, fighter: int) -> bool:
        """Whether a companion seen near is of one's own unit, and known by it."""
        return fighter in self._mates

    def follows(self, fighter: int, tick: int) -> bool:
        """Whether a fighter is followed, or known, at ``tick``."""
        if fighter not in self._track_of:
            return False
        return fighter in self._known or tick - self._seen[fighter] <= FOLLOW_S / self.dt_s

    def kind(self, track: int) -> str:
        """What kind a track is of."""
        return self.tracks[track].kind

    # ------------------------------------------------------------------ entries

    def add(
        self,
        tick: int,
        pred: str,
        whom: int = -1,
        of: str = "",
        *,
        sure: float = 1.0,
        acuity: float = 1.0,
        until: int | None = None,
        **features: Any,
    ) -> Entry:
        """A new entry. A feature that is False, empty or None is left out."""
        kept = {
            name: value
            for name, value in features.items()
            if not (value is False or value is None or value == "")
        }
        entry = Entry(
            tick,
            tick if until is None else until,
            pred,
            whom,
            of,
            round(sure, 3),
            round(acuity, 3),
            kept,
        )
        self.entries.append(entry)
        self._latest[pred] = entry
        return entry

    def latest(self, preds: Sequence[str], tick: int, within_s: float) -> Entry | None:
        """The newest entry of one of these predicates that still was so ``within_s`` before."""
        found = [
            entry
            for pred in preds
            if (entry := self._latest.get(pred)) is not None
            and tick - entry.until <= within_s / self.dt_s
        ]
        return max(found, key=lambda entry: entry.until, default=None)

    def latest_of(
        self, name: str, preds: Sequence[str], tick: int, within_s: float
    ) -> Entry | None:
        """The newest entry of one of these predicates about somebody of a name, or about whoever
        was taken for him, that still was so ``within_s`` before.
        """
        since = tick - within_s / self.dt_s
        known = {one.whom for one in self.entries if one.of == name and one.pred in _NAMINGS}
        found = [one for one in self.entries if one.until >= since and one.pred in preds
                 and (one.whom in known or one.of == name)]  # fmt: skip
        return max(found, key=lambda one: one.until, default=None)

    def asked(self, pred: str, whom: int, tick: int) -> Entry | None:
        """The newest entry of a predicate that is a question between oneself and ``whom``, if it
        still stands open at ``tick``.
        """
        for entry in reversed(self.entries):
            if tick - entry.tick > _OPEN_S / self.dt_s:
                return None
            if entry.pred == pred and entry.whom == whom >= 0:
                meant = entry.features.get("meant", pred == "utters")
                return entry if meant and entry.features.get("tone") == "ask" else None
        return None

    def records(self, last_tick: int) -> tuple[Record, ...]:
        """All entries as records, in time; ids are places in this order. Of what goes on beyond
        ``last_tick`` it is known that it has lasted until then.
        """
        for entry in self.entries:
            if entry.until > last_tick:
                entry.until = last_tick
                if "seconds" in entry.features:
                    entry.features["seconds"] = (last_tick - entry.tick) * self.dt_s
        order = sorted(range(len(self.entries)), key=lambda k: (self.entries[k].tick, k))
        number = {id(self.entries[k]): place for place, k in enumerate(order)}
        return tuple(
            Record(
                place,
                entry.tick,
                entry.until,
                entry.pred,
                entry.whom,
                entry.of,
                entry.sure,
                entry.acuity,
                _declared(entry),
                _ids(entry, number),
            )
            for place, entry in enumerate(self.entries[k] for k in order)
        )


def _declared(entry: Entry) -> dict[str, Any]:
    """Features in the order in which the predicate declares them; an undeclared one is a bug."""
    declared = PREDICATES[entry.pred].features
    assert set(entry.features) <= set(declared), (entry.pred, entry.features)
    return {
        name: round(value, 2) if isinstance(value := entry.features[name], float) else value
        for name in declared
        if name in entry.features
    }


def _ids(entry: Entry, number: dict[int, int]) -> dict[str, tuple[int, ...]]:
    return {
        what: tuple(sorted(number[id(other)] for other in others))
        for what, others in entry.links.items()
    }


def _mistaken(fighter: int) -> int:
    """The key under which somebody is followed whom the press makes look of the other side."""
    return -1_000_000 - fighter
