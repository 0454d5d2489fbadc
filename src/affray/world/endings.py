"""How a battle ends: the words for it, and when a side has broken."""

from __future__ import annotations

TIME_UP = "time is up"
ONE_SIDE_LEFT = "one side is left"
QUIET = "nobody was wounded any more"
UNTIL = "as far as asked"
INTERRUPTED = "interrupted"

# the battle itself is over: nothing is left to resume
BATTLE_OVER = frozenset((TIME_UP, ONE_SIDE_LEFT, QUIET))

# a side has broken when more than this share of those who could fight is in flight, or has left
BROKEN_SHARE = 0.5


def has_broken(steady: int, fleeing: int, left: int) -> bool:
    """Whether a side has broken, of which so many stand unbroken, flee and have left the field."""
    gone = fleeing + left
    return gone > BROKEN_SHARE * (steady + gone)
