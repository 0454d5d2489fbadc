"""What units are told on paper: orders in time or on conditions, and what each does of himself."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, create_model, model_validator

from affray.scenario.fields import (
    Choice,
    Metres,
    Name,
    Number,
    OneOrMore,
    Point,
    Seconds,
    Section,
    Share,
    Switch,
    Target,
    key,
    wrong,
)
from affray.world.limits import ORDERS_PER_UNIT
from affray.world.words import ACT_NAMES, CONDITIONS, ORDER_NAMES, WAY_NAMES

ORDERS = tuple(name for name in ORDER_NAMES if name != "none")
WAYS = tuple(name for name in WAY_NAMES if name not in ("themselves", "sight", "foot"))

_Ratio = Annotated[float, Number("", 0.0, 100.0)]
_Count = Annotated[float, Number("", 0.0, 1e7)]


class Conditions(Section):
    """What must hold, as far as somebody perceives and believes, all of it; at most three."""

    contact: Switch | None = key("an enemy is at arm's length", None)
    foes_within: Metres | None = key("the nearest enemies perceived are as near as this", None)
    foes: _Count | None = key("he judges the enemies about to be so many at least", None)
    no_foes: Switch | None = key("no enemy is perceived", None)
    outnumbered: _Ratio | None = key("as many enemies for each friend, as he judges it", None)
    foes_flee: Share | None = key("share of the enemies perceived who are in flight", None)
    friends_flee: Share | None = key("share of the companions perceived who are in flight", None)
    friends_down: Share | None = key("share of the companions perceived who lie there", None)
    wounded: Switch | None = key("he has been hit", None)
    afraid: Share | None = key("his own fear", None)
    weary: Share | None = key("his own weariness", None)
    alone: Switch | None = key("no companion is perceived", None)
    out_of_missiles: Switch | None = key("he has nothing left to throw or shoot", None)
    leader_lost: Switch | None = key("he believes that his leader is lost", None)
    heard: Annotated[str, Choice(ORDERS)] | None = key(
        "the last order that he understood was this", None
    )
    lasted: Seconds | None = key("the order in force is as old as this", None)
    bidden: Switch | None = key(
        "the leader is one of the people, and a drive of his would have him command", None
    )

    @model_validator(mode="after")
    def _a_few(self) -> Conditions:
        asked = [name for name, value in self if value is not None]
        idle = [name for name, value in self if value is False]
        if idle:
            raise wrong(f"{idle[0]} can only be asked for with 'true'; leave it out otherwise")
        if not 1 <= len(asked) <= CONDITIONS:
            raise wrong(f"one to {CONDITIONS} conditions stand here, not {len(asked)}")
        return self

    def asked(self) -> list[tuple[str, Any]]:
        """Name and value of each condition."""
        return [(name, value) for name, value in self if value is not None]


_Weight = Annotated[float, Number("", -5.0, 5.0)]
Lean: type[Section] = create_model(
    "Lean",
    __base__=Section,
    __doc__="What is added to the utility of single acts, 1 being about that of a blow.",
    **{  # type: ignore[call-overload]
        name.replace(" ", "_"): (_Weight, key(f"added to '{name}'", 0.0, live=True))
        for name in ACT_NAMES
    },
)


def _goes_somewhere(do: str | None, toward: Any) -> None:
    """Raise the fault of one who is to go round somebody, and is not told where to."""
    if do == "envelop" and not isinstance(toward, tuple):
        raise wrong(
            "who envelops goes to a place first, and pursues from there: say 'toward: [x, y]', or "
            "'do: pursue' to go straight after the enemy"
        )


class Order(Section):
    """What a unit is told to do, from a moment on, or when conditions hold."""

    do: Annotated[str, Choice(ORDERS)] = key(
        "advance, hold, charge, skirmish or screen (keep the enemy off), volley (hold, and throw "
        "before all else: together at the word, and then as each is ready), pursue (run after "
        "whatever enemy is seen), envelop (go to the place named without turning aside, and pursue "
        "from there), withdraw (face to the enemy), break_off (turn and run, to the place named), "
        "or perch: climb what can be climbed here",
        live=True,
    )
    toward: Annotated[Point | str, Target()] | None = key(
        "a place [x, y], a side or a unit; default: the way the unit faces (withdraw, break_off: "
        "backward). Who advances, screens, withdraws, breaks off or envelops ends at a place. A "
        "way back to a place not behind them that another's leader orders, or past which some "
        "order leads, goes straight back until they are level with it, and then over to it",
        None,
        live=True,
    )
    after: Seconds = key("not before this, from the start of the battle", 0.0, live=True)
    until: Seconds | None = key(
        "when it lapses, of an order agreed beforehand; default: with the next order",
        None,
        live=True,
    )
    when: Conditions | None = key(
        "what its leader must perceive before he gives it", None, live=True
    )
    by: Annotated[str, Choice(WAYS)] | None = key(
        "how it comes to those who are told: plan (agreed beforehand, everybody keeps the time), "
        "voice, horn, drum, flag, or messenger (to the leaders of the units told, who pass it "
        "on). Default: plan; voice with 'when' or 'to'",
        None,
        live=True,
    )
    to: Annotated[tuple[Name, ...], Field(min_length=1, max_length=16)] | None = key(
        "units of the same side that are told; default: the unit itself", None, live=True
    )
    again: Switch = key("it may be given more than once", False, live=True)
    lean: Lean | None = key("what it adds to single acts while in force", None, live=True)  # type: ignore[valid-type]

    def way(self) -> str:
        """How it comes to those who are told."""
        if self.by is not None:
            return self.by
        return "plan" if self.when is None and self.to is None else "voice"

    @model_validator(mode="after")
    def _fits_together(self) -> Order:
        _goes_somewhere(self.do, self.toward)
        if self.until is not None and self.until <= self.after:
            raise wrong("an order must lapse (until) later than it is given (after)")
        if self.way() == "plan":
            if self.when is not None or self.to is not None or self.again:
                raise wrong(
                    "an order agreed beforehand (by: plan) goes by the clock alone; with 'when', "
                    "'to' or 'again' somebody must give it: by voice, horn, drum, flag or messenger"
                )
        elif self.until is not None:
            raise wrong("'until' belongs to orders agreed beforehand (by: plan); give a later one")
        return self


class Trigger(Section):
    """What each fighter does of himself when conditions hold: another order, or a leaning."""

    when: Conditions = key("what he must perceive", live=True)
    do: Annotated[str, Choice(ORDERS)] | None = key(
        "what he takes for his order from then on", None, live=True
    )
    toward: Annotated[Point | str, Target()] | None = key(
        "a place [x, y], a side or a unit; default: the way the unit faces (withdraw, break_off: "
        "backward)",
        None,
        live=True,
    )
    lean: Lean | None = key("what is added to single acts", None, live=True)  # type: ignore[valid-type]
    lasts: Seconds = key("how long a leaning lasts", 30.0, live=True)
    again: Switch = key(
        "it may come about more than once; of a unit's, at most seven may not", True, live=True
    )
    tempts: Switch = key(
        "it is against what he was told: the more disciplined hold back from it longer",
        False,
        live=True,
    )

    @model_validator(mode="after")
    def _something(self) -> Trigger:
        _goes_somewhere(self.do, self.toward)
        if self.when.bidden is not None:
            raise wrong("'bidden' belongs to an order, which a leader gives; leave it out here")
        if (self.do is None) == (self.lean is None):
            raise wrong("say either do (an order) or lean (a leaning); that is what it triggers")
        return self


Orders = Annotated[tuple[Order, ...], Field(max_length=ORDERS_PER_UNIT), OneOrMore()]
Triggers = Annotated[tuple[Trigger, ...], Field(max_length=ORDERS_PER_UNIT), OneOrMore()]
