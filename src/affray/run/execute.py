"""From a scenario to a recording: a run from its start."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from affray.engine.tick import Engine
from affray.record import Writer
from affray.record.folder import check_takeable
from affray.record.manifest import Intervention
from affray.run.course import Asked, Course, course_cadence, usual_threads
from affray.run.interrupt import Stop
from affray.run.manifest import manifest_of
from affray.run.outcome import Outcome
from affray.run.progress import Progress
from affray.run.space import ensure_room
from affray.run.state import state_bytes
from affray.run.tables import EVENTS, METRICS
from affray.run.warm import Compiling, warm
from affray.scenario import dump
from affray.scenario.build import build
from affray.scenario.model import LEVELS, Scenario
from affray.scenario.numbers import checked_seed
from affray.world import heap
from affray.world.battle import Battle
from affray.world.clock import ticks
from affray.world.errors import UsageError
from affray.world.limits import THREADS

Folder = str | os.PathLike[str]
LONGEST_S = 1e9  # of battle, after which a run can be told to stop


def execute(
    scenario: Scenario,
    *,
    seed: int | None = None,
    out: Folder,
    words: Mapping[str, bytes] | None = None,
    until_s: float | None = None,
    threads: int | None = None,
    level: str | None = None,
    progress: Progress | None = None,
    compiling: Compiling | None = None,
    stop: Stop | None = None,
    overwrite: bool = False,
) -> Outcome:
    """Fight a battle from its start and record it in the folder ``out``.

    ``seed``, ``level`` (summary, events, full): the scenario's own unless given. ``words``: files
    that its world is told in, by their names in a recording; they go with it. ``until_s``:
    seconds of battle after which to stop, resumably. ``threads``: all cores unless given; no
    result depends on it. ``progress``, ``compiling``: told how far it is (``run/progress.py``,
    ``run/warm.py``). ``stop``: asked before every tick whether to end; Ctrl-C does the same.
    Raises UsageError, ScenarioError, LimitError (memory, disk) or RecordingError.
    """
    seed = scenario.seed if seed is None else checked_seed(seed)
    level = checked_level(scenario.record.level if level is None else level)
    until_tick = tick_of(until_s, scenario.dt)
    refuse_taken(out, overwrite)
    battle = build(scenario, seed)
    heap.hand_back_now()
    warm(compiling)
    engine = new_engine(battle, threads, full=level == "full")
    try:
        engine.open()
        start = Start(dump(scenario).encode(), scenario, seed, level, words=words or {})
        return record_from(start, engine, out, overwrite, Asked(until_tick, progress, stop))
    finally:
        engine.close()


@dataclass(frozen=True)
class Start:
    """What a new recording begins with.

    ``paper``: the scenario file; ``scenario``: what it says with all interventions laid over it;
    ``words``: the files that its world is told in, by name.
    """

    paper: bytes
    scenario: Scenario
    seed: int
    level: str
    first_tick: int = 0
    parent: dict[str, Any] | None = None
    interventions: list[Intervention] = field(default_factory=list)
    words: Mapping[str, bytes] = field(default_factory=dict)


def record_from(
    start: Start, engine: Engine, out: Folder, overwrite: bool, asked: Asked
) -> Outcome:
    """Record from where an open engine stands into a new recording."""
    battle = engine.battle
    most = battle.ending.after_ticks
    if asked.until_tick is not None:
        most = min(most, asked.until_tick)
    ensure_room(
        out,
        course_cadence(engine, start.scenario),
        ticks=max(0, most - start.first_tick),
        fighters=len(battle.state.fighters),
        state_bytes=state_bytes(engine),
        level=start.level,
    )
    with Writer.create(
        out,
        scenario=start.paper,
        manifest={
            **manifest_of(start.scenario, battle, start.seed, start.level),
            "first_tick": start.first_tick,
            "parent": start.parent,
            "interventions": start.interventions,
        },
        events=EVENTS,
        metrics=METRICS,
        words=start.words,
        overwrite=overwrite,
    ) as writer:
        course = Course(engine, writer, start.scenario, start.level)
        course.begin()
        return course.go(asked)


def new_engine(battle: Battle, threads: int | None, *, full: bool, tick: int = 0) -> Engine:
    """An engine on all cores, or as many threads as asked for. Raises UsageError."""
    if threads is not None and not 1 <= threads <= THREADS:
        raise UsageError(f"{threads} threads make no sense; give a number from 1 to {THREADS}")
    return Engine(battle, threads=threads or usual_threads(), full=full, tick=tick)


def checked_level(level: str) -> str:
    """A recording level. Raises UsageError if it is none."""
    if level not in LEVELS:
        raise UsageError(f"'{level}' is no recording level; there are {', '.join(LEVELS)}")
    return level


def tick_of(seconds: float | None, dt_s: float) -> int | None:
    """The tick nearest to a time of battle. Raises UsageError if that is no time to stop at."""
    if seconds is None:
        return None
    if not 0.0 < seconds <= LONGEST_S:
        raise UsageError(
            f"a run cannot end after {seconds:g} s; give a time above 0 s, up to {LONGEST_S:.0e} s"
        )
    return max(1, ticks(seconds, dt_s))


def refuse_taken(out: Folder, overwrite: bool) -> None:
    """Raise UsageError before any work is done for a folder that may not be written."""
    root = Path(out).absolute()
    if root.exists() and not root.is_dir():
        raise UsageError(f"{root}: is a file. Choose another folder")
    if root.is_dir():
        check_takeable(root, overwrite)
