"""What is written for readers holds: generated files are up to date, commands and snippets run."""

from __future__ import annotations

import contextlib
import io
import re
import runpy
import shlex
from pathlib import Path

import pytest

import affray
from affray.scenario import load, mutability_of, set_paths
from docs.generate import PICTURE, ROOT, generated
from tests.cli.terminal import affray as command_line

PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
README = PAGES[0].read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
PICTURE_BYTES = 300_000


def blocks(page: Path, language: str) -> list[str]:
    """The blocks of code in that language on a page."""
    found = BLOCK.findall(page.read_text(encoding="utf-8"))
    return [text for named, text in found if named == language]


def commands(page: Path) -> list[list[str]]:
    """Every affray command in the plain blocks of a page, without its comment."""
    lines = [line for block in blocks(page, "") for line in block.splitlines()]
    return [shlex.split(line, comments=True) for line in lines if line.startswith("affray ")]


@pytest.mark.parametrize("path", generated(), ids=lambda path: path.name)
def test_generated_files_are_up_to_date(path: Path) -> None:
    """A page made from the code says what the code says now; `make docs` writes it."""
    assert path.read_text(encoding="utf-8") == generated()[path], "make docs"


def test_commands_in_the_readme_work_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The README walked from top to bottom, in one folder, by somebody who has nothing else."""
    monkeypatch.chdir(tmp_path)
    walked = commands(PAGES[0])
    assert len(walked) > 10
    for _, *words in walked:
        if words[:2] == ["run", "press"]:
            words = ["run", "press", "--set", "size=200", "--until", "2s"]
        said = command_line(*words)
        assert said.code == 0, f"affray {shlex.join(words)}: {said.err}"


def test_forks_in_the_readme_change_something(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each fork shown ends otherwise than its parent, for that is what it is shown for."""
    monkeypatch.chdir(tmp_path)
    walked = [words[1:] for words in commands(PAGES[0])]
    for words in walked:
        if words[0] == "new" or (words[0] == "run" and "my_battle.affray" in words):
            command_line(*words)
    forks = [words for words in walked if words[0] == "fork"]
    assert forks
    before = affray.open("my_battle.affray")
    for words in forks:
        assert command_line(*words).code == 0
        after = affray.open(words[words.index("--out") + 1])
        assert (after.tick, after.hash()) != (before.tick, before.hash()), words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_paths_that_are_set_exist(page: Path) -> None:
    """Whatever a page sets by path is in the schema, also where its command is not run."""
    for words in commands(page):
        sets = [words[at + 1] for at, word in enumerate(words) if word == "--set"]
        for path in set_paths(sets):
            assert mutability_of(path) in ("live", "start")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_snippets_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every snippet of Python on a page runs by itself."""
    monkeypatch.chdir(tmp_path)
    for number, snippet in enumerate(blocks(page, "python")):
        file = tmp_path / f"snippet_{number}.py"
        file.write_text(snippet, encoding="utf-8")
        with contextlib.redirect_stdout(io.StringIO()):
            runpy.run_path(str(file))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_resolve(page: Path) -> None:
    """Every link within the project leads somewhere."""
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    lost = [
        target for target in targets if "://" not in target and not (page.parent / target).exists()
    ]
    assert not lost


def test_every_battle_is_described() -> None:
    """docs/battles.md has a row for every bundled battle, with its number of fighters."""
    table = (ROOT / "docs" / "battles.md").read_text(encoding="utf-8")
    for name in affray.bundled():
        assert f"| `{name}` | {load(name).fighters():,} |" in table


def test_exit_codes_are_listed() -> None:
    """The README lists every exit code that an error of ours has."""
    listed = {
        int(code) for code in re.findall(r"(?<!\S)(\d+) [a-z]", README.split("Exit codes:")[1])
    }
    for error in affray.AffrayError.__subclasses__():
        assert error.exit_code in listed, error.__name__


def test_the_picture_is_small() -> None:
    """Whoever clones the project does not wait for pictures."""
    assert sum(path.stat().st_size for path in PICTURE.parent.iterdir()) <= PICTURE_BYTES


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.py")), ids=lambda p: p.stem)
def test_examples_run(
    path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each example runs as it stands and has something to say."""
    if path.stem == "events_as_tables":
        pytest.importorskip("duckdb")
    monkeypatch.setattr("sys.argv", [str(path), "4"])
    runpy.run_path(str(path), run_name="__main__")
    assert capfd.readouterr().out.count("\n") >= 2
