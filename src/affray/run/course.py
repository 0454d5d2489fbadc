"""A battle under way: tick after tick, each written down, until it is over or is stopped."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from affray.engine.tick import Engine
from affray.record import Writer
from affray.run import tables
from affray.run.cadence import Cadence, cadence_of
from affray.run.ending import Ending
from affray.run.interrupt import Interruptible, Stop
from affray.run.outcome import Outcome
from affray.run.picture import picture
from affray.run.progress import Counts, Progress, Telling
from affray.run.state import roster_arrays, state_arrays, state_bytes
from affray.scenario.model import Scenario
from affray.world import limits
from affray.world.endings import INTERRUPTED, UNTIL
from affray.world.errors import ReplayError
from affray.world.heap import hand_back_now

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Asked:
    """What the caller of a run wants of it, whatever kind of run it is."""

    until_tick: int | None = None
    progress: Progress | None = None
    stop: Stop | None = None


def usual_threads() -> int:
    """As many threads as this process may use cores."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Course:
    """Drives an engine and writes what happens. The engine is open and stands at a written tick,
    or, before ``begin``, at the first.

    ``expected``: hashes by tick that an earlier run of the same battle had; it is an error to
    differ from them.
    """

    def __init__(
        self,
        engine: Engine,
        writer: Writer,
        scenario: Scenario,
        level: str,
        expected: Mapping[int, int] | None = None,
    ) -> None:
        self._engine = engine
        self._writer = writer
        self._level = level
        self._expected = expected or {}
        self._cadence = course_cadence(engine, scenario)
        self._ending = Ending(engine)
        self._sums = tables.measured(engine)
        self._saved = engine.now  # tick of the last checkpoint

    def begin(self) -> None:
        """Write the first tick down: hash, counts, picture, and the state to restore it from."""
        engine, writer = self._engine, self._writer
        writer.append_hash(engine.now, engine.hash)
        self._sample(engine.now)
        self._draw(engine.now)
        writer.seal(engine.now, {**state_arrays(engine), **roster_arrays(engine)})

    def go(self, asked: Asked) -> Outcome:
        """Run on until the battle is over, ``asked.until_tick``, or an interruption."""
        engine = self._engine
        most = self._ending.after_ticks
        if asked.until_tick is not None:
            most = min(most, asked.until_tick)
        telling = Telling(asked.progress, most)
        with Interruptible(asked.stop) as stopped:
            ended = self._why_over(engine.now, asked.until_tick)
            while ended is None:
                telling.tell(engine.now, self._counts)
                if stopped():
                    ended = INTERRUPTED
                    break
                self._seal_if_due(engine.now)
                events = engine.tick()
                self._write_down(events)
                ended = self._why_over(engine.now, asked.until_tick)
            self._finish(ended)
        telling.tell(engine.now, self._counts, last=True)
        return Outcome(
            self._writer.path,
            ended,
            engine.now,
            engine.hash,
            float(engine.world.clock[0]),
            self._counts(),
        )

    def _write_down(self, events: Array) -> None:
        engine, writer, cadence = self._engine, self._writer, self._cadence
        now = engine.now
        self._check(now)
        if len(events) and self._level != "summary":
            writer.append_events(tables.flat_events(events))
        writer.append_hash(now, engine.hash)
        if now % cadence.metrics == 0:
            self._sample(now)
        if now % cadence.frames == 0:
            self._draw(now)
        if now % cadence.checkpoint == 0:
            self._save(now)

    def _seal_if_due(self, now: int) -> None:
        """Seal what is written, once another tick follows: the last one is for ``_finish``."""
        if now == self._saved:
            return
        full = self._writer.open_bytes > limits.RECORDING_SEGMENT_BYTES
        if full or now % self._cadence.seal == 0:
            self._writer.seal(now)
            hand_back_now()  # what these ticks have left behind

    def _why_over(self, now: int, until_tick: int | None) -> str | None:
        over = self._ending.why(self._engine, self._fresh_sums)
        if over is None and until_tick is not None and now >= until_tick:
            return UNTIL
        return over

    def _fresh_sums(self) -> Array:
        """The counts of this tick; they are kept for whoever watches."""
        if self._engine.now % self._cadence.metrics:
            self._sums = tables.measured(self._engine)
        return self._sums

    def _sample(self, now: int) -> None:
        self._sums = tables.measured(self._engine)
        self._writer.append_metrics(tables.metric_rows(now, self._sums))

    def _draw(self, now: int) -> None:
        if self._level != "summary":
            self._writer.append_frame(now, picture(self._engine))

    def _save(self, now: int) -> None:
        self._writer.seal(now, state_arrays(self._engine))
        self._saved = now

    def _finish(self, ended: str) -> None:
        """Leave counts, picture and state of the very last tick behind, and say why it ended."""
        now = self._engine.now
        if now > self._saved:
            hand_back_now()  # before the last picture and state are held at once
            if now % self._cadence.metrics:
                self._sample(now)
            if now % self._cadence.frames:
                self._draw(now)
            self._save(now)
        self._writer.finish(ended)

    def _check(self, now: int) -> None:
        wanted = self._expected.get(now)
        if wanted is not None and wanted != self._engine.hash:
            raise differing(now, wanted, self._engine.hash)

    def _counts(self) -> Counts:
        return tables.counts_of(self._engine.battle.side_names, self._sums)


def course_cadence(engine: Engine, scenario: Scenario) -> Cadence:
    """How often the course of this battle is sampled, drawn, saved and sealed."""
    return cadence_of(
        scenario.record,
        float(engine.world.clock[0]),
        len(engine.state.fighters),
        state_bytes(engine),
    )


def differing(tick: int, recorded: int, found: int) -> ReplayError:
    """The error of a replay that took another turn."""
    return ReplayError(
        f"Tick {tick} has the hash {found:016x} here and {recorded:016x} in the recording: the "
        "battle takes another turn on this machine than where it was recorded. Run the scenario "
        "again from its start, and please report this: it should not happen"
    )
