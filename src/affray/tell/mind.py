"""A mind as a teller meets it: its testimony, and what it held about whom at a moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from affray.record.testimony import Record, Testimony
from affray.tell.pronouns import who_tells

SURE = 0.6  # from here on a mind takes somebody for whom it names
CERTAIN = 0.8  # and from here on without a doubt
_NAMING = ("takes_for", "is_named", "is_leader", "is_mate")


@dataclass(frozen=True)
class Label:
    """What a mind calls a track: a ``name``, or a ``mate`` by his number (0: neither), how sure it
    is, and the record that says so.
    """

    name: str
    mate: int
    sure: float
    record: int


class Mind:
    """A testimony, asked what was held at a tick."""

    def __init__(self, testimony: Testimony) -> None:
        self.testimony = testimony
        self.records = testimony.records
        self.tells = who_tells(testimony.self_)
        self._namings: dict[int, list[Record]] = defaultdict(list)
        self._labels: dict[tuple[int, int], Label | None] = {}  # as they were asked for
        self._looks: dict[int, list[Record]] = defaultdict(list)
        self._masked: dict[int, int] = {}  # by track: the tick from which on it was seen
        self._by_pred: dict[str, list[Record]] = defaultdict(list)
        self._about: dict[int, list[Record]] = defaultdict(list)
        for record in testimony.records:
            self._by_pred[record.pred].append(record)
            self._about[record.whom].append(record)
            if record.pred in _NAMING:
                self._namings[record.whom].append(record)
            if record.pred == "sees":
                self._looks[record.whom].append(record)
            if record.get("masked"):
                self._masked.setdefault(record.whom, record.tick)
        self.roots = frozenset(one for record in self.records for ids in record.links.values()
                               for one in ids)  # fmt: skip
        self.facts = {record.of: record for record in testimony.records if record.pred == "tie"}

    # ------------------------------------------------------------------ itself

    @property
    def woman(self) -> bool:
        """Whether the witness is a woman."""
        return bool(self.testimony.self_["gender"] == "woman")

    @property
    def name(self) -> str:
        """The witness's own name, if he has one."""
        return str(self.testimony.self_["name"])

    def of(self, *preds: str) -> Sequence[Record]:
        """All records of some predicates, in time."""
        found: list[Record] = []
        for pred in preds:
            found += self._by_pred.get(pred, ())
        return sorted(found, key=lambda record: record.id)

    def before(self, pred: str, tick: int) -> Record | None:
        """The last record of a predicate at or before ``tick``."""
        found = None
        for record in self._by_pred.get(pred, ()):
            if record.tick > tick:
                break
            found = record
        return found

    def since(self, record: Record, name: str) -> Iterable[Record]:
        """The records that a link of a record names."""
        return [self.records[number] for number in record.links.get(name, ())]

    def in_hand(self, record: Record) -> str:
        """The weapon that one had in hand before a record; nothing: it was thrown, or there was
        none.
        """
        had = [one for one in self.of("carries", "fights", "throws") if one.id < record.id]
        return "" if not had or had[-1].pred == "throws" else str(had[-1].get("weapon") or "")

    # ------------------------------------------------------------------ others

    def label(self, track: int, tick: int) -> Label | None:
        """What this mind calls a track at ``tick``; None: it has no name for it."""
        asked = (track, tick)
        if asked not in self._labels:
            self._labels[asked] = self._label(track, tick)
        return self._labels[asked]

    def _label(self, track: int, tick: int) -> Label | None:
        found = None
        for record in self._namings.get(track, ()):
            if record.tick > tick:
                break
            if record.tick == tick and self._comes_back(record):
                found = found if found is not None and found.of == record.of else None
                break  # nor is he any more whom one took him for until then
            again = found is not None and record.pred == "takes_for" and record.of == found.of
            if found is None or not again or record.sure > found.sure:
                found = record  # of whom one was sure, one is not less so by a second look
        if found is None or found.sure < SURE or not (found.of or found.get("number")):
            return None
        return Label(found.of, int(found.get("number", 0)), found.sure, found.id)

    def _comes_back(self, naming: Record) -> bool:
        """Whether somebody is known again who was held for dead until then: he is seen first, as
        one whom nobody could name, and then he is that one.
        """
        alive = (one for one in self.of("believes_alive") if one.of == naming.of)
        known = next(alive, None)
        return self.thought_dead(naming.of) and (known is None or known.tick >= naming.tick)

    def renamed(self, record: Record) -> bool:
        """Whether a record gives a track another name than the one that it had."""
        before = [one for one in self._namings.get(record.whom, ()) if one.id < record.id]
        return bool(before) and before[-1].of != record.of

    def leads(self, track: int, tick: int) -> bool:
        """Whether a track is the one whom this mind takes for its leader."""
        leader = self.before("is_leader", tick)
        return leader is not None and leader.whom == track

    def kind(self, track: int) -> str:
        """What kind a track is of."""
        return self.testimony.tracks[track].kind

    def masked(self, track: int, tick: int) -> bool:
        """Whether a track's face was seen to be covered by ``tick``."""
        return track in self._masked and self._masked[track] <= tick

    def looks(self, track: int, tick: int) -> dict[str, str]:
        """What was seen of the looks of a track by ``tick``."""
        found: dict[str, str] = {}
        for record in self._looks.get(track, ()):
            if record.tick <= tick:
                found |= {
                    name: str(record.get(name))
                    for name in ("hair", "build", "crest")
                    if record.get(name)
                }
        return found

    def lies(self, record: Record) -> bool:
        """Whether the one whom a record is about was seen on the ground last, before it."""
        seen = [
            one
            for one in self._about.get(record.whom, ())
            if one.pred in ("foe_comes", "foe_down") and one.id < record.id
        ]
        return bool(seen) and (seen[-1].pred == "foe_down" or bool(seen[-1].get("down")))

    def last_of(self, track: int, tick: int) -> Iterator[Record]:
        """What was perceived of a track before ``tick``, the last of it first."""
        for record in reversed(self._about.get(track, ())):
            if record.tick < tick:
                yield record

    def gender(self, name: str) -> str:
        """The gender of somebody known, ``""``: not known."""
        return str(self.testimony.knows.get(name, {}).get("gender", ""))

    def bond(self, name: str) -> float:
        """How much somebody known matters to this mind, 0..1."""
        tie = self.facts.get(name)
        if tie is None:
            return 0.0
        return max(float(tie.get(what, 0.0)) for what in ("love", "loyalty", "hatred"))

    def thought_dead(self, name: str) -> bool:
        """Whether this mind held somebody for dead when it began."""
        tie = self.facts.get(name)
        return tie is not None and float(tie.get("dead", 0.0)) >= 0.5
