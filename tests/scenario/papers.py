"""Small scenarios that the tests write on."""

from __future__ import annotations

SMALL = """\
affray: 1
name: small
field: {size: [100, 80]}
sides:
  - {name: red}
  - {name: blue}
units:
  - {name: first, side: red, count: 20, place: [20, 40]}
  - {name: second, side: blue, count: 30, place: [80, 40], facing: west}
"""
"""A scenario that holds; line 1 is the version, line 3 the field, lines 8 and 9 the units."""


def with_line(line: str) -> str:
    """SMALL with one more top-level line, which is line 2."""
    head, rest = SMALL.split("\n", 1)
    return f"{head}\n{line}\n{rest}"
