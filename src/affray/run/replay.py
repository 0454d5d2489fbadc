"""From a recording back to an engine that stands at any of its ticks, exactly."""

from __future__ import annotations

import os
from collections.abc import Sequence

from affray.engine.tick import Engine
from affray.record import Recording
from affray.rules.compiled import rules_digest
from affray.run.course import differing
from affray.run.execute import new_engine
from affray.run.state import with_state
from affray.run.warm import Compiling, warm
from affray.scenario import parse_changed
from affray.scenario.build import build
from affray.scenario.model import Scenario
from affray.world.errors import ReplayError, UsageError

Source = Recording | str | os.PathLike[str]


def restore(
    source: Source,
    tick: int,
    *,
    threads: int | None = None,
    watch: Sequence[int] = (),
    compiling: Compiling | None = None,
) -> Engine:
    """An open engine in the state that the recording had at ``tick``.

    Starts from the nearest checkpoint before and holds the hash of every tick against the
    recorded one. ``watch``: ids whose minds are logged from there on. Close it after use. Raises
    UsageError (no such tick), ReplayError (other rules, other numbers) or RecordingError.
    """
    recording = opened(source)
    refuse_other_rules(recording)
    first, last = recording.first_tick, recording.last_tick
    if not first <= tick <= last:
        raise UsageError(f"{recording.path}: has no tick {tick}; it holds {recording.extent}")
    scenario = scenario_of(recording)
    warm(compiling)
    engine = at_checkpoint(recording, scenario, tick, threads)
    try:
        engine.watch(tuple(watch))
        catch_up(engine, recording, tick)
    except BaseException:
        engine.close()
        raise
    return engine


def at_checkpoint(
    recording: Recording, scenario: Scenario, tick: int, threads: int | None
) -> Engine:
    """An open engine at the last checkpoint at or before ``tick``, its hash checked."""
    at = recording.nearest_checkpoint(tick)
    if at is None:
        raise UsageError(
            f"{recording.path}: ended before its first state was on disk. Run it again: "
            f"affray run {recording.path / 'scenario.yaml'} --seed {recording.manifest['seed']}"
        )
    arrays, _ = recording.checkpoint(at)
    battle, wounds = with_state(build(scenario, recording.manifest["seed"]), arrays)
    full = recording.manifest["level"] == "full"
    engine = new_engine(battle, threads, full=full, tick=at)
    engine.wounds_used = wounds
    try:
        engine.open()
        recorded = recording.hash_at(at)
        if engine.hash != recorded:
            raise differing(at, recorded, engine.hash)
    except BaseException:
        engine.close()
        raise
    return engine


def catch_up(engine: Engine, recording: Recording, tick: int) -> None:
    """Tick on to ``tick``, to the recorded hashes. Raises ReplayError at the first that differs."""
    recorded = hashes_after(recording, engine.now)
    while engine.now < tick:
        engine.tick()
        check_hash(engine, recorded)


def check_hash(engine: Engine, recorded: dict[int, int]) -> None:
    """Raise ReplayError if the engine's tick has another hash than the recorded one."""
    wanted = recorded.get(engine.now)
    if wanted is not None and wanted != engine.hash:
        raise differing(engine.now, wanted, engine.hash)


def hashes_after(recording: Recording, tick: int) -> dict[int, int]:
    """Recorded hashes of all ticks after ``tick``."""
    ticks, hashes = recording.hashes()
    later = ticks > tick
    return dict(zip(ticks[later].tolist(), hashes[later].tolist(), strict=True))


def scenario_of(recording: Recording) -> Scenario:
    """The recording's scenario, with every intervention laid over it in order."""
    changes = (one["set"] for one in recording.manifest["interventions"])
    return parse_changed(recording.scenario, str(recording.path / "scenario.yaml"), changes)


def refuse_other_rules(recording: Recording) -> None:
    """Raise ReplayError unless the recording was made with the very rules that are here."""
    theirs, ours = recording.manifest["rules_digest"], rules_digest()
    if theirs == ours:
        return
    path, manifest = recording.path, recording.manifest
    raise ReplayError(
        f"{path}: was recorded by affray {manifest['affray_version']} with the rules {theirs}; "
        f"this one has the rules {ours}, under which the battle would go otherwise. Use that "
        f"version, or run the scenario anew: affray run {path / 'scenario.yaml'} "
        f"--seed {manifest['seed']}"
    )


def opened(source: Source) -> Recording:
    """The recording itself, or the one in that folder."""
    return source if isinstance(source, Recording) else Recording.open(source)
