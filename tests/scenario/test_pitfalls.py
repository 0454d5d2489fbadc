"""What is wrong in a scenario is said at its line and column, with the remedy."""

from __future__ import annotations

import pytest

from affray.scenario import load_bundled, parse
from affray.scenario.inner import Memory, Notion
from affray.scenario.powers import EFFECT_SECTIONS
from affray.world.errors import ScenarioError, UsageError
from affray.world.limits import PROBLEMS_SHOWN
from tests.scenario.papers import SMALL, with_line


def problems_of(text: str | bytes) -> list[str]:
    """What is wrong with a scenario."""
    with pytest.raises(ScenarioError) as fault:
        parse(text, "b.yaml")
    return fault.value.problems


PITFALLS = [
    ("seed: 010", "b.yaml:2:7: 010 begins with a zero", "write 10"),
    ("seed: 1_000", "b.yaml:2:7: 1_000 holds underscores", "write 1000"),
    ("seed: 0x10", "b.yaml:2:7: 0x10 is not in decimal", "decimal number"),
    ("seed: 1.5", "b.yaml:2:7: 1.5 is not whole", "whole number"),
    ("seed: yes", "b.yaml:2:7: 'yes' is no number", "write one such as 5"),
    ("seed: 5 m", "b.yaml:2:7: 5 m has a unit", "plain number"),
    ("end: {after: 12:30}", "b.yaml:2:14: 12:30 could be", "750 s or 750 min"),
    ("end: {after: 1:02:03}", "b.yaml:2:14: 1:02:03 is no number", "write 3723 s"),
    ("seed: 12:30", "b.yaml:2:7: 12:30 is no number", "write one such as 5"),
    ("end: {after: .inf}", "b.yaml:2:14: .inf is not finite", "finite"),
    ("end: {after: 1e400}", "b.yaml:2:14: 1e400 is too large", ""),
    ("end: {after: 1e-400}", "b.yaml:2:14: 1e-400 is too small", ""),
    ("end: {after: 5 m}", "b.yaml:2:14: 5 m is a length where a time is wanted", "min"),
    ("end: {after: 5 mins}", "b.yaml:2:14: 5 mins: mins is not a known unit", "min or h"),
    ("end: {after: '1,5 min'}", "b.yaml:2:14: ", "decimal point"),
    ("end: {after: .5}", "b.yaml:2:14: .5 begins with a point", "0.5"),
    ("end: {after: 2020-01-01}", "b.yaml:2:14: 2020-01-01 is a date", ""),
    ("end: {after: [1]}", "b.yaml:2:14: a number is wanted here, not a list", ""),
    ("dt: 1 s", "b.yaml:2:5: 1 s is outside", "0.05 to 0.5 s"),
    ("end: 5 min", "b.yaml:2:6: a mapping is wanted here", "not text"),
    ("sources: one", "b.yaml:2:10: a list is wanted here", "not text"),
    ("sed: 3", "b.yaml:2:1: there is no key 'sed' here", "did you mean 'seed'?"),
    ("end:", "b.yaml:2:5: 'end' has no value", "remove it"),
    ("end: &x {after: 60}", "b.yaml:2:6: the anchor &x is not allowed", "remove it"),
    ("seed: *x", "b.yaml:2:7: the alias *x is not allowed", "write the value out"),
    ("seed: !!int 3", "b.yaml:2:7: the tag", "remove it"),
    ("<<: {seed: 3}", "b.yaml:2:1: the merge key << is not allowed", ""),
    ("name: other", "b.yaml:3:1: 'name' appears twice here (first at b.yaml:2:1)", "keep one"),
    ("? [a, b]\n: 3", "b.yaml:2:3: a key must be a plain word", ""),
    ("record: {level: evnts}", "b.yaml:2:17: 'evnts' is not known", "did you mean 'events'?"),
    ("end: {when: [one_side]}", "b.yaml:2:14: 'one_side' ends no battle", "one_side_left"),
    ("parameters: {fear: 3}", "b.yaml:2:20: 'fear' is a group of parameters", "odds_per_s"),
    ("parameters: {sight.tuch_m: 1}", "b.yaml:2:28: there is no parameter", "'sight.touch_m'"),
    ("parameters: {sight: {touch_m: 900}}", "b.yaml:2:31: 900 is outside", "range"),
    ("weapons: {2x: {reach: 1}}", "b.yaml:2:11: '2x' cannot stand here", "letter"),
    ("weapons: {pike: {reach: 5}}", "b.yaml:2:25: 5 is outside", "0.1 to 2 m"),
    ("weapons: {pike: {sources: [a]}}", "b.yaml:2:27: a mapping is wanted here", "not a list"),
    ("reinforcements: [{unit: first, enters: [1, 1], when: {at: 5}}]", "b.yaml:2:25: ", "reserve"),
]


