"""Chronicles made by hand, so that a test knows every cause in them."""

from __future__ import annotations

from typing import Any

import numpy as np

from affray.report.chronicle import COLUMNS, Chronicle
from affray.world.fields import CAUSES

Because = tuple[int, int, int, int, float]  # kind, kind of event, tick, fighter, share


def event(kind: int, tick: int, fighter: int, *causes: Because, **more: Any) -> dict[str, Any]:
    """One event as a row of the recording."""
    row: dict[str, Any] = dict.fromkeys(COLUMNS, 0)
    row |= {"kind": kind, "tick": tick, "fighter": fighter, "other": -1, **more}
    for j in range(CAUSES):
        row[f"cause_id_{j}"] = row[f"cause_tick_{j}"] = -1
    for j, (cause, of, when, whose, share) in enumerate(causes):
        row |= {
            f"cause_kind_{j}": cause,
            f"cause_event_{j}": of,
            f"cause_tick_{j}": when,
            f"cause_id_{j}": whose,
            f"cause_share_{j}": share,
        }
    return row


def chronicle(*events: dict[str, Any], dt_s: float = 0.2, first_tick: int = 0) -> Chronicle:
    """A chronicle of these events."""
    columns = {name: np.array([row[name] for row in events]) for name in COLUMNS}
    order = np.lexsort((columns["tick"], columns["fighter"]))
    return Chronicle(columns, order, columns["fighter"][order], dt_s, first_tick, 10_000)
