"""What a study fights: one scenario, its variations, and the seeds that each is fought under.

Everything is read and checked here, in full, before the first battle begins.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from affray.rules.compiled import rules_digest
from affray.scenario import Scenario, apply_sets, digest, dump
from affray.scenario.build import refuse_unbuildable
from affray.scenario.numbers import BadNumber, checked_seed, read_number
from affray.sift import Sieve, check_against
from affray.world import limits
from affray.world.errors import ScenarioError, UsageError

Value = float | str


@dataclass(frozen=True)
class Variation:
    """One scenario of a study, with the value that each varied path has in it."""

    scenario: Scenario
    values: tuple[Value, ...]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that the scenario says."""
        return digest(self.scenario)

    @cached_property
    def paper(self) -> str:
        """The scenario's text, as a worker reads it."""
        return dump(self.scenario)


@dataclass(frozen=True)
class Plan:
    """``paths``: what is varied; ``variations``: every combination, in order; ``seeds``;
    ``sieve``: patterns to sift the events of each battle with; ``jitter``: share of itself by
    which each disposition is off, in each battle otherwise.
    """

    name: str
    title: str
    paths: tuple[str, ...]
    variations: tuple[Variation, ...]
    seeds: tuple[int, ...]
    sieve: Sieve | None = None
    jitter: float = 0.0

    @property
    def runs(self) -> list[tuple[int, int]]:
        """(variation, seed) of every run, so that all variations come on evenly."""
        return [(k, seed) for seed in self.seeds for k in range(len(self.variations))]

    @cached_property
    def digest(self) -> str:
        """Of everything but the seeds that decides what a run comes to: studies of equal digests
        are parts of one.
        """
        text = json.dumps([self.asked(), rules_digest()], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def asked(self) -> dict[str, Any]:
        """The plan without its seeds, as plain data: what a folder keeps, and another plan is held
        against.
        """
        sifted = {} if self.sieve is None else {"patterns": self.sieve.text}
        jittered = {"jitter": self.jitter} if self.jitter else {}
        return {
            "scenario": self.name,
            "vary": {
                path: list(dict.fromkeys(variation.values[k] for variation in self.variations))
                for k, path in enumerate(self.paths)
            },
            "digests": [variation.digest for variation in self.variations],
            **sifted,
            **jittered,
        }


def plan(
    scenario: Scenario,
    seeds: int | str | Iterable[int],
    vary: Mapping[str, Sequence[str]] | None = None,
    sieve: Sieve | None = None,
    jitter: float = 0.0,
) -> Plan:
    """All battles of ``scenario`` under all combinations of ``vary`` (path → values), and seeds.

    ``jitter``: see ``study/jitter.py``. Raises UsageError or ScenarioError, whose texts name the
    path and the value that is wrong.
    """
    vary = vary or {}
    if "seed" in vary:
        raise UsageError("seed: is not varied by path; the seeds of a study are given as seeds")
    if not 0.0 <= jitter < 1.0:
        raise UsageError(f"jitter {jitter:g}: is a share of each disposition, such as 20 %")
    chosen = seeds_of(seeds)
    for path, values in vary.items():
        if not values:
            raise UsageError(f"{path}: is varied over no values; write path=a,b,c")
    count = len(chosen)
    for values in vary.values():
        count *= len(values)
    if count > limits.STUDY_RUNS:
        raise UsageError(
            f"these are {count:,} battles; a study has at most {limits.STUDY_RUNS:,}. "
            "Take fewer seeds or values"
        )
    combinations = itertools.product(*vary.values())
    variations = tuple(_varied(scenario, tuple(vary), texts) for texts in combinations)
    _refuse_twins(variations, tuple(vary))
    _refuse_other_sides(variations)
    if sieve is not None:
        for variation in variations:
            check_against(sieve, variation.scenario)
    title = scenario.title or scenario.name
    return Plan(scenario.name, title, tuple(vary), variations, tuple(chosen), sieve, jitter)


def seeds_of(seeds: int | str | Iterable[int]) -> list[int]:
    """``100``: 1 to 100; ``"5-20"``, ``"3,7,20-40"``: those; or the numbers themselves."""
    if isinstance(seeds, str):
        found = _read_seeds(seeds)
    elif isinstance(seeds, int):
        found = list(range(1, seeds + 1))
    elif isinstance(seeds, Iterable):
        found = list(seeds)
    else:
        raise UsageError(f"seeds={seeds!r:.60}: give a number of seeds, such as 100, or the seeds")
    if not found:
        raise UsageError(f"seeds {seeds}: that is none; give a number of seeds, such as 100")
    return sorted({checked_seed(seed) for seed in found})


def _read_seeds(text: str) -> list[int]:
    if text.strip().isdecimal():
        return list(range(1, min(int(text), limits.STUDY_RUNS + 1) + 1))
    found: list[int] = []
    for part in text.split(","):
        low, dash, high = part.strip().partition("-")
        if not (low.isdecimal() and (high.isdecimal() or not dash)):
            raise UsageError(f"seeds {text}: '{part.strip()}' is neither a seed nor FIRST-LAST")
        first, last = int(low), int(high or low)
        if last < first:
            raise UsageError(f"seeds {text}: {part.strip()} runs backwards")
        found.extend(range(first, min(last, first + limits.STUDY_RUNS) + 1))
    return found


def share_of(text: str) -> float:
    """``20%``, ``20 %`` or ``0.2`` as a share. Raises UsageError."""
    try:
        return read_number(text)
    except BadNumber as fault:
        raise UsageError(f"--jitter {text[:40]}: {fault}") from None


def varied(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Each ``path=a,b,c`` as path → values. Raises UsageError."""
    found: dict[str, tuple[str, ...]] = {}
    for text in texts:
        path, values = _values_of(text)
        if path in found:
            raise UsageError(f"--vary {text[:80]}: {path} is varied already; give all values once")
        found[path] = values
    return found


def _values_of(text: str) -> tuple[str, tuple[str, ...]]:
    """``path=a,b,c`` as path and values. Commas within [], {} or quotes part nothing."""
    path, equals, rest = text.partition("=")
    if not equals or not path.strip() or not rest.strip():
        raise UsageError(f"--vary {text[:80]}: write it as path=a,b,c, such as size=100,200,400")
    values, depth, quote, begun = [], 0, "", 0
    for at, letter in enumerate(rest):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in ("'", '"'):
            quote = letter
        elif letter in "[{":
            depth += 1
        elif letter in "]}":
            depth -= 1
        elif letter == "," and depth == 0:
            values.append(rest[begun:at].strip())
            begun = at + 1
    values.append(rest[begun:].strip())
    if "" in values:
        raise UsageError(f"--vary {text[:80]}: a value is missing between two commas")
    return path.strip(), tuple(dict.fromkeys(values))


def _varied(scenario: Scenario, paths: tuple[str, ...], texts: tuple[str, ...]) -> Variation:
    """The scenario with these values, known to be one that can be fought."""
    sets = [f"{path}={text}" for path, text in zip(paths, texts, strict=True)]
    try:
        changed = apply_sets(scenario, sets) if sets else scenario
        refuse_unbuildable(changed)
    except ScenarioError as fault:
        said = [problem.replace("--set", "--vary", 1) for problem in fault.problems]
        raise ScenarioError(said if sets else fault.problems) from None
    return Variation(changed, tuple(map(_value, texts)))


def _value(text: str) -> Value:
    try:
        number = float(text)
    except ValueError:
        return text
    return number if math.isfinite(number) else text


def _refuse_twins(variations: tuple[Variation, ...], paths: tuple[str, ...]) -> None:
    """Raise UsageError if two combinations are one battle: the second path overwrites the first."""
    seen: dict[str, tuple[Value, ...]] = {}
    for variation in variations:
        twin = seen.setdefault(variation.digest, variation.values)
        if twin is not variation.values:
            raise UsageError(
                f"{', '.join(paths)}: {variation.values} and {twin} come to the same battle; "
                "vary paths that do not overwrite each other, over values that differ"
            )


def _refuse_other_sides(variations: tuple[Variation, ...]) -> None:
    """Raise UsageError if not all fight with the same sides, of which the table has columns."""
    first, *others = ([side.name for side in one.scenario.sides] for one in variations)
    for sides in others:
        if sorted(sides) != sorted(first):
            raise UsageError(
                f"the sides are {', '.join(first)} in one battle, {', '.join(sides)} in another; "
                "vary what leaves the sides of a study the same"
            )
