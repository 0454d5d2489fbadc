"""The folder of a recording: what may be cleared for a new one, and what a kill left behind.

Only what a recording consists of is ever removed: files of the user's beside it stay.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from affray.record.layout import (
    LOCK,
    MANIFEST,
    MANIFEST_COPY,
    PARTS,
    TEMPORARY,
    TOP_FILES,
    is_recorded_name,
    part_path,
)
from affray.record.manifest import Manifest, looks_like_manifest
from affray.world.errors import UsageError

_OURS = frozenset((*TOP_FILES, *PARTS, *(name + TEMPORARY for name in TOP_FILES)))


def check_takeable(root: Path, overwrite: bool) -> None:
    """Raise ``UsageError`` if a folder holds something else, or a recording that is to stay."""
    has_segments = any(any((root / part).glob("*")) for part in PARTS)
    was_recording = has_segments and looks_like_manifest(root / MANIFEST_COPY)
    if was_recording or looks_like_manifest(root / MANIFEST):
        if not overwrite:
            raise UsageError(
                f"{root}: is a recording. Choose another folder, or overwrite it (--force)"
            )
        return
    # then it is empty, or somebody's, or left by a recording killed as it was created
    names = {path.name for path in root.iterdir()}
    begun = LOCK in names and names <= _OURS - {MANIFEST}
    if names and (has_segments or not begun):
        raise UsageError(f"{root}: is not empty and not a recording. Choose another folder")


def clear_for_new(root: Path) -> None:
    """Remove the files and folders of a recording, and nothing else, from a locked folder."""
    # the manifests first: without them it is no recording any more
    for name in (MANIFEST, MANIFEST_COPY, *sorted(_OURS - {MANIFEST, MANIFEST_COPY, LOCK})):
        path = root / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def remove_unlisted(root: Path, manifest: Manifest) -> None:
    """Remove temporary files, and sealed ones that a kill kept out of the manifest."""
    listed = {
        part_path(root, part, number, segment["last_tick"])
        for number, segment in enumerate(manifest["segments"])
        for part in segment["files"]
    }
    for name in TOP_FILES:
        (root / (name + TEMPORARY)).unlink(missing_ok=True)
    for part in PARTS:
        folder = root / part
        if folder.exists() and not folder.is_dir():
            set_aside(folder)
        folder.mkdir(exist_ok=True)
        for path in list(folder.iterdir()):
            if is_recorded_name(path.name) and path not in listed:
                if path.is_dir() and not path.is_symlink():
                    set_aside(path)
                else:
                    path.unlink(missing_ok=True)


def set_aside(path: Path) -> None:
    """Move what is no file of ours, but stands where one belongs, out of its way: it may be
    somebody's.
    """
    number = 1
    while (aside := path.with_name(f"{path.name}.aside-{number}")).exists():
        number += 1
    path.rename(aside)
