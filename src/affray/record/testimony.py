"""The testimony of one witness on disk: all that a telling may know.

Records in the order in which they came about, each one predicate (``record/predicates.py``) about
tracks. A *track* is somebody as this mind followed him, by a number that says nothing of who he
is; names hang on tracks by records of their own, so that they come when this mind came to them.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from affray.record.disk import write_sealed
from affray.record.predicates import PREDICATES
from affray.world.errors import RecordingError, unwritable

FORMAT = 1
FOLDER = "testimony"
_COUNTS = frozenset(("seconds", "many", "hits", "missed", "parried"))
Value = str | int | float | bool


@dataclass(frozen=True)
class Record:
    """One thing that reached a mind, or came about in it, from ``tick`` to ``until``.

    ``whom``: the track it is about, -1: none. ``of``: somebody known, by name, whom it is about.
    ``sure`` (0..1): how far this mind believes it. ``acuity`` (0..1): how sharply it was
    perceived. ``features``: the rest, by the names that the predicate declares. ``links``: ids of
    earlier records by what they are to this one: ``evidence``, ``cause``, ``cue``, ``answers``,
    ``before``.
    """

    id: int
    tick: int
    until: int
    pred: str
    whom: int = -1
    of: str = ""
    sure: float = 1.0
    acuity: float = 1.0
    features: Mapping[str, Value] = field(default_factory=dict)
    links: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def channel(self) -> str:
        """How it reached this mind."""
        return PREDICATES[self.pred].channel

    @property
    def whole(self) -> int:
        """The tick by which all that it says had come about: what counts blows, cries or seconds is
        whole only at its end.
        """
        return self.until if _COUNTS & self.features.keys() else self.tick

    def get(self, name: str, default: Any = None) -> Any:
        """A feature, or ``default``."""
        return self.features.get(name, default)


@dataclass(frozen=True)
class Track:
    """Somebody whom this mind followed: ``foe``, ``mate`` (of its own unit), ``friend``, or
    ``one`` (neither is known); a ``voice`` was never seen.
    """

    id: int
    kind: str


@dataclass(frozen=True)
class Testimony:
    """What one mind has to say of a battle.

    ``self_``: what the witness knows of itself, as plain data (name, gender, unit, side, ...).
    ``knows``: by name, what it knew of each person before (gender, love, ...). ``luck``: a number
    of the seed and of the witness, to draw with; it says nothing about the battle.
    """

    battle: str
    title: str
    clock: str
    dt_s: float
    first_tick: int
    last_tick: int
    luck: int
    self_: Mapping[str, Any]
    knows: Mapping[str, Mapping[str, Any]]
    tracks: tuple[Track, ...]
    records: tuple[Record, ...]

    def seconds(self, tick: int) -> float:
        """Seconds from the opening of the battle."""
        return tick * self.dt_s

    # ------------------------------------------------------------------ on disk

    def as_data(self) -> dict[str, Any]:
        """The same as plain lists and dicts, for JSON."""
        return {
            "affray_testimony": FORMAT,
            "battle": self.battle,
            "title": self.title,
            "clock": self.clock,
            "dt_s": self.dt_s,
            "first_tick": self.first_tick,
            "last_tick": self.last_tick,
            "luck": self.luck,
            "self": dict(self.self_),
            "knows": {name: dict(known) for name, known in self.knows.items()},
            "tracks": [[track.id, track.kind] for track in self.tracks],
            "records": [_plain(record) for record in self.records],
        }

    def to_bytes(self) -> bytes:
        """One line a record, so that two testimonies can be compared line by line."""
        data = self.as_data()
        records = data.pop("records")
        head = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        rows = ",\n".join(
            json.dumps(record, ensure_ascii=False, separators=(",", ":")) for record in records
        )
        body = f'{head[:-1]},"records":[\n{rows}\n]'.encode()
        return body + f',"crc32":{zlib.crc32(body)}}}\n'.encode()

    def write(self, path: Path) -> None:
        """Write it, whole or not at all. Raises UsageError if it cannot be written there,
        LimitError if the disk is full.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_sealed(path, self.to_bytes())
        except OSError as fault:
            raise unwritable(path, fault) from None

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Self:
        """The testimony in a file. Raises RecordingError that names what is wrong with it."""
        path = Path(path)
        try:
            return cls.from_bytes(path.read_bytes())
        except OSError as error:
            raise RecordingError(f"{path}: cannot be read: {error.strerror}") from None
        except (ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
            raise RecordingError(
                f"{path}: is no testimony, or a damaged one ({error}). Make it anew: "
                "affray tell DIR --from NAME --anew"
            ) from None

    @classmethod
    def from_bytes(cls, text: bytes) -> Self:
        """The testimony in the bytes of a file. Raises ValueError, KeyError or TypeError."""
        data = json.loads(text)
        if data["affray_testimony"] != FORMAT:
            raise ValueError(f"of format {data['affray_testimony']}, not {FORMAT}")
        body = text[: text.rindex(b',"crc32":')]
        if zlib.crc32(body) != data["crc32"]:
            raise ValueError("its checksum is wrong")
        return cls(
            battle=data["battle"],
            title=data["title"],
            clock=data["clock"],
            dt_s=float(data["dt_s"]),
            first_tick=data["first_tick"],
            last_tick=data["last_tick"],
            luck=data["luck"],
            self_=data["self"],
            knows=data["knows"],
            tracks=tuple(Track(int(number), kind) for number, kind in data["tracks"]),
            records=tuple(map(_record, data["records"])),
        )


def _plain(record: Record) -> dict[str, Any]:
    """A record without what is as usual."""
    plain: dict[str, Any] = {
        "id": record.id,
        "tick": record.tick,
        "until": record.until,
        "pred": record.pred,
    }
    if record.whom >= 0:
        plain["whom"] = record.whom
    if record.of:
        plain["of"] = record.of
    if record.sure != 1.0:
        plain["sure"] = record.sure
    if record.acuity != 1.0:
        plain["acuity"] = record.acuity
    if record.features:
        plain["features"] = dict(record.features)
    if record.links:
        plain["links"] = {name: list(ids) for name, ids in record.links.items()}
    return plain


def _record(plain: Mapping[str, Any]) -> Record:
    pred = plain["pred"]
    if pred not in PREDICATES:
        raise ValueError(f"record {plain['id']}: nobody knows the predicate '{pred}'")
    links = {name: tuple(map(int, ids)) for name, ids in plain.get("links", {}).items()}
    return Record(
        int(plain["id"]),
        int(plain["tick"]),
        int(plain["until"]),
        pred,
        int(plain.get("whom", -1)),
        str(plain.get("of", "")),
        float(plain.get("sure", 1.0)),
        float(plain.get("acuity", 1.0)),
        dict(plain.get("features", {})),
        links,
    )


def seal(record: Record) -> str:
    """A few letters that stand for a record and all that it says."""
    text = json.dumps(_plain(record), ensure_ascii=False, separators=(",", ":"))
    return f"{zlib.crc32(text.encode()):08x}"
