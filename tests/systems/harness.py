"""A mechanism on trial: a small battle in which it shows, and the same battle without it.

A ``Row`` is one mechanism of docs/systems.md. Over five seeds its claim holds in every run; with
the mechanism switched off (its parameters set to no effect, or its part of the scenario left out)
the claim fails in every run, so that it cannot hold for another reason. What must not change with
the mechanism (that the words were spoken, that the fight was as loud) is claimed of all of them, so
that the claim cannot fail for another reason either.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from affray.engine.scratch import joined
from affray.engine.tick import Engine
from affray.scenario import Battle as Paper
from affray.scenario.build import build
from affray.world import fields
from affray.world import words as w
from affray.world.battle import Battle

SEEDS = (1, 2, 3, 4, 5)
LOGS = {
    "events": fields.EVENT, "seen": fields.PERCEPT, "minds": fields.MIND, "heard": fields.HEARD,
}  # fmt: skip


@dataclass
class Run:
    """One battle fought out for some ticks, and all that was logged of it.

    ``events`` (EVENT); ``seen`` (PERCEPT), ``minds`` (MIND) and ``heard`` (HEARD) of those
    watched; ``frames`` (ticks + 1, N) FIGHTER by id: ``frames[t]`` is what tick t left;
    ``ground`` (G,) GROUND at the end, ``opening_ground`` before the first tick.
    """

    battle: Battle
    engine: Engine
    events: np.ndarray
    seen: np.ndarray
    minds: np.ndarray
    heard: np.ndarray
    frames: np.ndarray
    opening_ground: np.ndarray

    @cached_property
    def ground(self) -> np.ndarray:
        return np.asarray(self.engine.state.ground)

    def of(self, kind: int) -> np.ndarray:
        """Events of one kind."""
        return self.events[self.events["kind"] == kind]

    def unit(self, name: str) -> slice:
        """Ids of the fighters of a unit."""
        number = self.battle.unit_names.index(name)
        first = self.battle.unit_first
        return slice(int(first[number]), int(first[number + 1]))

    def seen_by(self, name: str) -> np.ndarray:
        """Percepts of the fighters of a unit."""
        return self._by(name, self.seen)

    def heard_by(self, name: str) -> np.ndarray:
        """What the fighters of a unit heard."""
        return self._by(name, self.heard)

    def _by(self, name: str, log: np.ndarray) -> np.ndarray:
        here = self.unit(name)
        return log[(log["fighter"] >= here.start) & (log["fighter"] < here.stop)]

    def before(self, events: np.ndarray, who: str = "fighter") -> np.ndarray:
        """The fighters of some events, or the others in them, as they were before that tick."""
        return self.frames[events["tick"] - 1, events[who]]

    def blows(self) -> tuple[np.ndarray, np.ndarray]:
        """Blows at somebody, and the victims as they were before the tick."""
        blows = self.of(w.EVENT_BLOW)
        blows = blows[blows["other"] >= 0]
        return blows, self.before(blows, "other")


@dataclass(frozen=True)
class Row:
    """One mechanism on trial.

    ``paper``: the battle in which it shows; ``holds``: the claim. It is switched off by ``off``
    (``path=value`` over the scenario), or ``without``, the battle that lacks it, and with it or
    without it ``still`` holds. ``arrange`` changes the opening state where a scenario has no word
    for it.
    """

    paper: Callable[[], Paper]
    holds: Callable[[Run], bool]
    off: tuple[str, ...] = ()
    without: Callable[[], Paper] | None = None
    ticks: int = 100
    watch: tuple[int, ...] = ()
    on: tuple[str, ...] = ()
    arrange: Callable[[Battle], None] = field(default=lambda battle: None)
    still: Callable[[Run], bool] = field(default=lambda run: True)


def fight(row: Row, seed: int, *, switched_off: bool = False) -> Run:
    """Fight the battle of a row, with its mechanism or without it."""
    paper = row.without if switched_off and row.without is not None else row.paper
    sets = (*row.on, *row.off) if switched_off else row.on
    battle = build(paper().scenario(sets), seed)
    row.arrange(battle)
    engine = Engine(battle, full=True, watch=row.watch)
    engine.open()
    opening = np.asarray(engine.state.ground).copy()
    logs: dict[str, list[Any]] = {name: [] for name in LOGS}
    fighters = np.asarray(engine.state.fighters)
    frames = [fighters.tobytes()]
    for _ in range(row.ticks):
        logs["events"].append(engine.tick())
        logs["seen"].append(engine.seen_log)
        logs["minds"].append(engine.mind_log)
        logs["heard"].append(engine.heard_log)
        frames.append(fighters.tobytes())
    engine.close()
    return Run(
        battle, engine, **{name: np.asarray(joined(logs[name], LOGS[name])) for name in LOGS},
        frames=np.frombuffer(b"".join(frames), fields.FIGHTER).reshape(len(frames), -1),
        opening_ground=opening,
    )  # fmt: skip


def put_to_the_test(row: Row) -> None:
    """The claim holds in every run, and in none without the mechanism; the rest is as it was."""
    held, same = _judged(row, switched_off=False)
    assert all(held), f"the mechanism does not show at seeds {_where(held, False)}"
    left, same_without = _judged(row, switched_off=True)
    assert not any(left), f"the claim holds without the mechanism at seeds {_where(left, True)}"
    kept = [one and other for one, other in zip(same, same_without, strict=True)]
    assert all(kept), f"it is not the mechanism alone that is off at seeds {_where(kept, False)}"


def _judged(row: Row, *, switched_off: bool) -> tuple[list[bool], list[bool]]:
    """For each seed, of the battle with the mechanism or without it: the claim, and what stays."""
    held, same = [], []
    for seed in SEEDS:
        run = fight(row, seed, switched_off=switched_off)
        held.append(bool(row.holds(run)))
        same.append(bool(row.still(run)))
    return held, same


def _where(results: list[bool], value: bool) -> list[int]:
    return [seed for seed, result in zip(SEEDS, results, strict=True) if result is value]


def plain(value: float) -> dict[str, float]:
    """A quantity in which all fighters of a unit are alike."""
    return {"mean": value, "sd": 0.0}


def alike(**traits: float) -> dict[str, dict[str, float]]:
    """A personality in which all fighters of a unit are alike."""
    names = ("courage", "discipline", "aggression", "belief")
    return {name: plain(traits.get(name, 0.5)) for name in names}
