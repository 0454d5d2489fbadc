"""``affray info DIR``: the summary of a recording, from the recording alone."""

from __future__ import annotations

from affray.cli.options import Json, Recorded


def command(recording: Recorded, json: Json = False) -> None:
    """Say again how a battle went."""
    from affray.cli.result import print_next, print_summary
    from affray.cli.screen import print_json
    from affray.record import Recording
    from affray.report.roll import called
    from affray.report.summarise import summarise

    opened = Recording.open(recording)
    summary, roll = summarise(opened), called(opened)
    if json:
        rolled = {} if roll is None else {"roll": roll.as_data()}
        print_json({**summary.as_data(), **rolled, "path": str(recording)})
        return
    print_summary(summary)
    print()
    if roll is not None:
        print(f"{roll}\n")
    print_next(recording, summary)
