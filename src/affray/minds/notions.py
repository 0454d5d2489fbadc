"""What somebody makes of notions: evidence that he perceives, what he is told, and forgetting.

Each piece of evidence goes a share of the way to certainty, for or against; what somebody says goes
as far as he is trusted. Each mind has its own reasons, and keeps the weightiest.
"""

from __future__ import annotations

from collections.abc import Sequence

from affray.minds.cues import Cue
from affray.minds.glimpse import Voice
from affray.minds.mind import Conviction, Mind, Reason, Thought
from affray.minds.recall import is_of_another, reason, think
from affray.minds.recognise import STRANGER
from affray.minds.verdict import verdict
from affray.world import words as w
from affray.world.inner import ASK, CUES, DENY, KINDS

SAID = len(CUES)  # what brings to mind a notion that somebody said: no cue


def weigh(
    mind: Mind, tick: int, cues: Sequence[Cue], voices: Sequence[Voice], elapsed_s: float
) -> list[Thought]:
    """Let new cues and words heard speak for notions and against them; what came of it."""
    thoughts: list[Thought] = []
    for number in _his(mind):
        _settle(mind, number, elapsed_s)
        if cues:
            _weigh_cues(mind, number, cues)
    for voice in voices:
        if voice.notion >= 0 or voice.calls >= 0:
            thoughts += _be_told(mind, tick, voice)
    if mind.is_rapt(tick):
        return [one for one in thoughts if one.kind == w.EVENT_TOLD]
    for number in _his(mind):
        thoughts += _conclude(mind, tick, number)
    return thoughts


def _his(mind: Mind) -> list[int]:
    """Numbers of the notions that mean anything to him."""
    return [number for number in range(len(mind.notions)) if mind.has(number)]


def _settle(mind: Mind, number: int, elapsed_s: float) -> None:
    """Fall back a little to what one is sure of without anything that tells."""
    notion, mine = mind.notions[number], mind.convictions[number]
    if notion.fades_s > 0.0:
        share = min(elapsed_s / notion.fades_s, 1.0)
        mine.sure += (notion.prior - mine.sure) * share


def _weigh_cues(mind: Mind, number: int, cues: Sequence[Cue]) -> None:
    notion = mind.notions[number]
    for cue in cues:
        if notion.about != STRANGER and is_of_another(cue, notion.about):
            continue
        for word, weight in notion.pro:
            if word == cue.word:
                _move(mind.convictions[number], weight, reason(cue))
        for word, weight in notion.contra:
            if word == cue.word:
                _move(mind.convictions[number], -weight, reason(cue))


def _move(mine: Conviction, weight: float, of: Reason) -> None:
    """Go a share of the way to certainty, or, below 0, to certainty that it is not so."""
    before = mine.sure
    mine.sure += weight * (1.0 - mine.sure if weight > 0.0 else mine.sure)
    size = abs(mine.sure - before)
    reasons = list(mine.reasons)
    least = min(range(len(reasons)), key=lambda k: (reasons[k].size, k))
    if size > reasons[least].size:
        reasons[least] = of._replace(size=size)
        mine.reasons = tuple(reasons)


def _be_told(mind: Mind, tick: int, voice: Voice) -> list[Thought]:
    """Understand what somebody says: one believes it as far as one trusts him."""
    taken_for, by = mind.tracks[voice.of].taken_for, mind.people[voice.of].fighter
    said = Reason(w.CAUSE_EVENT, w.EVENT_SAY, voice.since, by, 1.0)
    way = w.BY_SIGHT if voice.read else w.BY_VOICE
    meant = float(voice.meant)
    told = Thought(w.EVENT_TOLD, taken_for, meant, 1 + voice.notion, way, (said,))
    if voice.notion < 0:
        return [told]  # a name, and nothing else
    mine = mind.convictions[voice.notion]
    if mine.told == voice.since and mine.told_by == taken_for:
        return []  # read from the lips, and then heard
    mine.told, mine.told_by = voice.since, taken_for
    trust = mind.p["think.stranger"]
    if taken_for != STRANGER:
        trust = mind.people[mind.me].ties[taken_for].trust
    weight = mind.p["think.hearsay"] * trust
    if voice.tone == ASK:
        _be_asked(mind, voice)
    elif _takes_over(mind, voice.notion):
        _move(mine, -weight if voice.tone == DENY else weight, said)
    holds = mine.verdict == w.VERDICT_HOLDS and not mind.is_rapt(tick)
    return [told, think(mind, tick, voice.notion, said, SAID)] if holds else [told]


def _be_asked(mind: Mind, voice: Voice) -> None:
    """Be asked something: a question that he never asked himself is open to him from now on."""
    mine = mind.convictions[voice.notion]
    asks = KINDS[mind.notions[voice.notion].kind] == "question"
    if asks and voice.meant and mine.sure <= 0.0:
        mine.sure = 0.5


def _takes_over(mind: Mind, number: int) -> bool:
    """Whether one can come to have a notion by being told it."""
    notion = mind.notions[number]
    kind = KINDS[notion.kind]
    if kind == "hope":
        return notion.about in (STRANGER, mind.me)
    return kind not in ("vow", "wish", "question")


def _conclude(mind: Mind, tick: int, number: int) -> list[Thought]:
    """Come to hold a notion, or give it up; a question is answered, with yes or no, or reopened."""
    notion, mine = mind.notions[number], mind.convictions[number]
    now = verdict(notion, mine.sure, mine.verdict, mind.p)
    if now == mine.verdict:
        return []
    mine.verdict, mine.thought = now, tick
    total = max(sum(one.size for one in mine.reasons), 1e-9)
    reasons = sorted((one for one in mine.reasons if one.size > 0.0), key=lambda one: -one.size)
    causes = tuple(one._replace(size=one.size / total) for one in reasons)
    mine.reasons = (Reason(),) * len(mine.reasons)
    return [Thought(w.EVENT_CONCLUDE, notion.about, mine.sure, number, now, causes)]
