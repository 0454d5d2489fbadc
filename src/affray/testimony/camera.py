"""A camera: a witness without a body, set up at a place, which sees and hears and thinks nothing.

The battle is run again to the hashes on record, and the camera looks at every tick. It sees
whoever stands or lies near enough, in the light where he is and with nothing on the field between
(the lines of sight by which crowds are seen), unless those who stand nearer hide all of him: it is
set up at the height of their eyes. It hears the din at its place and the screams near it. It knows
which side somebody is of by his dress, and nobody by name. What it writes down is a testimony like
any other, declared as a camera's: a telling made of it has nobody who tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from affray.engine.behold import in_line
from affray.engine.din import sound_cell
from affray.engine.smoke import is_between
from affray.engine.tick import Engine
from affray.record import Recording
from affray.record.testimony import Testimony
from affray.run.replay import Source, check_hash, hashes_after, opened, restore, scenario_of
from affray.run.warm import Compiling
from affray.testimony.edges import Seldom, Steps, Whether
from affray.testimony.ledger import Ledger
from affray.testimony.sights import LOUD_DB, QUIET_DB, ROAR_DB
from affray.testimony.sounds import TOGETHER_S
from affray.testimony.stored import place_of, store
from affray.testimony.witness import Listening
from affray.world import words as w
from affray.world.errors import UsageError

CAMERA = "camera"  # asked for by this name, it stands in the middle
SEES_M, HEARS_M = 40.0, 60.0
_FALLS_S = 1.0  # who goes down within so long is told at once, when it is over
_DIRECTIONS = 2048  # round the camera, in each of which it is known how far it can see
_COMES_M = 5.0  # nearer by so much is worth a word
_BLOWS = (w.STRIKE, w.LUNGE, w.GUARD)
_LIES = (w.DOWN, w.OUT, w.DEAD)
_LUCK = 0x9E3779B1
Array = np.ndarray[Any, Any]


def filmed(
    source: Source,
    at: tuple[float, float] | None = None,
    *,
    anew: bool = False,
    threads: int | None = None,
    compiling: Compiling | None = None,
    listening: Listening | None = None,
) -> Testimony:
    """What a camera at (x, y) testifies; None: in the middle of those who are on the field as it
    begins. It is stored beside the testimonies of fighters.

    Raises UsageError (off the field), ReplayError or RecordingError.
    """
    recording = opened(source)
    engine = restore(recording, recording.first_tick, threads=threads, compiling=compiling)
    try:
        x, y = _place(engine, recording, at)
        kept = place_of(recording, f"camera-{x:g}-{y:g}")
        if kept.is_file() and not anew:
            return Testimony.read(kept)
        film = _Film(engine, recording, x, y)
        recorded = hashes_after(recording, engine.now)
        while engine.now < recording.last_tick:
            events = engine.tick()
            check_hash(engine, recorded)
            if listening is not None:
                listening(engine.now, recording.last_tick)
            film.hear(events)
            film.look()
        testimony = film.testimony()
    finally:
        engine.close()
    store(testimony, kept)
    return testimony


def _place(
    engine: Engine, recording: Recording, at: tuple[float, float] | None
) -> tuple[float, float]:
    width, height = (float(side) for side in scenario_of(recording).field.size)
    if at is None:
        fighters = engine.state.fighters
        here = fighters[fighters["status"] == w.UP]
        at = (float(np.round(here["x"].mean())), float(np.round(here["y"].mean())))
    if not (0.0 <= at[0] <= width and 0.0 <= at[1] <= height):
        raise UsageError(f"--camera {at[0]:g},{at[1]:g}: the field is {width:g} by {height:g} m")
    return at


class _Film:
    """What a camera has taken so far."""

    def __init__(self, engine: Engine, recording: Recording, x: float, y: float) -> None:
        self._engine, self._recording = engine, recording
        self._x, self._y = x, y
        self._scenario = scenario_of(recording)
        self._dt_s = float(recording.manifest["dt_s"])
        ticks = 1.0 / self._dt_s
        self._falls_ticks = _FALLS_S * ticks
        self._width_m = float(engine.world.params[0].sight_body_width_m)
        self._ledger = Ledger(self._dt_s)
        sides = range(len(self._scenario.sides))
        self._names = [side.name for side in self._scenario.sides]
        self._stood = dict.fromkeys(sides, 0.0)
        self._nearest = dict.fromkeys(sides, 1e9)
        self._seen_up: dict[int, int] = {}  # by fighter: the tick when he was last seen on his feet
        self._falls: dict[int, tuple[int, int]] = {}  # by side: since when, how many
        self._fights = {side: Steps((1, 4, 12, 40), 1) for side in sides}
        self._runs = {side: Steps((2, 6, 20, 60), 2) for side in sides}
        self._lies = {side: Steps((3, 10, 30, 100), 2) for side in sides}
        self._seldom = Seldom(15.0 * ticks)
        self._idle, self._empty = Whether(4.0 * ticks), Whether(4.0 * ticks)
        self._din = Steps((LOUD_DB, ROAR_DB), 6.0)
        self._loud = self._fought = self._peopled = False
        self._scream: Any = None

    # ------------------------------------------------------------------ ears

    def hear(self, events: Array) -> None:
        """Take in the screams of a tick."""
        for event in events:
            if event["kind"] != w.EVENT_SAY or event["place"] != w.SAY_SCREAM:
                continue
            if np.hypot(event["x"] - self._x, event["y"] - self._y) > HEARS_M:
                continue
            tick = int(event["tick"])
            timbre = int(self._engine.world.traits["timbre"][int(event["fighter"])])
            last = self._scream
            if last is not None and tick - last.until <= TOGETHER_S / self._dt_s:
                last.until = tick
                last.features["many"] = int(last.features.get("many", 1)) + 1
            else:
                self._scream = self._ledger.add(
                    tick, "scream", acuity=0.4, timbre=w.TIMBRE_NAMES[timbre]
                )

    def _listen(self, tick: int) -> None:
        din = float(self._engine.state.air.din[sound_cell(self._engine.world, self._x, self._y)])
        if self._din.rises(din) and self._seldom.lets("din", tick):
            self._ledger.add(tick, "din", level=round(din))
        if din >= LOUD_DB:
            self._loud = True
        elif din < QUIET_DB and self._loud:
            self._loud = False
            self._ledger.add(tick, "quiet", level=round(din))

    # ------------------------------------------------------------------ the lens

    def look(self) -> None:
        """Take in what is to be seen."""
        tick = self._engine.now
        self._listen(tick)
        seen = self._in_view()
        lying = {int(one["id"]) for one in seen if one["status"] in _LIES}
        on_feet = seen[seen["status"] == w.UP] if len(seen) else seen
        for side in range(len(self._names)):
            mine = on_feet[on_feet["side"] == side]
            self._of_side(tick, side, mine, seen[seen["side"] == side], lying)
            self._tell_falls(tick, side)
        self._seen_up |= dict.fromkeys(map(int, on_feet["id"]), tick)
        blows = int(np.isin(on_feet["act"], _BLOWS).sum())
        self._fought |= blows > 0
        if self._idle.begins(blows == 0 and self._fought, tick):
            self._ledger.add(tick, "lull")
            self._fought = False
        self._peopled |= len(on_feet) > 0
        if self._empty.begins(len(on_feet) == 0 and self._peopled, tick):
            self._ledger.add(tick, "empty")
            self._peopled = False

    def _in_view(self) -> Array:
        fighters = self._engine.state.fighters
        there = fighters[np.isin(fighters["status"], (w.UP, *_LIES))]
        away = np.hypot(there["x"] - self._x, there["y"] - self._y)
        near = there[away <= SEES_M]
        lit = [self._is_lit(float(one["x"]), float(one["y"])) for one in near]
        shown = in_sight(
            near["x"] - self._x, near["y"] - self._y, near["status"] == w.UP, self._width_m
        )
        return near[np.array(lit, dtype=bool) & shown]

    def _is_lit(self, x: float, y: float) -> bool:
        """Whether light, and neither smoke nor anything on the field, leaves a place in sight."""
        world, state = self._engine.world, self._engine.state
        if is_between(world, state, self._x, self._y, x, y):
            return False
        return bool(in_line(world, self._x, self._y, x, y))

    def _tell_falls(self, tick: int, side: int, *, last: bool = False) -> None:
        """Write down how many have gone down of a side, once a second has passed."""
        since, count = self._falls.get(side, (tick, 0))
        if count and (last or tick - since >= self._falls_ticks):
            self._ledger.add(tick, "they_fall", acuity=0.8, side=self._names[side], number=count)
            del self._falls[side]

    def _of_side(self, tick: int, side: int, up: Array, seen: Array, lying: set[int]) -> None:
        name, add = self._names[side], self._ledger.add
        away = np.hypot(up["x"] - self._x, up["y"] - self._y)
        nearest = float(away.min()) if len(up) else 1e9
        count, before = len(up), self._stood[side]
        changed = count > 0 and not 0.6 <= (count + 1.0) / (before + 1.0) <= 1.6
        if changed and self._seldom.lets(("stand", side), tick):
            self._stood[side] = float(count)
            add(tick, "they_stand", acuity=0.5, side=name, number=count, metres=nearest)
        nearer = count > 0 and before > 0 and nearest < self._nearest[side] - _COMES_M
        if nearer and self._seldom.lets(("come", side), tick):
            add(tick, "they_come", acuity=0.5, side=name, number=count, metres=nearest)
        self._nearest[side] = min(self._nearest[side], nearest)
        fallen = sum(
            int(one) in lying and tick - self._seen_up.pop(int(one), -tick) <= self._falls_ticks
            for one in seen["id"]
        )
        since, count = self._falls.get(side, (tick, 0))
        self._falls[side] = (since if count else tick, count + fallen)
        blows = int(np.isin(up["act"], _BLOWS).sum())
        runs = int((up["mood"] == w.BROKEN).sum())
        lies = sum(int(one) in lying for one in seen["id"])
        for pred, steps, number in (
            ("they_fight", self._fights, blows),
            ("they_run", self._runs, runs),
            ("they_lie", self._lies, lies),
        ):
            if steps[side].rises(number) and self._seldom.lets((pred, side), tick):
                add(tick, pred, acuity=0.5, side=name, number=number)

    # ------------------------------------------------------------------ on paper

    def testimony(self) -> Testimony:
        """What it testifies."""
        scenario, manifest = self._scenario, self._recording.manifest
        for side in range(len(self._names)):
            self._tell_falls(self._engine.now, side, last=True)
        place = f"camera at {self._x:g}, {self._y:g}"
        records = self._ledger.records(self._engine.now)
        return Testimony(
            battle=scenario.name,
            title=scenario.title or scenario.name,
            clock=scenario.clock,
            dt_s=self._dt_s,
            first_tick=self._recording.first_tick,
            last_tick=max((one.until for one in records), default=self._recording.first_tick),
            luck=(int(manifest["seed"]) * _LUCK + int(self._x) * 40503 + int(self._y)) & 0xFFFFFFFF,
            self_={
                "name": place,
                "gender": "none",
                "unit": "",
                "unit_title": "",
                "number": 0,
                "leads": False,
                "side": "",
                "side_title": "nobody",
                "alone": True,
                "foes": {side.name: side.title or side.name for side in scenario.sides},
                "arms": [],
                "masked": "none",
                "training": 0.0,
                "outlook": "up",
            },
            knows={},
            tracks=(),
            records=records,
        )


def in_sight(dx: Array, dy: Array, stands: Array, width_m: float) -> Array:
    """Whom one sees of those at (dx, dy) [m] from one's eyes, if each who ``stands`` hides what is
    behind him for as wide as he is (``width_m``): whoever shows beside the others, however little.
    """
    shown = np.zeros(len(dx), dtype=bool)
    away = np.maximum(np.hypot(dx, dy), width_m)
    middle, half = np.arctan2(dy, dx), np.arctan2(0.5 * width_m, away)
    step = 2.0 * np.pi / _DIRECTIONS
    first = np.ceil((middle - half) / step).astype(int)
    last = np.maximum(np.floor((middle + half) / step).astype(int), first)
    closed = np.zeros(_DIRECTIONS, dtype=bool)
    for one in np.argsort(away, kind="stable"):
        directions = np.arange(first[one], last[one] + 1) % _DIRECTIONS
        shown[one] = not closed[directions].all()
        closed[directions] |= bool(stands[one])
    return shown


def places(asked: Sequence[str]) -> list[tuple[float, float]]:
    """The places that were asked for, ``X,Y`` each. Raises UsageError."""
    found = []
    for text in asked:
        try:
            x, y = map(float, text.split(","))
        except ValueError:
            raise UsageError(f"--camera {text}: say X,Y in metres, such as 40,25") from None
        found.append((x, y))
    return found
