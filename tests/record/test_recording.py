"""What goes into a recording comes out of it, and nothing that makes no sense goes in."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from affray.record import Recording, Writer, ensure_space, tables, verify
from affray.world import limits
from affray.world.errors import LimitError, RecordingError, UsageError
from tests.record import drama


def test_everything_comes_back(pristine: Path) -> None:
    """Tables, hashes, frames, states, scenario and manifest are read as they were written."""
    recording = Recording.open(pristine)

    assert drama.holds_drama_to(recording, drama.TICKS - 1)
    assert recording.scenario == drama.SCENARIO
    assert recording.manifest["scenario_sha256"] == hashlib.sha256(drama.SCENARIO).hexdigest()
    assert recording.manifest["ended"] == "time is up"
    assert drama.DETAILS.items() <= recording.manifest.items()
    assert recording.metrics()["strength"].to_pylist()[:4] == [50, 50, 45, 45]
    assert verify(pristine) == []


def test_groups_of_rows_follow_one_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are packed so many at a time: the groups cut the ticks' pieces, and lose none."""
    monkeypatch.setattr(tables, "_ROWS_AT_A_TIME", 7)

    with drama.begin(tmp_path / "r") as writer:
        drama.play(writer)
        writer.finish("done")

    assert drama.holds_drama_to(Recording.open(tmp_path / "r"), 29)


def test_events_can_be_picked_by_tick_and_column(pristine: Path) -> None:
    """A range that begins and ends inside segments gives just those rows and columns, in order."""
    some = Recording.open(pristine).events(["fighter"], from_tick=7, to_tick=21)

    expected = [e["fighter"] for tick in range(7, 22) for e in drama.events_at(tick)]
    assert some.column_names == ["fighter"]
    assert some["fighter"].to_pylist() == expected


def test_frames_can_be_picked_by_tick(pristine: Path) -> None:
    """Frames of a range come whole, though each is stored as a difference from the one before."""
    frames = list(Recording.open(pristine).frames(4, 13))

    assert [frame.tick for frame in frames] == [6, 9, 12]
    for frame in frames:
        for name, values in drama.frame_at(frame.tick).items():
            assert frame.arrays[name].dtype == values.dtype
            assert frame.arrays[name].tolist() == values.tolist()


def test_hashes_and_checkpoints_are_found_by_tick(pristine: Path) -> None:
    """Any tick's hash, the checkpoints there are, and the last at or before a tick."""
    recording = Recording.open(pristine)

    assert recording.hash_at(17) == drama.hash_at(17)
    assert recording.checkpoints() == [9, 19, 29]
    assert [recording.nearest_checkpoint(tick) for tick in (8, 9, 18, 99)] == [None, 9, 9, 29]
    arrays, meta = recording.checkpoint(19)
    assert meta == {"tick": 19}
    assert all(arrays[n].tobytes() == a.tobytes() for n, a in drama.state_at(19).items())
    with pytest.raises(UsageError, match="ticks 0 to 29"):
        recording.hash_at(30)
    with pytest.raises(UsageError, match="no checkpoint at tick 12"):
        recording.checkpoint(12)
    with pytest.raises(UsageError, match="no column 'blood'"):
        recording.events(["blood"])


def test_an_empty_recording_is_readable(tmp_path: Path) -> None:
    """Before the first seal there is a recording already, with empty tables."""
    with drama.begin(tmp_path / "r"):
        recording = Recording.open(tmp_path / "r")

        assert recording.last_tick == -1
        assert recording.events(["fighter", "x"]).num_rows == 0
        assert recording.events(from_tick=3, to_tick=5).column_names == list(
            drama.EVENT.names or ()
        )
        assert list(recording.frames()) == []
        assert recording.hashes()[0].tolist() == []
        assert recording.checkpoints() == []


def test_a_recording_is_read_while_it_is_written(tmp_path: Path) -> None:
    """A live view sees what is sealed so far, and more when it looks again."""
    with drama.begin(tmp_path / "r") as writer:
        drama.play(writer, 0, 10)
        writer.close()
        recording = Recording.open(tmp_path / "r")
        assert drama.holds_drama_to(recording, 9)

    drama.go_on(tmp_path / "r")
    recording.refresh()

    assert drama.holds_drama_to(recording, 29)


