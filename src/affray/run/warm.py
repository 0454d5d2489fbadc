"""Compiles every kernel that a run needs, by rehearsing a tiny battle in which all of them occur.

A kernel that compiled in the middle of a run would stop it for seconds, so every run begins with
this: with everything compiled and in the cache it costs milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from numba.core import event

from affray.rules.compiled import CACHED, NotCompiled, cache_folder, running
from affray.run.ahead import compile_ahead, seldom_swept
from affray.run.course import usual_threads
from affray.run.disused import mark_used, remove_disused
from affray.run.rehearsal import KERNELS, find_types, is_compiled, rehearse

# how many are ready, of how many, and the name of the one at work ("" when all are ready)
Compiling = Callable[[int, int, str], None]

_warm = False


def warm(progress: Compiling | None = None) -> None:
    """Compile whatever is not compiled yet, or load it from the cache; at once if that was done."""
    global _warm
    if _warm:
        return
    try:
        with running(CACHED):
            rehearse()
    except NotCompiled:
        with seldom_swept():
            _compile(progress)
        mark_used(cache_folder())
        remove_disused(cache_folder())
    mark_used(cache_folder())
    _warm = True
    if progress is not None:
        progress(len(KERNELS), len(KERNELS), "")


def signatures() -> dict[str, int]:
    """How many argument types each kernel is compiled for: exactly one, once warm."""
    return {name: len(kernel.signatures) for name, kernel in KERNELS.items()}


def _compile(progress: Compiling | None) -> None:
    """Compile the kernels that are not ready, in several processes where there are cores for it."""
    missing = {name: kernel for name, kernel in KERNELS.items() if not is_compiled(kernel)}

    def tell(ready: int, name: str) -> None:
        if progress is not None:
            progress(len(KERNELS) - len(missing) + ready, len(KERNELS), name)

    find_types()
    compile_ahead(missing, usual_threads() - 1, tell)
    with _told(progress):
        rehearse()


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
                tell(sum(map(is_compiled, KERNELS.values())), len(KERNELS), name)

        def on_end(self, happening: Any) -> None:
            pass

    with event.install_listener("numba:compile", _Listener()):
        yield
