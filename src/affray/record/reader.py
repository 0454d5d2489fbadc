"""Reading a recording, also one still being written: what the manifest lists, file by file."""

from __future__ import annotations

import hashlib
import os
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from affray.record.checkpoint import read_checkpoint
from affray.record.disk import Damage, parsing, read_bytes, read_sealed
from affray.record.frames import Frame, decode_frames
from affray.record.layout import CHECKPOINTS, FRAMES, SCENARIO, WORDS, part_path
from affray.record.manifest import Manifest, load_manifest
from affray.world import limits
from affray.world.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa

Array = np.ndarray[Any, Any]


class Recording:
    """A recording on disk. Every file is checked against its checksum as it is read.

    Anything missing, truncated or damaged raises ``RecordingError`` with the file and the
    remedy.
    """

    def __init__(self, root: Path, manifest: Manifest) -> None:
        self.path = root
        self.manifest = manifest

    @classmethod
    def open(cls, directory: str | os.PathLike[str]) -> Self:
        """Open the recording in ``directory``. Reads the manifest only."""
        root = Path(directory).absolute()
        return cls(root, load_manifest(root))

    def refresh(self) -> None:
        """Look again how far the recording is: for one that is still being written."""
        self.manifest = load_manifest(self.path)

    @property
    def first_tick(self) -> int:
        """The tick that it begins at: 0, or where a fork left its parent."""
        return self.manifest["first_tick"]

    @property
    def last_tick(self) -> int:
        """Last tick for which everything is there; ``first_tick − 1`` when nothing is."""
        return self.manifest["sealed_ticks"]

    @property
    def extent(self) -> str:
        """What it holds, in words."""
        if self.last_tick < self.first_tick:
            return "no tick yet"
        return f"ticks {self.first_tick} to {self.last_tick}"

    @property
    def scenario(self) -> bytes:
        """The scenario file as it was given."""
        path = self.path / SCENARIO
        data = read_bytes(path, limits.RECORDING_HEADER_BYTES)
        if hashlib.sha256(data).hexdigest() != self.manifest["scenario_sha256"]:
            raise Damage(path, "is damaged or was edited (its SHA-256 differs)")
        return data

    @property
    def words(self) -> dict[str, bytes]:
        """The files of words that its world is told in, by name; none if it has none of its own."""
        there = (self.path / name for name in WORDS)
        return {
            path.name: read_bytes(path, limits.RECORDING_HEADER_BYTES)
            for path in there
            if path.exists()
        }

    def events(
        self,
        columns: Sequence[str] | None = None,
        from_tick: int | None = None,
        to_tick: int | None = None,
    ) -> pa.Table:
        """Events in the order recorded, of ticks from..to (both included), all columns or some."""
        return self._table("events", columns, from_tick, to_tick)

    def metrics(
        self,
        columns: Sequence[str] | None = None,
        from_tick: int | None = None,
        to_tick: int | None = None,
    ) -> pa.Table:
        """Metrics in the order they were recorded, like ``events``."""
        return self._table("metrics", columns, from_tick, to_tick)

    def hashes(self) -> tuple[Array, Array]:
        """Ticks (int64, ascending) and the hash of each (uint64)."""
        table = self._table("hashes", None, None, None)
        return table["tick"].to_numpy(), table["hash"].to_numpy()

    def hash_at(self, tick: int) -> int:
        """The hash of one tick. Raises ``UsageError`` if it was not recorded."""
        found = self._table("hashes", ["hash"], tick, tick)["hash"].to_pylist()
        if not found:
            raise UsageError(f"{self.path}: has no hash of tick {tick}; it holds {self.extent}")
        return int(found[0])

    def frames(self, from_tick: int | None = None, to_tick: int | None = None) -> Iterator[Frame]:
        """What playback shows, of ticks from..to (both included), one chunk in memory at a time."""
        low, high = self._range(from_tick, to_tick)
        for number in self._segments_within(low, high, FRAMES):
            for frame in self.read_frames(number):
                if low <= frame.tick <= high:
                    yield frame

    def checkpoints(self) -> list[int]:
        """Ticks of which the exact state is there, ascending."""
        return [s["last_tick"] for s in self.manifest["segments"] if CHECKPOINTS in s["files"]]

    def nearest_checkpoint(self, tick: int) -> int | None:
        """The last checkpoint at or before ``tick``, or None."""
        ticks = self.checkpoints()
        at = bisect_right(ticks, tick)
        return ticks[at - 1] if at else None

    def checkpoint(self, tick: int) -> tuple[dict[str, Array], dict[str, Any]]:
        """Arrays (exact, writable) and meta of the checkpoint at ``tick``.

        Raises ``UsageError`` if there is none.
        """
        segments = self.manifest["segments"]
        number = bisect_left(segments, tick, key=lambda segment: segment["last_tick"])
        if number < len(segments) and segments[number]["last_tick"] == tick:
            entry = segments[number]["files"].get(CHECKPOINTS)
            if entry is not None:
                path = part_path(self.path, CHECKPOINTS, number, tick)
                with parsing(path):
                    return read_checkpoint(read_sealed(path, entry))
        raise UsageError(
            f"{self.path}: has no checkpoint at tick {tick}; it has {self.checkpoints()}"
        )

    def read_table(self, number: int, table: str, columns: Sequence[str] | None = None) -> pa.Table:
        """One table of one segment. Raises ``RecordingError``."""
        from affray.record.tables import decode_table

        segment = self.manifest["segments"][number]
        path, entry = (
            part_path(self.path, table, number, segment["last_tick"]),
            segment["files"][table],
        )
        data = read_sealed(path, entry)
        with parsing(path):
            return decode_table(data, self.manifest["columns"][table], entry["rows"], columns)

    def read_frames(self, number: int) -> list[Frame]:
        """The frames of one segment. Raises ``RecordingError``."""
        segment = self.manifest["segments"][number]
        path = part_path(self.path, FRAMES, number, segment["last_tick"])
        data = read_sealed(path, segment["files"][FRAMES])
        with parsing(path):
            return decode_frames(data)

    def _table(
        self, table: str, columns: Sequence[str] | None, from_tick: int | None, to_tick: int | None
    ) -> pa.Table:
        import pyarrow as pa

        from affray.record.tables import schema_of, within_ticks

        known = self.manifest["columns"][table]
        names = [name for name, _ in known]
        wanted = list(names if columns is None else columns)
        for name in wanted:
            if name not in names:
                raise UsageError(
                    f"{self.path}: {table} have no column {name!r}; there are {', '.join(names)}"
                )
        low, high = self._range(from_tick, to_tick)
        pieces = [schema_of(known).empty_table().select(wanted)]
        for number in self._segments_within(low, high, table):
            segment = self.manifest["segments"][number]
            if low <= segment["first_tick"] and segment["last_tick"] <= high:
                pieces.append(self.read_table(number, table, wanted).select(wanted))
            else:
                whole = self.read_table(number, table, [*wanted, *({"tick"} - set(wanted))])
                pieces.append(within_ticks(whole, low, high).select(wanted))
        return pa.concat_tables(pieces)

    def _range(self, from_tick: int | None, to_tick: int | None) -> tuple[int, int]:
        low = self.first_tick if from_tick is None else from_tick
        return low, self.last_tick if to_tick is None else to_tick

    def _segments_within(self, low: int, high: int, part: str) -> Iterator[int]:
        """Numbers of the segments that hold ``part`` and overlap with low..high."""
        segments = self.manifest["segments"]
        for number in range(
            bisect_left(segments, low, key=lambda s: s["last_tick"]), len(segments)
        ):
            if segments[number]["first_tick"] > high:
                return
            if part in segments[number]["files"]:
                yield number
