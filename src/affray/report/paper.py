"""The scenario that a recording was fought by: the paper in it, with every intervention over it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from affray.record import Recording
    from affray.scenario import Scenario

_KEPT = 4  # papers that stay read: what is said of one recording asks for its own several times


def scenario_of(recording: Recording) -> Scenario:
    """The checked scenario of a recording, at its size, as its last tick was fought.

    Raises RecordingError or ScenarioError if it is damaged or of another version.
    """
    changes = tuple(tuple(one["set"]) for one in recording.manifest["interventions"])
    return _read(recording.scenario, str(recording.path / "scenario.yaml"), changes)


@lru_cache(_KEPT)
def _read(paper: bytes, filename: str, changes: tuple[tuple[str, ...], ...]) -> Scenario:
    """The scenario on a paper, changed by each intervention in turn. It is frozen, so it can be
    shared.
    """
    from affray.scenario import parse_changed, scaled

    return scaled(parse_changed(paper, filename, changes))
