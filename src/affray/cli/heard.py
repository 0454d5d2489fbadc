"""The witnesses of a telling: their testimonies, as they were stored, or heard now."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from affray.cli.watching import Watching
    from affray.record import Recording
    from affray.record.testimony import Testimony
    from affray.report.roster import Roster

UNKNOWN = 6  # soldiers whom nobody named that are heard for a chorus
_STEP = 2654435761


def heard(
    recording: Recording,
    roster: Roster,
    ids: Sequence[int],
    chorus: bool,
    anew: bool,
    threads: int | None,
    watching: Watching,
) -> list[Testimony]:
    """The testimonies of the fighters ``ids``; for a chorus also of those whom the battle names,
    and of a few others. Those who never looked about in the battle are left out.
    """
    from affray.record.testimony import Testimony
    from affray.testimony.depose import depose
    from affray.world.errors import UsageError

    wanted = list(dict.fromkeys([*ids, *(_chorus(recording, roster) if chorus else ())]))
    places = {number: _place(recording, number) for number in wanted}
    missing = [number for number in wanted if anew or not places[number].is_file()]
    found: dict[int, Testimony] = {}
    if missing:
        found = depose(
            recording, missing, threads=threads, compiling=watching.compiling,
            listening=watching.listening,
        )  # fmt: skip
        for number, testimony in found.items():
            testimony.write(places[number])
    for number in wanted:
        if number not in found:
            found[number] = Testimony.read(places[number])
    spoke = [found[number] for number in wanted if found[number].last_tick > 0]
    if not spoke:
        names = ", ".join(roster.name(number) for number in wanted)
        raise UsageError(f"{names} never looked about: not on the field, or unconscious")
    return spoke


def _place(recording: Recording, fighter: int) -> Path:
    """Where a testimony is stored: one of a battle that was run on is another."""
    return recording.path / "testimony" / f"{fighter}-{recording.last_tick}.json"


def _chorus(recording: Recording, roster: Roster) -> list[int]:
    """Those whom the battle names, and a few whom it does not, drawn by the seed."""
    named = sorted(set(roster.drives) | {i for i in roster.named if roster.drives == {}})
    seed, fighters = int(recording.manifest["seed"]), roster.fighters
    drawn = [((seed + k + 1) * _STEP >> 3) % fighters for k in range(8 * UNKNOWN)]
    others = [i for i in drawn if i not in named and not roster.reserve[roster.unit_of(i)]]
    return [*named, *dict.fromkeys(others[:UNKNOWN])]
