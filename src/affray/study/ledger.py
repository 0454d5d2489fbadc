"""The folder of a study: what is fought, and a line for each run that is done, of any seed.

A line is sealed by its checksum and an fsync before the next one begins, so a kill at any moment
costs at most the runs that were being fought; a torn last line is cut off when the study goes on.
One process writes, and holds a lock while it does.
"""

from __future__ import annotations

import json
import os
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Self

from affray._version import __version__
from affray.record.disk import WriterLock, reason, sync_folder, write_sealed
from affray.record.layout import LOCK, TEMPORARY
from affray.rules.compiled import rules_digest
from affray.study.plan import Plan
from affray.study.rows import Row, table
from affray.world.errors import (
    AffrayError,
    RecordingError,
    UsageError,
    kind_at_a_new_place,
    kind_of,
)

ASKED = "study.json"
LINES = "runs.jsonl"
TABLE = "runs.parquet"
_LEFTOVERS = {LOCK, ASKED + TEMPORARY}  # of a study that was killed as it began

# what two studies may differ in, so that one does not go on in the folder of the other
DIFFERENCES = {
    "scenario": "another scenario",
    "vary": "other values varied",
    "rules_digest": "other rules (this affray fights otherwise)",
    "digests": "other changes to the scenario",
    "patterns": "other patterns sifted, or none",
    "jitter": "another jitter, or none",
}


class Ledger:
    """The runs of a study that are done, kept in a folder. A context manager.

    ``rows``: (variation, seed) → row, also of seeds that the plan does not ask for. Raises
    UsageError if the folder holds another study.
    """

    def __init__(self, root: str | os.PathLike[str], plan: Plan) -> None:
        self.root = Path(root)
        self.rows: dict[tuple[int, int], Row] = {}
        self._plan = plan
        self._lines: BinaryIO | None = None
        try:
            self._lock = self._taken()
            try:
                self._begin()
                self._take_up()
            except BaseException:
                self._lock.release()
                raise
        except OSError as fault:
            raise kind_at_a_new_place(fault)(
                f"{self.root}: a study cannot be kept there ({reason(fault)}). Choose another "
                "folder"
            ) from None

    def _taken(self) -> WriterLock:
        """The folder, for this process alone."""
        if self.root.exists() and not self.root.is_dir():
            raise UsageError(f"{self.root}: is a file. Choose another folder")
        there = {path.name for path in self.root.iterdir()} if self.root.is_dir() else set()
        if ASKED not in there and not there <= _LEFTOVERS:
            raise UsageError(
                f"{self.root}: holds something that is no study, and is left as it is. Choose "
                "another folder"
            )
        self.root.mkdir(parents=True, exist_ok=True)
        return WriterLock(self.root)

    def _begin(self) -> None:
        """Write down what is fought, if nothing was begun there yet."""
        asked = self.root / ASKED
        if not asked.exists():
            kept = {**self._plan.asked(), **_versions()}
            write_sealed(asked, json.dumps(kept, ensure_ascii=False, indent=1).encode())
            sync_folder(self.root)

    def _take_up(self) -> None:
        """Read what is done already, and open the lines to go on."""
        refuse_other(self.root, self._plan)
        path = self.root / LINES
        whole = 0
        for line in path.read_bytes().splitlines(keepends=True) if path.exists() else []:
            row = _unsealed(line)
            if row is None:
                break
            whole += len(line)
            self.rows.setdefault((row["variation"], row["seed"]), row)
        self._lines = path.open("ab")
        if self._lines.tell() > whole:
            self._lines.truncate(whole)

    def add(self, row: Row) -> None:
        """Seal one more run. A run that is there already is not doubled."""
        key = (row["variation"], row["seed"])
        if key in self.rows:
            return
        assert self._lines is not None
        try:
            self._lines.write(_sealed(row))
            self._lines.flush()
            os.fsync(self._lines.fileno())
        except OSError as fault:
            raise self._unwritten(fault) from None
        self.rows[key] = row

    def write_table(self) -> Path:
        """Leave the table of all runs so far as Parquet; returns its place."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        sink = pa.BufferOutputStream()
        pq.write_table(table(self._plan, self.rows.values()), sink, write_page_checksum=True)
        path = self.root / TABLE
        try:
            write_sealed(path, memoryview(sink.getvalue()))
            sync_folder(self.root)
        except OSError as fault:
            raise self._unwritten(fault) from None
        return path

    def _unwritten(self, fault: OSError) -> AffrayError:
        runs = "1 run is" if len(self.rows) == 1 else f"{len(self.rows)} runs are"
        return kind_of(fault, RecordingError)(
            f"{self.root}: cannot be written ({reason(fault)}); {runs} safe. "
            "Make room, and give the same command again to go on"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._lines is not None:
            with suppress(OSError):  # what is left to write then could not be, as was said
                self._lines.close()
        self._lock.release()


def refuse_other(root: Path, plan: Plan) -> None:
    """Raise UsageError, naming what differs, if the study in ``root`` is not this one."""
    try:
        kept = dict(json.loads((root / ASKED).read_bytes()))
    except (OSError, ValueError, TypeError) as fault:
        raise RecordingError(
            f"{root / ASKED}: cannot be read ({reason(fault)}). Choose another folder"
        ) from None
    asked = {**plan.asked(), **_versions()}
    for key, said in DIFFERENCES.items():
        if kept.get(key) != asked.get(key):
            raise UsageError(
                f"{root}: holds a study of '{kept.get('scenario')}' with {said}; it goes on by its "
                "own command only. Choose another folder for this one"
            )


def _versions() -> dict[str, Any]:
    return {"affray_version": __version__, "rules_digest": rules_digest()}


def _sealed(row: Row) -> bytes:
    """A row as one line that knows whether it is whole."""
    text = json.dumps(row, ensure_ascii=False).encode()
    return b"%08x %b\n" % (zlib.crc32(text), text)


def _unsealed(line: bytes) -> Row | None:
    """The row of a line, None if the line is torn."""
    crc, text = line[:8], line[9:-1]
    if not line.endswith(b"\n") or crc != b"%08x" % zlib.crc32(text):
        return None
    row: Row = json.loads(text)
    return row
