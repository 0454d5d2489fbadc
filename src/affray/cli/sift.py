"""``affray sift DIR PATTERNS``: which patterns of events came about in a recorded battle."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from affray.cli.options import Json, Recorded


def command(
    recording: Recorded,
    patterns: Annotated[
        Path, typer.Argument(metavar="PATTERNS", help="A file of patterns.", show_default=False)
    ],
    json: Json = False,
) -> None:
    """Say which patterns of events came about, when, and who had which role."""
    from affray.cli.screen import print_json
    from affray.record import Recording
    from affray.sift import read_sieve, sift_recording

    found = sift_recording(read_sieve(patterns), Recording.open(recording))
    if json:
        print_json(found.as_data())
        return
    print(found)
