"""Where the words of a telling come from, and how far tellings resemble each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from affray.tell.measure import happened, repeated, sources
from affray.tell.plan import ORIGINS
from tests.tell.sameness import names_of, one, ten
from tests.tell.test_apart import LONG
from tests.tell.told import Data, Told, sentences
from tests.testimony.deposed import TIMES

THIRD = 1 / 3


def test_every_word_has_an_origin(battles: list[Told]) -> None:
    """The pieces of a clause are its text, each from one of four places; names are testimony's."""
    named = 0
    for told in battles:
        for telling in told.tellings:
            for scene, sentence in sentences(telling):
                for clause in sentence["clauses"]:
                    origins = clause["origins"]
                    assert "".join(text for _, text in origins) == clause["text"]
                    assert {origin for origin, _ in origins} <= {*ORIGINS}
                    held = [text for origin, text in origins if origin == "testimony"]
                    records = told.of(scene).records
                    name = records[clause["record"]].of
                    if "{of}" in clause["tree"]:
                        assert {name, "he", "she", "him", "her"} & {*held}
                        named += 1
    assert named > 5


def test_a_third_of_the_words_are_of_what_happened(battles: list[Told]) -> None:
    """Of the content words of each chorus, at least a third trace to what happened in this run."""
    for told in battles:
        shares = sources(told.tellings[0])
        assert sum(shares.values()) == pytest.approx(1.0)
        assert happened(told.tellings[0]) >= THIRD


def test_what_recurs_is_found() -> None:
    """A sentence of six words in three tellings is found, whatever names and numbers are in it."""

    def telling(*texts: str) -> Data:
        said = [{"text": text, "clauses": [], "joints": [], "opening": ""} for text in texts]
        return {"scenes": [{"paragraphs": [said]}]}

    alike = [(telling(f"Then {name} saw {many} of them run.", "He ran."), {name})
             for name, many in (("Ada", "two"), ("Bea", "forty"), ("Cy", "seven"))]  # fmt: skip
    assert repeated(alike) == {"then # saw # of them run": 3}
    assert repeated(alike[:2]) == {}


def test_tellings_do_not_resemble_each_other(battles: list[Told], tmp_path: Path) -> None:
    """No sentence of six words or more stands in more than two: of four tellings of two battles; in
    the long mode of ten, of five battles at two seeds each.
    """
    if LONG:
        tellings = ten(tmp_path)
    else:
        tellings = [(told.tellings[0], names_of(told.testimonies.values(), told.lexicon))
                    for told in battles]  # fmt: skip
        tellings += [one(tmp_path, name, 77, until_s) for name, until_s in TIMES.items()]
    assert repeated(tellings) == {}
