"""What turned between two moments of a battle, in a few plain lines beneath a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np

from affray.report.clock import on_clock
from affray.report.film import turns as t
from affray.report.film.course import fallen
from affray.report.film.orders import Orders
from affray.report.film.turns import Turn
from affray.report.places import Places
from affray.report.roster import Roster
from affray.world import words as w

LINES = 5  # at most, of what turned
NOBODYS = -1
_MOODS = (t.BREAKS, t.RALLIES)
# what a body of men does that goes by an order; and one man
_DOES = {
    w.ORDER_HOLD: ("hold", "holds"),
    w.ORDER_ADVANCE: ("advance", "advances"),
    w.ORDER_CHARGE: ("charge", "charges"),
    w.ORDER_SKIRMISH: ("skirmish", "skirmishes"),
    w.ORDER_WITHDRAW: ("fall back", "falls back"),
    w.ORDER_PERCH: ("perch", "perches"),
    w.ORDER_SCREEN: ("screen", "screens"),
    w.ORDER_VOLLEY: ("shoot together", "shoots"),
    w.ORDER_PURSUE: ("pursue", "pursues"),
    w.ORDER_ENVELOP: ("go round", "goes round"),
    w.ORDER_NONE: ("do as they like", "does as he likes"),
    w.ORDER_BREAK_OFF: ("break off", "breaks off"),
}
_CALLS = {
    w.BY_VOICE: "calls",
    w.BY_HORN: "sounds the horn",
    w.BY_DRUM: "has the drum beaten",
    w.BY_FLAG: "raises the flag",
    w.BY_MESSENGER: "sends word",
}
_WHEN = {
    w.WHEN_CONTACT: "hand to hand",
    w.WHEN_FOES_WITHIN: "enemies near",
    w.WHEN_OUTNUMBERED: "outnumbered",
    w.WHEN_FOES_FLEE: "seeing enemies run",
    w.WHEN_FRIENDS_FLEE: "seeing friends run",
    w.WHEN_FRIENDS_DOWN: "with many down",
    w.WHEN_AFRAID: "afraid",
    w.WHEN_WEARY: "weary",
    w.WHEN_ALONE: "alone",
    w.WHEN_NO_MISSILES: "with nothing left to throw",
    w.WHEN_LEADER_LOST: "their leader lost",
}


class Line(NamedTuple):
    """A line of a caption: when it begins, whose side's it is (or ``NOBODYS``), what it says and is
    worth.
    """

    tick: int
    side: int
    text: str
    worth: float


def caption(found: Sequence[Turn], orders: Orders, roster: Roster) -> list[Line]:
    """The lines that say the most of what turned, in time."""
    lasting = _lasting(found)
    lines = [line for kind in _SAID for line in _SAID[kind](_of(lasting, kind), orders, roster)]
    best = sorted(lines, key=lambda line: -line.worth)[:LINES]
    return [
        line._replace(text=f"{on_clock(line.tick * orders.dt_s)} {line.text}")
        for line in sorted(best)
    ]


def does(word: int, alone: bool = False) -> str:
    """What they do who go by an order, or what one man does."""
    return _DOES[word][alone]


def losses(before: Places, now: Places, roster: Roster) -> list[Line]:
    """How many of each side have fallen; no line, if nobody has."""
    sides = roster.sides_of(np.flatnonzero(fallen(before, now)))
    counts = np.bincount(sides, minlength=len(roster.sides)).tolist()
    fell = [f"{side.title} {n:,}" for side, n in zip(roster.sides, counts, strict=True) if n]
    return [Line(now.tick, NOBODYS, f"fell: {', '.join(fell)}", 0.0)] if fell else []


def named(units: Iterable[int], roster: Roster) -> str:
    """Units as a list: ``allied horse and legion right/centre/left``; one man by his name."""
    groups: dict[str, list[str]] = {}
    for unit in sorted(set(units)):
        head, _, rest = unit_name(unit, roster).partition(" ")
        groups.setdefault(head, []).append(rest)
    return listed(
        [f"{head} {'/'.join(filter(None, rests))}".rstrip() for head, rests in groups.items()]
    )


def unit_name(unit: int, roster: Roster) -> str:
    """A unit's name for people; of one man, his."""
    first, last = int(roster.unit_first[unit]), int(roster.unit_first[unit + 1])
    return roster.name(first) if last - first == 1 else roster.units[unit].replace("_", " ")


