"""Tellings of two battles, made once for all tests that only read them."""

from __future__ import annotations

import pytest

from tests.tell.told import Told, told
from tests.testimony.deposed import TIMES


@pytest.fixture(scope="session")
def battles(tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    """Two battles of people, each heard and told in chorus and by single minds."""
    folder = tmp_path_factory.mktemp("told")
    return [told(folder, name, until_s) for name, until_s in TIMES.items()]
