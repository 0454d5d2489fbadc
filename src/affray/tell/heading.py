"""What stands over a scene: who tells it, and when it was.

It is the title page that says so, and no mind: a reader who meets many minds has to know whose it
is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from affray.record.testimony import Testimony
from affray.tell.english import capital, number
from affray.tell.lexicon import Lexicon

_ORDINALS = {1: "first", 2: "second", 3: "third", 5: "fifth", 8: "eighth", 9: "ninth",
             12: "twelfth", 20: "twentieth"}  # fmt: skip
_ONE_OF = ("one", "another", "a third", "a fourth", "one more")
"""Somebody of a unit, by how many of it told before him."""
_A_FEW = 3  # so many of several are named
_MOST_MINUTES = 20  # later than that, minutes are counted


def heading(
    testimony: Testimony, lexicon: Lexicon, from_tick: int, *, alone: bool, before: int = -1,
    who: str = "", place: int = 0,
) -> str:  # fmt: skip
    """The line over a scene. ``alone``: no other mind tells, so it says only when it was.
    ``before``: when the scene began that this mind told before it; -1: there is none. ``who``: who
    tells, if that is said in another way. ``place``: of somebody unnamed among those of his unit
    who tell, from 0.
    """
    minute = int(testimony.seconds(from_tick) // 60) + 1
    again = before >= 0 and int(testimony.seconds(before) // 60) + 1 == minute
    when = ("later " if again and minute <= _MOST_MINUTES else "") + _minute(minute)
    who = who or _who(testimony, lexicon, place)
    return capital(when) if alone else f"{capital(who)}, {when}"


def headings(testimony: Testimony, lexicon: Lexicon, scene: Mapping[str, Any]) -> frozenset[str]:
    """Every line that may stand over a scene of a telling, as its JSON has it."""
    tick = int(scene["from_tick"])
    who = company(scene["together"][0]) if "together" in scene else ""
    return frozenset(
        heading(testimony, lexicon, tick, alone=alone, before=before, who=who, place=place)
        for alone in (False, True) for before in (-1, tick) for place in range(len(_ONE_OF))
    )  # fmt: skip


def company(names: Sequence[str]) -> str:
    """Several who tell together: a few by name, and that there are others."""
    named = [name for name in names if "/" not in name]
    few = named[:_A_FEW]
    if not few:
        return "some of them, together"
    rest = len(names) - len(few)
    listed = [*few, *(["others" if rest > 1 else "another"] if rest else [])]
    return f"{', '.join(listed[:-1])} and {listed[-1]}, together"


def name_of(members: Sequence[str], tick: int) -> str:
    """What a testimony of several is called."""
    return f"{', '.join(members)} (together, tick {tick})"


def _who(testimony: Testimony, lexicon: Lexicon, place: int) -> str:
    own = testimony.self_
    if own["gender"] == "all":
        return "some of them, together"
    unit = lexicon.words.units.get(str(own["unit"]), str(own["unit_title"]) or "them")
    name = str(own["name"]) or f"{_ONE_OF[min(place, len(_ONE_OF) - 1)]} of {unit}"
    return f"a {name}" if own["gender"] == "none" else name


def _minute(count: int) -> str:
    if count > _MOST_MINUTES:
        return f"after {number(count - 1)} minutes"
    return f"in the {_ORDINALS.get(count) or number(count) + 'th'} minute"
