"""The recording that the tests of testimony read."""

from __future__ import annotations

from pathlib import Path

import pytest

from affray.record import Recording
from tests.report.recorded import market as market_path

__all__ = ["market_path"]


@pytest.fixture(scope="session")
def market(market_path: Path) -> Recording:
    """The recording of the quarrel in a market, opened."""
    return Recording.open(market_path)
