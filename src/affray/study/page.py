"""The page that validation leaves to read: each check with its picture and its table.

Imports matplotlib late.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path

from affray.study.findings import colour_of, measured
from affray.study.validate import CHECKS, RUNS, Result
from affray.world.errors import UsageError, unwritable

_STYLE = """\
body { font: 16px/1.5 Georgia, serif; color: #2b2b2b }
body { max-width: 54em; margin: 2em auto; padding: 0 1em }
table { border-collapse: collapse; font-size: 14px }
td, th { padding: .2em .8em .2em 0; text-align: left }
th { color: #8a8a8a; font-weight: normal }
img { max-width: 100% }
"""


PAGE, TABLE = "index.html", "table.md"  # beside runs and pictures


def refuse_foreign(folder: Path) -> None:
    """Raise UsageError if there is something in a folder that no validation has left there."""
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    pictures = {f"{check.name}.png" for check in CHECKS}
    foreign = sorted(there - {RUNS, PAGE, TABLE} - pictures)
    if foreign:
        raise UsageError(
            f"{folder}: holds '{foreign[0]}', which is of no validation, and is left as it is. "
            "Choose another folder"
        )


def write_page(results: Sequence[Result], folder: Path, seeds: int, rules: str) -> Path:
    """``index.html`` in a folder, with a picture for each check. Raises UsageError,
    LimitError.
    """
    from affray.study.drawing import draw

    parts = []
    for result in results:
        picture = folder / f"{result.check.name}.png"
        draw(result, picture)
        parts.append(_section(result, picture.name))
    path = folder / PAGE
    text = (
        "<!doctype html><html lang='en'><meta charset='utf-8'><title>affray: validation</title>"
        f"<style>{_STYLE}</style><h1>What affray reproduces, and what not</h1>"
        f"<p>Seeds: {seeds}. Rules: {rules}. Bars are 95 % intervals; the band is what is "
        "expected.</p>" + "".join(parts) + "</html>\n"
    )
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise unwritable(path, fault) from None
    return path


def _section(result: Result, picture: str) -> str:
    check = result.check
    rows = "".join(
        f"<tr><td>{html.escape(finding.what)}<td>{measured(finding)}<td>{finding.expected}"
        f"<td>{'' if finding.spread is None else format(finding.spread, '.2g')}<td>{finding.runs}"
        f"<td style='color:{colour_of(finding)}'>{finding.verdict}"
        for finding in result.findings
    )
    return (
        f"<h2>{html.escape(check.title)}</h2><p>{html.escape(check.about)}</p>"
        f"<img src='{picture}' alt=''>"
        "<table><tr><th>what<th>measured<th>expected<th>spread<th>runs<th>verdict"
        f"{rows}</table><p>Where the numbers come from: {html.escape(check.sources)}.</p>"
    )
