"""The contact sheet: panels in rows, a caption beneath each, and above them how to read them.

Imports matplotlib: import this module late.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from affray.report.film.captions import NOBODYS, Line
from affray.report.pictures import canvas
from affray.report.roster import Roster

_WIDE_IN = 15.0
_GAP_IN = 0.14
_HEAD_IN = 1.0
_PANEL_IN = 5.0  # about how broad a panel is; one of more than this shape, broader
_BROAD = 1.2
_MOST_COLUMNS = 6
_TIME_IN = 0.24  # of the line with the time
_TEXT_PT = 8.2  # of a caption,
_LEADING = 1.28  # and its lines, as a part of that
_LETTER = 0.53  # breadth of a letter as a part of its height, on the average


@dataclass(frozen=True)
class Caption:
    """What stands beneath a panel: the time; numbers by side; lines with their side's number."""

    time: str
    numbers: tuple[str, ...]
    lines: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Sheet:
    """A figure, axes for each panel, and how broad one is (in)."""

    figure: Figure
    panels: tuple[Any, ...]
    wide_in: float


def sheet(captions: Sequence[Sequence[Line]], shape: float) -> tuple[Sheet, list[list[Line]]]:
    """An empty sheet of panels of a shape (breadth over height) with room for captions, and these
    broken into lines that fit.
    """
    columns = _columns(len(captions), shape)
    wide = (_WIDE_IN + _GAP_IN) / columns - _GAP_IN
    tall = wide / shape
    letters = int(wide * 72 / (_LETTER * _TEXT_PT))
    broken = [_broken(lines, letters) for lines in captions]
    rows = [broken[first : first + columns] for first in range(0, len(broken), columns)]
    below = [_TIME_IN + _line_in() * max(map(len, row)) + _GAP_IN for row in rows]
    height = _HEAD_IN + sum(below) + tall * len(rows)
    figure = canvas.paper(_WIDE_IN, height)
    figure.set_layout_engine("none")
    axes = []
    for number in range(len(captions)):
        row, column = divmod(number, columns)
        top = _HEAD_IN + tall * (row + 1) + sum(below[:row])
        place = (
            (wide + _GAP_IN) * column / _WIDE_IN,
            1 - top / height,
            wide / _WIDE_IN,
            tall / height,
        )
        axes.append(figure.add_axes(place))
    return Sheet(figure, tuple(axes), wide), broken


def write_head(figure: Figure, roster: Roster, title: str, key: str) -> None:
    """What is shown and how to read it; at the right the sides in their colours."""
    line = 1 / (72 * figure.get_figheight())  # a point
    style: dict[str, Any] = {"va": "top", "weight": "bold"}
    figure.text(0, 1 - 2 * line, canvas.plain(title), fontsize=13, color=canvas.INK, **style)
    figure.text(0, 1 - 23 * line, key, va="top", fontsize=8.5, color=canvas.FAINT)
    right = 1.0
    for side in reversed(roster.sides):
        colour = canvas.shaded(side.colour, 0.9)
        name = figure.text(
            right, 1 - 4 * line, canvas.plain(side.title), ha="right", fontsize=10.5, color=colour,
            **style,
        )  # fmt: skip
        right -= name.get_window_extent().width / figure.bbox.width + 0.012


def write_caption(
    axes: Any, time: str, numbers: Sequence[int], lines: Sequence[Line], roster: Roster
) -> None:
    """The time, how many of each side stand unbroken, and what turned, beneath a panel."""
    below = {"xycoords": "axes fraction", "textcoords": "offset points", "va": "top"}
    axes.annotate(
        time, (0.0, 0.0), xytext=(1, -3), fontsize=10, weight="bold", color=canvas.INK, **below
    )
    right = -1.0
    for side, number in reversed(list(zip(roster.sides, numbers, strict=True))):
        text, colour = f"{number:,}", canvas.shaded(side.colour, 0.9)
        axes.annotate(
            text, (1.0, 0.0), xytext=(right, -4), fontsize=8.5, ha="right", weight="bold",
            color=colour, **below,
        )  # fmt: skip
        right -= 6.0 * len(text) + 6.0
    for number, line in enumerate(lines):
        lower = -72 * (_TIME_IN + number * _line_in())
        ink = canvas.FAINT
        if line.side != NOBODYS:
            ink = to_hex(canvas.shaded(roster.sides[line.side].colour, 0.75))
        axes.annotate(
            canvas.plain(line.text), (0.0, 0.0), xytext=(1, lower), fontsize=_TEXT_PT, color=ink,
            **below,
        )  # fmt: skip


def _line_in() -> float:
    return _TEXT_PT * _LEADING / 72


def _broken(lines: Sequence[Line], letters: int) -> list[Line]:
    """The same in lines of at most so many letters; what follows the first is set in."""
    return [
        line._replace(text=text)
        for line in lines
        for text in textwrap.wrap(line.text, letters, subsequent_indent="       ")
    ]


def _columns(panels: int, shape: float) -> int:
    """How many panels of a shape (breadth over height) stand side by side, each broad enough to be
    read, with few places left empty.
    """
    best = _WIDE_IN / (_PANEL_IN * max(1.0, shape / _BROAD) ** 0.6)
    return min(
        range(min(2, panels), min(_MOST_COLUMNS, panels) + 1),
        key=lambda columns: abs(columns - best) + 0.4 * (-panels % columns) / columns,
    )
