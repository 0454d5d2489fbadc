"""Who fights the battles of a study: worker processes, or any executor of ``concurrent.futures``.

Workers are spawned (threads of a compiled engine do not survive a fork), load the compiled code
that their parent has made ready, and fight with one thread each. One that loses its parent ends
itself; what a killed one was fighting is fought again by others.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from functools import lru_cache
from multiprocessing.synchronize import Event
from typing import Any, NamedTuple

from affray.run.course import usual_threads
from affray.run.fight import fight
from affray.run.warm import warm
from affray.scenario import Scenario, parse
from affray.sift.reading import parse_sieve
from affray.study.jitter import jittered
from affray.study.rows import Row, row_of
from affray.study.sieving import Sieving
from affray.world.errors import LimitError, ScenarioError, UsageError
from affray.world.limits import STUDY_JOBS

LOOK_UP_S = 0.2  # how often the parent asks whether to stop
_AHEAD = 2  # jobs handed out for each worker: one is fought, one waits
LIVES = 3  # times that the workers may die without finishing anything in between


class Job(NamedTuple):
    """One battle to fight. ``paper``: the scenario's text; ``what``: the run, for people;
    ``sieve``: the text of patterns to sift its events with, and what that is called; ``jitter``:
    share of itself by which each disposition is off.
    """

    variation: int
    seed: int
    paper: str
    what: str
    sieve: tuple[str, str] | None = None
    jitter: float = 0.0


# in a worker: set when the study is given up
_given_up: Event | None = None


def fight_one(job: Job) -> Row | None:
    """Fight one battle; None if the study was given up meanwhile."""
    sieving = None if job.sieve is None else Sieving(parse_sieve(*job.sieve))
    see, full = (None, False) if sieving is None else (sieving.see, sieving.full)
    try:
        scenario = _read(job.paper)
        if job.jitter:
            scenario = jittered(scenario, job.jitter, job.seed)
        fate = fight(scenario, job.seed, threads=1, stop=_stopped, see=see, full=full)
        if fate is None:
            return None
        row = row_of(job.variation, job.seed, fate)
        return row if sieving is None else row | sieving.times(job.paper)
    except ScenarioError as error:
        raise ScenarioError([f"{job.what}: {problem}" for problem in error.problems]) from None
    except LimitError as error:
        raise LimitError(f"{job.what}: {error}") from None


def fight_all(
    jobs: list[Job], workers: int, executor: Executor | None, stop: Callable[[], bool]
) -> Generator[Row, None, None]:
    """Rows as they are done, until all are, or ``stop`` says so.

    ``executor``: takes the place of the worker processes, and is left open. Raises LimitError if
    workers die again and again.
    """
    open_ = dict.fromkeys(jobs)
    most = _AHEAD * workers
    if executor is not None:
        yield from _drive(executor, open_, most, stop)
        return
    deaths = 0
    while open_ and not stop():
        before = len(open_)
        try:
            with _Pool(min(workers, len(open_))) as pool:
                yield from _drive(pool, open_, most, stop)
        except BrokenExecutor:
            deaths = deaths + 1 if len(open_) == before else 1
            if deaths >= LIVES:
                raise LimitError(_why_dead(next(iter(open_)))) from None


def _drive(
    executor: Executor, open_: dict[Job, None], most: int, stop: Callable[[], bool]
) -> Generator[Row, None, None]:
    """Rows as they are done; each job leaves ``open_`` when its row has been taken."""
    waiting = iter(list(open_))
    at_work: dict[Future[Row | None], Job] = {}
    try:
        while not stop():
            for job in itertools.islice(waiting, most - len(at_work)):
                at_work[executor.submit(fight_one, job)] = job
            if not at_work:
                return
            done, _ = wait(at_work, timeout=LOOK_UP_S, return_when=FIRST_COMPLETED)
            for future in done:
                row = future.result()
                job = at_work.pop(future)
                if row is not None:
                    yield row
                    del open_[job]
    finally:
        for future in at_work:
            future.cancel()


def _why_dead(job: Job) -> str:
    return (
        f"the workers were killed {LIVES} times in a row, with {job.what} among what they fought. "
        "Most often that is a lack of memory: give the same command again with fewer jobs. In a "
        "script of your own, let only `if __name__ == '__main__':` begin a study"
    )


class _Pool(ProcessPoolExecutor):
    """Worker processes that begin warm, and give up what they fight when they are let go."""

    def __init__(self, workers: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._give_up = context.Event()
        super().__init__(workers, context, _begin, (self._give_up,))

    def submit(self, *call: Any, **more: Any) -> Future[Any]:
        """Workers begin deaf to Ctrl-C: it is the parent's to hear, also while they start."""
        if not hasattr(signal, "pthread_sigmask"):
            return super().submit(*call, **more)
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return super().submit(*call, **more)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def __exit__(self, *error: object) -> None:
        self._give_up.set()
        self.shutdown(wait=True, cancel_futures=True)


def _begin(given_up: Event) -> None:
    """In a worker, before its first battle."""
    global _given_up
    _given_up = given_up
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C, and says what follows
    threading.Thread(target=_end_with_parent, daemon=True).start()
    warm()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _stopped() -> bool:
    return _given_up is not None and _given_up.is_set()


@lru_cache(maxsize=8)
def _read(paper: str) -> Scenario:
    return parse(paper)


def usual_jobs(jobs: int | None) -> int:
    """How many battles at a time: as many as there are cores, unless said. Raises UsageError."""
    if jobs is not None and not 1 <= jobs <= STUDY_JOBS:
        raise UsageError(f"{jobs} jobs make no sense; give a number from 1 to {STUDY_JOBS}")
    return jobs or usual_threads()
