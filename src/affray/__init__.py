"""affray: battles in which every fighter sees, decides, tires and fears for themself.

    import affray

    run = affray.load("cannae").run(seed=7)
    print(run.summary())
    other = run.fork(at="90 s", set={"parameters.fear.wound_shock": 0})

The same scenario, seed and interventions give the same battle, to the bit.
"""

from __future__ import annotations

from affray._version import __version__

TYPE_CHECKING = False  # as type checkers know it; typing would be most of the time of an import
if TYPE_CHECKING:
    from affray._face import Run, Scenario, bundled, load, open, repeat, warm
    from affray.scenario import Battle
    from affray.world.errors import (
        AffrayError,
        LimitError,
        RecordingError,
        ReplayError,
        ScenarioError,
        UsageError,
    )
del TYPE_CHECKING

__all__ = [  # noqa: RUF022 (sorted as people sort, whatever the case)
    "__version__",
    "AffrayError",
    "Battle",
    "bundled",
    "LimitError",
    "load",
    "open",
    "RecordingError",
    "repeat",
    "ReplayError",
    "Run",
    "Scenario",
    "ScenarioError",
    "UsageError",
    "warm",
]

# loaded when first asked for, so that `import affray` is quick
_FROM = {
    "affray._face": ("Run", "Scenario", "bundled", "load", "open", "repeat", "warm"),
    "affray.scenario": ("Battle",),
    "affray.world.errors": (
        "AffrayError",
        "LimitError",
        "RecordingError",
        "ReplayError",
        "ScenarioError",
        "UsageError",
    ),
}
_MODULE_OF = {name: module for module, names in _FROM.items() for name in names}


def __getattr__(name: str) -> object:
    import importlib

    if name not in _MODULE_OF:
        raise AttributeError(f"module 'affray' has no attribute {name!r}")
    found = getattr(importlib.import_module(_MODULE_OF[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
