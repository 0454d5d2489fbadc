"""The scenario that a recording was fought by: the paper in it, with every intervention over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from affray.record import Recording
    from affray.scenario import Scenario


def scenario_of(recording: Recording) -> Scenario:
    """The checked scenario of a recording, at its size, as its last tick was fought.

    Raises RecordingError or ScenarioError if it is damaged or of another version.
    """
    from affray.scenario import apply_sets, parse, scaled
    from affray.world.errors import RecordingError

    scenario = parse(recording.scenario, str(recording.path / "scenario.yaml"))
    for intervention in recording.manifest["interventions"]:
        sets = intervention.get("set") if isinstance(intervention, dict) else None
        if not isinstance(sets, list) or not all(isinstance(text, str) for text in sets):
            raise RecordingError(
                f"{recording.path}: an intervention in its manifest is malformed. Copy the "
                "recording again from where it came"
            )
        scenario = apply_sets(scenario, sets)
    return scaled(scenario)
