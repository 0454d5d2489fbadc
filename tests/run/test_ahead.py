"""Compiling in several processes at once: whoever dies, everything is compiled, and once."""

from __future__ import annotations

import pytest

from affray.run import ahead

ECHO = "import sys\nfor line in sys.stdin: print(line.strip(), flush=True)"
DIES_AT_ONCE = "raise SystemExit(1)"
DIES_AT_WORK = "import sys; sys.stdin.readline()"
SAYS_NONSENSE = "import sys\nfor line in sys.stdin: print('?', flush=True)"


class Kernel:
    """Notes that it was compiled in this process."""

    types = ()

    def __init__(self, name: str, compiled: list[str]) -> None:
        self._name, self._compiled = name, compiled

    def compile(self, _types: object) -> None:
        self._compiled.append(self._name)


def compiled_here(monkeypatch: pytest.MonkeyPatch, serve: str) -> tuple[list[str], list[str]]:
    """Names of the kernels compiled in this process, and of those that were told of."""
    monkeypatch.setattr(ahead, "_SERVE", serve)
    here: list[str] = []
    told: list[str] = []
    kernels = {name: Kernel(name, here) for name in map(str, range(200))}
    ahead.compile_ahead(kernels, 2, lambda _ready, name: told.append(name))  # type: ignore[arg-type]
    return here, told


def test_others_take_their_share(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each kernel is begun once, here or elsewhere."""
    here, told = compiled_here(monkeypatch, ECHO)
    assert sorted(told, key=int) == [str(number) for number in range(200)]
    assert set(here) <= set(told)


@pytest.mark.parametrize("serve", [DIES_AT_ONCE, DIES_AT_WORK, SAYS_NONSENSE])
def test_what_others_leave_undone_is_done_here(monkeypatch: pytest.MonkeyPatch, serve: str) -> None:
    """Others who die, at once or over a kernel, or do something else, cost nothing but time."""
    here, _ = compiled_here(monkeypatch, serve)
    assert sorted(here, key=int) == [str(number) for number in range(200)]
