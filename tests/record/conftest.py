"""A recording to read, made once, and a copy of it to break."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.record import drama


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole recording that no test may change."""
    directory = tmp_path_factory.mktemp("record") / "pristine"
    drama.record(directory)
    return directory


@pytest.fixture
def copy(pristine: Path, tmp_path: Path) -> Path:
    """A whole recording that a test may break."""
    return Path(shutil.copytree(pristine, tmp_path / "copy"))


@pytest.fixture(autouse=True)
def no_power_cuts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test need not survive a power cut, and waiting for the disk is most of its time."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)
