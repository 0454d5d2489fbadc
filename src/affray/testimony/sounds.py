"""From what was heard to records: screams, orders, calls, voices; many of a kind in one."""

from __future__ import annotations

from typing import Any

from affray.testimony.cast import Cast
from affray.testimony.edges import Seldom
from affray.testimony.ledger import Entry, Ledger
from affray.testimony.people import People
from affray.world import words as w
from affray.world.inner import TONES

TOGETHER_S = 6.0  # screams so close upon each other are told as many
_CALLS = (w.SAY_LEAD, w.SAY_LOST, w.SAY_RALLY, w.SAY_ADDRESS, w.SAY_BANTER, w.SAY_LAUGH, w.SAY_WARN)
_ALARMS = (w.SAY_LOST, w.SAY_WARN)


class Sounds:
    """Turns sounds (HEARD) into entries of a ledger."""

    def __init__(self, ledger: Ledger, cast: Cast, me: int, people: People) -> None:
        self._people = people
        self._ledger = ledger
        self._cast = cast
        self._me = me
        self._seldom = Seldom(12.0 / ledger.dt_s)
        self._scream: Entry | None = None
        self._alarm: Entry | None = None
        self._by: dict[tuple[int, int], Entry] = {}  # by (who, what): what an event refers to
        self._voices: dict[int, int] = {}

    def hear(self, s: Any) -> None:
        """Take in one sound or signal ``s``."""
        tick, says = int(s["tick"]), int(s["says"])
        entry = None
        if s["got"] == w.UNDERSTOOD and s["calls"] >= 0:
            self._hear_name(s, tick)
        if says == w.SPECTACLE and s["notion"] >= 0:
            entry = self._marvel(s, tick)
        elif s["got"] == w.UNDERSTOOD and s["notion"] >= 0:
            entry = self._told(s, tick)
        elif says == w.SPECTACLE:
            if self._seldom.lets("spectacle", tick):
                entry = self._ledger.add(tick, "spectacle", self._voice(s, tick), acuity=0.7)
        elif int(s["way"]) == w.BY_FLAG:
            entry = self._ledger.add(tick, "signal", word=_word(s), got=_got(s))
        elif says == w.STEPS:
            return  # told of by whoever hears them where he does not look: see ``sights``
        elif says == w.SAY_SCREAM:
            entry = self._screams(s, tick)
        elif says == w.SAY_ORDER:
            entry = self._ordered(s, tick)
        elif says in _CALLS and s["got"] == w.UNDERSTOOD:
            entry = self._called(s, tick, says)
        elif self._seldom.lets("shout", tick):
            entry = self._shouted(s, tick)
        if entry is not None:
            self._by[int(s["by"]), says] = entry

    def _marvel(self, s: Any, tick: int) -> Entry | None:
        """A power that somebody uses, and that draws every eye."""
        power = self._cast.powers[int(s["notion"])]
        if not self._seldom.lets(("marvel", power), tick):
            return self.of(int(s["by"]), w.SPECTACLE)
        return self._ledger.add(tick, "marvel", self._voice(s, tick), acuity=0.7, power=power)

    def _told(self, s: Any, tick: int) -> Entry:
        """What a notion says, said by somebody."""
        notion, _, _ = self._cast.notions[int(s["notion"])]
        calls = self._cast.form(int(s["by"]), int(s["calls"]))
        whom, tone, meant = self._voice(s, tick), TONES[int(s["tone"])], bool(s["meant"])
        answers = tone == "answer" and meant
        asked = self._ledger.asked("utters", whom, tick) if answers else None
        return self._ledger.add(
            tick,
            "hears_said",
            whom,
            notion=notion,
            tone=tone,
            meant=meant,
            since=int(s["since"]),
            calls=calls,
            knew=self._knew(s, tick),
        ).link("answers", [asked])

    def _hear_name(self, s: Any, tick: int) -> None:
        """One's own name, called by somebody."""
        called = int(s["calls"])
        if self._cast.fighters[called] == self._me and self._seldom.lets("own name", tick):
            self._ledger.add(tick, "own_name", self._voice(s, tick), knew=self._knew(s, tick))

    def of(self, fighter: int, says: int) -> Entry | None:
        """The entry of what was last heard from a fighter, for an event that names it."""
        return self._by.get((fighter, says))

    def alarm(self, tick: int, within_s: float, other: Entry | None) -> Entry | None:
        """The last call heard that frightens, or ``other``, whichever came later."""
        call = self._alarm
        if call is None or tick - call.until > within_s / self._ledger.dt_s:
            return other
        return call if other is None or call.until > other.until else other

    def _voice(self, s: Any, tick: int) -> int:
        """The track of a voice: of him whose it is, if it was known; else of a mere voice."""
        by = int(s["by"])
        followed = self._people.voice(by, tick) if int(s["way"]) == w.BY_VOICE else -1
        if followed >= 0:
            return followed
        known = bool(s["known"])
        if known or (_says_who(s) and self._ledger.follows(by, tick)):
            kind = "mate" if known else "voice"
            return self._ledger.track(by, kind, tick, known=known, voice=True)
        key = -2 - by  # a voice is followed apart from whoever it belongs to
        return self._ledger.track(key, "voice", tick)

    def _knew(self, s: Any, tick: int) -> bool:
        """Whether it is known whose voice it is: a companion's, or that of somebody recognized."""
        by_voice = int(s["way"]) == w.BY_VOICE
        return bool(s["known"]) or (by_voice and self._people.voice(int(s["by"]), tick) >= 0)

    def _screams(self, s: Any, tick: int) -> Entry:
        last = self._scream
        above = float(s["above"])
        plain = not s["known"] and above < 25.0
        if last is not None and plain and tick - last.until <= TOGETHER_S / self._ledger.dt_s:
            last.until = tick
            last.features["many"] = int(last.features.get("many", 1)) + 1
            return last
        entry = self._ledger.add(
            tick,
            "scream",
            self._voice(s, tick),
            acuity=0.4,
            timbre=_timbre(s),
            level=round(float(s["level"])),
            knew=self._knew(s, tick),
        )
        self._scream = entry if plain else None
        return entry

    def _ordered(self, s: Any, tick: int) -> Entry | None:
        if not self._seldom.lets(("order", int(s["word"]), int(s["by"])), tick):
            return self.of(int(s["by"]), w.SAY_ORDER)
        if s["got"] == w.DETECTED or not _word(s):
            return self._shouted(s, tick)
        return self._ledger.add(
            tick,
            "order",
            self._voice(s, tick),
            word=_word(s),
            got=_got(s),
            way=w.WAY_NAMES[int(s["way"])],
            meant=bool(s["meant"]),
            knew=self._knew(s, tick),
        )

    def _shouted(self, s: Any, tick: int) -> Entry:
        """A voice of which no word is understood."""
        return self._ledger.add(
            tick,
            "shout",
            self._voice(s, tick),
            acuity=0.3,
            timbre=_timbre(s),
            knew=self._knew(s, tick),
        )

    def _called(self, s: Any, tick: int, says: int) -> Entry | None:
        if not self._seldom.lets((says, int(s["by"]) if s["known"] else -1), tick):
            return self.of(int(s["by"]), says)
        call = self._ledger.add(
            tick,
            "call",
            self._voice(s, tick),
            says=w.SAY_NAMES[says],
            meant=bool(s["meant"]),
            knew=self._knew(s, tick),
            timbre=_timbre(s),
        )
        if says in _ALARMS:
            self._alarm = call
        return call


def _says_who(s: Any) -> bool:
    """Whether a sound says whose it is by itself: a sight does."""
    return int(s["says"]) == w.SPECTACLE


def _word(s: Any) -> str:
    return w.ORDER_NAMES[int(s["word"])] if s["word"] >= 0 else ""


def _got(s: Any) -> str:
    return w.HEARD_NAMES[int(s["got"])]


def _timbre(s: Any) -> str:
    return w.TIMBRE_NAMES[int(s["timbre"])]
