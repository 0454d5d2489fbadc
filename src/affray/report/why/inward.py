"""What went on within somebody, in plain words: memories, notions, what was told him."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from affray.report.roster import Roster
from affray.world import words as w
from affray.world.inner import CUES, TONES

if TYPE_CHECKING:
    from affray.report.why.causes import Happening

_CUES = {
    "sight": "the sight of {who}",
    "voice": "the voice of {who}",
    "name": "the name of {who}",
    "hurt": "the sight of {who} hurt",
    "down": "the sight of {who} on the ground",
    "danger": "the danger to {who}",
    "fear": "the fear in the face of {who}",
    "held": "the sight of {who} in somebody's grip",
    "reunion": "having {who} back",
    "own_name": "hearing their own name",
    "own_wound": "their own wound",
    "own_hold": "being held",
    "saved": "being saved",
    "weary": "weariness",
    "alone": "being alone",
    "contact": "the enemy at arm's length",
    "inhuman_cry": "a cry that was not human",
    "fall": "a companion's fall",
    "flight": "companions running",
    "thrown": "something thrown",
    "blood": "the smell of blood",
    "dark": "the dark",
    "quiet": "the quiet",
}
_VERDICTS = ("was no longer sure of", "came to hold", "answered with no")


def inward(kind: str) -> Callable[[Happening, Roster], str] | None:
    """What puts an event of a kind into words, if it is one of those that go on within."""
    return _INWARD.get(kind)


def _cue(one: Happening, roster: Roster) -> str:
    number = one.weapon or 0
    if number >= len(CUES):
        return "what was said"
    name = CUES[number]
    phrase = _CUES.get(name, f"{'an' if name[0] in 'aeiou' else 'a'} {name.replace('_', ' ')}")
    return phrase.format(who="somebody" if one.other is None else roster.name(one.other))


def _memory(one: Happening, roster: Roster) -> str:
    return roster.memories[one.fighter][int(one.place or 0)]


def _notion(one: Happening, roster: Roster) -> str:
    return roster.notions[int(one.place or 0)]


def _told(one: Happening, roster: Roster) -> str:
    number = int(one.place or 0) - 1
    return f": {roster.notions[number]}" if number >= 0 else ""


def _of(one: Happening, roster: Roster) -> str:
    return "somebody" if one.other is None else roster.name(one.other)


def _conclude(one: Happening, roster: Roster) -> str:
    verdict = _VERDICTS[one.weapon or w.VERDICT_OPEN]
    return f"{verdict}: {_notion(one, roster)} ({one.value:.0%} sure)"


def _doubt(one: Happening, roster: Roster) -> str:
    verb = "came to doubt" if one.value < 0.5 else "was sure again of"
    return f"{verb} a memory: {_memory(one, roster)}"


def _tone(uttered: Happening) -> str:
    tone = TONES[uttered.weapon or 0]
    return "" if tone == "plain" else f" ({tone})"


def _utter(one: Happening, roster: Roster) -> str:
    to = "" if one.other is None else f" to {roster.name(one.other)}"
    sure = f", {one.value:.0%} sure of it" if int(one.place or 0) > 0 else ""
    return f"said{to}{_tone(one)}{_told(one, roster)}{sure}"


def _hear(one: Happening, roster: Roster) -> str:
    by_sight = (one.weapon or 0) == w.BY_SIGHT
    verb = "read from the lips of" if by_sight else "was told by" if one.value else "overheard"
    uttered = (because.happening for because in one.causes)
    how = "".join(_tone(said) for said in uttered if said is not None and said.kind == "utter")
    return f"{verb} {_of(one, roster)}{how}{_told(one, roster)}"


_INWARD: dict[str, Callable[[Happening, Roster], str]] = {
    "recall": lambda one, roster: f"remembered {_memory(one, roster)}, at {_cue(one, roster)}",
    "think": lambda one, roster: (
        f"thought: {_notion(one, roster)} ({one.value:.0%} sure), at {_cue(one, roster)}"
    ),
    "conclude": _conclude,
    "doubt": _doubt,
    "utter": _utter,
    "told": _hear,
    "name": lambda one, roster: f"heard what {roster.people[int(one.place or 0)]} is called",
    "rapt": lambda one, roster: (
        f"had {roster.people[int(one.place or 0)]} back, and forgot all else for {one.value:.0f} s"
    ),
}
