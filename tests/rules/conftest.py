"""Luck is arithmetic that wraps around at 64 bits, which NumPy warns of outside compiled code."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest


@pytest.fixture(autouse=True)
def _wraps_around() -> Iterator[None]:
    with np.errstate(over="ignore"):
        yield
