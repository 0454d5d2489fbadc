"""Engine's records as the recording wants them: plain columns, without anything nested."""

from __future__ import annotations

from typing import Any

import numpy as np

from affray.engine.measure import MEASURES, measure
from affray.engine.tick import Engine
from affray.world import fields

Array = np.ndarray[Any, Any]


def flattened(dtype: np.dtype[Any]) -> np.dtype[Any]:
    """The same memory with every nested array as columns of its own: ``cause_id_0``, ``_1``, …"""
    names: list[str] = []
    formats: list[np.dtype[Any]] = []
    offsets: list[int] = []
    for name in dtype.names or ():
        kind, offset = (dtype.fields or {})[name][:2]  # type: ignore[index]
        if name == "spare":
            continue
        count = int(np.prod(kind.shape, dtype=np.int64))
        for k in range(count):
            names.append(f"{name}_{k}" if kind.shape else name)
            formats.append(kind.base)
            offsets.append(offset + k * kind.base.itemsize)
    return np.dtype(
        {"names": names, "formats": formats, "offsets": offsets, "itemsize": dtype.itemsize}
    )


EVENTS = flattened(fields.EVENT)
METRICS = np.dtype([("tick", "<i4"), ("side", "u1"), *((name, "<i8") for name in MEASURES)])


def flat_events(events: Array) -> Array:
    """EVENT rows as rows of EVENTS: the same memory, read otherwise."""
    return np.ascontiguousarray(events).view(np.ndarray).view(EVENTS)


def measured(engine: Engine) -> Array:
    """(sides, MEASURES) int64: counts and sums over all fighters as they are now."""
    fighters = engine.state.fighters
    sums = np.zeros((len(engine.battle.side_names), len(MEASURES)), np.int64)
    measure(fighters, 0, len(fighters), sums)
    return sums


def metric_rows(tick: int, sums: Array) -> Array:
    """One METRICS row a side."""
    rows = np.zeros(len(sums), METRICS)
    rows["tick"] = tick
    rows["side"] = np.arange(len(sums))
    for k, name in enumerate(MEASURES):
        rows[name] = sums[:, k]
    return rows


def counts_of(side_names: tuple[str, ...], sums: Array) -> dict[str, dict[str, int]]:
    """Side → measure → number, for people and programs."""
    return {
        side: dict(zip(MEASURES, map(int, row), strict=True))
        for side, row in zip(side_names, sums, strict=True)
    }
