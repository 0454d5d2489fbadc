"""Tables of a recording with names in the place of numbers, as a person reads them.

Words become dictionary columns: small, and text in pandas, polars and duckdb.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from affray.report.roster import Roster
from affray.world import words

_ARMED = (words.EVENT_WOUND, words.EVENT_THROW, words.EVENT_BLOW)
_SAID = (words.EVENT_SAY, words.EVENT_CUT)
_TOLD = (words.EVENT_OBEY, words.EVENT_REFUSE, words.EVENT_BLAME)  # ``value``: what order


def named_events(table: pa.Table, roster: Roster, dt_s: float) -> pa.Table:
    """Events with time in seconds, kinds and causes in words, and fighters by name.

    ``says`` and ``way``: what was said, and how; ``order``: what the order was that was given,
    taken up, refused, or known to one who blames.
    """
    columns: dict[str, pa.Array | pa.ChunkedArray] = {}
    for name in table.column_names:
        values = table[name]
        if name == "kind":
            columns[name] = _worded(values, words.EVENT_NAMES)
        elif name.startswith("cause_event_"):  # what is no event has no kind of event
            kinds = table[name.replace("event", "kind")]
            of_events = pc.if_else(pc.equal(kinds, words.CAUSE_EVENT), values, None)
            columns[name] = _worded(of_events, words.EVENT_NAMES)
        elif name.startswith("cause_kind_"):
            columns[name] = _worded(values, words.CAUSE_NAMES)
        elif name == "place":
            columns[name] = _worded(_of(table, values, words.EVENT_WOUND), words.PLACE_NAMES)
        elif name == "weapon":
            weapons = [weapon.title for weapon in roster.weapons]
            columns[name] = _worded(_of(table, values, *_ARMED), weapons)
        else:
            columns[name] = values
        if name == "tick":
            columns["time_s"] = _seconds(values, dt_s)
        elif name in ("fighter", "other"):
            columns[f"{name}_name"] = _names(values, roster)
    columns["says"] = _worded(_of(table, table["place"], *_SAID), words.SAY_NAMES)
    columns["way"] = _worded(_of(table, table["weapon"], *_SAID), words.WAY_NAMES)
    columns["order"] = _worded(_orders_in(table), roster.orders)
    return pa.table(columns)


def _of(table: pa.Table, values: Any, *kinds: int) -> Any:
    """Values of events of some kinds, and nothing of all others."""
    wanted = pc.is_in(table["kind"], pa.array(kinds, table["kind"].type))
    return pc.if_else(wanted, values, None)


def _orders_in(table: pa.Table) -> Any:
    """(events,) int32: row of the order that an event is about, or null."""
    said = pc.equal(_of(table, table["place"], *_SAID), words.SAY_ORDER)
    told = pc.is_in(table["kind"], pa.array(_TOLD, table["kind"].type))
    about = pc.or_(pc.fill_null(said, False), told)
    return pc.cast(pc.if_else(about, table["value"], None), pa.int32())


def named_metrics(table: pa.Table, roster: Roster, dt_s: float) -> pa.Table:
    """Metrics with time in seconds and sides by name."""
    columns: dict[str, pa.Array | pa.ChunkedArray] = {}
    for name in table.column_names:
        columns[name] = table[name]
        if name == "tick":
            columns["time_s"] = _seconds(table[name], dt_s)
        elif name == "side":
            columns[name] = _worded(table[name], [side.name for side in roster.sides])
    return pa.table(columns)


def _worded(values: pa.ChunkedArray, names: Sequence[str]) -> pa.Array:
    """Numbers as words; a number without a word, or nothing, as null."""
    flat = _whole(values)
    worded = [number for number, name in enumerate(names) if name]
    known = pc.if_else(pc.is_in(flat, pa.array(worded, flat.type)), flat, None)
    return pa.DictionaryArray.from_arrays(pc.cast(known, pa.int32()), pa.array(names, pa.string()))


def _names(ids: pa.ChunkedArray, roster: Roster) -> pa.Array:
    """Fighters' names; nobody (−1) as null."""
    flat = _whole(ids).to_numpy()
    known, indices = np.unique(flat, return_inverse=True)
    names = [roster.name(int(number)) if number >= 0 else "" for number in known]
    where = pa.array(indices.astype(np.int32), mask=flat < 0)
    return pa.DictionaryArray.from_arrays(where, pa.array(names, pa.string()))


def _seconds(ticks: pa.ChunkedArray, dt_s: float) -> pa.ChunkedArray:
    return pc.multiply(pc.cast(ticks, pa.float64()), dt_s)


def _whole(values: pa.ChunkedArray) -> pa.Array:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
