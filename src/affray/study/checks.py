"""What a check of ``affray validate`` is: battles to fight, and a judgement of what they come to.

A measured value is held against a range that stands before anything is fought. It passes if its
whole 95 % interval lies in the range, falls short if all of it lies outside, and else there are
not enough seeds to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from affray.study.intervals import Interval
from affray.study.plan import Plan

if TYPE_CHECKING:
    import pyarrow as pa

PASS = "pass"
SHORT = "falls short"
MORE = "not enough seeds"
MARGIN = 0.05  # of what is expected: the equivalence margin of every law


@dataclass(frozen=True)
class Finding:
    """One measured value beside what is expected.

    ``low``, ``high``: the range in which its 95 % interval must lie. ``spread``: standard
    deviation from run to run, None where the value is of all runs together.
    """

    what: str
    expected: str
    low: float
    high: float
    measured: Interval
    runs: int
    spread: float | None = None

    @property
    def verdict(self) -> str:
        """One of the words of this module."""
        _, low, high = self.measured
        if self.low <= low and high <= self.high:
            return PASS
        return SHORT if high < self.low or low > self.high else MORE


@dataclass(frozen=True)
class Check:
    """``plans(seeds)``: what to fight, by name; ``judge``: what their tables say.

    ``about``: what is checked, and whose figures these are; ``sources``: where the numbers come
    from that the battles of the check stand on. ``runs``: battles for each seed asked for.
    """

    name: str
    title: str
    about: str
    sources: str
    plans: Callable[[int], Mapping[str, Plan]]
    judge: Callable[[Mapping[str, Plan], Mapping[str, pa.Table]], list[Finding]]


def near(what: str, expected: float, measured: Interval, runs: int, **more: float) -> Finding:
    """A finding that passes within the margin about a number."""
    half = MARGIN * abs(expected)
    low, high = expected - half, expected + half
    return Finding(what, f"{expected:.3g} ± {half:.2g}", low, high, measured, runs, **more)


def within(
    what: str, low: float, high: float, measured: Interval, runs: int, **more: float
) -> Finding:
    """A finding that passes in a given range."""
    if high == inf:
        return Finding(what, f"above {low:g}", low, high, measured, runs, **more)
    return Finding(what, f"{low:g} to {high:g}", low, high, measured, runs, **more)


def column(table: pa.Table, name: str) -> np.ndarray:
    """A column as float64; missing values are NaN."""
    return np.asarray(table[name].to_numpy(), np.float64)
