"""Whatever is flipped, cut off or lost is found, named, and never a traceback."""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from affray.record import Recording, repair, verify
from affray.world import limits
from affray.world.errors import LimitError, RecordingError
from tests.record import drama

WHOLE_FILES = (
    "manifest.json",
    "manifest.copy.json",
    "scenario.yaml",
    "events/000001.parquet",
    "metrics/000001.parquet",
    "hashes/000001.parquet",
    "frames/000001.frames",
    "checkpoints/00000019.ckpt",
)


def read_all(directory: Path) -> None:
    """Everything a reader can ask for."""
    recording = Recording.open(directory)
    recording.events()
    recording.metrics()
    recording.hashes()
    list(recording.frames())
    for tick in recording.checkpoints():
        recording.checkpoint(tick)
    assert recording.scenario


def flips(data: bytes) -> Iterator[bytes]:
    """The file with one byte changed, at places from its first to its last."""
    for eighth in range(9):
        at = eighth * (len(data) - 1) // 8
        yield data[:at] + bytes([data[at] ^ 0x15]) + data[at + 1 :]


def cuts(data: bytes) -> Iterator[bytes]:
    """The file ending early, or with something after its end."""
    yield from (data[:length] for length in (0, 1, len(data) // 2, len(data) - 1))
    yield data + b"\0"


@pytest.mark.parametrize("name", WHOLE_FILES)
@pytest.mark.parametrize("damage", [flips, cuts])
def test_any_damage_is_named(
    copy: Path, name: str, damage: Callable[[bytes], Iterator[bytes]]
) -> None:
    """A changed byte or a cut anywhere in any file: verify names that file, reading says which."""
    data = (copy / name).read_bytes()
    for damaged in damage(data):
        (copy / name).write_bytes(damaged)

        problems = verify(copy)

        assert len(problems) == 1
        assert problems[0].startswith(name + " ")
        if name != "manifest.copy.json":  # only looked at when the first is damaged
            with pytest.raises(RecordingError, match=name):
                read_all(copy)


@pytest.mark.parametrize("name", WHOLE_FILES)
def test_a_lost_file_is_named(copy: Path, name: str) -> None:
    """A file that is not there is named, with the remedy."""
    (copy / name).unlink()

    assert verify(copy) == [f"{name} is missing"]
    if name != "manifest.copy.json":
        with pytest.raises(RecordingError, match=f"{name}: is missing.*affray repair {copy}"):
            read_all(copy)


@pytest.mark.parametrize(
    ("name", "last_tick", "kept"),
    [
        ("manifest.json", 29, [9, 19, 29]),
        ("manifest.copy.json", 29, [9, 19, 29]),
        ("events/000001.parquet", 9, [9]),
        ("hashes/000002.parquet", 19, [9, 19]),
        ("metrics/000000.parquet", -1, []),
        ("frames/000001.frames", 29, [9, 19, 29]),
        ("checkpoints/00000019.ckpt", 29, [9, 29]),
    ],
)
def test_repair_keeps_what_can_be_kept(
    copy: Path, name: str, last_tick: int, kept: list[int]
) -> None:
    """What depends on the damage goes, and is said; the rest is a whole recording that goes on."""
    (copy / name).write_bytes(b"\xff" * 64)

    dropped = repair(copy)

    assert name in dropped[0]
    assert verify(copy) == []
    assert repair(copy) == []
    read_all(copy)
    recording = Recording.open(copy)
    assert recording.last_tick == last_tick
    assert recording.checkpoints() == kept
    assert (recording.manifest["ended"] is None) == (last_tick < 29)
    if last_tick < 29:
        drama.go_on(copy)
        assert drama.holds_drama_to(Recording.open(copy), 29)


@pytest.mark.parametrize("name", [name for name in WHOLE_FILES if name != "scenario.yaml"])
def test_repair_sets_folders_aside(copy: Path, name: str) -> None:
    """A folder where a file of the recording belongs is not ours: it is kept, out of the way."""
    (copy / name).unlink()
    (copy / name).mkdir()
    (copy / name / "mine.txt").write_text("mine")

    assert verify(copy) == [f"{name} is a folder"]
    assert repair(copy)[0].startswith(f"{name} is a folder")

    assert verify(copy) == []
    assert (copy / f"{name}.aside-1" / "mine.txt").read_text() == "mine"
    if Recording.open(copy).last_tick < 29:
        drama.go_on(copy)
        assert drama.holds_drama_to(Recording.open(copy), 29)
    read_all(copy)
    assert Recording.open(copy).last_tick == 29


def test_repair_sets_a_file_aside_where_a_folder_was(copy: Path) -> None:
    """What stands where the events were costs the events, and the recording goes on."""
    shutil.rmtree(copy / "events")
    (copy / "events").write_text("mine")

    assert repair(copy)

    assert (copy / "events.aside-1").read_text() == "mine"
    drama.go_on(copy)
    assert drama.holds_drama_to(Recording.open(copy), 29)


def test_the_copy_of_the_manifest_is_offered(copy: Path) -> None:
    """Nothing is lost with a manifest whose copy is whole: reading says so, and what mends it."""
    (copy / "manifest.json").write_bytes(b"")
    with pytest.raises(RecordingError, match="Its copy is whole, and takes its place with: affray"):
        Recording.open(copy)

    repair(copy)

    assert drama.holds_drama_to(Recording.open(copy), 29)


def test_repair_says_what_it_can_not_mend(copy: Path) -> None:
    """Without its scenario a recording can still be read; without manifests it is lost."""
    (copy / "scenario.yaml").write_bytes(b"")
    assert "cannot be mended" in repair(copy)[0]
    assert drama.holds_drama_to(Recording.open(copy), 29)

    (copy / "manifest.json").write_bytes(b"")
    (copy / "manifest.copy.json").unlink()
    with pytest.raises(RecordingError, match="both manifests are damaged"):
        repair(copy)


def rewrite_manifest(directory: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the manifest by a hostile hand: whatever it likes, the checksum right."""
    manifest = json.loads((directory / "manifest.json").read_text())
    del manifest["crc32"]
    change(manifest)
    head = json.dumps(manifest)[:-1].encode() + b",\n"
    (directory / "manifest.json").write_bytes(head + b'"crc32": %d\n}\n' % zlib.crc32(head))


@pytest.mark.parametrize(
    "change",
    [
        lambda m: m.pop("segments"),
        lambda m: m.update(format_version="1"),
        lambda m: m.update(segments=[7]),
        lambda m: m.update(segments=m["segments"][1:]),
        lambda m: m.update(sealed_ticks=12),
        lambda m: m.update(columns={"events": [["tick"]]}),
        lambda m: m.update(columns={"events": 3}),
        lambda m: m["columns"].update(events=[["tick", "O"]]),
        lambda m: m["columns"].update(events=[["tick", "nonsense"]]),
        lambda m: m["columns"].update(hashes=3),
        lambda m: m["segments"][0]["files"].update({"../../etc": {"bytes": 1, "crc32": 1}}),
        lambda m: m["segments"][0]["files"].update(events=None),
        lambda m: m["segments"][0]["files"]["events"].pop("rows"),
        lambda m: m["segments"][0]["files"]["events"].update(bytes=-1),
        lambda m: m["segments"][0]["files"]["events"].update(bytes=1.5),
        lambda m: m.update(interventions=[{"tick": 3}]),
        lambda m: m.update(interventions=[{"tick": 3, "set": "size=9"}]),
        lambda m: m.update(interventions=[{"tick": 3, "set": [9]}]),
    ],
)
def test_a_forged_manifest_is_refused(
    copy: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    """A manifest that does not make sense is damage, whatever its checksum says."""
    rewrite_manifest(copy, change)

    with pytest.raises(RecordingError, match=r"manifest\.json: is damaged"):
        Recording.open(copy)
    assert verify(copy)[0].startswith("manifest.json is damaged")


@pytest.mark.parametrize(
    "change",
    [
        lambda m: m["columns"].update(events=[["tick", "<i4"]]),
        lambda m: m["segments"][0]["files"]["events"].update(rows=1 << 60),
        lambda m: m["segments"][0]["files"]["events"].update(rows=1),
    ],
)
def test_a_table_other_than_announced_is_refused(
    copy: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    """Rows and columns must be those that the manifest names."""
    rewrite_manifest(copy, change)

    with pytest.raises(RecordingError):
        Recording.open(copy).events()


def test_deep_json_is_damage(copy: Path) -> None:
    """A manifest of a million brackets ends in an error, not in the parser's stack."""
    deep = b'{"format": "affray recording", "meta": ' + b"[" * 200_000 + b",\n"
    (copy / "manifest.json").write_bytes(deep + b'"crc32": %d\n}\n' % zlib.crc32(deep))

    with pytest.raises(RecordingError, match="is damaged"):
        Recording.open(copy)


def test_a_recording_of_the_future_is_refused(copy: Path) -> None:
    """One written by a newer affray says so, rather than being called damaged."""
    rewrite_manifest(copy, lambda m: m.update(format_version=99, moods=[]))

    with pytest.raises(RecordingError, match="newer affray"):
        Recording.open(copy)
    with pytest.raises(RecordingError, match="newer affray"):
        repair(copy)


def test_a_swollen_manifest_is_refused(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A manifest beyond its limit is not even read to its end."""
    monkeypatch.setattr(limits, "RECORDING_MANIFEST_BYTES", 500)

    with pytest.raises(RecordingError, match="instead of at most 500"):
        Recording.open(copy)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs somebody who is not root")
def test_a_file_that_may_not_be_read_is_named(copy: Path) -> None:
    """No permission is not damage, and repair must not drop what it may not read."""
    (copy / "events" / "000001.parquet").chmod(0)

    for use in (read_all, verify, repair):
        with pytest.raises(RecordingError, match=r"000001\.parquet: cannot be read"):
            use(copy)


@pytest.mark.parametrize("what", ["tables.decode_table", "reader.read_checkpoint"])
def test_want_of_memory_is_not_damage(
    copy: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """What there is no room to read may be whole: it is said so, and repair must not drop it."""

    def starve(*_: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(f"affray.record.{what}", starve)
    before = (copy / "manifest.json").read_bytes()

    for use in (read_all, verify, repair):
        with pytest.raises(LimitError, match=r"cannot be read \(out of memory\)"):
            use(copy)
    assert (copy / "manifest.json").read_bytes() == before
