"""``affray tell DIR``: a battle told by those who were in it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from affray.cli.options import Json, Quiet, Recorded, Threads
from affray.cli.values import place, whole

if TYPE_CHECKING:
    from affray.record import Recording
    from affray.record.testimony import Testimony
    from affray.tell.plan import Telling

LENGTH = 3000  # words
Whose = Annotated[
    list[str] | None,
    typer.Option(
        "--from",
        metavar="NAME",
        help="Whose telling: a name, an id or unit/number; can be repeated.",
        show_default=False,
    ),
]
Cameras = Annotated[
    list[str] | None,
    typer.Option(
        metavar="X,Y",
        help="Told by a camera there, which is nobody; --from camera: in the middle.",
        show_default=False,
    ),
]
Words = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        parser=place("a file"),
        help="The words of the world.  [default: those that go with the battle]",
    ),
]
Voices = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        parser=place("a file"),
        help="The voices.  [default: those that go with the battle]",
    ),
]


def command(
    recording: Recorded,
    from_: Whose = None,
    camera: Cameras = None,
    chorus: Annotated[
        bool,
        typer.Option("--chorus", help="Several minds, whose scenes meet on shared moments."),
    ] = False,
    length: Annotated[
        int,
        typer.Option(metavar="N", parser=whole(50, 100_000), help="About so many words."),
    ] = LENGTH,
    way: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="text|md|json",
            help="Plain text, Markdown, or JSON.  [default: text]",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", parser=place("a file"), help="Write it there.  [default: the screen]"
        ),
    ] = None,
    lexicon: Words = None,
    voices: Voices = None,
    anew: Annotated[
        bool, typer.Option("--anew", help="Hear the witnesses again, though they were heard.")
    ] = False,
    threads: Threads = None,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Tell a battle from one mind, or from several."""
    from affray.cli.screen import print_json, write
    from affray.record import Recording
    from affray.tell.beside import words_beside
    from affray.tell.chorus import chorus as in_chorus
    from affray.tell.output import FORMATS
    from affray.tell.teller import tell

    way = _format(way, json)
    _refuse_unclear(bool(from_ or chorus or camera), out)
    opened = Recording.open(recording)
    words, own = words_beside(opened.manifest["scenario_name"], opened.path, lexicon, voices)
    name, found = _heard(opened, from_ or [], camera or [], chorus, anew, threads, quiet or json)
    if chorus or len(found) > 1:
        telling = in_chorus(found, words, own, length)
    else:
        telling = tell(found[0], words, own, length)
    _refuse_nothing(telling, opened.path)
    kept = opened.path / "tellings" / f"{name}.json"
    _keep(telling, kept)
    if out is None:
        print(FORMATS[way](telling), end="")
        return
    write(out, FORMATS[way](telling))
    if json:
        print_json({"words": telling.words(), "path": str(out), "kept": str(kept)})
    elif not quiet:
        print(f"{telling.words()} words in {out}; what licenses each: affray audit {kept}")


def _heard(
    opened: Recording,
    names: Sequence[str],
    cameras: Sequence[str],
    chorus: bool,
    anew: bool,
    threads: int | None,
    quiet: bool,
) -> tuple[str, list[Testimony]]:
    """What the telling is called, and the testimonies that it is made of."""
    from affray.cli.watching import Watching
    from affray.report.roster import Roster
    from affray.testimony.camera import CAMERA, filmed, places
    from affray.testimony.stored import chorus_of, heard

    with Watching(opened.manifest["dt_s"], quiet) as watching:
        films = [*places(cameras), *(None for name in names if name == CAMERA)]
        roster = Roster.from_recording(opened)
        asked = [roster.find(name) for name in names if name != CAMERA]
        called = "chorus" if chorus else "-".join(map(str, (*asked, *[CAMERA] * len(films))))
        asked += chorus_of(opened) if chorus else []
        how: dict[str, Any] = {
            "anew": anew,
            "threads": threads,
            "compiling": watching.compiling,
            "listening": watching.listening,
        }
        found = [filmed(opened, at, **how) for at in films]
        found += heard(opened, asked, **how) if asked else []
    return called, found


def _refuse_nothing(telling: Telling, path: Path) -> None:
    """Raise UsageError if a telling has not a word."""
    from affray.world.errors import UsageError

    if not telling.scenes:
        who = ", ".join(map(str, telling.about["from"]))
        raise UsageError(
            f"{path}: nothing reached {who} that could be told; ask others (--from NAME), or let "
            "the battle go on for longer"
        )


def _keep(telling: Telling, path: Path) -> None:
    """Leave it for the audit, where the recording can be written."""
    from affray.cli.screen import write
    from affray.tell.output import as_json
    from affray.world.errors import UsageError

    try:
        write(path, as_json(telling))
    except UsageError as fault:
        print(f"affray: {fault}; so it cannot be audited", file=sys.stderr)


def _format(way: str | None, json: bool) -> str:
    """The format asked for, one of ``FORMATS``. Raises UsageError."""
    from affray.tell.output import FORMATS
    from affray.world.errors import UsageError

    asked = way if way is not None else "json" if json else "text"
    if asked not in FORMATS:
        raise UsageError(f"--format {asked}: there are {', '.join(FORMATS)}")
    if json and asked != "json":
        raise UsageError(f"--format {asked} and --json exclude each other; give one of them")
    return asked


def _refuse_unclear(from_whom: bool, out: Path | None) -> None:
    """Raise UsageError unless it is said from whom, and where one can write."""
    from affray.cli.screen import refuse_unwritable
    from affray.world.errors import UsageError

    if not from_whom:
        raise UsageError("say from whom: --from NAME (can be repeated), --camera X,Y, or --chorus")
    if out is not None:
        refuse_unwritable(out)
