"""What a command may end with besides success: an error said plainly, and its exit code.

An error that affray raises on purpose is one message on stderr and its own exit code; whatever
else escapes is a bug of affray and says so. ``AFFRAY_TRACEBACK=1`` shows where either came from.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import ParamSpec

import typer

from affray.world.errors import AffrayError, LimitError, kind_of

try:
    import resource
except ImportError:  # Windows: no such limits
    resource = None  # type: ignore[assignment]

BUG = 70  # exit code of a bug in affray
INTERRUPTED = 130
ADDRESSES = 800 << 20  # bytes of address space that Python, the compiler and Arrow want
BROKEN_PIPE = 141

P = ParamSpec("P")


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """The same command; what it raises becomes a message and an exit code."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            _refuse_too_few_addresses()
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
            _trace()
            if kind_of(bug, AffrayError) is LimitError:
                _drop_output()
                _say(out_of_room(bug))
                raise typer.Exit(LimitError.exit_code) from None
            first = (str(bug).splitlines() or [""])[0].rstrip(". ")[:500]
            named = f"{type(bug).__name__}: {first}" if first else type(bug).__name__
            _say(f"{named}. This is a bug in affray; AFFRAY_TRACEBACK=1 shows where it is")
            raise typer.Exit(BUG) from None

    return run


def _refuse_too_few_addresses() -> None:
    """Raise LimitError where a limit on addresses (``ulimit -v``) leaves too few to begin with:
    libraries in C++ end the process when they get none.
    """
    if resource is None:
        return
    soft = resource.getrlimit(resource.RLIMIT_AS)[0]
    if soft != resource.RLIM_INFINITY and soft < ADDRESSES:
        raise LimitError(
            f"this process may have {soft / 1e6:.0f} MB of address space (ulimit -v), and affray "
            f"needs {ADDRESSES / 1e6:.0f} MB before any battle; raise the limit"
        )


def out_of_room(fault: BaseException) -> str:
    """What ran out, and the remedy."""
    if not isinstance(fault, OSError):
        return "out of memory; run a smaller battle (--set size=...), or close something"
    where = f"{fault.filename}: " if fault.filename else ""
    return f"{where}{fault.strerror}. Free some, or write to another disk"


def _drop_output() -> None:
    """Lose what waits to be written to stdout: the flush at exit must not complain again."""
    with suppress(io.UnsupportedOperation):  # then it is no file, and nothing waits
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(text: str) -> None:
    """One message on stderr, each of its lines marked as ours."""
    for line in text.splitlines():
        print(f"affray: {line}", file=sys.stderr)


def _trace() -> None:
    if os.environ.get("AFFRAY_TRACEBACK") not in (None, "", "0"):
        import traceback

        traceback.print_exc()
