"""``affray info DIR``: the summary of a recording, from the recording alone."""

from __future__ import annotations

from affray.cli.options import Json, Recorded


def command(recording: Recorded, json: Json = False) -> None:
    """Say again how a battle went."""
    from affray.cli.result import print_next, print_summary
    from affray.cli.screen import print_json
    from affray.record import Recording
    from affray.report.summary import summarise

    summary = summarise(Recording.open(recording))
    if json:
        print_json({**summary.as_data(), "path": str(recording)})
        return
    print_summary(summary)
    print()
    print_next(recording, summary)
