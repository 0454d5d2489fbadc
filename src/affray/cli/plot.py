"""``affray plot DIR``: pictures of a recording."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from affray.cli.options import Json, Recorded, tick_in, ticks_in
from affray.cli.values import place, whole

MOST_PANELS = 48
PICTURES = (".png", ".svg", ".pdf", ".jpg", ".jpeg")  # how the name of a picture ends


def command(
    recording: Recorded,
    at: Annotated[
        str | None,
        typer.Option(
            metavar="T", help="When to show the field: a tick, or a time.  [default: the end]"
        ),
    ] = None,
    film: Annotated[
        bool, typer.Option("--film", help="Draw who did what at many moments, on one sheet.")
    ] = False,
    panels: Annotated[
        int | None,
        typer.Option(metavar="N", parser=whole(2, MOST_PANELS), help="Of a film.  [default: 12]"),
    ] = None,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="T", help="A film from this tick, or time, on.")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="T", help="A film up to this tick, or time.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            parser=place("a folder"),
            help="Where to put the pictures.  [default: DIR/plots]",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Draw strengths, losses, morale, fatigue, the field; or a film of it."""
    from affray.record import Recording
    from affray.report.pictures.plot import plot, plot_film
    from affray.world.errors import UsageError

    if out is not None and out.suffix.lower() in PICTURES and not out.is_dir():
        raise UsageError(f"--out {out}: pictures get names of their own; name a folder for them")
    opened, folder = Recording.open(recording), out or recording / "plots"
    if film:
        if at is not None:
            raise UsageError("--film and --at exclude each other; a film takes --from and --to")
        _say([plot_film(opened, folder, panels, *ticks_in(opened, from_, to))], json)
        return
    if (panels, from_, to) != (None, None, None):
        raise UsageError("--panels, --from and --to are for a film; add --film")
    moment = None if at is None else tick_in(opened, at, "--at")
    _say(plot(opened, folder, moment), json)


def _say(pictures: Sequence[Path], json: bool) -> None:
    """Where the pictures are: a line each."""
    from affray.cli.screen import print_json

    if json:
        print_json({"pictures": [str(path) for path in pictures]})
        return
    for path in pictures:
        print(path)
