"""Whether the clearing opens in a state that its own fight would bring about.

    python -m docs.opening                     # three times forty minutes of battle: half a minute
    python -m docs.opening --minutes 10 --seeds 1

The file begins hours in: weary fighters, blood lost, a soaked field. This takes the people, their
powers and that opening away, lets the same companies come on rested to clean grass, and has them
go in by the turns of their orders over and over again. Prints what has become of them beside what
the file says, as docs/battles.md has it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import yaml

import affray
from affray.engine.tick import Engine
from affray.scenario import parse
from affray.scenario.build import build
from affray.world import words as w
from affray.world.battlefield import ground_shape

FILE = Path(affray.__file__).parent / "battles" / "clearing.yaml"
ROUND_S = 480  # the turns that the file's orders make
NONE = {"mean": 0, "sd": 0}
FRESH = {"fatigue": NONE, "fear": NONE, "blood_lost": {"mean": "0 mL", "sd": "0 mL"},
         "stained": NONE}  # fmt: skip
MIDDLE = ((110.0, 110.0), 45.0)  # of the clearing, and its radius, m


def fresh(minutes: int) -> str:
    """The battle as it may have begun, as text."""
    paper = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    for key in ("people", "notions", "powers", "seed"):
        del paper[key]
    for shape in paper["field"]["terrain"]:
        shape.update({key: 0 for key in ("blood", "soaked") if key in shape})
        shape.pop("blood_age", None)
        if "grass" in shape:
            shape["grass"] = "100 %"
    for unit in paper["units"]:
        unit["opening"] = FRESH | {"perched": unit["opening"].get("perched", False)}
        unit["orders"] = _over_again(unit["orders"], minutes)
    paper["end"] = {"after": f"{minutes} min"}
    return json.dumps(paper)  # which is YAML, too


def _over_again(orders: Any, minutes: int) -> list[dict[str, Any]]:
    """The orders that go by the clock, again in every round."""
    listed = orders if isinstance(orders, list) else [orders]
    timed = [order for order in listed if "when" not in order]
    rounds = range(0, 60 * minutes, ROUND_S)
    again = [
        {**order, "after": f"{start + _seconds(order)} s"}
        for start in rounds
        for order in timed
        if start == 0 or "after" in order
    ]
    return [order if _seconds(order) else timed[0] for order in again]


def _seconds(order: dict[str, Any]) -> int:
    return int(str(order.get("after", "0 s")).split()[0])


def state_of(engine: Engine) -> dict[str, float]:
    """What the file says of those on their feet and of the clearing's ground, as it is now."""
    state, world = engine.state, engine.world
    fighters, ground = state.fighters, state.ground
    here = fighters["status"] == w.UP
    blood = 0.01 * (world.traits["blood"][here].astype(float) - fighters["blood"][here])
    middle = _metres_in(world)
    found = {
        "fighters on their feet": float(here.sum()),
        "dead": float((fighters["status"] == w.DEAD).sum()),
        "fatigue": float(fighters["fatigue"][here].mean()),
        "energy left": float(fighters["energy"][here].mean()),
        "fear": float(fighters["fear"][here].mean()),
        "morale": float(fighters["morale"][here].mean()),
        "blood lost, mL": float(blood.mean()),
    }
    shed = 1e-5 * (ground["soaked"][middle].astype(float) + ground["pool"][middle])
    found["blood on the clearing, L/m²"] = float(shed.mean())
    found["grass on the clearing, %"] = float(ground["grass"][middle].mean()) / 655.35
    return found


def _metres_in(world: Any) -> np.ndarray:
    """Numbers of the square metres of ground in the clearing."""
    columns, lines = ground_shape(float(world.size[0]), float(world.size[1]))
    x, y = np.arange(columns) + 0.5, np.arange(lines) + 0.5
    (mx, my), radius = MIDDLE
    inside = (x[None, :] - mx) ** 2 + (y[:, None] - my) ** 2 <= radius * radius
    return np.flatnonzero(inside.ravel())


def fight(text: str, seed: int, minutes: int, every: int) -> list[dict[str, float]]:
    """The state at the start and at each ``every`` minutes."""
    battle = build(parse(text), seed)
    engine = Engine(battle)
    engine.open()
    states = [state_of(engine)]
    ticks = round(60 * every / battle.world.clock[0])
    for _ in range(minutes // every):
        for _ in range(ticks):
            engine.tick()
        states.append(state_of(engine))
    return states


def table(seeds: int, minutes: int, every: int) -> list[str]:
    """In Markdown; averages over seeds."""
    as_written = state_of(_opened(FILE.read_text(encoding="utf-8")))
    runs = [fight(fresh(minutes), seed, minutes, every) for seed in range(1, seeds + 1)]
    times = [f"{every * k} min" for k in range(len(runs[0]))]
    lines = [f"| | the file | {' | '.join(times)} |", f"|---|{'---|' * (len(times) + 1)}"]
    for what, value in as_written.items():
        later = [np.mean([run[k][what] for run in runs]) for k in range(len(times))]
        lines.append(f"| {what} | {_told(value)} | {' | '.join(map(_told, later))} |")
    return lines


def _opened(text: str) -> Engine:
    engine = Engine(build(parse(text), 1))
    engine.open()
    return engine


def _told(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, default=40)
    parser.add_argument("--every", type=int, default=20)
    parser.add_argument("--seeds", type=int, default=3)
    asked = parser.parse_args()
    print("\n".join(table(asked.seeds, asked.minutes, min(asked.every, asked.minutes))))


if __name__ == "__main__":
    main()