@pytest.mark.parametrize(("line", "begins", "holds"), PITFALLS, ids=[row[0] for row in PITFALLS])
def test_a_pitfall_is_named_with_its_place_and_remedy(line: str, begins: str, holds: str) -> None:
    """Each thing that YAML readers guess at differently is an error at its own place."""
    found = problems_of(with_line(line))
    assert any(entry.startswith(begins) and holds in entry for entry in found), found
    assert len(found) == 1


UNIT_PITFALLS = [
    ("side: rad", "there is no side 'rad'", "did you mean 'red'?"),
    ("weapons: [spaer]", "there is no weapon 'spaer'", "did you mean 'spear'?"),
    ("weapons: []", "this list is empty", "at least one"),
    ("armour: mial", "there is no armour 'mial'", "did you mean 'mail'?"),
    ("shield: scutm", "there is no shield 'scutm'", "did you mean 'scutum'?"),
    ("facing: nort", "'nort' is no direction", "did you mean 'north'?"),
    ("training: vetran", "'vetran' is no training", "did you mean 'veteran'?"),
    ("reserve: yes", "'yes' is not taken for a switch", "write true"),
    ("reserve: True", "'True' is not taken for a switch", "write true"),
    ("reserve: true", "no reinforcement ever calls in", "add one"),
    ("leader: yes", "a leader is a mapping", "none"),
    ("leader: {weapons: [axe]}", "a unit is armed alike", "leave 'weapons' out"),
    ("leader: {armour: mial}", "a unit is armed alike", "a unit of one fighter"),
    ("leader: {shield: none}", "a unit is armed alike", "leave 'shield' out"),
    ("orders: {do: atack}", "'atack' is not known", "allowed are"),
    ("orders: {do: hold, toward: secnd}", "no side or unit 'secnd'", "did you mean 'second'?"),
    ("orders: {do: hold, toward: [200, 1]}", "[200, 1] lies outside", "0 to 100 m"),
    ("orders: {do: envelop}", "who envelops goes to a place first", "toward: [x, y]"),
    ("triggers: {when: {contact: true}, do: envelop, toward: second}", "who envelops", "pursue"),
    (
        "triggers: [" + ", ".join(["{when: {contact: true}, do: hold, again: false}"] * 8) + "]",
        "8 of its triggers may come about but once",
        "at most 7",
    ),
    ("orders: {do: hold, after: 5, until: 3}", "must lapse", "later"),
    ("orders: {do: hold, by: messenger}", "to the leaders of other units", "'to: [...]'"),
    ("orders: {do: hold, by: messenger, to: [first, third]}", "to nobody in 'third'", "by voice"),
    ("personality: {courage: 1.5}", "1.5 is outside", "0 to 1"),
    ("personality: {courage: {sd: 0.1}}", "'mean' is missing", ""),
    ("personality: {courage: {mean: 0.1, s: 0}}", "no key 's'", "mean, sd"),
    ("formation: {ranks: 1, spacing: 9}", "outside the field", "change its ranks"),
]


@pytest.mark.parametrize(("keys", "begins", "holds"), UNIT_PITFALLS)
def test_a_fault_in_a_unit_is_named_on_its_line(keys: str, begins: str, holds: str) -> None:
    """A fault among the units is said on that unit's line, with the nearest name."""
    side = "" if keys.startswith("side") else "side: red, "
    line = f"  - {{name: third, {side}count: 20, place: [50, 40], {keys}}}\n"
    found = problems_of(SMALL + line)
    assert any(begins in entry and holds in entry for entry in found), found
    assert all(entry.startswith("b.yaml:10:") for entry in found)


def test_a_shape_of_too_few_corners_says_how_many_it_needs() -> None:
    """A list that is too short is not called empty."""
    two = "{size: [100, 80], terrain: [{polygon: [[1, 1], [2, 2]], going: 0.5}]}"
    (problem,) = problems_of(SMALL.replace("{size: [100, 80]}", two))
    assert problem == "b.yaml:3:46: at least 3 entries are wanted here, not 2"


