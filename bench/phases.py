"""Where a tick's time goes, and how far each phase is from the memory's floor.

A phase's floor is the time in which two threads could move the bytes that it must touch, at the
copying speed measured in the same rounds. Bytes are counted from the record types: every record
read once, every record written once, as if caches held all that is met again. Numbers above 1 say
how many times longer the phase takes: it computes, or its accesses are scattered.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from operator import attrgetter
from typing import Any

import numpy as np

from affray.engine import hashing
from affray.engine.crew import Crew, cut
from affray.engine.tick import Engine
from affray.world import battlefield as b
from affray.world import fields
from bench.fights import Fight, living
from bench.machine import Machine
from bench.sample import Sample, seconds_of
from bench.table import Row, figure, promised

# what the engine calls its phases, and what they are called here
METHODS = {
    "_count_crowds": "count",
    "_look_around": "look around",
    "air.carry_sound": "carry sound",
    "_live": "live",
    "_fly": "fly",
    "air.make_noise": "make noise",
    "_resolve": "resolve",
    "_launch": "launch",
    "_muster": "muster",
    "_settle": "settle",
    "_digest": "hash of tables",
}
OUTSIDE_BYTES = 28


class Watch:
    """Times the phases of an engine by wrapping its methods; a phase within another is its own."""

    def __init__(self, engine: Engine) -> None:
        self.seconds: dict[str, float] = {}
        self._inner = [0.0]
        for method, name in METHODS.items():
            *within, called = method.split(".")
            owner = attrgetter(*within)(engine) if within else engine
            setattr(owner, called, self._timed(getattr(owner, called), name))

    def _timed(self, phase: Callable[..., Any], name: str) -> Callable[..., Any]:
        def timed(*given: Any) -> Any:
            self._inner.append(0.0)
            began = time.perf_counter()
            result = phase(*given)
            took = time.perf_counter() - began
            own = took - self._inner.pop()
            self._inner[-1] += took
            self.seconds[name] = self.seconds.get(name, 0.0) + own
            return result

        return timed

    def take(self) -> dict[str, float]:
        """Seconds by phase since the last call."""
        taken, self.seconds = self.seconds, {}
        return taken


def bytes_touched(engine: Engine, blows: float) -> dict[str, float]:
    """Bytes that each phase must at least read and write in a tick.

    ``blows``: blows that land in a tick.
    """
    world, state = engine.world, engine.state
    n, here = len(state.fighters), engine.on_field
    sides = state.crowd0.shape[0]
    cells = int(world.grid_cols[0] * world.grid_rows[0])
    upper = len(state.present)
    seen_from = int(state.present.sum())
    level1 = state.present[: int(world.grid_cols[1] * world.grid_rows[1])]
    views = b.SECTORS * sides * b.CROWD.itemsize
    occupied = int((np.diff(state.start[: cells + 1]) > 0).sum())
    fighter, trait, memory = (t.itemsize for t in (fields.FIGHTER, fields.TRAIT, fields.MEMORY))
    crowds = upper * sides * b.CROWD.itemsize
    return {
        "count": here * 4 + cells * (4 + 16 * sides + 1) + 2 * crowds + upper,
        "look around": crowds + upper + seen_from * views * 2,
        "live": here * (2 * fighter + trait + 2 * memory + 12 + 2 * fields.GROUND.itemsize)
        + cells * (4 + 8 * sides)
        + occupied * fields.TERRAIN.itemsize
        + int(level1.sum()) * views,
        "fly": len(state.missiles) * 2 * fields.MISSILE.itemsize,
        "resolve": blows
        * (fields.BLOW.itemsize + 2 * fighter + 2 * memory + fields.EVENT.itemsize),
        "settle": n * (2 * fighter + 4 + 4 + OUTSIDE_BYTES + 4 + trait)
        + cells * 4 * (3 * engine._counts.shape[0] + 1)
        + occupied * fields.TERRAIN.itemsize,
        "hash of tables": (
            state.ground.nbytes + state.memory.nbytes + engine.wounds_used * fields.WOUND.itemsize
        )
        / hashing.ROTATION
        + len(state.missiles) * fields.MISSILE.itemsize,
    }


def _digest_seconds(engine: Engine, crew: Crew) -> float:
    """Seconds to digest all fighters once more, as ``settle`` does in passing."""
    records = hashing.words_of(engine.state.fighters)
    jobs = list(enumerate(cut(len(records), crew.threads)))
    totals = np.zeros(crew.threads, np.uint64)

    def digest(_: int, job: tuple[int, tuple[int, int]]) -> None:
        hashing.digest_rows(records, *job[1], 0, totals[job[0] : job[0] + 1])

    return seconds_of(lambda: crew.each(digest, jobs))


def measure(size: int, rounds: int, ticks: int, full_size: bool) -> list[Row]:
    """Every phase of `press` at ``size``, its floor in turns with it, and the hash's share."""
    fight = Fight(size, threads=2)
    engine, watch, machine, crew = fight.engine, Watch(fight.engine), Machine(2), Crew(2)
    phases: dict[str, list[float]] = {}
    ticked, speeds, shares = [], [], []
    for _ in range(rounds):
        watch.take()
        tick_s = fight.tick_seconds(ticks)
        taken = watch.take()
        digest_s = _digest_seconds(engine, crew)
        speeds.append(machine.copied_per_s())
        ticked.append(tick_s)
        shares.append((taken.get("hash of tables", 0.0) / ticks + digest_s) / tick_s * 100)
        for name, seconds in taken.items():
            phases.setdefault(name, []).append(seconds / ticks)
    alive = living(engine)
    needed = bytes_touched(engine, blows=0.02 * alive)
    for closed in (fight, machine, crew):
        closed.close()
    speed = Sample(tuple(speeds))
    rows = [
        promised(
            "hash",
            Sample(tuple(shares)),
            f"press at {size:,}, 2 threads: the tables' digests as timed within the tick, plus a "
            "pass over all fighters of its own, which costs more than the digest that settling "
            "takes in passing: an upper bound",
            full_size,
        ),
        figure("phases", "copying speed, 2 threads", "GB/s read + written", speed * 1e-9),
        _row("whole tick", ticked, sum(needed.values()), alive, speed),
    ]
    rows += [_row(name, took, needed.get(name, 0.0), alive, speed) for name, took in phases.items()]
    return rows


def _row(name: str, seconds: list[float], touched: float, alive: int, speed: Sample) -> Row:
    sample = Sample(tuple(seconds))
    times = Sample(tuple(s * v for s, v in zip(seconds, speed.values, strict=True)))
    note = "touches next to nothing"
    if touched:
        ratio = times * (1 / touched)
        note = f"{ratio.median:.1f} × its memory floor; {touched / alive:.0f} bytes a fighter"
    return figure("phases", name, "ns a fighter and tick", sample * (1e9 / alive), note)
