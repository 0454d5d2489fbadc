"""What a battle has let go of is the system's again, and no hole in this process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

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
