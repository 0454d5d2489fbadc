"""Compiled code that nothing has loaded for long goes from the cache: each edit of the rules, and
each new version, leaves a folder of some megabytes behind.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

KEPT_S = 30 * 24 * 3600.0  # unused for so long, a folder goes
_NAMED = "*-numba*-numpy*"


def mark_used(folder: Path) -> None:
    """Note that the code in ``folder`` was loaded just now; where nobody may write, nothing is."""
    with suppress(OSError):
        os.utime(folder)


def remove_disused(folder: Path) -> list[Path]:
    """Remove those beside ``folder`` that were last used ``KEPT_S`` before it was; which.

    Only folders named as those of compiled code are. What cannot be removed stays.
    """
    gone = []
    with suppress(OSError):
        latest = folder.stat().st_mtime
        for other in folder.parent.glob(_NAMED):
            if other.is_dir() and latest - other.stat().st_mtime > KEPT_S:
                shutil.rmtree(other)
                gone.append(other)
    return gone
