"""Seconds of battle as ticks: how long something lasts, and which tick somebody means."""

from __future__ import annotations

NEVER = -1_000_000  # a tick long before the first


def ticks(seconds: float, dt_s: float) -> int:
    """A span as whole ticks of ``dt_s``: the nearest number, half a tick counting as one."""
    return int(seconds / dt_s + 0.5)


def begun_by(seconds: float, dt_s: float) -> int:
    """The last tick that has begun by a time: a time within a tick means that tick."""
    return int(seconds / dt_s + 1e-6)
