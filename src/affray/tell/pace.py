"""How long a sentence should be: long while one waits, short at the crisis, and after a long one a
short one.
"""

from __future__ import annotations

from collections.abc import Sequence

from affray.record.testimony import Record
from affray.tell.voice import Voice

_CRISIS = ("wound", "fall", "faint", "breaks", "gripped", "fells", "believes_dead", "uses", "held",
           "free", "own_name", "cut_off", "notices_blood", "foe_found", "blur")  # fmt: skip
_WAITING = ("stands", "rests", "goes_on", "gives_ground", "dim", "din", "quiet", "blood_smell",
            "foes_many", "mates_weary", "mates_cover", "mate_beside", "mates_flee", "mates_down",
            "sees", "looks_here", "carries", "belongs", "tends", "tended", "shout", "driven",
            "flees")  # fmt: skip
_WAVES = (1.0, 0.5, 1.3, 0.7)  # so long are sentences that follow each other
_AT_THE_CRISIS = 0.5  # and one at the crisis
_AFTER_A_LONG_ONE = 0.5  # and one after which breath was drawn
_LEAST = 3.0  # words
_LONG, _MOST_LONG = 2.0, 20.0  # so much of the usual, or so many words, is a long sentence
_LONGER = 2.6  # and so much of the usual is what one should be
_DUE, _DUE_WAITING = (6, 3), (4, 2)
"""Sentences after which one is long again, and while one waits: of who joins nothing gladly, and of
who joins everything.
"""


def wanted_words(here: Record, voice: Voice, lengths: Sequence[int]) -> float:
    """How many words the sentence of a telling should have that begins with a record. ``lengths``:
    of the sentences before it.
    """
    long_ago = next((ago for ago, words in enumerate(reversed(lengths)) if is_long(words, voice)),
                    len(lengths))  # fmt: skip
    if here.pred in _CRISIS:
        return max(voice.length * _AT_THE_CRISIS, _LEAST)
    apart, together = _DUE_WAITING if here.pred in _WAITING else _DUE
    if long_ago >= apart + (together - apart) * voice.joins:
        return voice.length * _LONGER
    wave = _AFTER_A_LONG_ONE if lengths and not long_ago else _WAVES[long_ago % len(_WAVES)]
    return max(voice.length * wave, _LEAST)


def is_long(words: float, voice: Voice) -> bool:
    """Whether a sentence of so many words is a long one in a voice."""
    return words >= min(voice.length * _LONG, _MOST_LONG)
