"""The search finds what trying everything finds, on small battles and patterns made by lot."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from random import Random
from typing import Any

import numpy as np
import pytest

from affray.report.chronicle import Chronicle
from affray.sift.patterns import Match, Pattern, Patterns, Step
from affray.sift.reading import read_sieve
from affray.sift.sifting import sift
from affray.world import words as w
from tests.sift.sieves import DEATH, FALL, WOUND, happened, sides

MIXED, CROWDED = (WOUND, FALL, DEATH), (WOUND,)
Kinds = tuple[int, ...]
Roles = dict[str, int]
Picked = tuple[int, ...]  # rows of one step


def some_events(lot: Random, kinds: Kinds) -> Chronicle:
    """A few events of each kind; or, crowded, many of one in a tick."""
    count, ticks = (7, 3) if kinds is CROWDED else (9, 12)
    events = sorted(
        (lot.randrange(ticks), lot.choice(kinds), lot.randrange(4), lot.randrange(-1, 4))
        for _ in range(count)
    )
    return happened(*events, last_tick=12)


def a_match(lot: Random, kinds: Kinds) -> dict[str, Any]:
    found: dict[str, Any] = {"event": w.EVENT_NAMES[lot.choice(kinds)]}
    for key in ("who", "whom"):
        if lot.random() < 0.5:
            found[key] = lot.choice(("a", "b", "c"))
    return found


def a_step(lot: Random, kinds: Kinds, first: bool) -> dict[str, Any]:
    """Which of many in one tick makes up a number is not tried: crowded ones ask for no number."""
    found = a_match(lot, kinds)
    if lot.random() < 0.2 and kinds is not CROWDED:
        found["at_least"] = 2
    if lot.random() < 0.4 and (not first or "at_least" in found):
        found["within"] = lot.randrange(5) / 10
    if lot.random() < 0.2 and not first:
        found["near"] = lot.randrange(3)
    if lot.random() < 0.4:
        found["unless"] = a_match(lot, kinds)
    return found


def some_patterns(lot: Random, kinds: Kinds) -> dict[str, Any]:
    made = []
    for name in ("one", "two"):
        steps = [a_step(lot, kinds, k == 0) for k in range(lot.choice((1, 2, 3, 3)))]
        made.append({"name": name, "steps": steps})
    chain = lot.choice((["one", "two"], [["one", "two"]], ["two", "one"]))
    return {"patterns": made, "chain": chain}


class Everything:
    """Tries every choice of events for every step."""

    def __init__(self, chronicle: Chronicle, patterns: Patterns) -> None:
        self.events = chronicle.columns
        self.patterns = patterns
        self.rows = range(len(self.events["tick"]))

    def tick(self, row: int) -> int:
        return int(self.events["tick"][row])

    def earliest(self, groups: list[list[Pattern]]) -> int | None:
        """The earliest tick at which groups of patterns came about, each after the one before."""
        links = [pattern for group in groups for pattern in group]
        sizes = [len(group) for group in groups]
        ends = [max(ends) for ends in self.ends(links, {}) if self.in_order(ends, sizes)]
        return min(ends, default=None)

    def ends(self, links: list[Pattern], roles: Roles) -> Iterator[list[int]]:
        """The ends of all links, for each way in which they come about with the same roles."""
        if not links:
            yield []
            return
        for mine, end in self.ways(links[0], roles):
            for others in self.ends(links[1:], mine):
                yield [end, *others]

    def in_order(self, ends: list[int], sizes: list[int]) -> bool:
        floor, at = 0, 0
        for size in sizes:
            group = ends[at : at + size]
            if min(group) < floor:
                return False
            floor, at = max(floor, *group), at + size
        return True

    def ways(self, pattern: Pattern, before: Roles) -> Iterator[tuple[Roles, int]]:
        """Who plays then and when it ends, for each way in which a pattern comes about."""
        picks = [itertools.combinations(self.rows, step.at_least) for step in pattern.steps]
        for picked in itertools.product(*(list(one) for one in picks)):
            roles: Roles | None = before
            for k, (step, rows) in enumerate(zip(pattern.steps, picked, strict=True)):
                roles = self.cast(step, rows, roles)
                if roles is None or not self.step(step, picked, k, roles):
                    break
            else:
                assert roles is not None
                yield roles, self.tick(picked[-1][-1])

    def plays(self, match: Match, row: int) -> Roles:
        pair = ((match.who, "fighter"), (match.whom, "other"))
        return {role: int(self.events[name][row]) for role, name in pair if role is not None}

    def cast(self, step: Step, rows: Picked, roles: Roles) -> Roles | None:
        """Who plays once a step has come about; None if it cannot be these events."""
        for row in rows:
            if not self.fits(step, row, roles):
                return None
            roles = {**roles, **self.plays(step, row)}
        return roles

    def fits(self, match: Match, row: int, roles: Roles) -> bool:
        if w.EVENT_NAMES[self.events["kind"][row]] != match.event:
            return False
        himself = self.events["fighter"][row] == self.events["other"][row]
        if match.who is not None and match.who == match.whom and not himself:
            return False
        mine = self.plays(match, row)
        both = {**roles, **mine}
        return (
            min(mine.values(), default=0) >= 0
            and all(roles.get(role, who) == who for role, who in mine.items())
            and all(self.are_apart(both, pattern) for pattern in self.patterns.patterns)
        )

    def are_apart(self, roles: Roles, pattern: Pattern) -> bool:
        """Whether the roles of a pattern are different fighters."""
        players = [who for role, who in roles.items() if role in pattern.roles()]
        return len(set(players)) == len(players)

    def step(self, step: Step, picked: tuple[Picked, ...], k: int, roles: Roles) -> bool:
        rows, earlier = picked[k], picked[:k]
        ticks = [self.tick(row) for row in rows]
        if set(rows) & {many[-1] for many in earlier}:
            return False
        heads = self.events["fighter"][list(rows)]
        if step.who is None and len(np.unique(heads)) < len(heads):
            return False
        before = earlier[-1][-1] if earlier else None
        since = self.tick(before) if before is not None else None
        if since is not None and min(ticks) < since:
            return False
        start = min(ticks) if since is None else since
        if step.within is not None and max(ticks) - start > step.within * 10 + 1e-6:
            return False
        if step.near is not None and before is not None:
            off = self.events["x"][list(rows)] - self.events["x"][before]
            if (np.abs(off) > step.near).any():
                return False
        low = -1 if since is None else since
        return not any(
            low < self.tick(row) < self.tick(rows[-1]) and self.fits(match, row, roles)
            for match in step.unless
            for row in self.rows
        )


@pytest.mark.parametrize("part", range(6))
def test_the_search_finds_what_trying_everything_finds(part: int) -> None:
    """Whether each pattern and the whole chain come about, and at which tick."""
    company, both = sides(), [0, 0]
    for seed in range(40):
        lot = Random(1000 * part + seed)
        kinds = (MIXED, CROWDED)[seed % 2]
        chronicle, text = some_events(lot, kinds), some_patterns(lot, kinds)
        sieve = read_sieve(text)
        found = sift(sieve, chronicle, company)
        slow = Everything(chronicle, sieve.patterns)
        for beat in found.patterns:
            expected = slow.earliest([[sieve.patterns.named(beat.name)]])
            assert (beat.at.tick if beat.at else None) == expected, (seed, text)
            both[expected is None] += 1
        groups = [[sieve.patterns.named(name) for name in one] for one in sieve.patterns.chain]
        ends = [link.at.tick for link in found.chain if link.at is not None]
        expected = slow.earliest(groups)
        assert (max(ends) if found.whole else None) == expected, (seed, text)
    assert min(both) > 10
