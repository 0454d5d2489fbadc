"""Events, blows, missiles and stimuli as plain Python writes them, one record at a time.

What is left out is as it is where there is nothing of the kind: nobody is -1, all else 0. Kernels
write their own, straight onto a desk.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from affray.world import fields

Array = np.ndarray[Any, Any]
Cause = tuple[int, int, int, int, float]
"""Kind of cause, kind of its event, its tick, its fighter (-1: none), its share (0 to 1)."""


def event(
    tick: int,
    kind: int,
    fighter: int,
    at: tuple[float, float],
    *,
    other: int = -1,
    value: float = 0.0,
    place: int = 0,
    weapon: int = 0,
    causes: Iterable[Cause] = (),
) -> Array:
    """An event (EVENT) of a fighter's, ``at`` a place (m), with at most ``CAUSES`` causes."""
    one = np.zeros((), fields.EVENT)
    one["tick"], one["kind"], one["fighter"], one["other"] = tick, kind, fighter, other
    one["x"], one["y"] = at
    one["value"], one["place"], one["weapon"] = value, place, weapon
    one["cause_tick"], one["cause_id"] = -1, -1
    for number, (of, its, since, by, share) in enumerate(causes):
        one["cause_kind"][number], one["cause_event"][number] = of, its
        one["cause_tick"][number], one["cause_id"][number] = since, by
        one["cause_share"][number] = share
    return one


def blow(by: Any, tick: int, act: int, victim: int, luck: int, **more: float) -> Array:
    """A blow (BLOW) of the one with the record ``by``; ``more``: further fields."""
    return _written(
        fields.BLOW,
        by=by["id"],
        side=by["side"],
        tick=tick,
        act=act,
        victim=victim,
        luck=luck,
        **more,
    )


def missile(by: Any, tick: int, weapon: int, **more: float) -> Array:
    """A missile (MISSILE) that leaves the hand of the one with the record ``by`` at full strength;
    ``more``: further fields.
    """
    return _written(
        fields.MISSILE,
        x=by["x"],
        y=by["y"],
        by=by["id"],
        luck=by["luck"],
        side=by["side"],
        tick=tick,
        weapon=weapon,
        arm=1.0,
        **more,
    )


def stimulus(
    by: Any, tick: int, says: int, way: int, level: float, timbre: int, notion: int = 0
) -> Array:
    """A sound or a sight (STIMULUS) of the one with the record ``by``, which says nothing to
    anybody in particular and carries no order. ``level``: dB.
    """
    return _written(
        fields.STIMULUS,
        x=by["x"],
        y=by["y"],
        by=by["id"],
        luck=by["luck"],
        unit=by["unit"],
        side=by["side"],
        tick=tick,
        told=tick,
        order=-1,
        level=level,
        says=says,
        way=way,
        timbre=timbre,
        said=1,
        to=-1,
        notion=notion,
    )


def _written(kind: np.dtype[Any], **values: Any) -> Array:
    one = np.zeros((), kind)
    for name, value in values.items():
        one[name] = value
    return one
