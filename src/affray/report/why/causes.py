"""Why: a walk up the causes that events name, as data.

A death names the wounds that most blood was lost through, a break what frightened most, a
companion seen in flight stands for that companion's own break: so one question leads to the next.
``story`` gathers what became of one fighter and the causes of it; ``affray.report.why.fate`` puts
it into words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from affray.report.chronicle import Chronicle, Event, Link
from affray.report.places import places_at
from affray.report.why.depths import DEEPEST, DEPTH, MOST
from affray.world import words as w
from affray.world.endings import BATTLE_OVER

if TYPE_CHECKING:
    from affray.record import Recording

LEAST_SHARE = 0.1  # a cause that had less of a share is named, but not followed further

SPOKEN = (
    w.EVENT_SAY,
    w.EVENT_CUT,
    w.EVENT_OBEY,
    w.EVENT_REFUSE,
    w.EVENT_LEAD,
    w.EVENT_GRIP,
    w.EVENT_LIFT,
    w.EVENT_MERIT,
    w.EVENT_BLAME,
    w.EVENT_ABANDON,
    w.EVENT_WINK,
    w.EVENT_NOTICE,
    *w.THOUGHTS,
    *w.OF_NOTIONS,
    *w.OF_MEMORIES,
    *w.OF_POWERS,
)
_NOTED = (
    w.EVENT_MERIT,
    w.EVENT_BLAME,
    w.EVENT_ABANDON,
    w.EVENT_WINK,
    w.EVENT_POWER,
    w.EVENT_FREE,
)
_SELF_CHANGES = (w.EVENT_BREAK, w.EVENT_RALLY)


@dataclass(frozen=True)
class Happening:
    """An event and its causes, greatest first.

    ``kind``: a word of ``EVENT_NAMES``. ``place``: where a wound sits; what was said; what
    somebody is blamed for; the number of the person whom a thought is about, of the power, memory
    or notion. ``weapon``: its row; the way of what was said, its tone, the cue of a thought.
    ``by_friend``: one of the same side gave the wound. ``fleeing``: it met the fighter in flight.
    ``known``: told elsewhere in the same walk, so its causes are not repeated. ``cut_off``: it has
    causes, and the walk ends here.
    """

    kind: str
    tick: int
    fighter: int
    other: int | None
    value: float
    place: str | None
    weapon: int | None
    by_friend: bool
    fleeing: bool
    known: bool
    cut_off: bool
    causes: tuple[Because, ...]


@dataclass(frozen=True)
class Because:
    """One cause: a word of ``CAUSE_NAMES``, its share of the change (0..1), what happened."""

    kind: str
    share: float
    happening: Happening | None


@dataclass(frozen=True)
class Flight:
    """A flight that ended: the break, and the tick of the rally."""

    broke: Happening
    rallied: int


@dataclass(frozen=True)
class Story:
    """What became of a fighter.

    ``fate``: ``died``, ``unconscious``, ``down``, ``fled`` (left the field broken), ``fleeing``
    (broken at the end), ``withdrew`` (left it unbroken), ``stands``, ``reserve``; in a fork also
    ``dead before`` and ``left before`` it began. ``end``: the happening that decided it, if the
    recording has it. ``flight``: the break in force when it ended, if another one.
    ``wounds``: all of them, in time. ``flights``: breaks that ended in a rally. ``entered``: out
    of the reserve. ``spoken``: what was said, ordered, followed, noticed, noted
    and blamed, in time. ``over``: the recording goes to the end of the battle.
    """

    fighter: int
    fate: str
    end: Happening | None
    flight: Happening | None
    wounds: tuple[Happening, ...]
    flights: tuple[Flight, ...]
    entered: Happening | None
    spoken: tuple[Happening, ...]
    first_tick: int
    last_tick: int
    over: bool = True

    def as_data(self) -> dict[str, Any]:
        """The same as plain lists and dicts, for JSON."""
        return asdict(self)


def causes(chronicle: Chronicle, event: Event, depth: int = DEPTH) -> Happening:
    """The event with its causes, and theirs, ``depth`` steps up."""
    return _Walk(chronicle).up(event, min(depth, DEEPEST))


def story(recording: Recording, fighter: int, depth: int = DEPTH) -> Story:
    """What became of a fighter and why. Raises UsageError if the recording keeps no events."""
    chronicle = Chronicle.from_recording(recording)
    opening = places_at(recording, recording.first_tick)
    status, broken = int(opening.status[fighter]), bool(opening.broken[fighter])
    told = story_from(chronicle, fighter, depth, status, broken)
    return replace(told, over=recording.manifest["ended"] in BATTLE_OVER)


def story_from(
    chronicle: Chronicle,
    fighter: int,
    depth: int = DEPTH,
    status: int = w.UP,
    broken: bool = False,
) -> Story:
    """The same, from a chronicle at hand. ``status``, ``broken``: as the recording begins."""
    events = chronicle.of(fighter)
    walk = _Walk(chronicle)
    depth = min(depth, DEEPEST)
    fate, end = _fate(events, status, broken)
    flight = _flight_before(events, events[-1].tick if events else 0)
    of_kind = {kind: [e for e in events if e.kind == kind] for kind in range(len(w.EVENT_NAMES))}
    entered = of_kind[w.EVENT_ENTER]
    told_end = walk.up(end, depth) if end else None
    flight_apart = flight if fate == "died" or fate in ("unconscious", "down") else None
    return Story(
        fighter=fighter,
        fate=fate,
        end=told_end,
        flight=walk.up(flight_apart, depth) if flight_apart else None,
        wounds=tuple(_Walk(chronicle).up(e, 0) for e in of_kind[w.EVENT_WOUND]),
        flights=tuple(
            Flight(walk.up(broke, depth), rally.tick)
            for rally in of_kind[w.EVENT_RALLY]
            if (broke := _flight_before(events, rally.tick - 1)) is not None
        ),
        entered=walk.up(entered[0], 1) if entered else None,
        spoken=_spoken(chronicle, fighter, events),
        first_tick=chronicle.first_tick,
        last_tick=chronicle.last_tick,
    )


def notices(recording: Recording, fighter: int) -> dict[int, int]:
    """By tick, who told a fighter how he bled, or he himself, if he noticed it; nothing if the
    recording keeps no events.
    """
    if recording.manifest["level"] == "summary":
        return {}
    events = Chronicle.from_recording(recording).of(fighter)
    return {event.tick: event.other for event in events if event.kind == w.EVENT_NOTICE}


def _spoken(chronicle: Chronicle, fighter: int, events: list[Event]) -> tuple[Happening, ...]:
    own = [event for event in events if event.kind in SPOKEN]
    found = sorted(own + chronicle.upon(fighter, _NOTED), key=lambda event: event.tick)
    return tuple(_Walk(chronicle).up(event, 1) for event in found)


_FATES = {
    w.RESERVE: "reserve",
    w.UP: "stands",
    w.DOWN: "down",
    w.OUT: "unconscious",
    w.DEAD: "dead before",
    w.LEFT: "left before",
}


def _fate(events: list[Event], status: int, broken: bool) -> tuple[str, Event | None]:
    """What the fighter's events come to, and the one that decided it, if it is among them."""
    fate = _FATES[status]
    deciding: Event | None = None
    breaking: Event | None = None
    for event in events:
        if event.kind == w.EVENT_DEATH:
            return "died", event
        if event.kind == w.EVENT_LEAVE:
            return ("fled", breaking) if broken else ("withdrew", event)
        if event.kind == w.EVENT_FAINT:
            fate, deciding = "unconscious", event
        elif event.kind in (w.EVENT_FALL, w.EVENT_WAKE):
            fate, deciding = "down", event
        elif event.kind in (w.EVENT_RISE, w.EVENT_ENTER):
            fate, deciding = "stands", None
        elif event.kind in _SELF_CHANGES:
            broken = event.kind == w.EVENT_BREAK
            breaking = event if broken else None
    return ("fleeing", breaking) if fate == "stands" and broken else (fate, deciding)


