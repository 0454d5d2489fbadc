"""A repeated battle: the same rows however it is fought, nothing lost, nothing doubled."""

from __future__ import annotations

import copy
import errno
import json
import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import affray
from affray.study import ledger, plan
from affray.study import repeat as fight_all
from tests.cli.terminal import affray as command_line
from tests.cli.terminal import start
from tests.run.fights import skirmish

SEEDS = 6


@pytest.fixture
def here() -> Iterator[Executor]:
    """An executor in this process: quick, since everything is compiled and loaded already."""
    with ThreadPoolExecutor(2) as threads:
        yield threads


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The skirmish as a file."""
    path = tmp_path_factory.mktemp("paper") / "skirmish.yaml"
    path.write_text(affray.Scenario(skirmish()).yaml())
    return path


@pytest.fixture(scope="module")
def expected(paper: Path) -> list[dict[str, Any]]:
    """The rows of the skirmish under seeds 1 to ``SEEDS``, fought one after the other."""
    with ThreadPoolExecutor(1) as one:
        return affray.repeat(paper, SEEDS, executor=one).to_pylist()


def kept_lines(folder: Path) -> int:
    """Runs that are sealed in the folder of a study."""
    path = folder / ledger.LINES
    return path.read_bytes().count(b"\n") if path.exists() else 0


def test_a_row_is_what_a_recorded_run_comes_to(
    paper: Path, expected: list[dict[str, Any]], tmp_path: Path
) -> None:
    """The same end, hash, moment and counts as ``affray run`` of that seed."""
    for row in expected:
        summary = affray.load(paper).run(seed=row["seed"], threads=1).summary()
        assert row["hash"] == summary.hash
        assert row["ended"] == summary.ended
        assert row["duration_s"] == pytest.approx(summary.last_tick * summary.dt_s)
        first = summary.first_break
        at_s = None if first is None else pytest.approx(first.tick * summary.dt_s)
        assert row["first_break_s"] == at_s
        steady = [side.name for side in summary.sides if side.steady > 0]
        assert row["holder"] == (steady[0] if len(steady) == 1 else None)
        for side in summary.sides:
            of_side = {name: row[f"{side.name}.{name}"] for name in ("dead", "down", "left")}
            assert of_side == {"dead": side.dead, "down": side.down, "left": side.left}
            assert row[f"{side.name}.started"] == side.started
            assert row[f"{side.name}.standing"] == side.steady
            assert row[f"{side.name}.wounded"] == side.wounded


def test_the_dead_before_the_break_are_counted_when_it_happens(
    expected: list[dict[str, Any]],
) -> None:
    """A side that broke had at most its dead of the end by then; one that did not, all of them."""
    broke = 0
    for row in expected:
        for side in ("red", "blue"):
            dead, before = row[f"{side}.dead"], row[f"{side}.dead_before"]
            if row[f"{side}.broke_s"] is None:
                assert before == dead
            else:
                broke += 1
                assert before <= dead
                assert row["first_break_s"] <= row[f"{side}.broke_s"] <= row["duration_s"]
    assert broke > 0


def test_processes_find_the_same_rows(paper: Path, expected: list[dict[str, Any]]) -> None:
    """Several worker processes come to the rows of one thread, in the same order."""
    assert affray.repeat(paper, SEEDS, jobs=3).to_pylist() == expected


def test_a_killed_worker_loses_and_doubles_nothing(
    paper: Path, expected: list[dict[str, Any]], tmp_path: Path
) -> None:
    """Workers killed in the middle: others take over, and the table is as without that."""
    killed = []

    def kill(done: int, *_: object) -> None:
        if len(killed) < 2:
            worker = multiprocessing.active_children()[0]
            os.kill(worker.pid or 0, signal.SIGKILL)
            killed.append(done)

    table = affray.repeat(paper, SEEDS, jobs=2, out=tmp_path / "s", progress=kill)
    assert len(killed) == 2
    assert table.to_pylist() == expected
    assert kept_lines(tmp_path / "s") == SEEDS


def die(*_: object) -> None:
    """A worker's beginning that is its end."""
    os._exit(9)


