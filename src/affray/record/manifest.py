"""The manifest: what was run, how far it is on disk, and the checksums of every sealed file.

Small JSON, one key a line, rewritten whole at every seal. Its last key is the CRC-32 of all
bytes before that line, so that any change of a byte is seen. What is not listed here does not
exist.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from pathlib import Path
from typing import Any, TypedDict, cast

from affray.record.disk import Damage, FileEntry, parsing, read_bytes, sync_folder, write_sealed
from affray.record.layout import (
    FORMAT,
    FORMAT_VERSION,
    MANIFEST,
    MANIFEST_COPY,
    PARTS,
    TABLES,
)
from affray.world import limits
from affray.world.errors import LimitError, RecordingError, UsageError

AllColumns = dict[str, list[list[str]]]  # table → [name, numpy dtype such as "<i4"] of each column


class SegmentEntry(TypedDict):
    """Ticks ``first_tick`` to ``last_tick``, both included, and the files they are in, by part."""

    first_tick: int
    last_tick: int
    files: dict[str, FileEntry]


class Intervention(TypedDict):
    """What was changed at a tick, each as ``path=value``, and holds from there on."""

    tick: int
    set: list[str]


class Manifest(TypedDict):
    """What ``Recording.manifest`` holds: first the writer's own, then the caller's."""

    format: str
    format_version: int
    scenario_sha256: str
    sealed_ticks: int  # last tick for which everything is on disk; first_tick − 1 when none is
    ended: str | None  # why the run ended; null while it runs, and after a kill
    columns: AllColumns  # of events, metrics and hashes
    segments: list[SegmentEntry]

    affray_version: str
    rules_digest: str
    scenario_name: str
    seed: int
    dt_s: float
    fighters: int
    level: str  # of recording: summary, events, full
    first_tick: int  # 0, or the tick a fork began at
    parent: dict[str, Any] | None  # for a fork: whose, and at which tick
    interventions: list[Intervention]
    # names of sides and units, of kinds and states: whatever is needed to read the tables
    meta: dict[str, Any]


_OWN_FIELDS: dict[str, tuple[type, ...]] = {
    "format": (str,),
    "format_version": (int,),
    "scenario_sha256": (str,),
    "sealed_ticks": (int,),
    "ended": (str, type(None)),
    "columns": (dict,),
    "segments": (list,),
}
_CALLER_FIELDS: dict[str, tuple[type, ...]] = {
    "affray_version": (str,),
    "rules_digest": (str,),
    "scenario_name": (str,),
    "seed": (int,),
    "dt_s": (float, int),
    "fighters": (int,),
    "level": (str,),
    "first_tick": (int,),
    "parent": (dict, type(None)),
    "interventions": (list,),
    "meta": (dict,),
}
_CALLER_DEFAULTS: dict[str, Any] = {
    "first_tick": 0,
    "parent": None,
    "interventions": [],
    "meta": {},
}
_NUMBER = re.compile(r"[<|][biuf][1248]")
_LAST_LINE = re.compile(rb'"crc32": (\d+)\n\}\n')


def new_manifest(given: dict[str, Any], scenario_sha256: str, columns: AllColumns) -> Manifest:
    """The manifest of a recording that holds nothing yet. Raises ``UsageError``."""
    caller = _CALLER_DEFAULTS | given
    for name in caller.keys() - _CALLER_FIELDS.keys():
        raise UsageError(
            f"manifest: {name!r} is not one of {', '.join(_CALLER_FIELDS)}; put it into meta"
        )
    _check_types(caller, _CALLER_FIELDS, UsageError)
    own: dict[str, Any] = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "scenario_sha256": scenario_sha256,
        "sealed_ticks": caller["first_tick"] - 1,
        "ended": None,
        "columns": columns,
        "segments": [],
    }
    # through JSON and back, so that it is the same whether just made or read again
    return cast(Manifest, json.loads(_dumps(own | caller)))


def write_manifest(root: Path, manifest: Manifest) -> None:
    """Write the copy, then the manifest itself: from then on the recording is what it says."""
    lines = ",\n".join(f"{_dumps(key)}: {_dumps(value)}" for key, value in manifest.items())
    head = ("{\n" + lines + ",\n").encode()
    data = head + b'"crc32": %d\n}\n' % zlib.crc32(head)
    if len(data) > limits.RECORDING_MANIFEST_BYTES:
        raise LimitError(
            f"{root / MANIFEST}: would exceed {limits.RECORDING_MANIFEST_BYTES} bytes. "
            "Seal longer segments"
        )
    write_sealed(root / MANIFEST_COPY, data)
    write_sealed(root / MANIFEST, data)
    sync_folder(root)


def load_manifest(root: Path) -> Manifest:
    """The manifest of the recording in ``root``. Raises ``RecordingError`` if there is none."""
    # os.path, which says no rather than raise where looking is forbidden
    if not os.path.exists(root / MANIFEST) and not os.path.exists(root / MANIFEST_COPY):
        what = f"it has no {MANIFEST}" if os.path.isdir(root) else "there is no such folder"
        raise RecordingError(f"{root}: is not a recording ({what})")
    try:
        return read_manifest(root / MANIFEST)
    except Damage as damage:
        try:
            read_manifest(root / MANIFEST_COPY)
        except RecordingError:
            raise damage from None
        remedy = "Its copy is whole, and takes its place with"
        raise Damage(damage.path, damage.why, remedy) from None


def read_manifest(path: Path) -> Manifest:
    """Read and check a manifest. Raises ``RecordingError``."""
    data = read_bytes(path, limits.RECORDING_MANIFEST_BYTES)
    with parsing(path):
        raw = _parse(path, data)
        version = raw["format_version"]
        if type(version) is int and version > FORMAT_VERSION:
            raise RecordingError(
                f"{path}: was written by a newer affray (format {version}, this one reads up to "
                f"{FORMAT_VERSION}). Upgrade affray to read it"
            )
        _check_types(raw, _OWN_FIELDS | _CALLER_FIELDS, ValueError)
        manifest = cast(Manifest, raw)
        _check_columns(manifest)
        _check_segments(manifest)
        _check_interventions(manifest)
    return manifest


def looks_like_manifest(path: Path) -> bool:
    """Whether a file was once a manifest of ours, even if it is damaged now."""
    try:
        with open(path, "rb") as file:
            return FORMAT.encode() in file.read(256)
    except OSError:
        return False


def _parse(path: Path, data: bytes) -> dict[str, Any]:
    if not data.startswith(b"{") or b'"' + FORMAT.encode() + b'"' not in data[:256]:
        raise Damage(path, "is not the manifest of an affray recording, or is damaged at its start")
    head, mark, _ = data.rpartition(b'"crc32"')
    last_line = _LAST_LINE.fullmatch(data[len(head) :])
    if not mark or last_line is None:
        raise Damage(path, "is truncated")
    if zlib.crc32(head) != int(last_line[1]):
        raise Damage(path, "is damaged (its checksum differs)")
    parsed = json.loads(data)
    if not isinstance(parsed, dict) or parsed.pop("crc32", None) is None:
        raise ValueError("not a JSON object")
    return parsed


def _check_types(
    fields: dict[str, Any], expected: dict[str, tuple[type, ...]], error: type[Exception]
) -> None:
    for name, types in expected.items():
        if name not in fields:
            raise error(f"manifest: {name!r} is missing")
        if type(fields[name]) not in types:
            raise error(
                f"manifest: {name!r} is {type(fields[name]).__name__}, expected {types[0].__name__}"
            )


def _check_columns(manifest: Manifest) -> None:
    if tuple(manifest["columns"]) != TABLES:
        raise ValueError(f"columns are not given for {', '.join(TABLES)}")
    for table, columns in manifest["columns"].items():
        if not all(type(name) is str and _NUMBER.fullmatch(code) for name, code in columns):
            raise ValueError(f"columns of {table!r} are malformed")


def _check_segments(manifest: Manifest) -> None:
    """The segments follow one another without a gap, and name only what exists in the layout."""
    sealed = manifest["first_tick"] - 1
    for number, segment in enumerate(manifest["segments"]):
        first, last, files = segment["first_tick"], segment["last_tick"], segment["files"]
        if type(first) is not int or type(last) is not int or first != sealed + 1 or last < first:
            raise ValueError(f"segment {number} does not follow on tick {sealed}")
        for part, entry in files.items():
            counts = (entry["bytes"], entry["crc32"], entry.get("rows", 0))
            if part not in PARTS or any(type(count) is not int or count < 0 for count in counts):
                raise ValueError(f"segment {number} has a malformed entry")
            if part in TABLES and "rows" not in entry:
                raise ValueError(f"segment {number} does not say how long its {part} are")
        sealed = last
    if sealed != manifest["sealed_ticks"]:
        raise ValueError(f"sealed_ticks is {manifest['sealed_ticks']}, the segments reach {sealed}")


def _check_interventions(manifest: Manifest) -> None:
    for one in manifest["interventions"]:
        tick, sets = one["tick"], one["set"]
        if (type(tick), type(sets)) != (int, list) or not all(type(text) is str for text in sets):
            raise ValueError("an intervention is malformed")


def _dumps(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise UsageError(f"manifest: holds something that JSON cannot ({error})") from error
