"""A battle taken up under other plans than it was left with: what everybody then has for an order.

Heads, mouths and sounds hold orders as rows of one table, in which the plans of all units stand one
after the other. Where a plan has changed, that table is another, and every row has to be found
again, or is gone.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from affray.engine.tick import Engine
from affray.world import words as w
from affray.world.battle import Battle
from affray.world.fields import ARRIVED, NO_ORDER

GONE = -1


def under_new_plans(arrays: dict[str, Any], parent: Engine, battle: Battle) -> dict[str, Any]:
    """The state ``arrays`` of ``parent``, told in the orders of ``battle``.

    A unit whose orders have changed goes by the new ones from now on: by what is due in them,
    whatever it had been told. Everybody else keeps what he was told, if it is still anybody's to
    tell; else he, too, goes by his plan. What was being said and is nobody's to say is not said.
    """
    old, new = parent.world, battle.world
    kept = _kept(old, new)
    memory, fighters = arrays["memory"].copy(), arrays["fighters"].copy()
    memory.order, memory.known, memory.lean, memory.say_order = (
        _found(memory[name], kept) for name in ("order", "known", "lean", "say_order")
    )
    unit_of = np.empty(len(memory), np.int64)
    unit_of[fighters["id"]] = fighters["unit"]
    for unit in range(len(battle.unit_names)):
        here, due = unit_of == unit, _due(new, unit, parent.now)
        anew = here if _ordered(old, unit) != _ordered(new, unit) else here & _lost(memory.order)
        memory.order[anew] = memory.known[anew] = due
        memory.order_tick[anew] = memory.known_tick[anew] = parent.now
        memory["given"][here] = _behind(old, new, unit, memory["given"][here])
        memory["done"][here] = _done(old, new, unit, kept, memory["done"][here])
        memory["done"][anew] &= 0xFF ^ ARRIVED
    speechless = _lost(memory.say_order)
    memory.means[speechless & (memory.means == w.SAY_ORDER)] = w.SILENT
    mute = speechless[fighters["id"]] & (fighters["says"] == w.SAY_ORDER)
    fighters["says"][mute], fighters["says_left"][mute] = w.SILENT, 0
    sounds = {name: _still_said(arrays[name], kept) for name in ("stimuli", "messages")}
    return {**arrays, "memory": memory, "fighters": fighters, **sounds}


def _block(world: Any, unit: int) -> range:
    """The rows of a unit's own plan: what it knows beforehand, may be told, and does of itself."""
    ends = world.units["plan_end"]
    return range(int(ends[unit - 1]) if unit > 0 else 0, int(ends[unit]))


def _kept(old: Any, new: Any) -> Any:
    """(old orders,) int64: the row in which each order now stands, ``GONE`` if it does not."""
    kept = np.full(len(old.orders), GONE, np.int64)
    for unit in range(len(old.units)):
        before, after = _block(old, unit), _block(new, unit)
        had, there = _said(old, before), _said(new, after)
        if had == there:
            kept[before] = after
            continue
        for row, said in zip(before, had, strict=True):
            kept[row] = after[there.index(said)] if said in there else GONE
    return kept


def _said(world: Any, rows: range) -> list[bytes]:
    """Orders, to the byte, wherever they stand among those that may come about once."""
    orders = world.orders[rows.start : rows.stop].copy()
    orders["once"] = orders["once"] > 0
    return [order.tobytes() for order in orders]


def _ordered(world: Any, unit: int) -> list[bytes]:
    """The orders of a unit's own plan, without what each does of himself."""
    block, ways = _block(world, unit), world.orders["way"]
    return [said for row, said in zip(block, _said(world, block), strict=True)
            if ways[row] != w.BY_THEMSELVES]  # fmt: skip


def _found(rows: Any, kept: Any) -> Any:
    """Rows kept in heads, found again; ``NO_ORDER`` where there is none any more."""
    had = rows != NO_ORDER
    now = kept[np.where(had, rows, 0)]
    return np.where(had & (now != GONE), now, NO_ORDER)


def _lost(rows: Any) -> Any:
    return np.asarray(rows == NO_ORDER)


def _due(world: Any, unit: int, now: int) -> int:
    """The order agreed beforehand whose time has come last."""
    orders = world.orders
    agreed = [row for row in _block(world, unit) if orders["way"][row] == w.BY_PLAN]
    return max((row for row in agreed if orders["after"][row] <= now),
               key=lambda row: (orders["after"][row], row))  # fmt: skip


def _entries(world: Any, unit: int) -> list[bytes]:
    """The entries of what a unit's leader may order and its fighters may do, in turn, each with all
    whom it tells.
    """
    entries, row, end = [], int(world.units["plan"][unit]), int(world.units["plan_end"][unit])
    while row < end:
        following = row + 1 + int(world.orders["more"][row])
        entries.append(b"".join(_said(world, range(row, following))))
        row = following
    return entries


def _behind(old: Any, new: Any, unit: int, given: Any) -> Any:
    """How many entries of a unit's plan are behind those who had ``given`` of the old one behind
    them: up to the last of these that still stands in it.
    """
    past, now = _entries(old, unit), _entries(new, unit)
    if past == now:
        return given
    stands = [max((k + 1 for k, entry in enumerate(now) if entry in past[:had]), default=0)
              for had in range(len(past) + 1)]  # fmt: skip
    return np.array(stands)[given]


def _done(old: Any, new: Any, unit: int, kept: Any, done: Any) -> Any:
    """What of a unit's new plan may come about once, and has: what still stands in it of what had
    of the old one.
    """
    now = done & ARRIVED
    for row in _block(old, unit):
        bit = old.orders["once"][row]
        if bit and kept[row] != GONE:
            now |= np.where(done & bit, new.orders["once"][kept[row]], 0).astype(now.dtype)
    return now


def _still_said(sounds: Any, kept: Any) -> Any:
    """Sounds, signals and messengers under way, but for those whose order is nobody's any more."""
    now = _found(np.where(sounds["order"] >= 0, sounds["order"], NO_ORDER), kept)
    said = (sounds["order"] < 0) | ~_lost(now)
    sounds = sounds[said].copy()
    sounds["order"] = np.where(sounds["order"] >= 0, now[said], GONE)
    return sounds
