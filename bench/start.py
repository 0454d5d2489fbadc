"""What a user waits for: the first compilation, a warm duel, ``affray --help``.

Whole processes, from their start to their end, interpreter and imports among it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import affray
from bench.sample import Sample, seconds_of
from bench.table import Row, promised

SOURCE = Path(affray.__path__[0]).parent
AFFRAY = [sys.executable, "-c", "from affray.cli import main; main()"]


class Refused(Exception):
    """A command of affray's ended with an error: the last line it said."""


class Shell:
    """Runs affray's commands in a temporary folder, with a cache of compiled code there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = 0

    def seconds(self, *words: str, cache: str) -> float:
        """Seconds that ``affray words`` takes."""
        env = os.environ | {
            "AFFRAY_CACHE": str(self._folder / cache),
            "PYTHONPATH": str(SOURCE),
        }
        env.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody's everyday Python compiles every time

        def run() -> None:
            done = subprocess.run(
                [*AFFRAY, *words],
                cwd=self._folder, env=env, capture_output=True, text=True, check=False,
            )  # fmt: skip
            if done.returncode != 0:
                said = (done.stderr or done.stdout).strip().splitlines() or ["nothing said"]
                raise Refused(f"`affray {' '.join(words)}` failed: {said[-1]}")

        return seconds_of(run)

    def cold(self) -> float:
        """``affray warmup`` with nothing compiled."""
        self._number += 1
        cache = "warm" if self._number == 1 else f"cold-{self._number}"  # the first serves the duel
        return self.seconds("warmup", cache=cache)

    def duel(self) -> float:
        """``affray run duel`` with everything compiled."""
        self._number += 1
        return self.seconds("run", "duel", "--out", f"duel-{self._number}", cache="warm")

    def help(self) -> float:
        """``affray --help``."""
        return self.seconds("--help", cache="warm")


@contextmanager
def shell() -> Iterator[Shell]:
    """A shell in a folder that is removed again."""
    with tempfile.TemporaryDirectory(prefix="affray-bench-") as folder:
        yield Shell(Path(folder))


def measure(rounds: int, more_cold: int) -> list[Row]:
    """The warm ones in turns, ``more_cold`` times a cold one between them.

    Everything runs once before, which does not count (but for the cold one, if that is the only).
    """
    notes = {
        "cold": "`affray warmup`, whole process, with an empty cache of compiled code",
        "warm": "to the end of the duel and of its recording",
        "help": "",
    }
    taken: dict[str, list[float]] = {}
    rows: list[Row] = []
    with shell() as here:
        parts = {"help": here.help, "cold": here.cold, "warm": here.duel}
        for name in list(parts):
            try:
                first = parts[name]()
            except Refused as error:
                rows.append(promised(name, None, str(error)))
                del parts[name]
            else:
                taken[name] = [first] if name == "cold" and not more_cold else []
        for number in range(rounds):
            for name, part in parts.items():
                if name != "cold" or number < more_cold:
                    taken[name].append(part())
    for name, values in taken.items():
        rows.append(promised(name, Sample(tuple(values)), notes[name]))
    return rows
