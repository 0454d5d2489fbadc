"""How long an act takes."""

from __future__ import annotations

import numpy as np
import pytest

from affray.rules.tempo import ticks_taken
from tests.rules.people import parameters

DT_S = 0.1
SECONDS = 6.0


def taken(uneven: float) -> np.ndarray:
    """Seconds that one and the same act takes at ten thousand times."""
    p = parameters(body_uneven=uneven)
    return (
        np.array([ticks_taken(SECONDS, 7, tick, 99, 39, DT_S, p) for tick in range(10_000)]) * DT_S
    )


def test_an_act_takes_its_time_on_the_whole() -> None:
    """Neither longer nor shorter in the mean; its deviation is the share that is asked for."""
    times = taken(0.15)
    assert times.mean() == pytest.approx(SECONDS, rel=0.01)
    assert times.std() / SECONDS == pytest.approx(0.15, rel=0.05)


def test_no_act_takes_no_time() -> None:
    """Not at the greatest deviation either; without any it always takes the same."""
    assert taken(0.3).min() >= 0.2 * SECONDS
    assert set(taken(0.0)) == {SECONDS}
