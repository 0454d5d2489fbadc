"""What the plan asked of somebody in a look, what he weighed to say, what he said and is saying.

The rules themselves are listened to as they run once more (see ``reasons.py``), on numbers that
know which sum they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from affray.engine import command
from affray.engine.tick import Engine
from affray.engine.voice import way_to_say
from affray.rules import decide, plan, speak
from affray.testimony.terms import Watched, rebound, traced
from affray.world import words as w
from affray.world.fields import NO_ORDER

Watch = Callable[[Any, tuple[Any, ...]], dict[str, Any]]
"""Arguments of a function by name, records among them as such whose numbers are traced."""


@dataclass
class Speech:
    """``asked``: each order of the plan that was judged, with the conditions looked at, up to the
    first that fails. ``utilities`` (SAYINGS,): plain where there is nothing of the kind to say;
    ``totals``: of what there is, with whim; ``says``: what was chosen, None if nothing was weighed.
    """

    asked: list[dict[str, Any]] = field(default_factory=list)
    utilities: list[Any] = field(default_factory=lambda: [decide.NEVER] * w.SAYINGS)
    totals: dict[int, Any] = field(default_factory=dict)
    says: int | None = None


def overheard(thing: Any, speech: Speech, watched: Watch) -> Any:
    """In place of a function that judges the plan or weighs words: the same, told to ``speech``."""
    if thing is command.all_hold:
        return _judging(speech)
    if thing is speak.weigh_words:
        return _weighing(speech, watched)
    if thing is speak.choose_words:
        return _choosing(speech)
    return thing


def _judging(speech: Speech) -> Callable[..., bool]:
    def judge(world: Any, n: Any, memory: Any, seen: Any, bidden: Any, order: Any, *rest: Any):  # type: ignore[no-untyped-def]
        found: list[dict[str, Any]] = []

        def holds(kind: Any, level: Any, *given: Any) -> bool:
            held = bool(plan.holds(kind, level, *given))
            if kind != w.WHEN_ALWAYS:
                found.append({**_condition(int(kind), float(level)), "holds": held})
            return held

        both = rebound(command.all_hold, lambda thing: holds if thing is plan.holds else thing)
        held = bool(both(world, n, memory, seen, bidden, order, *rest))
        speech.asked.append(
            {
                "order": w.ORDER_NAMES[int(order.word)],
                "way": w.WAY_NAMES[int(order.way)],
                "conditions": found,
                "holds": held,
            }
        )
        return held

    return judge


def _condition(kind: int, level: float) -> dict[str, Any]:
    """A condition, and what it asks for as this fighter takes it."""
    heard = w.ORDER_NAMES[int(level)] if kind == w.WHEN_HEARD else level
    return {"when": w.WHEN_NAMES[kind], "level": heard}


def _weighing(speech: Speech, watched: Watch) -> Callable[..., Any]:
    def weigh(v: Any, *given: Any) -> Any:
        arguments = list(watched(speak.weigh_words, (v, *given)).values())[1:]
        traced(speak.weigh_words)(speech.utilities, *arguments)
        return speak.weigh_words(v, *given)

    return weigh


def _choosing(speech: Speech) -> Callable[..., int]:
    def choose(v: Any, seed: Any, tick: Any, luck: Any, p: Any) -> int:
        parameters = Watched("parameter", p)
        for says, utility in enumerate(speech.utilities):
            if says == w.SILENT:
                speech.totals[says] = utility
            elif v[says] > decide.NEVER:
                speech.totals[says] = traced(speak.with_whim)(
                    utility, says, seed, tick, luck, parameters
                )
        speech.says = int(speak.choose_words(v, seed, tick, luck, p))
        return speech.says

    return choose


# ------------------------------------------------------------------ of a moment


def said_in(engine: Engine, fighter: int, happened: Any) -> dict[str, Any]:
    """What came out of a fighter's mouth in the tick that an engine has lived, by its events, and
    what he is in the middle of: each what it is, in which way, what order; None: nothing.
    """
    mine = happened[happened["fighter"] == fighter]
    out = [
        {**_said(engine, int(one["place"]), int(one["weapon"]), int(one["value"])),
         "cut": int(one["kind"]) == w.EVENT_CUT}
        for one in mine[(mine["kind"] == w.EVENT_SAY) | (mine["kind"] == w.EVENT_CUT)]
    ]  # fmt: skip
    state = engine.state
    n, memory = state.fighters[fighter], state.memory[fighter]
    saying = None
    if n.says_left > 0:
        way = int(way_to_say(engine.world, n, memory))
        saying = _said(engine, int(n.says), way, int(memory.say_order))
    return {"said": out, "saying": saying}


def _said(engine: Engine, says: int, way: int, order: int) -> dict[str, Any]:
    told = says == w.SAY_ORDER and order != NO_ORDER
    word = w.ORDER_NAMES[int(engine.world.orders["word"][order])] if told else None
    return {"says": w.SAY_NAMES[says], "way": w.WAY_NAMES[way], "order": word}
