"""Patterns over events: order, roles, what bars them, causes, counts, chains."""

from __future__ import annotations

from typing import Any

import pytest

from affray.scenario import Battle as Paper
from affray.sift import Sifted, read_sieve
from affray.sift.happenings import HAPPENINGS
from affray.sift.reference import EXAMPLE
from affray.world import words as w
from affray.world.errors import LimitError, ScenarioError
from tests.sift.sieves import (
    BREAK,
    DEATH,
    FALL,
    RALLY,
    WOUND,
    Told,
    fought,
    happened,
    sides,
    sifted,
)
from tests.systems.test_people import rescued, stranger_in_black
from tests.systems.test_powers import captured, forced

Steps = list[dict[str, Any]]
REVENGE: Steps = [
    {"event": "wound", "who": "first", "whom": "striker"},
    {"event": "wound", "who": "striker", "whom": "avenger"},
]


def told(*events: tuple[int, int, int, int]) -> Told:
    """Events made up, in a battle of ten against ten."""
    return happened(*events), sides()


def came(told: Told, *steps: dict[str, Any], roles: Any = None) -> int | None:
    """The tick at which a single pattern came about."""
    at = sifted(told, list(steps), roles=roles).patterns[0].at
    return None if at is None else at.tick


# ------------------------------------------------------------------ roles and order


def test_roles_hold_across_steps() -> None:
    """Whoever has a role in one step has it in the next; the steps come in their order."""
    found = sifted(told((5, WOUND, 1, 12), (7, WOUND, 13, 2), (9, WOUND, 12, 3)), REVENGE)
    beat = found.patterns[0]
    assert beat.roles == {"first": "reds/2", "striker": "blues/3", "avenger": "reds/4"}
    assert [step.tick for step in beat.steps] == [5, 9]
    assert came(told((5, WOUND, 1, 12), (3, WOUND, 12, 3)), *REVENGE) is None


def test_two_roles_of_a_pattern_are_two_fighters() -> None:
    """Who was wounded and strikes back is not a third who avenges him."""
    assert came(told((5, WOUND, 1, 12), (9, WOUND, 12, 1)), *REVENGE) is None
    himself = [REVENGE[0], {"event": "wound", "who": "striker", "whom": "first"}]
    assert came(told((5, WOUND, 1, 12), (9, WOUND, 12, 1)), *himself) == 9


def test_the_earliest_way_is_found() -> None:
    """A later beginning that comes to its end sooner counts."""
    wounds_then_death: Steps = [{"event": "wound", "who": "a"}, {"event": "death", "who": "a"}]
    early = told((1, WOUND, 1, 12), (4, WOUND, 2, 12), (6, DEATH, 2, -1), (90, DEATH, 1, -1))
    assert came(early, *wounds_then_death) == 6


def test_steps_of_one_tick_have_no_order() -> None:
    """A wound and the fall that it causes are of one tick; one event is not two steps."""
    fall_then_wound: Steps = [{"event": "fall", "who": "a"}, {"event": "wound", "who": "a"}]
    assert came(told((5, WOUND, 1, 12), (5, FALL, 1, 12)), *fall_then_wound) == 5
    assert came(told((5, WOUND, 1, 12)), {"event": "wound"}, {"event": "wound"}) is None


def test_within_and_near_are_measured_from_the_step_before() -> None:
    """A tick is 0.1 s; events stand at x = the fighter's number."""
    both = told((10, WOUND, 1, 12), (30, DEATH, 4, -1))
    wound = {"event": "wound"}
    assert came(both, wound, {"event": "death", "within": 2}) == 30
    assert came(both, wound, {"event": "death", "within": 1.9}) is None
    assert came(both, wound, {"event": "death", "near": 3}) == 30
    assert came(both, wound, {"event": "death", "near": 2.9}) is None


