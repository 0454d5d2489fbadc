"""The words that go with a battle: a bundled one's in ``battles/words/``, else ``lexicon.yaml``
and ``voices.yaml`` in the recording, where a run has put those that lay beside its scenario.
"""

from __future__ import annotations

import os
from importlib import resources
from pathlib import Path

from affray.record.layout import LEXICON, VOICES
from affray.tell.lexicon import Lexicon, lexicon_of, parse_lexicon, read_lexicon
from affray.tell.voice import Voices
from affray.tell.voices import parse_voices, read_voices


def words_of(battle: str | os.PathLike[str]) -> dict[str, bytes]:
    """The files of words that lie beside a scenario of one's own (``NAME.lexicon.yaml``,
    ``NAME.voices.yaml``), by the name that each has in a recording; checked. A bundled battle, or
    one that is a text, has none.

    Raises ScenarioError if they are at fault.
    """
    path = Path(battle)
    if "\n" in str(battle) or path.suffix not in (".yaml", ".yml"):
        return {}
    found = {}
    for name, check in ((LEXICON, read_lexicon), (VOICES, read_voices)):
        own = path.with_suffix(f".{name}")
        if own.is_file():
            check(own)
            found[name] = own.read_bytes()
    return found


def words_beside(
    battle: str, folder: Path | None = None, lexicon: Path | None = None, voices: Path | None = None
) -> tuple[Lexicon, Voices]:
    """Lexicon and voices of a battle: the files given, those in a folder, the bundled ones, or
    the words that any world can use. Raises ScenarioError if they are at fault.
    """
    return _lexicon(battle, folder, lexicon), _voices(battle, folder, voices)


def _lexicon(battle: str, folder: Path | None, given: Path | None) -> Lexicon:
    if given is None and folder is not None and (folder / LEXICON).is_file():
        given = folder / LEXICON
    if given is not None:
        return lexicon_of(read_lexicon(given), str(given))
    bundled = resources.files("affray") / "battles" / "words" / f"{battle}.{LEXICON}"
    if bundled.is_file():
        name = f"{battle}.{LEXICON}"
        return lexicon_of(parse_lexicon(bundled.read_text(encoding="utf-8"), name), name)
    return lexicon_of()


def _voices(battle: str, folder: Path | None, given: Path | None) -> Voices:
    if given is None and folder is not None and (folder / VOICES).is_file():
        given = folder / VOICES
    if given is not None:
        return read_voices(given)
    bundled = resources.files("affray") / "battles" / "words" / f"{battle}.{VOICES}"
    if bundled.is_file():
        return parse_voices(bundled.read_text(encoding="utf-8"), f"{battle}.{VOICES}")
    return Voices()
