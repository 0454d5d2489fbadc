"""About how much disk a run will need: told before it begins, not when the disk is full."""

from __future__ import annotations

import os

from affray.record import ensure_space
from affray.run.cadence import Cadence
from affray.run.picture import FRAME_BYTES

# what was seen to be left of the bytes of a state, of a picture and of events after packing
_PACKED_STATE = 0.5
_PACKED_PICTURE = 0.4
_EVENT_BYTES = {"summary": 0.0, "events": 0.5, "full": 1.2}  # a fighter and tick
_TICK_BYTES = 40  # hash, and a share of the manifest and of the counts


def ensure_room(
    out: str | os.PathLike[str],
    cadence: Cadence,
    *,
    ticks: int,
    fighters: int,
    state_bytes: int,
    level: str,
) -> None:
    """Raise LimitError unless the disk has room for so many ticks, by a rough estimate."""
    checkpoints = ticks // cadence.checkpoint + 2
    pictures = 0 if level == "summary" else ticks // cadence.frames + 2
    needed = (
        checkpoints * state_bytes * _PACKED_STATE
        + pictures * fighters * FRAME_BYTES * _PACKED_PICTURE
        + ticks * (fighters * _EVENT_BYTES[level] + _TICK_BYTES)
    )
    ensure_space(out, int(needed))
