"""``Roll``: what has become of everybody, as a muster after the battle would have it.

Every fighter is in exactly one class, the first of ``CLASSES`` that is true of him at the last
tick: it is out of the state that is kept there. Who was *left* is known by somebody: a companion
who lives, and saw him lie there when he ran himself. Whoever left the field is *missing*: nobody
there knows what became of him.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from affray.report.paper import scenario_of
from affray.report.roster import Roster
from affray.world import words as w

if TYPE_CHECKING:
    from affray.record import Recording
    from affray.scenario import Scenario

Array = np.ndarray[Any, Any]
CLASSES = ("in reserve", "dead", "outlawed", "carried", "left", "missing", "wounded", "unhurt")
"""In reserve: never came. Dead. Outlawed: lives, and one who lives holds that he is to answer for
what he did (a notion of the kind ``consequence``). Carried: in the arms of a companion. Left: lies
there, and a companion who lives knows that he ran from him. Missing: has left the field. Wounded,
unhurt: the others."""
_NAMED = 6  # names in one line


@dataclass(frozen=True)
class Left:
    """One who was left, and the companions who live and know it."""

    name: str
    known_to: tuple[str, ...]


@dataclass(frozen=True)
class Roll:
    """``sides``: name for people → class → how many. ``people``: name of each of the people who
    fought → class. ``left``: whoever was left, and who knows.
    """

    tick: int
    sides: dict[str, dict[str, int]]
    people: dict[str, str]
    left: tuple[Left, ...]

    @classmethod
    def of(cls, recording: Recording) -> Roll | None:
        """The roll at the last state of a recording; None if it keeps none.

        Raises RecordingError if it is damaged.
        """
        tick = recording.nearest_checkpoint(recording.last_tick)
        if tick is None:
            return None
        scenario = scenario_of(recording)
        return _called(recording, scenario, Roster.of(scenario), tick)

    def as_data(self) -> dict[str, Any]:
        """The same as plain lists and dicts, for JSON."""
        return {
            "tick": self.tick,
            "sides": self.sides,
            "people": self.people,
            "left": [{"name": one.name, "known_to": list(one.known_to)} for one in self.left],
        }

    def __str__(self) -> str:
        return "\n".join(lines_of(self))


def called(recording: Recording) -> Roll | None:
    """The roll, where a battle has people whose fate is worth a name; else None."""
    return Roll.of(recording) if scenario_of(recording).people else None


def _called(recording: Recording, scenario: Scenario, roster: Roster, tick: int) -> Roll:
    state = recording.checkpoint(tick)[0]
    memory, status = state["memory"], state["fighters"]["status"]
    side = roster.sides_of(np.arange(len(status)))
    lives = (status != w.DEAD) & (status != w.RESERVE)
    knows = _who_knows(recording, memory["left"], lives, status)
    left = np.zeros(len(status), bool)
    left[list(knows)] = True
    is_so = {
        "in reserve": status == w.RESERVE,
        "dead": status == w.DEAD,
        "outlawed": _outlawed(scenario, roster, state, lives),
        "carried": _carried(scenario, roster, state, side),
        "left": left,
        "missing": status == w.LEFT,
        "wounded": memory["wound"] >= 0,
        "unhurt": np.ones(len(status), bool),
    }
    classes = np.select([is_so[name] for name in CLASSES], np.arange(len(CLASSES)))
    return Roll(
        tick=tick,
        sides={
            one.title: {
                name: int(((side == number) & (classes == k)).sum())
                for k, name in enumerate(CLASSES)
            }
            for number, one in enumerate(roster.sides)
        },
        people={
            roster.name(fighter): CLASSES[classes[fighter]]
            for fighter in sorted(roster.drives)
            if fighter >= 0
        },
        left=tuple(
            Left(roster.name(fighter), tuple(map(roster.name, by)))
            for fighter, by in sorted(knows.items())
            if CLASSES[classes[fighter]] == "left"
        ),
    )


def _who_knows(
    recording: Recording, last: Array, lives: Array, status: Array
) -> dict[int, list[int]]:
    """Those who lie there and were left → the living who know it. ``last``: from whom each last
    ran; whom he ran from before that is among the events, where they are kept.
    """
    events = recording.events(("kind", "fighter", "other"))
    ran = np.flatnonzero(events["kind"].to_numpy() == w.EVENT_ABANDON)
    by, of = (events[name].to_numpy()[ran].tolist() for name in ("fighter", "other"))
    pairs = {*zip(by, of, strict=True), *enumerate(last.tolist())}
    knows: dict[int, list[int]] = {}
    for who, other in sorted(pairs):
        if lives[who] and other >= 0 and status[other] in (w.DOWN, w.OUT):
            knows.setdefault(other, []).append(who)
    return knows


def _outlawed(scenario: Scenario, roster: Roster, state: dict[str, Array], lives: Array) -> Array:
    """Those who live and, as others hold who live, have to answer for what they did."""
    found = np.zeros(len(lives), bool)
    number = {name: fighter for fighter, name in roster.named.items()}
    verdicts = state["convictions"]["verdict"] if "convictions" in state else np.zeros(0, np.uint8)
    held = verdicts.reshape(-1, max(len(scenario.notions), 1)) == w.VERDICT_HOLDS
    for row, notion in np.argwhere(held).tolist():
        one = scenario.notions[notion]
        holder, whom = number.get(scenario.people[row].name, -1), number.get(one.about or "", -1)
        if one.kind == "consequence" and whom not in (-1, holder) and holder >= 0:
            found[whom] |= bool(lives[holder] and lives[whom])
    return found


def _carried(scenario: Scenario, roster: Roster, state: dict[str, Array], side: Array) -> Array:
    """Those who are in the arms of a companion."""
    found = np.zeros(len(side), bool)
    number = {name: fighter for fighter, name in roster.named.items()}
    powers = list(scenario.powers.values())
    for work in state.get("workings", ()):
        by, on = number[scenario.people[int(work["person"])].name], int(work["on"])
        hold = powers[int(work["power"])].hold
        if hold is not None and hold.hauls and on >= 0:
            found[on] = side[on] == side[by]
    return found


def lines_of(roll: Roll) -> list[str]:
    """The roll, line by line: a table, the people, and whom somebody knows to have been left."""
    shown = [name for name in CLASSES if any(side[name] for side in roll.sides.values())]
    first = max(len("the roll"), *map(len, roll.sides))
    lines = [f"{'the roll':{first}}" + "".join(f"  {name:>9}" for name in shown)]
    for title, side in roll.sides.items():
        cells = "".join(f"  {side[name]:>{max(9, len(name))},}" for name in shown)
        lines.append(f"{title:{first}}{cells}")
    for name in CLASSES:
        who = [person for person, what in roll.people.items() if what == name]
        if who:
            lines.append(f"{name.capitalize()}: {', '.join(who)}.")
    if roll.left:
        told = [f"{one.name} (as {one.known_to[0]} knows)" for one in roll.left[:_NAMED]]
        more = len(roll.left) - _NAMED
        lines.append(
            f"Left behind: {', '.join(told)}" + (f", and {more} more" if more > 0 else "") + "."
        )
    return lines
