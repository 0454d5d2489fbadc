"""``Bidding``: what a mind bids its body, drive by drive, the strongest first."""

from __future__ import annotations

from dataclasses import dataclass, field

from affray.world import words as w
from affray.world.powers import Power


@dataclass
class Bidding:
    """What a mind bids its body: somebody to go for, a place to go to, where to look, leanings."""

    mark: int = -1
    mark_x: float = 0.0
    mark_y: float = 0.0
    goes: bool = False
    x: float = 0.0
    y: float = 0.0
    gazes: bool = False
    gaze_x: float = 0.0
    gaze_y: float = 0.0
    power: int = -1
    on: int = -1
    on_x: float = 0.0
    on_y: float = 0.0
    gathers: int = 0
    despairs: bool = False
    says: int = w.SILENT
    words: int = -1  # number of the drive whose words they are
    drive: int = -1  # number of the one that bids at the moment
    lean: list[float] = field(default_factory=lambda: [0.0] * w.ACTS)

    def go(self, x: float, y: float) -> None:
        """Bid go there, unless something stronger bade go elsewhere."""
        if not self.goes:
            self.goes, self.x, self.y = True, x, y

    def look(self, x: float, y: float) -> None:
        """Bid look there, unless something stronger bade look elsewhere."""
        if not self.gazes:
            self.gazes, self.gaze_x, self.gaze_y = True, x, y

    def strike(self, whom: int, x: float, y: float, strength: float, clear: bool = True) -> None:
        """Bid go for a fighter, hand to hand or from afar; only the former unless it is ``clear``
        to throw.
        """
        if self.mark < 0:
            self.mark, self.mark_x, self.mark_y = whom, x, y
        for act in (w.STRIKE, w.LUNGE):
            self.lean[act] += strength
        self.lean[w.THROW] += strength if clear else -strength

    def use(
        self,
        number: int,
        power: Power,
        gathers: int,
        strength: float,
        on: int = -1,
        x: float = 0.0,
        y: float = 0.0,
    ) -> None:
        """Bid use a power, on oneself or on a fighter seen at (x, y), unless something stronger
        bade use another; ``gathers``: ticks that it takes.
        """
        if self.power < 0:
            self.power, self.gathers, self.despairs = number, gathers, power.broken
            self.on, self.on_x, self.on_y = on, x, y
        if self.power == number:
            self.lean[w.USE] += strength
