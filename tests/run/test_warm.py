"""Warming up from whatever lies in the cache: what is missing there is compiled, and no more."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from affray.rules.compiled import cache_folder
from affray.run.warm import warm

WARM = """
from affray.run.warm import signatures, warm
warm()
assert set(signatures().values()) == {1}, signatures()
"""


def written(folder: Path) -> dict[str, int]:
    """When each index of a kernel was written."""
    return {
        str(path.relative_to(folder)): path.stat().st_mtime_ns for path in folder.glob("**/*.nbi")
    }


@pytest.mark.parametrize("kernel", ["settle.place", "resolve.judge"], ids=["first", "last"])
def test_a_kernel_that_is_missing_in_the_cache_is_compiled(kernel: str, tmp_path: Path) -> None:
    """As after a Ctrl-C, or while somebody else compiles; whether it is needed early or late."""
    warm()
    folder = tmp_path / "affray" / cache_folder().name
    shutil.copytree(cache_folder(), folder)
    before = written(folder)
    for index in folder.glob(f"**/{kernel}-*.nbi"):
        index.unlink()
    paths = os.pathsep.join(path for path in sys.path if path)
    told = subprocess.run(
        [sys.executable, "-c", WARM],
        env={**os.environ, "AFFRAY_CACHE": str(tmp_path), "PYTHONPATH": paths},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    new = {name for name, when in written(folder).items() if before[name] < when}
    assert len(new) == 1
    assert kernel in new.pop()
