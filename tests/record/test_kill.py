"""Killed, or out of disk, at any step of writing: what was sealed stays, and the run goes on."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from affray.record import Recording, Writer, verify
from affray.record.disk import SealedFile
from affray.world.errors import LimitError, RecordingError
from tests.record import drama

ROOT = Path(__file__).resolve().parents[2]


class Steps:
    """Counts everything that writing does to the disk, and lets one step fail."""

    def __init__(self, failing: int, code: int) -> None:
        self.taken = 0
        self.failing = failing
        self.code = code

    def take(self) -> None:
        self.taken += 1
        if self.taken == self.failing:
            raise OSError(self.code, os.strerror(self.code))

    def patch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        replace, write, unlink = os.replace, SealedFile.write, Path.unlink

        def counted_replace(source: Any, target: Any) -> None:
            self.take()
            replace(source, target)

        def counted_fsync(_handle: int) -> None:
            self.take()  # and no more: a test need not survive a power cut

        def torn_write(file: SealedFile, data: bytes) -> None:
            write(file, data[: len(data) // 2])
            self.take()
            write(file, data[len(data) // 2 :])

        def counted_unlink(path: Path, missing_ok: bool = False) -> None:
            self.take()
            unlink(path, missing_ok)

        monkeypatch.setattr(os, "replace", counted_replace)
        monkeypatch.setattr(os, "fsync", counted_fsync)
        monkeypatch.setattr(SealedFile, "write", torn_write)
        monkeypatch.setattr(Path, "unlink", counted_unlink)


def sealed_tick(directory: Path) -> int | None:
    """How far a recording is, having checked that it is whole; None before it was begun."""
    if not (directory / "manifest.json").exists():
        return None
    assert verify(directory) == []
    recording = Recording.open(directory)
    assert drama.holds_drama_to(recording, recording.last_tick)
    return recording.last_tick


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_failing_disk_ends_cleanly(pristine: Path, tmp_path: Path, code: int) -> None:
    """Whichever step fails, one sentence says how far the recording is, and it can be resumed."""
    failing, reached = 0, []
    while True:
        failing += 1 if code == errno.ENOSPC else 7
        directory = tmp_path / str(failing)
        with pytest.MonkeyPatch.context() as patch:
            steps = Steps(failing, code)
            steps.patch(patch)
            try:
                drama.record(directory)
                break
            except LimitError as error:
                assert code != errno.EIO
                message = str(error)
            except RecordingError as error:
                assert code == errno.EIO
                message = str(error)
        tick = sealed_tick(directory)
        if tick is None:
            assert "cannot be created" in message
            drama.record(directory)
        else:
            reached.append(tick)
            if "cannot be created" not in message:
                assert ("disk is full" in message) == (code != errno.EIO)
                kept = f"readable up to tick {tick};" if tick >= 0 else "No tick of it is kept yet;"
                assert kept in message
            assert not list(directory.glob("*/*.partial"))
            drama.go_on(directory)
        assert drama.contents(directory) == drama.contents(pristine)

    assert steps.taken < failing  # every step there is has failed once
    assert {-1, 9, 19, 29} <= set(reached) or code != errno.ENOSPC


KILLED_AT_EVERY_STEP = """
import os, sys
from pathlib import Path
import pyarrow.parquet
import pytest
from tests.record import drama, test_kill

class Deadly(test_kill.Steps):
    def take(self):
        self.taken += 1
        if self.taken == self.failing:
            os._exit(9)

drama.record(Path(sys.argv[1]) / "warm")
step, code = 0, 9
while code == 9:
    step += 1
    child = os.fork()
    if child == 0:
        Deadly(step, 0).patch(pytest.MonkeyPatch())
        drama.record(Path(sys.argv[1]) / str(step))
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
print(step, code)
"""


def run_python(code: str, *arguments: str) -> subprocess.Popen[str]:
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", code, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": paths},
    )


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_any_step_it_lacks_at_most_the_open_segment(
    pristine: Path, tmp_path: Path
) -> None:
    """A process that dies within any step, even half-way through a write, loses nothing sealed."""
    output, _ = run_python(KILLED_AT_EVERY_STEP, str(tmp_path)).communicate(timeout=120)
    steps, code = map(int, output.split())
    assert code == 0

    reached = []
    for step in range(1, steps + 1):
        directory = tmp_path / str(step)
        tick = sealed_tick(directory)
        if tick is None:
            drama.record(directory)
        else:
            reached.append(tick)
            drama.go_on(directory)
        assert drama.contents(directory) == drama.contents(pristine)

    assert set(reached) == {-1, 9, 19, 29}


WRITES_UNTIL_KILLED = """
import sys
from pathlib import Path
from tests.record import drama

with drama.begin(Path(sys.argv[1])) as writer:
    for start in range(0, 100_000, 10):
        drama.play(writer, start, start + 10)
        print(writer.sealed_ticks, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
@pytest.mark.parametrize("lines", [2, 7, 20])
def test_killed_while_it_runs(tmp_path: Path, lines: int) -> None:
    """A real SIGKILL in the middle: readable up to what was reported sealed, or further."""
    process = run_python(WRITES_UNTIL_KILLED, str(tmp_path / "r"))
    assert process.stdout is not None
    reported = [int(process.stdout.readline()) for _ in range(lines)]
    process.send_signal(signal.SIGKILL)
    process.communicate()

    recording = Recording.open(tmp_path / "r")

    assert verify(tmp_path / "r") == []
    assert recording.last_tick >= reported[-1]
    assert drama.holds_drama_to(recording, recording.last_tick)
    with Writer.reopen(tmp_path / "r") as writer:
        start = writer.sealed_ticks + 1
        drama.play(writer, start, start + 10)
        writer.finish("done")
    assert drama.holds_drama_to(Recording.open(tmp_path / "r"), start + 9)


def test_leftovers_of_a_kill_are_ignored_and_removed(copy: Path) -> None:
    """Files beyond the manifest do not exist for a reader, and go when writing goes on."""
    leftovers = ["events/000003.parquet", "frames/000003.frames.partial", "manifest.json.partial"]
    for name in leftovers:
        (copy / name).write_bytes(b"torn")
    (copy / "events" / "mine.csv").write_text("a,b")

    assert sealed_tick(copy) == 29
    Writer.reopen(copy).close()

    assert not any((copy / name).exists() for name in leftovers)
    assert (copy / "events" / "mine.csv").exists()


def test_a_failure_behind_surfaces_at_the_next_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run hears of a full disk soon, and nothing more is written."""
    writer = drama.begin(tmp_path / "r")
    drama.play(writer, 0, 10)
    writer.close()
    writer = Writer.reopen(tmp_path / "r")
    writer.append_hash(10, 1)
    with monkeypatch.context() as patch:
        Steps(1, errno.ENOSPC).patch(patch)
        writer.seal(10)
        with pytest.raises(LimitError, match=r"disk is full.*readable up to tick 9"):
            writer.finish("done")

    for late in (lambda: writer.append_hash(11, 1), lambda: writer.seal(11)):
        with pytest.raises(LimitError, match="disk is full"):
            late()
    assert Recording.open(tmp_path / "r").last_tick == 9
