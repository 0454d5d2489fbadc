"""What spoke for an act when it was taken up, and what for the one that came next to it.

Of whoever is watched, the body is kept as it went into the moment; the rule that weighs is then run
once more on numbers that know which sum they are (``terms``). The terms must add up to what was
logged; where they do not, nothing is said of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from affray.engine.mind import throws_m
from affray.engine.tick import Engine
from affray.rules import decide
from affray.rules.obey import goes_back, goes_forward, keeps_off
from affray.testimony.terms import Term, Traced, Watched, traced
from affray.world import words as w
from affray.world.fields import NO_ORDER

REASONS = ("order", "drive", "fear", "odds", "care", "breath", "wound", "opening", "room")
"""What can be told as a reason; by nature and by whim one does things too, and says nothing of it.
"""
_BY_ENTRY = (
    ("seen.between", "room"),
    ("seen.cramped", "room"),
    ("seen.foes_near", "odds"),
    ("seen.hurt", "care"),
    ("own.pain", "wound"),
    ("seen.bleeding", "wound"),
    ("own.stamina", "breath"),
    ("own.fatigue", "breath"),
    ("seen.foe_open", "opening"),
    ("seen.foe_stares", "opening"),
    ("own.fear", "fear"),
)
"""The reason that a term is, by what entered it; the first that fits."""
_BY_PARAMETER = {"decide.tend": "care", "decide.bind": "wound", "decide.pull": "wound"}
_FELT = ("fear", "morale", "belief", "pain", "stamina", "mood")  # as they were when it was weighed
_EXACT = 1e-6
_LEAST = 0.05  # a term that speaks for an act by less decides nothing


@dataclass(frozen=True)
class Choice:
    """An act, the one that came next to it, and what spoke most for the one and for the other:
    each one of ``REASONS``, or nothing.
    """

    act: int
    over: int
    why: str
    against: str


class Chooser:
    """Keeps the bodies of those who are watched as they go into each tick."""

    def __init__(self, engine: Engine, ids: Sequence[int]) -> None:
        self._engine = engine
        self._ids = ids
        self._bodies: dict[int, Any] = {}
        engine.overhear = self._keep
        self._weigh = traced(decide.weigh)

    def _keep(self) -> None:
        fighters = self._engine.state.fighters
        self._bodies = {number: fighters[number].copy() for number in self._ids}

    def choice(self, look: Any, mind: Any) -> Choice | None:
        """Why the act in a row of the mind log was taken up; None: there was no other, or the terms
        do not add up to what was weighed.
        """
        act, weights = int(mind["act"]), mind["weights"]
        others = [k for k in range(w.ACTS) if k != act and weights[k] > decide.NEVER]
        if not others or weights[act] <= decide.NEVER:
            return None
        over = max(others, key=lambda k: (float(weights[k]), -k))
        terms = self._terms(look, mind, (act, over))
        if terms is None:
            return None
        speaks: dict[str, float] = defaultdict(float)
        for reason, value in terms[act].items():
            speaks[reason] += value
        for reason, value in terms[over].items():
            speaks[reason] -= value
        told = sorted((value, reason) for reason, value in speaks.items() if reason in REASONS)
        why = told[-1][1] if told and told[-1][0] >= _LEAST else ""
        against = told[0][1] if told and told[0][0] <= -_LEAST else ""
        return Choice(act, over, why, against)

    def _terms(
        self, look: Any, mind: Any, acts: Sequence[int]
    ) -> dict[int, dict[str, float]] | None:
        """What spoke for each of some acts, by reason."""
        world, number = self._engine.world, int(mind["fighter"])
        body = self._bodies[number].copy()
        for name in _FELT:
            body[name] = mind[name]
        after = self._engine.state.fighters[number]
        body["hand"], body["x"], body["y"] = after["hand"], mind["x"], mind["y"]
        unit, trait = world.units[body["unit"]], world.traits[number]
        memory, order = self._engine.state.memory[number], int(mind["order"])
        utilities: list[Any] = [decide.NEVER] * w.ACTS
        self._weigh(
            utilities,
            Watched("own", body),
            Watched("seen", look),
            Watched("nature", trait),
            order,
            float(world.weapons[body["hand"]]["reach"]),
            float(throws_m(world, body, unit)),
            0,
            Watched("parameter", world.params[0]),
        )
        leans = [int(memory[name]) for name in ("order", "lean") if memory[name] != NO_ORDER]
        found = {}
        for act in acts:
            utility = utilities[act]
            known = isinstance(utility, Traced)
            speaks: dict[str, float] = defaultdict(float)
            for term in utility.terms if known else ():
                speaks[_reason(act, term, order)] += term.value
            ordered = sum(float(world.orders[row]["lean"][act]) for row in leans)
            speaks["order"] += ordered
            said = (float(utility.value) if known else 0.0) + ordered
            rest = float(mind["weights"][act]) - said
            if trait["person"] > 0:
                speaks["drive"] += rest
            elif abs(rest) > _EXACT or not known:
                return None
            found[act] = speaks
        return found


def _reason(act: int, term: Term, order: int) -> str:
    """What a term of an act's utility is, as a reason."""
    for entry, reason in _BY_ENTRY:
        if entry in term.of:
            return reason
    for parameter in term.parameters:
        if parameter in _BY_PARAMETER:
            return _BY_PARAMETER[parameter]
    if "decide.advance" in term.parameters:
        forward = act == w.ADVANCE and (goes_forward(order) or keeps_off(order))
        if forward or (act == w.FALL_BACK and goes_back(order)):
            return "order"
    return "habit"
