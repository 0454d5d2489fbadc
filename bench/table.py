"""The table: what was measured beside the floor and the goal it is held against.

Written three ways: to the terminal, as CSV (one line a row, for scripts), as Markdown.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from bench.sample import Sample

COLUMNS = (
    "row", "what", "unit", "measured", "low", "high", "rounds", "floor", "goal", "verdict",
    "full_size", "note",
)  # fmt: skip

MET_GOAL = "goal"
MET_FLOOR = "floor"
SHORT = "short"
SHOWN = "shown"
SKIPPED = "skipped"


@dataclass(frozen=True)
class Bound:
    """What a row is held against: ``more`` is better, or less."""

    floor: float
    goal: float
    more: bool = False

    def verdict(self, value: float) -> str:
        """How far ``value`` comes: goal, floor or short."""
        if value >= self.goal if self.more else value <= self.goal:
            return MET_GOAL
        if value >= self.floor if self.more else value <= self.floor:
            return MET_FLOOR
        return SHORT


ABOUT = """\
Written by `make bench`. Figures hold for one machine and one hour; ratios, whose halves are
measured in turns, travel farther. *goal* and *floor* name what a row reaches, *short* that it
reaches neither, *skipped* that it could not be measured here. `python -m bench --quick` takes a
minute or two, `--only ROW` one row."""

# The rows that were promised, in order; each run says something of every one of them.
PROMISED: dict[str, tuple[str, str, Bound]] = {
    "peer-10k": ("press at 10k, 2 threads, vs magent2 observation + step", "×", Bound(6, 15, True)),
    "peer-100k": ("press at 100k, 2 threads, vs the same", "×", Bound(25, 50, True)),
    "million": ("1M fighters, 0.2 s tick, events recorded", "× real time", Bound(0.8, 1.5, True)),
    "growth": ("growth of time per fighter and tick, 10k to 1M", "exponent", Bound(1.08, 1.03)),
    "threads": ("1 → 2 threads at 1M", "×", Bound(1.7, 1.9, True)),
    "memory": ("memory per fighter, everything", "bytes", Bound(400, 300)),
    "small": ("cost per tick of a battle of 200, 1 thread", "µs", Bound(400, 150)),
    "recording": ("recording's cost at 100k, events level", "% of run time", Bound(20, 8)),
    "cold": ("cold compile of all that `affray run` needs", "s", Bound(25, 12)),
    "warm": ("warm `affray run duel`, whole process", "s", Bound(1.5, 0.8)),
    "help": ("`affray --help`, whole process", "s", Bound(0.4, 0.2)),
    "testimony": ("testimony of one witness / the run it re-runs", "×", Bound(1.2, 1.1)),
    "telling": ("3,000 words from stored testimony, warm", "s", Bound(2.0, 1.0)),
    "hash": ("hash, of a tick", "% of tick", Bound(3, 3)),
}


@dataclass(frozen=True)
class Row:
    """One line: a promised row (``row`` in PROMISED), or a figure that stands behind one.

    ``sample`` is None when it could not be measured; ``note`` then says why. ``full_size`` is
    False when a smaller battle stood in for the one that the row names.
    """

    row: str
    what: str
    unit: str
    sample: Sample | None
    bound: Bound | None = None
    note: str = ""
    full_size: bool = True

    @property
    def verdict(self) -> str:
        """goal, floor, short; shown (held against nothing); skipped."""
        if self.sample is None:
            return SKIPPED
        if self.bound is None:
            return SHOWN
        return self.bound.verdict(self.sample.median)


def promised(row: str, sample: Sample | None, note: str = "", full_size: bool = True) -> Row:
    """A promised row with its measurement."""
    what, unit, bound = PROMISED[row]
    return Row(row, what, unit, sample, bound, note, full_size)


def figure(row: str, what: str, unit: str, sample: Sample, note: str = "") -> Row:
    """A figure that stands behind the promised row ``row``."""
    return Row(row, what, unit, sample, None, note)


@dataclass
class Table:
    """All rows of a run, and what machine and mode they were measured on and in."""

    head: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def bounded(self) -> list[Row]:
        """The promised rows, in the order of the promise."""
        order = list(PROMISED)
        return sorted((r for r in self.rows if r.bound), key=lambda r: order.index(r.row))

    @property
    def shown(self) -> list[Row]:
        """The figures behind them."""
        return [row for row in self.rows if not row.bound]


def number(value: float) -> str:
    """A number with three digits that count."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    digits = 2 if abs(value) >= 1 else 3
    return f"{value:.{1 if abs(value) >= 10 else digits}f}"


