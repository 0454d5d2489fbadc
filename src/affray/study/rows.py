"""The table of a study: one row a run, in the order of variations and seeds.

A row is first a plain dict, as it is sealed in the ledger; ``table`` makes columns of all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from affray.run.fight import Fate, SideFate
from affray.study.plan import Plan
from affray.study.sieving import DECIDED

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]

# of a side, as ``SIDE.dead``; what they mean stands at ``SideFate``
OF_SIDE = tuple(field.name for field in fields(SideFate) if field.name != "name")


def row_of(variation: int, seed: int, fate: Fate) -> Row:
    """What one run came to, as plain data."""
    row: Row = {
        "variation": variation,
        "seed": seed,
        "ended": fate.ended,
        "duration_s": fate.duration_s,
        "holder": fate.holder,
        "first_break_s": fate.first_break_s,
        "hash": f"{fate.hash:016x}",
    }
    for side in fate.sides:
        row.update({f"{side.name}.{name}": getattr(side, name) for name in OF_SIDE})
    return row


def table(plan: Plan, rows: Iterable[Row]) -> pa.Table:
    """The rows as an Arrow table, each with its scenario's digest and its varied values."""
    import pyarrow as pa

    ordered = sorted(rows, key=lambda row: (row["variation"], row["seed"]))
    of = [plan.variations[row["variation"]] for row in ordered]
    columns: dict[str, Any] = {
        "scenario": pa.array([plan.name] * len(ordered), pa.string()),
        "digest": pa.array([one.digest for one in of], pa.string()),
        "variation": pa.array([row["variation"] for row in ordered], pa.int32()),
        "seed": pa.array([row["seed"] for row in ordered], pa.int64()),
    }
    for k, path in enumerate(plan.paths):
        columns[path] = _values(pa, [one.values[k] for one in of])
    for name, kind in _columns(pa, plan):
        columns[name] = pa.array([row[name] for row in ordered], kind)
    return pa.table(columns)


def sides_of(plan: Plan) -> list[str]:
    """Names of the sides, which are the same in all variations."""
    return [side.name for side in plan.variations[0].scenario.sides]


def _columns(pa: Any, plan: Plan) -> list[tuple[str, Any]]:
    """Names and types of the columns that come out of the fighting."""
    found = [
        ("ended", pa.string()),
        ("duration_s", pa.float64()),
        ("holder", pa.string()),
        ("first_break_s", pa.float64()),
        ("hash", pa.string()),
    ]
    for side in sides_of(plan):
        for name in OF_SIDE:
            kind = pa.float64() if name.endswith("_s") else pa.int64()
            found.append((f"{side}.{name}", kind))
    if plan.sieve is not None:
        found += [(name, pa.float64()) for name in plan.sieve.columns()]
        found.append((DECIDED, pa.bool_()))
    return found


def _values(pa: Any, values: list[float | str]) -> Any:
    """A varied path as a column: of numbers, if all values are."""
    if all(isinstance(value, float) for value in values):
        return pa.array(values, pa.float64())
    shown = [f"{value:g}" if isinstance(value, float) else value for value in values]
    return pa.array(shown, pa.string())
