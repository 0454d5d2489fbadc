"""The earliest way in which patterns come about, one after the other: a search with backtracking.

Events are tried in time, step after step. What was tried in vain is remembered by all that its
future depended on (who plays the roles still to be used, when and where the step before was), so
that the same dead end is met once. The work is bounded, and the bound is an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from affray.report.chronicle import Chronicle
from affray.sift.candidates import Candidates
from affray.sift.company import NOBODY, Company
from affray.sift.patterns import Match, Pattern, Role, Step
from affray.world import words as w
from affray.world.errors import LimitError
from affray.world.limits import SIFT_LOOKS

Array = np.ndarray[Any, Any]
Bound = dict[str, int]  # role → who has it


class Came(NamedTuple):
    """A pattern that came about: the event of each step (of many, the last), and who played."""

    pattern: Pattern
    rows: tuple[int, ...]
    roles: Bound


@dataclass
class Ground:
    """What is searched: events, the candidates of each match (by identity), relations of roles.

    ``others``: the other one in each event. ``causes``: row → rows that it goes back to.
    """

    chronicle: Chronicle
    company: Company
    roles: dict[str, Role]
    others: Array
    candidates: dict[int, Candidates]
    causes: dict[int, frozenset[int]]

    def of(self, match: Match) -> Candidates:
        """The candidates of a match."""
        return self.candidates[id(match)]

    def behind(self, row: int) -> frozenset[int]:
        """Rows of all events that one goes back to, cause by cause."""
        if row not in self.causes:
            found: set[int] = set()
            todo = [row]
            while todo:
                event = self.chronicle.event(todo.pop())
                taken: list[int] = []
                for link in event.links:
                    cause = self.chronicle.cause(event, link, taken)
                    if cause is not None:
                        taken.append(cause.row)
                        if cause.row not in found:
                            found.add(cause.row)
                            todo.append(cause.row)
            self.causes[row] = frozenset(found)
        return self.causes[row]


class _When(NamedTuple):
    """When a search has got to a place. ``since``: tick of the step before, from which the next may
    come; ``floor`` and ``reach``: see ``_At``. ``taken``: the events of that very tick that are
    taken, and could come again.
    """

    since: int
    floor: int
    reach: int
    taken: frozenset[int]

    def leaves_no_more(self, than: _When) -> bool:
        """Whether nothing can come from here on that could not come from there on."""
        if self.floor < than.floor or self.reach < than.reach or self.since < than.since:
            return False
        return self.since > than.since or self.taken >= than.taken


class _Place(NamedTuple):
    """A step in the sequence of all: of which link it is, and what its future depends on.

    ``kinds``: of the events of this step and those after it in its link.
    ``later``: roles whose players matter from here on. ``named``: steps of the pattern before it
    that it, or one after it, refers to. ``tight``: the very event before it matters, not only that
    it was not later. ``turns``: the link after it is of another group.
    """

    link: int
    pattern: Pattern
    step: Step
    number: int
    last: bool
    turns: bool
    kinds: frozenset[int]
    later: tuple[str, ...]
    named: tuple[int, ...]
    tight: bool


class _At(NamedTuple):
    """How far a search has come. ``rows``: of the steps of the link at work. ``floor``: it must not
    come about before that tick; ``reach``: last tick at which a link of its group came about.
    """

    roles: Bound
    rows: tuple[int, ...]
    floor: int
    reach: int


class Search:
    """A search for links, in groups: each group no sooner than the one before it."""

    def __init__(self, ground: Ground, groups: Sequence[Sequence[Pattern]], what: str) -> None:
        self._ground = ground
        self._what = what
        self._links = [pattern for group in groups for pattern in group]
        self._group = [k for k, group in enumerate(groups) for _ in group]
        self._apart = _apart(self._links, ground.roles)
        self._places = self._sequence()
        events = ground.chronicle.columns
        self._tick, self._fighter = _view(events["tick"]), _view(events["fighter"])
        self._other = _view(ground.others)
        self._kind = _view(events["kind"])
        self._x, self._y = _view(events["x"]), _view(events["y"])
        self._until = ground.chronicle.last_tick
        self._looks = 0
        # what was tried in vain: what must be equal → what makes it only harder as it grows
        self._vain: dict[tuple[Any, ...], _When] = {}
        self._came: list[Came] = []
        self._most: list[Came] = []

    def earliest(self) -> list[Came]:
        """The links that came about in their order, so that the last did as early as can be.

        Fewer than all if they did not come about: as many as there were at most.
        """
        whole: list[Came] = []
        while self._go(0, _At({}, (), 0, 0)):
            whole = list(self._came)
            self._until = max(self._tick[came.rows[-1]] for came in whole) - 1
            self._vain.clear()
            self._came.clear()
        return whole or self._besides()

    def _besides(self) -> list[Came]:
        """The most links that came about, and what else of the next group did with the same roles:
        its order means nothing.
        """
        found, missed = list(self._most), len(self._most)
        if missed == len(self._links):
            return found
        group = self._group[missed]
        roles = {role: who for came in found for role, who in came.roles.items()}
        before = found[: self._group.index(group)]
        floor = max((self._tick[came.rows[-1]] for came in before), default=0)
        for number in range(missed + 1, len(self._links)):
            if self._group[number] == group:
                alone = Search(self._ground, [[self._links[number]]], self._what)
                if alone._go(0, _At(roles, (), floor, floor)):
                    found += alone._came
                    roles |= alone._came[0].roles
        return found

    # ------------------------------------------------------------------ the search

    def _go(self, at: int, here: _At) -> bool:
        """Whether the sequence comes about from a place on."""
        if at == len(self._places):
            return True
        place = self._places[at]
        key, when = self._future(at, place, here)
        known = self._vain.get(key)
        if known is not None and when.leaves_no_more(known):
            return False
        self._work(1)
        if self._hopeless(at, here):
            return False
        for roles, row in self._choices(place, here):
            rows = (*here.rows, row)
            if not place.last:
                if self._go(at + 1, here._replace(roles=roles, rows=rows)):
                    return True
                continue
            tick = self._tick[row]
            if tick < here.floor:
                continue
            reach = max(here.reach, tick)
            self._came.append(Came(place.pattern, rows, _own(roles, place.pattern)))
            if len(self._came) > len(self._most):
                self._most = list(self._came)
            floor = reach if place.turns else here.floor
            if self._go(at + 1, _At(roles, (), floor, reach)):
                return True
            self._came.pop()
        if known is None or known.leaves_no_more(when):
            self._vain[key] = when
        return False

    def _future(self, at: int, place: _Place, here: _At) -> tuple[tuple[Any, ...], _When]:
        """What decides whether it comes about from a place on: what must be equal, and what makes
        it only harder as it grows.
        """
        who = tuple(here.roles.get(role) for role in place.later)
        named = tuple(here.rows[number] for number in place.named)
        before = here.rows[-1] if here.rows else -1
        since = self._tick[before] if here.rows else 0
        taken = frozenset(
            row for row in here.rows if self._tick[row] == since and self._kind[row] in place.kinds
        )
        key = (at, who, named, before if place.tight else -1)
        return key, _When(since, here.floor, here.reach, taken)

    def _hopeless(self, at: int, here: _At) -> bool:
        """Whether a step that is still to come in this link has no event left that it could be."""
        since = self._tick[here.rows[-1]] if here.rows else 0
        for place in self._places[at:]:
            step = place.step
            players = _players(step, here.roles)
            if not self._ground.of(step).has(*players, since, self._until):
                return True
            if place.last:
                return False
        return False

    def _choices(self, place: _Place, here: _At) -> Iterator[tuple[Bound, int]]:
        """Each way in which a step can come about: who plays then, and its event."""
        step = place.step
        first, last = self._span(step, here)
        if place.last and step.at_least == 1:
            first = max(first, here.floor)
        rows = self._rows(step, here.roles, first, last)
        if len(rows) < step.at_least:
            return
        ways = self._ways(place, rows, here)
        if step.at_least > 1:
            ways = self._so_many(step, ways, counts_itself=not here.rows)
        for roles, row in ways:
            if not self._barred(step, row, roles, here):
                yield roles, row

    def _ways(self, place: _Place, rows: Array, here: _At) -> Iterator[tuple[Bound, int]]:
        """Of the rows, each that can be a step's event, or one of so many; and who plays then."""
        for row in self._look(rows):
            roles = self._cast(place.step, row, here.roles)
            if roles is not None and self._follows(place, row, here):
                yield roles, row

    def _so_many(
        self, step: Step, ways: Iterator[tuple[Bound, int]], *, counts_itself: bool
    ) -> Iterator[tuple[Bound, int]]:
        """For each event that can be the first of so many, the one that makes up the number.

        ``counts_itself``: 'within' counts from the first of them.
        """
        firsts = list(ways)
        alike: dict[tuple[int | None, int | None], list[int]] = {}
        for roles, row in firsts:
            alike.setdefault(_players(step, roles), []).append(row)
        ends: dict[int, int] = {}
        for rows in alike.values():
            heads = [self._fighter[row] for row in rows] if step.who is None else rows
            ends.update(_completed(rows, heads, step.at_least))
        for roles, first in firsts:
            end = ends.get(first)
            if end is None:
                continue
            if not counts_itself or self._tick[end] <= self._later(self._tick[first], step):
                yield roles, end

    def _span(self, step: Step, here: _At) -> tuple[int, int]:
        """The ticks, first and last, in which a step can come after the one before."""
        if not here.rows:
            return self._ground.chronicle.first_tick, self._until
        since = self._tick[here.rows[-1]]
        return since, min(self._until, self._later(since, step))

    def _later(self, since: int, step: Step) -> int:
        if step.within is None:
            return self._until
        return since + int(step.within / self._ground.chronicle.dt_s + 1e-6)

    def _rows(self, match: Match, roles: Bound, first: int, last: int) -> Array:
        """Rows of ticks first..last that a match can be, as far as it is known who plays."""
        return self._ground.of(match).of(*_players(match, roles), first, last)

    def _look(self, rows: Array) -> Iterator[int]:
        """One row after the other. Raises LimitError after too many."""
        for start in range(0, len(rows), 256):
            for row in rows[start : start + 256].tolist():
                self._work(1)
                yield row

    def _work(self, looks: int) -> None:
        self._looks += looks
        if self._looks > SIFT_LOOKS:
            raise LimitError(
                f"{self._what}: more than {SIFT_LOOKS:,} events were looked at, and no end in "
                "sight; say 'within' in its steps, or name roles that tie them together"
            )

    def _cast(self, match: Match, row: int, roles: Bound) -> Bound | None:
        """Who plays, with this event; None if somebody in it cannot have his role."""
        for role, who in ((match.who, self._fighter[row]), (match.whom, self._other[row])):
            if role is None:
                continue
            if roles.get(role, who) != who or who == NOBODY:
                return None
            if role not in roles:
                if not self._may_play(role, who, roles):
                    return None
                roles = {**roles, role: who}
        return roles

    def _may_play(self, role: str, who: int, roles: Bound) -> bool:
        if any(roles.get(other) == who for other in self._apart[role]):
            return False
        company, rules = self._ground.company, self._ground.roles
        for one, other in roles.items():
            for a, b in ((role, one), (one, role)):
                rule = rules.get(a)
                if rule is None:
                    continue
                if rule.enemy_of == b and not company.are_enemies(who, other):
                    return False
                if rule.companion_of == b and not company.are_companions(who, other):
                    return False
        return True

    def _follows(self, place: _Place, row: int, here: _At) -> bool:
        """Whether an event follows upon the steps before as it should."""
        step = place.step
        if row in here.rows:
            return False
        if step.near is not None:
            before = here.rows[-1]
            dx = self._x[row] - self._x[before]
            dy = self._y[row] - self._y[before]
            if dx * dx + dy * dy > step.near * step.near:
                return False
        if step.caused_by is None:
            return True
        return here.rows[_number(place.pattern, step.caused_by)] in self._ground.behind(row)

    def _barred(self, step: Step, row: int, roles: Bound, here: _At) -> bool:
        """Whether something came in between that must not."""
        first = self._tick[here.rows[-1]] + 1 if here.rows else 0
        last = self._tick[row] - 1
        return any(
            self._cast(match, between, roles) is not None
            for match in step.unless
            for between in self._look(self._rows(match, roles, first, last))
        )

    # ------------------------------------------------------------------ the sequence

    def _sequence(self) -> list[_Place]:
        """All steps of all links in their order."""
        found: list[_Place] = []
        for link, pattern in reversed(list(enumerate(self._links))):
            for number, step in reversed(list(enumerate(pattern.steps))):
                last = number == len(pattern.steps) - 1
                after = found[-1] if found else None
                later = self._kin({role for one in step.matches() for role in one.roles()})
                later |= set(after.later) if after else set()
                named = {_number(pattern, step.caused_by)} if step.caused_by is not None else set()
                named |= set(after.named) if after and not last else set()
                kinds = {w.EVENT_NAMES.index(step.event)}
                kinds |= set(after.kinds) if after and not last else set()
                tight = step.within is not None or step.near is not None or bool(step.unless)
                found.append(
                    _Place(
                        link,
                        pattern,
                        step,
                        number,
                        last,
                        turns=last
                        and after is not None
                        and self._group[after.link] != self._group[link],
                        kinds=frozenset(kinds),
                        later=tuple(sorted(later)),
                        named=tuple(sorted(one for one in named if one < number)),
                        tight=tight and number > 0,
                    )
                )
        return found[::-1]

    def _kin(self, roles: set[str]) -> set[str]:
        """The roles, and all those that bear on who can have them."""
        found = set(roles)
        for role in roles:
            found |= self._apart[role]
        for name, rule in self._ground.roles.items():
            related = {name, rule.enemy_of, rule.companion_of} - {None}
            if roles & related:
                found |= {one for one in related if one is not None}
        return found


