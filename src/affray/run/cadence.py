"""How often a run samples, draws, saves and seals: by ticks and sizes, never by the clock.

The rules, so that a large battle does not spend its time on the disk:

- A *picture* of more than 100,000 fighters is drawn as many times more rarely as it is larger.
- A *checkpoint* of more than 50 MB is written as many times more rarely as it is larger.
- A segment is *sealed* with every checkpoint, and before that whenever its fighters have lived
  through four million ticks together: about a second of work.
"""

from __future__ import annotations

from dataclasses import dataclass

from affray.scenario.model import Record

PICTURE_FIGHTERS = 100_000
CHECKPOINT_BYTES = 50_000_000
SEAL_FIGHTER_TICKS = 4_000_000


@dataclass(frozen=True)
class Cadence:
    """Ticks from one to the next, each at least 1."""

    metrics: int
    frames: int
    checkpoint: int
    seal: int


def cadence_of(record: Record, dt_s: float, fighters: int, state_bytes: int) -> Cadence:
    """The cadence of a battle of so many fighters, whose checkpoint has about so many bytes."""

    def every(seconds: float, times: int = 1) -> int:
        return max(1, round(seconds * times / dt_s))

    return Cadence(
        metrics=every(record.metrics_every),
        frames=every(record.frames_every, _times(fighters, PICTURE_FIGHTERS)),
        checkpoint=every(record.checkpoint_every, _times(state_bytes, CHECKPOINT_BYTES)),
        seal=max(1, SEAL_FIGHTER_TICKS // max(fighters, 1)),
    )


def _times(size: int, one: int) -> int:
    return max(1, -(-size // one))
