"""``affray sift DIR PATTERNS``: which patterns of events came about in a recorded battle."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from affray.cli.options import Json, Recorded
from affray.cli.values import place


def command(
    recording: Recorded,
    patterns: Annotated[
        Path | None,
        typer.Argument(
            metavar="[PATTERNS]",
            parser=place("a file of patterns"),
            help="A file of patterns.  [default: those that go with the bundled battle]",
            show_default=False,
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Say which patterns of events came about, when, and who had which role."""
    from affray.cli.screen import print_json
    from affray.record import Recording
    from affray.sift import read_sieve, sieve_beside, sift_recording
    from affray.world.errors import UsageError

    opened = Recording.open(recording)
    name = opened.manifest["scenario_name"]
    sieve = sieve_beside(name) if patterns is None else read_sieve(patterns)
    if sieve is None:
        raise UsageError(f"no patterns go with '{name}'; name a file of them: PATTERNS.yaml")
    found = sift_recording(sieve, opened)
    if json:
        print_json(found.as_data())
        return
    print(found)
