"""Ctrl-C ends a run between two ticks, so that what is on disk is whole."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Self

Stop = Callable[[], bool]


class Interruptible:
    """While entered, the first Ctrl-C is noted, not raised; a second one raises at once.

    Calling it says whether to stop: by Ctrl-C, or because the caller's ``stop`` says so. Outside
    the main thread signals cannot be caught, and only ``stop`` counts.
    """

    def __init__(self, stop: Stop | None) -> None:
        self._stop = stop
        self._asked = False
        self._before: object = None
        self._catches = False

    def __call__(self) -> bool:
        return self._asked or (self._stop is not None and self._stop())

    def __enter__(self) -> Self:
        self._catches = (
            threading.current_thread() is threading.main_thread()
            and signal.getsignal(signal.SIGINT) is not None
        )
        if self._catches:
            self._before = signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(self, *error: object) -> None:
        if self._catches:
            signal.signal(signal.SIGINT, self._before)  # type: ignore[arg-type]

    def _note(self, number: int, frame: FrameType | None) -> None:
        if self._asked:
            raise KeyboardInterrupt
        self._asked = True
