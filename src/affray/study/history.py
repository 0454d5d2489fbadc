"""Checks against history: what winners and losers lost, and when the losers' dead fell.

Ancient: Krentz (1985), fewer than 20 cases: winners lost about 5 % (3 to 10), losers about 14 %
(10 to 20). 1600 to 1904: medians and quartiles of 237 battles in the data base CDB90: winners 8.3 %
(4.2 to 16), losers 21.8 % (12 to 35). That most of a loser's dead fall once he has turned is the
common judgement of those who wrote on it, from Ardant du Picq (1880) on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from affray.scenario import load
from affray.study.checks import Check, Finding, column, within
from affray.study.intervals import Interval, mean_interval
from affray.study.plan import Plan, plan
from affray.study.rows import sides_of

if TYPE_CHECKING:
    import pyarrow as pa

# battle → quartiles of the winner's loss and of the loser's, in per cent
LOSSES = {
    "cannae": ((3.0, 10.0), (10.0, 20.0)),
    "hastings": ((3.0, 10.0), (10.0, 20.0)),
    "linear_1700s": ((4.2, 16.0), (12.0, 35.0)),
}
# In ancient figures the lost are the dead, and whoever lay there was killed; in those of the age of
# muskets they are killed and wounded.
COUNTED = {
    "cannae": ("dead", "down"),
    "hastings": ("dead", "down"),
    "linear_1700s": ("dead", "wounded"),
}


def losses_plans(seeds: int) -> dict[str, Plan]:
    """Each battle as it is bundled."""
    return {name: plan(load(name), seeds) for name in LOSSES}


def losses(plans: Mapping[str, Plan], tables: Mapping[str, pa.Table]) -> list[Finding]:
    """Mean loss of winner and loser, in per cent, against the middle half of the battles known."""
    found = []
    for name, ranges in LOSSES.items():
        winner, loser = _lost(plans[name], tables[name], COUNTED[name])
        for who, (low, high), values in zip(
            ("winner", "loser"), ranges, (winner, loser), strict=True
        ):
            found.append(_within(f"{name}: loss of the {who}, %", low, high, values))
    return found


def after_break(plans: Mapping[str, Plan], tables: Mapping[str, pa.Table]) -> list[Finding]:
    """Share of the losers' dead who fell after their side had broken: more than half."""
    found = []
    for name in LOSSES:
        table, shares = tables[name], []
        for side, rows in _losers(plans[name], table):
            dead = column(table, f"{side}.dead")[rows]
            after = dead - column(table, f"{side}.dead_before")[rows]
            shares.append(after / np.maximum(dead, 1))
        found.append(
            _within(
                f"{name}: of the loser's dead, share after his break",
                0.5,
                1.0,
                np.concatenate(shares),
            )
        )
    return found


def _within(what: str, low: float, high: float, values: np.ndarray) -> Finding:
    """The mean of one value a run, against a range; of no runs nothing can be said."""
    if len(values) == 0:
        nothing = Interval(float("nan"), -np.inf, np.inf)
        return within(f"{what} (nobody broke)", low, high, nothing, 0)
    spread = float(np.std(values, ddof=1)) if len(values) > 1 else 0.0
    return within(what, low, high, mean_interval(values), len(values), spread=spread)


def _losers(plan: Plan, table: pa.Table) -> list[tuple[str, np.ndarray]]:
    """Each of the two sides with the rows in which it broke alone, or before the other one."""
    one, other = sides_of(plan)
    a, b = (np.nan_to_num(column(table, f"{side}.broke_s"), nan=np.inf) for side in (one, other))
    return [(one, np.flatnonzero(a < b)), (other, np.flatnonzero(b < a))]


def _lost(plan: Plan, table: pa.Table, counted: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Losses of winner and loser in per cent of those who began, over the runs that were lost."""
    share = {
        side: 100.0
        * sum(column(table, f"{side}.{name}") for name in counted)
        / column(table, f"{side}.started")
        for side in sides_of(plan)
    }
    one, other = sides_of(plan)
    winner, loser = [], []
    for lost, rows in _losers(plan, table):
        won = other if lost == one else one
        winner.append(share[won][rows])
        loser.append(share[lost][rows])
    return np.concatenate(winner), np.concatenate(loser)


HISTORY = (
    Check(
        "losses",
        "Losses of winner and loser",
        "Mean losses lie in the middle half of those known: ancient for `cannae` and `hastings` "
        "(for the Middle Ages there are no such figures), 1600 to 1904 for `linear_1700s`. The "
        "loser is whoever broke alone, or first.",
        "strengths and arms as the battles' files say; temper, fear, morale and rout: invented, so "
        "these figures may judge them, and did not set them",
        losses_plans,
        losses,
    ),
    Check(
        "pursuit",
        "When the loser's dead fall",
        "Most of the loser's dead fall once his side has broken (more than half of those who could "
        "fight are in flight or gone).",
        "fear, rout and the speed of the pursuers: invented",
        losses_plans,
        after_break,
    ),
)
