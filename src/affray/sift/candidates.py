"""The events that a step of a pattern can be, whoever plays in it, found by who is in them."""

from __future__ import annotations

from typing import Any

import numpy as np

from affray.report.chronicle import Chronicle
from affray.sift.company import Company
from affray.sift.patterns import Match
from affray.world import words as w

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
        self.rows = rows
        self._ticks = events["tick"]
        self._of = (_Lookup(rows, events["fighter"]), _Lookup(rows, others))

    def of(self, who: int | None, whom: int | None, first: int, last: int) -> Array:
        """Rows of ticks first..last, with these in them where they are given."""
        rows = self.rows
        for lookup, somebody in zip(self._of, (who, whom), strict=True):
            if somebody is not None:
                found = lookup.of(somebody)
                rows = found if len(found) < len(rows) else rows
        ticks = self._ticks[rows]
        low, high = np.searchsorted(ticks, first), np.searchsorted(ticks, last, side="right")
        return rows[low:high]


class _Lookup:
    """Rows by whom a column names in them."""

    def __init__(self, rows: Array, column: Array) -> None:
        keys = column[rows]
        order = np.argsort(keys, kind="stable")
        self._rows, self._keys = rows[order], keys[order]
        self._found: dict[int, Array] = {}

    def of(self, somebody: int) -> Array:
        if somebody not in self._found:
            low, high = np.searchsorted(self._keys, (somebody, somebody + 1))
            self._found[somebody] = self._rows[low:high]
        return self._found[somebody]


def _told(match: Match, events: dict[str, Array], rows: Array, company: Company) -> Array:
    """Of the rows, those that say what a match asks for."""
    place, value = events["place"], events["value"]
    if match.says is not None:
        rows = rows[place[rows] == w.SAY_NAMES.index(match.says)]
    if match.place is not None:
        rows = rows[place[rows] == w.PLACE_NAMES.index(match.place)]
    if match.weapon is not None:
        rows = rows[events["weapon"][rows] == company.weapon(match.weapon)]
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