def test_the_same_run_makes_the_same_files(pristine: Path, tmp_path: Path) -> None:
    """Recording twice gives the same bytes in every file, whenever the background thread ran."""
    drama.record(tmp_path / "again")

    assert drama.contents(tmp_path / "again") == drama.contents(pristine)


def test_a_run_is_resumed_from_an_earlier_checkpoint(copy: Path, pristine: Path) -> None:
    """Cut at a checkpoint and played again from there, a recording is the same to the byte."""
    with Writer.reopen(copy) as writer:
        writer.truncate_to(19)
        assert writer.sealed_ticks == 19
        assert drama.holds_drama_to(Recording.open(copy), 19)
        assert Recording.open(copy).manifest["ended"] is None
        with pytest.raises(UsageError, match="cannot be cut at tick 12"):
            writer.truncate_to(12)
        drama.play(writer, 20)
        writer.finish("time is up")

    assert drama.contents(copy) == drama.contents(pristine)


def test_finish_seals_what_is_open(tmp_path: Path) -> None:
    """Ending between two seals loses nothing."""
    with drama.begin(tmp_path / "r") as writer:
        drama.play(writer, 0, 15)
        writer.finish("interrupted")

    assert Recording.open(tmp_path / "r").last_tick == 14
    assert Recording.open(tmp_path / "r").hash_at(14) == drama.hash_at(14)


def test_a_closed_writer_says_so(tmp_path: Path) -> None:
    """After the end nothing can be added; closing again is harmless."""
    writer = drama.begin(tmp_path / "r")
    writer.finish("done")
    writer.close()

    for late in (lambda: writer.append_hash(0, 1), lambda: writer.finish("again")):
        with pytest.raises(UsageError, match="writer is closed"):
            late()