def test_the_wind_has_a_direction_by_name() -> None:
    """As units have; a misspelt one names the nearest."""
    wind = "{size: [100, 80], wind: {toward: %s, speed: 3}}"
    known = SMALL.replace("{size: [100, 80]}", wind % "northwest")
    assert parse(known).field.wind.toward == 135.0
    (problem,) = problems_of(SMALL.replace("{size: [100, 80]}", wind % "norht"))
    assert problem.startswith("b.yaml:3:41: 'norht' is no direction")
    assert "did you mean 'north'?" in problem


def test_all_words_that_may_stand_are_named() -> None:
    """What a drive may wait for is more than a handful; none of it is left out."""
    line = "people:\n  - {name: Bo, unit: first, drives: {do: hold, when: {what: smels}}}\n"
    (problem,) = problems_of(SMALL + line)
    assert "thinks, " in problem
    assert " more" not in problem


def test_a_messenger_goes_to_a_leader() -> None:
    """He who is sent to a unit that nobody leads would arrive at nobody."""
    mob = "  - {name: mob, side: red, count: 9, place: [50, 20], leader: none}\n"
    orders = "orders: {do: hold, by: messenger, to: [mob]}"
    staff = f"  - {{name: staff, side: red, count: 2, place: [50, 40], {orders}}}\n"
    (problem,) = problems_of(SMALL + mob + staff)
    assert problem.startswith("b.yaml:11:")
    assert "nobody leads unit 'mob' to whom a messenger could go" in problem


POWER_PITFALLS = [
    ("cast: 1 s", "a power has at least one effect", "barrier"),
    ("hold: {}, lasts: 5", "'hold' is for somebody else", "range: 1.2 m"),
    ("barrier: {radius: 3}", "'barrier' does nothing at once", "lasts: 10 s"),
    ("barrier: {radius: 3, stops: [light]}, lasts: 5", "'light' is not known", "sight"),
    ("blast: {radius: 3, weapon: swrod}, lasts: 5", "no weapon 'swrod'", "did you mean 'sword'?"),
    ("blast: {radius: 3, weapon: sword, spares: [Bo]}, lasts: 5", "no person 'Bo'", "self"),
    ("blast: {radius: 3, weapon: sword, leaves: [oak]}, lasts: 5", "no terrain 'oak'", "none"),
    ("summon: {unit: frist}", "no unit 'frist'", "did you mean 'first'?"),
    ("heal: {}, range: 1, lasts: 5, then: p", "would follow itself for ever", "end the chain"),
    ("sense: {}, lasts: 5, senseless: true", "it would end as it begins", "outlives: true"),
    ("hold: {hauls: true}, range: 1, lasts: 5, busy: true", "one who hauls is not busy", "leave"),
    ("sense: {}, lasts: 5, cry: {of: other}", "used on nobody else", "of: self"),
    ("sense: {}, lasts: 5, holding: true", "'holding' is about somebody else", "range"),
    ("hold: {}, range: 1, lasts: 5, holding: true", "lays hold of nobody else", "leave"),
    ("barrier: {radius: 3, stops: []}, lasts: 5", "stops nothing", "stops: [people]"),
    ("summon: {unit: first}", "'first' stands on the field from the start", "reserve: true"),
]


@pytest.mark.parametrize(("keys", "begins", "holds"), POWER_PITFALLS)
def test_a_power_that_cannot_be_is_refused_with_a_remedy(
    keys: str, begins: str, holds: str
) -> None:
    """What a power lacks, contradicts or names wrongly is said on its line."""
    found = problems_of(SMALL + f"powers:\n  p: {{{keys}}}\n")
    assert any(begins in entry and holds in entry for entry in found), found
    assert all(entry.startswith("b.yaml:11:") for entry in found)


def test_a_power_is_used_by_one_who_has_it() -> None:
    """A drive to use what nobody gave him is an error, and so is a power that there is not."""
    person = (
        "powers:\n  p: {sense: {}, lasts: 5}\npeople:\n"
        "  - {name: Bo, unit: first, powers: [q], drives: {do: use, power: p}}\n"
    )
    found = problems_of(SMALL + person)
    assert len(found) == 2
    assert "there is no power 'q'; there are p" in found[0]
    assert "'Bo' does not have 'p'; add it to his 'powers'" in found[1]


