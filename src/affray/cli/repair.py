"""``affray repair DIR``: drop what is damaged and keep what can be read."""

from __future__ import annotations

from affray.cli.options import Json, Recorded
from affray.cli.verify import whole_to


def command(recording: Recorded, json: Json = False) -> None:
    """Drop what is damaged, and keep what can be read."""
    from affray.cli.screen import print_json
    from affray.record import Recording, repair

    dropped = repair(recording)
    opened = Recording.open(recording)
    if json:
        last = opened.last_tick if opened.last_tick >= opened.first_tick else None
        ended = opened.manifest["ended"]
        print_json({"dropped": dropped, "last_tick": last, "ended": ended})
        return
    for line in dropped:
        print(line)
    if not dropped:
        print(f"nothing to mend: {whole_to(opened)}")
    elif opened.last_tick < opened.first_tick:
        print("mended; no tick is left")
    else:
        print(f"mended: {whole_to(opened)}")
        if opened.manifest["ended"] is None:
            print(f"go on from there with:  affray resume {recording}")
