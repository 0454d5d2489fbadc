"""The table of docs/systems.md is true: its rows, their modules and their tests exist."""

from __future__ import annotations

import re
from pathlib import Path

import affray

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(affray.__file__).parent
HERE = Path(__file__).parent
ROWS = 92
STATES = ("works", "people and powers", "telling")


def table() -> dict[str, dict[str, str]]:
    """The rows of the table by number, their cells by heading."""
    text = (ROOT / "docs" / "systems.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    heading, *rows = cells
    return {row[0]: dict(zip(heading, row, strict=True)) for row in rows}


def written_tests() -> dict[str, set[str]]:
    """Tests of each row, as the table writes them."""
    found: dict[str, set[str]] = {}
    for path in HERE.glob("test_*.py"):
        for name in re.findall(r"^def (test_s\d\d_\w+)", path.read_text(encoding="utf-8"), re.M):
            found.setdefault(f"S{name[6:8]}", set()).add(f"{path.name}::{name}")
    return found


def named(cell: str) -> set[str]:
    """What stands in backquotes."""
    return set(re.findall(r"`([^`]+)`", cell))


def test_every_mechanism_has_one_row() -> None:
    """All of them, in order, each with a state that a reader is told of."""
    rows = table()
    assert list(rows) == [f"S{number:02d}" for number in range(1, ROWS + 1)]
    assert {row["State"] for row in rows.values()} <= set(STATES)


def test_every_row_names_its_tests() -> None:
    """All tests of a mechanism stand in its row, and only rows with tests are said to work."""
    tests = written_tests()
    for number, row in table().items():
        assert named(row["Test"]) == tests.get(number, set()), number
        assert (row["State"] == "works") == (number in tests), number


def test_every_row_that_works_names_its_modules() -> None:
    """The files exist."""
    for number, row in table().items():
        modules = named(row["Module"])
        assert (row["State"] == "works") == bool(modules), number
        missing = [module for module in modules if not (PACKAGE / module).is_file()]
        assert not missing, (number, missing)
