"""What a battle has let go of is the system's again, and no hole in this process."""

from __future__ import annotations

import resource
import subprocess
import sys
import weakref
from pathlib import Path
from typing import Any

import pytest

from affray.engine.tick import Engine
from affray.scenario.build import build
from affray.world.memory import UNLIMITED, free_bytes
from tests.run.fights import skirmish

CHURN = """
import numpy as np
from affray.world.heap import hand_back_freed

def held():
    line = next(line for line in open("/proc/self/status") if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024

if {handed_back}:
    hand_back_freed()
first = np.ones(4 << 20, np.uint8)
del first  # from now on glibc left to itself keeps blocks of this size
before = held()
many = [np.ones(2 << 20, np.uint8) for _ in range(50)]
kept = [many[-1], np.ones(1000, np.uint8)]  # at the end of the heap
del many
print(held() - before)
"""


PIECES = """
import numpy as np
from affray.world.heap import hand_back_now

def held():
    line = next(line for line in open("/proc/self/status") if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024

before = held()
many = [np.ones(20_000, np.uint8) for _ in range(5_000)]
kept = np.ones(20_000, np.uint8)  # at the end of the heap
del many
if {handed_back}:
    hand_back_now()
print(held() - before)
"""


def held_mb(churn: str, handed_back: bool) -> float:
    """Megabytes held after a hundred of them came and nearly all of them went."""
    command = [sys.executable, "-c", churn.format(handed_back=handed_back)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux says what is held")
@pytest.mark.parametrize("churn", [CHURN, PIECES], ids=["blocks", "pieces"])
def test_what_is_freed_goes_back_to_the_system(churn: str) -> None:
    """Left to itself, glibc keeps what lies below the last block, large or small."""
    assert held_mb(churn, handed_back=True) < 10.0
    if sys.platform == "linux" and held_mb(churn, handed_back=False) < 50.0:
        pytest.skip("this C library has no such habit")


def test_limits_on_memory_are_heeded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The least of what the machine, the process and every group around it leave is free."""

    def lies(name: str, text: str) -> None:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="ascii")

    assert free_bytes(tmp_path) == UNLIMITED
    lies("proc/meminfo", "MemTotal: 9000 kB\nMemAvailable: 8000 kB\n")
    assert free_bytes(tmp_path) == 8_192_000
    lies("proc/self/cgroup", "1:cpu:/\n4:memory:/box/inner\n0::/unit\n")
    lies("sys/fs/cgroup/memory/box/memory.limit_in_bytes", "5000000\n")
    lies("sys/fs/cgroup/memory/box/memory.usage_in_bytes", "2000000\n")
    lies("sys/fs/cgroup/memory/box/memory.stat", "cache 9\ntotal_inactive_file 500000\n")
    assert free_bytes(tmp_path) == 3_500_000
    lies("sys/fs/cgroup/unit/memory.max", "max\n")
    lies("sys/fs/cgroup/memory.max", "3000000\n")
    lies("sys/fs/cgroup/memory.current", "1000000\n")
    assert free_bytes(tmp_path) == 2_000_000
    lies("proc/self/statm", "100 7 7\n")
    taken = 100 * resource.getpagesize()
    monkeypatch.setattr(resource, "getrlimit", lambda _: (taken + 1234, taken + 1234))
    assert free_bytes(tmp_path) == 1234


def test_blows_are_gone_before_the_rest_of_a_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a tick's blows, of which a large battle has many, nothing is held once they are struck."""
    struck: list[weakref.ref[Any]] = []
    alive: list[bool] = []
    resolve, settle = Engine._resolve, Engine._settle

    def resolving(self: Engine, blows: Any) -> Any:
        if len(blows):
            struck.append(weakref.ref(blows))
        return resolve(self, blows)

    def settling(self: Engine) -> None:
        alive.extend(blows() is not None for blows in struck)
        settle(self)

    engine = Engine(build(skirmish(), 1))
    engine.open()
    monkeypatch.setattr(Engine, "_resolve", resolving)
    monkeypatch.setattr(Engine, "_settle", settling)
    for _ in range(60):
        engine.tick()
    engine.close()
    assert struck
    assert not any(alive)
