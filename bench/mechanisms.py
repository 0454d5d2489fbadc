"""What each mechanism costs: `press` with it and without it, at the same ticks, in turns.

Switched off as ``affray run --off`` does it: by parameters without effect. So the cost is that of
what then no longer happens; asking whether it happens costs the same on and off.
"""

from __future__ import annotations

import time

from affray.engine.tick import Engine
from affray.scenario import load_bundled, mechanisms
from affray.scenario.build import build
from affray.scenario.mechanisms import off_sets
from bench.fights import FIRST_TICKS, SEED
from bench.sample import Sample, in_turns
from bench.table import Row, figure

ROW = "mechanisms"


def _opened(size: int, off: tuple[str, ...]) -> Engine:
    """`press` without these mechanisms, on one thread, with its first blows on their way."""
    scenario = load_bundled("press", (f"size={size}", *off_sets(off)))
    engine = Engine(build(scenario, SEED), threads=1)
    engine.open()
    for _ in range(FIRST_TICKS):
        engine.tick()
    return engine


def _cpu_seconds(engine: Engine, ticks: int) -> float:
    """Processor seconds of the next ticks: of one thread, so that others disturb them less."""
    began = time.process_time()
    for _ in range(ticks):
        engine.tick()
    return time.process_time() - began


def cost(name: str, size: int, rounds: int, ticks: int) -> Sample:
    """Share (%) of the tick with all rules on that goes without the mechanism ``name``."""
    on, off = _opened(size, ()), _opened(size, (name,))
    took = in_turns(
        {"on": lambda: _cpu_seconds(on, ticks), "off": lambda: _cpu_seconds(off, ticks)}, rounds
    )
    on.close()
    off.close()
    left = took["off"].over(took["on"])
    return Sample(tuple(100.0 * (1.0 - share) for share in left.values))


def measure(size: int, rounds: int, ticks: int) -> list[Row]:
    """A row for every mechanism that has a name."""
    return [
        figure(
            ROW,
            f"cost of {name}, press at {size:,}, 1 thread",
            "% of tick",
            cost(name, size, rounds, ticks),
            f"{mechanism.about}; below 0: the battle without it has more to do",
        )
        for name, mechanism in mechanisms().items()
    ]
