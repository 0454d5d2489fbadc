"""``Summary``: what a recording comes to, as numbers, as data and in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from affray.report.clock import on_clock, span
from affray.report.wording import capital, in_a_row
from affray.world.endings import BATTLE_OVER, INTERRUPTED, UNTIL, has_broken

if TYPE_CHECKING:
    from affray.record.manifest import Intervention


@dataclass(frozen=True)
class SideTally:
    """One side at the end, in fighters.

    ``started``: all, reserves among them. ``steady``: on their feet and unbroken. ``fleeing``:
    broken on the field. ``left``: off the field. ``down``: on the ground alive, the unconscious
    among them. ``reserve``: never entered. These and ``dead`` add up to ``started``. ``wounded``:
    of the living, who were wounded at least once. ``breaks``, ``rallies``: how often that
    happened. ``orders``: how often one was called out or signalled; ``obeyed``, ``refused``: how
    often somebody who understood one took it up, or did not. None of these six is known where the
    recording keeps no events.
    """

    name: str
    title: str
    colour: str
    started: int
    steady: int
    fleeing: int
    left: int
    down: int
    dead: int
    reserve: int
    wounded: int | None
    breaks: int | None
    rallies: int | None
    orders: int | None
    obeyed: int | None
    refused: int | None

    @property
    def has_broken(self) -> bool:
        """Whether, at the end, most of those who could fight are in flight or gone."""
        return self.breaks != 0 and has_broken(self.steady, self.fleeing, self.left)


@dataclass(frozen=True)
class Moment:
    """A happening worth naming: when, and whose."""

    tick: int
    fighter: int
    name: str
    side: str


@dataclass(frozen=True)
class Lead:
    """Who leads a unit at the end, since when, if the lead has passed on."""

    unit: str
    tick: int
    name: str


@dataclass(frozen=True)
class Summary:
    """What a recording comes to. Times in ticks of ``dt_s`` seconds.

    ``steady_sides``: numbers of the sides that had steady fighters on the field at the end;
    ``contenders``: those of them that still had one of the others to fight.
    ``first_wound``, ``first_death``, ``first_break``: None if there was none, or no events are
    kept.
    ``half_of_deaths``: the ticks between which the middle half of the dead fell.
    ``ended``: why the run ended, None while it runs or if it was stopped.
    ``leads``: of units whose lead has passed on, who leads now. ``merits``: who was seen by an
    officer to fell an enemy, where both live. ``off``: mechanisms that were switched off at the
    end.
    """

    battle: str
    title: str
    seed: int
    dt_s: float
    level: str
    fighters: int
    first_tick: int
    last_tick: int
    ended: str | None
    hash: str
    sides: tuple[SideTally, ...]
    steady_sides: tuple[int, ...]
    contenders: tuple[int, ...]
    first_wound: Moment | None
    first_death: Moment | None
    first_break: Moment | None
    half_of_deaths: tuple[int, int] | None
    blood_l: float | None
    leads: tuple[Lead, ...]
    merits: tuple[str, ...]
    off: tuple[str, ...]
    interventions: tuple[Intervention, ...]
    parent: dict[str, Any] | None

    @property
    def dead(self) -> int:
        """The dead of all sides."""
        return sum(side.dead for side in self.sides)

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def lines(self) -> list[str]:
        """The same in words and a table, line by line: what ``run`` and ``info`` print."""
        return [_title(self), _outcome(self), "", *_table(self), "", *_times(self)]

    def as_data(self) -> dict[str, Any]:
        """The same as plain lists and dicts, for JSON."""
        return asdict(self)


# heading of a column, what stands in it, whether it is shown though all of it is nought
_COLUMNS: tuple[tuple[str, Callable[[SideTally], int | None], bool], ...] = (
    ("started", lambda side: side.started, True),
    ("standing", lambda side: side.steady, True),
    ("in flight", lambda side: side.fleeing, True),
    ("left", lambda side: side.left, True),
    ("down", lambda side: side.down, False),
    ("dead", lambda side: side.dead, True),
    ("in reserve", lambda side: side.reserve, False),
    ("wounded", lambda side: side.wounded, True),
)

_NAMED = 6  # names in one line


def _title(summary: Summary) -> str:
    text = f"{summary.title} ({summary.battle}, seed {summary.seed})"
    if summary.parent is not None:
        at = on_clock(summary.first_tick * summary.dt_s)
        text += f", forked from {summary.parent.get('name', 'another run')} at {at}"
    return text


def _outcome(summary: Summary) -> str:
    """How long it went and why it ended, whether a side had broken, and who stands."""
    return f"{_ending(summary)}. {_broken(summary)}{_standing(summary)}"


def _ending(summary: Summary) -> str:
    lasted = span(summary.last_tick * summary.dt_s)
    if summary.ended in BATTLE_OVER:
        return f"Ended after {lasted}: {summary.ended}"
    if summary.last_tick == summary.first_tick:
        return "Not fought yet: recorded as it begins"
    ends = {UNTIL: f"Stopped after {lasted}, as asked", INTERRUPTED: f"Interrupted after {lasted}"}
    return ends.get(summary.ended or "", f"Not ended; recorded for {lasted}")


def _broken(summary: Summary) -> str:
    broken = [side for side in summary.sides if side.has_broken]
    if not broken:
        return ""
    gone = in_a_row([f"{side.fleeing + side.left:,}" for side in broken])
    titles = capital(in_a_row([side.title for side in broken]))
    return f"{titles} had broken ({gone} in flight or gone). "


def _standing(summary: Summary) -> str:
    def named(numbers: tuple[int, ...]) -> str:
        sides = [summary.sides[number] for number in numbers]
        return in_a_row([f"{side.title} ({side.steady:,} standing)" for side in sides])

    over = summary.ended in BATTLE_OVER
    if not summary.steady_sides:
        nobody = "no side had anybody left who stood unbroken."
        return f"Nobody held the field: {nobody}" if over else f"So far, {nobody}"
    if summary.contenders:
        faced = f"{named(summary.contenders)} still faced each other."
        return f"Nobody held the field alone: {faced}" if over else capital(faced)
    there = named(summary.steady_sides)
    return f"Held by {there}." if over else f"Unbroken so far: {there}."


def _table(summary: Summary) -> list[str]:
    columns = [
        (heading, value)
        for heading, value, always in _COLUMNS
        if (always or any(value(side) for side in summary.sides))
        and any(value(side) is not None for side in summary.sides)
    ]
    first = max(len("side"), *(len(side.title) for side in summary.sides))
    lines = [f"{'side':{first}}" + "".join(f"  {heading:>9}" for heading, _ in columns)]
    for side in summary.sides:
        cells = "".join(f"  {_number(value(side)):>{max(9, len(h))}}" for h, value in columns)
        lines.append(f"{side.title:{first}}{cells}")
    return lines


def _number(value: int | None) -> str:
    return "-" if value is None else f"{value:,}"


def _times(summary: Summary) -> list[str]:
    def at(tick: int) -> str:
        return on_clock(tick * summary.dt_s)

    lines = []
    if summary.level == "summary":
        lines.append("Recorded at level summary: no events, so nobody knows who fell when, or why.")
    if summary.first_wound is not None:
        text = f"First blood at {at(summary.first_wound.tick)} ({summary.first_wound.name})"
        if summary.first_death is not None:
            text += f", first death at {at(summary.first_death.tick)} ({summary.first_death.name})"
        lines.append(text + ".")
    if summary.first_break is not None:
        first = summary.first_break
        lines.append(f"First to break: {first.name} ({first.side}), at {at(first.tick)}.")
        ran = [
            f"{side.title} {side.breaks:,} times ({side.rallies or 0:,} rallied)"
            for side in summary.sides
            if side.breaks
        ]
        lines.append(f"Broke and ran: {in_a_row(ran)}.")
    lines += _command(summary, at)
    if summary.half_of_deaths is not None:
        begin, end = summary.half_of_deaths
        lines.append(
            f"Half of the dead fell between {at(begin)} and {at(end)}."
            if begin != end
            else f"Half of the dead fell at {at(begin)}."
        )
    if summary.blood_l is not None and summary.blood_l >= 0.05:
        lines.append(f"Blood shed: {summary.blood_l:,.1f} L.")
    if summary.parent is not None and summary.level != "summary":
        lines.append("Firsts, flights and orders are counted from the fork on.")
    if summary.off:
        lines.append(f"Switched off: {', '.join(summary.off)}.")
    for change in summary.interventions:
        lines.append(f"Changed at {at(change['tick'])}: {', '.join(change['set'])}.")
    return lines


def _command(summary: Summary, at: Callable[[int], str]) -> list[str]:
    """Orders and what came of them, who leads now, who was noted for merit."""
    lines = []
    given = [side for side in summary.sides if side.orders]
    if given:
        told = [
            f"{side.title} {side.orders:,} (taken up {side.obeyed or 0:,} times, "
            f"left undone {side.refused or 0:,} times)"
            for side in given
        ]
        lines.append(f"Orders given or passed on: {in_a_row(told)}.")
    if summary.leads:
        shown = [f"{one.unit} by {one.name} ({at(one.tick)})" for one in summary.leads[:_NAMED]]
        more = len(summary.leads) - len(shown)
        lines.append(f"Led by others now: {in_a_row(shown)}{_and_more(more)}.")
    if summary.merits:
        more = len(summary.merits) - _NAMED
        lines.append(
            f"Noted for merit: {in_a_row(list(summary.merits[:_NAMED]))}{_and_more(more)}."
        )
    return lines


def _and_more(number: int) -> str:
    return f", and {number:,} more" if number > 0 else ""
