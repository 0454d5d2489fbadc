"""``validate``: fight the battles of every check, and hold what comes out against expectation."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from affray.run.warm import Compiling
from affray.scenario.fields import listed, nearest
from affray.study.checks import Check, Finding
from affray.study.history import HISTORY
from affray.study.laws import LAWS
from affray.study.plan import Plan
from affray.study.repeat import Told, repeat
from affray.world.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa

CHECKS: tuple[Check, ...] = (*LAWS, *HISTORY)
RUNS = "runs"  # the folder of all runs, in that of a validation


@dataclass(frozen=True)
class Result:
    """A check and what it found. ``complete``: all of its battles were fought."""

    check: Check
    findings: list[Finding]
    complete: bool


def chosen(names: Sequence[str]) -> list[Check]:
    """The checks of these names, all if there are none. Raises UsageError."""
    known = {check.name: check for check in CHECKS}
    for name in names:
        if name not in known:
            raise UsageError(
                f"there is no check '{name}'; there are {listed(known)}{nearest(name, known)}"
            )
    return [check for check in CHECKS if not names or check.name in names]


def validate(
    checks: Sequence[Check],
    seeds: int,
    *,
    out: str | os.PathLike[str] | None = None,
    jobs: int | None = None,
    executor: Executor | None = None,
    compiling: Compiling | None = None,
    progress: Callable[[str], Told] | None = None,
) -> Iterator[Result]:
    """Each check's result as it is done; it ends early, incomplete, after Ctrl-C.

    ``out``: a folder that keeps all runs, so that the same call goes on. ``progress(what)`` gives
    the callback for the battles of one plan. Checks that fight the same battles share them.
    """
    done: dict[tuple[str, tuple[int, ...]], pa.Table] = {}
    for check in checks:
        plans, tables = check.plans(seeds), {}
        complete = True
        for name, one in plans.items():
            fought = one.digest, one.seeds
            if fought not in done:
                done[fought] = repeat(
                    one,
                    out=None if out is None else _folder(Path(out), one),
                    jobs=jobs,
                    executor=executor,
                    compiling=compiling,
                    progress=None if progress is None else progress(f"{check.name}: {name}"),
                )
            tables[name] = done[fought]
            complete = tables[name].num_rows == len(one.runs)
            if not complete:
                yield Result(check, [], False)
                return
        yield Result(check, check.judge(plans, tables), True)


def _folder(out: Path, one: Plan) -> Path:
    return out / RUNS / f"{one.name}-{one.digest[:12]}"
