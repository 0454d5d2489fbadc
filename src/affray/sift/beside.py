"""The patterns that go with a battle: a bundled one's in ``battles/beats/``, those of a file
``NAME.yaml`` in ``NAME.beats.yaml`` beside it.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from affray.sift.reading import Sieve, parse_sieve, read_sieve


def sieve_beside(battle: str) -> Sieve | None:
    """The patterns that go with a battle, called as on the command line; None: there are none.

    Raises ScenarioError if they are at fault.
    """
    path = Path(battle)
    if path.suffix in (".yaml", ".yml"):
        own = path.with_suffix(".beats.yaml")
        return read_sieve(own) if own.is_file() else None
    file = resources.files("affray") / "battles" / "beats" / f"{battle}.yaml"
    if not file.is_file():
        return None
    return parse_sieve(file.read_text(encoding="utf-8"), f"beats/{battle}.yaml")
