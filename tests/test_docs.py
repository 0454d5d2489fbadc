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


def shortened(words: list[str]) -> list[str]:
    """A command of the README, on a smaller battle or on fewer of them."""
    if words[:2] == ["run", "press"]:
        return ["run", "press", "--set", "size=200", "--until", "2s"]
    if words[0] == "repeat":
        at = words.index("--seeds") + 1
        return [*words[:at], "2", *words[at + 1 :]]
    return words


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which somebody who has nothing else walked the README from top to bottom; each
    command did what it is to do.
    """
    folder = tmp_path_factory.mktemp("walk")
    with contextlib.chdir(folder):
        for _, *words in commands(PAGES[0]):
            command_line(*shortened(words))
    return folder


def outputs(command: str) -> list[str]:
    """The recordings that the commands of that name in the README say they write."""
    named = [words for words in commands(PAGES[0]) if words[1] == command and "--out" in words]
    return [words[words.index("--out") + 1] for words in named]


def test_commands_in_the_readme_work_in_order(walked: Path) -> None:
    """Walked in order they leave every recording that they name."""
    assert len(commands(PAGES[0])) > 10
    for name in outputs("run") + outputs("fork"):
        assert affray.open(walked / name).tick > 0


def test_forks_in_the_readme_change_something(walked: Path) -> None:
    """Each fork shown ends otherwise than its parent, for that is what it is shown for."""
    assert outputs("fork")
    before = affray.open(walked / "my_battle.affray")
    for name in outputs("fork"):
        after = affray.open(walked / name)
        assert (after.tick, after.hash()) != (before.tick, before.hash()), name


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
