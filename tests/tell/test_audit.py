"""The audit: it licenses every sentence of a telling, and catches every leak that is put in."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from affray.tell.audit import CLASSES
from tests.tell import mutations as m
from tests.tell.mutations import PLANS, SAID, TEXTS, Mutation, Place, mutated
from tests.tell.told import Told, sentences

# a seed cannot be made simpler, so nothing is shrunk
MANY = settings(max_examples=60, phases=[Phase.generate])
FEW = settings(MANY, max_examples=25)
SEEDS = st.integers(0, 2**32 - 1).map(Random)


def test_every_sentence_is_licensed(battles: list[Told]) -> None:
    """No telling of either battle leaks, and every sentence in it rests on records."""
    count = 0
    for told in battles:
        for telling in told.tellings:
            assert told.leaks(telling) == []
            count += sum(1 for _ in sentences(telling))
    assert count > 200


@pytest.mark.parametrize("mutation", [*PLANS, *SAID, *TEXTS], ids=lambda one: one.__name__)
@MANY
@given(luck=SEEDS)
def test_what_is_put_in_is_caught(battles: list[Told], mutation: Mutation, luck: Random) -> None:
    """A leak put anywhere into a plan or a finished text of any telling is found, and named by
    one of the eight classes.
    """
    at = mutated(battles, mutation, luck)

    leaks = at.told.leaks_in(at.scene)
    assert leaks, (at.sentence, at.clause)
    assert all(leak.kind in CLASSES for leak in leaks)


# ------------------------------------------------------------------ each class by its name


@pytest.mark.parametrize(
    ("kind", "mutation"),
    [
        ("unsupported", m.another_frame), ("another's", m.from_another_mind),
        ("another's", m.in_anothers_scene), ("future", m.from_later),
        ("identity", m.a_name_is_given), ("mind", m.a_doubt_is_dropped),
        ("number", m.a_number_is_exact), ("word", m.as_if_spoken_of),
    ],
)  # fmt: skip
@FEW
@given(luck=SEEDS)
def test_a_plan_that_leaks_is_named_for_what_it_is(
    battles: list[Told], kind: str, mutation: Mutation, luck: Random
) -> None:
    """A leak of the plan that is put into words as it stands is of its own class."""
    at = mutated(battles, mutation, luck)

    assert kind in {leak.kind for leak in at.told.leaks_in(at.scene)}, at.clause


@pytest.mark.parametrize("kind", m.WORDS)
@FEW
@given(luck=SEEDS)
def test_a_word_put_in_is_named_for_what_it_is(
    battles: list[Told], kind: str, luck: Random
) -> None:
    """A number, a verb of sense or of mind, a presupposition, any other word: each by its class."""

    def put_in(at: Place, luck: Random) -> bool:
        channel = at.told.of(at.scene).records[at.clause["record"]].channel
        alone = len(at.sentence["clauses"]) == 1 and channel in ("touch", "fact", "hearing")
        said = at.sentence["text"].lower()
        common = ("heard", "one", "another")  # these may stand elsewhere in such a clause
        words = [word for word in m.WORDS[kind] if word not in said and word not in common]
        return (kind != "channel" or alone) and m.with_word(at, luck.choice(words), luck)

    at = mutated(battles, put_in, luck)
    assert kind in {leak.kind for leak in at.told.leaks_in(at.scene)}, at.sentence


def test_several_are_told_at_once_only_of_several(battles: list[Told]) -> None:
    """What is told of a press cites three of a kind at least, each of somebody else."""
    seen = 0
    for told in battles:
        for telling in told.tellings:
            for scene, sentence in sentences(telling):
                for clause in sentence["clauses"]:
                    if not clause["frame"].endswith("/many"):
                        continue
                    seen += 1
                    assert len(clause["cites"]) >= 2
                    records = told.of(scene).records
                    kind = records[clause["record"]].pred
                    other = next(one.id for one in records if one.pred != kind)
                    for cites in (clause["cites"][:1], [*clause["cites"], other],
                                  [*clause["cites"], clause["cites"][0]]):  # fmt: skip
                        changed = clause | {"cites": cites}
                        found = told.leaks_in(scene | {"paragraphs": [[
                            sentence | {"clauses": [changed]}]]})  # fmt: skip
                        assert any(one.kind == "unsupported" and "several" in one.why
                                   for one in found)  # fmt: skip
    assert seen
