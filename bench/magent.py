"""The peer in a process of its own: magent2's gridworld battle, measured on request.

Started by ``peer.py``; never imported by it, so that the benchmark runs without magent2. Set up
like magent2's own ``battle_v4`` (two squares of fighters, 0.08 fighters to a cell, observations of
13 x 13 cells), through its low-level interface, which is its fastest, and through its public one
(PettingZoo's), which hands every agent a copy. Speaks lines of JSON.
"""

from __future__ import annotations

import json
import math
import sys
import time
from typing import Any

import numpy as np

PER_CELL = 0.04  # fighters of one side to a cell of the map, as in battle_v4
GAP = 3


def width_of(size: int) -> int:
    """Cells along a side of the map for about ``size`` fighters."""
    return round(math.sqrt(size / (2 * PER_CELL)))


def drawn(count: int, turn: int, actions: int) -> np.ndarray:
    """``count`` actions: a hash of turn and number, so that runs repeat."""
    h = np.arange(count, dtype=np.uint64) + np.uint64(turn << 32)
    h *= np.uint64(0x9E3779B97F4A7C15)
    h ^= h >> np.uint64(31)
    h *= np.uint64(0xD6E8FEB86659FD93)
    h ^= h >> np.uint64(32)
    return (h % np.uint64(actions)).astype(np.int32)


class Gridworld:
    """A magent2 battle of about ``size`` fighters under random actions."""

    def __init__(self, size: int) -> None:
        from magent2.environments.battle.battle import default_reward_args, get_config
        from magent2.gridworld import GridWorld

        self.width = width_of(size)
        self.env: Any = GridWorld(
            get_config(self.width, False, 1, **default_reward_args), map_size=self.width
        )
        self.sides = self.env.get_handles()
        self.steps = 0
        self.begin()

    def begin(self) -> None:
        """Both squares anew."""
        self.env.reset()
        side = int(math.sqrt(self.width * self.width * PER_CELL)) * 2
        low = (self.width - side) // 2
        middle = self.width // 2
        for handle, left in zip(self.sides, (middle - GAP - side, middle + GAP), strict=True):
            places = [
                [x, y, 0]
                for x in range(left, left + side, 2)
                for y in range(low, low + side, 2)
                if 0 < x < self.width - 1 and 0 < y < self.width - 1
            ]
            self.env.add_agents(handle, method="custom", pos=places)

    def living(self) -> int:
        """Fighters of both sides."""
        return sum(self.env.get_num(handle) for handle in self.sides)

    def orders(self, handle: Any) -> np.ndarray:
        """An action for everybody of a side."""
        count = self.env.get_num(handle)
        actions = self.env.get_action_space(handle)[0]
        return drawn(count, self.steps * 2 + handle.value, actions)

    def run(self, steps: int, observe: bool) -> dict[str, float]:
        """Seconds and fighter-steps of the next steps, with or without observations."""
        seconds, fighter_steps = 0.0, 0
        for _ in range(steps):
            if min(self.env.get_num(handle) for handle in self.sides) == 0:
                self.begin()
            orders = [self.orders(handle) for handle in self.sides]
            fighter_steps += self.living()
            began = time.perf_counter()
            if observe:
                for handle in self.sides:
                    self.env.get_observation(handle)
            for handle, order in zip(self.sides, orders, strict=True):
                self.env.set_action(handle, order)
            self.env.step()
            self.env.clear_dead()
            seconds += time.perf_counter() - began
            self.steps += 1
        return {"seconds": seconds, "fighter_steps": fighter_steps}


class Public:
    """The same battle as ``battle_v4`` offers it: a step returns everybody's observation."""

    def __init__(self, size: int) -> None:
        from magent2.environments import battle_v4

        self.env: Any = battle_v4.parallel_env(map_size=width_of(size))
        self.env.reset()
        self.steps = 0

    def run(self, steps: int) -> dict[str, float]:
        """Seconds and fighter-steps of the next steps."""
        seconds, fighter_steps = 0.0, 0
        for _ in range(steps):
            if not self.env.agents:
                self.env.reset()
            agents = list(self.env.agents)
            actions = self.env.action_space(agents[0]).n
            orders = dict(zip(agents, drawn(len(agents), self.steps, actions), strict=True))
            fighter_steps += len(agents)
            began = time.perf_counter()
            self.env.step(orders)
            seconds += time.perf_counter() - began
            self.steps += 1
        return {"seconds": seconds, "fighter_steps": fighter_steps}


def serve() -> None:
    """Answer requests until there are no more."""
    worlds: dict[int, Gridworld] = {}
    public: dict[int, Public] = {}
    for line in sys.stdin:
        ask = json.loads(line)
        size = int(ask["size"])
        if ask["how"] == "public":
            if size not in public:
                public = {size: Public(size)}
            answer = public[size].run(int(ask["steps"]))
        else:
            if size not in worlds:
                worlds = {size: Gridworld(size)}
            answer = worlds[size].run(int(ask["steps"]), observe=ask["how"] == "observe")
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    serve()