def test_an_interrupted_wait_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while the run waits for the disk: what was handed over is still sealed, in order."""
    may_go_on, result, waits = threading.Event(), Future.result, []
    write = tables.write_table

    def slow_write(file: Any, pieces: Any) -> None:
        may_go_on.wait(10)
        write(file, pieces)

    def interrupted_once(future: Any, timeout: float | None = None) -> Any:
        waits.append(1)
        if len(waits) == 1:
            may_go_on.set()
            raise KeyboardInterrupt
        return result(future, timeout)

    monkeypatch.setattr(tables, "write_table", slow_write)
    monkeypatch.setattr(Future, "result", interrupted_once)
    with drama.begin(tmp_path / "r") as writer:
        with pytest.raises(KeyboardInterrupt):
            drama.play(writer)
        writer.seal(29, drama.state_at(29), {"tick": 29})
        writer.finish("interrupted")

    assert drama.holds_drama_to(Recording.open(tmp_path / "r"), 29)


def test_a_fork_begins_where_it_left_its_parent(tmp_path: Path) -> None:
    """A recording may begin at any tick, and says whose fork it is; interventions are kept."""
    parent = {"path": "../first", "tick": 100}
    changed = [{"tick": 100, "set": ["field.wind.speed=3"]}]
    with drama.begin(
        tmp_path / "r", first_tick=100, parent=parent, interventions=changed
    ) as writer:
        assert writer.sealed_ticks == 99
        writer.append_hash(100, 1)
        writer.seal(100)
        writer.finish("done")

    manifest = Recording.open(tmp_path / "r").manifest
    assert (manifest["first_tick"], manifest["sealed_ticks"]) == (100, 100)
    assert manifest["parent"] == parent
    assert manifest["interventions"] == changed


def test_the_callers_arrays_stay_the_callers(tmp_path: Path) -> None:
    """What was handed over is kept as it was, though the caller goes on writing into its arrays."""
    events, x, y = drama.events_at(3), np.arange(5, dtype=np.uint16), np.arange(5, dtype=np.uint16)
    shown = y.view()
    shown.flags.writeable = False  # but what it is a view of can be written into
    with drama.begin(tmp_path / "r") as writer:
        writer.append_events(events)
        writer.append_frame(3, {"x": x, "y": shown})
        state = {"x": x}
        writer.seal(3, state)
        events["fighter"] = -1
        x[:] = y[:] = 0
        writer.finish("done")

    recording = Recording.open(tmp_path / "r")
    assert recording.events()["fighter"].to_pylist() == [3000, 3001, 3002]
    assert next(recording.frames()).arrays["x"].tolist() == [0, 1, 2, 3, 4]
    assert next(recording.frames()).arrays["y"].tolist() == [0, 1, 2, 3, 4]
    assert recording.checkpoint(3)[0]["x"].tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("misuse", "message"),
    [
        (lambda w: w.append_events(drama.events_at(3)), "sealed already"),
        (lambda w: w.append_metrics(np.zeros(1, [("tick", "<i4")])), "columns are not those"),
        (lambda w: w.append_hash(9, 1), "comes after"),
        (lambda w: w.append_hash(10, -1), "not an unsigned number"),
        (lambda w: w.append_hash(10, 1 << 64), "not an unsigned number"),
        (lambda w: w.append_frame(3, {"x": np.zeros(1, "u1")}), "sealed already"),
        (lambda w: w.append_frame(12, {}), "one or more fields"),
        (lambda w: w.append_frame(12, {"x": np.zeros(2)}), "one-dimensional"),
        (lambda w: w.append_frame(12, {"x": np.zeros(2, "u1"), "y": np.zeros(1, "u1")}), "length"),
        (lambda w: w.seal(5, {}), "sealed already"),
        (lambda w: (w.append_hash(15, 1), w.seal(14)), "tick 15 was added already"),
        (lambda w: w.seal(12, {"x": np.array([object()])}), "cannot go into a checkpoint"),
        (lambda w: w.seal(12, {}, {"x": object()}), "something that JSON cannot"),
    ],
)
def test_misuse_is_refused(tmp_path: Path, misuse: Any, message: str) -> None:
    """A call that makes no sense is refused with the reason, and the recording goes on whole."""
    with drama.begin(tmp_path / "r") as writer:
        drama.play(writer, 0, 10)
        with pytest.raises(UsageError, match=message):
            misuse(writer)
        writer.finish("done")

    assert drama.holds_drama_to(Recording.open(tmp_path / "r"), 9) or "added" in message
    assert verify(tmp_path / "r") == []


@pytest.mark.parametrize(
    ("dtype", "message"),
    [
        (np.dtype([("kind", "u1")]), "a field `tick` is needed"),
        (np.dtype("<i4"), "a field `tick` is needed"),
        (np.dtype([("tick", "<i4"), ("who", "O")]), "plain numbers can be recorded"),
        (np.dtype([("tick", "<i4"), ("when", "<M8[s]")]), "plain numbers can be recorded"),
        (np.dtype([("tick", "<i4"), ("pair", "<i4", 2)]), "plain numbers can be recorded"),
        (np.dtype([("tick", ">i4")]), "plain numbers can be recorded"),
    ],
)
def test_tables_hold_numbers_by_tick(tmp_path: Path, dtype: Any, message: str) -> None:
    """A table whose rows belong to no tick, or hold something else than numbers, is refused."""
    with pytest.raises(UsageError, match=message):
        Writer.create(
            tmp_path / "r", scenario=b"", manifest=drama.DETAILS, events=dtype, metrics=drama.METRIC
        )


def test_a_manifest_with_a_gap_is_refused(tmp_path: Path) -> None:
    """What a reader needs must be given, and what it does not know belongs into meta."""
    for wrong, message in [
        ({"seed": "seven"}, "'seed' is str"),
        ({"mood": 1}, "put it into meta"),
        ({"meta": {"x": object()}}, "JSON cannot"),
        ({"dt_s": float("nan")}, "JSON cannot"),
    ]:
        with pytest.raises(UsageError, match=message):
            drama.begin(tmp_path / "r", **wrong)
    assert not (tmp_path / "r").exists()


def test_a_recording_is_not_overwritten_unless_told(copy: Path) -> None:
    """An existing recording stays; told to, it is replaced, and files of the user's stay."""
    (copy / "my notes.txt").write_text("mine")
    with pytest.raises(UsageError, match="is a recording"):
        drama.begin(copy)
    assert drama.holds_drama_to(Recording.open(copy), 29)

    drama.begin(copy, scenario=b"new", overwrite=True).close()

    assert Recording.open(copy).scenario == b"new"
    assert Recording.open(copy).last_tick == -1
    assert (copy / "my notes.txt").read_text() == "mine"
    assert not list(copy.glob("*/*"))


