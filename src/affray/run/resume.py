"""Taking up a run that was killed, stopped or asked to go only so far."""

from __future__ import annotations

from affray.engine.tick import Engine
from affray.record import Recording, Writer
from affray.run.course import Asked, Course
from affray.run.execute import Folder, new_engine, tick_of
from affray.run.interrupt import Stop
from affray.run.outcome import Outcome
from affray.run.progress import Progress
from affray.run.replay import at_checkpoint, hashes_after, refuse_other_rules, scenario_of
from affray.run.warm import Compiling, warm
from affray.scenario.build import build
from affray.scenario.model import Scenario
from affray.world.endings import BATTLE_OVER
from affray.world.errors import UsageError


def resume(
    directory: Folder,
    *,
    until_s: float | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    compiling: Compiling | None = None,
    stop: Stop | None = None,
) -> Outcome:
    """Go on with a recording from its last checkpoint, to the hashes of a run without a break.

    ``until_s`` counts from the battle's start; the rest is as for ``execute``. Raises UsageError
    if there is nothing to go on with, ReplayError or RecordingError.
    """
    recording = Recording.open(directory)
    _refuse_finished(recording)
    refuse_other_rules(recording)
    until_tick = tick_of(until_s, recording.manifest["dt_s"])
    if until_tick is not None and until_tick <= recording.last_tick:
        dt_s = recording.manifest["dt_s"]
        raise UsageError(
            f"{recording.path}: is at {recording.last_tick * dt_s:g} s already; give a later time"
        )
    scenario = scenario_of(recording)
    warm(compiling)
    with Writer.reopen(directory) as writer:
        recording.refresh()  # only now does nobody else change it
        _refuse_finished(recording)
        engine, is_new = _taken_up(recording, scenario, threads)
        try:
            expected = hashes_after(recording, engine.now)
            writer.truncate_to(recording.first_tick - 1 if is_new else engine.now)
            course = Course(engine, writer, scenario, recording.manifest["level"], expected)
            if is_new:
                course.begin()
            return course.go(Asked(until_tick, progress, stop))
        finally:
            engine.close()


def _refuse_finished(recording: Recording) -> None:
    ended = recording.manifest["ended"]
    if ended in BATTLE_OVER:
        at_s = recording.last_tick * recording.manifest["dt_s"]
        raise UsageError(
            f"{recording.path}: this battle is over ({ended}, after {at_s:g} s). To see it go "
            f"otherwise: affray fork {recording.path} --at TICK --set path=value"
        )


def _taken_up(recording: Recording, scenario: Scenario, threads: int | None) -> tuple[Engine, bool]:
    """An engine at the last checkpoint; or at the very start, if none was reached: then True."""
    if recording.nearest_checkpoint(recording.last_tick) is None and recording.first_tick == 0:
        full = recording.manifest["level"] == "full"
        engine = new_engine(build(scenario, recording.manifest["seed"]), threads, full=full)
        engine.open()
        return engine, True
    return at_checkpoint(recording, scenario, recording.last_tick, threads), False
