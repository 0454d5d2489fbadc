"""How commands fail: one plain message with the place and the remedy, and its own exit code."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from tests.cli.terminal import affray
from tests.report.recorded import MARKET

WRONG = MARKET.replace("count: 12", "cuont: 12").replace("weapons: [axe]", "weapons: [axx]")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a sound and a wrong scenario."""
    monkeypatch.chdir(tmp_path)
    Path("market.yaml").write_text(MARKET)
    Path("wrong.yaml").write_text(WRONG)
    return tmp_path


@pytest.mark.parametrize("command", ["check", "run"])
def test_a_wrong_scenario(command: str) -> None:
    """Every problem at its line and column, with the nearest name."""
    err = affray(command, "wrong.yaml", expect=3).err
    assert all(line.startswith("affray: wrong.yaml:") for line in err.splitlines())
    assert "wrong.yaml:" in err
    assert "cuont" in err
    assert "did you mean 'count'" in err
    assert "did you mean 'axe'" in err
    assert not Path("runs").exists()


def test_a_wrong_scenario_as_json() -> None:
    """A script gets the list of problems on stdout, and the same exit code."""
    data = affray("check", "wrong.yaml", "--json", expect=3).data()
    assert data["ok"] is False
    assert len(data["problems"]) >= 2


@pytest.mark.parametrize(
    ("words", "code", "parts"),
    [
        (["run", "canae"], 2, ["canae", "did you mean 'cannae'"]),
        (["run", "nothing.yaml"], 3, ["nothing.yaml", "no such file"]),
        (["run", "market.yaml", "--until", "30"], 2, ["--until 30", "30s or 30min"]),
        (["run", "market.yaml", "--until", "soon"], 2, ["--until soon", "90 s"]),
        (["run", "market.yaml", "--until", "0s"], 2, ["above 0 s"]),
        (["run", "market.yaml", "--record", "all"], 2, ["summary, events, full"]),
        (["run", "market.yaml", "--set", "size"], 3, ["--set size", "path=value"]),
        (["run", "market.yaml", "--set", "units.loms.count=3"], 3, ["loms", "looms"]),
        (["run", "market.yaml", "--set", "size=900000000"], 3, ["8000000"]),
        (["run", "market.yaml", "--out", "market.yaml"], 2, ["market.yaml", "folder"]),
        (["run", "market.yaml", "--out", "."], 2, ["not empty", "another folder"]),
        (["run", "market.yaml", "--seed", "x"], 2, ["--seed"]),
        (["new", "x", "--patterns", "--with-people"], 2, ["exclude each other"]),
        (["new", "no/such name"], 2, ["no/such name"]),
        (["run", "duel", "--out", "market.yaml/d"], 2, ["market.yaml/d", "cannot be created"]),
        (["repeat", "duel", "--seeds", "1", "--out", "market.yaml/d"], 2, ["cannot be kept there"]),
        (["info", "nowhere"], 5, ["nowhere", "not a recording", "no such folder"]),
        (["info", "."], 5, ["not a recording", "no manifest.json"]),
        (["plot", "nowhere"], 5, ["not a recording"]),
        (["hash", "nowhere"], 5, ["not a recording"]),
        (["why", "nowhere", "1"], 5, ["not a recording"]),
        (["witness", "nowhere", "1"], 5, ["not a recording"]),
        (["resume", "nowhere"], 5, ["not a recording"]),
        (["fork", "nowhere", "--at", "1"], 5, ["not a recording"]),
        (["verify", "nowhere"], 5, ["not a recording"]),
        (["repair", "nowhere"], 5, ["not a recording"]),
        (["brew"], 2, ["brew"]),
        (["run", "duel", "--threads", "0"], 2, ["--threads", "'0'", "1 to 256", "all cores"]),
        (["run", "duel", "--seed", "1_0"], 2, ["--seed", "'1_0'", "whole number from 0"]),
        (["run", "duel", "--record", ""], 2, ["summary, events, full"]),
        (["run", "duel", "--until", "2.5"], 2, ["--until 2.5", "2.5s or 2.5min"]),
        (["run", "duel.yaml"], 3, ["no such file", "the bundled battle is called 'duel'"]),
        (["repeat", "duel", "--set", "size=4", "--vary", "size=2,4"], 2, ["both change size"]),
        (["check", "duel", "--set", "powers.none.range=3"], 3, ["--set powers.none.range=3: a p"]),
        (["repeat", "duel", "--jobs", "0"], 2, ["--jobs", "whole number from 1"]),
        (["validate", "--seeds", "1"], 2, ["--seeds", "whole number from 2"]),
        (["validate", "--out", ""], 2, ["--out", "is empty; name a folder"]),
        (["run", "duel", "--out", ""], 2, ["--out", "is empty; name a folder"]),
        (["repeat", "duel", "--out", ""], 2, ["--out", "is empty"]),
        (["new", "x", "--out", ""], 2, ["--out", "is empty; name a file"]),
        (["validate", "--out", "."], 2, ["of no validation", "another folder"]),
        (["info", ""], 2, ["DIR", "is empty; name a recording"]),
        (["audit", ""], 2, ["TELLING", "is empty"]),
    ],
)
def test_errors_name_place_and_remedy(words: list[str], code: int, parts: list[str]) -> None:
    """Whatever a user gets wrong is said plainly, on stderr."""
    said = affray(*words, expect=code)
    assert said.out == ""
    for part in parts:
        assert part in said.err
    assert "bug" not in said.err


