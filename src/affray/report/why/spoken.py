"""What was said and ordered, in plain words.

``under``: what somebody is told in a look. ``deeds``: what a fighter said, was told, led, noted
and blamed, as the events of a recording have it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from affray.report.clock import on_clock
from affray.report.roster import Roster
from affray.report.why.inward import inward
from affray.report.why.weightiest import weightiest
from affray.world import words as w

if TYPE_CHECKING:
    from affray.report.why.causes import Happening

TOLD = 16

SAID = {
    "lead": "the cry to follow a new leader",
    "lost": "the cry that the leader is lost",
    "rally": "a call to rally",
    "address": "words for the occasion",
    "banter": "banter",
    "laugh": "laughter",
    "scream": "a scream",
    "warn": "a call to run",
    "tell": "words of their own",
}
GIVEN = {
    "voice": "shouted",
    "horn": "blew",
    "drum": "beat",
    "flag": "raised a flag for",
    "messenger": "sent a messenger with",
}


def under(look: dict[str, Any], roster: Roster) -> Iterator[str]:
    """The order that somebody is under in a look, the last that was understood, who leads."""
    text = f"under the order to {look['order']}"
    if look["known"] is not None and look["known"] != look["order"]:
        text += f"; the last order understood was to {look['known']}"
    yield text
    leader = look["own_leader"]
    if leader == look["fighter"]:
        yield "leading the unit"
    elif leader >= 0:
        yield f"led by {roster.name(leader)}, as far as known"
    elif leader < -1:
        yield f"believing the leader, {roster.name(-2 - leader)}, lost"


def deeds(found: Sequence[Happening], of: int, roster: Roster, dt_s: float) -> Iterator[str]:
    """A line for each thing that a fighter said, took up, led, noted or blamed; or that was noted
    or blamed in them.
    """
    found = [one for one in found if (one.kind, one.place) != ("say", "tell")]  # see "utter"
    if len(found) > TOLD:
        yield f"(the {TOLD} that tell most, of {len(found)} such things)"
    for one in weightiest(found, TOLD):
        own = inward(one.kind) or _DEEDS.get(one.kind)
        what = own(one, roster) if own and one.fighter == of else _of_them(one, roster)
        yield f"{on_clock(one.tick * dt_s)}  {what}"


def said(one: Happening, roster: Roster) -> str:
    """What somebody said, as a thing: ``the order to charge``, ``banter``."""
    if one.place == "order":
        return f"the order to {_word(one, roster)}"
    return SAID[one.place or "banter"]


def _word(one: Happening, roster: Roster) -> str:
    return roster.orders[int(one.value)]


def _by(one: Happening) -> str:
    return w.WAY_NAMES[one.weapon] if one.weapon is not None else "voice"


def _say(one: Happening, roster: Roster) -> str:
    if one.place == "scream":
        return "screamed"
    if one.place == "laugh":
        return "laughed"
    return f"{GIVEN[_by(one)] if one.place == 'order' else 'uttered'} {said(one, roster)}"


def _obey(one: Happening, roster: Roster) -> str:
    word = _word(one, roster)
    if any(because.kind == "judgement" for because in one.causes) or one.other in (
        None,
        one.fighter,
    ):
        return f"went over to {word}, by their own judgement"
    return f"took up the order to {word}, from {roster.name(one.other or 0)}"


def _refuse(one: Happening, roster: Roster) -> str:
    word, who = _word(one, roster), roster.name(one.other or 0)
    return f"understood the order to {word}, from {who}, and did not take it up"


def _lead(one: Happening, roster: Roster) -> str:
    return f"took the lead after {roster.name(one.other or 0)}"


def _grip(one: Happening, roster: Roster) -> str:
    who = roster.name(one.other or 0)
    fell = any(b.happening is not None and b.happening.kind == "fall" for b in one.causes)
    what = f"the sight of {who} going down" if fell else f"a scream of {who}"
    return f"stood transfixed by {what}, for {one.value:.1f} s"


def _lift(one: Happening, roster: Roster) -> str:
    cause = next((b.happening for b in one.causes if b.happening is not None), None)
    what = said(cause, roster) if cause is not None else "words"
    return f"was lifted by {what} of {roster.name(one.other or 0)} (will +{one.value:.3f})"


def _notice(one: Happening, roster: Roster) -> str:
    if one.other in (None, one.fighter):
        return "noticed how they bled"
    return f"was told by {roster.name(one.other or 0)} how they bled"


def _merit(one: Happening, roster: Roster) -> str:
    return f"noted that {roster.name(one.other or 0)} felled an enemy"


def _blame(one: Happening, roster: Roster) -> str:
    order = f"though both had been told to {_word(one, roster)}"
    return f"blamed {roster.name(one.other or 0)}, who {one.place}, {order}"


def _of_them(one: Happening, roster: Roster) -> str:
    who = roster.name(one.fighter)
    if one.kind == "wink":
        return f"was winked at by {who}, over a mask"
    if one.kind == "power":
        return f"{who} used {_power(one, roster)} on them"
    if one.kind == "free":
        return f"{who} got free of them"
    if one.kind == "abandon":
        return f"was left behind by {who}, who ran"
    if one.kind == "merit":
        return f"was seen by {who} to fell an enemy: noted for merit"
    return f"was blamed by {who}, having {_HAVING[one.place or '']} against the order known"


_HAVING = {"ran": "run", "went ahead": "gone ahead", "stayed behind": "stayed behind"}


def _whom(one: Happening, roster: Roster) -> str:
    return roster.people[int(one.place or 0)]


def _believe(one: Happening, roster: Roster) -> str:
    return f"came to believe {_whom(one, roster)} {'dead' if one.value >= 0.5 else 'alive'}"


def _on(one: Happening, roster: Roster) -> str:
    return "" if one.other is None else f" on {roster.name(one.other)}"


def _power(one: Happening, roster: Roster) -> str:
    return roster.powers[int(one.place or 0)]


def _forget(one: Happening, roster: Roster) -> str:
    left = "none was left" if one.value == 0 else f"{one.value:.0f} were left"
    return f"lost a memory to {roster.name(one.other or 0)}; {left}"


_DEEDS: dict[str, Callable[[Happening, Roster], str]] = {
    "say": _say,
    "cut": lambda one, roster: f"was cut off in the middle of {said(one, roster)}",
    "obey": _obey,
    "refuse": _refuse,
    "lead": _lead,
    "grip": _grip,
    "lift": _lift,
    "notice": _notice,
    "merit": _merit,
    "blame": _blame,
    "abandon": lambda one, roster: f"ran, and left {roster.name(one.other or 0)} lying",
    "wink": lambda one, roster: f"winked at {roster.name(one.other or 0)} over the mask",
    "know": lambda one, roster: f"took somebody for {_whom(one, roster)} ({one.value:.0%} sure)",
    "believe": _believe,
    "admire": lambda one, roster: f"saw how much better {_whom(one, roster)} had become",
    "stir": lambda one, roster: f"was driven to {roster.drives[one.fighter][int(one.value)]}",
    "whisper": lambda one, roster: (
        f"was tempted to {roster.drives[one.fighter][int(one.value)]}, and did not give in"
    ),
    "gather": lambda one, roster: f"gathered {_power(one, roster)}{_on(one, roster)}",
    "fizzle": lambda one, roster: f"{_power(one, roster)}{_on(one, roster)} came to nothing",
    "power": lambda one, roster: f"used {_power(one, roster)}{_on(one, roster)}",
    "spent": lambda one, roster: f"{_power(one, roster)} ended, after {one.value:.1f} s",
    "free": lambda one, roster: f"got free of {roster.name(one.other or 0)}",
    "forget": _forget,
    "wake": lambda one, roster: "came to",
    "transfer": lambda one, roster: (
        f"took what the body of {roster.name(one.other or 0)} had left, and left them their own"
    ),
    "breach": lambda one, roster: (
        f"broke through {_power(one, roster)} of {roster.name(one.other or 0)}"
    ),
}
