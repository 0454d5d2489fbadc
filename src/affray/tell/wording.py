"""The words of a text, as they are compared and counted: in small letters, without their marks."""

from __future__ import annotations


def tokens(text: str) -> list[str]:
    """The words of a text, in small letters."""
    plain = "".join(letter if letter.isalpha() or letter in "’'-" else " " for letter in text)
    return plain.lower().split()
