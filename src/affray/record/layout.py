"""Where everything lies in a recording.

    DIR/
      manifest.json         what was run; the sealed segments, with size and CRC-32 of every file
      manifest.copy.json    the same, should the first be damaged
      scenario.yaml         the battle as it was given
      lexicon.yaml          words that its world is told in, if it has its own; voices.yaml likewise
      writing.lock          held (flock) by whoever is writing; empty
      events/000000.parquet       one row an event               ┐
      metrics/000000.parquet      one row a sampled tick and side│ segment 0: the ticks
      hashes/000000.parquet       tick, hash                     │ first_tick .. last_tick
      frames/000000.frames        playback, see ``frames.py``    │ of its entry in the manifest
      checkpoints/00001500.ckpt   exact state at its last tick   ┘

A segment has only the files it needs. Data files are sealed first, then the checkpoint, then the
copy of the manifest, then the manifest: what the manifest does not list does not exist for a
reader, and is removed when writing goes on.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

FORMAT: Final = "affray recording"
FORMAT_VERSION: Final = 1

MANIFEST: Final = "manifest.json"
MANIFEST_COPY: Final = "manifest.copy.json"
SCENARIO: Final = "scenario.yaml"
LEXICON: Final = "lexicon.yaml"
VOICES: Final = "voices.yaml"
WORDS: Final = (LEXICON, VOICES)
LOCK: Final = "writing.lock"

TABLES: Final = ("events", "metrics", "hashes")
FRAMES: Final = "frames"
CHECKPOINTS: Final = "checkpoints"
PARTS: Final = (*TABLES, FRAMES, CHECKPOINTS)
TOP_FILES: Final = (MANIFEST, MANIFEST_COPY, SCENARIO, *WORDS, LOCK)

TEMPORARY: Final = ".partial"
_SEALED_NAME = re.compile(r"\d+\.(parquet|frames|ckpt)(\.partial)?")


def part_path(root: Path, part: str, number: int, last_tick: int) -> Path:
    """Path of one file of segment ``number``, whose last tick is ``last_tick``."""
    if part == CHECKPOINTS:
        return root / part / f"{last_tick:08d}.ckpt"
    suffix = "frames" if part == FRAMES else "parquet"
    return root / part / f"{number:06d}.{suffix}"


def is_recorded_name(name: str) -> bool:
    """Whether a name in a part's folder is one that a writer gives: only such are ever removed."""
    return _SEALED_NAME.fullmatch(name) is not None
