"""The words of a text, as they are compared and counted: in small letters, without their marks."""

from __future__ import annotations

import re

_WORD = re.compile(r"(?:[^\W\d_]|[’'-])+")


def tokens(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return _WORD.findall(text.lower())
