"""How rules and kernels are compiled: strictly, without contraction, cached under their digest.

The cache lies in the user's cache folder, in a folder named by a digest of every source that is
compiled, so that an edit can never meet stale code (Numba alone does not notice an edit in a
function that another file calls).
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import numba
import numpy as np
from numba import njit

SOURCES = ("world", "rules", "engine")


def rules_digest() -> str:
    """Digest of every source that decides how a battle goes: a recording is tied to it."""
    root = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for folder in SOURCES:
        for path in sorted((root / folder).glob("*.py")):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    """Where compiled code is kept; ``AFFRAY_CACHE`` moves it."""
    home = os.environ.get("AFFRAY_CACHE") or os.environ.get("XDG_CACHE_HOME")
    base = Path(home) if home else Path.home() / ".cache"
    return base / "affray" / f"{rules_digest()}-numba{numba.__version__}-numpy{np.__version__}"


numba.config.CACHE_DIR = str(cache_folder())

rule: Any = njit(nogil=True, error_model="numpy", _nrt=False)
kernel: Any = njit(nogil=True, error_model="numpy", _nrt=False, cache=True)
