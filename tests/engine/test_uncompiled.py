"""The same rules without the compiler: plain Python gives the same bits."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any

import numba
import numpy as np
import pytest

import affray.engine
from affray.engine.tick import Engine
from affray.world.battle import Battle
from tests.engine.fights import bundled, opened, skirmish

TICKS = 50


def plainly(kernel: Any) -> Callable[..., Any]:
    """`kernel` as the Python function that it is written as; hashing overflows on purpose."""

    def run(*args: Any) -> Any:
        with np.errstate(all="ignore"):
            return kernel.py_func(*args)

    return run


def kernels() -> list[tuple[Any, str, Any]]:
    """Every name under which a module of the engine knows a kernel: module, name, kernel."""
    found = []
    for info in pkgutil.iter_modules(affray.engine.__path__):
        module = importlib.import_module(f"affray.engine.{info.name}")
        for name, value in vars(module).items():
            if isinstance(value, numba.core.dispatcher.Dispatcher):
                found.append((module, name, value))
    return found


def course(engine: Engine, ticks: int) -> list[tuple[int, bytes, dict[str, np.ndarray]]]:
    """After each tick: the hash, the events, and all that changes, by name."""
    found = []
    for _ in range(ticks):
        events = engine.tick().tobytes()
        state = engine.state
        tables = {
            "fighters": state.fighters.copy(),
            "memory": state.memory.copy(),
            "ground": state.ground.copy(),
            "scent": state.scent.copy(),
            "wounds": state.wounds[: engine.wounds_used].copy(),
            "missiles": state.missiles.copy(),
        }
        found.append((engine.hash, events, tables))
    return found


def difference(one: dict[str, np.ndarray], other: dict[str, np.ndarray]) -> str:
    """The first row in which two states differ, and how; empty if they do not."""
    for table, a in one.items():
        b = other[table]
        if a.tobytes() == b.tobytes():
            continue
        if len(a) != len(b):
            return f"{len(a)} {table} compiled, {len(b)} plain"
        for row in range(len(a)):
            for name in a.dtype.names or ():
                if a[name][row].tobytes() != b[name][row].tobytes():
                    values = f"{a[name][row]!r} compiled, {b[name][row]!r} plain"
                    return f"{table}[{row}].{name}: {values}"
    return ""


FIGHTS: dict[str, Callable[[], Battle]] = {
    "skirmish": skirmish,
    "another skirmish": lambda: skirmish(4),
    "brawl": lambda: bundled("brawl"),
}


@pytest.mark.parametrize("name", FIGHTS)
def test_plain_python_gives_the_same_bits(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty ticks with every kernel replaced by the Python function that it is written as are
    equal to the compiled ones: every hash, event, fighter, memory, wound, missile, metre.
    """
    compiled = course(opened(FIGHTS[name]()), TICKS)
    assert sum(len(events) for _, events, _ in compiled) > 0

    for module, kernel_name, kernel in kernels():
        monkeypatch.setattr(module, kernel_name, plainly(kernel))
    plain = course(opened(FIGHTS[name]()), TICKS)

    for tick, (a, b) in enumerate(zip(compiled, plain, strict=True)):
        assert difference(a[2], b[2]) == "", f"tick {tick}"
        assert a[:2] == b[:2], f"tick {tick}"


def test_every_kernel_has_its_python_function() -> None:
    """The kernels of a tick are found, so that none of them is left compiled by mistake."""
    names = {name for _, name, _ in kernels()}

    assert {"live", "fly", "resolve", "place", "look_down", "digest_rows"} <= names
