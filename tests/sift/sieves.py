"""Small battles, and patterns laid over what happened in them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from affray.report.chronicle import COLUMNS, Chronicle
from affray.run.tables import flat_events
from affray.scenario import Battle as Paper
from affray.sift import Sifted, read_sieve, sift
from affray.sift.company import Company
from affray.world import fields
from affray.world import words as w
from tests.systems.harness import Row, fight

Told = tuple[Chronicle, Company]


@cache
def fought(paper: Callable[[], Paper], ticks: int = 100, seed: int = 1, *on: str) -> Told:
    """A battle fought for some ticks: what happened in it, and to whom."""
    run = fight(Row(paper, lambda _: True, ticks=ticks, on=on), seed)
    scenario = paper().scenario(on)
    return chronicle_of(run.events, ticks, scenario.dt), Company.of(scenario)


def chronicle_of(events: np.ndarray, last_tick: int, dt_s: float) -> Chronicle:
    """Events (EVENT) as a chronicle."""
    flat = flat_events(events)
    return Chronicle.from_columns({name: flat[name] for name in COLUMNS}, dt_s, 0, last_tick)


def happened(*events: tuple[int, int, int, int], last_tick: int = 1000) -> Chronicle:
    """Events made up: (tick, kind, fighter, other). A tick is 0.1 s; x is the fighter's number."""
    rows = np.zeros(len(events), fields.EVENT)
    rows["cause_id"], rows["cause_tick"] = -1, -1
    for row, (tick, kind, fighter, other) in zip(rows, events, strict=True):
        row["tick"], row["kind"], row["fighter"], row["other"] = tick, kind, fighter, other
        row["x"] = fighter
    return chronicle_of(rows, last_tick, 0.1)


def sides(red: int = 10, blue: int = 10) -> Company:
    """Two units that fight each other: ids from 0, the red first. The first red leads."""
    paper = Paper("two", field=(60, 60)).side("red").side("blue")
    paper.unit("reds", side="red", count=red, place=(20, 30), leader={"name": "Ada"})
    paper.unit("blues", side="blue", count=blue, place=(40, 30))
    return Company.of(paper.scenario())


def sifted(told: Told, *patterns: Any, chain: Any = (), roles: Any = None) -> Sifted:
    """What of patterns came about. A list of steps stands for a pattern: ``p0``, ``p1``, ..."""
    named = [
        one if isinstance(one, dict) else {"name": f"p{k}", "steps": one}
        for k, one in enumerate(patterns)
    ]
    sieve = read_sieve({"roles": roles or {}, "patterns": named, "chain": list(chain)})
    return sift(sieve, *told)


WOUND, FALL, DEATH, BREAK, RALLY = (
    w.EVENT_WOUND, w.EVENT_FALL, w.EVENT_DEATH, w.EVENT_BREAK, w.EVENT_RALLY,
)  # fmt: skip
