"""A sieve laid over a battle that is fought without a recording: its events are kept meanwhile."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from affray.report.chronicle import COLUMNS, Chronicle
from affray.run.tables import EVENTS, flat_events
from affray.scenario import Scenario, parse
from affray.sift import Sieve, Sifted, asked_kinds, sift
from affray.sift.company import Company
from affray.world import words as w
from affray.world.errors import LimitError

Array = np.ndarray[Any, Any]
DECIDED = "sifted"  # column: whether the search for patterns came to its end


class Sieving:
    """Keeps the events that a sieve asks for. ``full``: single blows are among them."""

    def __init__(self, sieve: Sieve) -> None:
        self._sieve = sieve
        self._kinds = np.array(sorted(asked_kinds(sieve)))
        self._kept: list[Array] = []
        self.full = w.EVENT_BLOW in asked_kinds(sieve)

    def see(self, events: Array) -> None:
        """Keep what is asked for of the events (EVENT) of a tick."""
        asked = np.isin(events["kind"], self._kinds)
        if asked.any():
            self._kept.append(flat_events(events[asked]))

    def times(self, paper: str) -> dict[str, float | bool | None]:
        """When each pattern came about in the battle of that text, as columns of a table; and
        whether the search came to an end: where it was given up, nothing is known.
        """
        try:
            return {**self.sift(paper).times(), DECIDED: True}
        except LimitError:
            return {**dict.fromkeys(self._sieve.columns()), DECIDED: False}

    def sift(self, paper: str) -> Sifted:
        """What came about in the battle of that text. Raises LimitError."""
        scenario, company = _battle(paper)
        events = np.concatenate(self._kept) if self._kept else np.zeros(0, EVENTS)
        last = int(events["tick"][-1]) if len(events) else 0
        columns = {name: events[name] for name in COLUMNS}
        return sift(self._sieve, Chronicle.from_columns(columns, scenario.dt, 0, last), company)


@lru_cache(maxsize=8)
def _battle(paper: str) -> tuple[Scenario, Company]:
    scenario = parse(paper)
    return scenario, Company.of(scenario)