def _view(column: Array) -> memoryview:
    """A column to read single values out of: in a third of the time that the array takes."""
    return np.array(column).data


def _players(match: Match, roles: Bound) -> tuple[int | None, int | None]:
    """Who and whom a match is about, as far as it is known."""
    return (
        None if match.who is None else roles.get(match.who),
        None if match.whom is None else roles.get(match.whom),
    )


def _completed(rows: list[int], heads: list[int], number: int) -> dict[int, int]:
    """For each row, the first from it on by which so many different heads have come: a window that
    moves along. Rows after which not so many come are left out.
    """
    inside: dict[int, int] = {}
    found: dict[int, int] = {}
    after = 0
    for row, head in zip(rows, heads, strict=True):
        while len(inside) < number:
            if after == len(rows):
                return found
            inside[heads[after]] = inside.get(heads[after], 0) + 1
            after += 1
        found[row] = rows[after - 1]
        inside[head] -= 1
        if inside[head] == 0:
            del inside[head]
    return found


def _own(roles: Bound, pattern: Pattern) -> Bound:
    """Of the roles, those of a pattern that somebody plays."""
    return {role: roles[role] for step in pattern.steps for role in step.roles()}


def _number(pattern: Pattern, name: str) -> int:
    """The number of the step of that name."""
    return [step.name for step in pattern.steps].index(name)


def _apart(links: Sequence[Pattern], roles: dict[str, Role]) -> dict[str, set[str]]:
    """Role → the roles that must be other fighters: those of a pattern, and all that are
    described.
    """
    apart: dict[str, set[str]] = {}
    for pattern in links:
        for role in pattern.roles():
            apart.setdefault(role, set()).update(set(pattern.roles()) - {role})
    for role in roles:
        apart.setdefault(role, set()).update(set(roles) - {role})
    return apart
