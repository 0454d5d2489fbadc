"""Why a fighter did what they did: one look, felt and weighed again, with every term told apart.

The battle is run again to that moment, and there the fighter's cell once more, in plain Python and
on a copy. Where a rule feels or weighs, it is run a second time on numbers that know which sum they
are (``terms``). What comes out must be what was logged, to the bit; a test holds it to that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from types import FunctionType
from typing import Any

import numpy as np

from affray.engine.listen import listen
from affray.engine.live import live
from affray.engine.scratch import desk, mind
from affray.engine.tick import Engine
from affray.record import Recording
from affray.rules import decide
from affray.rules.fear import nerve
from affray.run.replay import Source, check_hash, hashes_after, opened, restore
from affray.run.warm import Compiling
from affray.testimony.speech import Speech, overheard, said_in
from affray.testimony.terms import Term, Traced, Watched, plain, rebound, traced
from affray.testimony.witness import Listening, Looks, witness
from affray.world import fields
from affray.world import words as w
from affray.world.errors import UsageError

FELT = ("fear", "morale", "belief")
FEELING = ("appraise",)  # what changes these in a look: functions of ``engine/mind.py``
_KINDS = {
    fields.FIGHTER: "own",
    fields.PERCEPT: "seen",
    fields.TRAIT: "nature",
    fields.MEMORY: "memory",
}


class Look:
    """One look as it was felt and weighed.

    ``opening``, ``before``, ``felt``: of each of ``FELT``, before anything was heard, before what
    was seen was felt, and after; ``nerve``: the fear that can be borne; ``utilities``
    (ACTS,): plain where an act cannot be done; ``totals``: of each act that can, with whim and
    perseverance, empty if there was nothing to choose; ``speech``: what the plan asked, and what
    could be said.
    """

    def __init__(self) -> None:
        self.mood = w.STEADY
        self.opening: dict[str, float] = {}
        self.before: dict[str, float] = {}
        self.felt: dict[str, Traced] = {}
        self.nerve: Traced | None = None
        self.utilities: list[Any] = [decide.NEVER] * w.ACTS
        self.totals: dict[int, Traced] = {}
        self.speech = Speech()


class Listener:
    """Explains every look that some fighters take in an engine's next tick: ``looks`` by id."""

    def __init__(self, engine: Engine, ids: Sequence[int]) -> None:
        self._engine = engine
        self._ids = ids
        self.looks: dict[int, Look] = {}
        engine.overhear = self._hear

    def _hear(self) -> None:
        self.looks = {}
        state = self._engine.state
        for fighter in self._ids:
            row = int(state.row_of[fighter])
            cell = int(np.searchsorted(state.start, row, side="right")) - 1
            if cell < len(state.start) - 2:
                self._live_again(fighter, cell)

    def _live_again(self, fighter: int, cell: int) -> None:
        """Live through the tick in a cell, on a copy in which all others there are insensible."""
        engine = self._engine
        world, state = engine.world, _copied(engine.state)
        here = state.outside.id[state.start[cell] : state.start[cell + 1]]
        others = here[here != fighter]
        state.fighters["status"][others] = w.OUT
        state.fighters["act_left"][others] = 0
        look = Look()
        plainly = rebound(live.py_func, lambda thing: _overheard(thing, look))
        scratch = mind(len(engine.battle.side_names))
        with np.errstate(all="ignore"):  # hashing overflows on purpose
            plainly(
                world,
                state,
                cell,
                cell + 1,
                engine.now,
                scratch,
                desk(len(here), 0),
                np.zeros(1, np.uint8),
            )
        if look.before:
            self.looks[fighter] = look


def _copied(state: Any) -> Any:
    if isinstance(state, tuple):
        return type(state)(*map(_copied, state))
    return state.copy() if isinstance(state, np.ndarray) else state


