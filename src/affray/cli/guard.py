"""What a command may end with besides success: an error said plainly, and its exit code.

An error that affray raises on purpose is one message on stderr and its own exit code; whatever
else escapes is a bug of affray and says so. ``AFFRAY_TRACEBACK=1`` shows where either came from.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import typer

from affray.world.errors import AffrayError, LimitError

BUG = 70  # exit code of a bug in affray
INTERRUPTED = 130
BROKEN_PIPE = 141
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

P = ParamSpec("P")


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """The same command; what it raises becomes a message and an exit code."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
            sys.stdout.flush()
        except (typer.Exit, typer.Abort):
            raise
        except AffrayError as error:
            _trace()
            _say(str(error))
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            _trace()
            _say("interrupted")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:  # whoever read has gone
            _drop_output()
            raise typer.Exit(BROKEN_PIPE) from None
        except Exception as bug:  # noqa: BLE001 - the last line of defence before a traceback
            if isinstance(bug, MemoryError):
                _say("out of memory; run a smaller battle (--set size=...), or close something")
                raise typer.Exit(BUG) from None
            _trace()
            if isinstance(bug, OSError) and bug.errno in _NO_ROOM:
                _drop_output()
                where = f"{bug.filename}: " if bug.filename else ""
                _say(f"{where}{bug.strerror}. Free some, or write to another disk")
                raise typer.Exit(LimitError.exit_code) from None
            first = (str(bug).splitlines() or [""])[0].rstrip(". ")[:500]
            named = f"{type(bug).__name__}: {first}" if first else type(bug).__name__
            _say(f"{named}. This is a bug in affray; AFFRAY_TRACEBACK=1 shows where it is")
            raise typer.Exit(BUG) from None

    return run


def _drop_output() -> None:
    """Lose what waits to be written to stdout: the flush at exit must not complain again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(text: str) -> None:
    """One message on stderr, each of its lines marked as ours unless it begins with a place."""
    print(f"affray: {text}" if "\n" not in text else text, file=sys.stderr)


def _trace() -> None:
    if os.environ.get("AFFRAY_TRACEBACK") not in (None, "", "0"):
        import traceback

        traceback.print_exc()
