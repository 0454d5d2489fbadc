"""``affray mechanisms``: what ``--off`` can switch off, one line each."""

from __future__ import annotations

from dataclasses import asdict

from affray.cli.options import Json


def command(json: Json = False) -> None:
    """What --off can switch off, one line each."""
    from affray.cli.screen import print_json
    from affray.scenario import mechanisms

    known = mechanisms().values()
    if json:
        print_json([asdict(mechanism) for mechanism in known])
        return
    longest = max(len(mechanism.name) for mechanism in known)
    for mechanism in known:
        rows = f" ({', '.join(mechanism.rows)})" if mechanism.rows else ""
        print(f"{mechanism.name:{longest}}  {mechanism.about}{rows}")
