"""How far somebody is threatened, as another sees it."""

from __future__ import annotations

from affray.minds.glimpse import Glimpse


def threat(glimpse: Glimpse | None) -> float:
    """How far the one glimpsed is threatened, by the enemy nearest to him: 1 is struck unawares,
    or where he lays himself open.
    """
    if glimpse is None or glimpse.menace < 0:
        return 0.0
    near = 1.0 if glimpse.menace_m < 2.0 else 2.0 / glimpse.menace_m
    unaware = 1.0 if glimpse.menace_behind or glimpse.stares or glimpse.open else 0.5
    return near * unaware * (1.0 if glimpse.menace_strikes else 0.8)
