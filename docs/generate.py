"""Writes the part of docs/ that is made from the code: ``python -m docs.generate`` (``make docs``).

With ``--shown`` it also fights the battles that README.md shows, and puts in their output and
picture. That is apart because those change with every rule, and with nothing that could be wrong.
With ``--validation DIR`` it puts the table that ``affray validate --out DIR`` left there into
validation.md.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import affray
from affray.record.predicates import PREDICATES
from affray.scenario.fields import show_number
from affray.scenario.mechanisms import mechanisms as known_mechanisms
from affray.scenario.parameters import Parameter, bundled_parameters
from affray.scenario.reference import reference
from affray.sift.reference import reference as sift_reference

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
PICTURE = ROOT / "docs" / "pictures" / "hastings.png"
PICTURE_COLOURS = 128  # a palette is enough for dots and lines, and a third of the size

# in README.md: what a command printed, between its name and the end of the block
_SHOWN = re.compile(r"(<!-- shown: (.+?) -->\n```\n).*?(```\n)", re.DOTALL)
# in validation.md: the findings
VALIDATION = ROOT / "docs" / "validation.md"
# in telling.md: what a testimony can say
TELLING = ROOT / "docs" / "telling.md"
_PREDICATES = re.compile(r"(<!-- table: predicates -->\n).*?(<!-- end of table -->\n)", re.DOTALL)
_TABLE = re.compile(r"(<!-- table: affray validate -->\n).*?(<!-- end of table -->\n)", re.DOTALL)
LINES_SHOWN = 22  # of one command
FIGHTER = "FIGHTER"  # in a command that is shown: somebody who broke and died
BEFORE_SHOWN = (
    "affray new my_battle",
    "affray run my_battle.yaml --quiet --seed 7 --out my_battle.affray",
)

PARAMETERS = """\
# The parameters of the rules

Written by `make docs` out of `src/affray/rules/parameters.yaml`; do not edit it by hand.

Every number that the rules use stands here, once. A battle changes any of them, in its file or
from the command line, and a fork may change them at any tick:

```
affray run duel --set parameters.strike.hit=0.3
```

Of {count} parameters {invented} are *invented*: no measurement was found, so the value is a guess
within its range, and a study should vary it. The range is what can be defended; values outside it
are refused, but for one that switches the parameter's mechanism off
([what can be switched off](mechanisms.md)).
"""


MECHANISMS = """\
# What can be switched off

Written by `make docs` out of `src/affray/rules/mechanisms.yaml`; do not edit it by hand.

To see what a mechanism is worth, run the battle without it. Switching one off sets its parameters
to values at which they have no effect, and nothing else; so the recording says what was off, and
is resumed, replayed and forked like any other.

```
affray run brawl --off fear-of-odds --off contagion --until 5s --out unafraid.affray
affray fork unafraid.affray --at 2s --off cover --until 5s --out uncovered.affray
```

