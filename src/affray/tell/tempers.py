"""Tempers: how somebody whom nobody named tells, drawn for him as his life is.

Each is a few numbers of a voice, far from those of the others, so that two of one unit who went
through the same do not tell it in the same words: one is sparing of them, one looks about, one
keeps to what his body says, one lets it flow and likens, one asks. Those who stand next to each
other have different ones. Invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from zlib import crc32

Numbers = Mapping[str, float]

TEMPERS: Mapping[str, Numbers] = MappingProxyType({
    "sparing": {"fragments": 0.85, "questions": 0.1, "marked": 0.25, "joins": 0.2, "body": 0.45,
                "others": 0.3, "place": 0.3, "similes": 0.0, "length": 6.0},
    "looking about": {"fragments": 0.3, "questions": 0.3, "marked": 0.4, "joins": 0.5, "body": 0.2,
                      "others": 1.0, "place": 0.4, "similes": 0.35, "length": 10.0},
    "of the body": {"fragments": 0.55, "questions": 0.2, "marked": 0.5, "joins": 0.45, "body": 1.0,
                    "others": 0.3, "place": 1.0, "similes": 0.5, "length": 8.5},
    "flowing": {"fragments": 0.1, "questions": 0.2, "marked": 0.75, "joins": 0.95, "body": 0.5,
                "others": 0.6, "place": 0.6, "similes": 1.0, "length": 15.0},
    "asking": {"fragments": 0.45, "questions": 1.0, "marked": 0.45, "joins": 0.55, "body": 0.6,
               "others": 0.7, "place": 0.3, "similes": 0.35, "length": 10.5},
})  # fmt: skip
"""The numbers of a voice (``Voice``) by temper."""


def temper_of(own: Mapping[str, Any]) -> str:
    """The temper of somebody whom nobody named, by his unit and his number in it."""
    names = tuple(TEMPERS)
    return names[(crc32(str(own["unit"]).encode()) + int(own["number"])) % len(names)]
