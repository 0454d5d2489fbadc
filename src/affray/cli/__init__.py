"""The command line: one file a command, each a thin layer over what Python offers too.

The commands are loaded inside ``main``, so that Ctrl-C says no more while they are than later;
what is loaded before it is next to nothing.
"""

from __future__ import annotations

import sys


def main() -> None:
    """The console script ``affray``."""
    try:
        from affray.cli.commands import app

        app(prog_name="affray")
    except KeyboardInterrupt:
        print("affray: interrupted", file=sys.stderr)
        sys.exit(130)
