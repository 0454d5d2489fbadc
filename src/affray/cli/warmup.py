"""``affray warmup``: compile everything that a run needs, ahead of the first run."""

from __future__ import annotations

from affray.cli.options import Json, Quiet


def command(quiet: Quiet = False, json: Json = False) -> None:
    """Compile ahead, so that the first battle begins at once."""
    from time import perf_counter

    from affray.cli.screen import print_json
    from affray.cli.watching import Watching
    from affray.report.clock import span
    from affray.run import warm

    began = perf_counter()
    with Watching(1.0, quiet or json) as watching:
        warm(watching.compiling)
    took_s = perf_counter() - began
    if json:
        print_json({"elapsed_s": round(took_s, 3)})
    elif not quiet:
        print(f"ready, after {span(took_s)}")
