"""Every error that affray raises on purpose.

The tree, so that a caller can catch as much or as little as they want:

    AffrayError             anything affray says on purpose; printed without a traceback
    ├── ScenarioError       a battle on paper is wrong; carries a list of places and remedies
    ├── LimitError          memory, the disk or a named limit (``limits.py``) does not suffice
    ├── RecordingError      a recording is damaged, incomplete, foreign or of another version
    ├── ReplayError         a recording cannot be replayed here: other rules, other numbers
    └── UsageError          a call that makes no sense: unknown fighter, tick out of range, ...

Each carries a process exit code for the command line; that a disk or memory ran out is always a
LimitError (``kind_of``), whatever was being done.
"""

from __future__ import annotations

import errno
import os

NO_SUCH_PLACE = (  # a path that leads nowhere, or where nothing may be written
    errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EACCES, errno.EPERM, errno.EROFS,
    errno.ENAMETOOLONG, errno.ELOOP,
)  # fmt: skip
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  # a disk, a quota or a file's limit is full


class AffrayError(Exception):
    """Base of all errors that affray raises on purpose; ``str()`` is a sentence for a person."""

    exit_code = 1


class ScenarioError(AffrayError):
    """A scenario is wrong; ``problems`` has each one found, as ``file:line:column: text``."""

    exit_code = 3

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))

    def __reduce__(self) -> tuple[type[ScenarioError], tuple[list[str]]]:
        """Whole again on the other side, when it is raised in another process."""
        return type(self), (self.problems,)


class LimitError(AffrayError):
    """Memory, the disk or a named limit does not suffice."""

    exit_code = 4


class RecordingError(AffrayError):
    """A recording is damaged, incomplete, foreign or of another version."""

    exit_code = 5


class ReplayError(AffrayError):
    """A recording cannot be replayed by this affray."""

    exit_code = 6


class UsageError(AffrayError):
    """A call that makes no sense."""

    exit_code = 2


def kind_of(fault: BaseException, otherwise: type[AffrayError]) -> type[AffrayError]:
    """LimitError where the disk or memory ran out; for any other fault, what is given."""
    full = isinstance(fault, OSError) and fault.errno in NO_ROOM
    return LimitError if full or isinstance(fault, MemoryError) else otherwise


def kind_at_a_new_place(fault: OSError) -> type[AffrayError]:
    """Of what is to be begun at a place that somebody named: UsageError if nothing can be there."""
    nowhere = fault.errno in NO_SUCH_PLACE
    return kind_of(fault, UsageError if nowhere else RecordingError)


def unwritable(path: str | os.PathLike[str], fault: OSError) -> AffrayError:
    """The error that a file cannot be written there."""
    return kind_of(fault, UsageError)(f"{path}: cannot be written: {fault.strerror}")
