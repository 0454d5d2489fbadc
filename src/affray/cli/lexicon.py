"""``affray lexicon check FILE``: an author's words, every tree through every form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from affray.cli.options import Json
from affray.cli.values import place

ACTIONS = ("check",)


def command(
    action: Annotated[str, typer.Argument(metavar="check", help="What to do: check.")],
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", parser=place("a file"), help="A lexicon.yaml or voices.yaml."
        ),
    ],
    every: Annotated[bool, typer.Option("--all", help="Print every tree in every form.")] = False,
    json: Json = False,
) -> None:
    """Check a file of words or voices, and say every tree in every form."""
    from affray.cli.screen import print_json
    from affray.world.errors import ScenarioError, UsageError

    if action not in ACTIONS:
        raise UsageError(f"affray lexicon {action}: there is only 'check'")
    try:
        _check(file, every, json)
    except ScenarioError as fault:
        if not json:
            raise
        print_json({"ok": False, "problems": fault.problems})
        raise typer.Exit(fault.exit_code) from None


def _check(file: Path, every: bool, json: bool) -> None:
    """Say what is in a sound file. Raises ScenarioError for any other."""
    from affray.cli.screen import print_json
    from affray.scenario.sections import text_of
    from affray.tell.lexicon import lexicon_of
    from affray.tell.lint import checked, drawn_of, forms_of
    from affray.tell.voices import read_voices

    if file.name.endswith("voices.yaml"):
        voices = read_voices(file)
        if json:
            print_json({"ok": True, "problems": [], "voices": voices.model_dump()})
        else:
            print(f"{file}: sound; {len(voices.people)} voices of people")
        return
    words = checked(text_of(file), str(file))
    lexicon = lexicon_of(words, str(file))
    said = [
        (name, form, text) for name in words.predicates for form, text in forms_of(lexicon, name)
    ]
    drawn = [(name, "past", text) for name, text in drawn_of(words)]
    said += drawn
    if json:
        forms = [{"of": name, "form": form, "text": text} for name, form, text in said]
        print_json({"ok": True, "problems": [], "forms": forms})
        return
    if every:
        for name, form, text in said:
            print(f"{name:24} {form:8} {text}")
    own = sum(len(many) for many in words.predicates.values())
    print(
        f"{file}: sound; {own} trees for {len(words.predicates)} predicates, {len(drawn)} clauses "
        f"of lives and memories, {len(said)} forms"
    )
