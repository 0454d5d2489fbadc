"""What validation finds, in words: lines for the terminal, a table for docs, a colour a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from affray.study.checks import PASS, SHORT, Finding
from affray.study.validate import Result

_COLOUR = {PASS: "#3b7d4f", SHORT: "#b03a2e"}
_UNSURE = "#b8860b"


def lines_of(result: Result) -> list[str]:
    """A check for the terminal."""
    lines = [f"{result.check.title}", f"  {result.check.about}"]
    if not result.complete:
        return [*lines, "  not all of its battles were fought"]
    width = max(len(finding.what) for finding in result.findings)
    for finding in result.findings:
        lines.append(
            f"  {finding.what:{width}}  {measured(finding):>26}  expected {finding.expected:>14}  "
            f"{finding.verdict}"
        )
    return lines


def measured(finding: Finding) -> str:
    """``68.4 (66.1 to 70.7)``: a value and its 95 % interval."""
    value, low, high = finding.measured
    if not isfinite(value):
        return "-"
    if not isfinite(low):
        return f"{value:.3g}"
    return f"{value:.3g} ({low:.3g} to {high:.3g})"


def markdown(results: Sequence[Result]) -> str:
    """All findings as one table, for docs/validation.md."""
    rows = [
        "| check | measured | expected | spread | runs | verdict |",
        "|---|---|---|---|---|---|",
    ]
    for result in results:
        for finding in result.findings:
            spread = "" if finding.spread is None else f"{finding.spread:.2g}"
            cells = (finding.what, measured(finding), finding.expected, spread)
            rows.append(f"| {' | '.join(cells)} | {finding.runs} | {finding.verdict} |")
    return "\n".join(rows) + "\n"


def colour_of(finding: Finding) -> str:
    """The colour of a verdict."""
    return _COLOUR.get(finding.verdict, _UNSURE)
