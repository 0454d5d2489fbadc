"""Runs of five words, as digests: so that a test can hold tellings against a text that is not here.

To write the data file anew from a plain text: ``python -m tests.tell.runs TEXT``. It keeps ten
hexadecimal digits of the SHA-256 of each run of five words in small letters, sorted, one a line;
the text cannot be read out of them.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from affray.tell.wording import tokens

DATA = Path(__file__).parent / "story_runs.txt"
LONG = 5  # words


def runs(text: str) -> set[str]:
    """The digests of all runs of five words in a text."""
    words = tokens(text)
    return {
        hashlib.sha256(" ".join(words[k : k + LONG]).encode()).hexdigest()[:10]
        for k in range(len(words) - LONG + 1)
    }


def stored() -> frozenset[str]:
    """The digests in the data file."""
    return frozenset(DATA.read_text(encoding="utf-8").split())


if __name__ == "__main__":
    found = runs(Path(sys.argv[1]).read_text(encoding="utf-8"))
    DATA.write_text("\n".join(sorted(found)) + "\n", encoding="utf-8")
    print(f"{DATA.name}: {len(found)} runs")
