"""The words of a world fit its battle: what they ask of a record can be so."""

from __future__ import annotations

from importlib import resources

import pytest

from affray.scenario import load_bundled
from affray.scenario.kit import weapon_table
from affray.tell.lexicon import LexiconFile, Said, parse_lexicon
from affray.tell.lint import checked
from affray.world.errors import ScenarioError

WORLDS = sorted(file.name.split(".")[0]
                for file in (resources.files("affray") / "battles" / "words").iterdir()
                if file.name.endswith(".lexicon.yaml"))  # fmt: skip
NAMED = ("power", "weapon", "unit", "side", "notion", "memory")


def words_of(world: str) -> LexiconFile:
    """The words that lie beside a bundled battle."""
    file = resources.files("affray") / "battles" / "words" / f"{world}.lexicon.yaml"
    return parse_lexicon(file.read_text(encoding="utf-8"), world)


def test_a_condition_of_yes_or_no_is_met_by_yes() -> None:
    """Its file has ``true`` as a word, and a record as a truth."""
    tree = Said.model_validate({"say": "x", "if": {"knew": "true"}, "unless": {"down": "true"}})
    made = tree.tree(True)
    assert made.suits({"knew": True})
    assert not made.suits({})
    assert not made.suits({"knew": True, "down": True})


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("acts: {flee: ['{nobody} [run]']}", "1:15: nothing can stand in {nobody}"),
        ("did: {flee: ['[run']}", "1:14: a slot is {name}"),
        ("memories: {ford: {scene: ['{nobody} [swim]']}}", "1:27: nothing can stand in"),
        ("memories: {ford: {scene: ['{foes} [swim]']}}", "1:27: '{foes} [swim]' may speak of"),
        ("acts: {flee: ['{whom} [run]']}", "1:15: '{whom} [run]' may speak of"),
        ("people: {foe: ['a {name}']}", "1:16: 'a {name}': nothing is put in the place of {name}"),
        ("people: {leader: ['{my} captain']}", "1:19: '{my} captain': nothing is put in"),
        ("looks: {hair: 'with {build} hair'}", "1:15: 'with {build} hair': nothing is put in"),
        ("notions: {end: {thought: ['{I} [die]']}}", "1:27: '{I} [die]': nothing is put in"),
        ("foes: {red: {many: the red, one: ['one of {ours}']}}", "1:35: 'one of {ours}': nothing"),
        ("predicates: {wound: ['{I} [bleed].']}", "1:22: '{I} [bleed].' closes a sentence"),
    ],
)
def test_the_check_finds_what_would_not_be_filled(wrong: str, says: str) -> None:
    """A slot or a verb where words are said as they are written, by its line and column."""
    with pytest.raises(ScenarioError) as error:
        checked(wrong, "w.yaml")
    assert [says in problem for problem in error.value.problems] == [True], error.value.problems


@pytest.mark.parametrize("world", WORLDS)
def test_what_lies_beside_a_battle_passes_its_check(world: str) -> None:
    """The words that are bundled are as sound as an author's own have to be."""
    file = resources.files("affray") / "battles" / "words" / f"{world}.lexicon.yaml"
    checked(file.read_text(encoding="utf-8"), world)


@pytest.mark.parametrize("world", WORLDS)
def test_what_a_tree_asks_for_by_name_is_there(world: str) -> None:
    """No tree waits for a power, a weapon, a unit or a notion that its battle does not have."""
    scenario = load_bundled(world)
    words = words_of(world)
    known = {*scenario.powers, *weapon_table(scenario)[1], *words.memories}
    known |= {one.name for one in (*scenario.units, *scenario.sides, *scenario.notions)}
    asked = {
        (feature, name)
        for trees in words.predicates.values()
        for tree in trees
        for wanted in (tree.if_, tree.unless)
        for feature, names in wanted.items()
        for name in (names if isinstance(names, list) else [names])
        if feature in NAMED
    }
    assert asked
    assert not {pair for pair in asked if pair[1] not in known}


@pytest.mark.parametrize("world", WORLDS)
def test_who_alone_says_something_is_there(world: str) -> None:
    """No tree is kept for somebody, a unit or a side that its battle does not have."""
    scenario = load_bundled(world)
    words = words_of(world)
    there = {one.name for one in (*scenario.units, *scenario.sides, *scenario.people)}
    there |= {unit.leader.name for unit in scenario.units if unit.leader is not None}
    kept = {one for trees in words.predicates.values() for tree in trees for one in tree.who}
    assert kept
    assert not kept - there
