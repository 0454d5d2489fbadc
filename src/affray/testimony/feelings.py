"""From minds (MIND) to what one felt: fear with what it came of, heart, breath, pain, time."""

from __future__ import annotations

from typing import Any

from affray.testimony.cast import Cast
from affray.testimony.edges import Seldom, Steps
from affray.testimony.ledger import Entry, Ledger

_FRIGHTENING = (
    "wound",
    "mate_falls",
    "mates_flee",
    "mate_flees",
    "mates_afraid",
    "scream",
    "foes_near",
    "foes_many",
    "spectacle",
    "alone",
    "mates_down",
    "foe_comes",
    "shot_at",
)
_LATELY_S = 3.0
_AT_EASE = 0.15


class Feelings:
    """Turns what a mind felt in each look into entries of a ledger."""

    def __init__(self, ledger: Ledger, cast: Cast) -> None:
        self._ledger = ledger
        self._cast = cast
        self._tinted: Entry | None = None
        self._fear = Steps((0.35, 0.55, 0.75), 0.12)
        self._low = Steps((0.7, 0.85), 0.1)  # of 1 - morale
        self._unbelieving = Steps((0.7,), 0.1)
        self._pain = Steps((0.4, 0.7), 0.15)
        self._breathless = Steps((0.88,), 0.3)
        self._seldom = Seldom(45.0 / ledger.dt_s)
        self._calm = True
        self._long = 0.0

    def feel(self, p: Any, m: Any) -> None:
        """Take in how one felt after a look ``p``."""
        tick = int(m["tick"])
        self._see_in(int(m["tint"]), tick)
        add = self._ledger.add
        fear = float(m["fear"])
        if self._fear.rises(fear):
            add(tick, "fear", much=fear).link("evidence", [self.frightened_by(tick)])
            self._calm = False
        elif fear < _AT_EASE and not self._calm:
            self._calm = True
            add(tick, "calm", much=fear)
        if self._low.rises(1.0 - float(m["morale"])):
            add(tick, "heart", much=float(m["morale"]))
        if self._unbelieving.rises(1.0 - float(m["belief"])):
            add(tick, "doubt", much=float(m["belief"]))
        if self._pain.rises(float(m["pain"])):
            add(tick, "pain", much=float(m["pain"])).link(
                "evidence", [self._ledger.latest(("wound",), tick, 60.0)]
            )
        if self._breathless.rises(1.0 - float(m["stamina"])) and self._seldom.lets("spent", tick):
            add(tick, "spent")
        longer = float(m["felt_s"]) - tick * self._ledger.dt_s
        if longer > self._long + 45.0:
            self._long = longer
            add(tick, "long", seconds=longer)

    def _see_in(self, power: int, tick: int) -> None:
        """Note in what colour all is seen, for as long as it is."""
        if power < 0:
            self._tinted = None
        elif self._tinted is None:
            self._tinted = self._ledger.add(
                tick, "tinted", tint=self._cast.tints[power], power=self._cast.powers[power]
            )
        else:
            self._tinted.until = tick

    def frightened_by(self, tick: int) -> Entry | None:
        """What was perceived last of what frightens, if it was just now."""
        return self._ledger.latest(_FRIGHTENING, tick, _LATELY_S)