DRIVE_PITFALLS = [
    ("do: kill, whom: Al, tone: shout", "'tone' belongs to 'do: say'"),
    ("do: kill, whom: Al, again: 5", "'again' belongs to 'do: say'"),
    ("do: kill, whom: Bo", "somebody else than 'Bo' himself"),
    ("do: hold, when: {what: hurt, of: Bo}", "somebody else than 'Bo' himself"),
]


@pytest.mark.parametrize(("keys", "says"), DRIVE_PITFALLS)
def test_a_drive_that_could_do_nothing_is_refused(keys: str, says: str) -> None:
    """What a drive says to no effect is said on its line: a tone of no words, one's own self."""
    person = f"people:\n  - {{name: Al}}\n  - {{name: Bo, unit: first, drives: {{{keys}}}}}\n"
    found = problems_of(SMALL + person)
    assert len(found) == 1, found
    assert says in found[0]
    assert found[0].startswith("b.yaml:12:")


@pytest.mark.parametrize("size", ["", "size: 5\n"])
def test_nobody_is_a_fighter_whom_his_unit_does_not_have(size: str) -> None:
    """Whoever is numbered beyond his unit, as many as are in it at that size, is said by place."""
    number = 4 if size else 21  # of 20, or of two
    line = f"people:\n  - {{name: Bo, unit: first, number: {number}}}\n"
    (fault,) = problems_of(SMALL + line + size)
    assert fault.startswith("b.yaml:11:")
    assert f"'Bo' cannot be number {number}" in fault


def test_who_commands_has_an_order_that_waits_and_that_has_him() -> None:
    """Neither goes without the other: it would be silently for nothing."""
    driven = "people:\n  - {name: Bo, unit: first, drives: {do: command}}\n"
    (fault,) = problems_of(SMALL + driven)
    assert fault.startswith("b.yaml:11:")
    assert "when: {bidden: true}" in fault
    orders = "orders: [{do: hold}, {do: charge, when: {bidden: true}}]"
    line = f"  - {{name: third, side: red, count: 20, place: [50, 40], leader: {{}}, {orders}}}\n"
    (fault,) = problems_of(SMALL + line)
    assert fault.startswith("b.yaml:10:")
    assert "do: command" in fault


def test_a_reserve_is_summoned_or_called_and_not_both() -> None:
    """Whoever has entered must not be let in again."""
    text = (
        SMALL + "  - {name: wolves, side: red, count: 6, reserve: true}\n"
        "reinforcements:\n  - {unit: wolves, enters: [50, 40], when: {at: 5}}\n"
        "powers:\n  call: {summon: {unit: wolves}}\n"
    )
    (fault,) = problems_of(text)
    assert fault.startswith("b.yaml:12:")
    assert "a reserve of its own" in fault


@pytest.mark.parametrize("effect", EFFECT_SECTIONS)
def test_the_example_of_every_effect_is_a_power(effect: str) -> None:
    """What the reference shows of an effect can be written so."""
    example = getattr(EFFECT_SECTIONS[effect], "EXAMPLE")  # noqa: B009
    text = SMALL + (
        "  - {name: wolves, side: red, count: 6, reserve: true}\n" if effect == "summon" else ""
    )
    (power,) = parse(text + f"powers:\n  {example}\n", "b.yaml").powers.values()
    assert getattr(power, effect) is not None


MIND_PITFALLS = [
    ("notions: [{name: lost, kind: whish}]", "'whish' is not known here", "'wish'"),
    ("notions: [{name: lost, kind: wish}]", "a wish is about somebody", "about: NAME"),
    ("notions: [{name: lost, about: Al}]", "there is no person 'Al'", "there are Bo"),
    ("notions: [{name: lost, supported_by: [screem]}]", "'screem' is not known", "'scream'"),
    ("people: [{name: Cy, memories: [{name: x, tags: [dusk]}]}]", "'dusk' is not known", "allowed"),
    ("people: [{name: Cy, memories: [a, a]}]", "'a' is remembered twice", "name of its own"),
    ("people: [{name: Cy, holds: {lots: 0.5}}]", "there is no notion 'lots'", "there are lost"),
    ("people: [{name: Cy, drives: {do: say}}]", "'say' needs what", "'notion'"),
    ("people: [{name: Cy, drives: {do: hold, notion: lost}}]", "'notion' belongs to", "do: say"),
    ("people: [{name: Cy, drives: {do: say, names: true}}]", "'names: true' is for", "'whom'"),
    ("people: [{name: Cy, drives: {do: say, notion: lots}}]", "there is no notion 'lots'", "lost"),
    ("people: [{name: Cy, drives: {do: hold, when: {what: thinks}}}]", "is about a notion", "say"),
    ("people: [{name: Cy, drives: {do: hold, when: {what: recalls, memory: x}}}]",
     "he has no memory 'x'", "there are none"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "begins", "holds"), MIND_PITFALLS)
