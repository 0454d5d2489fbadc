"""Checking a recording file by file, and keeping what can be kept of a damaged one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from affray.record.disk import Damage, WriterLock, reason
from affray.record.folder import remove_unlisted, set_aside
from affray.record.layout import CHECKPOINTS, FRAMES, MANIFEST, MANIFEST_COPY, TABLES
from affray.record.manifest import (
    Manifest,
    SegmentEntry,
    load_manifest,
    read_manifest,
    write_manifest,
)
from affray.record.reader import Recording
from affray.world.errors import RecordingError, kind_of


def verify(directory: str | os.PathLike[str]) -> list[str]:
    """Read everything; a line for every file that is damaged, missing or truncated.

    Raises ``RecordingError`` only if the folder is no recording at all, or cannot be read.
    """
    root = Path(directory).absolute()
    problems, manifest = _either_manifest(root)
    if manifest is None:
        return problems
    recording = Recording(root, manifest)
    problem = _problem(root, lambda: recording.scenario)
    problems += [problem] if problem else []
    for number in range(len(manifest["segments"])):
        problems += _segment_problems(recording, number).values()
    return problems


def repair(directory: str | os.PathLike[str]) -> list[str]:
    """Drop what is damaged and keep a readable recording; one line for everything dropped.

    Damaged events, metrics or hashes cost their segment and all after it, for a recording has no
    holes in what happened; damaged frames or checkpoints cost only themselves. Raises
    ``RecordingError`` if both manifests are gone, or the disk can't be written.
    """
    root = Path(directory).absolute()
    dropped, manifest = _either_manifest(root)
    if manifest is None:
        raise RecordingError(
            f"{root}: both manifests are damaged; copy the recording again from where it came"
        )
    dropped = [f"{line}; mended from the other" for line in dropped]
    recording = Recording(root, manifest)
    problem = _problem(root, lambda: recording.scenario)
    if problem:
        dropped.append(f"{problem}; cannot be mended: what happened can be read, but not run again")
    kept: list[SegmentEntry] = []
    for number, segment in enumerate(manifest["segments"]):
        problems = _segment_problems(recording, number)
        dropped += problems.values()
        if problems.keys() & set(TABLES):
            last = manifest["sealed_ticks"]
            dropped.append(
                f"ticks {segment['first_tick']} to {last}: dropped, they need what is damaged"
            )
            break
        files = {part: entry for part, entry in segment["files"].items() if part not in problems}
        kept.append(segment | {"files": files})
    if dropped:
        _write_back(root, manifest, kept)
    return dropped


def _write_back(root: Path, manifest: Manifest, kept: list[SegmentEntry]) -> None:
    sealed = kept[-1]["last_tick"] if kept else manifest["first_tick"] - 1
    ended = manifest["ended"] if sealed == manifest["sealed_ticks"] else None
    mended = manifest | {"segments": kept, "sealed_ticks": sealed, "ended": ended}
    try:
        lock = WriterLock(root)
        try:
            for name in (MANIFEST, MANIFEST_COPY):
                if (root / name).is_dir():
                    set_aside(root / name)
            write_manifest(root, mended)
            remove_unlisted(root, mended)
        finally:
            lock.release()
    except OSError as error:
        text = f"{root}: cannot be written ({reason(error)})"
        raise kind_of(error, RecordingError)(text) from error


def _either_manifest(root: Path) -> tuple[list[str], Manifest | None]:
    """What is wrong with the manifest and its copy, and the first of them that can be read."""
    try:
        main: Manifest | None = load_manifest(root)
    except Damage:
        main = None
    problems, copy = [], None
    for name in (MANIFEST, MANIFEST_COPY):
        try:
            copy = read_manifest(root / name)
        except Damage as damage:
            problems.append(f"{name} {damage.why}")
    return problems, main or copy


def _segment_problems(recording: Recording, number: int) -> dict[str, str]:
    """Part → what is wrong with its file, for the parts of one segment that can't be read."""
    segment = recording.manifest["segments"][number]
    problems = {}
    for part in segment["files"]:
        problem = _problem(recording.path, _reading(recording, number, part))
        if problem:
            problems[part] = problem
    return problems


def _reading(recording: Recording, number: int, part: str) -> Callable[[], object]:
    if part == FRAMES:
        return lambda: recording.read_frames(number)
    if part == CHECKPOINTS:
        return lambda: recording.checkpoint(recording.manifest["segments"][number]["last_tick"])
    return lambda: recording.read_table(number, part)


def _problem(root: Path, read: Callable[[], object]) -> str | None:
    try:
        read()
    except Damage as damage:
        return f"{damage.path.relative_to(root)} {damage.why}"
    return None