def test_roles_are_restricted() -> None:
    """By side, unit, leadership, and how they stand to another; and by name, if it must be."""
    wounds = told((5, WOUND, 1, 2), (7, WOUND, 13, 0), (9, WOUND, 14, 3))
    step = {"event": "wound", "who": "a", "whom": "b"}
    assert came(wounds, step) == 5
    assert came(wounds, step, roles={"a": {"enemy_of": "b"}}) == 7
    assert came(wounds, step, roles={"b": {"companion_of": "a"}}) == 5
    assert came(wounds, step, roles={"a": {"side": "blue"}, "b": {"leader": False}}) == 9
    assert came(wounds, step, roles={"b": {"leader": True}}) == 7
    assert came(wounds, step, roles={"a": {"unit": "blues"}}) == 7
    assert came(wounds, step, roles={"a": {"name": "blues/5"}}) == 9
    assert came(wounds, step, roles={"a": {"person": True}}) is None


# ------------------------------------------------------------------ unless, counts, causes


def test_unless_bars_what_came_in_between() -> None:
    """A flight that a rally ended is none; somebody else's rally bars nothing."""
    flees: Steps = [
        {"event": "break", "who": "a"},
        {"event": "death", "who": "a", "unless": {"event": "rally", "who": "a"}},
    ]
    assert came(told((5, BREAK, 1, -1), (8, RALLY, 1, -1), (9, DEATH, 1, -1)), *flees) is None
    assert came(told((5, BREAK, 1, -1), (8, RALLY, 2, -1), (9, DEATH, 1, -1)), *flees) == 9
    assert came(told((4, RALLY, 1, -1), (5, BREAK, 1, -1), (9, DEATH, 1, -1)), *flees) == 9


def test_unless_in_a_first_step_looks_back_to_the_beginning() -> None:
    """First blood, and a first blood that no flight came before."""
    step = {"event": "wound", "unless": {"event": "break"}}
    assert came(told((5, WOUND, 1, 12), (6, BREAK, 1, -1)), step) == 5
    assert came(told((4, BREAK, 1, -1), (5, WOUND, 1, 12)), step) is None


def test_so_many_of_different_fighters() -> None:
    """Each counts once; 'within' counts from the first of them, or from the step before."""
    falls = [(5, FALL, 1, -1), (6, FALL, 1, -1), (7, FALL, 2, -1), (30, FALL, 3, -1)]
    assert came(told(*falls), {"event": "fall", "at_least": 3}) == 30
    assert came(told(*falls), {"event": "fall", "at_least": 3, "within": 2}) is None
    assert came(told(*falls), {"event": "fall", "at_least": 2, "within": 2}) == 7
    scream = (29, w.EVENT_SAY, 11, -1)
    after: Steps = [{"event": "say"}, {"event": "fall", "at_least": 2, "within": 5}]
    assert came(told(*falls, scream), *after) is None
    assert came(told(*falls, scream, (31, FALL, 4, -1)), *after) == 31


def test_so_many_times_of_one_fighter() -> None:
    """With a role the events of whoever has it are counted."""
    wounds = told((5, WOUND, 1, 12), (6, WOUND, 2, 12), (7, WOUND, 1, 13), (8, WOUND, 1, 14))
    assert came(wounds, {"event": "wound", "who": "a", "at_least": 3}) == 8
    assert came(wounds, {"event": "wound", "who": "a", "whom": "b", "at_least": 2}) is None


def test_a_cause_is_walked_back_to_its_step() -> None:
    """Her scream goes back to his power; a scream that goes back to something else does not."""
    fight = fought(forced, 60)
    used = {"event": "power", "who": "captor", "effect": "drain", "name": "used"}
    scream = {"event": "say", "who": "captive", "says": "scream", "caused_by": "used"}
    found = sifted(fight, [used, scream]).patterns[0]
    assert found.roles == {"captor": "Orin", "captive": "Ana"}
    seized = {**used, "effect": "hold"}
    assert came(fight, seized, scream) is None
    assert came(fight, seized, {**scream, "caused_by": None}) == found.steps[1].tick


def test_a_pattern_that_ends_in_many_events_is_where_its_last_single_one_was() -> None:
    """A death at which three break is told where he died, and when the third had broken."""
    steps: Steps = [{"event": "death"}, {"event": "break", "at_least": 3}]
    found = sifted(told((5, DEATH, 4, -1), *((5 + k, BREAK, 6 + k, -1) for k in range(3))), steps)
    beat = found.patterns[0]
    assert beat.at is not None
    assert (beat.at.tick, beat.place) == (7, (4.0, 0.0))
    assert "at [4, 0]" in str(found)


