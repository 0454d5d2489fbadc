"""Repeated measurements and what is said of them: median, extremes, ratios of paired rounds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """Values of one thing, a value a round."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle value."""
        return statistics.median(self.values)

    @property
    def low(self) -> float:
        """The smallest value."""
        return min(self.values)

    @property
    def high(self) -> float:
        """The largest value."""
        return max(self.values)

    def __mul__(self, factor: float) -> Sample:
        return Sample(tuple(value * factor for value in self.values))

    def over(self, other: Sample) -> Sample:
        """This by ``other``, round by round: both must have been measured in turns."""
        pairs = zip(self.values, other.values, strict=True)
        return Sample(tuple(mine / theirs for mine, theirs in pairs))


def in_turns(parts: dict[str, Callable[[], float]], rounds: int) -> dict[str, Sample]:
    """Call each part once a round, in turns, every second round in reverse; what they return."""
    values: dict[str, list[float]] = {name: [] for name in parts}
    for number in range(rounds):
        names = list(parts) if number % 2 == 0 else list(reversed(parts))
        for name in names:
            values[name].append(parts[name]())
    return {name: Sample(tuple(taken)) for name, taken in values.items()}


def seconds_of(work: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Exponent k of the power law y ∝ x^k that fits the points best (least squares of logs)."""
    import numpy as np

    x, y = np.log(np.array(points, np.float64)).T
    return float(np.polyfit(x, y, 1)[0])
