"""Battles with people in them, recorded and heard: what tests of testimony and telling read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from affray.record import Recording
from affray.record.testimony import Testimony
from affray.run import execute
from affray.scenario import load_bundled
from affray.testimony.depose import depose

SEED = 3
TIMES = {"mutiny": 66.0, "toll_bridge": 75.0}  # seconds of each that are fought


def recorded(folder: Path, name: str, until_s: float, seed: int = SEED) -> Recording:
    """A bundled battle, recorded into a folder of that name."""
    out = folder / name
    execute(load_bundled(name), seed=seed, out=out, until_s=until_s, threads=1)
    return Recording.open(out)


def heard(recording: Recording, ids: Sequence[int], threads: int = 1) -> dict[int, Testimony]:
    """The testimonies of some fighters."""
    return depose(recording, ids, threads=threads)
