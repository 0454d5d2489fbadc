"""A file of patterns as it is written: roles, patterns with their steps, and a chain of them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from affray.scenario.fields import (
    Choice,
    Metres,
    Name,
    Number,
    OneOrMore,
    Seconds,
    Section,
    Short,
    Switch,
    Text,
    Whole,
    key,
)
from affray.scenario.powers import EFFECTS
from affray.sift.happenings import HAPPENINGS
from affray.world.inner import CUES, TONES
from affray.world.limits import FIGHTERS, SIFT_PATTERNS, SIFT_STEPS
from affray.world.people import DEEDS
from affray.world.words import ORDER_NAMES, OUTCOME_NAMES, PLACE_NAMES, SAY_NAMES, VERDICT_NAMES

_Size = Annotated[float, Number()]


SAID = tuple(
    name for name in SAY_NAMES[1:] if name not in ("spectacle", "steps")
)  # which nobody says


class Role(Section):
    """Who can play a role, in every pattern of the file. What is not said is open."""

    person: Switch | None = key("true: he is one of the battle's people; false: none of them", None)
    away: Switch | None = key("true: one of the people who is not in the battle himself", None)
    leader: Switch | None = key("he leads a unit when the battle opens", None)
    side: Name | None = key("the side he is of", None)
    unit: Name | None = key("the unit he is of", None)
    name: Text | None = key("who he is, if it must be somebody: a name, or unit/number", None)
    enemy_of: Name | None = key("the role whose side and his fight each other", None)
    companion_of: Name | None = key("the role who is of the same side", None)


class Match(Section):
    """What an event must be. ``who`` and ``whom`` name roles, not fighters."""

    event: Annotated[str, Choice(tuple(HAPPENINGS))] = key("what happens: see the kinds below")
    who: Name | None = key("the role of whom it befalls, or who does it; default: anybody's", None)
    whom: Name | None = key(
        "the role of the other one in it; default: anybody's, or nobody's", None
    )
    says: Annotated[str, Choice(SAID)] | None = key("what is said", None)
    order: Annotated[str, Choice(ORDER_NAMES)] | None = key("what the order says", None)
    place: Annotated[str, Choice(PLACE_NAMES)] | None = key("where the wound sits", None)
    weapon: Name | None = key("with what weapon", None)
    outcome: Annotated[str, Choice(OUTCOME_NAMES)] | None = key("what became of the blow", None)
    believes: Annotated[str, Choice(("dead", "alive"))] | None = key("what he believes", None)
    power: Name | None = key("which power", None)
    effect: Annotated[str, Choice(EFFECTS)] | None = key("a power that has this effect", None)
    drive: Annotated[str, Choice(DEEDS)] | None = key("what he is driven to do", None)
    notion: Name | None = key("which notion it is about", None)
    memory: Text | None = key("which memory of his it is about", None)
    cue: Annotated[str, Choice(CUES)] | None = key("what brought it to his mind", None)
    tone: Annotated[str, Choice(TONES)] | None = key("how he says it", None)
    makes: Annotated[str, Choice(VERDICT_NAMES)] | None = key(
        "what he makes of the notion: holds it, or leaves it open; 'no': a question answered so",
        None,
    )
    above: _Size | None = key("its size is above this: depth of a wound, seconds of a grip", None)
    below: _Size | None = key("its size is below this", None)

    def roles(self) -> list[str]:
        """The roles that it names."""
        return [role for role in (self.who, self.whom) if role is not None]


class Step(Match):
    """One event of a pattern, or so many. A step comes at any time after the one before it, also
    in the same tick.
    """

    name: Name | None = key("what later steps call it", None)
    within: Seconds | None = key("how long after the step before at most", None)
    near: Metres | None = key("how far from the place of the step before at most", None)
    caused_by: Name | None = key("the earlier step that it goes back to, cause by cause", None)
    at_least: Annotated[int, Whole(1, FIGHTERS)] = key(
        "so many such events: each of another fighter, or, with 'who', of that one; in a first "
        "step 'within' counts from the first of them",
        1,
    )
    unless: Annotated[tuple[Match, ...], Field(max_length=SIFT_STEPS), OneOrMore()] = key(
        "no such event between the step before (or the beginning) and this one; a role that "
        "nobody plays yet is anybody's",
        (),
    )

    def matches(self) -> tuple[Match, ...]:
        """All that is asked of events: the step itself, and what must not come before it."""
        return (self, *self.unless)


class Pattern(Section):
    """Events in an order. It comes about with its last step; two roles of it are two fighters."""

    name: Name = key("the name, unique in the file")
    about: Text = key("what it is, in a sentence", "")
    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=SIFT_STEPS), OneOrMore()] = (
        key("what must happen, one after the other")
    )

    def roles(self) -> list[str]:
        """The roles that its steps name, each once."""
        named = (role for step in self.steps for one in step.matches() for role in one.roles())
        return list(dict.fromkeys(named))


def _alone(value: object) -> object:
    return [value] if isinstance(value, str) else value


_Group = Annotated[
    tuple[Name, ...], Field(min_length=1), Short(_alone, {"type": "string", "maxLength": 60})
]


class Patterns(Section):
    """Patterns that are laid over the events of a battle."""

    roles: dict[Name, Role] = key("who can play a role, by its name; others are open to all", {})
    patterns: Annotated[
        tuple[Pattern, ...], Field(min_length=1, max_length=SIFT_PATTERNS), OneOrMore()
    ] = key("the patterns")
    chain: tuple[_Group, ...] = key(
        "names of patterns, each to come about no sooner than the one before; those in a list "
        "within it in any order. A role of several is one fighter",
        (),
    )

    def names(self) -> list[str]:
        """The names of the patterns."""
        return [pattern.name for pattern in self.patterns]

    def links(self) -> list[str]:
        """The names of those in the chain, in its order."""
        return [name for group in self.chain for name in group]

    def named(self, name: str) -> Pattern:
        """The pattern of that name."""
        return next(pattern for pattern in self.patterns if pattern.name == name)

    def kinds(self) -> frozenset[str]:
        """The kinds of event that are asked for."""
        steps = [step for pattern in self.patterns for step in pattern.steps]
        return frozenset(one.event for step in steps for one in step.matches())

    def walks_causes(self) -> bool:
        """Whether anything is asked of what events go back to."""
        return any(step.caused_by for pattern in self.patterns for step in pattern.steps)
