"""``affray hash DIR``: the hashes by which two runs are known to be the same battle."""

from __future__ import annotations

from typing import Annotated

import typer

from affray.cli.options import Json, Recorded, tick_in
from affray.cli.values import whole

TICKS = 1_000_000_000  # more than any battle has


def command(
    recording: Recorded,
    every: Annotated[
        int | None,
        typer.Option(metavar="N", parser=whole(1, TICKS), help="Of every so many ticks."),
    ] = None,
    whole: Annotated[bool, typer.Option("--all", help="Of all ticks.")] = False,
    at: Annotated[
        str | None, typer.Option(metavar="T", help="Of one: a tick, or a time (5min, 4:12).")
    ] = None,
    json: Json = False,
) -> None:
    """Print hashes of ticks: equal hashes, equal battles."""
    from affray.cli.screen import print_json
    from affray.record import Recording
    from affray.world.errors import UsageError

    if sum((every is not None, whole, at is not None)) > 1:
        raise UsageError("--every, --all and --at exclude each other; give one of them")
    opened = Recording.open(recording)
    if at is not None:
        tick = tick_in(opened, at, "--at")
        chosen = [(tick, opened.hash_at(tick))]
    else:
        ticks, hashes = (column.tolist() for column in opened.hashes())
        if not ticks:
            raise UsageError(f"{recording}: holds no tick yet")
        chosen = list(zip(ticks, hashes, strict=True))
        if every is not None:
            chosen = [(tick, value) for tick, value in chosen if tick % every == 0]
        elif not whole:
            chosen = chosen[-1:]
    if json:
        print_json([{"tick": tick, "hash": f"{value:016x}"} for tick, value in chosen])
        return
    for tick, value in chosen:
        print(f"{tick}  {value:016x}")
