"""Compiles every kernel that a run needs, by fighting a tiny battle in which all of them occur.

A kernel that compiled in the middle of a run would stop it for seconds, so every run begins with
this: with everything compiled and in the cache it costs milliseconds.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numba.core import event

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
from affray.rules.compiled import CACHED, PLAIN, Kernel, NotCompiled, cache_folder, running
from affray.run import tables
from affray.run.ahead import compile_ahead
from affray.run.course import usual_threads
from affray.run.disused import mark_used, remove_disused
from affray.scenario import Battle
from affray.scenario.build import build
from affray.world import fields

# how many are ready, of how many, and the name of the one at work ("" when all are ready)
Compiling = Callable[[int, int, str], None]

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
_OBJECTS_BETWEEN_SWEEPS = 100_000
_warm = False


def warm(progress: Compiling | None = None) -> None:
    """Compile whatever is not compiled yet, or load it from the cache; at once if that was done."""
    global _warm
    if _warm:
        return
    try:
        with running(CACHED):
            _fight()
    except NotCompiled:
        with seldom_swept():
            _compile(progress)
        mark_used(cache_folder())
        remove_disused(cache_folder())
    mark_used(cache_folder())
    _warm = True
    if progress is not None:
        progress(len(KERNELS), len(KERNELS), "")


def find_types() -> None:
    """Let every kernel that is not ready know its arguments' types, by fighting without it."""
    with running(PLAIN):
        _fight(lambda kernel: kernel.types is not None or _is_compiled(kernel))


def _compile(progress: Compiling | None) -> None:
    """Compile the kernels that are not ready, in several processes where there are cores for it."""
    missing = {name: kernel for name, kernel in KERNELS.items() if not _is_compiled(kernel)}

    def tell(ready: int, name: str) -> None:
        if progress is not None:
            progress(len(KERNELS) - len(missing) + ready, len(KERNELS), name)

    find_types()
    compile_ahead(missing, usual_threads() - 1, tell)
    with _told(progress):
        _fight()


def signatures() -> dict[str, int]:
    """How many argument types each kernel is compiled for: exactly one, once warm."""
    return {name: len(kernel.signatures) for name, kernel in KERNELS.items()}


def _is_compiled(kernel: Kernel) -> bool:
    return bool(kernel.signatures)


def _fight(is_done: Callable[[Kernel], bool] = _is_compiled) -> None:
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


def _skirmish() -> Any:
    return (
        Battle("warm", field=(20, 12))
        .weapon("stone", smoke=1)  # so that smoke is looked through
        .side("one")
        .side("other")
        .unit(
            "first", side="one", count=2, place=(9, 6), facing="east", leader="none",
            weapons=["sword", "stone"], orders={"do": "advance"},
        )
        .unit(
            "second", side="other", count=2, place=(11, 6), facing="west", leader="none",
            weapons=["sword"], orders={"do": "advance"},
        )
        .person("one", unit="first")
        .scenario()
    )  # fmt: skip


@contextmanager
def seldom_swept() -> Iterator[None]:
    """Let garbage lie longer: compiling makes millions of objects, of which few are garbage.

    Sweeping as often as usual takes a fifth of the time of compiling; never, twice the memory.
    """
    usual = gc.get_threshold()
    gc.set_threshold(_OBJECTS_BETWEEN_SWEEPS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextmanager
def _told(progress: Compiling | None) -> Iterator[None]:
    """Tell ``progress`` of every kernel that Numba begins to compile (not of those cached)."""
    if progress is None:
        yield
        return
    tell = progress
    names = {id(kernel): name for name, kernel in KERNELS.items()}

    class _Listener(event.Listener):
        def on_start(self, happening: Any) -> None:
            name = names.get(id(happening.data.get("dispatcher")))
            if name is not None:
                tell(sum(map(_is_compiled, KERNELS.values())), len(KERNELS), name)

        def on_end(self, happening: Any) -> None:
            pass

    with event.install_listener("numba:compile", _Listener()):
        yield
