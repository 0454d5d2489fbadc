"""``affray tell DIR``: a battle told by those who were in it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from affray.cli.options import Quiet, Recorded, Threads

LENGTH = 3000  # words


def command(
    recording: Recorded,
    from_: Annotated[
        list[str] | None,
        typer.Option(
            "--from",
            metavar="NAME",
            help="Whose telling: a name, an id or unit/number; can be repeated.",
            show_default=False,
        ),
    ] = None,
    camera: Annotated[
        list[str] | None,
        typer.Option(
            metavar="X,Y",
            help="Told by a camera there, which is nobody; --from camera: in the middle.",
            show_default=False,
        ),
    ] = None,
    chorus: Annotated[
        bool,
        typer.Option("--chorus", help="Several minds, whose scenes meet on shared moments."),
    ] = False,
    length: Annotated[
        int, typer.Option(metavar="N", min=50, max=100_000, help="About so many words.")
    ] = LENGTH,
    way: Annotated[
        str, typer.Option("--format", metavar="text|md|json", help="Plain text, Markdown, or JSON.")
    ] = "text",
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it there.  [default: the screen]")
    ] = None,
    lexicon: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="The words of the world.  [default: those that go with the battle]"
        ),
    ] = None,
    voices: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The voices.  [default: those that go with the battle]"),
    ] = None,
    anew: Annotated[
        bool, typer.Option("--anew", help="Hear the witnesses again, though they were heard.")
    ] = False,
    threads: Threads = None,
    quiet: Quiet = False,
) -> None:
    """Tell a battle from one mind, or from several."""
    from affray.cli.screen import write
    from affray.cli.watching import Watching
    from affray.record import Recording
    from affray.report.roster import Roster
    from affray.tell.beside import words_beside
    from affray.tell.chorus import chorus as in_chorus
    from affray.tell.output import FORMATS, as_json
    from affray.tell.teller import tell
    from affray.testimony.camera import CAMERA, filmed, places
    from affray.testimony.stored import chorus_of, heard

    _refuse_unclear(way, bool(from_ or chorus or camera), out)
    opened = Recording.open(recording)
    roster = Roster.from_recording(opened)
    words, own = words_beside(opened.manifest["scenario_name"], opened.path, lexicon, voices)
    with Watching(opened.manifest["dt_s"], quiet) as watching:
        films = [*places(camera or ()), *(None for name in from_ or () if name == CAMERA)]
        asked = [roster.find(name) for name in from_ or () if name != CAMERA]
        name = "chorus" if chorus else "-".join(map(str, (*asked, *[CAMERA] * len(films))))
        asked += chorus_of(opened) if chorus else []
        how: dict[str, Any] = {
            "anew": anew,
            "threads": threads,
            "compiling": watching.compiling,
            "listening": watching.listening,
        }
        found = [filmed(opened, at, **how) for at in films]
        found += heard(opened, asked, **how) if asked else []
    if chorus or len(found) > 1:
        telling = in_chorus(found, words, own, length)
    else:
        telling = tell(found[0], words, own, length)
    kept = opened.path / "tellings" / f"{name}.json"
    write(kept, as_json(telling))
    if out is None:
        print(FORMATS[way](telling), end="")
        return
    write(out, FORMATS[way](telling))
    if not quiet:
        print(f"{telling.words()} words in {out}; what licenses each: affray audit {kept}")


def _refuse_unclear(way: str, from_whom: bool, out: Path | None) -> None:
    """Raise UsageError unless it is said in a known format, from whom, and where one can write."""
    from affray.cli.screen import refuse_unwritable
    from affray.tell.output import FORMATS
    from affray.world.errors import UsageError

    if way not in FORMATS:
        raise UsageError(f"--format {way}: there are {', '.join(FORMATS)}")
    if not from_whom:
        raise UsageError("say from whom: --from NAME (can be repeated), --camera X,Y, or --chorus")
    if out is not None:
        refuse_unwritable(out)
