"""``Series``: the metrics of a recording as curves over time, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from affray.world.errors import UsageError

if TYPE_CHECKING:
    from affray.record import Recording

_THOUSAND = 1000.0
MEANS = ("fear", "morale", "belief", "weariness", "pain")  # sums of thousandths over the standing


@dataclass(frozen=True)
class Series:
    """Counts and means by side. ``ticks`` (T,); ``of[name]`` (sides, T): counts as recorded.

    ``time_s`` (T,): seconds from the opening of the battle.
    """

    ticks: np.ndarray
    time_s: np.ndarray
    of: dict[str, np.ndarray]

    @classmethod
    def from_recording(cls, recording: Recording, sides: int) -> Self:
        """Read the metrics of a recording. Raises UsageError if it holds none yet."""
        table = recording.metrics()
        columns = {name: table[name].to_numpy() for name in table.column_names}
        side = columns.pop("side")
        ticks = columns.pop("tick")[side == 0].astype(np.int64)
        if len(ticks) == 0:
            raise UsageError(f"{recording.path}: holds no counts yet; let it run a little longer")
        of = {
            name: np.stack([values[side == number] for number in range(sides)]).astype(np.int64)
            for name, values in columns.items()
        }
        return cls(ticks=ticks, time_s=ticks * recording.manifest["dt_s"], of=of)

    @property
    def steady(self) -> np.ndarray:
        """On their feet and not in flight (sides, T)."""
        return self.of["standing"] - self.of["fleeing"]

    @property
    def on_ground(self) -> np.ndarray:
        """On the ground and alive (sides, T)."""
        return self.of["down"] + self.of["unconscious"]

    def mean(self, name: str) -> np.ndarray:
        """Mean of one of ``MEANS`` over those who stand, 0..1 (sides, T); NaN where nobody does."""
        standing = self.of["standing"]
        means = np.full(standing.shape, np.nan)
        np.divide(self.of[name] / _THOUSAND, standing, out=means, where=standing > 0)
        return means
