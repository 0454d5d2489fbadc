"""Reserves enter: all at a time, or so many for each one who falls, until the reserve is empty.

A fighter of the reserve has his number, his luck and his nature from the start, so that who
enters, and what he does, does not depend on when. He waits where he is to enter.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from affray.world import fields
from affray.world import words as w
from affray.world.battle import Battle
from affray.world.written import event

_NEVER = np.iinfo(np.int32).max  # a tick that no battle reaches


def due(
    rule: Any, battle: Battle, sides: np.ndarray, fallen: np.ndarray, tick: int
) -> tuple[int, int]:
    """How many fighters this reinforcement lets in now, and whose fall calls them (-1: nobody's).

    ``fallen``: ids of those who fell in this tick; ``sides``: theirs. Counts the falls in ``rule``.
    """
    first, last = battle.unit_first[rule.unit], battle.unit_first[rule.unit + 1]
    left = int(last - first) - int(rule.entered)
    if left == 0:
        return 0, -1
    if rule.at >= 0:
        return (left if tick >= rule.at else 0), -1
    if rule.falls_in >= 0:
        low, high = battle.unit_first[rule.falls_in], battle.unit_first[rule.falls_in + 1]
        callers = fallen[(fallen >= low) & (fallen < high)]
    else:
        callers = fallen[sides == rule.falls_side]
    before = int(rule.falls) // int(rule.each)
    rule.falls += len(callers)
    calls = int(rule.falls) // int(rule.each) - before
    return min(calls * int(rule.enter), left), int(callers[-1]) if len(callers) else -1


def waiting(battle: Battle, rules: np.ndarray) -> tuple[int, bool]:
    """The tick in which the clock lets in somebody next, and whether a fall may let in anybody.

    Before that tick, and without a fall, there is nobody to let in.
    """
    sizes = np.diff(battle.unit_first)[rules["unit"]]
    open_ = rules["entered"] < sizes
    by_clock = open_ & (rules["at"] >= 0)
    return int(rules["at"][by_clock].min(initial=_NEVER)), bool((open_ & ~by_clock).any())


def befell(kind: int, happened: list[np.ndarray]) -> np.ndarray:
    """Ids of those whom events of a kind befell, by the tables of a tick's events."""
    ids = [part["fighter"][part["kind"] == kind] for part in happened if len(part)]
    return np.concatenate(ids) if ids else np.zeros(0, np.int32)


def muster(battle: Battle, fighters: Any, rules: Any, fallen: np.ndarray, tick: int) -> np.ndarray:
    """Let in whoever is due after those ``fallen`` (ids); returns their events."""
    sides = fighters["side"][fallen]
    entered = []
    for rule in rules:
        count, caller = due(rule, battle, sides, fallen, tick)
        start = int(battle.unit_first[rule.unit]) + int(rule.entered)
        for k in range(count):
            n = fighters[start + k]
            n.status = w.UP
            n.fell = 255
            entered.append(_event(n, caller, tick))
        rule.entered += count
    return np.array(entered, fields.EVENT)


def _event(n: Any, caller: int, tick: int) -> np.ndarray:
    called = w.CAUSE_EVENT, w.EVENT_FALL, tick, caller, 1.0
    causes = (called,) if caller >= 0 else ()
    return event(tick, w.EVENT_ENTER, n.id, (n.x, n.y), causes=causes)
