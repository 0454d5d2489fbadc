"""Compiles kernels in several processes at once, into the cache from which they are loaded then.

Nothing hangs on it but time: whatever a process that dies, or cannot write the cache, leaves
undone is compiled when it is needed.
"""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

from affray.rules.compiled import Kernel
from affray.run.rehearsal import KERNELS, find_types

HANDS_MOST = 3  # processes beside this one: one kernel alone takes half of the time
_OBJECTS_BETWEEN_SWEEPS = 100_000
_SERVE = "from affray.run.ahead import serve; serve()"


def compile_ahead(kernels: dict[str, Kernel], hands: int, tell: Callable[[int, str], None]) -> None:
    """Compile kernels (by name, those that take longest first) whose types are known.

    ``hands``: processes to do it beside this one. ``tell``: is told how many are ready, and the
    name of one that is begun; also from another thread.
    """
    todo = deque(kernels)
    ready: list[str] = []
    helping = [_hand() for _ in range(min(hands, HANDS_MOST, len(kernels) - 1))]

    def begun() -> str | None:
        try:
            name = todo.popleft()
        except IndexError:
            return None
        tell(len(ready), name)
        return name

    def let_help(hand: subprocess.Popen[str]) -> None:
        assert hand.stdin is not None
        assert hand.stdout is not None
        while (name := begun()) is not None:
            try:
                hand.stdin.write(name + "\n")
                hand.stdin.flush()
                done = hand.stdout.readline().strip() == name
            except OSError:
                done = False
            if not done:
                todo.appendleft(name)
                return
            ready.append(name)

    def compile_here(name: str | None) -> None:
        while name is not None:
            kernels[name].compile(kernels[name].types)
            ready.append(name)
            name = begun()

    threads = [Thread(target=let_help, args=(hand,), daemon=True) for hand in helping]
    first = begun()  # the longest: this process is ready for it before any other is
    try:
        for thread in threads:
            thread.start()
        compile_here(first)
        for thread in threads:
            thread.join()
        compile_here(begun())  # what somebody left undone
    finally:
        for hand in helping:
            hand.kill()
            hand.communicate()


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


def _hand() -> subprocess.Popen[str]:
    """A process that serves."""
    paths = os.pathsep.join(path for path in sys.path if path)
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _SERVE],
        env={**os.environ, "PYTHONPATH": paths},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def serve() -> None:
    """In such a process: compile each kernel whose name comes in, and say it again when done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to hear
    find_types()
    with seldom_swept():
        for line in sys.stdin:
            kernel = KERNELS[line.strip()]
            kernel.compile(kernel.types)
            print(line.strip(), flush=True)
