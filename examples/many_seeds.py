"""Fight one battle under many seeds, on all cores, and count.

One outcome is an anecdote. The table has a row a run, for pandas, Polars or DuckDB.
"""

import sys
from collections import Counter

import affray

BATTLE = "brawl"


def main(seeds: int = 24) -> None:
    table = affray.repeat(BATTLE, seeds)
    for holder, times in Counter(table["holder"].to_pylist()).most_common():
        print(f"{times:4} × {holder or 'nobody alone'} held the field")
    columns = [name for name in table.column_names if name.endswith(".dead")]
    dead = sorted(sum(row.values()) for row in table.select(columns).to_pylist())
    print(f"dead: {dead[0]} to {dead[-1]}, {dead[len(dead) // 2]} in the middle")


if __name__ == "__main__":  # worker processes import this file again
    main(*map(int, sys.argv[1:2]))
