"""From acts and blows to what one did: each as long as it lasted, and what one nearly did."""

from __future__ import annotations

from typing import Any

from affray.record.predicates import PREDICATES
from affray.testimony.choice import Choice
from affray.testimony.edges import Seldom
from affray.testimony.ledger import Entry, Ledger
from affray.world import words as w

_SPANS = {
    w.HOLD: "stands",
    w.ADVANCE: "goes_on",
    w.FALL_BACK: "gives_ground",
    w.REST: "rests",
    w.FLEE: "flees",
    w.GUARD: "guards",
    w.BE_TENDED: "tended",
    w.BIND: "binds",
    w.TEND: "tends",
    w.HELP_UP: "helps_up",
    w.CLIMB: "climbs",
    w.BE_HELD: "held",
}
_ANSWERS_TO = {
    "tends": ("mate_hurt",),
    "helps_up": ("mate_hurt",),
    "binds": ("notices_blood",),
    "rests": ("spent",),
}
"""What an act is an answer to, by the rule that weighs it: the hurt it is for, one's own."""
_LEAST_S = {"stands": 3.0, "goes_on": 1.5, "gives_ground": 2.0, "guards": 2.0, "rests": 2.0}
_BOUT_S = 4.0  # blows at one enemy no farther apart than this are one bout
_NEARLY = 0.12  # an act that weighed less than this more was nearly another
_COMPARED = (w.HOLD, w.ADVANCE, w.STRIKE, w.FALL_BACK, w.FLEE, w.TEND, w.THROW, w.REST)


class Deeds:
    """Turns acts (MIND) and own blows (EVENT) into entries of a ledger. ``weapons``: titles."""

    def __init__(self, ledger: Ledger, weapons: tuple[str, ...]) -> None:
        self._ledger = ledger
        self._weapons = weapons
        self._act = -1
        self._why = ""  # what spoke for it
        self._since = 0
        self._span: Entry | None = None
        self._holder = -1
        self._bouts: dict[int, Entry] = {}
        self._torn = Seldom(12.0 / ledger.dt_s)
        self._throws = Seldom(6.0 / ledger.dt_s)

    def act(self, m: Any, choice: Choice | None, whom: int, after: list[Entry | None]) -> None:
        """Take in the act chosen in a look, and what spoke for it. ``whom``: the track of the hurt
        companion, -1: none; ``after``: entries that may have moved one to it.
        """
        tick, act = int(m["tick"]), int(m["act"])
        if act == self._act:
            self._go_on(tick, whom)
            return
        self._tear(m, choice, tick, act)
        self._act, self._since, self._span = act, tick, None
        self._why = choice.why if choice is not None else ""
        pred = _SPANS.get(act)
        if pred is not None and pred not in _LEAST_S:
            opened = self._open(tick, tick, pred, whom)
            if act == w.FLEE:
                opened.link("evidence", after)

    def _go_on(self, tick: int, whom: int) -> None:
        pred = _SPANS.get(self._act)
        if pred is None:
            return
        lasted = (tick - self._since) * self._ledger.dt_s
        if self._span is None and lasted >= _LEAST_S.get(pred, 0.0):
            self._open(self._since, tick, pred, whom)
        if self._span is not None:
            self._span.until = tick
            if "seconds" in PREDICATES[pred].features:
                self._span.features["seconds"] = lasted

    def gripped_by(self, whom: int, tick: int) -> None:
        """Take in that somebody, a track or -1, has hold of one from ``tick`` on."""
        self._holder = whom
        if self._span is not None and self._span.pred == "held":
            self._span.whom = whom

    def _open(self, tick: int, until: int, pred: str, whom: int) -> Entry:
        about = whom if pred in ("tends", "helps_up") else self._holder if pred == "held" else -1
        self._span = self._ledger.add(tick, pred, about, until=until)
        if "why" in PREDICATES[pred].features and self._why:
            self._span.features["why"] = self._why
        return self._span.link("cause", self._moved_by(pred, about, tick))

    def _moved_by(self, pred: str, about: int, tick: int) -> list[Entry | None]:
        """What was perceived that an act is an answer to."""
        preds = _ANSWERS_TO.get(pred, ())
        found = self._ledger.latest(preds, tick, 20.0) if preds else None
        of_it = found is not None and (about < 0 or found.whom in (-1, about))
        return [found] if of_it else []

    def _tear(self, m: Any, choice: Choice | None, tick: int, act: int) -> None:
        """Note that something else was as good as chosen."""
        weights = m["weights"]
        if act not in _COMPARED:
            return
        others = [other for other in _COMPARED if other != act and weights[other] > -1e8]
        if not others:
            return
        over = max(others, key=lambda other: (float(weights[other]), -other))
        margin = float(weights[act]) - float(weights[over])
        if margin < _NEARLY and (act, over) in _APART and self._torn.lets(over, tick):
            known = choice is not None and choice.over == over
            self._ledger.add(
                tick,
                "torn",
                act=w.ACT_NAMES[act],
                over=w.ACT_NAMES[over],
                why=choice.why if known and choice else "",
                against=choice.against if known and choice else "",
            )

    # ------------------------------------------------------------------ blows

    def blow(self, event: Any, whom: int) -> None:
        """Take in a blow of one's own at a track, or at nobody (-1)."""
        tick, result = int(event["tick"]), int(event["value"])
        if whom < 0 or event["place"] == w.THROW:
            return
        bout = self._bouts.get(whom)
        if bout is None or tick - bout.until > _BOUT_S / self._ledger.dt_s:
            weapon = self._weapons[int(event["weapon"])]
            bout = self._ledger.add(tick, "fights", whom, number=0, weapon=weapon)
            self._bouts[whom] = bout
        bout.until = tick
        features = bout.features
        features["number"] += 1
        features["seconds"] = (tick - bout.tick) * self._ledger.dt_s
        counted = "hits" if result == w.HIT else "missed" if result == w.MISSED else "parried"
        features[counted] = features.get(counted, 0) + 1

    def struck_lately(self, whom: int, tick: int) -> Entry | None:
        """The bout in which one has just hit a track."""
        bout = self._bouts.get(whom)
        if bout is None or not bout.features.get("hits"):
            return None
        return bout if tick - bout.until <= 1.6 / self._ledger.dt_s else None

    def throw(self, tick: int, whom: int, weapon: int) -> None:
        """Take in a throw of one's own; several in a row are told as one."""
        if self._throws.lets(whom, tick):
            self._ledger.add(tick, "throws", whom, weapon=self._weapons[weapon])


_FIGHT = (w.STRIKE, w.ADVANCE, w.HOLD, w.THROW)
_AWAY = (w.FLEE, w.FALL_BACK, w.TEND, w.REST)
_APART = {(a, b) for a in _FIGHT for b in _AWAY} | {(b, a) for a in _FIGHT for b in _AWAY}
