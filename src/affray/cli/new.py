"""``affray new NAME``: a small commented scenario to start from, or patterns to sift with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from affray.cli.options import Json
from affray.cli.values import place


def command(
    name: Annotated[
        str, typer.Argument(help="Name of the battle, or of the file.", show_default=False)
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            parser=place("a file"),
            help="Where to write it.  [default: NAME.yaml]",
        ),
    ] = None,
    with_people: Annotated[
        bool, typer.Option("--with-people", help="Two people, with ties, memories and drives.")
    ] = False,
    patterns: Annotated[
        bool, typer.Option("--patterns", help="No battle, but patterns for affray sift.")
    ] = False,
    json: Json = False,
) -> None:
    """Write a small commented scenario that runs."""
    from affray.cli.screen import print_json
    from affray.scenario import template
    from affray.world.errors import UsageError, unwritable

    if patterns and with_people:
        raise UsageError("--patterns and --with-people exclude each other; give one of them")
    name = name.removesuffix(".yaml").removesuffix(".yml")
    text = _patterns() if patterns else template(name, people=with_people)
    path = out or Path(f"{name}.yaml")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(
            f"{path}: is there already, and is left as it is; choose another name, or --out FILE"
        ) from None
    except OSError as fault:
        raise unwritable(path, fault) from None
    if json:
        print_json({"path": str(path)})
    elif patterns:
        print(f"{path} is written. Try:  affray sift DIR {path}   on a recording")
    else:
        print(f"{path} is written. Try:  affray check {path}   then   affray run {path}")


def _patterns() -> str:
    from affray.sift.reference import EXAMPLE

    return EXAMPLE
