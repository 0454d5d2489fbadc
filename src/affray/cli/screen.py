"""What is printed, or left in a file: JSON, plain lines, tables. Colour only where a terminal asks
for it.
"""

from __future__ import annotations

import json
import math
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from affray.world.errors import unwritable

if TYPE_CHECKING:
    from rich.console import Console


def print_json(data: Any) -> None:
    """Data as JSON on stdout; a number that is not finite, which JSON has no word for, is null."""
    print(json.dumps(_finite(data), ensure_ascii=False, indent=2, allow_nan=False))


def write(path: Path, text: str) -> None:
    """Leave a text in a file. Raises UsageError if it cannot be written there, LimitError if the
    disk is full.
    """
    try:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise unwritable(path, fault) from None


def refuse_unwritable(path: Path) -> None:
    """Raise what ``write`` would, before what is to be written takes its time. Nothing is left."""
    new, alone = not path.exists(), not path.parent.exists()
    if not (new or path.is_file() or path.is_dir()):
        return  # a pipe, which is opened once
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("a", encoding="utf-8"):
            pass
        if new:
            path.unlink()
        if alone:
            path.parent.rmdir()
    except OSError as fault:
        raise unwritable(path, fault) from None


def _finite(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: _finite(part) for name, part in data.items()}
    if isinstance(data, (list, tuple)):
        return [_finite(part) for part in data]
    if isinstance(data, float) and not math.isfinite(data):
        return None
    return data


def console(to_stderr: bool = False) -> Console:
    """A console that prints texts as they are: no markup, no guessing of what to colour.

    Under NO_COLOR texts are not even bold; only progress, on stderr, still moves about.
    """
    from rich.console import Console

    file = sys.stderr if to_stderr else sys.stdout
    plain = False if os.environ.get("NO_COLOR") and not to_stderr else None
    return Console(file=file, force_terminal=plain, markup=False, highlight=False, emoji=False)


def shows_progress(quiet: bool) -> bool:
    """Whether progress has somebody to look at it."""
    return not quiet and sys.stderr.isatty()
