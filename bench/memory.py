"""Memory per fighter with everything, in a process of its own.

As a script (``python -m bench.memory SIZE TICKS``) it is that process: it imports everything,
notes what an idle Python then holds, runs `press` with events recorded, and says the peaks.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from bench.sample import Sample
from bench.table import Row, figure, promised

ROOT = Path(__file__).resolve().parent.parent
STATUS = Path("/proc/self/status")


def resident_bytes(key: str = "VmRSS") -> int:
    """What the process holds (VmRSS), or its peak so far (VmHWM), as Linux says it."""
    for line in STATUS.read_text(encoding="ascii").splitlines():
        if line.startswith(key + ":"):
            return int(line.split()[1]) * 1024
    raise OSError(f"{STATUS} does not say {key}")


def forget_peak() -> None:
    """Let VmHWM begin anew from what is held now."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def probe(size: int, ticks: int) -> dict[str, Any]:
    """Bytes a fighter at the peak of building and of running, beyond an idle Python."""
    import affray.run
    from affray.scenario import load_bundled
    from affray.scenario.scaling import scaled
    from affray.world.battlefield import memory_needed

    peaks: list[int] = []

    def run(scenario: object, folder: Path) -> None:
        def before_tick() -> bool:
            if len(peaks) < 1:
                peaks.append(resident_bytes("VmHWM"))
                forget_peak()
            return False

        affray.run.execute(
            scenario,  # type: ignore[arg-type]
            out=folder, until_s=ticks * 0.2, threads=2, level="events", stop=before_tick,
        )  # fmt: skip

    with tempfile.TemporaryDirectory(prefix="affray-bench-") as folder:
        run(load_bundled("duel"), Path(folder) / "duel")  # imports and compiles all that is needed
        peaks.clear()
        forget_peak()
        idle = resident_bytes()
        scenario = load_bundled("press", (f"size={size}",))
        run(scenario, Path(folder) / "press")
        ran = resident_bytes("VmHWM")
    width, height = scaled(scenario).field.size
    estimate = memory_needed(size, len(scenario.sides), width, height)
    return {
        "idle": idle,
        "built": (peaks[0] - idle) / size,
        "ran": (ran - idle) / size,
        "estimate": {name: taken / size for name, taken in estimate.items()},
    }


def measure(size: int, ticks: int, full_size: bool) -> list[Row]:
    """Peak memory of a run of `press` beyond an idle Python with everything imported."""
    if not STATUS.exists():
        return [promised("memory", None, "needs Linux's /proc")]
    done = subprocess.run(
        [sys.executable, "-m", "bench.memory", str(size), str(ticks)],
        cwd=ROOT, env=os.environ.copy(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        return [promised("memory", None, f"the battle's process failed: {last}")]
    said = json.loads(done.stdout.splitlines()[-1])
    note = (
        f"peak of resident memory of a recorded run (events) of press at {size:,}, building and "
        f"{ticks} ticks, beyond the {said['idle'] / 2**20:.0f} MiB of an idle Python with "
        "everything imported and compiled"
    )
    unit, tables = "bytes a fighter", said["estimate"]
    return [
        promised("memory", Sample((max(said["built"], said["ran"]),)), note, full_size),
        figure("memory", "peak up to the first tick", unit, Sample((said["built"],))),
        figure("memory", "peak from the first tick on", unit, Sample((said["ran"],))),
        figure(
            "memory",
            "what affray estimates beforehand",
            unit,
            Sample((sum(tables.values()),)),
            ", ".join(f"{name} {taken:.0f}" for name, taken in tables.items()),
        ),
    ]


if __name__ == "__main__":
    print(json.dumps(probe(int(sys.argv[1]), int(sys.argv[2]))))
