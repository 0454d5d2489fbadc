"""What a plan asked of somebody in a look, what they could say and said, in plain words.

Takes the plain data that ``testimony/reasons.py`` makes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from affray.report.why.spoken import GIVEN, SAID
from affray.report.wording import INDENT

_ASKS: dict[str, Callable[[Any], str]] = {
    "contact": lambda level: "an enemy at arm's length",
    "foes_within": lambda level: f"enemies within {level:.0f} m",
    "foes": lambda level: f"{level:.0f} enemies about",
    "no_foes": lambda level: "no enemy perceived",
    "outnumbered": lambda level: f"{level:.1f} enemies for each friend",
    "foes_flee": lambda level: f"{level:.0%} of the enemies in flight",
    "friends_flee": lambda level: f"{level:.0%} of the companions in flight",
    "friends_down": lambda level: f"{level:.0%} of the companions on the ground",
    "wounded": lambda level: "a wound",
    "afraid": lambda level: f"a fear of {level:.2f}",
    "weary": lambda level: f"a weariness of {level:.2f}",
    "alone": lambda level: "no companion perceived",
    "out_of_missiles": lambda level: "nothing left to throw",
    "leader_lost": lambda level: "the leader believed lost",
    "heard": lambda level: f"the order to {level} understood last",
    "lasted": lambda level: f"the order in force {level:.1f} s old",
}


def asked(entry: dict[str, Any]) -> str:
    """One order of the plan: what it waits for, by this fighter's own measure, and what of that
    is so.
    """
    own = entry["way"] == "themselves"
    what = f"by themselves to {entry['order']}" if own else f"to order {entry['order']}"
    what = "to lean another way" if entry["order"] == "none" else what
    parts = [
        f"{_ASKS[one['when']](one['level'])} ({'so' if one['holds'] else 'not so'})"
        for one in entry["conditions"]
    ]
    if not entry["holds"] and all(one["holds"] for one in entry["conditions"]):
        parts.append("not yet")
    return f"{what}: {', '.join(parts) or 'at once'}"


def voiced(found: dict[str, Any], sum_of: Callable[[Sequence[Any]], str]) -> Iterator[str]:
    """Lines under their headings: the plan, what could be said, what was."""
    if found["plan"]:
        yield "What their plan waits for, as they measure it:"
        yield from (INDENT + asked(entry) for entry in found["plan"])
    if found["says"] is not None:
        yield "What they could say, and what spoke for it:"
        names = {one["says"]: _named(one["says"]) for one in found["words"]}
        longest = max(map(len, names.values()))
        for one in found["words"]:
            name, total = names[one["says"]], one["total"]
            yield f"{INDENT}{name:{longest}}  {total:6.2f} = {sum_of(one['terms'])}"
        yield f"They chose {_named(found['says'])}."
    for one in found["said"]:
        yield f"They {'were cut off as they ' if one['cut'] else ''}{_uttered(one)}."
    if found["saying"] is not None:
        yield f"They were in the middle of {_thing(found['saying'])}."


def _named(says: str) -> str:
    return {"silent": "to say nothing", "order": "to give the order"}.get(
        says, SAID.get(says, says)
    )


def _thing(one: dict[str, Any]) -> str:
    if one["says"] != "order":
        return SAID[one["says"]]
    by = "" if one["way"] == "voice" else f", by {one['way']}"
    return f"the order to {one['order']}{by}"


def _uttered(one: dict[str, Any]) -> str:
    if one["says"] in ("scream", "laugh"):
        return {"scream": "screamed", "laugh": "laughed"}[one["says"]]
    if one["says"] == "order":
        return f"{GIVEN[one['way']]} the order to {one['order']}"
    return f"uttered {SAID[one['says']]}"
