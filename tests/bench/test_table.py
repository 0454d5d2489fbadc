"""What the benchmark promises to measure, and how it says what it measured."""

from __future__ import annotations

import csv
import io

import pytest

from bench.__main__ import MEASUREMENTS
from bench.sample import Sample, in_turns, slope
from bench.table import COLUMNS, PROMISED, Table, figure, promised, to_csv, to_markdown


def full_table() -> Table:
    """A table with every promised row just at its floor, one of them not measured."""
    table = Table(["a machine"])
    for name, (_, _, bound) in PROMISED.items():
        table.rows.append(promised(name, Sample((bound.floor,) * 3)))
    table.rows[-1] = promised("hash", None, "why not")
    table.rows.append(figure("phases", "live", "ns", Sample((1.0, 2.0, 4.0)), "1 | 2"))
    return table


def test_every_promised_row_is_measured_once() -> None:
    """Every row that the issue's table has is filled by exactly one measurement."""
    filled = [name for names in MEASUREMENTS for name in names]
    assert len(filled) == len(set(filled))
    assert set(PROMISED) <= set(filled)


def test_the_csv_says_all() -> None:
    """The CSV parses, has every row and column, and a skipped row says so."""
    lines = list(csv.DictReader(io.StringIO(to_csv(full_table()))))
    assert [line["row"] for line in lines] == [*PROMISED, "phases"]
    assert all(set(line) == set(COLUMNS) for line in lines)
    skipped = lines[len(PROMISED) - 1]
    assert (skipped["verdict"], skipped["measured"]) == ("skipped", "")
    assert float(lines[-1]["measured"]) == 2.0


def test_the_markdown_has_a_line_a_row() -> None:
    """Every promised row stands in the first table of the Markdown."""
    text = to_markdown(full_table())
    for what, _, _ in PROMISED.values():
        assert f"| {what} |" in text


@pytest.mark.parametrize(
    ("row", "value", "verdict"),
    [
        ("peer-10k", 15.0, "goal"),
        ("peer-10k", 6.0, "floor"),
        ("peer-10k", 5.9, "short"),
        ("memory", 300.0, "goal"),
        ("memory", 301.0, "floor"),
        ("memory", 401.0, "short"),
    ],
)
def test_verdicts(row: str, value: float, verdict: str) -> None:
    """More is better for speed, less for memory."""
    assert promised(row, Sample((value,))).verdict == verdict


def test_rounds_are_taken_in_turns() -> None:
    """A B, B A, A B: whatever slows the machine down slows both; ratios are round by round."""
    order: list[str] = []

    def part(name: str, value: float) -> float:
        order.append(name)
        return value

    taken = in_turns({"a": lambda: part("a", 6.0), "b": lambda: part("b", 2.0)}, 3)
    assert "".join(order) == "abbaab"
    assert taken["a"].over(taken["b"]).values == (3.0, 3.0, 3.0)


def test_slope_is_the_exponent_of_a_power_law() -> None:
    """Time that grows as the square of the size has exponent 2."""
    assert slope([(n, 3.0 * n * n) for n in (10, 100, 1000)]) == pytest.approx(2.0)
