"""``python -m bench``: measure every row of the table, show it, write it as CSV and Markdown."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import table
from bench.table import Row, Table

OUT = Path(__file__).resolve().parent / "out"


@dataclass(frozen=True)
class Plan:
    """How large and how often: ``full`` is what the table promises, ``quick`` is for every day."""

    full_size: bool
    rounds: int
    small: int
    middle: int
    large: int
    ticks: int
    record_ticks: int


FULL = Plan(True, 7, 10_000, 100_000, 1_000_000, 20, 150)
QUICK = Plan(False, 3, 10_000, 30_000, 60_000, 10, 50)


def _peers(row: str) -> Callable[[Plan], list[Row]]:
    def measure(plan: Plan) -> list[Row]:
        from bench.peer import measure

        if row == "peer-10k":
            return measure(row, plan.small, plan.rounds, plan.ticks, True)
        return measure(row, plan.middle, plan.rounds, max(6, plan.ticks // 3), plan.full_size)

    return measure


def _million(plan: Plan) -> list[Row]:
    from bench.recorded import measure_million

    return measure_million(plan.large, min(3, plan.rounds), plan.ticks, plan.full_size)


def _scale(plan: Plan) -> list[Row]:
    from bench.scale import measure

    sizes = (plan.small, plan.middle, plan.large)
    return measure(sizes, min(5, plan.rounds), 3, plan.full_size)


def _memory(plan: Plan) -> list[Row]:
    from bench.memory import measure

    return measure(plan.large, plan.ticks, plan.full_size)


def _small(plan: Plan) -> list[Row]:
    from bench.scale import measure_small

    return measure_small(plan.rounds, 100)


def _recording(plan: Plan) -> list[Row]:
    from bench.recorded import measure_cost

    return measure_cost(plan.middle, min(5, plan.rounds), plan.record_ticks, plan.full_size)


def _start(plan: Plan) -> list[Row]:
    from bench.start import measure

    return measure(plan.rounds, 3 if plan.full_size else 0)


def _phases(plan: Plan) -> list[Row]:
    from bench.phases import measure

    return measure(plan.large, plan.rounds, 4, plan.full_size)


def _mechanisms(plan: Plan) -> list[Row]:
    from bench.mechanisms import measure

    return measure(plan.small if plan.full_size else 2_000, plan.rounds, 3)


def _telling(plan: Plan) -> list[Row]:
    from bench.telling import measure

    return measure(300.0 if plan.full_size else 40.0, min(5, plan.rounds), plan.full_size)


# which measurement fills which promised rows
MEASUREMENTS: dict[tuple[str, ...], Callable[[Plan], list[Row]]] = {
    ("peer-10k",): _peers("peer-10k"),
    ("peer-100k",): _peers("peer-100k"),
    ("small",): _small,
    ("recording",): _recording,
    ("growth", "threads"): _scale,
    ("hash", "phases"): _phases,
    ("mechanisms",): _mechanisms,
    ("million",): _million,
    ("memory",): _memory,
    ("testimony", "telling"): _telling,
    ("cold", "warm", "help"): _start,
}


def main() -> None:
    """Measure what is asked for, show it and write it down."""
    names = [name for rows in MEASUREMENTS for name in rows]
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small battles, a minute or two")
    parser.add_argument(
        "--only", action="append", choices=names, metavar="ROW", help=f"one of {', '.join(names)}"
    )
    parser.add_argument("--out", type=Path, default=OUT, help="folder for bench.csv and bench.md")
    given = parser.parse_args()
    plan = QUICK if given.quick else FULL
    wanted = set(given.only or names)
    _compile()
    began, used = time.perf_counter(), _cpu_seconds()
    result = Table()
    for rows, measure in MEASUREMENTS.items():
        if wanted.isdisjoint(rows):
            continue
        at = time.perf_counter()
        print(f"measuring {', '.join(rows)} ...", file=sys.stderr, flush=True)
        result.rows += measure(plan)
        print(f"  {time.perf_counter() - at:.0f} s", file=sys.stderr, flush=True)
    seconds = time.perf_counter() - began
    own, everybody = (b - a for a, b in zip(used, _cpu_seconds(), strict=True))
    others = max(0.0, everybody - own) / seconds / (os.cpu_count() or 1)
    result.head = _head(plan, others, seconds)
    table.show(result)
    table.write(result, given.out)
    print(f"written: {given.out / 'bench.csv'}, {given.out / 'bench.md'}")


def _compile() -> None:
    """Compile everything before anything is measured."""
    from affray.run import warm

    print("compiling what is not compiled yet ...", file=sys.stderr, flush=True)
    warm()


def _head(plan: Plan, others: float, seconds: float) -> list[str]:
    """What it was measured on."""
    import numba
    import numpy as np

    mode = "full" if plan.full_size else "quick: rows marked (small) are not of full size"
    software = (
        f"Python {platform.python_version()}, Numba {numba.__version__}, NumPy {np.__version__}"
    )
    busy = f"{others:.0%} of the cores were busy with something else (0 % is quiet)"
    return [
        f"{_processor()}, {os.cpu_count()} cores, {platform.system()}, {software}",
        f"mode {mode}; {seconds:.0f} s in all; {busy}",
        "median (low – high) of rounds taken in turns; ratios are of paired rounds",
    ]


def _cpu_seconds() -> tuple[float, float]:
    """Seconds of all cores: those this process and its children used, and all that were used."""
    mine = os.times()
    own = mine.user + mine.system + mine.children_user + mine.children_system
    try:
        ticks = [int(word) for word in Path("/proc/stat").read_text().split("\n")[0].split()[1:]]
    except OSError:
        return own, own
    idle = ticks[3] + ticks[4]
    return own, (sum(ticks[:8]) - idle) / os.sysconf("SC_CLK_TCK")


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.machine()


if __name__ == "__main__":
    main()