# ------------------------------------------------------------------ people


WATCHED: Steps = [
    {"event": "stir", "who": "watcher", "whom": "beloved", "drive": "guard"},
    {"event": "wound", "who": "hunter", "whom": "watcher"},
    {"event": "know", "who": "beloved", "whom": "watcher", "within": 3},
    {"event": "believe", "who": "beloved", "whom": "watcher", "believes": "alive"},
]


def test_a_rescue_and_what_the_rescued_knows_of_it() -> None:
    """Roles of people, who bind to whoever feels and does these things."""
    fight = fought(rescued, 80, 1, "parameters.throw.touch=1", "parameters.sight.glance_per_s=0")
    found = sifted(fight, WATCHED, roles={"hunter": {"enemy_of": "beloved", "person": False}})
    beat = found.patterns[0]
    assert beat.roles == {"watcher": "Rue", "beloved": "Mara", "hunter": "hunter"}


def guards(watcher: str, beloved: str) -> Paper:
    """Two of one kind side by side, an enemy who comes at each; one would guard the other."""
    paper = Paper("guards", field=(60, 60)).side("red").side("blue")
    for name, y in (("eve", 26), ("ina", 34)):
        paper.unit(name, side="red", count=1, place=(20, y), orders={"do": "hold"})
        paper.unit(f"foe_of_{name}", side="blue", count=1, place=(24, y), facing="west")
    for name in ("Eve", "Ina"):
        ties = {beloved: {"love": 1.0}} if name == watcher else {}
        drives = {"do": "guard", "whom": beloved, "strength": 9.0} if name == watcher else []
        paper.person(name, unit=name.lower(), ties=ties, drives=drives)
    return paper


@pytest.mark.parametrize(("watcher", "beloved"), [("Eve", "Ina"), ("Ina", "Eve")])
def test_roles_go_with_dispositions_not_with_names(watcher: str, beloved: str) -> None:
    """Two people with their dispositions swapped: the same pattern, the roles swapped."""

    def paper() -> Paper:
        return guards(watcher, beloved)

    step = {"event": "stir", "who": "watcher", "whom": "beloved", "drive": "guard"}
    beat = sifted(fought(paper, 20), [step]).patterns[0]
    assert beat.roles == {"watcher": watcher, "beloved": beloved}


def test_somebody_absent_can_have_a_role() -> None:
    """He is taken for his brother, who is not there."""
    mistaken: Steps = [
        {"event": "know", "who": "observer", "whom": "dead"},
        {"event": "know", "who": "observer", "whom": "stranger"},
    ]
    fight = fought(stranger_in_black, 150)
    beat = sifted(fight, mistaken, roles={"dead": {"away": True}, "stranger": {"away": False}})
    assert beat.patterns[0].roles == {"observer": "Oren", "dead": "Ivo", "stranger": "Ash"}


def test_powers_are_asked_for_by_name_or_effect() -> None:
    """Also those that a drive is about."""
    fight = fought(captured, 60)
    taken = came(fight, {"event": "power", "effect": "hold"})
    assert taken == came(fight, {"event": "power", "power": "grip"}) is not None
    stirred = came(fight, {"event": "stir", "power": "grip", "drive": "use"})
    assert stirred is not None
    assert stirred < taken
    assert came(fight, {"event": "power", "effect": "barrier"}) is None


# ------------------------------------------------------------------ chains


def chained(found: Sifted) -> list[bool]:
    return [link.came for link in found.chain]


FELLED: Steps = [{"event": "wound", "who": "a", "whom": "b"}, {"event": "fall", "who": "a"}]
AVENGED: Steps = [{"event": "death", "who": "b"}]


