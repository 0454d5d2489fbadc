"""What is wrong with a scenario, and where: collected, so that all of it is said at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from affray.world.errors import ScenarioError
from affray.world.limits import PROBLEM_CHARS, PROBLEMS_SHOWN


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was written: a file or ``--set ...``, line and column from 1. Line 0: no
    position.
    """

    origin: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.origin}:{self.line}:{self.column}" if self.line else self.origin


@dataclass(frozen=True, eq=False)
class Written:
    """Where the place of each unit was written. All are alike: where a battle was written is no
    part of what it says.
    """

    units: Mapping[str, Place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Written)

    def __hash__(self) -> int:
        return hash(Written)


NOWHERE = Written({})


@dataclass(slots=True)
class Problems:
    """Problems in the order of their places. The same text at the same place counts once."""

    found: dict[tuple[Place, str], None] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def say(self, place: Place, text: str) -> None:
        """Note that `text` is wrong at `place`."""
        shown = text if len(text) <= PROBLEM_CHARS else text[:PROBLEM_CHARS] + " ..."
        self.found[place, shown] = None

    def error(self) -> ScenarioError:
        """All of them as an error, cut off after the first ``PROBLEMS_SHOWN``."""
        ordered = sorted(self.found, key=lambda entry: (entry[0].line, entry[0].column))
        texts = [f"{place}: {text}" for place, text in ordered[:PROBLEMS_SHOWN]]
        if len(ordered) > PROBLEMS_SHOWN:
            texts.append(f"... and {len(ordered) - PROBLEMS_SHOWN} more problems")
        return ScenarioError(texts)

    def stop(self, place: Place, text: str) -> ScenarioError:
        """The error to raise when nothing sensible can be said of the rest."""
        self.say(place, text)
        return self.error()
