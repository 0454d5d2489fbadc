"""The words that a world is told in belong to the recording of its battle."""

from __future__ import annotations

from pathlib import Path

import affray
from affray.record import Recording
from affray.run import execute, fork, resume
from affray.scenario import load_bundled

WORDS = {"lexicon.yaml": b"predicates: {}\n"}


def test_they_lie_in_it_from_the_first_tick_on(tmp_path: Path) -> None:
    """So that a run that is killed and taken up again is told as one that never stopped."""
    out, there = tmp_path / "run", []

    def note() -> bool:
        there.append((out / "lexicon.yaml").read_bytes())
        return True

    execute(load_bundled("duel"), out=out, words=WORDS, threads=1, stop=note)
    assert there == [*WORDS.values()]
    resume(out, until_s=1.0, threads=1)
    assert Recording.open(out).words == WORDS


def test_a_fork_has_those_of_its_parent(tmp_path: Path) -> None:
    """A what-if is told in the words of the same world."""
    execute(load_bundled("duel"), out=tmp_path / "run", words=WORDS, until_s=2.0, threads=1)
    fork(tmp_path / "run", 5, [], tmp_path / "fork", until_s=2.0, threads=1)
    assert Recording.open(tmp_path / "fork").words == WORDS


def test_they_go_when_another_battle_takes_its_place(tmp_path: Path) -> None:
    """A battle without words of its own is not told in those of the one before it."""
    for words in (WORDS, {}):
        execute(load_bundled("duel"), out=tmp_path, words=words, until_s=1.0, overwrite=True)
        assert Recording.open(tmp_path).words == words


def test_python_takes_them_along_as_the_command_line_does(tmp_path: Path) -> None:
    """A file that is loaded, changed and run has the words that lie beside it."""
    paper = tmp_path / "pair.yaml"
    paper.write_text(affray.load("duel").yaml())
    for name, text in WORDS.items():
        (tmp_path / f"pair.{name}").write_bytes(text)
    run = affray.load(paper).change({"seed": 3}).run(until=1.0, threads=1)
    assert run.recording.words == WORDS