@pytest.mark.parametrize(
    ("words", "code", "parts"),
    [
        (["why", "Adda"], 2, ["nobody is called 'Adda'", "Ada"]),
        (["why", "looms"], 2, ["unit of 12 fighters"]),
        (["witness", "99"], 2, ["ids run from 0 to 25"]),
        (["witness", "0", "--from", "9000"], 2, ["9000"]),
        (["witness", "0", "--from", "3s", "--to", "2s"], 2, ["--from 3s --to 2s", "backwards"]),
        (["plot", "--film", "--from", "20", "--to", "10"], 2, ["backwards", "earlier"]),
        (["tell", "--from", "0", "--out", "no/where/t.txt"], 2, ["t.txt", "cannot be written"]),
        (["witness", "0", "--csv", "--json"], 2, ["exclude each other"]),
        (["hash", "--at", "99999"], 2, ["99999", "ticks 0 to"]),
        (["hash", "--at", "1e99s"], 2, ["--at 1e99s:", "ticks 0 to"]),
        (["hash", "--at", "5 m"], 2, ["--at 5 m", "length"]),
        (["hash", "--every", "2", "--all"], 2, ["exclude each other"]),
        (["hash", "--every", "0"], 2, ["--every", "whole number from 1"]),
        (["hash", "--at", "1.5"], 2, ["--at 1.5", "1.5s or 1.5min"]),
        (["plot", "--out", ""], 2, ["--out", "is empty; name a folder"]),
        (["plot", "--film", "--panels", "1"], 2, ["--panels", "from 2 to 48"]),
        (["fork", "--at", "1", "--out", ""], 2, ["--out", "is empty; name a folder"]),
        (["tell", "--from", "0", "--out", ""], 2, ["--out", "is empty; name a file"]),
        (["tell", "--from", "0", "--length", "3"], 2, ["--length", "from 50 to 100000"]),
        (["tell", "--from", "0", "--format", "md", "--json"], 2, ["exclude each other"]),
        (["plot", "--at", "2h"], 2, ["--at", "ticks 0 to"]),
        (["plot", "--out", "map.png"], 2, ["map.png", "name a folder"]),
        (["fork", "--at", "99999"], 2, ["--at 99999", "ticks 0 to"]),
        (["fork", "--at", "10", "--set", "size=9", "--out", "f"], 2, ["Fork at tick 0"]),
        (["resume"], 2, ["this battle is over"]),
    ],
)
def test_errors_about_a_recording(
    market: Path, words: list[str], code: int, parts: list[str]
) -> None:
    """Wrong fighters, ticks and changes get the range or the nearest name."""
    said = affray(words[0], market, *words[1:], expect=code)
    assert said.out == ""
    for part in parts:
        assert part in said.err
    assert "bug" not in said.err


