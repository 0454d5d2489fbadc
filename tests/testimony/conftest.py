"""The recordings that the tests of testimony read."""

from __future__ import annotations

from pathlib import Path

import pytest

from affray.record import Recording
from tests.report.recorded import market as market_path
from tests.testimony.deposed import TIMES, recorded

__all__ = ["market_path"]


@pytest.fixture(scope="session")
def market(market_path: Path) -> Recording:
    """The recording of the quarrel in a market, opened."""
    return Recording.open(market_path)


@pytest.fixture(scope="session")
def mutiny(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """The mutiny, with its people, recorded. To be read only."""
    return recorded(tmp_path_factory.mktemp("deposed"), "mutiny", TIMES["mutiny"])


@pytest.fixture(scope="session")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """The fight for the bridge by night, recorded. To be read only."""
    return recorded(tmp_path_factory.mktemp("deposed"), "toll_bridge", TIMES["toll_bridge"])
