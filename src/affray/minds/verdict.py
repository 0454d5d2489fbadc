"""What somebody makes of a notion, as sure as he is of it."""

from __future__ import annotations

from typing import Any

from affray.world import words as w
from affray.world.inner import KINDS, Notion


def verdict(notion: Notion, sure: float, before: int, p: Any) -> int:
    """What he makes of it now (VERDICT_*). A question wants a clear answer; what one holds one
    gives up later than one would have come to hold it.
    """
    if KINDS[notion.kind] == "question":
        if sure >= p["think.answered"]:
            return w.VERDICT_HOLDS
        return w.VERDICT_NO if sure <= 1.0 - p["think.answered"] else w.VERDICT_OPEN
    half = p["think.slack"] if before == w.VERDICT_OPEN else -p["think.slack"]
    return w.VERDICT_HOLDS if sure >= 0.5 + half else w.VERDICT_OPEN
