"""How the text of a number or a path on the command line is read: what makes no sense is refused
there, with what is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import typer

_WHOLE = re.compile(r"[+-]?[0-9]{1,20}")


def whole(low: int, high: int, otherwise: str = "") -> Callable[[str | int], int]:
    """The reader of a whole number from ``low`` to ``high``. ``otherwise``: what else can be done,
    such as leaving it out.
    """
    allowed = f"a whole number from {low} to {high}" + (f", or {otherwise}" if otherwise else "")

    def read(text: str | int) -> int:
        number = int(text) if _WHOLE.fullmatch(str(text).strip()) else None
        if number is None or not low <= number <= high:
            raise typer.BadParameter(f"'{text}' will not do; give {allowed}")
        return number

    return read


def place(what: str) -> Callable[[str | Path], Path]:
    """The reader of a path to ``what``, which cannot be empty, as an unset variable of a shell
    would leave it: that would mean the folder one is in.
    """

    def read(text: str | Path) -> Path:
        if not str(text).strip():
            raise typer.BadParameter(f"is empty; name {what}")
        return Path(text)

    return read