def measured(row: Row) -> str:
    """``median (low – high)``, or a dash."""
    if row.sample is None:
        return "–"
    middle = number(row.sample.median)
    if len(row.sample.values) == 1:
        return f"{middle} {row.unit}"
    return f"{middle} ({number(row.sample.low)} – {number(row.sample.high)}) {row.unit}"


def limits(row: Row) -> tuple[str, str]:
    """Floor and goal in words."""
    if row.bound is None:
        return "", ""
    sign = "≥" if row.bound.more else "≤"
    return f"{sign} {row.bound.floor:g}", f"{sign} {row.bound.goal:g}"


def verdict(row: Row) -> str:
    """The verdict, marked where a smaller battle stood in."""
    return row.verdict if row.full_size or row.sample is None else f"{row.verdict} (small)"


def to_csv(table: Table) -> str:
    """All rows, one line each."""
    out = io.StringIO()
    lines = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    lines.writeheader()
    for row in [*table.bounded, *table.shown]:
        s, b = row.sample, row.bound
        lines.writerow(
            {
                "row": row.row,
                "what": row.what,
                "unit": row.unit,
                "measured": f"{s.median:.6g}" if s else "",
                "low": f"{s.low:.6g}" if s else "",
                "high": f"{s.high:.6g}" if s else "",
                "rounds": len(s.values) if s else 0,
                "floor": b.floor if b else "",
                "goal": b.goal if b else "",
                "verdict": row.verdict,
                "full_size": int(row.full_size),
                "note": row.note,
            }
        )
    return out.getvalue()


def to_markdown(table: Table) -> str:
    """The same for people, with the machine above and the notes below."""
    lines = ["# Benchmark", "", ABOUT, "", *[f"- {line}" for line in table.head], ""]
    lines += ["| what | measured | floor | goal | verdict |", "|---|---|---|---|---|"]
    for row in table.bounded:
        floor, goal = limits(row)
        lines.append(f"| {row.what} | {measured(row)} | {floor} | {goal} | {verdict(row)} |")
    notes = [f"- **{row.what}**: {row.note}" for row in table.bounded if row.note]
    if notes:
        lines += ["", "## Notes", "", *notes]
    if table.shown:
        lines += ["", "## Behind the table", "", "| row | what | measured | note |"]
        lines.append("|---|---|---|---|")
        for row in table.shown:
            lines.append(f"| {row.row} | {row.what} | {measured(row)} | {row.note} |")
    return "\n".join(lines) + "\n"


def show(table: Table) -> None:
    """The tables on the terminal."""
    from rich.console import Console
    from rich.table import Table as Grid

    console = Console()
    for line in table.head:
        console.print(line, markup=False, highlight=False)
    grid = Grid("what", "measured", "floor", "goal", "verdict")
    for row in table.bounded:
        floor, goal = limits(row)
        grid.add_row(row.what, measured(row), floor, goal, verdict(row))
    console.print(grid)
    for row in table.bounded:
        if row.note:
            console.print(f"{row.row}: {row.note}", markup=False, highlight=False)
    if table.shown:
        behind = Grid("row", "what", "measured", "note", title="behind the table")
        for row in table.shown:
            behind.add_row(row.row, row.what, measured(row), row.note)
        console.print(behind)


def write(table: Table, folder: Path) -> None:
    """``bench.csv`` and ``bench.md`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bench.csv").write_text(to_csv(table), encoding="utf-8")
    (folder / "bench.md").write_text(to_markdown(table), encoding="utf-8")
