"""From glimpses to what was seen of people who can be known, and whom they were taken for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from affray.testimony.cast import Cast
from affray.testimony.ledger import Entry, Ledger
from affray.world.people import FEATURES

_AFRAID = 0.45
_AGAIN_S = 15.0
_FLAGS = (
    ("strikes", "strikes"),
    ("hurt", "bleeds"),
    ("lies", "lies"),
    ("flees", "runs"),
    ("stares", "stares"),
    ("held", "in_grip"),
    ("looks_here", "looks_here"),
)


class People:
    """Turns glimpses (GLIMPSE) and takings into entries of a ledger. ``follows``: the witness is
    one of the people, whose minds follow the others.
    """

    def __init__(self, ledger: Ledger, cast: Cast, *, follows: bool) -> None:
        self._ledger = ledger
        self._follows = follows
        self._cast = cast
        self._seen: dict[int, int] = {}
        self._flags: dict[tuple[str, int], int] = {}
        self._entries: dict[int, Entry] = {}
        self._taken: dict[int, tuple[int, float]] = {}  # by person: whom he is taken for, how sure
        self._named: dict[int, int] = {}  # by track: the person whose name it bears

    def track(self, person: int, tick: int) -> int:
        """The track of one of the people, as this mind follows him."""
        fighter = self._cast.fighters[person]
        return self._ledger.track(fighter, "one", tick)

    def voice(self, fighter: int, tick: int) -> int:
        """The track of one of the people whose voice is heard, and whom this mind takes for
        somebody it knows; -1: it does not know whose voice it is.
        """
        if not self._follows or fighter not in self._cast.fighters:
            return -1
        person = self._cast.fighters.index(fighter)
        if self._taken.get(person, (-1, 0.0))[0] < 0:
            return -1
        track = self.track(person, tick)
        if track not in self._named:
            self._name(tick, person, track)
        return track

    def see(self, glimpses: Iterable[Any]) -> None:
        """Take in the glimpses of one look."""
        for one in glimpses:
            self._see(int(one["tick"]), one)

    def _see(self, tick: int, one: Any) -> None:
        person = int(one["of"])
        track = self.track(person, tick)
        ticks = _AGAIN_S / self._ledger.dt_s
        fresh = tick - self._seen.get(person, -1_000_000) > ticks
        self._seen[person] = tick
        if fresh:
            self._entries[person] = self._ledger.add(
                tick, "sees", track, metres=float(one["m"]), **self._looks(person, int(one["cues"]))
            )
        else:
            self._entries[person].until = tick
        whom, _ = self._taken.get(person, (-1, 0.0))
        if whom >= 0 and self._named.get(track) != whom:
            self._name(tick, person, track)  # a new sight of somebody whom it knows already
        for flag, pred in _FLAGS:
            if one[flag] and self._new(pred, person, tick):
                more: dict[str, Any] = {"still": bool(one["still"])} if pred == "lies" else {}
                self._ledger.add(tick, pred, track, **more)
        if one["fear"] >= _AFRAID and self._new("afraid", person, tick):
            self._ledger.add(tick, "afraid", track, sure=0.7, much=float(one["fear"]))
        if one["menace"] >= 0 and self._new("threatened", person, tick):
            self._ledger.add(
                tick,
                "threatened",
                track,
                behind=bool(one["menace_behind"]),
                strikes=bool(one["menace_strikes"]),
                metres=float(one["menace_m"]),
            )

    def take(self, tick: int, person: int, whom: int, sure: float) -> None:
        """Take in that this mind takes one of the people for somebody, or for nobody it knows."""
        self._taken[person] = (whom, sure)
        if whom >= 0 and self._cast.fighters[person] >= 0:
            self._name(tick, person, self.track(person, tick))

    def _name(self, tick: int, person: int, track: int) -> None:
        whom, sure = self._taken[person]
        self._named[track] = whom
        seen = self._entries.get(person)
        heard = self._ledger.latest(("call", "order", "scream", "shout"), tick, 1.0)
        self._ledger.add(tick, "takes_for", track, self._cast.people[whom], sure=sure).link(
            "evidence", [seen if seen is not None and seen.until == tick else heard]
        )

    def _new(self, what: str, person: int, tick: int) -> bool:
        key = (what, person)
        before = self._flags.get(key, -1_000_000)
        self._flags[key] = tick
        return tick - before > _AGAIN_S / self._ledger.dt_s

    def _looks(self, person: int, cues: int) -> dict[str, Any]:
        """What was seen of somebody by which he could be known: words for his looks."""
        return {
            name: self._cast.looks[person].get(name, "")
            for bit, name in enumerate(FEATURES)
            if cues >> bit & 1 and name not in ("voice", "face")
        }
