"""One straight run that many tests hold others against."""

from __future__ import annotations

from pathlib import Path

import pytest

from affray.record import Recording
from tests.run.fights import fought


@pytest.fixture(scope="session")
def straight(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """The skirmish fought to its end in one go, at level full. To be read only."""
    out: Path = tmp_path_factory.mktemp("straight") / "run"
    fought(out)
    return Recording.open(out)
