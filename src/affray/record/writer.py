"""Writing a recording: what a run hands over gathers in an open segment, sealed now and then.

Encoding and the disk are a background thread's work, one segment after another, so that a run
does not wait for them; a bounded queue keeps a slow disk from filling memory. What a file holds
depends on what was handed over alone, never on when the thread ran.
"""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from affray.record.checkpoint import write_checkpoint
from affray.record.disk import (
    FileEntry,
    SealedFile,
    WriterLock,
    reason,
    sealing,
    sync_folder,
    write_sealed,
)
from affray.record.folder import check_takeable, clear_for_new, remove_unlisted
from affray.record.frames import DTYPES, Frame, encode_frames
from affray.record.layout import (
    CHECKPOINTS,
    FRAMES,
    MANIFEST,
    PARTS,
    SCENARIO,
    TABLES,
    part_path,
)
from affray.record.manifest import (
    Manifest,
    SegmentEntry,
    load_manifest,
    new_manifest,
    read_manifest,
    write_manifest,
)
from affray.world import limits
from affray.world.errors import (
    NO_ROOM,
    AffrayError,
    LimitError,
    RecordingError,
    UsageError,
    kind_at_a_new_place,
    kind_of,
)
from affray.world.heap import hand_back_now

Array = np.ndarray[Any, Any]

_HASHES = np.dtype([("tick", "<i8"), ("hash", "<u8")])


@dataclass
class _Segment:
    """What was handed over since the last seal. ``last_tick`` is the highest tick seen in it."""

    first_tick: int
    last_tick: int = -1
    rows: dict[str, list[Array]] = field(default_factory=lambda: {"events": [], "metrics": []})
    hashes: list[tuple[int, int]] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    bytes: int = 0
    checkpoint: SealedFile | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.bytes or self.hashes or self.frames)