@pytest.mark.parametrize("out", ["no/where/t.txt", "market.yaml/t.txt", "/"])
def test_nobody_is_heard_for_a_telling_that_cannot_be_written(
    market: Path, out: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong --out is said at once, before the battle is gone through anew for its witness."""
    monkeypatch.setattr("affray.testimony.stored.heard", lambda *_, **__: pytest.fail("heard"))
    said = affray("tell", market, "--from", "0", "--anew", "--out", out, expect=2)
    assert "cannot be written" in said.err


@pytest.mark.parametrize("folder", ["testimony", "tellings"])
def test_a_recording_that_can_only_be_read_is_heard_all_the_same(
    market: Path, tmp_path: Path, folder: str
) -> None:
    """What cannot be kept beside it is told all the same; that it cannot be audited is said."""
    copy = Path(shutil.copytree(market, tmp_path / "copy"))
    for name in ("testimony", "tellings"):
        shutil.rmtree(copy / name, ignore_errors=True)
    (copy / folder).write_text("in the way, as a read-only disk would be")
    assert "#0" in affray("witness", copy, 0, "--to", "1s").out
    said = affray("tell", copy, "--from", 0, "--length", 60)
    assert len(said.out.split()) > 20
    assert ("cannot be audited" in said.err) == (folder == "tellings")
    for place in ([], ["--out", tmp_path / "told.txt"]):
        assert affray("tell", copy, "--camera", "5,5", "--length", 60, *place).code == 0


@pytest.mark.parametrize("whom", [["--from", "challenger/1"], ["--chorus"], ["--camera", "5,5"]])
def test_where_there_is_nothing_to_tell_that_is_said(
    whom: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Of a battle that was over before anything reached anybody no empty page is made."""
    folder = tmp_path_factory.getbasetemp() / "over_at_once"
    if not folder.exists():
        affray("run", "duel", "--until", "0.4s", "--out", folder)
    said = affray("tell", folder, *whom, expect=2)
    assert "nothing reached" in said.err
    assert "--from NAME" in said.err
    assert not (folder / "tellings").exists()


def test_a_file_is_left_as_it_is_until_the_telling_is_there(market: Path) -> None:
    """A telling that fails leaves neither an empty file behind nor an older one changed."""
    Path("old.txt").write_text("mine")
    for out in ("old.txt", "new.txt", "new/t.txt"):
        said = affray("tell", market, "--from", "nobody", "--out", out, expect=2)
        assert "nobody is called" in said.err
    assert Path("old.txt").read_text() == "mine"
    assert not Path("new.txt").exists()
    assert not Path("new").exists()


def test_a_battle_by_the_name_of_its_file() -> None:
    """Who leaves out .yaml is told the file's name."""
    assert "the file is called market.yaml" in affray("run", "market", expect=2).err


def test_a_time_too_long_to_run_names_what_is_allowed() -> None:
    """--until says its range on either end."""
    for until in ("1e300", "0s"):
        err = affray("run", "duel", "--until", until, "--out", "d", expect=2).err
        assert "above 0 s, up to 1e+09 s" in err


def test_a_recording_is_not_overwritten_unasked(market: Path) -> None:
    """What is at --out stays, unless --force says otherwise."""
    affray("run", "market.yaml", "--out", "here", "--until", "2s", "--quiet")
    before = affray("hash", "here").out
    assert "--force" in affray("run", "market.yaml", "--out", "here", expect=2).err
    assert affray("hash", "here").out == before
    affray("run", "market.yaml", "--out", "here", "--until", "4s", "--quiet", "--force")
    assert affray("hash", "here").out != before


def test_no_events_no_causes() -> None:
    """A recording without events says how to get some."""
    affray("run", "market.yaml", "--out", "few", "--until", "2s", "--record", "summary", "--quiet")
    assert "--record events" in affray("why", "few", "0", expect=2).err


def test_a_bug_is_called_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody foresaw is one line that says so, and how to see where."""

    def broken(*_: object) -> None:
        raise KeyError("something")

    monkeypatch.setattr("affray.scenario.bundled", broken)
    err = affray("list", expect=70).err
    assert err.count("\n") == 1
    assert "KeyError: 'something'" in err
    assert "bug in affray; AFFRAY_TRACEBACK=1" in err


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (MemoryError(), "out of memory; run a smaller battle"),
        (OSError(errno.ENOSPC, "No space left on device"), "No space left on device. Free some"),
        (OSError(errno.EFBIG, "File too large"), "File too large. Free some"),
    ],
)
def test_what_runs_out_is_a_limit(
    monkeypatch: pytest.MonkeyPatch, fault: Exception, says: str
) -> None:
    """Want of memory or disk, wherever it is met, is no bug: exit code 4."""

    def wanting(*_: object) -> None:
        raise fault

    monkeypatch.setattr("affray.scenario.bundled", wanting)
    err = affray("list", expect=4).err
    assert says in err
    assert "bug" not in err


def test_a_full_disk_is_a_limit_wherever_one_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scenario, a picture: a full disk ends with 4, a folder that is not there with 2."""

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    assert "cannot be written" in affray("new", "b", "--out", "no/b.yaml", expect=2).err
    monkeypatch.setattr(Path, "open", full)
    assert "b.yaml: cannot be written: No space" in affray("new", "b", expect=4).err


def test_memory_that_runs_out_in_a_run_leaves_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was fought is kept, and the message says how to go on with it."""

    def wanting(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr("affray.engine.tick.Engine.tick", wanting)
        err = affray("run", "market.yaml", "--out", "part", "--quiet", expect=4).err
    assert "out of memory" in err
    assert "affray resume part" in err
    with monkeypatch.context() as patch:
        patch.setattr("affray.run.course.Course.begin", wanting)
        affray("run", "market.yaml", "--out", "none", "--quiet", expect=4)
    for words in (("verify", "none"), ("repair", "none")):
        assert "whole, and no tick is in it" in affray(*words).out
    assert "it holds no tick yet" in affray("witness", "none", 0, expect=2).err
    affray("resume", "part", "--quiet", "--until", "2s")
