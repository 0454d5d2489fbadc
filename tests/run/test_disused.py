"""Compiled code that was not used for long, and what stays of a cache whatever its age."""

from __future__ import annotations

import os
from pathlib import Path

from affray.rules.compiled import cache_folder
from affray.run.disused import KEPT_S, mark_used, remove_disused

NOW_S = 2_000_000_000.0


def used(folder: Path, ago_s: float) -> Path:
    """A folder with something in it that was used so long ago."""
    (folder / "engine").mkdir(parents=True)
    (folder / "engine" / "code").write_bytes(b"1")
    os.utime(folder, (NOW_S - ago_s, NOW_S - ago_s))
    return folder


def test_only_what_was_not_used_for_long_goes(tmp_path: Path) -> None:
    """Not what was used lately, what is in use, or what is no compiled code."""
    name = cache_folder().name
    mine = used(tmp_path / name, 0)
    old = used(tmp_path / f"0{name[1:]}0", KEPT_S + 1)
    recent = used(tmp_path / f"1{name[1:]}1", KEPT_S - 1)
    other = used(tmp_path / "letters", 10 * KEPT_S)
    assert remove_disused(mine) == [old]
    assert not old.exists()
    assert all((folder / "engine" / "code").exists() for folder in (mine, recent, other))


def test_use_keeps_it(tmp_path: Path) -> None:
    """Loaded just now, old code is used code; and a folder that is not there is no error."""
    name = cache_folder().name
    mine, old = used(tmp_path / name, 10 * KEPT_S), used(tmp_path / f"0{name[1:]}0", 10 * KEPT_S)
    mark_used(old)
    mark_used(mine)
    assert remove_disused(mine) == []
    missing = tmp_path / "none" / name
    mark_used(missing)
    assert remove_disused(missing) == []
