"""``affray repair DIR``: drop what is damaged and keep what can be read."""

from __future__ import annotations

from affray.cli.options import Recorded
from affray.cli.verify import whole_to


def command(recording: Recorded) -> None:
    """Drop what is damaged, and keep what can be read."""
    from affray.record import Recording, repair

    dropped = repair(recording)
    for line in dropped:
        print(line)
    opened = Recording.open(recording)
    if not dropped:
        print(f"nothing to mend: {whole_to(opened)}")
    elif opened.last_tick < opened.first_tick:
        print("mended; no tick is left")
    else:
        print(f"mended: {whole_to(opened)}")
        if opened.manifest["ended"] is None:
            print(f"go on from there with:  affray resume {recording}")
