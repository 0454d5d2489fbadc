"""From events of a mind to what went on within: memories, notions, words said, somebody found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from affray.testimony.cast import Cast
from affray.testimony.ledger import Entry, Ledger
from affray.world import words as w
from affray.world.inner import CUES, TONES

_PERCEPTS = {
    "sight": ("sees",),
    "voice": ("call", "order", "scream", "hears_said"),
    "hurt": ("bleeds",),
    "name": ("hears_said",),
    "own_name": ("own_name",),
    "down": ("lies",),
    "danger": ("threatened",),
    "fear": ("afraid",),
    "held": ("in_grip",),
    "reunion": ("takes_for", "sees"),
    "own_wound": ("notices_blood", "wound"),
    "own_hold": ("held",),
    "saved": ("foe_down", "lies", "mate_fells"),
    "weary": ("spent",),
    "alone": ("alone",),
    "contact": ("foes_near", "foe_comes"),
    "scream": ("scream",),
    "inhuman_cry": ("scream",),
    "laughter": ("call", "mate_laughs"),
    "warning": ("call",),
    "order": ("order",),
    "fall": ("mate_falls",),
    "flight": ("mates_flee", "mate_flees"),
    "thrown": ("wound",),
    "spectacle": ("spectacle",),
    "blood": ("blood_smell",),
    "dark": ("dim",),
    "quiet": ("quiet",),
}
"""By which records of a testimony a cue is told."""
assert set(_PERCEPTS) == set(CUES)
_LATELY_S = 6.0
_SAID = "what was said"  # brings a notion to mind, and is no cue
_VERDICTS = ("gives up", "holds", "not so")


class Within:
    """Turns events (EVENT) of what goes on within one of the people into entries of a ledger.

    ``followed``: the track of a fighter, if he is followed, -1 if not.
    """

    def __init__(self, ledger: Ledger, cast: Cast, followed: Callable[[int, int], int]) -> None:
        self._ledger = ledger
        self._cast = cast
        self._followed = followed
        self._table: dict[int, Callable[[int, Any], Entry | None]] = {
            w.EVENT_RECALL: self._recall,
            w.EVENT_DOUBT: self._doubt,
            w.EVENT_THINK: self._think,
            w.EVENT_CONCLUDE: self._conclude,
            w.EVENT_UTTER: self._utter,
            w.EVENT_TOLD: self._told,
            w.EVENT_NAME: self._name,
            w.EVENT_RAPT: self._rapt,
        }

    def take(self, tick: int, event: Any) -> None:
        """Take in one event; of other kinds nothing comes."""
        take = self._table.get(int(event["kind"]))
        if take is not None:
            take(tick, event)

    def _cue(self, tick: int, event: Any) -> tuple[str, list[Entry | None]]:
        """The cue that an event names, and the record by which it was perceived."""
        number = int(event["weapon"])
        if number >= len(CUES):
            return _SAID, [self._ledger.latest(("hears_said", "reads_lips"), tick, _LATELY_S)]
        cue = CUES[number]
        return cue, [self._ledger.latest(_PERCEPTS[cue], tick, _LATELY_S)]

    def _recall(self, tick: int, event: Any) -> Entry:
        cue, percept = self._cue(tick, event)
        memory = self._cast.memories[int(event["place"])]
        whom = self._followed(int(event["other"]), tick)
        return self._ledger.add(
            tick, "recalls", whom, memory=memory, cue=cue, much=float(event["value"])
        ).link("cue", percept)

    def _doubt(self, tick: int, event: Any) -> Entry:
        sure = float(event["value"])
        return self._ledger.add(
            tick,
            "doubts",
            memory=self._cast.memories[int(event["place"])],
            sure=sure,
            again=sure >= 0.5,
        )

    def _think(self, tick: int, event: Any) -> Entry:
        notion, kind, about = self._cast.notions[int(event["place"])]
        cue, percept = self._cue(tick, event)
        sure = float(event["value"])
        return self._ledger.add(
            tick, "thinks", of=about, sure=sure, notion=notion, kind=kind, much=sure, cue=cue
        ).link("cue", percept)

    def _conclude(self, tick: int, event: Any) -> Entry:
        notion, kind, about = self._cast.notions[int(event["place"])]
        sure = float(event["value"])
        told = self._ledger.latest(("hears_said", "reads_lips"), tick, _LATELY_S)
        return self._ledger.add(
            tick,
            "concludes",
            of=about,
            sure=sure,
            notion=notion,
            kind=kind,
            much=sure,
            verdict=_VERDICTS[int(event["weapon"])],
        ).link("evidence", [told])

    def _utter(self, tick: int, event: Any) -> Entry | None:
        number = int(event["place"]) - 1
        if number < 0:
            return None
        notion, _, about = self._cast.notions[number]
        whom, tone = self._followed(int(event["other"]), tick), TONES[int(event["weapon"])]
        asked = self._ledger.asked("hears_said", whom, tick) if tone == "answer" else None
        return self._ledger.add(
            tick,
            "utters",
            whom,
            about,
            notion=notion,
            tone=tone,
            much=float(event["value"]),
            since=tick,
        ).link("answers", [asked])

    def _told(self, tick: int, event: Any) -> Entry | None:
        number = int(event["place"]) - 1
        if int(event["weapon"]) != w.BY_SIGHT or number < 0:
            return None  # what was heard is told as a sound
        return self._ledger.add(
            tick,
            "reads_lips",
            self._followed(int(event["other"]), tick),
            notion=self._cast.notions[number][0],
        )

    def _name(self, tick: int, event: Any) -> Entry | None:
        whom = self._followed(int(event["other"]), tick)
        if whom < 0:
            return None
        return self._ledger.add(tick, "is_named", whom, self._cast.person(int(event["place"])))

    def _rapt(self, tick: int, event: Any) -> Entry:
        of = self._cast.person(int(event["place"]))
        return self._ledger.add(tick, "rapt", of=of, seconds=float(event["value"]))
