"""``affray resume DIR``: take up a run that was killed, interrupted or asked to go only so far."""

from __future__ import annotations

from affray.cli.options import Json, Quiet, Recorded, Threads, Until, seconds_of


def command(
    recording: Recorded,
    until: Until = None,
    threads: Threads = None,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Run a stopped recording on, to the same end."""
    until_s = None if until is None else seconds_of(until, "--until")
    from affray.cli.result import report, resumable
    from affray.cli.watching import Watching
    from affray.record import Recording
    from affray.run import resume

    opened = Recording.open(recording)
    with resumable(recording), Watching(opened.manifest["dt_s"], quiet or json) as watching:
        resume(
            recording,
            until_s=until_s,
            threads=threads,
            progress=watching.progress,
            compiling=watching.compiling,
        )
    report(recording, watching, json, quiet)
