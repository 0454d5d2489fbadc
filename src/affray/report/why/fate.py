"""What became of a fighter, in plain words: each line a sentence, indented by how far it explains.

No name of a fighter is replaced by he or she, since a recording does not say which.
"""

from __future__ import annotations

from collections.abc import Iterator

from affray.report.clock import on_clock, span
from affray.report.roster import Roster
from affray.report.why.causes import Because, Happening, Story
from affray.report.why.spoken import deeds, said
from affray.report.wording import INDENT, capital, counted

SMALL = 0.08  # a rest smaller than this is not worth a line
WOUNDS_TOLD = 6  # the gravest of those that decided nothing
FLIGHTS_TOLD = 3  # the last ones
SLIGHT = 0.03  # neither is a cause

_HARMS = {"cut": "cut", "thrust": "stab", "blunt": "blow"}
_DIFFUSE = {
    "odds": "the odds: too many enemies for the friends in sight, or enemies behind",
    "faces": "the fear in the faces of companions",
    "flight": "companions seen running",
    "weariness": "the strain of the fight, and weariness",
    "pain": "pain",
    "safety": "quiet and company: no enemy near, friends who stood",
    "event": "something that the recording does not hold",
    "sound": "something heard",
    "judgement": "their own judgement",
    "sight": "what was seen",
    "fire": "being shot at",
    "losses": "the sight of their own who lay there",
}


def in_words(story: Story, roster: Roster, dt_s: float) -> list[str]:
    """What became of a fighter and why, line by line."""
    return list(_Teller(roster, dt_s).lines(story))


def severity(depth: float) -> str:
    """How a person would call a wound of that depth (1 is grave)."""
    for least, word in ((1.6, "terrible "), (1.0, "grave "), (0.5, "deep "), (0.2, "")):
        if depth >= least:
            return word
    return "slight "


