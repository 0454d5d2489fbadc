"""What was told before and comes about once more, or has grown, is told as such."""

from __future__ import annotations

from dataclasses import replace

import pytest

from affray.record.testimony import Record
from affray.tell.audit import audited
from affray.tell.figures import View
from affray.tell.lexicon import lexicon_of
from affray.tell.mind import Mind
from affray.tell.output import as_data
from affray.tell.returns import once_more
from affray.tell.teller import tell
from affray.tell.voice import Voices
from tests.tell.test_telling import mind, record


def down(tick: int, number: int) -> Record:
    """Some of one's own, on the ground."""
    return record(tick, "mates_down", number=number)


@pytest.mark.parametrize(
    ("before", "here", "facets"),
    [
        (down(10, 4), down(200, 9), ["more"]),
        (down(10, 4), down(200, 5), []),
        (down(10, 4), down(4000, 9), []),  # nobody has that in mind any more
        (record(10, "fear", much=0.3), record(200, "fear", much=0.6), ["more", "again"]),
        (record(10, "throws", weapon="star"), record(200, "throws", weapon="star"), ["again"]),
        (record(10, "mate_falls", 0), record(200, "mate_falls", 1), ["again"]),
        (record(10, "mate_falls", 0), record(200, "mate_falls", 0), []),
        (replace(record(10, "stands"), until=300), record(200, "stands"), []),
        (record(10, "foes_many", number=40, bearing="ahead"),
         record(200, "foes_many", number=20, bearing="ahead"), ["fewer"]),
        (record(10, "foes_many", number=40, bearing="ahead"),
         record(200, "foes_many", number=20, bearing="left"), []),
    ],
)  # fmt: skip
def test_what_is_so_once_more(before: Record, here: Record, facets: list[str]) -> None:
    """After it was over, of another one, or by half as many more; where nothing was told, never."""
    known = Mind(mind(before, here, kinds=("mate", "mate")))
    view = View(known.records[1], (), known, {}, before=known.records[0])
    wishes = [wish for move in once_more(view) for one in move.wanted for wish in one.wishes]
    told = [wish.frame.partition("/")[2] for wish in wishes]
    assert told == facets
    assert not [*once_more(View(known.records[1], (), known, {}))]


def test_the_audit_asks_what_came_before() -> None:
    """A telling of growing losses is clean; one that cites more than there are now is not."""
    testimony = mind(record(0, "belongs", unit="u", side="red", foes="blue"),
                     down(40, 4), record(100, "fear", much=0.4), down(240, 12))  # fmt: skip
    words = lexicon_of()
    data = as_data(tell(testimony, words, Voices(), 300))
    assert not [leak for one in audited(data, {"u/2": testimony}, words) for leak in one.leaks]
    clauses = [clause for scene in data["scenes"] for paragraph in scene["paragraphs"]
               for sentence in paragraph for clause in sentence["clauses"]]  # fmt: skip
    grown = next(one for one in clauses if one["frame"] == "mates_down/more")
    for cites in ([], [2], [3]):
        grown["cites"] = cites
        assert [leak for one in audited(data, {"u/2": testimony}, words) for leak in one.leaks]
