"""Files that are whole or not there, and errors that name the file and the remedy.

Everything that touches the disk passes through here: temporary file, fsync, rename, fsync of the
folder; sizes and checksums on the way back.
"""

from __future__ import annotations

import errno
import os
import shutil
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NotRequired, TypedDict

from affray.record.layout import LOCK, PARTS, TEMPORARY
from affray.world import limits
from affray.world.errors import AffrayError, LimitError, RecordingError, UsageError, kind_of

try:
    import fcntl
except ImportError:  # Windows: no advisory locks, and two writers are on their own
    fcntl = None  # type: ignore[assignment]

Bytes = bytes | bytearray | memoryview

REMEDY = "Copy the recording again from where it came, or drop what is damaged and keep the rest"


class Damage(RecordingError):
    """A file of a recording is damaged, missing or truncated: ``path`` names it, ``why`` how."""

    def __init__(self, path: Path, why: str, remedy: str = REMEDY) -> None:
        self.path = path
        self.why = why
        root = path.parent.parent if path.parent.name in PARTS else path.parent
        super().__init__(f"{path}: {why}. {remedy}: affray repair {root}")


class FileEntry(TypedDict):
    """What the manifest knows of one sealed file."""

    bytes: int
    crc32: int
    rows: NotRequired[int]


class SealedFile:
    """A file being written beside its place; ``commit`` lets it appear there whole."""

    closed = False  # as Arrow asks of what it writes into

    def __init__(self, path: Path) -> None:
        self.path = path
        self._temporary = path.with_name(path.name + TEMPORARY)
        self._bytes = 0
        self._crc32 = 0
        # closed by commit or discard
        self._file: BinaryIO = open(self._temporary, "wb")  # noqa: SIM115

    def write(self, data: Bytes) -> None:
        self._file.write(data)
        self._bytes += len(data)
        self._crc32 = zlib.crc32(data, self._crc32)

    def commit(self) -> FileEntry:
        """Flush to the disk and rename into place. The caller syncs the folder."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        os.replace(self._temporary, self.path)
        return {"bytes": self._bytes, "crc32": self._crc32}

    def discard(self) -> None:
        """Forget the file; never raises, for it is called when something already went wrong."""
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self._temporary.unlink(missing_ok=True)


@contextmanager
def sealing(path: Path) -> Iterator[SealedFile]:
    """A file to be written and committed; it is discarded if that fails."""
    file = SealedFile(path)
    try:
        yield file
    except BaseException:
        file.discard()
        raise


def write_sealed(path: Path, *pieces: Bytes) -> FileEntry:
    """Write ``pieces`` as one file that appears whole or not at all."""
    with sealing(path) as file:
        for piece in pieces:
            file.write(piece)
        return file.commit()


def sync_folder(folder: Path) -> None:
    """Make renames within a folder survive a power cut."""
    if os.name == "nt":  # folders cannot be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_bytes(path: Path, limit_bytes: int) -> bytes:
    """The whole file. Raises ``Damage`` if it is missing or too large for what it is."""
    return _read(path, lambda size: size <= limit_bytes, f"at most {limit_bytes}")


def read_sealed(path: Path, entry: FileEntry) -> bytes:
    """The whole file, checked against its size and checksum in the manifest."""
    data = _read(path, lambda size: size == entry["bytes"], str(entry["bytes"]))
    if zlib.crc32(data) != entry["crc32"]:
        raise Damage(path, "is damaged (its checksum differs)")
    return data


def _read(path: Path, fits: Callable[[int], bool], expected: str) -> bytes:
    """The whole file, if its size fits: looked at first, so that a swollen file costs no memory."""
    try:
        if not path.is_file():
            raise Damage(path, "is a folder" if path.is_dir() else "is missing")
        size = path.stat().st_size
        if not fits(size):
            raise Damage(path, f"is damaged (it has {size} bytes instead of {expected})")
        return path.read_bytes()
    except (OSError, MemoryError) as error:
        raise _unreadable(path, error) from error


@contextmanager
def parsing(path: Path) -> Iterator[None]:
    """Whatever a parser says about foreign bytes becomes a ``Damage`` that names the file.

    Deliberately broad: zlib, Arrow, JSON and numpy raise a dozen unrelated types on hostile
    input. Want of memory is no damage: the file may be whole.
    """
    try:
        yield
    except RecordingError:
        raise
    except MemoryError as error:
        raise _unreadable(path, error) from error
    except Exception as error:
        raise Damage(path, f"is damaged ({reason(error)})") from error


def _unreadable(path: Path, error: OSError | MemoryError) -> AffrayError:
    return kind_of(error, RecordingError)(f"{path}: cannot be read ({reason(error)})")


def reason(error: BaseException) -> str:
    """A short cause: the system's words for an ``OSError``, else the message's first line."""
    if isinstance(error, MemoryError):
        return "out of memory"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    first_line = (str(error).splitlines() or [""])[0]
    return first_line[:200] or type(error).__name__


def ensure_space(directory: str | os.PathLike[str], needed_bytes: int) -> None:
    """Raise ``LimitError`` unless the disk of ``directory`` has that much and some to spare.

    What is needed is estimated: as much again is left free, up to ``RECORDING_SPARE_BYTES``.
    """
    place = Path(directory).absolute()
    while not place.exists() and place != place.parent:
        place = place.parent
    free = shutil.disk_usage(place).free
    spare = min(needed_bytes, limits.RECORDING_SPARE_BYTES)
    if free < needed_bytes + spare:
        raise LimitError(
            f"{directory}: the recording needs about {_megabytes(needed_bytes)}, "
            f"{_megabytes(spare)} are to stay free besides, and the disk has "
            f"{_megabytes(free)} free. Free some, record to another disk (--out), "
            "or record less (--record)"
        )


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.0f} MB" if count >= 10e6 else f"{count / 1e6:.1f} MB"


class WriterLock:
    """Held while a process writes a recording; let go of however that process ends."""

    def __init__(self, root: Path) -> None:
        self._handle = os.open(root / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
        if fcntl is None:
            return
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self.release()
            if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
                raise UsageError(
                    f"{root}: is being written by another process; wait or stop it"
                ) from None
            # some network disks have no locks: then there is nothing to hold

    def release(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
