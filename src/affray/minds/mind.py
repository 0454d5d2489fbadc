"""One mind: tracks of those he sees or hears, and what he believes of those he knows.

A *track* is somebody as this mind follows him; names hang on tracks (``taken_for``) and beliefs on
names, so that he who takes one for another believes of the wrong one. Nothing here reads who a
track really is but to follow it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from affray.minds.glimpse import About, Glimpse, Self, Voice
from affray.minds.recognise import STRANGER, who
from affray.minds.verdict import verdict
from affray.world import words as w
from affray.world.clock import NEVER, ticks
from affray.world.fields import CAUSES
from affray.world.inner import CUES, OF_SOMEBODY, Notion
from affray.world.people import VOICE, Person, Tie
from affray.world.powers import Power

_BACK_M = 40.0  # how far back along its line one looks for whoever threw something


@dataclass
class Track:
    """Somebody whom this mind follows: when and where last, by which cues, taken for whom."""

    seen: int = NEVER
    heard: int = NEVER
    x: float = 0.0
    y: float = 0.0
    cues: int = 0
    taken_for: int = STRANGER
    sure: float = 0.0
    still: int = NEVER  # since when he has lain there without moving
    warned: int = NEVER  # when he called to run
    screamed: int = NEVER


@dataclass
class Belief:
    """What he believes of somebody he knows, with what it rests on (tick; -1: from before)."""

    dead: float = 0.0
    dead_since: int = -1
    skill: float = -1.0
    skill_now: float = -1.0
    x: float = 0.0
    y: float = 0.0
    place_tick: int = NEVER
    knows: float = 0.0
    named: int = NEVER  # since when his name is known, -1: from before
    met: int = NEVER  # when he was found again who had been held for dead

    @classmethod
    def of(cls, tie: Tie) -> Belief:
        """What he believes of somebody when the battle opens."""
        named = -1 if tie.knows > 0.0 else NEVER
        return cls(dead=tie.dead, skill=tie.skill, knows=tie.knows, named=named)


@dataclass
class Recollection:
    """A memory as he has it: how sure of it he is, and when it last came back to him."""

    sure: float = 1.0
    back: int = NEVER


class Reason(NamedTuple):
    """One thing that made somebody surer, or less so: kind of cause, and event, when, whose (id,
    -1: none), and how much.
    """

    kind: int = w.CAUSE_NONE
    event: int = 0
    tick: int = -1
    by: int = -1
    size: float = 0.0


@dataclass
class Conviction:
    """A notion as he has it: how sure of it he is, what he makes of it (VERDICT_*), what made him
    so most of all; when it last came to his mind, when what he was last told of it was said, and
    by whom.
    """

    sure: float = 0.0
    verdict: int = w.VERDICT_OPEN
    thought: int = NEVER
    told: int = NEVER
    told_by: int = STRANGER
    reasons: tuple[Reason, ...] = (Reason(),) * CAUSES


class Thought(NamedTuple):
    """What came about in a mind: kind of event, person it is about (-1: none), size; ``place`` and
    ``tool`` of the event, where it is about something else; what it came of.
    """

    kind: int
    about: int
    size: float
    place: int = -1
    tool: int = 0
    reasons: tuple[Reason, ...] = ()


class Mind:
    """The mind of person ``me`` of ``people``, who know ``powers`` and may have ``notions``. ``p``:
    parameters by name; ``dt``: s a tick.
    """

    def __init__(
        self,
        me: int,
        people: Sequence[Person],
        powers: Sequence[Power],
        p: Any,
        dt: float,
        notions: Sequence[Notion] = (),
    ) -> None:
        self.me = me
        self.people = people
        self.powers = powers
        self.notions = notions
        self.p = p
        self.dt = dt
        self.tracks = [Track() for _ in people]
        self.beliefs = [Belief.of(tie) for tie in people[me].ties]
        self.memories = [Recollection(memory.sure) for memory in people[me].memories]
        self.convictions = [
            Conviction(max(sure, 0.0), verdict(notion, sure, int(sure >= 0.5), p))
            for notion, sure in zip(notions, people[me].holds, strict=True)
        ]
        self.elapsed_s = 0.0  # from his last look to this one
        self.impressions = [NEVER] * (len(CUES) + OF_SOMEBODY * len(people))  # see ``cues.py``
        self.struck = NEVER  # when something thrown struck him, or beside him
        self.saved = NEVER  # when it struck an enemy beside him
        self.came = NEVER  # when something last came to his mind
        self.rapt = (NEVER, STRANGER)  # until when he is taken up by a reunion, and with whom
        self.means = -1  # number of the drive whose words he means to say
        self.calls = -1  # the same of a call to run
        self.said = [NEVER for _ in people[me].drives]  # when its words were last said to the end
        self.glimpses: dict[int, Glimpse] = {}  # of this look, by person
        self.stirred = -1  # number of the drive that leads, -1: none
        self.stirs = [0.0 for _ in people[me].drives]  # how far each is stirred; it settles again
        self.lately = [(0.0, NEVER) for drive in people[me].drives for _ in drive.when]
        self.quiet_since = 0
        self.looked = 0
        self.about = About(0, 0, 0.0)
        self.source: tuple[int, float, float] = (NEVER, 0.0, 0.0)  # whence something was thrown

    # ------------------------------------------------------------------ taking in

    def see(self, tick: int, glimpses: Iterable[Glimpse]) -> list[Thought]:
        """Follow those seen in this look; what came of it in this mind."""
        thoughts: list[Thought] = []
        self.glimpses = {glimpse.of: glimpse for glimpse in glimpses}
        for glimpse in self.glimpses.values():
            self._see(tick, glimpse, thoughts)
        return thoughts

    def hear(self, tick: int, voices: Iterable[Voice], mine: Self) -> list[Thought]:
        """Follow the voices heard; what came of it in this mind."""
        thoughts: list[Thought] = []
        for voice in voices:
            self._hear(tick, voice, mine, thoughts)
        return thoughts

    def feel(self, tick: int, about: About) -> None:
        """Keep how the fight about him is, and whether there still is one."""
        self.about = about
        if about.foes_near > 0 or about.din > self.p["know.quiet_db"]:
            self.quiet_since = tick

    def trace(
        self, tick: int, x: float, y: float, dx: float, dy: float, saves: bool = False
    ) -> None:
        """See a missile strike at (x, y) that flew along (dx, dy): it came from back there.
        ``saves``: it struck an enemy beside him.
        """
        self.source = (tick, x - _BACK_M * dx, y - _BACK_M * dy)
        self.struck = tick
        if saves:
            self.saved = tick

    def _see(self, tick: int, glimpse: Glimpse, thoughts: list[Thought]) -> None:
        """Follow one seen; whoever was out of sight for long is somebody new until recognised."""
        track = self.tracks[glimpse.of]
        if tick - max(track.seen, track.heard) > self.p["know.follow_s"] / self.dt:
            track.cues = 0
        track.seen = tick
        track.x, track.y = glimpse.x, glimpse.y
        self._know(tick, glimpse.of, track.cues | glimpse.cues, thoughts)
        if glimpse.still == 0:
            track.still = NEVER
        elif track.still == NEVER:
            track.still = tick
        if track.taken_for != STRANGER:
            self._believe(tick, glimpse, track, thoughts)

    def _hear(self, tick: int, voice: Voice, mine: Self, thoughts: list[Thought]) -> None:
        """Follow a voice: known or not, it tells about where somebody is."""
        track = self.tracks[voice.of]
        if tick - max(track.seen, track.heard) > self.p["know.follow_s"] / self.dt:
            track.cues = 0
        if voice.says == w.SAY_WARN:
            track.warned = tick
        if voice.says == w.SAY_SCREAM:
            track.screamed = tick
        if not voice.read:
            track.heard = tick
            self._know(tick, voice.of, track.cues | VOICE, thoughts)
        if voice.calls >= 0:
            self._name(tick, voice, thoughts)
        if voice.read:
            return
        if track.seen != tick:
            away = self.p["know.voice_m"]
            track.x, track.y = mine.x + away * voice.dx, mine.y + away * voice.dy
        if track.taken_for != STRANGER:
            belief = self.beliefs[track.taken_for]
            belief.x, belief.y, belief.place_tick = track.x, track.y, tick
            self._doubt_death(tick, track, thoughts)

    def _know(self, tick: int, of: int, cues: int, thoughts: list[Thought]) -> None:
        """Take him for whoever the cues make likeliest."""
        track = self.tracks[of]
        if cues == track.cues and track.taken_for != STRANGER:
            return
        track.cues = cues
        dead = [belief.dead for belief in self.beliefs]
        knows = [belief.knows for belief in self.beliefs]
        guess, sure = who(self.me, self.people, dead, knows, of, cues, self.p)
        if sure < self.p["know.sure"]:
            guess = STRANGER
        if guess != track.taken_for and guess != STRANGER:
            thoughts.append(Thought(w.EVENT_KNOW, guess, sure))
        track.taken_for, track.sure = guess, sure

    def _name(self, tick: int, voice: Voice, thoughts: list[Thought]) -> None:
        """Hear somebody called whose name he did not know: he takes for that one the only stranger
        among the people whom he sees, if there is but one.
        """
        belief = self.beliefs[voice.calls]
        strangers = [of for of in self.glimpses if self.tracks[of].taken_for == STRANGER]
        if voice.calls == self.me or belief.named != NEVER or len(strangers) != 1:
            return
        belief.named, belief.knows = tick, max(belief.knows, self.p["know.named"])
        track = self.tracks[strangers[0]]
        track.taken_for, track.sure = voice.calls, self.p["know.named"]
        said = Reason(w.CAUSE_EVENT, w.EVENT_SAY, voice.since, self.people[voice.of].fighter, 1.0)
        thoughts.append(Thought(w.EVENT_NAME, voice.calls, 1.0, reasons=(said,)))

    def _believe(self, tick: int, glimpse: Glimpse, track: Track, thoughts: list[Thought]) -> None:
        """What seeing him tells of the one he is taken for: where, alive or not, how able."""
        belief = self.beliefs[track.taken_for]
        belief.x, belief.y, belief.place_tick = glimpse.x, glimpse.y, tick
        if glimpse.still == 0:
            self._doubt_death(tick, track, thoughts)
        else:
            share = self.p["know.still_per_s"] * self.dt * track.sure
            self._hold_dead(
                tick, track.taken_for, belief.dead + (1.0 - belief.dead) * share, thoughts
            )
        self._meet(tick, glimpse, track.taken_for, thoughts)
        if glimpse.skill >= 0.0:
            before = belief.skill_now
            belief.skill_now = glimpse.skill if before < 0.0 else 0.9 * before + 0.1 * glimpse.skill
            better = belief.skill_now - belief.skill
            marked = self.p["know.improved"]
            if (
                belief.skill >= 0.0
                and better >= marked
                and (before < 0.0 or before - belief.skill < marked)
            ):
                thoughts.append(Thought(w.EVENT_ADMIRE, track.taken_for, better))

    def _meet(self, tick: int, glimpse: Glimpse, whom: int, thoughts: list[Thought]) -> None:
        """Be beside somebody loved again who had been held for dead: all else is forgotten for a
        while, the longer the dearer he is.
        """
        belief, tie = self.beliefs[whom], self.people[self.me].ties[whom]
        mourned = tie.dead >= 0.5 or belief.dead_since >= 0
        near = glimpse.m <= self.p["recall.reunion_m"]
        if not (mourned and near and belief.dead < 0.5 and belief.met == NEVER and tie.love > 0.0):
            return
        belief.met = tick
        seconds = tie.love * self.p["recall.joy_s"]
        if seconds > 0.0:
            self.rapt = (tick + ticks(seconds, self.dt), whom)
            thoughts.append(Thought(w.EVENT_RAPT, whom, seconds))

    def _doubt_death(self, tick: int, track: Track, thoughts: list[Thought]) -> None:
        """Whoever moves, or speaks, is not dead: as sure as it is that it is he."""
        belief = self.beliefs[track.taken_for]
        self._hold_dead(tick, track.taken_for, belief.dead * (1.0 - track.sure), thoughts)

    def _hold_dead(self, tick: int, whom: int, dead: float, thoughts: list[Thought]) -> None:
        belief = self.beliefs[whom]
        if (dead >= 0.5) != (belief.dead >= 0.5):
            belief.dead_since = tick
            thoughts.append(Thought(w.EVENT_BELIEVE, whom, dead))
        belief.dead = dead

    # ------------------------------------------------------------------ what is asked of it

    def glimpse_of(self, whom: int) -> Glimpse | None:
        """The one whom he now sees and takes for ``whom``: the surest, the first of equals."""
        best, sure = None, 0.0
        for of, glimpse in self.glimpses.items():
            track = self.tracks[of]
            if track.taken_for == whom and track.sure > sure:
                best, sure = glimpse, track.sure
        return best

    def has_just(self, whom: int, tick: int, did: Callable[[Track], int]) -> bool:
        """Whether one whom he takes for ``whom`` has just done something; ``did``: when a track did
        so last.
        """
        lately = self.p["know.follow_s"] / self.dt
        return any(t.taken_for == whom and tick - did(t) <= lately for t in self.tracks)

    def has(self, number: int) -> bool:
        """Whether a notion means anything to him: it did from the first, or he was told it."""
        told = self.convictions[number].told != NEVER
        return told or self.people[self.me].holds[number] >= 0.0

    def is_rapt(self, tick: int) -> bool:
        """Whether a reunion has taken him up."""
        return tick < self.rapt[0]

    def hope(self, whom: int) -> float:
        """How far he counts on finding ``whom`` alive: hope does not follow belief all the way."""
        fond = self.people[self.me].ties[whom].love
        return max(1.0 - self.beliefs[whom].dead, self.p["know.hope"] * fond)