def test_links_of_a_chain_share_roles_and_come_in_order() -> None:
    """The death must be of the one who felled, and not before it."""
    events = [(5, WOUND, 1, 12), (6, FALL, 1, -1), (9, DEATH, 12, -1)]
    assert sifted(told(*events), FELLED, AVENGED, chain=["p0", "p1"]).whole
    of_another = sifted(told(*events[:2], (9, DEATH, 13, -1)), FELLED, AVENGED, chain=["p0", "p1"])
    assert chained(of_another) == [True, False]
    assert [beat.came for beat in of_another.patterns] == [True, True]
    before = sifted(told((2, DEATH, 12, -1), *events[:2]), FELLED, AVENGED, chain=["p0", "p1"])
    assert chained(before) == [True, False]


def test_a_chain_goes_back_on_whom_it_chose() -> None:
    """The first who was felled was not avenged; the second was."""
    events = [(1, WOUND, 2, 13), (2, FALL, 2, -1), (5, WOUND, 1, 12), (6, FALL, 1, -1),
              (9, DEATH, 12, -1)]  # fmt: skip
    found = sifted(told(*events), FELLED, AVENGED, chain=["p0", "p1"])
    assert found.chain[0].roles == {"a": "reds/2", "b": "blues/3"}
    assert found.patterns[0].roles == {"a": "reds/3", "b": "blues/4"}


def test_links_in_a_list_come_in_any_order() -> None:
    """And what follows upon the list follows upon all of it."""
    fall, death, rally = [{"event": "fall"}], [{"event": "death"}], [{"event": "rally"}]
    chain = [["p0", "p1"], "p2"]
    events = [(5, DEATH, 1, -1), (7, FALL, 2, -1), (9, RALLY, 3, -1)]
    assert sifted(told(*events), fall, death, rally, chain=chain).whole
    early = sifted(told(*events[:2], (6, RALLY, 3, -1)), fall, death, rally, chain=chain)
    assert chained(early) == [True, True, False]
    lacking = sifted(told(events[0], events[2]), fall, death, rally, chain=chain)
    assert chained(lacking) == [False, True, False]


def test_so_many_as_a_link_end_no_sooner_than_the_link_before() -> None:
    """They may begin before it."""
    death, falls = [{"event": "death"}], [{"event": "fall", "at_least": 2}]
    events = [(5, FALL, 1, -1), (6, FALL, 2, -1), (10, DEATH, 3, -1)]
    assert chained(sifted(told(*events), death, falls, chain=["p0", "p1"])) == [True, False]
    later = sifted(told(*events, (12, FALL, 4, -1)), death, falls, chain=["p0", "p1"])
    assert later.whole
    assert later.chain[1].at is not None
    assert later.chain[1].at.tick == 12


def test_what_was_vain_for_one_is_tried_for_another() -> None:
    """A dead end is remembered with whoever still had a part to play."""
    events = [(1, WOUND, 1, 12), (2, WOUND, 2, 12), (3, FALL, 5, -1), (4, RALLY, 1, -1),
              (5, DEATH, 1, -1), (6, DEATH, 2, -1)]  # fmt: skip
    steps: Steps = [
        {"event": "wound", "who": "a"},
        {"event": "fall"},
        {"event": "death", "who": "a", "unless": {"event": "rally", "who": "a"}},
    ]
    assert came(told(*events), *steps) == 6
    foes = [(1, WOUND, 1, -1), (2, WOUND, 12, -1), (3, FALL, 5, -1), (4, DEATH, 3, -1)]
    steps[2] = {"event": "death", "who": "c"}
    assert came(told(*foes), *steps, roles={"c": {"enemy_of": "a"}}) == 4


def test_a_dead_end_is_one_for_the_events_that_it_had_taken() -> None:
    """Of two in a tick, the first step takes the one that the second needs; then the other."""
    wounds = [(3, WOUND, 1, 2), (3, WOUND, 2, -1), (5, DEATH, 1, -1)]
    any_then_his: Steps = [{"event": "wound"}, {"event": "wound", "whom": "b"}]
    assert came(told(*wounds), *any_then_his) == 3
    his_then_death: Steps = [{"event": "wound", "who": "a"}, {"event": "death", "who": "a"}]
    assert came(told(*wounds), {"event": "wound"}, *his_then_death) == 5


