"""Golden hashes of every bundled battle: ``python -m tests.golden --write`` writes them anew.

They say when the rules have changed, on purpose or not. Whoever writes them says why in the
commit.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from affray.engine.tick import Engine
from affray.scenario import bundled, load_bundled
from affray.scenario.build import build

PATH = Path(__file__).with_suffix(".json")
SEED = 1
FIGHTERS = 300  # at most: larger battles are scaled down
TICKS = (0, 1, 10, 50, 100, 200)

Hashes = dict[str, dict[str, str]]


def hashes_of(name: str) -> dict[str, str]:
    """The hash of a bundled battle at a few ticks, in hexadecimal."""
    scenario = load_bundled(name)
    if scenario.fighters() > FIGHTERS:
        scenario = load_bundled(name, (f"size={FIGHTERS}",))
    engine = Engine(build(scenario, SEED))
    engine.open()
    found = {}
    for tick in range(max(TICKS) + 1):
        if tick > 0:
            engine.tick()
        if tick in TICKS:
            found[str(tick)] = f"{engine.hash:016x}"
    engine.close()
    return found


def current() -> Hashes:
    """The hashes that the rules give now."""
    return {name: hashes_of(name) for name in bundled()}


def written() -> Hashes:
    """The hashes that were last written."""
    return json.loads(PATH.read_text(encoding="utf-8"))


def main() -> int:
    """Compare, or with ``--write`` write anew; 1 if they differ."""
    parser = argparse.ArgumentParser(prog="python -m tests.golden", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write tests/golden.json anew")
    now = current()
    if parser.parse_args().write:
        PATH.write_text(json.dumps(now, indent=2) + "\n", encoding="utf-8")
        print(f"wrote {PATH.name}: {len(now)} battles")
        return 0
    before = written()
    changed = [name for name in now if now[name] != before.get(name)]
    print("unchanged" if not changed else f"changed: {', '.join(changed)}")
    return int(bool(changed))


if __name__ == "__main__":
    raise SystemExit(main())
