"""Whose minds are logged: whoever was asked for, and people, whose own minds are fed by it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from affray.engine.scratch import those

Array = np.ndarray


class Watch:
    """The witnesses among so many fighters.

    ``flags``: by id, 1 for each of them; of length 1 where there is none, as ``live`` takes it.
    """

    def __init__(self, fighters: int, asked: Sequence[int], people: Sequence[int]) -> None:
        witnesses = sorted({*asked, *people})
        self.witnesses = len(witnesses)
        self.flags = np.zeros(fighters + 1 if witnesses else 1, np.uint8)
        self.flags[witnesses] = 1
        self._asked = np.zeros(fighters if people else 0, np.bool_)
        self._asked[list(asked) if people else []] = True

    def asked_for(self, log: Array) -> Array:
        """The rows of a log that are about those who were asked for."""
        return those(log, self._asked[log["fighter"]]) if len(self._asked) else log