class Writer:
    """Writes one recording. Create with ``create`` or ``reopen``, end with ``finish`` or ``close``.

    Arrays are copied when handed over, so the caller may go on using theirs; a frame's are kept
    if they are not to be written into. An error of the disk surfaces at the next call, as a
    ``RecordingError``, or a ``LimitError`` if it is full, that says up to where the recording is
    readable. As a context manager it closes without marking the run as ended.
    """

    def __init__(self, root: Path, manifest: Manifest, lock: WriterLock) -> None:
        self.path = root
        self._manifest = manifest
        self._lock = lock
        self._checked_dtypes: dict[str, np.dtype[Any]] = {}
        self._failure: BaseException | None = None
        self._closed = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="affray-record")
        self._pending: deque[Future[None]] = deque()
        self._open = _Segment(first_tick=manifest["sealed_ticks"] + 1)

    @classmethod
    def create(
        cls,
        directory: str | os.PathLike[str],
        *,
        scenario: bytes,
        manifest: dict[str, Any],
        events: np.dtype[Any],
        metrics: np.dtype[Any],
        words: Mapping[str, bytes] | None = None,
        overwrite: bool = False,
    ) -> Self:
        """Begin a recording in a folder that is new or empty, or (``overwrite``) holds a recording.

        ``manifest``: affray_version, rules_digest, scenario_name, seed, dt_s, fighters, level;
        and if wanted first_tick (0), parent, interventions, meta (free). ``events``, ``metrics``:
        structured dtypes of plain numbers, with a field ``tick``. ``words``: files that its world
        is told in, by their names in the layout. Overwriting removes what a recording consists of
        and nothing else. Raises ``UsageError`` or ``RecordingError``.
        """
        root = Path(directory).absolute()
        dtypes = {"events": events, "metrics": metrics, "hashes": _HASHES}
        columns = {table: _columns_of(table, dtype) for table, dtype in dtypes.items()}
        fresh = new_manifest(manifest, hashlib.sha256(scenario).hexdigest(), columns)
        try:
            root.mkdir(parents=True, exist_ok=True)
            check_takeable(root, overwrite)
            lock = WriterLock(root)
            try:
                clear_for_new(root)
                for part in PARTS:
                    (root / part).mkdir(exist_ok=True)
                for name, text in {SCENARIO: scenario, **(words or {})}.items():
                    write_sealed(root / name, text)
                write_manifest(root, fresh)
                sync_folder(root.parent)
            except BaseException:
                lock.release()
                raise
        except OSError as error:
            raise kind_at_a_new_place(error)(
                f"{root}: cannot be created ({reason(error)}). "
                "Choose another folder, or free some space"
            ) from error
        return cls(root, fresh, lock)

    @classmethod
    def reopen(cls, directory: str | os.PathLike[str]) -> Self:
        """Go on writing after the last sealed tick; what was not sealed is removed."""
        root = Path(directory).absolute()
        load_manifest(root)
        try:
            lock = WriterLock(root)
            try:
                manifest = load_manifest(root)  # again: only now does nobody else change it
                remove_unlisted(root, manifest)
            except BaseException:
                lock.release()
                raise
        except OSError as error:
            text = f"{root}: cannot be written ({reason(error)})"
            raise kind_of(error, RecordingError)(text) from error
        return cls(root, manifest | {"ended": None}, lock)

    @property
    def sealed_ticks(self) -> int:
        """Last tick for which everything is on disk; ``first_tick − 1`` when none is."""
        return self._manifest["sealed_ticks"]

    @property
    def open_bytes(self) -> int:
        """Bytes that wait to be sealed: beyond ``limits.RECORDING_SEGMENT_BYTES`` it is time."""
        return self._open.bytes

    def append_events(self, events: Array) -> None:
        """Add events: a structured array of numbers with a field ``tick``, always of one dtype."""
        self._append_rows("events", events)

    def append_metrics(self, metrics: Array) -> None:
        """Add metrics: a structured array as for events, say one row a sampled tick and side."""
        self._append_rows("metrics", metrics)

    def append_hash(self, tick: int, value: int) -> None:
        """Add the hash (unsigned, 64 bits) of one tick. Ticks ascend."""
        self._raise_failure()
        before = self._open.hashes[-1][0] if self._open.hashes else self._open.first_tick - 1
        if tick <= before:
            raise UsageError(f"the hash of tick {tick} comes after that of tick {before}")
        if not 0 <= value < 1 << 64:
            raise UsageError(f"the hash of tick {tick} is not an unsigned number of 64 bits")
        self._grow(_HASHES.itemsize, int(tick))
        self._open.hashes.append((int(tick), int(value)))

    def append_frame(self, tick: int, arrays: Mapping[str, Array]) -> None:
        """Add what playback shows at ``tick``: fields of one length, integers of up to 32 bits."""
        self._raise_failure()
        copies = {name: _kept(values) for name, values in arrays.items()}
        types = _types_of_frame(copies)
        if tick < self._open.first_tick:
            raise UsageError(f"tick {tick} is sealed already")
        if self._open.frames:
            last = self._open.frames[-1]
            if tick <= last.tick or types != _types_of_frame(last.arrays):
                raise UsageError("frames of a segment ascend in tick and have the same fields")
        self._grow(sum(values.nbytes for values in copies.values()), int(tick))
        self._open.frames.append(Frame(int(tick), copies))

    def seal(
        self,
        tick: int,
        checkpoint: Mapping[str, Array] | None = None,
        checkpoint_meta: dict[str, Any] | None = None,
    ) -> None:
        """Close the open segment at ``tick``, with the exact state there if given.

        The state is read before this returns; the rest happens behind. Sealing a sealed tick
        again does nothing. Raises ``UsageError``, or the ``RecordingError`` of an earlier
        segment.
        """
        self._raise_failure()
        segment = self._open
        if tick < segment.first_tick:
            if segment.is_empty and checkpoint is None:
                return
            raise UsageError(f"tick {tick} is sealed already (up to {segment.first_tick - 1})")
        if segment.last_tick > tick:
            raise UsageError(
                f"cannot seal at tick {tick}: tick {segment.last_tick} was added already"
            )
        self._wait_until_pending(limits.RECORDING_PENDING_SEGMENTS - 1)
        if checkpoint is not None:
            segment.checkpoint = self._write_checkpoint(tick, checkpoint, checkpoint_meta or {})
        segment.last_tick = tick
        self._open = _Segment(first_tick=tick + 1)
        self._pending.append(self._thread.submit(self._seal, segment))

    def truncate_to(self, tick: int) -> None:
        """Drop everything after ``tick``, which ends a segment (as every checkpoint does).

        Interventions stay: a run that is taken up again has to apply them again.
        """
        self._drain()
        kept = [segment for segment in self._manifest["segments"] if segment["last_tick"] <= tick]
        end = kept[-1]["last_tick"] if kept else self._manifest["first_tick"] - 1
        if end != tick:
            raise UsageError(
                f"{self.path}: cannot be cut at tick {tick}; the segment before it ends at {end}"
            )
        shorter = self._manifest | {"segments": kept, "sealed_ticks": tick, "ended": None}
        try:
            write_manifest(self.path, shorter)
            remove_unlisted(self.path, shorter)
        except OSError as error:
            self._failure = self._explain(error)
            self._raise_failure()
        self._manifest = shorter
        self._open = _Segment(first_tick=tick + 1)

    def finish(self, ended: str) -> None:
        """Seal what is open up to its last hash, wait for the disk, and note why the run ended.

        Raises ``UsageError`` if something is open beyond the last hash: half a tick.
        """
        try:
            if not self._open.is_empty:
                self.seal(self._open.hashes[-1][0] if self._open.hashes else self._open.last_tick)
            self._drain()
            last = self._manifest | {"ended": ended}
            try:
                write_manifest(self.path, last)
            except OSError as error:
                self._failure = self._explain(error)
                self._raise_failure()
            self._manifest = last
        finally:
            self._end()

    def close(self) -> None:
        """Wait for the disk and let go: the open segment is lost, the run not marked as ended."""
        if self._closed:
            return
        try:
            self._drain()
        finally:
            self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self.close()
            return
        with suppress(AffrayError):  # the error that is under way matters more
            self.close()

    def _append_rows(self, table: str, rows: Array) -> None:
        self._raise_failure()
        if len(rows) == 0:
            return
        if rows.dtype != self._checked_dtypes.get(table):
            if _columns_of(table, rows.dtype) != self._manifest["columns"][table]:
                raise UsageError(
                    f"{table}: the columns are not those that the recording began with"
                )
            self._checked_dtypes[table] = rows.dtype
        ticks = rows["tick"]
        if int(ticks.min()) < self._open.first_tick:
            raise UsageError(f"{table}: tick {int(ticks.min())} is sealed already")
        self._grow(rows.nbytes, int(ticks.max()))
        self._open.rows[table].append(rows.copy())

    def _grow(self, added_bytes: int, tick: int) -> None:
        if self._open.bytes + added_bytes > limits.RECORDING_OPEN_BYTES:
            raise LimitError(
                f"{self.path}: more than {limits.RECORDING_OPEN_BYTES} bytes wait to be sealed. "
                "Seal more often, or record less (--record)"
            )
        self._open.bytes += added_bytes
        self._open.last_tick = max(self._open.last_tick, tick)

    def _write_checkpoint(
        self, tick: int, arrays: Mapping[str, Array], meta: dict[str, Any]
    ) -> SealedFile:
        """Stream the state into its temporary file at once: cheaper than a copy of it in memory."""
        path = part_path(self.path, CHECKPOINTS, 0, tick)
        file: SealedFile | None = None
        try:
            file = SealedFile(path)
            write_checkpoint(file, arrays, meta)
            return file
        except BaseException as error:
            if file is not None:
                file.discard()
            if not isinstance(error, OSError):
                raise
            self._drain()  # an earlier failure tells more
            self._failure = self._explain(error)
            raise self._failure from error

    def _seal(self, segment: _Segment) -> None:
        """Write one segment, on the background thread. After a failure, later ones are dropped."""
        if self._failure is None:
            try:
                self._manifest = self._write_segment(segment)
                return
            except BaseException as error:  # noqa: BLE001 (raised again at the next call)
                self._failure = self._explain(error)
        if segment.checkpoint is not None:
            segment.checkpoint.discard()
        # what the disk says is listed, not what we believe: the rename may have happened
        with suppress(OSError, RecordingError):
            remove_unlisted(self.path, read_manifest(self.path / MANIFEST))

    def _write_segment(self, segment: _Segment) -> Manifest:
        number, sealed = len(self._manifest["segments"]), self.sealed_ticks
        if segment.first_tick != sealed + 1:
            raise RecordingError(
                f"{self.path}: ticks {sealed + 1} to {segment.first_tick - 1} were lost by an "
                f"interruption; go on with: affray resume {self.path}"
            )
        files = _write_parts(self.path, number, segment)
        if segment.checkpoint is not None:
            files[CHECKPOINTS] = segment.checkpoint.commit()
        for part in files:
            sync_folder(self.path / part)
        entry: SegmentEntry = {
            "first_tick": segment.first_tick,
            "last_tick": segment.last_tick,
            "files": files,
        }
        grown: Manifest = self._manifest | {
            "segments": [*self._manifest["segments"], entry],
            "sealed_ticks": segment.last_tick,
        }
        write_manifest(self.path, grown)
        return grown

    def _explain(self, error: BaseException) -> BaseException:
        if not isinstance(error, (OSError, MemoryError)):
            return error
        full = isinstance(error, OSError) and error.errno in NO_ROOM
        what = "the disk is full" if full else reason(error)
        sealed = self.sealed_ticks
        with suppress(OSError, RecordingError):
            sealed = read_manifest(self.path / MANIFEST)["sealed_ticks"]
        kept = f"It is readable up to tick {sealed}"
        if sealed < self._manifest["first_tick"]:
            kept = "No tick of it is kept yet"
        explained = kind_of(error, RecordingError)(
            f"{self.path}: cannot be written ({what}). {kept}; "
            f"when that is mended, go on with: affray resume {self.path}"
        )
        explained.__cause__ = error
        return explained

    def _drain(self) -> None:
        self._wait_until_pending(0)
        self._raise_failure()

    def _wait_until_pending(self, segments: int) -> None:
        while len(self._pending) > segments:
            # taken off only when done: an interrupted wait must not forget a segment
            self._pending[0].result()
            self._pending.popleft()

    def _raise_failure(self) -> None:
        if self._failure is not None:
            raise self._failure
        if self._closed:
            raise UsageError(f"{self.path}: this writer is closed")

    def _end(self) -> None:
        self._closed = True
        self._thread.shutdown()
        self._lock.release()


