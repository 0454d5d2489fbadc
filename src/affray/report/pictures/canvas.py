"""Paper and ink of all pictures: one style, sides in their colours, names beside what they name.

Imports matplotlib: import this module late. Figures are drawn without any display.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from affray.world.errors import UsageError, unwritable

try:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.colors import to_rgb
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine
    from matplotlib.ticker import FuncFormatter, MaxNLocator
except ImportError as missing:
    raise UsageError(
        "pictures need matplotlib, which is not installed: pip install 'affray[plot]'"
    ) from missing

INK = "#2b2b2b"
FAINT = "#8a8a8a"
HAIRLINE = "#dddddd"
DOTS_PER_INCH = 130


def paper(width_in: float, height_in: float) -> Figure:
    """An empty figure."""
    layout = ConstrainedLayoutEngine(w_pad=0.12, h_pad=0.12, wspace=0.03, hspace=0.05)
    figure = Figure(figsize=(width_in, height_in), dpi=DOTS_PER_INCH, layout=layout)
    FigureCanvasAgg(figure)
    return figure


def title(figure: Figure, text: str, note: str = "") -> None:
    """A title at the left, and what one should know beneath it."""
    figure.suptitle(plain(text), x=0.015, ha="left", fontsize=13, color=INK, weight="bold")
    if note:
        figure.text(0.015, -0.005, plain(note), ha="left", va="top", fontsize=8, color=FAINT)


def plain(text: str) -> str:
    """Text in which nothing is taken for mathematics."""
    return text.replace("$", r"\$")


def tinted(colour: str, share: float) -> tuple[float, float, float]:
    """A colour mixed with white: 1 leaves it, 0 is white."""
    red, green, blue = (1 - share * (1 - part) for part in to_rgb(colour))
    return red, green, blue


def shaded(colour: str, share: float) -> tuple[float, float, float]:
    """A colour mixed with black: 1 leaves it, 0 is black."""
    red, green, blue = (share * part for part in to_rgb(colour))
    return red, green, blue


def over_time(axes: Any, time_s: np.ndarray, labelled: bool = True) -> None:
    """Set up axes whose x is time: in minutes, or in seconds if the battle is short."""
    first, last = float(time_s[0]), float(time_s[-1])
    axes.set_xlim(first, max(last, first + 1e-9))
    short = last - first < 180
    axes.xaxis.set_major_locator(MaxNLocator(7, steps=[1, 2, 3, 6, 10]))
    if not short:
        step = next(
            (s for s in (30, 60, 120, 300, 600, 900, 1800, 3600) if (last - first) / s <= 8), 7200
        )
        axes.set_xticks(np.arange(np.ceil(first / step) * step, last + 1e-6, step))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x / 60:g}"))
    if labelled:
        axes.set_xlabel("seconds" if short else "minutes", fontsize=8.5, color=FAINT)
    quiet(axes)


def quiet(axes: Any) -> None:
    """No box, thin lines, small grey numbers."""
    for edge in ("top", "right", "left"):
        axes.spines[edge].set_visible(False)
    axes.spines["bottom"].set_color(HAIRLINE)
    axes.tick_params(length=0, labelsize=8.5, labelcolor=FAINT, pad=3)
    axes.yaxis.grid(True, color=HAIRLINE, linewidth=0.6)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: f"{y:,.10g}"))
    axes.set_axisbelow(True)
    axes.margins(x=0)


def whole_numbers(axes: Any) -> None:
    """Let the y axis count in whole numbers."""
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))


def shares(axes: Any) -> None:
    """Let the y axis count in whole per cent."""
    axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: f"{y:.0%}".replace("%", " %")))


def one_time_axis(column: Sequence[Any]) -> None:
    """Name the time beneath the last of several axes that share it, and there only."""
    for axes in column[:-1]:
        axes.set_xlabel("")


def heading(axes: Any, text: str, colour: Any = INK) -> None:
    """What the axes show, above them at the left."""
    axes.set_title(plain(text), loc="left", fontsize=10, color=colour, pad=6)


def beside(axes: Any, labels: Sequence[tuple[float, str, Any]], gap: float = 0.055) -> None:
    """Labels ``(y, text, colour)`` at the right edge, pushed apart where they would overlap.

    ``gap``: least distance from label to label, as a share of the axes' height.
    """
    low, high = axes.get_ylim()
    ordered = sorted((label for label in labels if np.isfinite(label[0])), key=lambda la: la[0])
    places = spread([label[0] for label in ordered], gap * (high - low), low, high)
    for place, (_, text, colour) in zip(places, ordered, strict=True):
        axes.annotate(
            plain(text),
            (1.0, place),
            xycoords=("axes fraction", "data"),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            fontsize=8.5,
            color=colour,
            annotation_clip=False,
        )


def spread(wanted: Sequence[float], least: float, low: float, high: float) -> list[float]:
    """Ascending places as near as can be to those ``wanted`` (ascending), ``least`` apart.

    Neighbours that are too close move apart about their middle, and all stay within low..high as
    long as there is room.
    """
    clusters: list[tuple[float, int]] = []  # mean of what is wanted less the offsets, and how many
    for k, y in enumerate(wanted):
        mean, count = y - k * least, 1
        while clusters and clusters[-1][0] > mean:
            before, others = clusters.pop()
            mean = (mean * count + before * others) / (count + others)
            count += others
        clusters.append((mean, count))
    flat = [mean for mean, count in clusters for _ in range(count)]
    top = high - (len(flat) - 1) * least
    return [max(min(mean, top), low) + k * least for k, mean in enumerate(flat)]


def save(figure: Figure, path: Path) -> Path:
    """Write a figure as PNG. Raises UsageError, LimitError if it cannot be written."""
    try:
        figure.savefig(path, facecolor="white", bbox_inches="tight", pad_inches=0.15)
    except OSError as fault:
        raise unwritable(path, fault) from None
    return path
