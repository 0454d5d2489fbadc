"""A picture of the field for playback: seven bytes a fighter, in the order of their ids.

``x``, ``y``: place, 0..65535 over the width and height of the field. ``state``: status in bits
0–2, mood in bit 3, act in bits 4–7 (numbers of ``world/words.py``). ``facing``: 256ths of a turn,
counter-clockwise from east. ``blood``: 255ths of what the body holds when whole.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from affray.engine.tick import Engine

Array = np.ndarray[Any, Any]

FRAME_BYTES = 7  # a fighter


def picture(engine: Engine) -> dict[str, Array]:
    """The fields of a frame, one array each."""
    fighters = engine.state.fighters.view(np.ndarray)
    whole = np.maximum(engine.world.traits["blood"], 1)
    width, height = engine.world.size
    turns = np.arctan2(fighters["hy"], fighters["hx"]) * np.float32(128.0 / np.pi)
    return {
        "x": _share(fighters["x"], width, 65535).astype(np.uint16),
        "y": _share(fighters["y"], height, 65535).astype(np.uint16),
        "state": fighters["status"] | (fighters["mood"] << 3) | (fighters["act"] << 4),
        "facing": np.rint(turns).astype(np.int16).astype(np.uint8),
        "blood": _share(fighters["blood"], whole, 255).astype(np.uint8),
    }


def _share(values: Array, whole: Any, steps: int) -> Array:
    share = np.asarray(values, np.float32) / np.asarray(whole, np.float32)
    return np.rint(np.clip(share, 0.0, 1.0) * np.float32(steps))