def _overheard(thing: Any, look: Look) -> Any:
    """In place of a function that feels or weighs: the same, explained into ``look``."""
    if not isinstance(thing, FunctionType):
        return thing
    if thing.__name__ in FEELING and thing.__module__ == "affray.engine.mind":
        return _feeling(thing, look)
    if thing is listen:
        return _listening(look)
    if thing is decide.choose:
        return _choosing(look)
    if thing.__module__ == decide.__name__ and thing.__code__.co_varnames[:1] == ("u",):
        return _weighing(thing, look)
    return overheard(thing, look.speech, _watched)


def _watched(function: FunctionType, given: Iterable[Any]) -> dict[str, Any]:
    """Arguments by name, records among them as such whose numbers are traced."""
    found = {}
    for name, value in zip(function.__code__.co_varnames, given, strict=False):
        if isinstance(value, np.void):
            kind = "parameter" if name == "p" else _KINDS.get(value.dtype, name)
            value = Watched(kind, value)
        found[name] = value
    return found


def _feeling(function: FunctionType, look: Look) -> Callable[..., Any]:
    def feel(*given: Any) -> Any:
        arguments = _watched(function, given)
        own = next(a for a in arguments.values() if isinstance(a, Watched) and a.name == "own")
        if not look.before:
            look.mood = int(own.record["mood"])
            look.before = {name: float(own.record[name]) for name in FELT}
        traced(function)(*arguments.values())
        look.felt |= {name: own.written[name] for name in FELT if name in own.written}
        return function(*given)

    return feel


def _listening(look: Look) -> Callable[..., Any]:
    """Hearing does its work at once: how it left a fighter is told as a whole."""

    def hear(*given: Any) -> Any:
        n = dict(zip(listen.__code__.co_varnames, given, strict=False))["n"]
        look.opening = {name: float(n[name]) for name in FELT}
        return listen(*given)

    return hear


def _weighing(function: FunctionType, look: Look) -> Callable[..., Any]:
    def weigh(u: Any, *given: Any) -> Any:
        arguments = _watched(function, (u, *given))
        traced(function)(look.utilities, *list(arguments.values())[1:])
        if {"me", "trait", "p"} <= arguments.keys():
            look.nerve = traced(nerve)(arguments["me"], arguments["trait"], arguments["p"])
        return function(u, *given)

    return weigh


def _choosing(look: Look) -> Callable[..., Any]:
    def choose(u: Any, current: Any, left: Any, seed: Any, tick: Any, luck: Any, p: Any) -> Any:
        watched = Watched("parameter", p)
        for act, utility in enumerate(look.utilities):
            if isinstance(utility, Traced) or utility > decide.NEVER:
                look.totals[act] = traced(decide.with_whim)(
                    utility, act, current, left, seed, tick, luck, watched
                )
        return decide.choose(u, current, left, seed, tick, luck, p)

    return choose


# ------------------------------------------------------------------ of a recording


def reasons(
    source: Source,
    fighter: int,
    tick: int,
    *,
    threads: int | None = None,
    compiling: Compiling | None = None,
    listening: Listening | None = None,
) -> dict[str, Any]:
    """The last look of a fighter at or before ``tick``, as plain data.

    ``look``: a row of ``Looks.table``. ``heard``: the single sounds since the look before.
    ``felt``: of fear, morale and belief each what it was ``before``, what ``after``, and the terms
    of the change. ``nerve``: the fear that can be borne. ``options``: the acts that could be done,
    with the terms of their utilities, the greatest total first. ``chose``: False if the act under
    way could not be taken back; ``margin``: by how much the act chosen won. ``plan``: what the
    plan asked, and whether that held; ``words``: what could be said, likewise; ``says``: what was
    begun to be said, if that was weighed; ``said`` and ``saying``: what came out in that tick, and
    what is being said. Raises UsageError if there was no such look, ReplayError or RecordingError.
    """
    recording = opened(source)
    last = _last_look(recording, fighter, tick, threads, compiling, listening)
    at = int(last.minds["tick"][-1])
    engine = restore(recording, at - 1, threads=threads)
    try:
        listener = Listener(engine, [fighter])
        spoken = said_in(engine, fighter, engine.tick())
        check_hash(engine, hashes_after(recording, at - 1))
    finally:
        engine.close()
    row = last.table().slice(len(last.minds) - 1).to_pylist()[0]
    heard = [one for one in last.heard_table().to_pylist() if one["tick"] == at]
    return {
        "asked_tick": tick,
        "look": row,
        "heard": heard,
        **_as_data(listener.looks[fighter], row),
        **spoken,
    }


