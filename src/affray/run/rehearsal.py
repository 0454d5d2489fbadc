"""A tiny battle in which every kernel occurs, so that each meets the types of its arguments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from affray.engine import (
    carry,
    crowds,
    din,
    faces,
    fire,
    fly,
    hashing,
    live,
    measure,
    resolve,
    scent,
    settle,
    smoke,
)
from affray.engine.tick import Engine
from affray.rules.compiled import PLAIN, Kernel, running
from affray.run import tables
from affray.scenario import Battle
from affray.scenario.build import build
from affray.world import fields

# those first that take longest to compile
KERNELS: dict[str, Any] = {
    "live": live.live,
    "see people": faces.see_people,
    "resolve blows": resolve.resolve,
    "look around": crowds.look_down,
    "carry sounds": carry.carry,
    "fly": fly.fly,
    "count the crowds": crowds.count_up,
    "sort the field": settle.count_cells,
    "lay out the field": settle.lay_out,
    "place the fighters": settle.place,
    "lay out the dead": settle.lay_out_dead,
    "hash the state": hashing.digest_rows,
    "count who is where": measure.measure,
    "hum": din.hum_up,
    "hear the din": din.hum_down,
    "make noise": din.make_noise,
    "smell the blood": scent.settle_reek,
    "let the wind blow": scent.waft,
    "let missiles pass by": fire.pass_by,
    "let smoke drift": smoke.drift,
    "see how thick the smoke is": smoke.thicken,
    "see what is struck": faces.perceive_hits,
    "judge blows": resolve.judge,
}
_TICKS_MOST = 400


def is_compiled(kernel: Kernel) -> bool:
    """Whether it has machine code, just compiled or loaded from the cache."""
    return bool(kernel.signatures)


def rehearse(is_done: Callable[[Kernel], bool] = is_compiled) -> None:
    """A skirmish: everybody sees, moves, strikes and is wounded, and one of them has a mind.

    It goes on until it ``is_done`` for every kernel.
    """
    engine = Engine(build(_skirmish(), 1), full=True, watch=(0,))
    try:
        engine.open()
        tables.measured(engine)
        missile = np.zeros(1, fields.MISSILE).view(np.recarray)
        engine.state = engine.state._replace(missiles=missile)
        while engine.now < _TICKS_MOST and not all(map(is_done, KERNELS.values())):
            engine.tick()
    finally:
        engine.close()
    missing = [name for name, kernel in KERNELS.items() if not is_done(kernel)]
    assert not missing, f"the tiny battle never got to: {missing}"


def find_types() -> None:
    """Let every kernel that is not ready know its arguments' types, by fighting without it."""
    with running(PLAIN):
        rehearse(lambda kernel: kernel.types is not None or is_compiled(kernel))


def _skirmish() -> Any:
    return (
        Battle("warm", field=(20, 12))
        .weapon("stone", smoke=1)  # so that smoke is looked through
        .side("one")
        .side("other")
        .unit(
            "first",
            side="one",
            count=2,
            place=(9, 6),
            facing="east",
            leader="none",
            weapons=["sword", "stone"],
            orders={"do": "advance"},
        )
        .unit(
            "second",
            side="other",
            count=2,
            place=(11, 6),
            facing="west",
            leader="none",
            weapons=["sword"],
            orders={"do": "advance"},
        )
        .person("one", unit="first")
        .scenario()
    )