def one_of(who: int, roster: Roster) -> str:
    """A fighter by his name, or as one of his unit."""
    return roster.named.get(who) or f"one of {unit_name(roster.unit_of(who), roster)}"


def listed(words: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _lasting(found: Sequence[Turn]) -> list[Turn]:
    """Without the breaks and rallies that were over again before the end, and the falls of those
    who then died.
    """
    last = {turn.unit: turn for turn in found if turn.kind in _MOODS}
    moods = Counter(turn.unit for turn in found if turn.kind in _MOODS)
    dead = {turn.who for turn in found if turn.kind == t.DIES}
    return [
        turn for turn in found
        if (turn.kind not in _MOODS or (turn is last[turn.unit] and moods[turn.unit] % 2))
        and not (turn.kind == t.FALLS and turn.who in dead)
    ]  # fmt: skip


def _of(found: Sequence[Turn], kind: str) -> list[Turn]:
    return [turn for turn in found if turn.kind == kind]


def _line(found: Sequence[Turn], orders: Orders, roster: Roster, text: str) -> Line:
    side = roster.unit_side[found[0].unit]
    return Line(found[0].tick, side, text, sum(turn.worth(roster, orders) for turn in found))


def _grouped(found: Sequence[Turn], key: Any) -> Iterator[tuple[Any, list[Turn]]]:
    """Turns with the same key, each group in time."""
    for same, group in groupby(sorted(found, key=lambda turn: (key(turn), turn)), key):
        yield same, list(group)


def _word(turn: Turn, orders: Orders) -> int:
    return int(orders.table["word"][turn.row])


def _alone(found: Sequence[Turn], roster: Roster) -> bool:
    """Whether all of it is one man's."""
    sizes = np.diff(roster.unit_first)
    return len({turn.unit for turn in found}) == 1 and bool(sizes[found[0].unit] == 1)


def _ordered(found: Sequence[Turn], orders: Orders, roster: Roster) -> Iterator[Line]:
    def key(turn: Turn) -> tuple[int, ...]:
        by = turn.who if turn.who in roster.named else -1
        given_to_own = int(turn.other == turn.unit)
        side, way = roster.unit_side[turn.unit], int(orders.table["way"][turn.row])
        return side, by, given_to_own if by < 0 else 0, _word(turn, orders), way

    sizes = np.diff(roster.unit_first)
    for (_, by, own, word, way), group in _grouped(found, key):
        units = named((turn.unit for turn in group), roster)
        count, times = sum(turn.did for turn in group), max(turn.times for turn in group)
        size = int(sum(sizes[unit] for unit in {turn.unit for turn in group}))
        calls = _CALLS.get(way, "calls") + (" again and again" if times > 2 else "")
        if by >= 0:
            what = f"{roster.name(by)} {calls}: {units} to {does(word)}"
        elif own:
            what = f"leaders of {units} {calls.replace('calls', 'call')}: {does(word)}"
        else:
            givers = named((turn.other for turn in group), roster)
            what = f"leader of {givers} {calls}: {units} to {does(word)}"
        heard = f"{count:,} of {size:,} obey" if count <= size else f"taken up {count:,} times"
        yield _line(group, orders, roster, f"{what} ({heard if count else 'nobody obeys'})")


def _agreed(found: Sequence[Turn], orders: Orders, roster: Roster) -> Iterator[Line]:
    for (_, word), group in _grouped(
        found, lambda turn: (roster.unit_side[turn.unit], _word(turn, orders))
    ):
        units = named((turn.unit for turn in group), roster)
        yield _line(
            group, orders, roster, f"{units} {does(word, _alone(group, roster))}, as agreed"
        )


def _unbidden(found: Sequence[Turn], orders: Orders, roster: Roster) -> Iterator[Line]:
    def key(turn: Turn) -> tuple[int, int, str]:
        return roster.unit_side[turn.unit], _word(turn, orders), _reason(turn, orders)

    for (_, word, reason), group in _grouped(found, key):
        units = named((turn.unit for turn in group), roster)
        why = f", {reason}" if reason else ""
        text = f"{units} {does(word, _alone(group, roster))} unbidden{why}"
        yield _line(group, orders, roster, text)


def _reason(turn: Turn, orders: Orders) -> str:
    """The condition upon which they do it."""
    asked = orders.table["when"][turn.row].tolist()
    return next((_WHEN[when] for when in asked if when in _WHEN), "")


def _meets(found: Sequence[Turn], orders: Orders, roster: Roster) -> Iterator[Line]:
    def key(turn: Turn) -> tuple[str, int, int]:
        return turn.where, roster.unit_side[turn.unit], turn.unit if turn.where else -1

    for (where, _, _), group in _grouped(found, key):
        ones = named((turn.unit for turn in group), roster)
        others = named((turn.other for turn in group), roster)
        strikes = ("strike", "strikes")[_alone(group, roster)]
        text = f"{ones} {strikes} {others} in the {where}"
        yield _line(group, orders, roster, text if where else f"{ones} at grips with {others}")


def _breaks(found: Sequence[Turn], orders: Orders, roster: Roster) -> Iterator[Line]:
    for _, group in _grouped(found, lambda turn: roster.unit_side[turn.unit]):
        units = named((turn.unit for turn in group), roster)
        yield _line(group, orders, roster, f"{units} {('break', 'breaks')[_alone(group, roster)]}")


def _rallies(found: Sequence[Turn], orders: Orders, roster: Roster) -> Iterator[Line]:
    for _, group in _grouped(found, lambda turn: roster.unit_side[turn.unit]):
        units = named((turn.unit for turn in group), roster)
        yield _line(group, orders, roster, f"{units} {('rally', 'rallies')[_alone(group, roster)]}")


def _enters(found: Sequence[Turn], orders: Orders, roster: Roster) -> Iterator[Line]:
    for unit, group in _grouped(found, lambda turn: turn.unit):
        count = sum(turn.did for turn in group)
        yield _line(group, orders, roster, f"{count} of {unit_name(unit, roster)} come up")


def _falls(found: Sequence[Turn], orders: Orders, roster: Roster) -> Iterator[Line]:
    for _, group in _grouped(found, lambda turn: roster.unit_side[turn.unit]):
        who = listed(list(dict.fromkeys(roster.name(turn.who) for turn in group)))
        goes = "go" if len({turn.who for turn in group}) > 1 else "goes"
        yield _line(group, orders, roster, f"{who} {goes} down")


def _dies(found: Sequence[Turn], orders: Orders, roster: Roster) -> Iterator[Line]:
    for _, group in _grouped(found, lambda turn: roster.unit_side[turn.unit]):
        who = listed([roster.name(turn.who) for turn in group])
        yield _line(group, orders, roster, f"{who} {'die' if len(group) > 1 else 'dies'}")


def _works(found: Sequence[Turn], orders: Orders, roster: Roster) -> Iterator[Line]:
    for who, group in _grouped(found, lambda turn: turn.who):
        powers = dict.fromkeys(roster.powers[turn.row] for turn in group)
        yield _line(group, orders, roster, f"{roster.name(who)} uses {listed(list(powers))}")


def _stares(found: Sequence[Turn], orders: Orders, roster: Roster) -> Iterator[Line]:
    for who, group in _grouped(found, lambda turn: turn.who):
        count = max(turn.did for turn in group)
        yield _line(group, orders, roster, f"{count:,} stand spellbound by {one_of(who, roster)}")


_SAID = {
    t.ORDERED: _ordered,
    t.AGREED: _agreed,
    t.UNBIDDEN: _unbidden,
    t.MEETS: _meets,
    t.BREAKS: _breaks,
    t.RALLIES: _rallies,
    t.ENTERS: _enters,
    t.FALLS: _falls,
    t.DIES: _dies,
    t.WORKS: _works,
    t.STARES: _stares,
}
