"""The part of a field that a picture shows, and the bodies in it on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Sight:
    """The part of the field that a panel shows (m), and points of paper a metre."""

    left: float
    right: float
    bottom: float
    top: float
    points_per_m: float

    @property
    def breadth(self) -> float:
        """How broad it is (m)."""
        return self.right - self.left

    def shows(self, x_m: Any, y_m: Any) -> Any:
        """Whether a place lies in it, or which of some do."""
        across = (self.left <= x_m) & (x_m <= self.right)
        return across & (self.bottom <= y_m) & (y_m <= self.top)
