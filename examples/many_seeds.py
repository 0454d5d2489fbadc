"""Fight one battle under many seeds, on all cores, and count.

One outcome is an anecdote. Seeds are independent of each other, so that each run is a task of its
own; give each one thread, since the cores are busy with the others already.
"""

import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import affray

BATTLE = "brawl"


def fight(seed: int) -> tuple[str, int]:
    """Who was left standing, and how many died."""
    scenario = affray.load(BATTLE, set={"record.level": "summary"})
    summary = scenario.run(seed=seed, threads=1).summary()
    left = [summary.sides[number].title for number in summary.steady_sides]
    return " and ".join(left) or "nobody", summary.dead


def main(seeds: int = 24) -> None:
    affray.warm()  # compile once, not in every process
    # "spawn" starts each process clean: threads of a compiled engine do not survive a fork
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        outcomes = list(pool.map(fight, range(1, seeds + 1)))
    held = Counter(left for left, _ in outcomes)
    for left, times in held.most_common():
        print(f"{times:4} × {left}")
    dead = sorted(number for _, number in outcomes)
    print(f"dead: {dead[0]} to {dead[-1]}, {dead[len(dead) // 2]} in the middle")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
