"""The console script as a process: pipes, Ctrl-C, colour, and what a terminal never sees."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.terminal import MAIN, affray, process, start


def test_output_is_plain_in_a_pipe(market: Path, tmp_path: Path) -> None:
    """Nobody who reads a pipe meets colours or progress, whatever the environment asks for."""
    said = process(tmp_path, "run", "duel", "--out", "d", TERM="xterm-256color")
    assert said.code == 0
    assert "\x1b" not in said.out + said.err
    assert "\r" not in said.out + said.err
    assert said.err in ("", "preparing kernels, once on this machine ...\n")


def test_python_m_is_the_same(tmp_path: Path) -> None:
    """Where no console script is on the path, the module is the command."""
    done = subprocess.run(
        [sys.executable, "-m", "affray", "--version"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == affray("--version").out


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="where ulimit -v is heeded")
@pytest.mark.parametrize("megabytes", [300, 500])
def test_too_little_address_space_is_a_limit(tmp_path: Path, megabytes: int) -> None:
    """Libraries would end the process, or say something else; so it is said before they begin."""
    limited = (
        "import resource\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({megabytes << 20}, resource.RLIM_INFINITY))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited + MAIN, "run", "duel", "--out", "d"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 4, done.stderr
    assert done.stderr.startswith("affray: this process may have")
    assert "ulimit -v" in done.stderr


def test_no_color_is_heard(market: Path, tmp_path: Path) -> None:
    """NO_COLOR wins over a terminal that is said to be there."""
    said = process(tmp_path, "info", market, NO_COLOR="1", FORCE_COLOR="1")
    assert "\x1b" not in said.out


def test_tracebacks_can_be_asked_for(tmp_path: Path) -> None:
    """AFFRAY_TRACEBACK=1 shows where an error came from; without it nobody sees one."""
    assert "Traceback" not in process(tmp_path, "info", "nowhere").err
    assert "Traceback" in process(tmp_path, "info", "nowhere", AFFRAY_TRACEBACK="1").err


def test_a_closed_pipe_is_quiet(market: Path, tmp_path: Path) -> None:
    """`affray hash DIR --all | head -1` ends without complaint."""
    running = start(tmp_path, "schema")
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    with running.stderr as stderr:
        assert stderr.read() == ""
    assert running.wait(timeout=60) == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk to write to, as Linux has")
def test_a_full_disk_is_no_bug(tmp_path: Path) -> None:
    """`affray schema > FILE` on a full disk says so, with the exit code of a limit."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        running = start(tmp_path, "schema", into=full)
        _, err = running.communicate(timeout=60)
    assert running.returncode == 4
    assert err == "affray: No space left on device. Free some, or write to another disk\n"


def test_ctrl_c_while_commands_are_loaded(tmp_path: Path) -> None:
    """Before there is anything to guard, it is as plain as later."""
    loading = (
        "import sys\n"
        "class Interrupting:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'typer': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupting())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", loading + MAIN],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (130, "affray: interrupted\n")


def test_next_to_nothing_is_loaded_before_ctrl_c_is_heard() -> None:
    """What the console script imports before it listens is quick: nothing besides affray itself."""
    listening = "import sys; had = {*sys.modules}; import affray.cli; print(*{*sys.modules} - had)"
    done = subprocess.run(
        [sys.executable, "-S", "-c", listening],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(done.stdout.split()) <= {"__future__", "affray", "affray._version", "affray.cli"}


def test_ctrl_c_leaves_a_recording_to_resume(tmp_path: Path) -> None:
    """Interrupted between two ticks: exit code 130, how to go on, and a whole recording."""
    running = start(tmp_path, "run", "press", "--out", "r", "--set", "size=4000")
    deadline = time.monotonic() + 100
    while not list(tmp_path.glob("r/checkpoints/*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)

    assert running.returncode == 130, err
    assert "interrupted; resume with: affray resume r" in err
    assert "Traceback" not in err
    assert "Interrupted after" in out
    assert "whole to tick" in affray("verify", tmp_path / "r").out


def test_an_interrupted_validation_says_where_it_goes_on(tmp_path: Path) -> None:
    """What was fought is kept where --out says, and the same command goes on from there."""
    running = start(tmp_path, "validate", "--only", "square", "--seeds", "200", "--out", "v")
    deadline = time.monotonic() + 100
    while not list(tmp_path.glob("v/runs/*/runs.jsonl")) and time.monotonic() < deadline:
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)

    assert running.returncode == 130, err
    assert err.endswith("affray: interrupted; what was fought is in v; the same command goes on\n")
    assert "not all of its battles were fought" in out
