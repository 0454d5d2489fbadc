"""All commands by name, put together as one program.

Commands import what is heavy inside themselves, so that ``affray --help`` answers at once.
"""

from __future__ import annotations

from collections.abc import Callable

import typer

from affray import __version__
from affray.cli import (
    audit,
    check,
    fork,
    hash,
    info,
    lexicon,
    mechanisms,
    new,
    plot,
    repair,
    repeat,
    resume,
    run,
    schema,
    sift,
    tell,
    validate,
    verify,
    warmup,
    why,
    witness,
)
from affray.cli import list as list_battles
from affray.cli.guard import guarded

ABOUT = """\
Battles in which every fighter sees, decides, tires and fears for themself.

A first one: affray run clearing. Then: affray info, plot, why, witness, fork.
"""

EPILOG = """\
NO_COLOR=1 prints without colour or bold; AFFRAY_TRACEBACK=1 shows where an error came from.
"""

COMMANDS: dict[str, Callable[..., None]] = {
    "list": list_battles.command,
    "mechanisms": mechanisms.command,
    "new": new.command,
    "check": check.command,
    "schema": schema.command,
    "run": run.command,
    "repeat": repeat.command,
    "validate": validate.command,
    "info": info.command,
    "plot": plot.command,
    "resume": resume.command,
    "fork": fork.command,
    "hash": hash.command,
    "why": why.command,
    "witness": witness.command,
    "tell": tell.command,
    "audit": audit.command,
    "lexicon": lexicon.command,
    "sift": sift.command,
    "warmup": warmup.command,
    "verify": verify.command,
    "repair": repair.command,
}


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"affray {__version__}")
        raise typer.Exit


def _build() -> typer.Typer:
    app = typer.Typer(
        help=ABOUT,
        epilog=EPILOG,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback()
    def affray(
        version: bool = typer.Option(
            False, "--version", callback=_show_version, is_eager=True, help="Show the version."
        ),
    ) -> None:
        pass

    affray.__doc__ = ABOUT
    for name, command in COMMANDS.items():
        app.command(name)(guarded(command))
    return app


app = _build()