"""


def generated() -> dict[Path, str]:
    """Each file that is made from the code alone, with its text."""
    docs = ROOT / "docs"
    return {
        docs / "scenario.md": reference(),
        docs / "parameters.md": parameters(),
        docs / "mechanisms.md": mechanisms(),
        docs / "sift.md": sift_reference(),
        TELLING: telling(),
    }


def mechanisms() -> str:
    """All mechanisms that can be switched off as Markdown, with what that sets."""
    lines = ["| name | on, it says that | rows | off, it sets |", "|---|---|---|---|"]
    for one in known_mechanisms().values():
        sets = ", ".join(f"`{path}={show_number(value)}`" for path, value in one.set.items())
        lines.append(f"| `{one.name}` | {one.about} | {', '.join(one.rows)} | {sets} |")
    return MECHANISMS + "\n".join(lines) + "\n"


def telling() -> str:
    """telling.md with every predicate of a testimony in its table."""
    lines = ["| predicate | by | what it says | about | features |", "|---|---|---|---|---|"]
    for one in PREDICATES.values():
        about = "; only inferred" if one.mental else ""
        features = ", ".join(f"`{name}`" for name in one.features)
        roles = ", ".join(f"`{name}`" for name in one.roles)
        lines.append(
            f"| `{one.name}` | {one.channel} | {one.about}{about} | {roles} | {features} |"
        )
    table = "\n".join(lines)
    return _PREDICATES.sub(
        lambda block: f"{block[1]}\n{table}\n\n{block[2]}", TELLING.read_text(encoding="utf-8")
    )


def parameters() -> str:
    """All parameters as Markdown, a table for each group."""
    found = bundled_parameters()
    invented = sum(parameter.invented for parameter in found)
    return PARAMETERS.format(count=len(found), invented=invented) + "".join(
        "\n" + "\n".join(_table(group, list(entries))) + "\n"
        for group, entries in groupby(found, key=lambda parameter: parameter.name.split(".")[0])
    )


def _table(group: str, entries: list[Parameter]) -> Iterator[str]:
    yield f"## {group}\n"
    yield "| parameter | value | unit | range | what | source |"
    yield "|---|---|---|---|---|---|"
    for one in entries:
        value, low, high = map(show_number, (one.value, one.low, one.high))
        unit = "" if one.unit == "1" else one.unit
        cells = (f"`{one.name}`", value, unit, f"{low} to {high}{_off(one)}", one.about, one.source)
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _off(one: Parameter) -> str:
    return "" if one.off is None else f"; off: {show_number(one.off)}"


def write(texts: dict[Path, str]) -> None:
    """Write each text that differs from its file, and name it."""
    for path, text in texts.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"{path.relative_to(ROOT)} is written")


def shown() -> str:
    """README.md with what its commands print now. Also draws its picture."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for command in BEFORE_SHOWN:
            _printed(command, folder)
        text = _SHOWN.sub(
            lambda block: block[1] + _excerpt(block[2], folder) + block[3],
            README.read_text(encoding="utf-8"),
        )
        _draw(folder)
    return text


def _excerpt(command: str, folder: Path) -> str:
    """A command and the first lines that it prints, for a README."""
    if FIGHTER in command:
        recording = folder / command.split()[2]
        command = command.replace(FIGHTER, _who_broke_and_died(recording))
    lines = [line for line in _printed(command, folder) if not line.startswith("Took ")]
    more = ["..."] if len(lines) > LINES_SHOWN else []
    return "\n".join([f"$ {command}", *lines[:LINES_SHOWN], *more]) + "\n"


def _printed(command: str, folder: Path) -> list[str]:
    """What a command prints, run in a folder that all of them share."""
    program = [sys.executable, "-c", "from affray.cli import main; main()"]
    done = subprocess.run(
        [*program, *command.split()[1:]], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def _who_broke_and_died(recording: Path) -> str:
    """The first fighter whose story has both: it shows the most of what causes look like."""
    broken: set[str] = set()
    for event in affray.open(recording).events().to_pylist():
        if event["kind"] == "break":
            broken.add(event["fighter_name"])
        if event["kind"] == "death" and event["fighter_name"] in broken:
            return str(event["fighter_name"])
    raise SystemExit(f"{recording}: nobody broke and died; show another battle")


def _draw(folder: Path) -> None:
    from PIL import Image

    _printed("affray run hastings --quiet --out hastings", folder)
    _printed("affray plot hastings --at 5min --out drawn", folder)
    PICTURE.parent.mkdir(exist_ok=True)
    with Image.open(folder / "drawn" / "overview.png") as image:
        image.convert("RGB").quantize(PICTURE_COLOURS).save(PICTURE, optimize=True)


def validated(folder: Path) -> str:
    """validation.md with the table of the findings in that folder."""
    table = (folder / "table.md").read_text(encoding="utf-8")
    return _TABLE.sub(
        lambda block: f"{block[1]}\n{table}\n{block[2]}", VALIDATION.read_text(encoding="utf-8")
    )


if __name__ == "__main__":
    write(generated())
    if "--validation" in sys.argv[1:-1]:
        write({VALIDATION: validated(Path(sys.argv[sys.argv.index("--validation") + 1]))})
    if "--shown" in sys.argv[1:]:
        write({README: shown()})
