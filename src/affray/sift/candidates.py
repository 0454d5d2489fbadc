"""The events that a step of a pattern can be, whoever plays in it, found by who is in them."""

from __future__ import annotations

from typing import Any

import numpy as np

from affray.report.chronicle import Chronicle
from affray.sift.company import Company
from affray.sift.patterns import Match
from affray.world import words as w
from affray.world.inner import CUES, TONES

Array = np.ndarray[Any, Any]


class Candidates:
    """Rows of a chronicle in time, for one match. ``may``: who can have each restricted role."""

    def __init__(
        self,
        match: Match,
        chronicle: Chronicle,
        others: Array,
        company: Company,
        may: dict[str, Array],
    ) -> None:
        events = chronicle.columns
        rows = np.flatnonzero(events["kind"] == w.EVENT_NAMES.index(match.event))
        rows = company.fits(match, events, _told(match, events, rows, company))
        for role, who in ((match.who, events["fighter"]), (match.whom, others)):
            if role is not None:
                rows = rows[who[rows] >= 0]
                rows = rows[may[role][who[rows]]] if role in may else rows
        # of the kind of what is looked up: numpy would copy them at every search
        ticks = events["tick"].astype(np.int64)
        self._all = _Times(rows, ticks)
        self._of = (_Lookup(rows, events["fighter"], ticks), _Lookup(rows, others, ticks))

    def of(self, who: int | None, whom: int | None, first: int, last: int) -> Array:
        """Rows of ticks first..last: of those with ``who`` in them, if given, or with ``whom``;
        of the fewer, if both are.
        """
        times = self._narrowest(who, whom)
        low, high = times.ticks.searchsorted((first, last + 1))
        return times.rows[low:high]

    def has(self, who: int | None, whom: int | None, first: int, last: int) -> bool:
        """Whether there might be any: a quick look, which misses none."""
        times = self._narrowest(who, whom)
        return times.first <= last and times.last >= first

    def _narrowest(self, who: int | None, whom: int | None) -> _Times:
        by_who = self._all if who is None else self._of[0].of(who)
        by_whom = self._all if whom is None else self._of[1].of(whom)
        return by_who if len(by_who.rows) <= len(by_whom.rows) else by_whom


class _Times:
    """Rows in time, and the tick of each."""

    def __init__(self, rows: Array, ticks: Array) -> None:
        self.rows = rows
        self.ticks = ticks[rows]
        self.first = int(self.ticks[0]) if len(rows) else 1
        self.last = int(self.ticks[-1]) if len(rows) else -1


class _Lookup:
    """Rows by whom a column names in them."""

    def __init__(self, rows: Array, column: Array, ticks: Array) -> None:
        keys = column[rows].astype(np.int64)
        order = np.argsort(keys, kind="stable")
        self._rows, self._keys, self._ticks = rows[order], keys[order], ticks
        self._found: dict[int, _Times] = {}

    def of(self, somebody: int) -> _Times:
        found = self._found.get(somebody)
        if found is None:
            low, high = self._keys.searchsorted((somebody, somebody + 1))
            found = self._found[somebody] = _Times(self._rows[low:high], self._ticks)
        return found


def _told(match: Match, events: dict[str, Array], rows: Array, company: Company) -> Array:
    """Of the rows, those that say what a match asks for."""
    place, value = events["place"], events["value"]
    if match.says is not None:
        rows = rows[place[rows] == w.SAY_NAMES.index(match.says)]
    if match.place is not None:
        rows = rows[place[rows] == w.PLACE_NAMES.index(match.place)]
    if match.weapon is not None:
        rows = rows[events["weapon"][rows] == company.weapon(match.weapon)]
    for asked, names in (
        (match.cue, CUES),
        (match.tone, TONES),
        (match.makes, w.VERDICT_NAMES),
    ):
        if asked is not None:
            rows = rows[events["weapon"][rows] == names.index(asked)]
    if match.outcome is not None:
        rows = rows[value[rows] == w.OUTCOME_NAMES.index(match.outcome)]
    if match.believes is not None:
        rows = rows[(value[rows] >= 0.5) == (match.believes == "dead")]
    if match.order is not None:
        if match.event in ("say", "cut"):
            rows = rows[place[rows] == w.SAY_ORDER]
        said = np.array(company.roster.orders, object)
        rows = rows[said[value[rows].astype(np.int64)] == match.order]
    if match.above is not None:
        rows = rows[value[rows] > match.above]
    if match.below is not None:
        rows = rows[value[rows] < match.below]
    return rows
