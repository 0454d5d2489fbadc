"""Fighter-steps a second of `press` against magent2's observation and step."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from importlib.metadata import version
from pathlib import Path

from bench.fights import Fight, share_in_contact
from bench.sample import Sample, in_turns
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


class PeerGone(Exception):
    """magent2's process ended by itself."""


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

    def fighter_steps(self, size: int, steps: int, how: str) -> float:
        """Steps of living fighters per second, over the next steps.

        ``how``: observe (everybody, then step), bare (only step), public (PettingZoo's interface).
        """
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        try:
            stdin.write(json.dumps({"size": size, "steps": steps, "how": how}) + "\n")
            stdin.flush()
        except BrokenPipeError:
            raise PeerGone from None
        line = stdout.readline()
        if not line:
            raise PeerGone
        answer = json.loads(line)
        return answer["fighter_steps"] / answer["seconds"]

    def close(self) -> None:
        """End the process."""
        with suppress(BrokenPipeError):
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
    try:
        with peer() as other:
            for how in ("observe", "public"):
                other.fighter_steps(size, 2, how)
            taken = in_turns(
                {
                    "affray": partial(fight.fighter_steps, ticks, untimed=2),
                    "magent2": partial(other.fighter_steps, size, steps, "observe"),
                    "alone": partial(alone.fighter_steps, max(2, ticks // 2), untimed=1),
                    "public": partial(other.fighter_steps, size, steps, "public"),
                    "bare": partial(other.fighter_steps, size, steps, "bare"),
                },
                rounds,
            )
    except PeerGone:
        return [promised(row, None, "magent2 ended by itself; see what `-m bench.magent` says")]
    finally:
        fight.close()
        alone.close()
    contact = share_in_contact(fight.engine)
    note = (
        f"{SAYS if row == 'peer-10k' else 'As in the row before'}. {contact:.0%} of press's "
        f"fighters on their feet had an enemy within 2 m at the end; magent2 {version('magent2')} "
        "by its low-level interface, its fastest, 0.08 fighters to a cell; only the living count"
    )
    own = promised(row, taken["affray"].over(taken["magent2"]), note, full_size)
    return [own, *_behind(row, f"{size // 1000}k", taken)]


def _behind(row: str, size: str, taken: dict[str, Sample]) -> list[Row]:
    """The speeds themselves, and the other ways to compare."""
    speeds = {
        "affray": f"affray, press at {size}, 2 threads",
        "alone": f"affray, press at {size}, 1 thread",
        "magent2": f"magent2 observation + step, {size}",
        "public": f"magent2 by PettingZoo's interface, {size}",
        "bare": f"magent2 bare step (perceives nothing), {size}",
    }
    ratios = {
        "affray, 1 thread, vs magent2 observation + step": ("alone", "magent2"),
        "affray, 2 threads, vs magent2 by PettingZoo's interface": ("affray", "public"),
    }
    rows = [
        figure(row, what, "M fighter-steps/s", taken[name] * 1e-6) for name, what in speeds.items()
    ]
    for what, (mine, theirs) in ratios.items():
        rows.append(figure(row, what, "×", taken[mine].over(taken[theirs])))
    return rows
