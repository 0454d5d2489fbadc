"""``affray audit TELLING``: what licenses each sentence of a telling, and what nothing licenses."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from affray.cli.options import Json
from affray.cli.values import place


def command(
    telling: Annotated[
        Path,
        typer.Argument(
            metavar="TELLING",
            parser=place("a telling"),
            help="A telling as JSON: DIR/tellings/NAME.json.",
            show_default=False,
        ),
    ],
    testimony: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            parser=place("a folder"),
            help="Where its testimonies are.  [default: beside it, ../testimony]",
        ),
    ] = None,
    lexicon: Annotated[
        Path | None,
        typer.Option(metavar="FILE", parser=place("a file"), help="The words that it was told in."),
    ] = None,
    leaks: Annotated[bool, typer.Option("--leaks", help="Only what nothing licenses.")] = False,
    json: Json = False,
) -> None:
    """Hold every sentence of a telling to the testimony of the mind that tells it."""
    from affray.cli.audited import held_to, lines_of, read_telling
    from affray.cli.screen import print_json

    folder = testimony or telling.parent.parent / "testimony"
    licences = held_to(telling, folder, lexicon)
    found = [leak for one in licences for leak in one.leaks]
    if json:
        print_json(
            {
                "sentences": [
                    {
                        "witness": one.witness,
                        "text": one.sentence,
                        "records": [record.id for record in one.records],
                        "leaks": [{"class": leak.kind, "why": leak.why} for leak in one.leaks],
                    }
                    for one in licences
                ],
                "leaks": len(found),
            }
        )
    else:
        for line in lines_of(licences, leaks):
            print(line)
    if found:
        data = read_telling(telling)
        said = str(data.get("words_of"))
        if lexicon is None and said not in ("base.yaml", f"{data['battle']}.lexicon.yaml"):
            print(
                f"affray: it was told in the words of {said}; if those of the battle are others, "
                "say --lexicon FILE",
                file=sys.stderr,
            )
        raise typer.Exit(1)