def test_what_nobody_can_think_is_refused_with_a_remedy(line: str, begins: str, holds: str) -> None:
    """Notions, memories and words that there are not, or that lack something, are said by place."""
    with_bo = "people: [{name: Bo, unit: first}]\n" if line.startswith("notions") else ""
    text = SMALL + ("" if line.startswith("notions") else "notions: [{name: lost}]\n")
    found = problems_of(text + with_bo + line + "\n")
    assert any(begins in entry and holds in entry for entry in found), found
    assert all(entry.startswith("b.yaml:1") for entry in found)


def test_examples_of_memories_and_notions_can_be_written_so() -> None:
    """What the reference shows of them is read without a fault."""
    text = SMALL + (
        f"notions:\n  {Notion.EXAMPLE}\n"
        "people:\n  - name: Rue\n    unit: second\n"
        "  - name: Mara\n    unit: first\n    memories:\n"
         "    " + Memory.EXAMPLE.replace("of: Mara", "of: Rue").replace("\n", "\n  ") + "\n"
    )  # fmt: skip
    scenario = parse(text, "b.yaml")
    assert [notion.name for notion in scenario.notions] == ["all_is_lost", "does_he_live"]
    assert scenario.people[1].memories[1].of == "Rue"


def test_every_problem_is_reported_at_once_in_the_order_of_the_file() -> None:
    """Syntax, schema and names are all checked before anything is said."""
    text = SMALL.replace("20, 40", "20, 400").replace("side: blue", "side: &a blu") + "sed: 1\n"
    found = problems_of(text)
    places = [entry.split(": ")[0] for entry in found]
    assert places == ["b.yaml:8:48", "b.yaml:9:26", "b.yaml:10:1"]


def test_many_problems_are_cut_short() -> None:
    """A file of thousands of faults names the first of them and how many more there are."""
    found = problems_of(SMALL + "".join(f"key{n}: 1\n" for n in range(500)))
    assert len(found) == PROBLEMS_SHOWN + 1
    assert "400 more" in found[-1]


def test_text_stays_as_it_was_written() -> None:
    """Where text is wanted, what looks like a switch, a number or a time is that text."""
    for word in ("no", "010", "12:30", "1_000", "null", "~", "2020-01-01", ".inf", "true"):
        assert parse(with_line(f"title: {word}")).title == word


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("affray: 2", "version 2, this affray reads 1; update affray"),
        ("affray: 0", "written 'affray: 1'"),
        ("affray: one", "written 'affray: 1'"),
        ("title: x", "begin the file with 'affray: 1'"),
    ],
)
def test_a_version_that_is_missing_old_or_new_says_how_to_move_on(head: str, said: str) -> None:
    """Only version 1 is read, and every other says what to do."""
    found = problems_of(SMALL.replace("affray: 1", head))
    assert len(found) == 1
    assert said in found[0]


def test_hostility_must_be_mutual() -> None:
    """A side that is fought by another and leaves it out of its own foes is a mistake."""
    text = SMALL.replace("{name: blue}", "{name: blue, hostile_to: []}")
    assert problems_of(text) == [
        "b.yaml:6:30: 'red' fights 'blue', so hostile_to of 'blue' must name 'red' too"
    ]


def test_names_are_unique() -> None:
    """Two units of a name would share their luck."""
    found = problems_of(SMALL.replace("second", "first"))
    assert found == [
        "b.yaml:9:12: 'first' is named twice in units (first at b.yaml:8:12); names are unique"
    ]


def test_an_unknown_battle_names_the_nearest() -> None:
    """A battle's name that is misspelt is not a file, and says what there is."""
    with pytest.raises(UsageError, match="there is no battle 'no_such_battle'"):
        load_bundled("no_such_battle")


def test_bytes_that_are_not_utf8_are_named_by_place() -> None:
    """The first byte that is no UTF-8 has a line and a column."""
    assert problems_of(b"affray: 1\nname: \xff\n")[0].startswith("b.yaml:2:7: this is not UTF-8")
