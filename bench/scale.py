"""How time grows with fighters, what a second thread gives, a small battle."""

from __future__ import annotations

from functools import partial

from bench.fights import Fight, living
from bench.machine import Machine
from bench.sample import Sample, in_turns, slope
from bench.table import Row, figure, promised

ENOUGH = 150_000  # fighters that a part of a round should have, by copies of smaller battles


class Group:
    """Copies of one fight, timed together so that small sizes are measured as long as large."""

    def __init__(self, size: int, threads: int, most: int = 8) -> None:
        copies = min(most, max(1, ENOUGH // size))
        self.fights = [Fight(size, threads) for _ in range(copies)]

    def nanoseconds(self, ticks: int) -> float:
        """Nanoseconds per living fighter and tick over the next ticks, the first one untimed."""
        seconds, fighter_ticks = 0.0, 0
        for fight in self.fights:
            seconds += fight.tick_seconds(ticks, untimed=1) * ticks
            fighter_ticks += living(fight.engine) * ticks
        return seconds / fighter_ticks * 1e9

    def hashes(self) -> set[int]:
        """The hash of every copy: one, if the law holds."""
        return {fight.engine.hash for fight in self.fights}

    def close(self) -> None:
        """Let the threads go."""
        for fight in self.fights:
            fight.close()


def measure(sizes: tuple[int, ...], rounds: int, ticks: int, full_size: bool) -> list[Row]:
    """All sizes with one and two threads, in turns, over the same stretch of the battle."""
    groups = {(size, threads): Group(size, threads) for size in sizes for threads in (1, 2)}
    names = {f"{size} {threads}": key for key in groups for size, threads in [key]}
    machines = {"spin 1": Machine(1), "spin 2": Machine(2)}
    taken = in_turns(
        {name: partial(groups[key].nanoseconds, ticks) for name, key in names.items()}
        | {name: machine.spin_seconds for name, machine in machines.items()},
        rounds,
    )
    by = {key: taken[name] for name, key in names.items()}
    same = all(len(groups[size, 1].hashes() | groups[size, 2].hashes()) == 1 for size in sizes)
    for group in groups.values():
        group.close()
    for machine in machines.values():
        machine.close()
    exponents = {
        threads: Sample(
            tuple(
                1 + slope([(size, by[size, threads].values[k]) for size in sizes])
                for k in range(rounds)
            )
        )
        for threads in (1, 2)
    }
    largest = sizes[-1]
    hashes = "same hashes with 1 and 2 threads" if same else "HASHES DIFFER with 1 and 2 threads"
    rows = [
        promised(
            "growth",
            exponents[2],
            f"exponent of the whole tick's time, 2 threads, over {_named(sizes)} fighters; "
            "1 is linear. Small battles run on one thread by the engine's own choice, which "
            "flatters the exponent: see the one with 1 thread throughout",
            full_size,
        ),
        promised("threads", by[largest, 1].over(by[largest, 2]), hashes, full_size),
        figure(
            "threads",
            "the machine itself, 1 → 2 threads of plain computing",
            "×",
            taken["spin 1"].over(taken["spin 2"]),
            "no engine gains more from the second thread; near 2 only if nothing else runs",
        ),
        figure("growth", "exponent with 1 thread throughout", "exponent", exponents[1]),
    ]
    for (size, threads), sample in by.items():
        what = f"press at {size:,}, {threads} thread{'s' * (threads > 1)}"
        rows.append(figure("growth", what, "ns a fighter and tick", sample))
    return rows


def _named(sizes: tuple[int, ...]) -> str:
    return ", ".join(f"{size:,}" for size in sizes)


def measure_small(rounds: int, ticks: int) -> list[Row]:
    """A battle of 200 on one thread, tick by tick."""
    fights = [Fight(200, threads=1) for _ in range(rounds)]
    values = [fight.tick_seconds(ticks) * 1e6 for fight in fights]
    alive = living(fights[0].engine)
    for fight in fights:
        fight.close()
    return [
        promised(
            "small",
            Sample(tuple(values)),
            f"press scaled to 200; mean of its first {ticks} ticks, after which {alive} live",
        )
    ]