class _Teller:
    def __init__(self, roster: Roster, dt_s: float) -> None:
        self._roster = roster
        self._dt_s = dt_s
        self._of = -1
        self._close = ""

    def lines(self, story: Story) -> Iterator[str]:
        self._of = story.fighter
        self._close = "at the end" if story.over else "when the recording stops"
        yield self._headline(story)
        if story.end is not None and story.fate != "withdrew":
            yield from self._causes(story.end, 1)
        if story.flight is not None:
            yield (
                f"{self._name(story.fighter)} was in flight by then, having broken at "
                f"{self._at(story.flight)}" + (", because of:" if story.flight.causes else ".")
            )
            yield from self._causes(story.flight, 1)
        yield from self._besides(story)

    # ------------------------------------------------------------- the first line

    def _headline(self, story: Story) -> str:
        fighter, end = story.fighter, story.end
        who = f"{self._name(fighter)} ({self._belongs(fighter)})"
        if end is None:
            return f"{who} {self._without_end(story)}"
        when = f"{self._span(end.tick)} into the battle"
        if story.fate == "died":
            return f"{who} died {when}, {self._how_died(end)}"
        if story.fate == "unconscious":
            return f"{who} lost consciousness {when} and had not come to {self._close}, because of:"
        if story.fate == "down":
            return f"{who} went down {when} and was alive on the ground {self._close}, because of:"
        if story.fate == "fled":
            return f"{who} broke {when} and fled from the field, because of:"
        if story.fate == "fleeing":
            return f"{who} broke {when} and was still in flight {self._close}, because of:"
        if story.fate == "withdrew":
            return f"{who} left the field {when}, unbroken."
        raise AssertionError(story.fate)

    def _without_end(self, story: Story) -> str:
        """Fates that no event of the recording decided."""
        begins = f"when this recording begins, at {self._clock(story.first_tick)}"
        before = {
            "reserve": "was in reserve and "
            + ("never entered the battle." if story.over else "had not entered the battle yet."),
            "dead before": f"was dead already {begins}.",
            "left before": f"had left the field already {begins}.",
            "fled": f"was in flight already {begins}, and fled from the field.",
            "fleeing": f"was in flight already {begins}, and still {self._close}.",
            "down": f"lay on the ground already {begins}, and was alive {self._close}.",
            "unconscious": f"lay unconscious already {begins}, and had not come to {self._close}.",
        }
        if story.fate in before:
            return before[story.fate]
        stayed = "to the end" if story.over else "when the recording stops"
        return f"was on the field {stayed} ({self._span(story.last_tick)}){_unharmed(story)}"

    def _how_died(self, end: Happening) -> str:
        wounds = [c for c in end.causes if c.happening and c.happening.kind == "wound"]
        if len(wounds) == 1 and wounds[0].happening and wounds[0].happening.tick == end.tick:
            return "on the spot, of:"
        if not wounds:
            return "of blood lost."
        if sum(because.share for because in wounds) < 1 - SMALL:
            return "of blood lost, most of it through:"
        return f"of blood lost through {counted(len(wounds), 'wound')}:"

    # ------------------------------------------------------------- causes

    def _causes(self, happening: Happening, level: int) -> Iterator[str]:
        alone = len(happening.causes) == 1 and happening.causes[0].share > 1 - SMALL
        shown = [because for because in happening.causes if because.share >= SLIGHT]
        for because in shown or happening.causes:
            share = "" if alone else f"{because.share:.0%}: ".replace("%", " %")
            yield INDENT * level + share + self._reason(because, happening)
            if because.happening is not None:
                yield from self._causes(because.happening, level + 1)
        rest = 1.0 - sum(because.share for because in shown)
        if happening.causes and rest >= SMALL:
            yield INDENT * level + f"{rest:.0%}: other things, each of them smaller".replace(
                "%", " %"
            )
        told = happening.causes or happening.known or happening.cut_off
        if happening.kind == "break" and not told:
            yield INDENT * level + "nothing in particular: no fright was large enough to note"

    def _reason(self, because: Because, effect: Happening) -> str:
        cause = because.happening
        if cause is None:
            return _DIFFUSE[because.kind]
        if because.kind == "flight":
            return f"seeing {self._name(cause.fighter)} in flight, who had {self._deed(cause)}"
        if cause.kind == "wound" and cause.fighter == effect.fighter:
            return self._wound(cause, effect)
        who = self._name(cause.fighter)
        if cause.kind in ("say", "cut"):
            what = said(cause, self._roster)
            return f"hearing {what} of {who} at {self._at(cause)}{self._colon(cause)}"
        return f"seeing {who} {self._seen(cause)}{self._colon(cause)}"

    def _colon(self, cause: Happening) -> str:
        if cause.known:
            return " (told above)"
        return ", because of:" if cause.causes else ""

    def _deed(self, cause: Happening) -> str:
        return f"broken at {self._at(cause)}{self._colon(cause)}"

    def _seen(self, cause: Happening) -> str:
        verbs = {"fall": "fall", "death": "die", "faint": "faint", "break": "break"}
        return f"{verbs.get(cause.kind, cause.kind)} at {self._at(cause)}"

    def _wound(self, wound: Happening, effect: Happening | None = None) -> str:
        """``a deep cut to the leg at 3:40, from the spatha of gauls_left/7 (carthaginians)``."""
        weapon = self._roster.weapon(wound.weapon or 0)
        harm = "wound" if weapon.only_shot and weapon.kind != "blunt" else _HARMS[weapon.kind]
        what = f"{severity(wound.value)}{harm}"
        text = f"{_article(what)} {what} to the {wound.place}"
        if effect is None or wound.tick != effect.tick:
            text += f" at {self._at(wound)}"
        if wound.other is not None:
            striker = self._name(wound.other)
            side = self._roster.sides[self._roster.side_of(wound.other)].title
            hand = f"the {weapon.title} of {striker} ({side})"
            if wound.other == wound.fighter:
                hand = f"{striker}'s own {weapon.title}"
            text += f", from {hand}"
            if wound.by_friend and wound.other != wound.fighter:
                same = self._roster.side_of(wound.other) == self._roster.side_of(wound.fighter)
                whose = "both were of one side" if same else "the two were no enemies"
                text += f", though {whose}"
        if wound.fleeing:
            text += ", taken in flight"
        return text

    # ------------------------------------------------------------- what else befell

    def _besides(self, story: Story) -> Iterator[str]:
        if story.entered is not None:
            yield self._entered(story.entered)
        for flight in story.flights[-FLIGHTS_TOLD:]:
            lasted = self._span(flight.rallied - flight.broke.tick)
            yield (
                f"{self._name(story.fighter)} had broken at {self._at(flight.broke)}, and rallied "
                f"at {self._clock(flight.rallied)}, after {lasted}; the reasons were:"
            )
            yield from self._causes(flight.broke, 1)
        shown = {
            (c.happening.tick, c.happening.other, c.happening.place)
            for c in (story.end.causes if story.end else ())
            if c.happening is not None
        }
        others = [x for x in story.wounds if (x.tick, x.other, x.place) not in shown]
        if others:
            more = "other wounds" if shown and len(others) > 1 else "other wound"
            label = more if shown else "wounds" if len(others) > 1 else "wound"
            yield f"{capital(counted(len(others), label, label))}:"
            gravest = sorted(others, key=lambda wound: -wound.value)[:WOUNDS_TOLD]
            for wound in sorted(gravest, key=lambda wound: wound.tick):
                yield INDENT + self._wound(wound)
            if len(others) > WOUNDS_TOLD:
                yield INDENT + "and " + counted(len(others) - WOUNDS_TOLD, "lesser one")
        if _bled_unaware(story):
            yield f"{self._name(story.fighter)} never knew how they bled."
        if story.spoken:
            yield "Said, heard, noticed and done by order:"
            lines = deeds(story.spoken, story.fighter, self._roster, self._dt_s)
            yield from (INDENT + line for line in lines)
        if story.first_tick > 0:
            yield (
                f"This recording begins at {self._clock(story.first_tick)}: what was before is in "
                "the one it was forked from."
            )

    def _entered(self, entered: Happening) -> str:
        text = f"{self._name(entered.fighter)} came out of the reserve at {self._at(entered)}"
        caller = next((c.happening for c in entered.causes if c.happening), None)
        if caller is not None:
            text += f", called in by the fall of {self._name(caller.fighter)}"
        return f"{text}."

    # ------------------------------------------------------------- names and times

    def _name(self, fighter: int) -> str:
        return self._roster.name(fighter)

    def _belongs(self, fighter: int) -> str:
        """The unit, where the name does not say it, and the side."""
        roster = self._roster
        side = roster.sides[roster.side_of(fighter)].title
        if (
            fighter in roster.named
            and roster.named[fighter] != roster.units[roster.unit_of(fighter)]
        ):
            return f"{roster.place_in_unit(fighter)}, {side}"
        return side

    def _clock(self, tick: int) -> str:
        return on_clock(tick * self._dt_s)

    def _at(self, happening: Happening) -> str:
        return self._clock(happening.tick)

    def _span(self, tick: int) -> str:
        return span(tick * self._dt_s)


def _bled_unaware(story: Story) -> bool:
    """Whether somebody died of blood lost, of which neither he nor a companion took notice."""
    if story.fate != "died" or story.end is None:
        return False
    at_once = any(wound.tick == story.end.tick for wound in story.wounds)
    return not at_once and all(one.kind != "notice" for one in story.spoken)


def _unharmed(story: Story) -> str:
    wounds = len(story.wounds)
    hurt = f", wounded {_times(wounds)}" if wounds else ", unhurt"
    return f"{hurt}." if story.flights else f"{hurt}, and never broke."


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number) or counted(number, "time")


def _article(word: str) -> str:
    return "an" if word[:1] in "aeiou" else "a"
