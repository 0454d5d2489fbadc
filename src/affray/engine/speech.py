"""What people say: their words are put into what sounds, and can be read from their lips.

The body speaks as everybody's does (``voice.py``): what it is to say the mind knows, which notion,
in which tone, to whom, and whether it calls somebody by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from affray.minds.glimpse import Glimpse
from affray.world import words as w
from affray.world.inner import SHOUT, WHISPER
from affray.world.people import FACE, Drive

Array = np.ndarray


def spoken_rows(cries: Array) -> list[int]:
    """Rows of what sounds (STIMULUS) that can hold a person's own words."""
    if len(cries) == 0:
        return []
    says = cries["says"]
    own = (cries["way"] == w.BY_VOICE) & ((says == w.SAY_TELL) | (says == w.SAY_WARN))
    return [int(row) for row in np.flatnonzero(own)]


def put_words(
    cry: Array, drive: Drive, to: int, unit: int, calls: int, p: Mapping[str, float]
) -> None:
    """Put a drive's words into a row of STIMULUS: to fighter ``to`` of ``unit`` (-1: to nobody in
    particular), with the name of person ``calls`` (-1: without).
    """
    cry["to"], cry["calls"] = to, 1 + calls
    if unit >= 0:
        cry["unit"] = unit
    if cry["says"] == w.SAY_TELL:
        cry["notion"], cry["tone"] = 1 + drive.notion, drive.tone
        cry["level"] = loudness(drive.tone, p)


def loudness(tone: int, p: Mapping[str, float]) -> float:
    """How loud (dB at 1 m) somebody says something in a tone, in a fight."""
    if tone == WHISPER:
        return p["voice.whisper_db"]
    return p["voice.shout_db"] if tone == SHOUT else p["voice.raised_db"]


def amend(events: Array, cry: Array) -> None:
    """Say in the event of an utterance to whom it went, and how loud it was."""
    mine = events["kind"] == w.EVENT_SAY
    mine &= (events["fighter"] == cry["by"]) & (events["place"] == cry["says"])
    events["other"][mine], events["value"][mine] = cry["to"], cry["level"]


def lips_read(
    said: Sequence[Array],
    glimpses: Sequence[Glimpse],
    fighters: Array,
    keen: float,
    p: Mapping[str, float],
) -> Iterator[Array]:
    """What of ``said`` (STIMULUS) one reads from the lips of those in ``glimpses``: of somebody
    whose face he sees near enough. ``fighters``: of each person; ``keen``: how many times farther
    off than others he knows people.
    """
    if not said:
        return
    near = {
        int(fighters[one.of])
        for one in glimpses
        if one.cues & FACE and one.m <= keen * p["know.lips_m"]
    }
    yield from (one for one in said if int(one["by"]) in near)


def said_lately(stimuli: Array, tick: int, looks: int) -> list[Array]:
    """What people have said to the end (STIMULUS) since those looked last who look in this tick,
    ``looks`` ticks ago.
    """
    return [
        stimuli[row]
        for row in spoken_rows(stimuli)
        if stimuli["said"][row] == 1 and tick - looks <= int(stimuli["tick"][row]) < tick
    ]
