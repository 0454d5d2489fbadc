"""``affray plot DIR``: pictures of a recording."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from affray.cli.options import Recorded, tick_of, within


def command(
    recording: Recorded,
    at: Annotated[
        str | None,
        typer.Option(
            metavar="T", help="When to show the field: a tick, or a time.  [default: the end]"
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Where to put the pictures.  [default: DIR/plots]"),
    ] = None,
) -> None:
    """Draw strengths, losses, morale, fatigue, the field."""
    from affray.record import Recording
    from affray.report.plot import plot

    opened = Recording.open(recording)
    dt_s, tick = opened.manifest["dt_s"], None
    if at is not None:
        tick = within(tick_of(at, "--at", dt_s), "--at", opened.first_tick, opened.last_tick, dt_s)
    for path in plot(opened, out or recording / "plots", tick):
        print(path)
