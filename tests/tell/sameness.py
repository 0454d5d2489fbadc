"""How far tellings resemble each other: ten of them, of five battles at two seeds each.

``python -m tests.tell.sameness`` fights, hears and tells them all, and prints every sentence of six
words or more that stands in more than two, names and numbers masked; it exits with 1 if there is
one. The tests measure the same, over fewer tellings, and over all ten in their long mode.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from affray.record import Recording
from affray.record.testimony import Testimony
from affray.run import execute
from affray.scenario import load
from affray.tell.beside import words_beside
from affray.tell.chorus import chorus
from affray.tell.lexicon import Lexicon
from affray.tell.measure import happened, repeated
from affray.tell.output import as_data
from affray.testimony.stored import chorus_of, heard
from tests.tell.told import Data

BATTLES = {"clearing": None, "hastings": 300.0, "toll_bridge": None, "mutiny": None,
           "cannae": 300.0}  # fmt: skip
"""Battles, and how many seconds of each are fought; None: all of it."""
SEEDS = (1, 77)
WORDS = 3000


def one(folder: Path, battle: str, seed: int, until_s: float | None) -> tuple[Data, set[str]]:
    """A chorus of a battle, and all names in it."""
    out = folder / f"{battle}-{seed}"
    execute(load(battle), seed=seed, out=out, until_s=until_s)
    recording = Recording.open(out)
    found = heard(recording, chorus_of(recording))
    lexicon, voices = words_beside(battle)
    return as_data(chorus(found, lexicon, voices, WORDS)), names_of(found, lexicon)


def names_of(found: Iterable[Testimony], lexicon: Lexicon) -> set[str]:
    """Every name that anybody has."""
    names = {name for side in lexicon.words.sides.values() for name in (*side.men, *side.women)}
    for testimony in found:
        names |= {str(testimony.self_["name"]), *testimony.knows}
        names |= {record.of for record in testimony.records}
    return names - {""}


def ten(folder: Path) -> list[tuple[Data, set[str]]]:
    """Ten tellings, each with the names in it."""
    return [one(folder, battle, seed, until_s)
            for battle, until_s in BATTLES.items() for seed in SEEDS]  # fmt: skip


def main() -> None:
    """Measure, and say so."""
    with tempfile.TemporaryDirectory() as folder:
        tellings = ten(Path(folder))
    for telling, _ in tellings:
        print(f"{telling['battle']}: {telling['words']} words, {happened(telling):.0%} of what "
              "happened")  # fmt: skip
    found = repeated(tellings)
    for text, count in sorted(found.items()):
        print(f"in {count}: {text}")
    print(f"{len(found)} sentences in more than two of {len(tellings)}")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
