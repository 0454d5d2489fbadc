"""From one's own events to records: wounds, falls, orders taken, words said, powers used."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from affray.testimony.cast import Cast
from affray.testimony.deeds import Deeds
from affray.testimony.ledger import Entry, Ledger
from affray.testimony.sounds import Sounds
from affray.testimony.within import Within
from affray.world import words as w

_STIRRING = {
    w.CAUSE_ODDS: ("foes_many", "foes_near"),
    w.CAUSE_FACES: ("mates_afraid", "mate_afraid"),
    w.CAUSE_FLIGHT: ("mates_flee", "mate_flees"),
    w.CAUSE_WEARY: ("spent", "mates_weary"),
    w.CAUSE_PAIN: ("pain", "wound"),
    w.CAUSE_HEARD: ("scream", "shout"),
    w.CAUSE_SAFE: ("foes_gone",),
    w.CAUSE_FIRE: ("shot_at",),
    w.CAUSE_LOSSES: ("mates_down", "mate_falls"),
}
_CAUSING = {
    w.EVENT_WOUND: ("wound",),
    w.EVENT_FALL: ("mate_falls", "fall"),
    w.EVENT_DEATH: ("mate_falls",),
    w.EVENT_SAY: ("scream", "order"),
}
_UPON = (w.EVENT_POWER, w.EVENT_FREE, w.EVENT_TRANSFER)  # of others, and done to one
_STIRS_S = 20.0  # what frightened one was perceived no longer ago
_LIFTS_S = 3.0  # and what lifted one
_GRIPS_S = 3.0  # what grips one was perceived no longer ago


class Happenings:
    """Turns events (EVENT) that are one's own, or done to one, into entries of a ledger."""

    def __init__(self, ledger: Ledger, me: int, cast: Cast, sounds: Sounds, deeds: Deeds) -> None:
        self._ledger = ledger
        self._me = me
        self._cast = cast
        self._sounds = sounds
        self._deeds = deeds
        self._says: dict[int, int] = {}
        self._senseless = False
        self._driven: set[tuple[str, str, str]] = set()
        self._table: dict[int, Callable[[int, Any], Entry | None]] = {
            w.EVENT_WOUND: self._wound,
            w.EVENT_FALL: self._plain("fall"),
            w.EVENT_FAINT: self._plain("faint"),
            w.EVENT_RISE: self._plain("rise"),
            w.EVENT_WAKE: self._plain("wake"),
            w.EVENT_WEARY: self._plain("weak"),
            w.EVENT_LEAD: self._plain("leads"),
            w.EVENT_BREAK: self._moved("breaks"),
            w.EVENT_RALLY: self._moved("rallies"),
            w.EVENT_NOTICE: self._notice,
            w.EVENT_PULL: self._helped("pull"),
            w.EVENT_BIND: self._helped("bound"),
            w.EVENT_THROW: self._throw,
            w.EVENT_BLOW: self._blow,
            w.EVENT_SAY: self._say,
            w.EVENT_CUT: self._cut,
            w.EVENT_OBEY: self._obey,
            w.EVENT_REFUSE: self._refuse,
            w.EVENT_GRIP: self._grip,
            w.EVENT_LIFT: self._lift,
            w.EVENT_MERIT: self._merit,
            w.EVENT_BLAME: self._blame,
            w.EVENT_ABANDON: self._abandon,
            w.EVENT_POWER: self._power,
            w.EVENT_GATHER: self._of_power("gathers"),
            w.EVENT_FIZZLE: self._of_power("fails"),
            w.EVENT_FREE: self._free,
            w.EVENT_FORGET: self._forget,
            w.EVENT_TRANSFER: self._transfer,
            w.EVENT_STIR: self._stir,
            w.EVENT_WHISPER: self._whisper,
            w.EVENT_BELIEVE: self._believe,
            w.EVENT_ADMIRE: self._admire,
        }
        self._within = Within(ledger, cast, self._followed)

    def take(self, event: Any) -> None:
        """Take in one event."""
        kind, mine = int(event["kind"]), int(event["fighter"]) == self._me
        if mine and kind in (w.EVENT_FAINT, w.EVENT_WAKE):
            self._senseless = kind == w.EVENT_FAINT
        elif self._senseless:
            return  # whoever is senseless feels nothing, and nothing that he meant goes on
        take = self._table.get(kind)
        if mine and take is None:
            self._within.take(int(event["tick"]), event)
        if take is not None and (mine or kind in _UPON):
            take(int(event["tick"]), event)

    def _followed(self, fighter: int, tick: int) -> int:
        """The track of a fighter, if he is followed; -1: one does not know who it was."""
        if fighter < 0 or fighter == self._me or not self._ledger.follows(fighter, tick):
            return -1
        return self._ledger.still(fighter, tick)

    def _plain(self, pred: str) -> Callable[[int, Any], Entry]:
        return lambda tick, event: self._ledger.add(tick, pred)

    def _moved(self, pred: str) -> Callable[[int, Any], Entry]:
        return lambda tick, event: self._ledger.add(tick, pred).link(
            "cause", self._causes(tick, event)
        )

    def _causes(self, tick: int, event: Any) -> list[Entry | None]:
        """What one perceived of the causes that an event names."""
        found: list[Entry | None] = []
        for kind, of in zip(event["cause_kind"], event["cause_event"], strict=True):
            preds = _CAUSING.get(int(of), ()) if kind == w.CAUSE_EVENT else ()
            preds = preds or _STIRRING.get(int(kind), ())
            known = self._ledger.latest(preds, tick, _STIRS_S) if preds else None
            found.append(self._sounds.alarm(tick, _STIRS_S, known) if "scream" in preds else known)
        return found

    # ------------------------------------------------------------------ the body

    def _wound(self, tick: int, event: Any) -> Entry:
        weapon = self._cast.weapon_kinds[int(event["weapon"])]
        return self._ledger.add(
            tick,
            "wound",
            place=w.PLACE_NAMES[int(event["place"])],
            harm=weapon,
            deep=float(event["value"]),
        )

    def _notice(self, tick: int, event: Any) -> Entry:
        other = int(event["other"])
        told = other not in (-1, self._me)
        whom = self._ledger.track(other, "friend", tick) if told else -1
        return self._ledger.add(tick, "notices_blood", whom, told=told).link(
            "evidence", [self._ledger.latest(("wound",), tick, 300.0)]
        )

    def _helped(self, pred: str) -> Callable[[int, Any], Entry]:
        def take(tick: int, event: Any) -> Entry:
            return self._ledger.add(tick, pred, self._followed(int(event["other"]), tick)).link(
                "before", [self._ledger.latest(("wound",), tick, 900.0)]
            )

        return take

    # ------------------------------------------------------------------ blows and throws

    def _throw(self, tick: int, event: Any) -> None:
        self._deeds.throw(tick, self._followed(int(event["other"]), tick), int(event["weapon"]))

    def _blow(self, tick: int, event: Any) -> None:
        whom = int(event["other"])
        self._deeds.blow(event, self._ledger.struck(whom, tick) if whom >= 0 else -1)

    # ------------------------------------------------------------------ words

    def _say(self, tick: int, event: Any) -> Entry | None:
        says = int(event["place"])
        if says != w.SAY_SCREAM and tick - self._says.get(says, -10_000) < 20.0 / self._ledger.dt_s:
            return None
        self._says[says] = tick
        word = self._cast.order(int(event["value"])) if says == w.SAY_ORDER else ""
        way = w.WAY_NAMES[int(event["weapon"])]
        return self._ledger.add(tick, "says", says=w.SAY_NAMES[says], word=word, way=way)

    def _cut(self, tick: int, event: Any) -> Entry:
        return self._ledger.add(tick, "cut_off", says=w.SAY_NAMES[int(event["place"])]).link(
            "before", [self._ledger.latest(("says",), tick, 5.0)]
        )

    def _obey(self, tick: int, event: Any) -> Entry:
        heard = self._sounds.of(int(event["other"]), w.SAY_ORDER)
        own = heard is None
        return self._ledger.add(
            tick, "obeys", word=self._cast.order(int(event["value"])), own=own
        ).link("answers", [heard])

    def _refuse(self, tick: int, event: Any) -> Entry:
        heard = self._sounds.of(int(event["other"]), w.SAY_ORDER)
        return self._ledger.add(tick, "refuses", word=self._cast.order(int(event["value"]))).link(
            "answers", [heard]
        )

    def _grip(self, tick: int, event: Any) -> Entry:
        other = int(event["other"])
        heard = max(
            (
                one
                for says in (w.SAY_SCREAM, w.SPECTACLE)
                if (one := self._sounds.of(other, says)) is not None
                and tick - one.until <= _GRIPS_S / self._ledger.dt_s
            ),
            key=lambda one: one.until,
            default=None,
        )
        seconds = float(event["value"])
        until = tick + int(seconds / self._ledger.dt_s)
        whom = heard.whom if heard is not None else -1
        return self._ledger.add(tick, "gripped", whom, until=until, seconds=seconds).link(
            "evidence", [heard]
        )

    def _lift(self, tick: int, event: Any) -> Entry:
        heard = self._sounds.of(int(event["other"]), int(event["place"]))
        if heard is not None and tick - heard.until > _LIFTS_S / self._ledger.dt_s:
            heard = None
        whom = heard.whom if heard is not None else -1
        return self._ledger.add(tick, "lifted", whom, much=float(event["value"])).link(
            "evidence", [heard]
        )

    def _merit(self, tick: int, event: Any) -> Entry:
        track = self._ledger.track(int(event["other"]), "mate", tick, known=True)
        seen = self._ledger.latest(("mate_fells",), tick, 3.0)
        return self._ledger.add(tick, "notes", track).link("evidence", [seen])

    def _blame(self, tick: int, event: Any) -> Entry:
        track = self._ledger.track(int(event["other"]), "mate", tick, known=True)
        return self._ledger.add(
            tick,
            "blames",
            track,
            deed=w.DEED_NAMES[int(event["place"])],
            word=self._cast.order(int(event["value"])),
        )

    def _abandon(self, tick: int, event: Any) -> Entry:
        track = self._ledger.track(int(event["other"]), "mate", tick, known=True)
        return self._ledger.add(tick, "leaves_lying", track)

    # ------------------------------------------------------------------ powers

    def _power(self, tick: int, event: Any) -> Entry | None:
        if int(event["fighter"]) != self._me:
            if int(event["place"]) in self._cast.grips:
                self._deeds.gripped_by(self._followed(int(event["fighter"]), tick), tick)
            return None  # what else it does to one is felt by what it does
        return self._of_power("uses")(tick, event)

    def _of_power(self, pred: str) -> Callable[[int, Any], Entry]:
        return lambda tick, event: self._ledger.add(
            tick,
            pred,
            self._followed(int(event["other"]), tick),
            power=self._cast.powers[int(event["place"])],
        )

    def _free(self, tick: int, event: Any) -> Entry | None:
        if int(event["fighter"]) != self._me:
            return None
        return self._ledger.add(tick, "free", self._followed(int(event["other"]), tick))

    def _transfer(self, tick: int, event: Any) -> Entry:
        """What another's body had left is one's own now; or what one's own had is the other's."""
        if int(event["fighter"]) == self._me:
            return self._ledger.add(tick, "transfers", self._followed(int(event["other"]), tick))
        return self._ledger.add(tick, "robbed", self._followed(int(event["fighter"]), tick))

    def _forget(self, tick: int, event: Any) -> Entry:
        left = int(event["value"])
        return self._ledger.add(tick, "forgets", left=left, memory=self._cast.memory(left))

    # ------------------------------------------------------------------ drives and beliefs

    def _stir(self, tick: int, event: Any) -> Entry:
        drive = deed, of, power = self._cast.drive(int(event["value"]))
        again = drive in self._driven
        self._driven.add(drive)
        return self._ledger.add(tick, "driven", of=of, deed=deed, power=power, again=again)

    def _whisper(self, tick: int, event: Any) -> Entry:
        deed, of, power = self._cast.drive(int(event["place"]))
        return self._ledger.add(tick, "tempted", of=of, deed=deed, power=power)

    def _believe(self, tick: int, event: Any) -> Entry:
        of, dead = self._cast.people[int(event["place"])], float(event["value"])
        pred = "believes_dead" if dead >= 0.5 else "believes_alive"
        seen = self._ledger.latest_of(of, ("takes_for", "sees", "lies"), tick, 2.0)
        return self._ledger.add(tick, pred, of=of, sure=dead if dead >= 0.5 else 1.0 - dead).link(
            "evidence", [seen]
        )

    def _admire(self, tick: int, event: Any) -> Entry:
        return self._ledger.add(tick, "finds_better", of=self._cast.people[int(event["place"])])
