"""Intervals against an independent library."""

from __future__ import annotations

import numpy as np
import pytest

from affray.study.intervals import mean_interval, share_interval, student

scipy_stats = pytest.importorskip("scipy.stats")


@pytest.mark.parametrize("freedom", [1, 2, 3, 5, 10, 30, 200])
def test_students_quantile(freedom: int) -> None:
    """The quantile of Student's t, within 1 %."""
    assert student(freedom) == pytest.approx(scipy_stats.t.ppf(0.975, freedom), rel=0.01)


@pytest.mark.parametrize(("times", "of"), [(0, 10), (3, 10), (10, 10), (50, 200)])
def test_wilsons_interval(times: int, of: int) -> None:
    """The interval of a share, also where nothing or everything was counted."""
    known = scipy_stats.binomtest(times, of).proportion_ci(method="wilson")
    assert share_interval(times, of) == pytest.approx((times / of, known.low, known.high))


def test_the_interval_of_a_mean() -> None:
    """A mean and its interval; one value alone has none."""
    values = np.array([1.0, 2.0, 4.0, 9.0, 3.0])
    low, high = scipy_stats.t.interval(
        0.95, 4, values.mean(), values.std(ddof=1) / np.sqrt(len(values))
    )
    assert mean_interval(values) == pytest.approx((values.mean(), low, high), abs=0.02)
    assert mean_interval(values[:1])[1:] == (-np.inf, np.inf)
