"""What a table of runs comes to: by variation, who held the field how often, and mean losses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from affray.report.clock import span
from affray.sift.reading import CAME, LINKED
from affray.study.intervals import Interval, mean_interval, share_interval
from affray.study.plan import Plan
from affray.study.rows import sides_of
from affray.study.sieving import DECIDED

if TYPE_CHECKING:
    import pyarrow as pa

    from affray.sift import Sieve

MEASURES = ("dead", "down", "wounded", "fleeing", "left", "standing")


def digest(plan: Plan, table: pa.Table) -> list[dict[str, Any]]:
    """One entry a variation that has runs, as plain data: 95 % intervals as [value, low, high]."""
    columns = {name: table[name].to_numpy() for name in table.column_names}
    found = []
    for k, variation in enumerate(plan.variations):
        rows = np.flatnonzero(columns["variation"] == k)
        if len(rows):
            found.append(
                {
                    "values": dict(zip(plan.paths, variation.values, strict=True)),
                    "runs": len(rows),
                    **_entry(plan, {name: column[rows] for name, column in columns.items()}),
                }
            )
    return found


def _entry(plan: Plan, columns: dict[str, np.ndarray]) -> dict[str, Any]:
    runs = len(columns["seed"])
    sides = sides_of(plan)
    return {
        "duration_s": mean_interval(columns["duration_s"]),
        "held_by": {
            name or "nobody alone": share_interval(int(np.sum(columns["holder"] == name)), runs)
            for name in (*sides, None)
        },
        "sides": {name: _side(name, columns) for name in sides},
        **({} if plan.sieve is None else _sifted(plan.sieve, columns)),
    }


def _sifted(sieve: Sieve, columns: dict[str, np.ndarray]) -> dict[str, Any]:
    """How often each pattern came about, each link of the chain, and all of it, among the runs in
    which that could be decided.
    """
    decided = columns[DECIDED].astype(bool)
    came = {name: ~np.isnan(columns[name].astype(float))[decided] for name in sieve.columns()}
    names, links = sieve.patterns.names(), sieve.patterns.links()
    found: dict[str, Any] = {
        "undecided": int(np.sum(~decided)),
        "came_about": {name: _share(came[name + CAME]) for name in names},
    }
    if links:
        linked = {name: came[name + LINKED] for name in links}
        found["chain"] = {
            "links": {name: _share(one) for name, one in linked.items()},
            "whole": _share(np.all(list(linked.values()), axis=0)),
        }
    return found


def _share(runs: np.ndarray) -> Interval:
    return share_interval(int(np.sum(runs)), len(runs))


def _side(name: str, columns: dict[str, np.ndarray]) -> dict[str, Any]:
    dead, before = columns[f"{name}.dead"], columns[f"{name}.dead_before"]
    broke = ~np.isnan(columns[f"{name}.broke_s"].astype(float))
    after = np.sum((dead - before)[broke]) / max(np.sum(dead[broke]), 1)
    return {
        "started": mean_interval(columns[f"{name}.started"]).value,
        **{measure: mean_interval(columns[f"{name}.{measure}"]) for measure in MEASURES},
        "broke": share_interval(int(broke.sum()), len(broke)),
        "dead_after_break": float(after) if broke.any() else None,
    }


def lines_of(plan: Plan, table: pa.Table) -> list[str]:
    """The same for people."""
    lines = [f"{plan.title} ({plan.name}): {table.num_rows} of {len(plan.runs)} runs"]
    if plan.jitter:
        lines[0] += f", each disposition off by up to {plan.jitter:.0%}"
    for entry in digest(plan, table):
        lines += ["", *_told(entry)]
    return lines


def _told(entry: dict[str, Any]) -> list[str]:
    values = ", ".join(f"{path}={_shown(value)}" for path, value in entry["values"].items())
    held = [
        f"{name} {_often(share)}" for name, share in entry["held_by"].items() if share.value > 0
    ]
    lasted = entry["duration_s"]
    width = max(len(name) for name in (*entry["sides"], "side"))
    head = f"  {'side':{width}} {'started':>8}" + "".join(f"{m:>14}" for m in MEASURES)
    return [
        f"{values or 'as it stands'}: {entry['runs']} runs, {span(lasted.value)} on average",
        "  held the field: " + ", ".join(held),
        head + f"{'broke':>8}{'dead after':>12}",
        *(_row(name, side, width) for name, side in entry["sides"].items()),
        *_census(entry),
    ]


def _census(entry: dict[str, Any]) -> Iterator[str]:
    """How often patterns came about, and the links of the chain."""
    if entry.get("undecided"):
        yield f"  not decided in {entry['undecided']} runs: more events than a search may look at"
    chain = entry.get("chain")
    groups = [("patterns that came about", entry.get("came_about", {}))]
    if chain is not None:
        groups.append(("links of the chain", {**chain["links"], "(all of it)": chain["whole"]}))
    width = max((len(name) for _, shares in groups for name in shares), default=0)
    for title, shares in groups:
        if shares:
            yield f"  {title}:"
        for name, share in shares.items():
            yield f"    {name:{width}} {_often(share)}"


def _often(share: Interval) -> str:
    """``38% (21%-59%)``: a share and its 95 % interval."""
    return f"{share.value:.0%} ({share.low:.0%}-{share.high:.0%})"


def _row(name: str, side: dict[str, Any], width: int) -> str:
    after = side["dead_after_break"]
    return (
        f"  {name:{width}} {side['started']:>8,.0f}"
        + "".join(f"{_with_half(side[measure]):>14}" for measure in MEASURES)
        + f"{side['broke'].value:>8.0%}"
        + (f"{'-':>12}" if after is None else f"{after:>12.0%}")
    )


def _with_half(mean: Interval) -> str:
    """``431 ± 12``: a mean and half its 95 % interval."""
    if np.isinf(mean.high):
        return f"{mean.value:,.1f}"
    return f"{mean.value:,.1f} ± {mean.high - mean.value:,.1f}"


def _shown(value: float | str) -> str:
    return f"{value:g}" if isinstance(value, float) else value
