"""Rows 1 and 2: fighter-steps a second of `press` against magent2's observation and step."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from bench.fights import Fight, share_in_contact
from bench.sample import in_turns
from bench.table import Row, figure, promised

ROOT = Path(__file__).resolve().parent.parent
SAYS = (
    "affray: a tick is 0.2 s of everybody's senses (cone, light, cover, bodies in the way), body "
    "(wounds, blood, stamina), mind (fear, morale, belief, memory), decision, movement without "
    "overlap in continuous space, blows and missiles, and the state's hash. magent2: an "
    "observation copies 13 × 13 cells × 5 channels to everybody; actions are random and come for "
    "free; a step moves or hits on a grid, hit points, one reward rule each; no decision is taken; "
    "its published build runs on one thread whatever it is given"
)


class Peer:
    """magent2 in a process of its own, asleep while it is not asked."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "bench.magent"],
            cwd=ROOT,
            env=os.environ | {"PYGAME_HIDE_SUPPORT_PROMPT": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def fighter_steps(self, size: int, steps: int, observe: bool) -> float:
        """Steps of living fighters per second, over the next steps."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(json.dumps({"size": size, "steps": steps, "observe": observe}) + "\n")
        stdin.flush()
        line = stdout.readline()
        if not line:
            raise RuntimeError("magent2's process ended; run `python -m bench.magent` by hand")
        answer = json.loads(line)
        return answer["fighter_steps"] / answer["seconds"]

    def close(self) -> None:
        """End the process."""
        self._process.communicate(timeout=30)


@contextmanager
def peer() -> Iterator[Peer]:
    """A peer for a while."""
    other = Peer()
    try:
        yield other
    finally:
        other.close()


def measure(row: str, size: int, rounds: int, ticks: int, full_size: bool) -> list[Row]:
    """``press`` and magent2 at ``size`` in turns."""
    if importlib.util.find_spec("magent2") is None:
        return [
            promised(row, None, "magent2 is not installed (Linux, Python 3.11: make setup-dev)")
        ]
    fight, alone = Fight(size, threads=2), Fight(size, threads=1)
    steps = max(2, ticks // 3)
    with peer() as other:
        other.fighter_steps(size, 2, True)
        taken = in_turns(
            {
                "affray": lambda: fight.fighter_steps(ticks, untimed=2),
                "magent2": lambda: other.fighter_steps(size, steps, True),
                "alone": lambda: alone.fighter_steps(max(2, ticks // 2), untimed=1),
                "bare": lambda: other.fighter_steps(size, steps, False),
            },
            rounds,
        )
    contact = share_in_contact(fight.engine)
    fight.close()
    alone.close()
    label = f"{size // 1000}k"
    note = (
        f"{SAYS}. {contact:.0%} of press's fighters on their feet had an enemy within 2 m at the "
        f"end; magent2 {version('magent2')}, 0.08 fighters to a cell; only the living count"
    )
    unit = "M fighter-steps/s"
    return [
        promised(row, taken["affray"].over(taken["magent2"]), note, full_size),
        figure(row, f"affray, press at {label}, 2 threads", unit, taken["affray"] * 1e-6),
        figure(row, f"affray, press at {label}, 1 thread", unit, taken["alone"] * 1e-6),
        figure(
            row,
            "affray on 1 thread vs magent2 observation + step",
            "×",
            taken["alone"].over(taken["magent2"]),
        ),
        figure(row, f"magent2 observation + step, {label}", unit, taken["magent2"] * 1e-6),
        figure(row, f"magent2 bare step (perceives nothing), {label}", unit, taken["bare"] * 1e-6),
    ]
