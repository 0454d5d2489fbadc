"""How much memory this process can still have: what the machine has free, and what limits allow.

A container's limit (cgroups, of either version) and that of the process itself (``ulimit -v``)
may be far below what the machine has.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

try:
    import resource
except ImportError:  # Windows: no such limits
    resource = None  # type: ignore[assignment]

UNLIMITED = 1 << 60  # where the system does not say


def free_bytes(root: Path = Path("/")) -> int:
    """Memory that can still be had, or ``UNLIMITED``. ``root``: where proc and sys lie."""
    return max(0, min(_of_machine(root), _of_process(root), _of_groups(root)))


def _of_machine(root: Path) -> int:
    for line in _lines(root / "proc/meminfo"):
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return UNLIMITED


def _of_process(root: Path) -> int:
    """What the limit of the address space leaves."""
    if resource is None:
        return UNLIMITED
    soft = resource.getrlimit(resource.RLIMIT_AS)[0]
    taken = next(iter(_lines(root / "proc/self/statm")), "0").split()
    if soft == resource.RLIM_INFINITY:
        return UNLIMITED
    return soft - int(taken[0]) * resource.getpagesize()


def _of_groups(root: Path) -> int:
    """What the group of this process leaves, and each group around it."""
    return min((_left(*group) for group in _groups(root)), default=UNLIMITED)


def _groups(root: Path) -> Iterator[tuple[Path, str, str]]:
    """Folder of each group, and its files of the limit and of what is taken."""
    for line in _lines(root / "proc/self/cgroup"):
        _, controllers, path = line.split(":", 2)
        if controllers == "":
            top, names = root / "sys/fs/cgroup", ("memory.max", "memory.current")
        elif "memory" in controllers.split(","):
            top = root / "sys/fs/cgroup/memory"
            names = ("memory.limit_in_bytes", "memory.usage_in_bytes")
        else:
            continue
        inner = top / path.strip().lstrip("/")
        for folder in (inner, *inner.parents):
            yield folder, *names
            if folder == top:
                break


def _left(folder: Path, limit: str, taken: str) -> int:
    """The limit less what is taken, of which the cache of unused files can be had back."""
    allowed = next(iter(_lines(folder / limit)), "max")
    if not allowed.isdigit():
        return UNLIMITED
    used = int(next(iter(_lines(folder / taken)), "0"))
    idle = [
        int(line.split()[1])
        for line in _lines(folder / "memory.stat")
        if line.startswith(("inactive_file ", "total_inactive_file "))
    ]
    return int(allowed) - used + max(idle, default=0)


def _lines(path: Path) -> list[str]:
    """The lines of a file of the system; none if there is no such file."""
    try:
        return path.read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        return []
