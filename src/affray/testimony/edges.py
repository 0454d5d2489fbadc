"""When something begins, ends, or passes a mark: looks come many a second, records only then."""

from __future__ import annotations

from collections.abc import Sequence


class Steps:
    """Which of rising ``marks`` a measure has passed. It falls back by ``slack`` below one."""

    def __init__(self, marks: Sequence[float], slack: float) -> None:
        self._marks = marks
        self._slack = slack
        self.step = 0

    def rises(self, value: float) -> bool:
        """Whether the measure has passed a higher mark than before."""
        higher = sum(value >= mark for mark in self._marks)
        if higher > self.step:
            self.step = higher
            return True
        while self.step and value < self._marks[self.step - 1] - self._slack:
            self.step -= 1
        return False


class Whether:
    """Whether something is so, once it has been so for ``for_ticks``; and it stays so for as long
    after it was so last.
    """

    def __init__(self, for_ticks: float) -> None:
        self._for = for_ticks
        self._since: int | None = None
        self._last = 0
        self.on = False

    def begins(self, so: bool, tick: int) -> bool:
        """Whether it has just come to be so."""
        if so:
            self._last = tick
            self._since = tick if self._since is None else self._since
            if not self.on and tick - self._since >= self._for:
                self.on = True
                return True
        elif tick - self._last >= self._for:
            self._since, self.on = None, False
        return False


class Seldom:
    """Lets something through only once in ``ticks``, for each key."""

    def __init__(self, ticks: float) -> None:
        self._ticks = ticks
        self._last: dict[object, int] = {}

    def lets(self, key: object, tick: int) -> bool:
        """Whether it may be told again."""
        if key in self._last and tick - self._last[key] < self._ticks:
            return False
        self._last[key] = tick
        return True
