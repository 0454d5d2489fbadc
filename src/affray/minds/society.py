"""All minds of a battle together: what reached each goes in, what each bids its body comes out.

Kept as tables for the hash and for checkpoints: ``tracks`` and ``beliefs`` (P * P rows: whose, then
of whom), ``convictions`` and ``impressions`` (whose, then which notion or cue), ``recollections``
and ``stirs`` (a row for each memory and drive that each has), ``stirrings`` and ``biddings`` (P
rows); the engine reads the last. The others are brought up to date when somebody asks for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import Any

import numpy as np

from affray.minds import cues, notions, recall
from affray.minds.bidding import Bidding
from affray.minds.deeds import consents
from affray.minds.drives import bidding
from affray.minds.glimpse import About, Glimpse, Self, Sense, Sound, Voice
from affray.minds.mind import Belief, Conviction, Mind, Reason, Recollection, Thought, Track
from affray.world import inward
from affray.world import words as w
from affray.world.clock import NEVER
from affray.world.inner import Notion
from affray.world.people import Drive, Person
from affray.world.powers import Power

Array = np.ndarray[Any, Any]
_REASON = ("kind", "event", "tick", "id", "size")
_TRACK, _BELIEF = inward.TRACK.names or (), inward.BELIEF.names or ()
_track, _belief = attrgetter(*_TRACK), attrgetter(*_BELIEF)
_HELD = ("verdict", "thought", "told", "told_by")
_held = attrgetter(*_HELD, "reasons")  # what seldom changes of a notion


def impressions_of(people: Sequence[Person], ideas: Sequence[Notion]) -> int:
    """How many impressions each mind keeps: none where nobody has anything that one could stir, or
    anything to say.
    """
    speaks = any(drive.names for person in people for drive in person.drives)
    inner = ideas or speaks or any(person.memories for person in people)
    return cues.slots(len(people)) if inner else 0


class Society:
    """The minds of ``people``, by their numbers."""

    def __init__(
        self,
        people: Sequence[Person],
        powers: Sequence[Power],
        p: Mapping[str, float],
        dt: float,
        ideas: Sequence[Notion] = (),
    ) -> None:
        self.people = people
        self.minds = [Mind(number, people, powers, p, dt, ideas) for number in range(len(people))]
        size = len(people)
        self.tracks = np.zeros(size * size, inward.TRACK)
        self.beliefs = np.zeros(size * size, inward.BELIEF)
        self.stirrings = np.zeros(size, inward.STIRRING)
        self._first = [0, *accumulate(len(person.drives) for person in people)]
        self.stirs = np.zeros(self._first[-1], inward.STIRS)
        self._waits = [0, *accumulate(len(mind.lately) for mind in self.minds)]
        self.lately = np.zeros(self._waits[-1], inward.LATELY)
        self._oldest = [0, *accumulate(len(person.memories) for person in people)]
        self.recollections = np.zeros(self._oldest[-1], inward.RECOLLECTION)
        self._ideas = len(ideas)
        self.convictions = np.zeros(size * len(ideas), inward.CONVICTION)
        self._slots = impressions_of(people, ideas)
        self.impressions = np.zeros(size * self._slots, inward.IMPRESSION)
        self.biddings = np.zeros(max(size, 1), inward.BIDDING)
        for none in ("mark", "on", "power", "tint"):
            self.biddings[none] = -1
        self._bonds = [(w.UNBOUND, -1, False)] * size
        self._is_behind = [True] * size  # whether the tables lag behind a mind
        self._held: list[Sequence[Any]] = [[None] * len(ideas)] * size  # as the tables have it

    def look(self, who: int, tick: int, glimpses: Sequence[Glimpse], mine: Self) -> list[Thought]:
        """Let person ``who`` take in a look and be driven by it; what came about in his mind."""
        mind = self.minds[who]
        mind.elapsed_s = (tick - mind.looked) * mind.dt
        thoughts = mind.see(tick, glimpses)
        bid, leads = bidding(mind, mine, tick)
        mind.looked = tick
        if not mine.speaks:
            if bid.says == w.SAY_TELL:
                mind.means = bid.words
            elif bid.says == w.SAY_WARN:
                mind.calls = bid.words
        if leads != mind.stirred:
            mind.stirred = leads
            if leads >= 0:
                drive = self.people[who].drives[leads]
                gives_in = consents(mind, drive, mind.stirs[leads])
                kind = w.EVENT_STIR if gives_in else w.EVENT_WHISPER
                thoughts.append(Thought(kind, drive.whom, float(leads)))
        self._bid(who, bid)
        self._is_behind[who] = True
        return [] if mine.rages else thoughts

    def feel(
        self,
        who: int,
        tick: int,
        about: About,
        sense: Sense,
        sounds: Sequence[Sound],
        voices: Sequence[Voice],
        mine: Self,
    ) -> list[Thought]:
        """Let person ``who`` take in the fight about him and what he heard in this look, and think
        what comes of all that reached him.
        """
        mind = self.minds[who]
        mind.feel(tick, about)
        thoughts = mind.hear(tick, voices, mine)
        if self._slots:
            here = cues.perceived(mind, tick, sense, sounds, voices, mine)
            new = cues.fresh(mind, tick, here)
            thoughts += notions.weigh(mind, tick, new, voices, mind.elapsed_s)
            thoughts += recall.comes_back(mind, tick, new, mine)
            thoughts += recall.fade(mind, mind.elapsed_s)
        self._is_behind[who] = True
        return [] if mine.rages else thoughts

    def trace(
        self, who: int, tick: int, x: float, y: float, dx: float, dy: float, saves: bool
    ) -> None:
        """Let person ``who`` see a missile strike at (x, y) that flew along (dx, dy); ``saves``: it
        struck an enemy beside him.
        """
        self.minds[who].trace(tick, x, y, dx, dy, saves)
        self._is_behind[who] = True

    def spoken(self, who: int, says: int) -> Drive | None:
        """The drive whose words person ``who`` has said or begun to, if it was one of his."""
        mind = self.minds[who]
        number = mind.means if says == w.SAY_TELL else mind.calls
        return self.people[who].drives[number] if number >= 0 else None

    def called(self, who: int, drive: Drive) -> int:
        """The person whom ``who`` calls by name as he says what a drive bids; -1: nobody."""
        known = drive.whom >= 0 and self.minds[who].beliefs[drive.whom].named != NEVER
        return drive.whom if drive.names and known else -1

    def utter(self, who: int, tick: int) -> Thought:
        """Let person ``who`` have said to the end what he meant to; what that was, and how sure he
        was of it himself.
        """
        mind = self.minds[who]
        mind.said[mind.means] = tick
        self._is_behind[who] = True
        drive, me = self.people[who].drives[mind.means], self.people[who].fighter
        sure = mind.convictions[drive.notion].sure if drive.notion >= 0 else 0.0
        said = Reason(w.CAUSE_EVENT, w.EVENT_SAY, tick, me, 1.0)
        return Thought(w.EVENT_UTTER, drive.whom, sure, 1 + drive.notion, drive.tone, (said,))

    def bind(self, who: int, bound: int, tint: int, rages: bool) -> None:
        """Let powers keep person ``who`` from acts, colour what he sees, or have him rage."""
        bonds = bound, tint, rages
        if bonds != self._bonds[who]:
            self._bonds[who] = bonds
            for name, value in zip(("bound", "tint", "rages"), bonds, strict=True):
                self.biddings[name][who] = value

    def _bid(self, who: int, bid: Bidding) -> None:
        bound, tint, rages = self._bonds[who]
        self.biddings[who] = (
            bid.mark_x, bid.mark_y, bid.x, bid.y, bid.gaze_x, bid.gaze_y, bid.on_x, bid.on_y,
            bid.lean, bid.despairs, bid.mark, bid.on, bid.power, tint, bid.gathers, bid.says,
            bound, rages, bid.goes, bid.gazes,
        )  # fmt: skip

    # ------------------------------------------------------------------ as tables

    def _write(self, who: int) -> None:
        """Write a mind into the tables."""
        mind, size = self.minds[who], len(self.people)
        rows = slice(who * size, (who + 1) * size)
        self.tracks[rows] = [_track(track) for track in mind.tracks]
        self.beliefs[rows] = [_belief(belief) for belief in mind.beliefs]
        own = self.stirs[self._first[who] : self._first[who + 1]]
        own["level"], own["said"] = mind.stirs, mind.said
        self.lately[self._waits[who] : self._waits[who + 1]] = mind.lately
        since, x, y = mind.source
        a = mind.about
        self.stirrings[who] = (
            x, y, a.din, a.foe_x, a.foe_y, a.foe, since, mind.quiet_since, mind.stirred,
            mind.looked, a.foes_near, a.friends_near, mind.means, mind.calls, mind.struck,
            mind.saved, mind.came, *mind.rapt,
        )  # fmt: skip

    def _write_inner(self, who: int) -> None:
        """Write what a mind remembers, holds and has perceived of late."""
        mind = self.minds[who]
        memories = self.recollections[self._oldest[who] : self._oldest[who + 1]]
        memories["sure"] = [memory.sure for memory in mind.memories]
        memories["back"] = [memory.back for memory in mind.memories]
        ideas = self.convictions[who * self._ideas : (who + 1) * self._ideas]
        ideas["sure"] = [one.sure for one in mind.convictions]
        held = [_held(one) for one in mind.convictions]
        for number, (now, before) in enumerate(zip(held, self._held[who], strict=True)):
            if now != before:
                _write_held(mind.convictions[number], ideas[number])
        self._held[who] = held
        own = slice(who * self._slots, (who + 1) * self._slots)
        self.impressions["tick"][own] = mind.impressions[: self._slots]

    def arrays(self) -> dict[str, Array]:
        """The minds as tables, for the hash and for a checkpoint."""
        for who, behind in enumerate(self._is_behind):
            if behind:
                self._write(who)
                self._write_inner(who)
                self._is_behind[who] = False
        return {
            "tracks": self.tracks,
            "beliefs": self.beliefs,
            "stirrings": self.stirrings,
            "stirs": self.stirs,
            "recollections": self.recollections,
            "convictions": self.convictions,
            "impressions": self.impressions,
            "lately": self.lately,
            "biddings": self.biddings[: len(self.people)],
        }

    def restore(self, arrays: Mapping[str, Array]) -> None:
        """Bring the minds back to what the tables of a checkpoint hold."""
        for name, table in self.arrays().items():
            table[:] = arrays[name]
        size = len(self.people)
        for who, mind in enumerate(self.minds):
            rows = slice(who * size, (who + 1) * size)
            mind.tracks = [
                Track(**dict(zip(_TRACK, row, strict=True))) for row in self.tracks[rows].tolist()
            ]
            mind.beliefs = [
                Belief(**dict(zip(_BELIEF, row, strict=True)))
                for row in self.beliefs[rows].tolist()
            ]
            x, y, din, foe_x, foe_y, foe, since, *rest = self.stirrings[who].tolist()
            mind.quiet_since, mind.stirred, mind.looked, foes, friends, *rest = rest
            mind.means, mind.calls, mind.struck, mind.saved, mind.came, *rapt = rest
            mind.rapt = rapt[0], rapt[1]
            own = self.stirs[self._first[who] : self._first[who + 1]]
            mind.stirs, mind.said = own["level"].tolist(), own["said"].tolist()
            self._restore_inner(who, mind)
            mind.lately = self.lately[self._waits[who] : self._waits[who + 1]].tolist()
            mind.source = since, x, y
            mind.about = About(foes, friends, din, foe, foe_x, foe_y)
            bonds = (self.biddings[name][who].item() for name in ("bound", "tint", "rages"))
            self._bonds[who] = tuple(bonds)

    def _restore_inner(self, who: int, mind: Mind) -> None:
        memories = self.recollections[self._oldest[who] : self._oldest[who + 1]]
        known = zip(memories["sure"].tolist(), memories["back"].tolist(), strict=True)
        mind.memories = [Recollection(sure, back) for sure, back in known]
        ideas = self.convictions[who * self._ideas : (who + 1) * self._ideas]
        mind.convictions = [_conviction(row) for row in ideas]
        self._held[who] = [_held(one) for one in mind.convictions]
        if self._slots:
            own = slice(who * self._slots, (who + 1) * self._slots)
            mind.impressions = self.impressions["tick"][own].tolist()


def _write_held(one: Conviction, row: Any) -> None:
    """Write what somebody makes of a notion into its row (CONVICTION), and what made him so."""
    for name in _HELD:
        row[name] = getattr(one, name)
    for name, values in zip(_REASON, zip(*one.reasons, strict=True), strict=True):
        row[f"cause_{name}"] = values


def _conviction(row: Any) -> Conviction:
    """A notion as a row (CONVICTION) has it."""
    causes = (row[f"cause_{name}"].tolist() for name in _REASON)
    plain = {name: row[name].item() for name in ("sure", *_HELD)}
    return Conviction(**plain, reasons=tuple(map(Reason, *causes)))
