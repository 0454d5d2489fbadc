"""``affray schema``: JSON Schema, so that editors complete and check scenario files."""

from __future__ import annotations


def command() -> None:
    """Print the JSON Schema of scenario files, for editors."""
    from affray.cli.screen import print_json
    from affray.scenario import schema

    print_json(schema())