@pytest.mark.parametrize("name", ["thesis.txt", "manifest.json", "scenario.yaml"])
def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, name: str) -> None:
    """Even when told to overwrite, nothing is removed from a folder that is not a recording."""
    (tmp_path / name).write_text('{"name": "web app"}')
    (tmp_path / "events").mkdir()
    with pytest.raises(UsageError, match="not a recording"):
        drama.begin(tmp_path, overwrite=True)

    assert (tmp_path / name).exists()


def test_a_recording_that_lost_its_manifest_is_not_taken_for_empty(copy: Path) -> None:
    """What can still be repaired is not overwritten by accident."""
    (copy / "manifest.json").unlink()
    with pytest.raises(UsageError, match="is a recording"):
        drama.begin(copy)
    (copy / "manifest.copy.json").unlink()
    with pytest.raises(UsageError, match="not a recording"):
        drama.begin(copy, overwrite=True)

    assert len(list(copy.glob("*/*"))) == 15


def test_a_folder_that_is_no_recording_is_named(tmp_path: Path) -> None:
    """Opening, reopening or verifying something else says so."""
    for use in (Recording.open, Writer.reopen, verify):
        with pytest.raises(RecordingError, match="is not a recording"):
            use(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be created"):
        drama.begin(tmp_path / "file" / "r")


@pytest.mark.skipif(sys.platform == "win32", reason="no advisory locks there")
def test_two_writers_do_not_meet(tmp_path: Path) -> None:
    """A recording that is being written can't be taken up or overwritten by a second writer."""
    with drama.begin(tmp_path / "r"):
        with pytest.raises(UsageError, match="being written by another process"):
            Writer.reopen(tmp_path / "r")
        with pytest.raises(UsageError, match="being written by another process"):
            drama.begin(tmp_path / "r", overwrite=True)

    Writer.reopen(tmp_path / "r").close()


def test_space_is_checked_first(tmp_path: Path) -> None:
    """A run that can't fit is refused before it starts, also for a folder not made yet."""
    ensure_space(tmp_path / "not" / "yet", 1000)
    with pytest.raises(LimitError, match="MB free"):
        ensure_space(tmp_path / "not" / "yet", 10**18)


def test_the_need_and_the_spare_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What fits twice is not refused; what does not is told what it needs, and what stays free."""
    disk = SimpleNamespace(free=50_000_000)
    monkeypatch.setattr("shutil.disk_usage", lambda place: disk)
    ensure_space(tmp_path, 25_000_000)

    with pytest.raises(LimitError) as refused:
        ensure_space(tmp_path, 30_000_000)
    assert "needs about 30 MB, 30 MB are to stay free besides" in str(refused.value)
    assert "the disk has 50 MB free" in str(refused.value)
    disk.free = 1_060_000_000
    with pytest.raises(LimitError, match="needs about 1,000 MB, 67 MB are to stay free besides"):
        ensure_space(tmp_path, 1_000_000_000)


def test_the_open_segment_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that never seals is stopped before it fills memory."""
    monkeypatch.setattr(limits, "RECORDING_OPEN_BYTES", 100)
    with drama.begin(tmp_path / "r") as writer, pytest.raises(LimitError, match="Seal more often"):
        drama.play(writer, 0, 9)


def test_importing_the_recording_is_cheap() -> None:
    """The command line starts without Arrow, which is loaded when a table is first touched."""
    code = "import sys, affray.record; print('pyarrow' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"
