"""Which of the things that somebody did and took in are told of him, where all were too many.

Each sort of thing is told once before any is told again: a rock that he threw, not thirty. Of
sorts, those come first that tell most of who he is: what he brought about and came to believe
before what he said and heard, and that before what merely passed through him.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from affray.report.why.causes import Happening

_TELLS = (  # kinds of event, those that tell most first; what stands in none tells least
    ("breach", "rapt", "believe", "lead"),
    ("power", "free", "wake", "abandon", "whisper"),
    ("stir", "conclude", "utter", "forget", "blame", "merit"),
    ("know", "name", "recall", "doubt", "admire", "fizzle", "obey", "refuse"),
    ("told", "grip", "say", "cut", "think", "wink", "notice"),
)
_RANK = {kind: rank for rank, kinds in enumerate(_TELLS) for kind in kinds}


def weightiest(found: Sequence[Happening], most: int) -> list[Happening]:
    """At most so many of what is ``found``, in the order in which they stand there."""
    seen: Counter[tuple[object, ...]] = Counter()
    ranked = []
    for number, one in enumerate(found):
        sort = _sort(one)
        ranked.append((seen[sort], _RANK.get(one.kind, len(_TELLS)), number))
        seen[sort] += 1
    return [found[number] for *_, number in sorted(sorted(ranked)[:most], key=lambda row: row[-1])]


def _sort(one: Happening) -> tuple[object, ...]:
    """What makes two things the same but for when, and to whom: whatever drive, power, notion,
    memory, person, order or sort of words they are about.
    """
    numbered = one.kind in ("stir", "whisper", "obey", "refuse")
    return one.kind, one.fighter, one.place, one.value if numbered else None
