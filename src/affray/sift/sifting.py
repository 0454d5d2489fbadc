"""``sift``: a sieve laid over the events of a battle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from affray.report.chronicle import COLUMNS, LEFT_OUT, Chronicle
from affray.report.paper import scenario_of
from affray.sift.candidates import Candidates
from affray.sift.company import NOBODY, Company
from affray.sift.patterns import Pattern
from affray.sift.reading import Sieve
from affray.sift.search import Came, Ground, Search
from affray.sift.sifted import Beat, Moment, Sifted
from affray.world import words as w
from affray.world.errors import UsageError

if TYPE_CHECKING:
    from affray.record import Recording
    from affray.scenario import Scenario

T = TypeVar("T")


def sift_recording(sieve: Sieve, recording: Recording) -> Sifted:
    """What of the patterns came about in a recording.

    Raises UsageError if it does not keep the events that they ask for, ScenarioError if they name
    what the battle does not have, LimitError if a pattern is too loose to be searched for.
    """
    kinds = asked_kinds(sieve)
    if w.EVENT_BLOW in kinds and recording.manifest["level"] != "full":
        raise UsageError(
            f"{recording.path}: keeps no single blows, which {sieve.origin} asks for; run the "
            "battle again with --record full"
        )
    chronicle = Chronicle.from_recording(
        recording, [kind for kind in range(len(w.EVENT_NAMES)) if kind not in kinds]
    )
    return sift(sieve, chronicle, Company.of(scenario_of(recording)))


def asked_kinds(sieve: Sieve) -> frozenset[int]:
    """The kinds of events that a sieve needs: those it names, and any that causes may lead by."""
    named = frozenset(map(w.EVENT_NAMES.index, sieve.patterns.kinds()))
    if not sieve.patterns.walks_causes():
        return named
    return named | frozenset(range(len(w.EVENT_NAMES))) - frozenset(LEFT_OUT)


def sift(sieve: Sieve, chronicle: Chronicle, company: Company) -> Sifted:
    """What of the patterns came about. Raises ScenarioError or LimitError."""
    ground = _ground(sieve, chronicle, company)
    patterns = sieve.patterns
    tell = _Telling(ground)
    beats = []
    for pattern in patterns.patterns:
        found = Search(ground, [[pattern]], f"{sieve.origin}: pattern '{pattern.name}'").earliest()
        beats.append(tell.beat(pattern, found))
    groups = [[patterns.named(name) for name in group] for group in patterns.chain]
    came = Search(ground, groups, f"{sieve.origin}: the chain").earliest() if groups else []
    return Sifted(
        battle=company.roster.title,
        dt_s=chronicle.dt_s,
        patterns=tuple(beats),
        chain=tuple(tell.beat(link, came) for group in groups for link in group),
    )


def check_against(sieve: Sieve, scenario: Scenario) -> None:
    """Raise ScenarioError if patterns name what a battle does not have."""
    nothing = {name: np.zeros(0, np.int64) for name in COLUMNS}
    sift(sieve, Chronicle.from_columns(nothing, scenario.dt, 0, 0), Company.of(scenario))


def _ground(sieve: Sieve, chronicle: Chronicle, company: Company) -> Ground:
    """The events, sorted by what each step can be."""
    patterns, others = sieve.patterns, company.others(chronicle.columns)
    may = {
        name: _placed(sieve, ("roles", name), partial(company.may_play, role))
        for name, role in patterns.roles.items()
    }
    candidates = {}
    for k, pattern in enumerate(patterns.patterns):
        for j, step in enumerate(pattern.steps):
            for match in step.matches():
                find = partial(Candidates, match, chronicle, others, company, may)
                candidates[id(match)] = _placed(sieve, ("patterns", k, "steps", j), find)
    return Ground(chronicle, company, patterns.roles, others, candidates, {})


def _placed(sieve: Sieve, path: tuple[str | int, ...], make: Callable[[], T]) -> T:
    """What is made; what the battle does not have is a fault of the file at that path."""
    try:
        return make()
    except UsageError as fault:
        raise sieve.fault(path, str(fault)) from None


class _Telling:
    """Names and times in the place of numbers."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def beat(self, pattern: Pattern, found: Sequence[Came]) -> Beat:
        came = next((one for one in found if one.pattern is pattern), None)
        if came is None:
            return Beat(pattern.name, pattern.about, False, {}, ())
        roles = {role: self._ground.company.name(who) for role, who in came.roles.items()}
        steps = zip(pattern.steps, came.rows, strict=True)
        return Beat(
            pattern.name,
            pattern.about,
            True,
            roles,
            tuple(self._moment(step.event, row, step.at_least) for step, row in steps),
        )

    def _moment(self, kind: str, row: int, count: int) -> Moment:
        events, company = self._ground.chronicle.columns, self._ground.company
        tick, other = int(events["tick"][row]), int(self._ground.others[row])
        return Moment(
            event=kind,
            tick=tick,
            time_s=round(self._ground.chronicle.time_s(tick), 6),
            x=round(float(events["x"][row]), 3),
            y=round(float(events["y"][row]), 3),
            who=company.name(int(events["fighter"][row])),
            whom=None if other == NOBODY else company.name(other),
            count=count,
        )
