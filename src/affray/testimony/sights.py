"""From looks to what was seen: who came, fell, ran; how many; the place, the light, the noise."""

from __future__ import annotations

from typing import Any

from affray.testimony.edges import Seldom, Steps, Whether
from affray.testimony.ledger import Entry, Ledger

_NEAR_M = 6.0  # an enemy as near as this is somebody, and not one of many
_AFRAID = 0.45  # fear that can be read in a face
_DIM = 0.55
_STINKS = 0.3
_LULL_S = 15.0  # after so long without a missile nobody is shot at any more
LOUD_DB, ROAR_DB, QUIET_DB = 62.0, 76.0, 52.0
_SIDES = ("ahead", "left", "behind", "right")


def bearing(facing: tuple[float, float], dx: float, dy: float) -> str:
    """Where something is to one who faces along a unit vector: ahead, left, behind or right."""
    hx, hy = facing
    along, across = hx * dx + hy * dy, hx * dy - hy * dx
    if abs(along) >= abs(across):
        return _SIDES[0] if along >= 0.0 else _SIDES[2]
    return _SIDES[1] if across > 0.0 else _SIDES[3]


class Sights:
    """Turns looks (PERCEPT) into entries of a ledger, one look after the other."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        ticks = 1.0 / ledger.dt_s
        self.foe = -1  # track of the enemy last looked at singly
        self.hurt = -1  # track of the companion who needs a hand
        self._foes = Steps((2, 4, 7), 1)
        self._press: Entry | None = None
        self._clear = Whether(2.0 * ticks)
        self._was_pressed = False
        self._alone = Whether(3.0 * ticks)
        self._had_mates = False
        self._count = 0.0
        self._flags: dict[tuple[str, int], int] = {}
        self._again = 15.0 * ticks
        self._seldom = Seldom(30.0 * ticks)
        self._minute = Seldom(60.0 * ticks)
        self._faces = Steps((_AFRAID, 0.7), 0.15)
        self._dark = Whether(1.0 * ticks)
        self._din = Steps((LOUD_DB, ROAR_DB), 6.0)
        self._loud = False
        self._downed = Steps((5, 15, 40, 100, 300), 2)
        self._running = Steps((4, 15, 50, 200), 2)
        self._beside = (-1, 0)
        self._fire: Entry | None = None
        self._faced: tuple[float, float] | None = None  # which way, after the look before

    def look(self, p: Any, own: tuple[Any, ...]) -> None:
        """Take in one look ``p`` with the body that it left (``log.OWN``): who has seen something
        at his side has turned to it by then.
        """
        tick = int(p["tick"])
        facing = self._faced or own[:2]
        self._faced = own[:2]
        self._foe_of(p, facing, tick)
        self._foes_of(p, tick)
        self._mates_of(p, tick)
        self._crowds_of(p, facing, tick)
        self._place_of(p, tick)
        self._shots_of(p, facing, tick)
        self._steps_of(p, facing, tick)

    def _new(self, what: str, track: int, tick: int) -> bool:
        """Whether this was not so of this track just before; it may be told again after a while."""
        key = (what, track)
        before = self._flags.get(key)
        self._flags[key] = tick
        return before is None or tick - before > self._again

    # ------------------------------------------------------------------ enemies

    def _foe_of(self, p: Any, facing: tuple[float, float], tick: int) -> None:
        add = self._ledger.add
        if p["foe_blur"] and self._seldom.lets("blur", tick):
            add(tick, "blur", acuity=0.2)
        if p["found"] >= 0:
            track = self._ledger.track(int(p["found"]), "foe", tick)
            if self._new("found", track, tick):
                add(tick, "foe_found", track, acuity=0.6)
        if p["foe"] < 0:
            return
        track = self._ledger.track(int(p["foe"]), "foe", tick)
        self.foe = track
        if p["foe_m"] <= _NEAR_M and self._new("comes", track, tick):
            where = bearing(facing, float(p["foe_dx"]), float(p["foe_dy"]))
            add(
                tick,
                "foe_comes",
                track,
                metres=float(p["foe_m"]),
                behind=where == "behind",
                masked=bool(p["foe_masked"]),
                down=bool(p["foe_down"]),
            )
        if p["foe_down"] and self._new("down", track, tick):
            add(tick, "foe_down", track)
        for flag in ("foe_open", "foe_stares", "foe_winks"):
            if p[flag] and not p["foe_down"] and self._new(flag, track, tick):
                add(tick, flag, track)
        if p["foe_eyes"] and p["foe_fear"] >= _AFRAID and self._new("eyes", track, tick):
            add(tick, "foe_afraid", track, sure=0.6, much=float(p["foe_fear"]))

    def _foes_of(self, p: Any, tick: int) -> None:
        number, behind = int(p["foes_near"]), int(p["foes_behind"])
        if self._foes.rises(number):
            self._press = self._ledger.add(
                tick, "foes_near", number=number, behind=behind, acuity=0.8
            )
        elif self._press is not None and number >= 2:
            self._press.until = tick
        self._was_pressed |= number > 0
        if self._clear.begins(number == 0 and self._was_pressed, tick):
            self._ledger.add(tick, "foes_gone").link("before", [self._press])
            self._was_pressed = False
        if p["foes_fleeing"] >= 2 and self._seldom.lets("foes flee", tick):
            self._ledger.add(tick, "foes_flee", number=int(p["foes_fleeing"]), acuity=0.7)
        wavers = p["foe_faces"] >= 2 and p["foe_fear_seen"] >= _AFRAID
        if wavers and self._minute.lets("waver", tick):
            self._ledger.add(tick, "foes_waver", sure=0.5, much=float(p["foe_fear_seen"]))

    # ------------------------------------------------------------------ companions

    def _mate(self, fighter: int, tick: int, own: bool) -> int:
        own = own or self._ledger.is_mate(fighter)
        return self._ledger.track(fighter, "mate" if own else "friend", tick, known=own)

    def _mates_of(self, p: Any, tick: int) -> None:
        add, new = self._ledger.add, self._new
        if p["companion"] >= 0:
            mate = self._mate(int(p["companion"]), tick, bool(p["companion_own"]))
            self._stays(mate, tick, bool(p["friend_masked"]))
            for flag, pred in (
                ("companion_felled", "mate_fells"),
                ("companion_laughs", "mate_laughs"),
                ("companion_flees", "mate_flees"),
            ):
                if p[flag] and new(flag, mate, tick):
                    add(tick, pred, mate)
            if p["friend_eyes"] and p["friend_fear"] >= _AFRAID and new("afraid", mate, tick):
                add(tick, "mate_afraid", mate, sure=0.6, much=float(p["friend_fear"]))
        if p["fallen"] >= 0:
            track = self._mate(int(p["fallen"]), tick, False)
            if new("falls", track, tick):
                add(tick, "mate_falls", track, leader=bool(p["fallen_leader"]))
        self.hurt = -1
        if p["hurt"] >= 0:
            self.hurt = self._mate(int(p["hurt"]), tick, False)
            if new("hurt", self.hurt, tick):
                add(tick, "mate_hurt", self.hurt, down=bool(p["hurt_down"] or p["hurt_out"]))
        if p["runaway"] >= 0:
            track = self._mate(int(p["runaway"]), tick, False)
            if new("companion_flees", track, tick):
                add(tick, "mate_flees", track)
        if self._faces.rises(float(p["fear_seen"]) if p["faces"] >= 2 else 0.0):
            add(tick, "mates_afraid", sure=0.6, much=float(p["fear_seen"]), number=int(p["faces"]))
        if p["weary_seen"] >= 0.5 and p["friends_near"] >= 1 and self._minute.lets("weary", tick):
            add(tick, "mates_weary", sure=0.8, much=float(p["weary_seen"]))
        if p["cover"] >= 3 and self._minute.lets("cover", tick):
            add(tick, "mates_cover", number=int(p["cover"]), acuity=0.7)
        if p["leader_fights"] and self._minute.lets("leader", tick):
            add(tick, "leader_fights")
        near = int(p["friends_near"])
        self._had_mates |= near > 0
        if self._alone.begins(near == 0 and self._had_mates, tick):
            add(tick, "alone")
            self._had_mates = False

    def _stays(self, mate: int, tick: int, masked: bool) -> None:
        """Note who is beside one, once he has been so for a while."""
        if self._beside[0] != mate:
            self._beside = (mate, tick)
        elif tick - self._beside[1] >= 3.0 / self._ledger.dt_s and self._new("beside", mate, tick):
            self._ledger.add(tick, "mate_beside", mate, masked=masked)

    # ------------------------------------------------------------------ the many, the place

    def _crowds_of(self, p: Any, facing: tuple[float, float], tick: int) -> None:
        number = float(p["estimate"])
        changed = number >= 5.0 and not 0.6 <= (self._count + 1.0) / (number + 1.0) <= 1.6
        if changed and self._seldom.lets("count", tick):
            self._count = number
            self._ledger.add(
                tick,
                "foes_many",
                sure=0.5,
                acuity=0.3,
                number=round(number),
                metres=float(p["crowd_m"]),
                load=float(p["load"]),
                bearing=bearing(facing, float(p["crowd_dx"]), float(p["crowd_dy"])),
            )
        if self._running.rises(float(p["crowd_friends_fleeing"]) + int(p["friends_fleeing"])):
            many = round(float(p["crowd_friends_fleeing"]) + int(p["friends_fleeing"]))
            self._ledger.add(tick, "mates_flee", acuity=0.4, sure=0.8, number=many)
        if self._downed.rises(float(p["friends_down"])):
            self._ledger.add(
                tick,
                "mates_down",
                acuity=0.4,
                sure=0.8,
                number=round(float(p["friends_down"])),
            )

    def _place_of(self, p: Any, tick: int) -> None:
        light, din = float(p["light"]), float(p["din"])
        was_dark = self._dark.on
        if self._dark.begins(light < _DIM, tick) and self._minute.lets("dim", tick):
            self._ledger.add(tick, "dim", much=light)
        elif was_dark and not self._dark.on and self._minute.lets("bright", tick):
            self._ledger.add(tick, "bright")
        if self._din.rises(din) and self._seldom.lets(("din", self._din.step), tick):
            self._ledger.add(tick, "din", level=round(din))
        if din >= LOUD_DB:
            self._loud = True
        elif din < QUIET_DB and self._loud:
            self._loud = False
            if self._seldom.lets("quiet", tick):
                self._ledger.add(tick, "quiet", level=round(din))
        if p["smell"] >= _STINKS and self._minute.lets("smell", tick):
            self._ledger.add(tick, "blood_smell", much=float(p["smell"]))

    def _shots_of(self, p: Any, facing: tuple[float, float], tick: int) -> None:
        """Note that one is shot at, for as long as it goes on."""
        number = int(p["shots"])
        if number == 0:
            return
        fire = self._fire
        if fire is not None and tick - fire.until <= _LULL_S / self._ledger.dt_s:
            fire.until = tick
        elif self._minute.lets("shots", tick):
            whence = bearing(facing, float(p["shots_x"]), float(p["shots_y"]))
            self._fire = self._ledger.add(
                tick, "shot_at", sure=0.8, acuity=0.5, number=number, bearing=whence
            )

    def _steps_of(self, p: Any, facing: tuple[float, float], tick: int) -> None:
        """Note steps that are heard out of sight, with nobody about whose they could be."""
        beside = int(p["friends_near"]) + int(p["foes_near"]) + round(float(p["crowd_friends"]))
        if p["steps"] and beside == 0 and self._seldom.lets("steps", tick):
            whence = bearing(facing, float(p["steps_dx"]), float(p["steps_dy"]))
            self._ledger.add(tick, "steps", acuity=0.3, bearing=whence)
