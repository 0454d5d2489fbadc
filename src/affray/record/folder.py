"""The folder of a recording: what may be cleared for a new one, and what a kill left behind.

Only files that a writer would itself have named are ever removed.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from affray.record.disk import WriterLock
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


def clear_for_new(root: Path, overwrite: bool) -> WriterLock:
    """Take the folder for a new recording, removing an old one if told to.

    Raises ``UsageError`` if it holds something else, or a recording that is to stay.
    """
    is_recording = any(looks_like_manifest(root / name) for name in (MANIFEST, MANIFEST_COPY))
    if is_recording and not overwrite:
        raise UsageError(
            f"{root}: holds a recording already. Choose another folder, or overwrite it (--force)"
        )
    ours = {*TOP_FILES, *PARTS, *(name + TEMPORARY for name in TOP_FILES)}
    if (
        not is_recording
    ):  # then it is empty, or somebody's, or left by a recording killed as it was created
        for path in root.iterdir():
            if path.name not in ours or path.name == MANIFEST:
                raise UsageError(f"{root}: is not empty and not a recording. Choose another folder")
    lock = WriterLock(root)
    # the manifests first: without them it is no recording any more
    for name in (MANIFEST, MANIFEST_COPY, *sorted(ours - {MANIFEST, MANIFEST_COPY, LOCK})):
        path = root / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    return lock


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
        folder.mkdir(exist_ok=True)
        for path in folder.iterdir():
            if is_recorded_name(path.name) and path not in listed:
                path.unlink(missing_ok=True)
