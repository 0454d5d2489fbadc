"""Voices of a world from a file: by side, unit and name."""

from __future__ import annotations

import os

from affray.scenario.sections import parsed, text_of
from affray.tell.voice import Voices


def read_voices(path: str | os.PathLike[str]) -> Voices:
    """The voices in a file. Raises ScenarioError with every fault and its place."""
    return parse_voices(text_of(path), str(path))


def parse_voices(text: str, origin: str) -> Voices:
    """The voices that ``text`` says. Raises ScenarioError."""
    voices, _ = parsed(Voices, text, origin, "a file of voices (default, sides, units, people)")
    return voices