def _columns_of(table: str, dtype: np.dtype[Any]) -> list[list[str]]:
    """Name and dtype of every field of a structured array, if a table can hold them all."""
    if dtype.names is None or "tick" not in dtype.names:
        raise UsageError(f"{table}: a structured array with a field `tick` is needed, not {dtype}")
    for name in dtype.names:
        if dtype[name].kind not in "biuf" or dtype[name].itemsize > 8 or not dtype[name].isnative:
            raise UsageError(
                f"{table}: field {name!r} is {dtype[name]}; plain numbers can be recorded"
            )
    return [[name, dtype[name].str] for name in dtype.names]


def _kept(values: Array) -> Array:
    """A copy in the machine's order of bytes, or the array itself if nobody can change it."""
    if values.flags.owndata and not values.flags.writeable and values.dtype.isnative:
        return values
    return np.array(values, values.dtype.newbyteorder("="))


def _types_of_frame(arrays: dict[str, Array]) -> dict[str, str]:
    """Field → type as a chunk names it, if playback can show these arrays."""
    if not arrays or len({values.shape for values in arrays.values()}) != 1:
        raise UsageError("a frame needs one or more fields, all of the same length")
    types = {name: values.dtype.str[1:] for name, values in arrays.items()}
    if next(iter(arrays.values())).ndim != 1 or not set(types.values()) <= set(DTYPES):
        raise UsageError(f"a field of a frame is one-dimensional, of {', '.join(DTYPES)}")
    return types


def _write_parts(root: Path, number: int, segment: _Segment) -> dict[str, FileEntry]:
    """Tables and frames of one segment, each only if there is something in it."""
    from affray.record.tables import write_table

    tables = dict(segment.rows)
    tables["hashes"] = [np.array(segment.hashes, _HASHES)] if segment.hashes else []
    files: dict[str, FileEntry] = {}
    for table in TABLES:
        if tables[table]:
            path = part_path(root, table, number, segment.last_tick)
            with sealing(path) as file:
                write_table(file, tables[table])
                files[table] = file.commit()
            files[table]["rows"] = sum(len(piece) for piece in tables[table])
    if segment.frames:
        path = part_path(root, FRAMES, number, segment.last_tick)
        with sealing(path) as file:
            for piece in encode_frames(segment.frames):
                file.write(piece)
            files[FRAMES] = file.commit()
        files[FRAMES]["rows"] = len(segment.frames)
    hand_back_now()
    return files
