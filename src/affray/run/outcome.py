"""What a run came to, and the words for why it ended."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

TIME_UP = "time is up"
ONE_SIDE_LEFT = "one side is left"
QUIET = "nobody was wounded any more"
UNTIL = "as far as asked"
INTERRUPTED = "interrupted"

# the battle itself is over: nothing is left to resume
BATTLE_OVER = frozenset((TIME_UP, ONE_SIDE_LEFT, QUIET))


@dataclass(frozen=True)
class Outcome:
    """How a run ended. ``ended`` is one of this module's words; ``counts``: side → measure → sum.

    ``tick`` is the last tick lived through, ``hash`` the hash of the state it left. The measures
    are those of ``affray.engine.measure``: fighters, thousandths, hundredths of a millilitre.
    """

    path: Path
    ended: str
    tick: int
    hash: int
    dt_s: float
    counts: dict[str, dict[str, int]]

    @property
    def is_over(self) -> bool:
        """Whether the battle itself is over, so that there is nothing to resume."""
        return self.ended in BATTLE_OVER
