"""What a sieve found in a battle: as data, and as lines for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from affray.report.clock import on_clock
from affray.sift.reading import CAME, LINKED


@dataclass(frozen=True)
class Moment:
    """The event of a step: its kind, when and where (m), who was in it. ``count``: of how many
    such it is the last.
    """

    event: str
    tick: int
    time_s: float
    x: float
    y: float
    who: str
    whom: str | None
    count: int


@dataclass(frozen=True)
class Beat:
    """A pattern, and what came of it. ``steps``: none if it did not come about, else a moment for
    each; it came about at the last. ``roles``: who had each.
    """

    name: str
    about: str
    came: bool
    roles: dict[str, str]
    steps: tuple[Moment, ...]

    @property
    def at(self) -> Moment | None:
        """The moment at which it came about."""
        return self.steps[-1] if self.steps else None

    @property
    def place(self) -> tuple[float, float] | None:
        """Where (m): at its last step that is one event, for so many happen all over the field."""
        ones = [step for step in self.steps if step.count == 1]
        at = ones[-1] if ones else self.at
        return None if at is None else (at.x, at.y)


@dataclass(frozen=True)
class Sifted:
    """``patterns``: each by itself, as early as it came about. ``chain``: its links as they came
    about in its order, with roles that they share; those that did not are there, too.
    """

    battle: str
    dt_s: float
    patterns: tuple[Beat, ...]
    chain: tuple[Beat, ...]

    @property
    def whole(self) -> bool:
        """Whether there is a chain, and all of it came about."""
        return bool(self.chain) and all(link.came for link in self.chain)

    def times(self) -> dict[str, float | None]:
        """When each pattern came about (s), and each as a link: ``Sieve.columns`` of a table."""
        groups = ((CAME, self.patterns), (LINKED, self.chain))
        return {
            beat.name + column: None if beat.at is None else beat.at.time_s
            for column, beats in groups
            for beat in beats
        }

    def as_data(self) -> dict[str, Any]:
        """The same as plain lists and dicts, for JSON."""
        return {**asdict(self), "whole": self.whole}

    def __str__(self) -> str:
        return "\n".join(lines_of(self))


def lines_of(sifted: Sifted) -> Iterator[str]:
    """A line for each pattern, and for each link of the chain."""
    came = sum(beat.came for beat in sifted.patterns)
    yield f"{sifted.battle}: {came} of {len(sifted.patterns)} patterns came about"
    yield from _table(sifted.patterns)
    if sifted.chain:
        links = sum(link.came for link in sifted.chain)
        yield ""
        yield f"The chain: {links} of {len(sifted.chain)} links came about in its order"
        yield from _table(sifted.chain)


def _table(beats: tuple[Beat, ...]) -> Iterator[str]:
    width = max(len(beat.name) for beat in beats)
    for beat in beats:
        yield f"  {beat.name:{width}}  {_told(beat)}"


def _told(beat: Beat) -> str:
    at, place = beat.at, beat.place
    if at is None or place is None:
        return "-"
    who = ", ".join(f"{role} {name}" for role, name in beat.roles.items())
    return f"{on_clock(at.time_s):>7}  at [{place[0]:.0f}, {place[1]:.0f}]  {who}".rstrip()
