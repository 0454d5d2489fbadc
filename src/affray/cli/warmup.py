"""``affray warmup``: compile everything that a run needs, ahead of the first run."""

from __future__ import annotations

from affray.cli.options import Quiet


def command(quiet: Quiet = False) -> None:
    """Compile ahead, so that the first battle begins at once."""
    from time import perf_counter

    from affray.cli.watching import Watching
    from affray.report.clock import span
    from affray.run import warm

    began = perf_counter()
    with Watching(1.0, quiet) as watching:
        warm(watching.compiling)
    if not quiet:
        print(f"ready, after {span(perf_counter() - began)}")
