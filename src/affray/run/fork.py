"""What if: a battle taken up at one of its ticks, something changed, and run on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from affray.engine.tick import Engine
from affray.record import Recording
from affray.run.course import Asked
from affray.run.execute import (
    Folder,
    Start,
    checked_level,
    new_engine,
    record_from,
    refuse_taken,
    tick_of,
)
from affray.run.interrupt import Stop
from affray.run.outcome import Outcome
from affray.run.progress import Progress
from affray.run.replan import under_new_plans
from affray.run.replay import Source, opened, restore, scenario_of
from affray.run.state import state_arrays, with_state
from affray.run.warm import Compiling
from affray.scenario import apply_sets, dump, mutability_of, set_paths
from affray.scenario.build import build
from affray.scenario.model import Scenario
from affray.world.errors import UsageError


def fork(
    source: Source,
    at_tick: int,
    sets: Sequence[str],
    out: Folder,
    *,
    until_s: float | None = None,
    threads: int | None = None,
    level: str | None = None,
    progress: Progress | None = None,
    compiling: Compiling | None = None,
    stop: Stop | None = None,
    overwrite: bool = False,
) -> Outcome:
    """Run a recorded battle on from ``at_tick`` under ``sets`` (``path=value``) into ``out``.

    The fork shares all luck that the change does not touch; without a change it has its parent's
    hashes. Paths marked `start` can be changed at tick 0 only. Its recording can be restored,
    resumed and forked like any other. Raises UsageError, ScenarioError, ReplayError, LimitError
    or RecordingError; the rest is as for ``execute``.
    """
    recording = opened(source)
    _refuse_late(sets, at_tick)
    manifest = recording.manifest
    level = checked_level(manifest["level"] if level is None else level)
    until_tick = tick_of(until_s, manifest["dt_s"])
    if until_tick is not None and until_tick <= at_tick:
        raise UsageError(
            f"the fork begins at {at_tick * manifest['dt_s']:g} s; let it run until a later time"
        )
    refuse_taken(out, overwrite)
    if Path(out).resolve() == recording.path.resolve():
        raise UsageError(f"{recording.path}: cannot be forked into itself. Choose another folder")
    changed = scenario_of(recording)
    if sets:
        changed = apply_sets(changed, sets)
    seed = changed.seed if "seed" in set_paths(sets) else manifest["seed"]
    parent = restore(recording, at_tick, threads=threads, compiling=compiling)
    origin = _origin(recording, parent)
    engine = _changed(parent, changed, seed, threads, level, bool(sets))
    start = _start(recording, changed, seed, at_tick, list(sets), level, origin)
    try:
        return record_from(start, engine, out, overwrite, Asked(until_tick, progress, stop))
    finally:
        engine.close()


def _start(
    recording: Recording,
    changed: Scenario,
    seed: int,
    at_tick: int,
    sets: list[str],
    level: str,
    origin: dict[str, Any],
) -> Start:
    """What the fork's recording begins with.

    At tick 0 the change is written into its scenario, which may shape the battle anew; later it
    is an intervention beside the parent's scenario.
    """
    paper, interventions = recording.scenario, list(recording.manifest["interventions"])
    if at_tick == 0 and sets:
        paper = dump(changed).encode()
        origin = {**origin, "set": sets}
    elif sets:
        interventions.append({"tick": at_tick, "set": sets})
    return Start(paper, changed, seed, level, at_tick, origin, interventions, words=recording.words)


def _changed(
    parent: Engine,
    scenario: Scenario,
    seed: int,
    threads: int | None,
    level: str,
    is_other: bool,
) -> Engine:
    """An open engine in the parent's state, in the changed world. At tick 0 all begins anew."""
    if not is_other:
        parent.full = level == "full"
        return parent
    try:
        battle, wounds = build(scenario, seed), 0
        if parent.now > 0:
            arrays = under_new_plans(state_arrays(parent), parent, battle)
            battle, wounds = with_state(battle, arrays)
    finally:
        parent.close()
    engine = new_engine(battle, threads, full=level == "full", tick=parent.now)
    engine.wounds_used = wounds
    engine.open()
    return engine


def _origin(recording: Recording, parent: Engine) -> dict[str, Any]:
    """Whose fork it is: name of the folder, digest of its scenario, tick and hash there."""
    return {
        "name": recording.path.name,
        "scenario_sha256": recording.manifest["scenario_sha256"],
        "rules_digest": recording.manifest["rules_digest"],
        "tick": parent.now,
        "hash": f"{parent.hash:016x}",
    }


def _refuse_late(sets: Sequence[str], at_tick: int) -> None:
    """Raise UsageError if a path can no longer be changed once the battle has begun."""
    if at_tick == 0:
        return
    late = [path for path in set_paths(sets) if mutability_of(path) != "live"]
    if late:
        raise UsageError(
            f"{', '.join(late)}: shapes how the battle begins, and at tick {at_tick} it has begun. "
            "Fork at tick 0 to change it, or change something live: parameters, orders, light, wind"
        )
