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

_FIELDS = {
    "x": np.uint16,
    "y": np.uint16,
    "state": np.uint8,
    "facing": np.uint8,
    "blood": np.uint8,
}
FRAME_BYTES = sum(np.dtype(kind).itemsize for kind in _FIELDS.values())  # a fighter
_AT_A_TIME = 50_000  # fighters, so that what is worked out beside the fields stays small


def picture(engine: Engine) -> dict[str, Array]:
    """The fields of a frame, one array each, not to be written into."""
    fighters, traits = engine.state.fighters.view(np.ndarray), engine.world.traits
    drawn = {name: np.empty(len(fighters), dtype) for name, dtype in _FIELDS.items()}
    for begin in range(0, len(fighters), _AT_A_TIME):
        some = slice(begin, begin + _AT_A_TIME)
        for name, values in _draw(fighters[some], traits[some], engine.world.size).items():
            drawn[name][some] = values
    for values in drawn.values():
        values.flags.writeable = False
    return drawn


def _draw(fighters: Array, traits: Array, size: Array) -> dict[str, Array]:
    whole = np.maximum(traits["blood"], 1)
    width, height = size
    turns = np.arctan2(fighters["hy"], fighters["hx"]) * np.float32(128.0 / np.pi)
    return {
        "x": _share(fighters["x"], width, 65535),
        "y": _share(fighters["y"], height, 65535),
        "state": fighters["status"] | (fighters["mood"] << 3) | (fighters["act"] << 4),
        "facing": np.rint(turns).astype(np.int16).astype(np.uint8),
        "blood": _share(fighters["blood"], whole, 255),
    }


def _share(values: Array, whole: Any, steps: int) -> Array:
    share = np.asarray(values, np.float32) / np.asarray(whole, np.float32)
    return np.rint(np.clip(share, 0.0, 1.0) * np.float32(steps))
