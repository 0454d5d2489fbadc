"""The picture of a check: each value with its interval, on the band that is expected of it.

Every row has a scale of its own: 0 and 1 are the ends of its band. Imports matplotlib late.
"""

from __future__ import annotations

from math import isfinite
from pathlib import Path

from affray.study.findings import colour_of, measured
from affray.study.validate import Result

_REACH = 3.0  # widths of the band shown to either side; what lies beyond is drawn at the edge


def draw(result: Result, path: Path) -> None:
    """Draw the findings of a check. Raises UsageError without matplotlib or a place to write."""
    from affray.report.pictures import canvas

    findings = result.findings
    figure = canvas.paper(8.5, 0.9 + 0.42 * len(findings))
    axes = figure.subplots()
    axes.axvspan(0.0, 1.0, color="#e4ece6", zorder=0)
    for row, finding in enumerate(findings):
        high = finding.high if isfinite(finding.high) else 2.0 * finding.low
        width = high - finding.low
        places = [(end - finding.low) / width for end in finding.measured]
        value, first, last = map(_kept, places)
        colour = colour_of(finding)
        axes.plot([first, last], [row, row], color=colour, linewidth=2, solid_capstyle="round")
        axes.plot([value], [row], _mark(places[0]), color=colour, markersize=6, clip_on=False)
        axes.text(
            1.0 + _REACH + 0.15,
            row,
            f"{measured(finding)}: {finding.verdict}",
            va="center",
            fontsize=8.5,
            color=colour,
        )
    canvas.quiet(axes)
    axes.set_yticks(range(len(findings)), [canvas.plain(finding.what) for finding in findings])
    axes.set_ylim(len(findings) - 0.4, -0.6)
    axes.set_xlim(-_REACH, 1.0 + _REACH)
    axes.set_xticks([0.0, 1.0], ["from", "to"])
    axes.yaxis.grid(False)
    canvas.heading(axes, f"{result.check.title}: measured, on the band of what is expected")
    canvas.save(figure, path)


def _mark(place: float) -> str:
    """A point, or an arrow to where the value lies, beyond the edge of the picture."""
    if _kept(place) == place:
        return "o"
    return "<" if place < 0 else ">"


def _kept(place: float) -> float:
    """A place on the band's scale, or the edge of the picture nearest to it."""
    if not isfinite(place):
        return -_REACH if place < 0 else 1.0 + _REACH
    return min(max(place, -_REACH), 1.0 + _REACH)
