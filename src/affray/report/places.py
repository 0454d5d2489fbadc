"""Where everybody is at a moment, and in which state: out of frames, or else out of a checkpoint.

A frame holds fighters by id: place as 65535ths of the field, and status, mood and act packed into
one byte (status in bits 0-2, mood in bit 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from affray.world import words as w
from affray.world.errors import UsageError

if TYPE_CHECKING:
    from affray.record import Recording
    from affray.record.frames import Frame

_PLACES = 65535.0


@dataclass(frozen=True)
class Places:
    """Fighters by id at ``tick``: place (m), status (``*_NAMES`` of words), 1 if broken."""

    tick: int
    x_m: np.ndarray
    y_m: np.ndarray
    status: np.ndarray
    broken: np.ndarray

    @property
    def on_field(self) -> np.ndarray:
        """Whether each is on the field, alive or not."""
        return (self.status != w.RESERVE) & (self.status != w.LEFT)


def places_of(frame: Frame, size_m: tuple[float, float]) -> Places:
    """Everybody in a picture of a field of this size."""
    state = frame.arrays["state"]
    return Places(
        tick=frame.tick,
        x_m=frame.arrays["x"] * (size_m[0] / _PLACES),
        y_m=frame.arrays["y"] * (size_m[1] / _PLACES),
        status=state & 7,
        broken=(state >> 3) & 1,
    )


def places_at(recording: Recording, tick: int, size_m: tuple[float, float] = (1.0, 1.0)) -> Places:
    """Everybody at the last picture at or before ``tick``. Raises UsageError if there is none.

    ``size_m``: of the field; without it, places are shares of it where they come from a picture.
    """
    found = None
    low = max((t for t in recording.checkpoints() if t <= tick), default=recording.first_tick)
    for frame in recording.frames(low, tick):
        found = frame
    return _from_checkpoint(recording, tick) if found is None else places_of(found, size_m)


def _from_checkpoint(recording: Recording, tick: int) -> Places:
    nearest = recording.nearest_checkpoint(tick)
    if nearest is None:
        raise UsageError(
            f"{recording.path}: holds neither a picture nor a state at or before tick {tick}"
        )
    fighters = recording.checkpoint(nearest)[0]["fighters"]
    order = np.argsort(fighters["id"])
    rows = fighters[order]
    return Places(nearest, rows["x"], rows["y"], rows["status"], rows["mood"])


def ground_at(recording: Recording, tick: int) -> tuple[int, np.ndarray] | None:
    """The ground (GROUND, flat) of the last checkpoint at or before ``tick``, and its tick."""
    nearest = recording.nearest_checkpoint(tick)
    if nearest is None:
        return None
    return nearest, recording.checkpoint(nearest)[0]["ground"]
