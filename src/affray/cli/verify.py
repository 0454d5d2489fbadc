"""``affray verify DIR``: whether a recording is whole, to the byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from affray.cli.options import Json, Recorded

if TYPE_CHECKING:
    from affray.record import Recording


def command(recording: Recorded, json: Json = False) -> None:
    """Check every file of a recording against its checksum."""
    from affray.cli.screen import print_json
    from affray.record import Recording, verify
    from affray.world.errors import RecordingError

    problems = verify(recording)
    if json:
        print_json({"ok": not problems, "problems": problems})
        if problems:
            raise typer.Exit(RecordingError.exit_code)
        return
    if problems:
        lines = [f"{recording}: {problem}" for problem in problems]
        raise RecordingError("\n".join([*lines, f"Mend it with:  affray repair {recording}"]))
    opened = Recording.open(recording)
    ended = opened.manifest["ended"]
    how = f"ended: {ended}" if ended else f"not ended; go on with:  affray resume {recording}"
    print(f"ok: {whole_to(opened)} ({how})")


def whole_to(recording: Recording) -> str:
    """``whole to tick 99``, or that there is none."""
    if recording.last_tick < recording.first_tick:
        return "whole, and no tick is in it"
    return f"whole to tick {recording.last_tick}"