def _flight_before(events: Iterable[Event], tick: int) -> Event | None:
    """The break that was in force at ``tick``: not followed by a rally before it."""
    broken = None
    for event in events:
        if event.tick > tick:
            break
        if event.kind in _SELF_CHANGES:
            broken = event if event.kind == w.EVENT_BREAK else None
    return broken


_UTTERED = (w.EVENT_SAY, w.EVENT_CUT)
_NUMBERED = (*w.THOUGHTS, *w.OF_NOTIONS, *w.OF_MEMORIES, *w.OF_POWERS)
_BY_MEANS = (*_UTTERED, *w.OF_NOTIONS, *w.OF_MEMORIES)  # ``weapon`` says in what way


def _place(event: Event) -> str | None:
    """What an event's ``place`` stands for, in words."""
    if event.kind == w.EVENT_WOUND:
        return w.PLACE_NAMES[event.place]
    if event.kind in _UTTERED:
        return w.SAY_NAMES[event.place]
    if event.kind in _NUMBERED:
        return str(event.place)
    return w.DEED_NAMES[event.place] if event.kind == w.EVENT_BLAME else None


class _Walk:
    """One walk up: what was met already is not told twice, and the walk has an end."""

    def __init__(self, chronicle: Chronicle) -> None:
        self._chronicle = chronicle
        self._met: set[int] = set()

    def up(self, event: Event, depth: int) -> Happening:
        known = event.row in self._met
        self._met.add(event.row)
        ends = depth <= 0 or len(self._met) > MOST
        links = () if known or ends else event.links
        wounded = event.kind == w.EVENT_WOUND
        friend = wounded and self._with(event, w.EVENT_MISTAKE) is not None
        broken = _flight_before(self._chronicle.of(event.fighter), event.tick - 1)
        return Happening(
            kind=w.EVENT_NAMES[event.kind],
            tick=event.tick,
            fighter=event.fighter,
            other=event.other if event.other >= 0 else None,
            value=event.value,
            place=_place(event),
            weapon=event.weapon if wounded or event.kind in _BY_MEANS else None,
            by_friend=friend,
            fleeing=broken is not None and event.kind not in _SELF_CHANGES,
            known=known and bool(event.links),
            cut_off=ends and not known and bool(event.links),
            causes=self._because(event, links, depth),
        )

    def _because(self, event: Event, links: tuple[Link, ...], depth: int) -> tuple[Because, ...]:
        taken: list[int] = []
        found = []
        for link in sorted(links, key=lambda link: -link.share):
            cause = self._chronicle.cause(event, link, taken)
            if cause is not None:
                taken.append(cause.row)
                cause = self._words(event, cause)
            further = depth - 1 if link.share >= LEAST_SHARE else 0
            found.append(
                Because(
                    kind=w.CAUSE_NAMES[link.kind],
                    share=link.share,
                    happening=self.up(cause, further) if cause is not None else None,
                )
            )
        return tuple(found)

    def _words(self, event: Event, cause: Event) -> Event:
        """The words themselves, and their tone, where somebody was told something."""
        if event.kind != w.EVENT_TOLD:
            return cause
        uttered = self._chronicle.latest(cause.fighter, w.EVENT_UTTER, cause.tick)
        return uttered if uttered is not None and uttered.tick == cause.tick else cause

    def _with(self, event: Event, kind: int) -> Event | None:
        """What else was recorded of the same deed: same tick, fighter and other."""
        for other in self._chronicle.of(event.fighter):
            same = other.tick == event.tick and other.other == event.other
            if same and other.kind == kind:
                return other
        return None
