"""Testimonies of a recording: read where they were stored, or heard now and stored; of each witness
one, of the battle as it lies there.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from contextlib import suppress
from itertools import chain, zip_longest
from pathlib import Path

from affray.record import Recording
from affray.record.testimony import FOLDER, Testimony
from affray.run.replay import Source, opened, scenario_of
from affray.run.warm import Compiling
from affray.testimony.depose import depose
from affray.testimony.witness import Listening
from affray.world.errors import UsageError

UNKNOWN = 6  # those whom nobody named that are heard for a chorus


def heard(
    source: Source,
    ids: Sequence[int],
    *,
    anew: bool = False,
    threads: int | None = None,
    compiling: Compiling | None = None,
    listening: Listening | None = None,
) -> list[Testimony]:
    """The testimonies of some fighters; without those who never looked about in the battle.

    ``anew``: hear them again, though they are stored. Raises UsageError if none of them ever
    looked, ReplayError or RecordingError.
    """
    recording = opened(source)
    wanted = list(dict.fromkeys(ids))
    places = {number: place_of(recording, str(number)) for number in wanted}
    missing = [number for number in wanted if anew or not places[number].is_file()]
    found: dict[int, Testimony] = {}
    if missing:
        found = depose(
            recording, missing, threads=threads, compiling=compiling, listening=listening
        )
        for number, testimony in found.items():
            store(testimony, places[number])
    for number in wanted:
        if number not in found:
            found[number] = Testimony.read(places[number])
    spoke = [found[number] for number in wanted if found[number].last_tick > recording.first_tick]
    if not spoke:
        raise UsageError(
            f"{recording.path}: of {', '.join(map(str, wanted))} nobody ever looked about: not on "
            "the field, or unconscious"
        )
    return spoke


def place_of(recording: Recording, whose: str) -> Path:
    """Where a witness's testimony is stored: of a battle that was run on, or was fought anew in the
    same folder, it is another.
    """
    scenario = recording.manifest["scenario_sha256"]
    battle = f"{scenario} {recording.hash_at(recording.last_tick):016x}"
    return recording.path / FOLDER / f"{whose}-{zlib.crc32(battle.encode()):08x}.json"


def store(testimony: Testimony, place: Path) -> None:
    """Write a testimony where it belongs, instead of any that its witness gave before.

    Of a recording that can only be read nothing is stored. Raises LimitError (disk full).
    """
    with suppress(UsageError, OSError):
        testimony.write(place)
        whose = place.stem.rpartition("-")[0]
        for other in place.parent.glob(f"{whose}-*.json"):
            if other != place:
                other.unlink(missing_ok=True)


def chorus_of(source: Source) -> list[int]:
    """Whom to hear for a chorus: those whom the battle names, or else its leaders with names, and
    a few others, drawn by the seed, of each side in turn.
    """
    from affray.scenario import scaled
    from affray.scenario.casting import cast, first_ids

    recording = opened(source)
    scenario = scaled(scenario_of(recording))
    first = first_ids(scenario)
    named = sorted(one.fighter for one in cast(scenario) if one.fighter >= 0)
    if not named:
        named = [
            int(first[k])
            for k, unit in enumerate(scenario.units)
            if unit.leader is not None and unit.leader.name and not unit.reserve
        ]
    side_of = {
        number: unit.side
        for k, unit in enumerate(scenario.units)
        if not unit.reserve
        for number in range(int(first[k]), int(first[k + 1]))
    }
    ready, seed = list(side_of), int(recording.manifest["seed"])
    drawn = [ready[zlib.crc32(f"{seed} {k}".encode()) % len(ready)] for k in range(8 * UNKNOWN)]
    of_side: dict[str, list[int]] = {}
    for number in dict.fromkeys(drawn):
        if number not in named:
            of_side.setdefault(side_of[number], []).append(number)
    in_turn = chain.from_iterable(zip_longest(*of_side.values()))
    others = [number for number in in_turn if number is not None]
    return [*named, *others[:UNKNOWN]]
