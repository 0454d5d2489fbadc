"""What a run came to: where it lies, how far it went and why it ended there, and its counts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Outcome:
    """How a run ended. ``ended`` is a word of ``world/endings.py``; ``counts``: side → measure →
    sum.

    ``tick`` is the last tick lived through, ``hash`` the hash of the state it left. The measures
    are those of ``affray.engine.measure``: fighters, thousandths, hundredths of a millilitre.
    """

    path: Path
    ended: str
    tick: int
    hash: int
    dt_s: float
    counts: dict[str, dict[str, int]]
