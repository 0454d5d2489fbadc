"""A million fighters against the clock, and what recording costs.

Recorded runs go through ``affray.run``'s own loop. It asks before every tick whether to stop, and
the answer notes the time: so the ticks are told apart from opening and closing the recording.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from affray.engine.tick import Engine
from affray.run.course import Asked
from affray.run.execute import Start, record_from
from affray.scenario import dump, load_bundled
from bench import fights
from bench.sample import Sample, in_turns, seconds_of
from bench.table import Row, figure, promised

LEVEL = "events"


@dataclass(frozen=True)
class Took:
    """Seconds of a recorded run: ``ticks_s`` from the first tick to the last, ``whole_s`` with the
    opening (manifest, first checkpoint) and the end (last checkpoint, all of it on disk).
    """

    ticks_s: float
    whole_s: float


def record(engine: Engine, size: int, ticks: int) -> Took:
    """Record the next ticks of an open engine into a folder that is removed again."""
    scenario = load_bundled("press", (f"size={size}",))
    start = Start(dump(scenario).encode(), scenario, fights.SEED, LEVEL, first_tick=engine.now)
    marks: list[float] = []

    def note() -> bool:
        marks.append(time.perf_counter())
        return len(marks) > ticks

    with tempfile.TemporaryDirectory(prefix="affray-bench-") as folder:
        whole_s = seconds_of(
            lambda: record_from(start, engine, Path(folder) / "press", False, Asked(stop=note))
        )
    return Took(marks[-1] - marks[0], whole_s)


def opened(size: int) -> Engine:
    """`press` at its opening, on two threads."""
    engine = Engine(fights.copy_of(fights.press(size)), threads=2)
    engine.open()
    return engine


def measure_million(size: int, rounds: int, ticks: int, full_size: bool) -> list[Row]:
    """Stretches of one battle, recorded and bare in turns."""
    engine = opened(size)
    build_s = fights.build_seconds[size]
    dt_s = float(engine.world.clock[0])
    for _ in range(fights.FIRST_TICKS):
        engine.tick()
    edges: list[float] = []

    def recorded() -> float:
        took = record(engine, size, ticks)
        edges.append(took.whole_s - took.ticks_s)
        return took.ticks_s / ticks

    def bare() -> float:
        return seconds_of(lambda: [engine.tick() for _ in range(ticks)]) / ticks

    taken = in_turns({"recorded": recorded, "bare": bare}, rounds)
    engine.close()
    times = {name: Sample(tuple(dt_s / v for v in s.values)) for name, s in taken.items()}
    note = (
        f"press at {size:,}, 2 threads, {ticks} ticks of {dt_s:g} s a round, events, pictures and "
        "hashes written behind. Opening and ending a recording (an exact checkpoint each) come on "
        "top, once a run"
    )
    unit = "× real time"
    return [
        promised("million", times["recorded"], note, full_size),
        figure("million", f"the engine alone, {size:,}", unit, times["bare"]),
        figure("million", "opening and ending a recording", "s", Sample(tuple(edges))),
        figure("million", f"building press at {size:,}", "s", Sample((build_s,)), "once, 1 thread"),
    ]


def measure_cost(size: int, rounds: int, ticks: int, full_size: bool) -> list[Row]:
    """The same ticks from the same opening, with and without a recording, in turns."""
    whole: list[Took] = []

    def recorded() -> float:
        engine = opened(size)
        whole.append(record(engine, size, ticks))
        engine.close()
        return whole[-1].ticks_s

    def bare() -> float:
        engine = opened(size)
        seconds = seconds_of(lambda: [engine.tick() for _ in range(ticks)])
        engine.close()
        return seconds

    taken = in_turns({"recorded": recorded, "bare": bare}, rounds)
    pairs = list(zip(whole, taken["bare"].values, strict=True))
    in_whole = Sample(tuple((w.whole_s - b) / w.whole_s * 100 for w, b in pairs))
    in_ticks = Sample(tuple((w.ticks_s - b) / w.ticks_s * 100 for w, b in pairs))
    note = (
        f"press at {size:,}, 2 threads, the first {ticks} ticks; the whole of the recording, with "
        "its first and last checkpoint; the bare engine fights the same ticks in turns with it"
    )
    return [
        promised("recording", in_whole, note, full_size),
        figure(
            "recording", "while ticks go by, without opening and end", "% of run time", in_ticks
        ),
        figure("recording", "bare engine", "ms a tick", taken["bare"] * (1e3 / ticks)),
    ]
