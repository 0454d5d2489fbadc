"""What comes to somebody's mind: a memory that a cue brings back, a notion that one stirs.

One thing at a time, and not at once again; and little comes to whoever is in the thick of it. What
comes back is surer for that; what does not fades, and is doubted in the end.
"""

from __future__ import annotations

from collections.abc import Sequence

from affray.minds.cues import Cue, is_recent
from affray.minds.glimpse import Self
from affray.minds.mind import Mind, Reason, Thought
from affray.world import words as w
from affray.world.clock import NEVER
from affray.world.inner import CUES, KINDS, OF_SOMEBODY, PRESENCE, Memory, Notion

_PRESENCE = tuple(CUES.index(name) for name in PRESENCE)
_FAINT = ("hope", "fear", "wish")  # come to mind of one who is far from sure of them
_DOUBTED = 0.5
_BODILY = {"own_wound": w.CAUSE_PAIN, "weary": w.CAUSE_WEARY, "quiet": w.CAUSE_SAFE}


def reason(cue: Cue, size: float = 1.0) -> Reason:
    """A cue as what something came of: the event perceived, if it was one of an event."""
    if cue.event >= 0 and cue.by >= 0:
        return Reason(w.CAUSE_EVENT, cue.event, cue.tick, cue.by, size)
    return Reason(_BODILY.get(CUES[cue.word], w.CAUSE_SEEN), 0, cue.tick, -1, size)


def bar(mind: Mind) -> float:
    """How strongly something must come to get past what he is at: enemies near, and the din."""
    p, about = mind.p, mind.about
    noise = max(about.din - p["recall.din_db"], 0.0)
    return p["recall.bar"] + p["recall.per_foe"] * about.foes_near + p["recall.per_db"] * noise


def comes_back(mind: Mind, tick: int, cues: Sequence[Cue], mine: Self) -> list[Thought]:
    """What these new cues bring to his mind: of memories and notions the strongest, if any."""
    gap = mind.p["recall.gap_s"] / mind.dt
    if mind.is_rapt(tick) or tick - mind.came < gap:
        return []
    best, strongest = None, bar(mind)
    for number, memory in enumerate(mind.people[mind.me].memories):
        cue = _brings(cues, memory.tags, memory.of, likens=True)
        if (
            cue is None
            or number < mine.taken
            or not _rested(mind, tick, mind.memories[number].back)
        ):
            continue
        strength = _overlap(mind, tick, memory) * mind.memories[number].sure
        if strength > strongest:
            strongest, best = strength, (w.EVENT_RECALL, number, cue)
    for number, notion in enumerate(mind.notions):
        cue = _brings(cues, _brought_by(notion), notion.about, likens=False)
        rested = _rested(mind, tick, mind.convictions[number].thought)
        if cue is not None and rested and _has_it(mind, number):
            strength = _pressing(mind, number)
            if strength > strongest:
                strongest, best = strength, (w.EVENT_THINK, number, cue)
    if best is None:
        return []
    mind.came = tick
    kind, number, cue = best
    if kind == w.EVENT_RECALL:
        return _recall(mind, tick, number, cue, strongest)
    return [think(mind, tick, number, reason(cue), cue.word)]


def _rested(mind: Mind, tick: int, last: int) -> bool:
    return tick - last >= mind.p["recall.again_s"] / mind.dt


def _brings(cues: Sequence[Cue], tags: Sequence[int], of: int, *, likens: bool) -> Cue | None:
    """The first of the cues that brings back what has these tags and is about ``of``. ``likens``:
    also what befalls another.
    """
    for cue in cues:
        if cue.word not in tags:
            continue
        may_be_anybodys = of < 0 or (likens and cue.word not in _PRESENCE)
        if may_be_anybodys or not is_of_another(cue, of):
            return cue
    return None


def is_of_another(cue: Cue, whom: int) -> bool:
    """Whether a cue is of another than ``whom``, or must be of him and is of nobody known."""
    of_one = cue.word < OF_SOMEBODY or cue.word in _PRESENCE or cue.of >= 0
    return of_one and cue.of != whom


def _overlap(mind: Mind, tick: int, memory: Memory) -> float:
    """Share of a memory's tags that he perceives now, or did just now."""
    here = [
        is_recent(mind, tick, tag, memory.of if tag in _PRESENCE else -1) for tag in memory.tags
    ]
    return sum(here) / len(here)


def _recall(mind: Mind, tick: int, number: int, cue: Cue, strength: float) -> list[Thought]:
    """Let a memory come back: he is the surer of it for that, and may be sure of it again."""
    memory, before = mind.memories[number], mind.memories[number].sure
    memory.back = tick
    memory.sure += (1.0 - before) * mind.p["recall.restores"]
    why = (reason(cue),)
    back = Thought(w.EVENT_RECALL, cue.of, strength, number, cue.word, why)
    if not before < _DOUBTED <= memory.sure:
        return [back]
    of = mind.people[mind.me].memories[number].of
    return [back, Thought(w.EVENT_DOUBT, of, memory.sure, number, reasons=why)]


def fade(mind: Mind, elapsed_s: float) -> list[Thought]:
    """Let memories fade for so long; those that he comes to doubt."""
    thoughts = []
    for number, memory in enumerate(mind.people[mind.me].memories):
        if memory.fades_s <= 0.0:
            continue
        mine = mind.memories[number]
        before = mine.sure
        mine.sure -= mine.sure * min(elapsed_s / memory.fades_s, 1.0)
        if before >= _DOUBTED > mine.sure:
            thoughts.append(Thought(w.EVENT_DOUBT, memory.of, mine.sure, number))
    return thoughts


# ------------------------------------------------------------------ notions


def _brought_by(notion: Notion) -> tuple[int, ...]:
    """What brings a notion to mind; a consequence, the one whom it lies ahead of as well."""
    return notion.brought + (_PRESENCE if KINDS[notion.kind] == "consequence" else ())


def _has_it(mind: Mind, number: int) -> bool:
    """Whether he has a notion, so that it can come to his mind."""
    notion, mine = mind.notions[number], mind.convictions[number]
    kind = KINDS[notion.kind]
    if kind == "question":
        return mine.verdict == w.VERDICT_OPEN and mine.sure > 0.0
    if kind == "wish" and not _misses(mind, notion.about):
        return False
    if kind in _FAINT:
        return mine.sure >= mind.p["think.faint"]
    return mine.verdict == w.VERDICT_HOLDS


def _misses(mind: Mind, whom: int) -> bool:
    """Whether he takes somebody for able, and does not have him at hand."""
    belief, glimpse = mind.beliefs[whom], mind.glimpse_of(whom)
    able = max(belief.skill, belief.skill_now) >= mind.p["think.able"]
    return able and (glimpse is None or glimpse.m > mind.p["think.at_hand_m"])


def _pressing(mind: Mind, number: int) -> float:
    """How strongly a notion comes: as sure as he is of it; a question, as open as it is."""
    sure = mind.convictions[number].sure
    if KINDS[mind.notions[number].kind] != "question":
        return sure
    return 1.0 - abs(2.0 * sure - 1.0)


def think(mind: Mind, tick: int, number: int, of: Reason, cue: int) -> Thought:
    """Let a notion come to his mind."""
    mine = mind.convictions[number]
    mine.thought = tick
    about = mind.notions[number].about
    return Thought(w.EVENT_THINK, about, mine.sure, number, cue, (of,))


def came_lately(mind: Mind, last: int, tick: int) -> bool:
    """Whether something came to his mind just now."""
    return last != NEVER and tick - last <= mind.p["recall.span_s"] / mind.dt