def _last_look(
    recording: Recording,
    fighter: int,
    tick: int,
    threads: int | None,
    compiling: Compiling | None,
    listening: Listening | None,
) -> Looks:
    """Looks of a fighter, of which the last is his last at or before ``tick``."""
    end = tick
    for begin in sorted(recording.checkpoints(), reverse=True):
        if begin < end:
            looks = witness(
                recording,
                [fighter],
                begin + 1,
                end,
                threads=threads,
                compiling=compiling,
                listening=listening,
            )
            if len(looks.minds):
                return looks
            end = begin
    raise UsageError(
        f"fighter {fighter} had not looked about by tick {tick}: not on the field, or unconscious"
    )


def _as_data(look: Look, row: dict[str, Any]) -> dict[str, Any]:
    opening = look.opening or look.before
    felt = {
        name: {
            "before": opening[name],
            "after": row[f"own_{name}"],
            "terms": _by_ear(look.before[name] - opening[name]) + _change(value, f"own.{name}"),
        }
        for name, value in look.felt.items()
    }
    options = _options("act", w.ACT_NAMES, look.utilities, look.totals)
    chose, speech = bool(look.totals), look.speech
    return {
        "felt": felt,
        "mood_before": w.MOOD_NAMES[look.mood],
        "nerve": None
        if look.nerve is None
        else {"value": float(look.nerve.value), "terms": _grouped(look.nerve)},
        "options": options,
        "chose": chose,
        "margin": options[0]["total"] - options[1]["total"] if chose and options[1:] else None,
        "plan": speech.asked,
        "words": _options("says", w.SAY_NAMES, speech.utilities, speech.totals),
        "says": None if speech.says is None else w.SAY_NAMES[speech.says],
    }


def _options(
    what: str, names: Sequence[str], utilities: Sequence[Any], totals: dict[int, Any]
) -> list[dict[str, Any]]:
    """All that could be done or said, with the terms of its utility, the greatest first."""
    options: list[dict[str, Any]] = [
        {
            what: names[number],
            "utility": float(plain(utility)),
            "total": float(plain(totals[number])) if number in totals else None,
            "terms": _grouped(totals.get(number, utility)),
        }
        for number, utility in enumerate(utilities)
        if isinstance(utility, Traced) or utility > decide.NEVER
    ]
    options.sort(key=lambda one: one["total" if totals else "utility"], reverse=True)
    return options


def _by_ear(change: float) -> list[dict[str, Any]]:
    return _grouped(Traced(change, (Term(change, (), {"heard": change}),)))


def _change(value: Traced, itself: str) -> list[dict[str, Any]]:
    """The terms of a feeling without what it was before."""
    return [term for term in _grouped(value) if term["parameters"] or [*term["of"]] != [itself]]


def _grouped(value: Any) -> list[dict[str, Any]]:
    """Terms as plain data, those that hang on the same parameters in one; nought is left out."""
    groups: dict[tuple[str, ...], Term] = {}
    for term in value.terms if isinstance(value, Traced) else (Term(float(value)),):
        key = term.parameters or ("", *term.of)
        if key in groups:
            both = groups[key].scaled(1.0, term)
            term = Term(groups[key].value + term.value, both.parameters, both.of)
        groups[key] = term
    return [
        {"value": term.value, "parameters": list(term.parameters), "of": term.of}
        for term in groups.values()
        if term.value != 0.0
    ]
