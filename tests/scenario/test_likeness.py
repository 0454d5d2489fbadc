"""Units that are like another: written once, and fought as if each were written out."""

from __future__ import annotations

import pytest

from affray.scenario import Battle, digest, dump, parse
from affray.world.errors import ScenarioError

FIRST = """\
affray: 1
name: small
field: {size: [100, 80]}
sides: [{name: red}, {name: blue}]
units:
  - {name: first, title: The First, side: red, count: 20, place: [20, 40], weapons: [spear],
     leader: {name: Ada, training: elite}, personality: {courage: 0.7}}
"""
LIKE = FIRST + "  - {name: second, like: first, side: blue, place: [70, 40], facing: west}\n"
WRITTEN_OUT = (
    FIRST
    + """\
  - {name: second, side: blue, count: 20, place: [70, 40], facing: west, weapons: [spear],
     leader: {training: elite}, personality: {courage: 0.7}}
"""
)


def faults(text: str) -> list[str]:
    """What is wrong with a scenario."""
    with pytest.raises(ScenarioError) as fault:
        parse(text, "b.yaml")
    return fault.value.problems


def test_a_unit_like_another_is_the_same_as_one_written_out() -> None:
    """All is taken over but names and place, and what it says itself counts; nothing of it is left
    in what is kept.
    """
    assert digest(parse(LIKE)) == digest(parse(WRITTEN_OUT))
    assert "like" not in dump(parse(LIKE))


def test_likeness_goes_on_from_one_to_the_next_in_any_order() -> None:
    """A third like the second is like the first, wherever it stands in the file."""
    third = "  - {name: third, like: second, place: [70, 20]}\n"
    below = parse(LIKE + third).units[2]
    above = parse(LIKE.replace("units:\n", "units:\n" + third)).units[0]
    assert (below.side, below.count, below.facing) == ("blue", 20, 180.0)
    assert above == below


def test_a_change_to_one_leaves_the_other() -> None:
    """From the command line each is a unit of its own, and keeps what is not changed."""
    first, second = parse(LIKE, sets=["units.first.personality.courage=0.1"]).units
    assert (first.personality.courage.mean, second.personality.courage.mean) == (0.1, 0.7)
    first, second = parse(LIKE, sets=["units.second.personality.discipline=0.9"]).units
    assert second.personality.courage.mean == 0.7
    assert first.personality.discipline.mean == 0.5


@pytest.mark.parametrize(
    ("like", "says"),
    [
        ("frist", "b.yaml:8:26: there is no other unit 'frist'; there are first; did you mean"),
        ("second", "b.yaml:8:26: 'second' is like this one in turn"),
        ("[first]", "b.yaml:8:26: text is wanted here, not a list"),
    ],
)
def test_who_is_like_nobody_is_said_by_place(like: str, says: str) -> None:
    """A unit that there is not, itself, or no name at all; what it then lacks is not said too."""
    found = faults(LIKE.replace("like: first", f"like: {like}"))
    assert found[0].startswith(says) or says in found[-1], found
    assert len(found) == (2 if like.startswith("[") else 1)


def test_a_circle_of_likeness_is_refused() -> None:
    """Each like the other says nothing of either."""
    assert "in turn" in faults(LIKE.replace("side: red,", "like: second, side: red,"))[0]


def test_a_fault_is_said_once_where_it_was_written() -> None:
    """However many are like the one at fault; and each needs a place of its own."""
    (fault,) = faults(LIKE.replace("[spear]", "[spaer]"))
    assert fault.startswith("b.yaml:6:")
    (fault,) = faults(LIKE.replace("place: [70, 40], ", ""))
    assert fault.startswith("b.yaml:8:5: unit 'second' has no place")


def test_a_likeness_cannot_be_set_afterwards() -> None:
    """What stands already is changed by what should differ."""
    with pytest.raises(ScenarioError, match="'like' is for files"):
        parse(LIKE, sets=["units.second.like=first"])


def test_the_builder_takes_likeness_too() -> None:
    """In Python, as in a file."""
    paper = Battle("b", field=(60, 40)).side("red").side("blue")
    paper.unit("one", side="red", count=6, place=(20, 20), weapons=["axe"])
    paper.unit("two", like="one", side="blue", place=(40, 20))
    assert [entry.name for entry in paper.scenario().units[1].weapons] == ["axe"]
