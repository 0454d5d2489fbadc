"""What tests of studies share: who fights for them, where that is not what is on trial."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from affray.study import work


@pytest.fixture
def in_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads of this process in the place of worker processes, which take seconds to begin."""
    monkeypatch.setattr(work, "_Pool", ThreadPoolExecutor)
