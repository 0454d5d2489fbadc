"""A telling read back, and its audit in lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from affray.cli.witnessed import brief

if TYPE_CHECKING:
    from affray.record.testimony import Testimony
    from affray.tell.audit import Licence


def read_telling(path: Path) -> dict[str, Any]:
    """A telling as JSON. Raises UsageError if it is none."""
    from affray.tell.output import FORMAT
    from affray.world.errors import UsageError

    remedy = "affray tell DIR --from NAME leaves one in DIR/tellings"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}; {remedy}") from None
    except ValueError:
        raise UsageError(f"{path}: is no telling as JSON; {remedy}") from None
    if not isinstance(data, dict) or data.get("affray_telling") != FORMAT:
        raise UsageError(f"{path}: is no telling of format {FORMAT}; {remedy}")
    return data


def held_to(path: Path, folder: Path, lexicon: Path | None) -> list[Licence]:
    """Every sentence of the telling in a file, held to the testimonies in a folder, in the words
    of a file or of the battle. Raises UsageError, RecordingError or ScenarioError.
    """
    from affray.tell.audit import audited
    from affray.tell.beside import words_beside
    from affray.world.errors import UsageError

    data = read_telling(path)
    try:
        words, _ = words_beside(data["battle"], folder.parent, lexicon)
        return list(audited(data, testimonies_in(folder, data), words))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise UsageError(
            f"{path}: is a damaged telling ({error!r}); make it anew: affray tell DIR --from NAME"
        ) from None


def testimonies_in(folder: Path, telling: Mapping[str, Any]) -> dict[str, Testimony]:
    """The testimonies that a telling was made of, by witness. Raises UsageError."""
    from affray.record.testimony import Testimony
    from affray.tell.teller import witness_name
    from affray.world.errors import UsageError

    wanted: set[str] = set()
    for scene in telling["scenes"]:
        wanted |= set(scene["together"][0]) if "together" in scene else {scene["witness"]}
    found: dict[str, Testimony] = {}
    for path in sorted(folder.glob("*.json")):
        testimony = Testimony.read(path)
        if witness_name(testimony) not in wanted:
            continue
        found[witness_name(testimony)] = testimony
        if testimony.battle != telling["battle"]:
            raise UsageError(
                f"{path}: testifies of '{testimony.battle}', and the telling is of "
                f"'{telling['battle']}'; say where its testimonies are: --testimony DIR"
            )
    missing = sorted(wanted - found.keys())
    if missing:
        raise UsageError(
            f"{folder}: has no testimony of {', '.join(missing)}; say where they are: "
            "--testimony DIR"
        )
    return found


def lines_of(licences: Iterable[Licence], only_leaks: bool) -> Iterator[str]:
    """A line a sentence with its records, or with its leaks; at the end how many there were."""
    number = leaks = 0
    witness = ""
    for one in licences:
        number += 1
        leaks += len(one.leaks)
        if only_leaks and not one.leaks:
            continue
        if one.witness != witness:
            witness = one.witness
            yield f"-- {witness}"
        yield one.sentence
        for record in one.records:
            yield f"    {record.id:5d}  {brief(record)}"
        for leak in one.leaks:
            yield f"    LEAK ({leak.kind}): {leak.why}"
    yield f"{number} sentences, {leaks or 'no'} leak{'' if leaks == 1 else 's'}"
