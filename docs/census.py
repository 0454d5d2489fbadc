"""How often the clearing goes as its story goes, what moves that, and what does not.

    python -m docs.census                      # all of it, with the seeds below: an hour or two
    python -m docs.census --seeds 6 --out DIR  # a few battles of each, to try it

Fights the battle as it stands, with every disposition up to a fifth off, and with single things
taken away; prints one table of each in Markdown, as docs/battles.md has them. Seeds are those that
nobody looked at while the battle was written. Goes on where it was stopped.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import affray
from affray.scenario import off_sets
from affray.sift import read_sieve
from affray.study.intervals import Interval, share_interval
from affray.study.plan import seeds_of

BATTLE = "clearing"
BEATS = Path(affray.__file__).parent / "battles" / "beats" / f"{BATTLE}.yaml"
SEEDS = "1841-1960"
FEW = "1961-1972"
SOON = "170 s"  # the fates that most ablations move are decided by then
SIDES = ("leaf", "sound")
LINKS = read_sieve(BEATS).patterns.links()
Row = dict[str, Any]


@dataclass(frozen=True)
class Ablation:
    """One thing taken away, and what it should move. ``counts``: whether that came about in a run;
    ``measures``: how many it was. ``given``: what is so with it and without it.
    """

    what: str
    moves: str
    sets: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    counts: Callable[[Row], bool] | None = None
    measures: Callable[[Row], float] | None = None
    until: str = SOON


def came(name: str) -> Callable[[Row], bool]:
    """Whether a pattern came about."""
    return lambda row: row[f"{name}.came_s"] is not None


UNWARNED = (
    "powers.red_dome.consent=100", "people.Kakashi.drives.0.strength=0",
    "parameters.talk.warn_fear=0",
)  # fmt: skip
"""Nobody unleashes what he warns of, and no officer passes a warning on."""
ABLATIONS = (
    Ablation("no tie between the watcher and her", "his rock kills", counts=came("the_rock"),
             sets=("people.Sasuke.ties.Sakura.love=0",)),
    Ablation("no banter", "the Leaf in flight or gone after 5 min, where nobody sends them away",
             off=("banter",), given=UNWARNED, until="5 min",
             measures=lambda row: row["leaf.fleeing"] + row["leaf.left"]),
    Ablation("no scream of the captive", "the right hand brought down as he goes for her",
             sets=("powers.mind_drain.cry={level: 40, of: other}",), counts=came("creeping_up")),
    Ablation("he does not give in", "the dome", sets=("powers.red_dome.consent=100",),
             counts=came("the_dome")),
    Ablation("a captive without will", "she lays hold of him, and dies with him",
             sets=("people.Anko.drives.1.strength=0",), counts=came("embraced")),
    Ablation("deaf", "the order to run is obeyed", off=("hearing",), counts=came("run")),
)  # fmt: skip


class Study:
    """Battles fought, and kept in a folder."""

    def __init__(self, out: Path, jobs: int | None) -> None:
        self._out, self._jobs = out, jobs

    def rows(
        self, name: str, seeds: str, sets: Sequence[str] = (), jitter: float = 0.0
    ) -> list[Row]:
        """One row a battle."""
        table = affray.repeat(
            BATTLE, seeds, set=list(sets), sift=BEATS, jitter=jitter, out=self._out / name,
            jobs=self._jobs,
        )  # fmt: skip
        return [row for row in table.to_pylist() if row["sifted"]]


def often(count: int, of: int) -> str:
    """``38 (21–59)``: per cent with its 95 % interval."""
    share: Interval = share_interval(count, of)
    return f"{share.value:.0%} ({share.low:.0%}–{share.high:.0%})".replace("%", "")


def beats(rows: Sequence[Row]) -> list[tuple[str, str, str, str]]:
    """Of each link: how often its pattern came about, how often the chain got as far as it, and in
    what share of the battles that had got as far as the link before.
    """
    found, before = [], list(rows)
    for name in LINKS:
        reached = [row for row in before if row[f"{name}.linked_s"] is not None]
        by_itself = sum(row[f"{name}.came_s"] is not None for row in rows)
        found.append((
            name, often(by_itself, len(rows)), often(len(reached), len(rows)),
            often(len(reached), len(before)) if before else "–",
        ))  # fmt: skip
        before = reached
    return found


def census(rows: Sequence[Row]) -> list[str]:
    """The table of beats."""
    lines = [
        f"| link, of {len(rows)} battles | by itself, % | with all before it, % | of those, % |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| `{name}` | {alone} | {so_far} | {of} |" for name, alone, so_far, of in beats(rows)
    ]
    held = {side: sum(row["holder"] == side for row in rows) for side in (*SIDES, None)}
    told = ", ".join(
        f"{side or 'nobody alone'} {often(count, len(rows))}" for side, count in held.items()
    )
    leaf, sound = (sum(row[f"{side}.dead"] for row in rows) / len(rows) for side in SIDES)
    whole = sum(all(row[f"{name}.linked_s"] is not None for name in LINKS) for row in rows)
    ends = f"Dead on average: {leaf:.0f} of the Leaf, {sound:.0f} of the Sound."
    how = f"The whole chain, in its order: {often(whole, len(rows))} %. The field held by: {told}."
    return [*lines, "", f"{how} {ends}"]


def ablations(study: Study, seeds: str) -> list[str]:
    """The table of what single things move."""
    whole = study.rows("soon", seeds, (f"end.after={SOON}",))
    lines = [
        f"| taken away, {len(whole)} battles each | what it moves | before | without | the rest |",
        "|---|---|---|---|---|",
    ]
    for number, one in enumerate(ABLATIONS):
        end = f"end.after={one.until}"
        plain = whole
        if one.until != SOON or one.given:
            plain = study.rows(f"before-{number}", seeds, (end, *one.given))
        sets = (end, *one.given, *one.sets, *off_sets(one.off))
        rows = study.rows(f"ablation-{number}", seeds, sets)
        moved = f"{_told(one, plain)} | {_told(one, rows)}"
        rest = _rest(rows) if one.until == SOON else ""
        lines.append(f"| {one.what} | {one.moves} | {moved} | {rest} |")
    return [*lines, f"| nothing | | | | {_rest(whole)} |"]


def _rest(rows: Sequence[Row]) -> str:
    """How often other things came about."""
    names = ("the_rock", "the_scream", "the_surge", "run", "the_dome")
    return ", ".join(f"`{name}` {sum(map(came(name), rows))}" for name in names)


def _told(one: Ablation, rows: Sequence[Row]) -> str:
    if one.measures is not None:
        return f"{sum(map(one.measures, rows)) / len(rows):.0f}"
    assert one.counts is not None
    return f"{sum(map(one.counts, rows))} of {len(rows)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="*", default=["census", "jitter", "ablations"])
    parser.add_argument("--seeds", default=SEEDS)
    parser.add_argument("--few", default=FEW, help="of the ablations")
    parser.add_argument("--out", type=Path, default=Path("runs") / "census")
    parser.add_argument("--jobs", type=int)
    asked = parser.parse_args()
    study = Study(asked.out, asked.jobs)
    for seeds in (asked.seeds, asked.few):
        seeds_of(seeds)  # refused now, and not after an hour
    if "census" in asked.part:
        print("\n".join(census(study.rows("as-it-stands", asked.seeds))), flush=True)
    if "jitter" in asked.part:
        print("\n".join(["", *census(study.rows("jitter", asked.seeds, jitter=0.2))]), flush=True)
    if "ablations" in asked.part:
        print("\n".join(["", *ablations(study, asked.few)]), flush=True)


if __name__ == "__main__":
    main()
