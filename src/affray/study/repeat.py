"""``repeat``: one scenario under many seeds, and under every combination of what is varied."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import AbstractContextManager, closing
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from affray.run.interrupt import Interruptible, Stop
from affray.run.warm import Compiling, warm
from affray.study.ledger import Ledger
from affray.study.plan import Plan
from affray.study.rows import Row, table
from affray.study.work import Job, fight_all, usual_jobs

if TYPE_CHECKING:
    import pyarrow as pa

# runs done, of how many, seconds since the first of this call was begun, how many it found done
Told = Callable[[int, int, float, int], None]


def repeat(
    plan: Plan,
    *,
    out: str | os.PathLike[str] | None = None,
    jobs: int | None = None,
    executor: Executor | None = None,
    progress: Told | None = None,
    compiling: Compiling | None = None,
    stop: Stop | None = None,
) -> pa.Table:
    """Fight all runs of a plan, ``jobs`` at a time, and return the table of those that are done.

    ``out``: a folder that keeps them, from which the same plan goes on, and one with more seeds;
    without it they are kept in memory alone. The table has the same rows at any number of jobs.
    After ``stop``, or Ctrl-C, it has fewer than the plan. Raises UsageError, ScenarioError,
    LimitError or RecordingError.
    """
    workers = usual_jobs(jobs)
    with Interruptible(stop) as stopped, _kept(out, plan) as kept:
        runs = plan.runs
        open_ = [_job(plan, k, seed) for k, seed in runs if (k, seed) not in kept.rows]
        done = found = len(runs) - len(open_)
        if open_:
            warm(compiling)
        began = perf_counter()
        with closing(fight_all(open_, workers, executor, stopped)) as rows:
            for row in rows:
                kept.add(row)
                done += 1
                if progress is not None:
                    progress(done, len(runs), perf_counter() - began, found)
        if isinstance(kept, Ledger):
            kept.write_table()
        return table(plan, (kept.rows[run] for run in runs if run in kept.rows))


def _job(plan: Plan, variation: int, seed: int) -> Job:
    one = plan.variations[variation]
    values = ", ".join(
        f"{path}={value}" for path, value in zip(plan.paths, one.values, strict=True)
    )
    what = f"{plan.name}, seed {seed}" + (f", {values}" if values else "")
    sieve = None if plan.sieve is None else (plan.sieve.text, plan.sieve.origin)
    return Job(variation, seed, one.paper, what, sieve, plan.jitter)


class _InMemory(AbstractContextManager["_InMemory"]):
    """A ledger without a folder."""

    def __init__(self) -> None:
        self.rows: dict[tuple[int, int], Row] = {}

    def add(self, row: Row) -> None:
        self.rows[row["variation"], row["seed"]] = row

    def __exit__(self, *error: object) -> None:
        pass


def _kept(out: str | os.PathLike[str] | None, plan: Plan) -> Ledger | _InMemory:
    return _InMemory() if out is None else Ledger(Path(out), plan)