def test_workers_that_always_die_end_the_study(paper: Path, monkeypatch: Any) -> None:
    """No endless loop: after a few deaths in a row it says what was fought, and what to try."""
    from affray.study import work

    monkeypatch.setattr(work, "_begin", die)
    with pytest.raises(affray.LimitError, match=r"killed 3 times .* seed 1 .* fewer jobs"):
        affray.repeat(paper, 2, jobs=1)


def test_a_killed_study_goes_on(
    paper: Path, expected: list[dict[str, Any]], tmp_path: Path
) -> None:
    """SIGKILL in the middle, and a torn last line: the same command fights what is missing."""
    words = ("repeat", paper, "--seeds", SEEDS, "--out", "s", "--jobs", 1)
    running = start(tmp_path, *words)
    deadline = time.monotonic() + 100
    while kept_lines(tmp_path / "s") < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    workers = children_of(running.pid)
    running.kill()
    running.communicate()
    done = kept_lines(tmp_path / "s")
    assert done >= 2
    with (tmp_path / "s" / ledger.LINES).open("ab") as lines:
        lines.write(b'0badbad0 {"variation": 0, "seed"')

    said = command_line(*words[:-4], "--out", tmp_path / "s", "--json")

    assert said.data()["done"] == SEEDS
    assert pq.read_table(tmp_path / "s" / ledger.TABLE).to_pylist() == expected
    assert kept_lines(tmp_path / "s") == SEEDS
    while any(map(alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(alive, workers))


def children_of(process: int) -> list[int]:
    """Processes that a process has started, where the system tells."""
    path = Path(f"/proc/{process}/task/{process}/children")
    return [int(child) for child in path.read_text().split()] if path.exists() else []


def alive(process: int) -> bool:
    """Whether there is such a process, and it is not only waiting to be forgotten."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False


def test_ctrl_c_keeps_what_is_done(
    paper: Path, expected: list[dict[str, Any]], tmp_path: Path
) -> None:
    """Interrupted: exit code 130, how to go on, a table of what is done; then the rest follows."""
    words = ("repeat", paper, "--seeds", 500, "--out", "s", "--jobs", 2)
    running = start(tmp_path, *words)
    deadline = time.monotonic() + 100
    while kept_lines(tmp_path / "s") < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=60)
    assert running.returncode == 130, err
    assert "the same command goes on" in err
    assert "Traceback" not in err
    table = pq.read_table(tmp_path / "s" / ledger.TABLE)
    assert 2 <= table.num_rows == kept_lines(tmp_path / "s") < 500
    known = {row["seed"]: row for row in expected}
    assert all(row == known[row["seed"]] for row in table.to_pylist() if row["seed"] in known)


def test_what_is_done_is_not_fought_again(paper: Path, tmp_path: Path, here: Executor) -> None:
    """The same call with the same folder only reads; stopped early, it fights the rest."""
    asked = plan(affray.load(paper).model, 4)
    done: list[int] = []

    def note(now: int, *_: object) -> None:
        done.append(now)

    first = fight_all(
        asked, out=tmp_path, executor=here, progress=note, stop=lambda: len(done) >= 2
    )
    assert 2 <= first.num_rows < 4
    again = fight_all(asked, out=tmp_path, executor=here, progress=note)
    assert done == [1, 2, 3, 4]
    assert fight_all(asked, out=tmp_path, executor=here, progress=note) == again
    assert done == [1, 2, 3, 4]


def test_more_seeds_join_those_that_are_done(
    expected: list[dict[str, Any]], paper: Path, tmp_path: Path, here: Executor
) -> None:
    """The same study under more seeds fights only those; the folder's table has all of them."""
    model = affray.load(paper).model
    told: list[tuple[int, int]] = []

    def note(done: int, of: int, _: float, found: int) -> None:
        assert found == 3
        told.append((done, of))

    fight_all(plan(model, "2-4"), out=tmp_path, executor=here)
    more = fight_all(plan(model, SEEDS), out=tmp_path, executor=here, progress=note)
    assert told == [(4, 6), (5, 6), (6, 6)]
    assert more.to_pylist() == expected
    assert kept_lines(tmp_path) == SEEDS

    few = fight_all(plan(model, "2,5"), out=tmp_path, executor=here, progress=note)
    assert few.to_pylist() == [expected[1], expected[4]]
    assert pq.read_table(tmp_path / ledger.TABLE).to_pylist() == expected


def test_every_combination_is_fought(paper: Path, here: Executor) -> None:
    """Two varied paths under a change: a full factorial, each cell under each seed."""
    table = affray.repeat(
        paper, "3,8-9", set={"units.swords.count": 9}, executor=here,
        vary={"units.spears.count": [5, 10], "field.light": ["1", "40 %"]},
    )  # fmt: skip
    cells = list(
        zip(
            table["units.spears.count"].to_pylist(),
            table["field.light"].to_pylist(),
            table["seed"].to_pylist(),
            strict=True,
        )
    )
    wanted = [(n, li, s) for n in (5.0, 10.0) for li in ("1", "40 %") for s in (3, 8, 9)]
    assert cells == wanted
    assert table["red.started"].to_pylist() == [14] * 6 + [19] * 6
    assert set(table["blue.started"].to_pylist()) == {12}
    assert len(set(table["digest"].to_pylist())) == 4


def test_a_cell_is_the_battle_with_that_change(paper: Path, here: Executor) -> None:
    """What is varied is what ``--set`` would have set."""
    table = affray.repeat(paper, [5], vary={"field.light": [0.3]}, executor=here)
    run = affray.load(paper, set={"field.light": 0.3}).run(seed=5, threads=1)
    assert table["hash"].to_pylist() == [f"{run.hash():016x}"]


@pytest.mark.parametrize(
    ("vary", "said"),
    [
        ("units.nobody.count=1,2", "--vary units.nobody.count=1: there is no 'nobody' in units"),
        ("field.lihgt=1,2", "did you mean 'light'"),
        ("field.light=0.5,7", "7 is outside what is allowed: 0 to 1"),
        ("field.light", "write it as path=a,b,c"),
        ("field.light=1,,2", "a value is missing between two commas"),
        ("seed=1,2", "the seeds of a study are given as seeds"),
        ("size=20,20.0", "come to the same battle"),
        (
            "sides=[{name: red}, {name: blue}],[{name: red}, {name: blue}, {name: green}]",
            "red, blue, green in another; vary what leaves the sides of a study the same",
        ),
    ],
)
def test_a_wrong_path_or_value_is_named(paper: Path, vary: str, said: str) -> None:
    """Before anything is fought, the path and the value that are wrong are said."""
    code = 3 if "--vary units" in said or "mean" in said or "outside" in said else 2
    assert said in command_line("repeat", paper, "--vary", vary, expect=code).err


@pytest.mark.parametrize("seeds", ["0", "", "a", "9-3", "-1", "1;2", "1e3"])
def test_wrong_seeds_are_named(paper: Path, seeds: str) -> None:
    """What is no seed is refused, with the text that was given."""
    assert f"seeds {seeds}" in command_line("repeat", paper, "--seeds", seeds, expect=2).err


def test_a_list_is_one_value(paper: Path) -> None:
    """Commas within brackets and quotes part nothing."""
    from affray.study import varied

    assert varied(["field.size=[40, 26],[50, 30]", 'title="a, b",c']) == {
        "field.size": ("[40, 26]", "[50, 30]"),
        "title": ('"a, b"', "c"),
    }


def test_another_study_is_refused(paper: Path, tmp_path: Path, here: Executor) -> None:
    """A folder goes on by its own command only; what differs is said, and nothing is touched."""
    folder = tmp_path / "s"
    affray.repeat(paper, 2, out=folder, executor=here)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    for change, said in (
        ({"vary": {"field.light": [1]}}, "other values varied"),
        ({"set": "field.light=0.5"}, "other changes to the scenario"),
        ({"jitter": 0.2}, "another jitter"),
    ):
        with pytest.raises(affray.UsageError, match=said):
            affray.repeat(paper, **{"seeds": 2, "out": folder, "executor": here} | change)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_other_rules_are_refused(paper: Path, tmp_path: Path, here: Executor) -> None:
    """Runs under two sets of rules never mix in one table."""
    affray.repeat(paper, 2, out=tmp_path, executor=here)
    asked = json.loads((tmp_path / ledger.ASKED).read_text())
    asked |= {"rules_digest": "0" * 16}
    (tmp_path / ledger.ASKED).write_text(json.dumps(asked))
    with pytest.raises(affray.UsageError, match="other rules"):
        affray.repeat(paper, 2, out=tmp_path, executor=here)


def test_a_study_that_could_not_begin_can_be_begun_again(
    paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk leaves nothing held: when there is room, the same process goes on."""
    asked = plan(affray.load(paper).model, 1)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "write_sealed", full)
        with pytest.raises(affray.LimitError, match="No space left"):
            ledger.Ledger(tmp_path / "s", asked)
    with ledger.Ledger(tmp_path / "s", asked) as kept:
        assert kept.rows == {}


def test_a_study_without_room_says_so_and_goes_on(
    paper: Path, tmp_path: Path, here: Executor
) -> None:
    """Whether it is a run or the table that cannot be written: what is safe stays so."""
    resource = pytest.importorskip("resource")
    folder = tmp_path / "s"
    expected = affray.repeat(paper, 2, out=folder, executor=here)
    lines = (folder / ledger.LINES).read_bytes()
    first = lines.index(b"\n") + 1
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    for room, safe in ((first + 100, "1 run is"), (len(lines), "2 runs are")):
        (folder / ledger.LINES).write_bytes(lines[:first])
        (folder / ledger.TABLE).unlink()
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
        try:
            with pytest.raises(affray.LimitError, match=f"{safe} safe"):
                affray.repeat(paper, 2, out=folder, executor=here)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert not (folder / ledger.TABLE).exists()
        assert affray.repeat(paper, 2, out=folder, executor=here) == expected


def test_a_foreign_folder_is_left_alone(paper: Path, tmp_path: Path, here: Executor) -> None:
    """No study is begun amid somebody's files, or by two at a time."""
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(affray.UsageError, match="no study"):
        affray.repeat(paper, 1, out=tmp_path, executor=here)
    asked = plan(affray.load(paper).model, 1)
    with (
        ledger.Ledger(tmp_path / "s", asked),
        pytest.raises(affray.UsageError, match="another process"),
    ):
        affray.repeat(paper, 1, out=tmp_path / "s", executor=here)


@pytest.mark.usefixtures("in_threads")
def test_the_default_folder_is_that_of_the_command(
    paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without --out the same command finds its runs again, also with other seeds; another battle
    has a folder of its own.
    """
    monkeypatch.chdir(tmp_path)
    first = command_line("repeat", paper, "--seeds", 2, "--jobs", 1)
    assert "skirmish: 2 of 2 runs" in first.out.replace("(skirmish)", "skirmish")
    assert "held the field: " in first.out
    assert command_line("repeat", paper, "--seeds", 2, "--jobs", 1).out == first.out
    command_line("repeat", paper, "--seeds", 1, "--jobs", 1, "--quiet")
    assert len(list((tmp_path / "runs").iterdir())) == 1
    command_line("repeat", paper, "--seeds", 1, "--set", "size=20", "--quiet")
    assert len(list((tmp_path / "runs").iterdir())) == 2


def test_an_error_crosses_processes_whole() -> None:
    """A scenario error raised in a worker still has each of its problems in the parent."""
    assert copy.copy(affray.ScenarioError(["one", "two"])).problems == ["one", "two"]
