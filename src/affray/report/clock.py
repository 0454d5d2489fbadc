"""Times as people say them: on the battle's clock, and as spans."""

from __future__ import annotations


def on_clock(seconds: float) -> str:
    """Time since the battle opened, ``m:ss`` or ``h:mm:ss``."""
    whole = int(seconds + 1e-6)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def span(seconds: float) -> str:
    """A length of time: ``0.4 s``, ``20 s``, ``4 min 12 s``, ``1 h 3 min``."""
    if seconds < 9.95:
        return f"{seconds:.1f}".removesuffix(".0") + " s"
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    if minutes:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    return f"{rest} s"
