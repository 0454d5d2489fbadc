"""The gallery of tellings: ``python -m docs.gallery`` fights the battles and writes them anew.

Each telling in ``docs/gallery`` is of the battle's usual seed, by the words that go with it; its
audit, and a thermometer of all of them, stand in ``docs/gallery/README.md``.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from affray.record import Recording
from affray.record.testimony import Testimony
from affray.report.roster import Roster
from affray.run import execute
from affray.scenario import load
from affray.tell.audit import audited
from affray.tell.beside import words_beside
from affray.tell.chorus import chorus
from affray.tell.measure import happened, measured
from affray.tell.output import as_data, as_markdown
from affray.tell.plan import Telling
from affray.tell.teller import tell, witness_name
from affray.testimony.camera import CAMERA, filmed
from affray.testimony.stored import chorus_of, heard

FOLDER = Path(__file__).parent / "gallery"


@dataclass(frozen=True)
class Piece:
    """One telling: of a battle, from some minds or as a chorus, of so many words."""

    name: str
    battle: str
    about: str
    from_: tuple[str, ...] = ()
    words: int = 3000
    until_s: float | None = None


PIECES = (
    Piece("clearing", "clearing", "a chorus of the clearing, its usual seed"),
    Piece("hastings", "hastings", "a chorus of Hastings"),
    Piece("toll_bridge", "toll_bridge", "a chorus of an invented battle with other powers"),
    Piece("cannae_soldier", "cannae", "one whom nobody named, at Cannae",
          ("legion_centre/110",), 1200, 600.0),
    Piece("toll_bridge_camera", "toll_bridge", "the same battle as a camera saw it, which is "
          "nobody", (CAMERA,), 400),
    Piece("mutiny", "mutiny", "a mutiny aboard a whaler"),
    Piece("wells", "wells", "a caravan at the shut wells of a village, held out once"),
    Piece("bell", "bell", "a bell that is to be taken for its metal, held out once"),
    Piece("linear_soldier", "linear_1700s", "one whom nobody named, in a line of muskets",
          ("white_6/70",), 1200),
    Piece("brawl", "brawl", "a brawl in a tavern yard, in which nobody has a name; held out",
          words=1800),
)  # fmt: skip


def told(piece: Piece, folder: Path) -> tuple[Telling, dict[str, Testimony]]:
    """Fight a battle, hear its witnesses, and tell it."""
    scenario = load(piece.battle)
    execute(scenario, seed=scenario.seed, out=folder, until_s=piece.until_s)
    recording = Recording.open(folder)
    find = Roster.from_recording(recording).find
    if piece.from_ == (CAMERA,):
        found = [filmed(recording)]
    else:
        found = heard(recording, [find(name) for name in piece.from_] or chorus_of(recording))
    lexicon, voices = words_beside(piece.battle)
    if piece.from_:
        telling = tell(found[0], lexicon, voices, piece.words)
    else:
        telling = chorus(found, lexicon, voices, piece.words)
    return telling, {witness_name(one): one for one in found}


def main() -> None:
    """Write every piece, and the page that lists them."""
    FOLDER.mkdir(exist_ok=True)
    rows = []
    for piece in PIECES:
        with tempfile.TemporaryDirectory() as folder:
            telling, witnesses = told(piece, Path(folder) / "run")
        (FOLDER / f"{piece.name}.md").write_text(as_markdown(telling), encoding="utf-8")
        lexicon, _ = words_beside(piece.battle)
        data = as_data(telling)
        leaks = sum(len(one.leaks) for one in audited(data, witnesses, lexicon))
        rows.append(row(piece, telling, leaks, happened(data)))
        print(f"{piece.name}: {telling.words()} words, {leaks} leaks")
    (FOLDER / "README.md").write_text(page(rows), encoding="utf-8")


def row(piece: Piece, telling: Telling, leaks: int, happened: float) -> list[str]:
    """A piece's row of the table."""
    return [f"[{piece.name}]({piece.name}.md)", piece.about, f"{telling.words():,}",
            *measured(telling.text()).row(), f"{happened:.0%}", str(leaks)]  # fmt: skip


_HEAD = (
    "telling", "what it is", "words", "sentences", "words a sentence", "sd", "distinct-2",
    "self-BLEU-4", "types in 100", "open with he/she", "from what happened", "leaks",
)  # fmt: skip


def page(rows: Sequence[Sequence[str]]) -> str:
    """The page that lists the pieces with their figures."""
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in [_HEAD, ["---"] * len(_HEAD), *rows])
    return f"""# Gallery of tellings

Made by `python -m docs.gallery`, unedited: each battle is fought at its usual seed, its witnesses
are heard, and what they testify is told in the words that go with the battle. No language model has
a part in it. Every sentence is licensed by a record of the mind that tells (`affray audit`).

{table}

The figures are a thermometer and no target. A story of twenty scenes by a human hand, at 3,200
words, has 10.7 words a sentence (sd 7.1), distinct-2 0.81, self-BLEU-4 0.10, 0.71 types in 100
words, and 21 % of its sentences open with he or she.

What falls short: phrases come back more often than under a human hand, and few sentences are very
long or very short; of a unit's people only those who come up again have names, and the others are
one more of their own; the blows of a bout come in threes (he came, he struck, it landed or not); of
two men one is called by his name in every sentence; a telling ends where what turned for somebody
ended, and seldom answers what another had asked; and who has little to tell tells less than was
asked for.
"""


if __name__ == "__main__":
    main()
