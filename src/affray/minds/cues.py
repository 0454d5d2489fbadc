"""Cues: what reached a mind in a look, as classes of percepts that can bring something back.

Nothing new is perceived here: all is out of glimpses, voices, sounds, the fight about him and his
own body. A cue that lasts counts when it begins, one that is over at once each time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from affray.minds.glimpse import Self, Sense, Sound, Voice
from affray.minds.menace import threat
from affray.minds.mind import Mind
from affray.minds.recognise import STRANGER
from affray.world import words as w
from affray.world.clock import NEVER
from affray.world.inner import CUES, LASTING, OF_SOMEBODY

_NUMBER = {name: number for number, name in enumerate(CUES)}
_LASTS = tuple(name in LASTING for name in CUES)
_SOUNDS = {
    w.SAY_SCREAM: "scream",
    w.SAY_LAUGH: "laughter",
    w.SAY_WARN: "warning",
    w.SAY_ORDER: "order",
    w.SPECTACLE: "spectacle",
}


class Cue(NamedTuple):
    """A cue (number of ``CUES``) at a tick, about a person as he takes him (-1: nobody he knows);
    the kind of event that it is a percept of, and whose (-1: of none).
    """

    word: int
    tick: int
    of: int = STRANGER
    event: int = -1
    by: int = -1


def perceived(
    mind: Mind,
    tick: int,
    sense: Sense,
    sounds: Sequence[Sound],
    voices: Sequence[Voice],
    mine: Self,
) -> Iterator[Cue]:
    """The cues in what reached somebody in this look."""
    yield from _of_people(mind, tick)
    yield from _of_voices(mind, voices)
    for sound in sounds:
        yield from _of_sound(mind, sound)
    yield from _of_himself(mind, tick, mine)
    yield from _of_the_fight(mind, tick, sense)


def _of_people(mind: Mind, tick: int) -> Iterator[Cue]:
    p = mind.p
    for glimpse in mind.glimpses.values():
        of = mind.tracks[glimpse.of].taken_for
        if of == STRANGER:
            continue
        yield Cue(_NUMBER["sight"], tick, of)
        for name, here in (
            ("hurt", glimpse.hurt == 1),
            ("down", glimpse.lies == 1),
            ("danger", threat(glimpse) >= p["recall.danger"]),
            ("fear", glimpse.fear >= p["recall.fear"]),
            ("held", glimpse.held == 1),
        ):
            if here:
                yield Cue(_NUMBER[name], tick, of)
        if mind.beliefs[of].met == tick:
            yield Cue(_NUMBER["reunion"], tick, of)


def _of_voices(mind: Mind, voices: Sequence[Voice]) -> Iterator[Cue]:
    for voice in voices:
        by = mind.people[voice.of].fighter
        of = mind.tracks[voice.of].taken_for
        if of != STRANGER and not voice.read:
            yield Cue(_NUMBER["voice"], voice.since, of, w.EVENT_SAY, by)
        if voice.calls == mind.me:
            yield Cue(_NUMBER["own_name"], voice.since, of, w.EVENT_SAY, by)
        elif voice.calls >= 0 and mind.beliefs[voice.calls].named != NEVER:
            yield Cue(_NUMBER["name"], voice.since, voice.calls, w.EVENT_SAY, by)


def _of_sound(mind: Mind, sound: Sound) -> Iterator[Cue]:
    name = _SOUNDS.get(sound.says)
    if name is None:
        return
    if name == "scream" and sound.timbre == w.INHUMAN:
        name = "inhuman_cry"
    of = mind.tracks[sound.of].taken_for if sound.of >= 0 else STRANGER
    event = -1 if sound.says == w.SPECTACLE else w.EVENT_SAY
    yield Cue(_NUMBER[name], sound.since, of, event, sound.by)


def _of_himself(mind: Mind, tick: int, mine: Self) -> Iterator[Cue]:
    p = mind.p
    for name, here in (
        ("own_wound", mine.bleeding > 0.0),
        ("own_hold", mine.held),
        ("weary", mine.stamina < p["recall.weary"]),
    ):
        if here:
            yield Cue(_NUMBER[name], tick)
    if mind.saved != NEVER:
        yield Cue(_NUMBER["saved"], mind.saved)
    if mind.struck != NEVER:
        yield Cue(_NUMBER["thrown"], mind.struck)


def _of_the_fight(mind: Mind, tick: int, sense: Sense) -> Iterator[Cue]:
    p, about = mind.p, mind.about
    for name, here in (
        ("alone", about.friends_near == 0),
        ("contact", about.foes_near > 0),
        ("blood", sense.smell >= p["recall.smell"]),
        ("dark", sense.light < p["recall.dark"]),
        ("quiet", (tick - mind.quiet_since) * mind.dt >= p["recall.quiet_s"]),
    ):
        if here:
            yield Cue(_NUMBER[name], tick)
    if sense.fleeing > 0:
        yield Cue(_NUMBER["flight"], tick, STRANGER, w.EVENT_BREAK, sense.runaway)
    if sense.fallen >= 0:
        yield Cue(_NUMBER["fall"], sense.fell, STRANGER, w.EVENT_FALL, sense.fallen)
    if sense.laughs:
        yield Cue(_NUMBER["laughter"], tick)


# ------------------------------------------------------------------ what is new, and what is recent


def slots(people: int) -> int:
    """How many impressions a mind keeps: one of each cue, of each person where it is of one."""
    return len(CUES) + OF_SOMEBODY * people


def slot(cue: int, of: int, people: int) -> int:
    """Where the impression of a cue is kept; ``of``: of which person, -1: of anybody."""
    return cue if of < 0 or cue >= OF_SOMEBODY else len(CUES) + cue * people + of


def fresh(mind: Mind, tick: int, cues: Iterator[Cue]) -> list[Cue]:
    """Those that are new; all leave their impression."""
    found = []
    lapse = mind.p["know.follow_s"] / mind.dt
    people = len(mind.people)
    for cue in cues:
        at = slot(cue.word, cue.of, people)
        before = mind.impressions[at]
        new = tick - before > lapse if _LASTS[cue.word] else cue.tick > before
        mind.impressions[at] = max(cue.tick, before)
        mind.impressions[cue.word] = max(cue.tick, mind.impressions[cue.word])
        if new:
            found.append(cue)
    return found


def is_recent(mind: Mind, tick: int, cue: int, of: int = -1) -> bool:
    """Whether a cue was perceived just now; ``of`` a person, -1: of anybody, or of none."""
    span = mind.p["recall.span_s"] / mind.dt
    return tick - mind.impressions[slot(cue, of, len(mind.people))] <= span