def test_a_dead_end_is_met_once() -> None:
    """Thousands of ways to the last link, which never comes, are no thousands of searches."""
    many = told(*((t, WOUND, t % 10, 10 + t % 7) for t in range(2000)), (1, DEATH, 19, -1))
    wound: Steps = [{"event": "wound", "who": "a"}, {"event": "wound", "who": "a"}]
    links = [wound, [{"event": "wound", "who": "b", "within": 5, "at_least": 4}], wound]
    never: Steps = [{"event": "death", "whom": "a"}]
    assert chained(sifted(many, *links, never, chain=["p0", "p1", "p2", "p3"])) == [
        True, True, True, False
    ]  # fmt: skip


def test_work_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search without end says so, and what to do."""
    monkeypatch.setattr("affray.sift.search.SIFT_LOOKS", 50)
    wounds = [(t, WOUND, t % 10, 12) for t in range(100)]
    steps: Steps = [
        {"event": "wound", "who": "a"},
        {"event": "death", "who": "b", "unless": {"event": "wound", "who": "b"}},
    ]
    with pytest.raises(LimitError, match=r"pattern 'p0': more than 50 events were looked at.*say"):
        sifted(told(*wounds, (200, DEATH, 3, -1), (201, DEATH, 4, -1)), steps)


# ------------------------------------------------------------------ the file


def test_every_kind_of_event_has_its_words() -> None:
    """What can happen can be asked for, but for the one that is never recorded."""
    assert set(HAPPENINGS) == set(w.EVENT_NAMES) - {"crowd"}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "1:1: nothing is in here; a pattern is"),
        ("patterns: []", "1:11: this list is empty"),
        ("patterns: [{name: a, steps: [{event: wonud}]}]", "1:38: 'wonud' .* did you mean 'wound'"),
        ("patterns: [{name: a, steps: [{event: wound, whon: b}]}]",
         "1:45: there is no key 'whon' here; .*did you mean 'who"),
        ("patterns: [{name: a, steps: [{event: rally, whom: b}]}]", "1:51: nobody else is in a"),
        ("patterns: [{name: a, steps: [{event: rally, says: lost}]}]",
         "1:51: 'says' is not known of a 'rally'; it is of say, cut"),
        ("patterns: [{name: a, steps: [{event: rally, within: 3 s}]}]", "1:53: .* the first"),
        ("patterns: [{name: a, steps: [{event: fall, name: x}, {event: death, caused_by: y}]}]",
         "1:80: no step before is called 'y'"),
        ("patterns: [{name: a, steps: {event: fall}}, {name: a, steps: {event: fall}}]",
         "1:52: 'a' is the name of two patterns"),
        ("{patterns: [{name: a, steps: {event: fall}}], chain: [a, [b]]}",
         "1:59: no pattern is called 'b'"),
        ("{patterns: [{name: a, steps: {event: fall}}], chain: [a, [a]]}",
         "1:59: 'a' stands in the chain twice"),
        ("{patterns: [{name: a, steps: {event: fall, who: x}}], roles: {y: {person: true}}}",
         "1:66: no step has the role 'y'; there are x"),
    ],
)  # fmt: skip
def test_faults_have_place_and_remedy(text: str, fault: str) -> None:
    from affray.sift.reading import parse_sieve

    with pytest.raises(ScenarioError, match=rf"^beats.yaml:{fault}"):
        parse_sieve(text, "beats.yaml")


def test_what_the_battle_does_not_have_is_a_fault_of_the_file() -> None:
    """Powers, weapons, sides and names are looked up in the battle at hand."""
    none = told()
    with pytest.raises(ScenarioError, match="no power 'grip'; it has none"):
        sifted(none, [{"event": "power", "power": "grip"}])
    with pytest.raises(ScenarioError, match=r"no side 'rde'; .*did you mean 'red'"):
        sifted(none, [{"event": "fall", "who": "a"}], roles={"a": {"side": "rde"}})
    with pytest.raises(ScenarioError, match="nobody is called 'Adda'; nearest is Ada"):
        sifted(none, [{"event": "fall", "who": "a"}], roles={"a": {"name": "Adda"}})


def test_the_example_is_sound() -> None:
    """The file that docs/sift.md shows is read without a fault."""
    assert len(read_sieve(EXAMPLE).patterns.patterns) == 4
