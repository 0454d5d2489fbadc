"""From paper to arrays: every word of a scenario stands in the world or the state it opens with."""

from __future__ import annotations

import time

import numpy as np
import pytest

from affray.rules import luck
from affray.rules.nature import courage as courage_of
from affray.rules.nature import critical_m_per_s, height_m, load_kg, mass_kg
from affray.rules.nature import training as training_of
from affray.scenario import Battle as Paper
from affray.scenario import nature, parse
from affray.scenario.bearing import ahead
from affray.scenario.build import build
from affray.scenario.raster import Raster, kinds
from affray.world import battlefield, fields, words
from affray.world.battle import Battle
from affray.world.battlefield import grid_of
from affray.world.errors import ScenarioError
from affray.world.fields import SHARE

FULL = """\
affray: 1
name: full
dt: 0.1
field:
  size: [120, 90]
  light: 0.5
  wind: {toward: 90, speed: 3}
  ground: {absorbency: 2 L/m2, soaked: 50 %, blood: 1.5 L/m2, grass: 80 %, going: 0.9}
  heights: {rows: [[4, 4], [0, 0]]}
  terrain:
    - {name: wood, rect: {from: [50, 0], to: [60, 90]}, concealment: 0.7, cover: 0.4, light: 0.1}
    - {name: ride, rect: {from: [50, 40], to: [60, 50]}, concealment: 0, light: 1}
    - {name: wall, band: {from: [80, 20], to: [80, 70], width: 1}, height: 3, blocks_sight: true, going: 0.1}
    - {name: oak, circle: {at: [20, 80], radius: 6}, height: 7, climbable: true, absorbency: 0}
    - {name: knoll, circle: {at: [110, 10], radius: 5}, height: 2}
sides:
  - {name: red, colour: "#112233", hostile_to: [blue]}
  - {name: blue, hostile_to: [red]}
  - {name: crows, hostile_to: []}
units:
  - name: spears
    side: red
    count: 40
    place: [30, 40]
    formation: {shape: line, ranks: 4}
    training: elite
    weapons: [{name: spear}, {name: javelin, count: 2}, knife]
    armour: mail
    shield: kite_shield
    masked: true
    standard: true
    personality: {courage: {mean: 0.8, sd: 0.05}}
    body: {mass: 80, height: 1.8 m}
    opening: {fatigue: 0.5, fear: {mean: 0.2, sd: 0}, blood_lost: 300, stained: 0.5, morale: 0.7}
    leader: {training: green, personality: {courage: {mean: 0.1, sd: 0}}}
    orders: [{do: hold}, {do: charge, toward: blue, after: 30}, {do: withdraw, toward: [5, 40], after: 90}]
  - {name: axes, side: blue, count: 21, place: [100, 60], facing: west, formation: {shape: wedge},
     weapons: [dane_axe], shield: round_shield, all_round: true, standard: true, leader: none}
  - {name: watchers, side: crows, count: 3, place: [20, 80], facing: south, opening: {perched: true},
     orders: {do: hold}, weapons: [bow], masked: all}
  - {name: late, side: blue, count: 9, facing: 180, reserve: true, formation: {shape: mob}, weapons: [stone]}
reinforcements:
  - {unit: late, enters: [115, 45], facing: 225, when: {falls_in: spears, each: 2, enter: 3}}
parameters: {sight.crowd_range_m: 200}
end: {after: 10 min, when: [quiet_for: 30 s]}
"""  # noqa: E501


@pytest.fixture(scope="module")
def full() -> Battle:
    """A battle whose paper uses every section, built with seed 7."""
    return build(parse(FULL), 7)


def cell(battle: Battle, x: float, y: float) -> int:
    """The cell of level 0 at a place."""
    return int(y // 2) * int(battle.world.grid_cols[0]) + int(x // 2)


def unit(battle: Battle, name: str) -> slice:
    """The ids of a unit."""
    number = battle.unit_names.index(name)
    return slice(int(battle.unit_first[number]), int(battle.unit_first[number + 1]))


def everything(battle: Battle) -> bytes:
    """All bytes of a battle's arrays."""
    parts = [*battle.world, *battle.state, battle.reinforcements, battle.unit_first]
    flat = [inner for part in parts for inner in (part if isinstance(part, tuple) else (part,))]
    return b"".join(array.tobytes() for array in flat)


def of_spears(battle: Battle, name: str) -> np.ndarray:
    """A field of the spears, from fighters or traits."""
    table = battle.state.fighters if name in fields.FIGHTER.names else battle.world.traits
    return np.asarray(table[name][unit(battle, "spears")])


# ------------------------------------------------------------------------------------ whole


def test_equal_seeds_give_equal_bytes_and_others_do_not() -> None:
    """A battle is a function of its paper and its seed, to the byte."""
    scenario = parse(FULL)
    assert everything(build(scenario, 7)) == everything(build(scenario, 7))
    assert everything(build(scenario, 7)) != everything(build(scenario, 8))


def test_another_unit_changes_nobodys_nature() -> None:
    """Luck hangs on the unit's name and the number within it, so a unit more shifts nothing."""
    more = FULL.replace(
        "units:\n", "units:\n  - {name: extra, side: blue, count: 13, place: [100, 20]}\n", 1
    )
    one, other = build(parse(FULL), 7), build(parse(more), 7)
    for name in ("luck", "x", "y", "fear", "morale", "belief", "blood", "courage", "mass", "speed"):
        np.testing.assert_array_equal(of_spears(one, name), of_spears(other, name), name)


def test_ids_run_unit_by_unit(full: Battle) -> None:
    """Fighters stand in the order of the file and carry their unit, side and own luck."""
    fighters = full.state.fighters
    assert full.unit_first.tolist() == [0, 40, 61, 64, 73]
    assert fighters["id"].tolist() == list(range(73))
    assert fighters["unit"][full.unit_first[:-1]].tolist() == [0, 1, 2, 3]
    assert fighters["side"][full.unit_first[:-1]].tolist() == [0, 1, 2, 1]
    assert len(set(fighters["luck"].tolist())) == 73


def test_every_table_is_made_of_records(full: Battle) -> None:
    """Kernels read records by name: every structured array is a record array of its dtype."""
    world, state = full.world, full.state
    for table, dtype in (
        (world.traits, fields.TRAIT),
        (world.units, fields.UNIT),
        (world.weapons, fields.WEAPON),
        (world.terrain, fields.TERRAIN),
        (state.fighters, fields.FIGHTER),
        (state.memory, fields.MEMORY),
        (state.ground, fields.GROUND),
        (full.reinforcements, fields.REINFORCEMENT),
        (full.world.orders, fields.ORDER),
    ):
        assert isinstance(table, np.recarray)
        assert table.dtype.fields == np.dtype(dtype).fields
    assert isinstance(world.params, np.recarray)


# ------------------------------------------------------------------------------------ world


def test_the_world_holds_the_papers_numbers(full: Battle) -> None:
    """Clock, seed, size, wind, hostility, parameters, names and the end are those of the paper."""
    world = full.world
    assert world.clock.tolist() == [0.1, 4.0]
    assert world.seed.tolist() == [7]
    assert world.seed.dtype == np.uint64
    assert world.size.tolist() == [120.0, 90.0]
    assert world.wind.tolist() == [0.0, 3.0]
    assert world.hostile.tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    assert world.params["sight_crowd_range_m"][0] == 200.0
    assert world.params["body_blood_per_kg_ml"][0] == 70.0
    assert all(a.dtype == np.int64 for a in (world.grid_cols, world.grid_rows, world.grid_base))
    assert full.side_colours[0] == "#112233"
    assert (full.ending.after_ticks, full.ending.one_side_left) == (6000, False)
    assert full.ending.quiet_ticks == 300
    assert full.terrain_names == ("wood", "ride", "wall", "oak", "knoll")


def test_terrain_lies_where_the_paper_puts_it(full: Battle) -> None:
    """Later shapes lie over earlier ones, thin ones are not lost, heights slope between rows."""
    at = {name: full.world.terrain[full.world.terrain_of[cell(full, x, y)]] for name, x, y in (
        ("field", 10, 10), ("wood", 55, 10), ("ride", 55, 45), ("oak", 20, 80), ("knoll", 110, 10),
    )}  # fmt: skip
    assert at["field"]["going"] == np.float32(0.9)
    assert at["wood"]["conceal"] == np.float32(0.7)
    assert at["wood"]["light"] == np.float32(0.1)
    assert (at["ride"]["conceal"], at["ride"]["light"]) == (0.0, 1.0)
    assert at["ride"]["cover"] == np.float32(0.4)  # what the ride does not say stays
    assert (at["oak"]["climb"], at["oak"]["soak"], at["field"]["soak"]) == (7, 0, 200_000)
    heights = full.world.heights
    assert heights[cell(full, 10, 10)] == pytest.approx(4 * 11 / 90, abs=1e-5)
    assert heights[cell(full, 110, 10)] == pytest.approx(heights[cell(full, 10, 10)] + 2, abs=1e-5)
    wall = full.world.terrain["block"][full.world.terrain_of].reshape(45, 60)
    assert (wall[10:35] == 3).sum(axis=1).tolist() == [1] * 25


def test_a_kind_of_ground_is_kept_once(full: Battle) -> None:
    """Cells say of which kind they are, and the kinds are all different; nothing is lost by it."""
    cells = Raster(parse(FULL).field, grid_of(120, 90)).terrain
    terrain, terrain_of = kinds(cells)
    assert terrain[terrain_of].tobytes() == cells.tobytes()
    assert len({kind.tobytes() for kind in terrain}) == len(terrain) < len(cells)
    assert full.world.terrain.tobytes() == terrain.tobytes()
    assert full.world.terrain_of.tolist() == terrain_of.tolist()


def test_ground_opens_with_the_blood_of_the_paper(full: Battle) -> None:
    """The soil takes up what it still can of the blood shed before, and the rest lies on top."""
    ground = full.state.ground.reshape(90, 120)
    assert (ground["soaked"][10, 10], ground["pool"][10, 10]) == (200_000, 50_000)
    assert (ground["soaked"][80, 20], ground["pool"][80, 20]) == (0, 150_000)
    assert (ground["wet"] == 0).all()
    assert (ground["grass"] == 52_428).all()
    dry = build(parse(FULL.replace("soaked: 50 %, blood: 1.5 L/m2, ", "")), 7).state.ground
    assert (dry["wet"] == -1).all()


def test_light_decides_from_how_far_one_is_seen(full: Battle) -> None:
    """Full light shows people to the highest level in range, the dark hides them sooner."""
    world = full.world
    assert world.lit[cell(full, 55, 45)] == 5  # 200 m
    assert world.lit[cell(full, 10, 10)] == 4  # 104 m
    assert world.lit[cell(full, 55, 10)] == 2  # 27 m
    assert world.lit[-4] == 5  # a topmost cell is as bright as the brightest beneath
    assert world.lit[-3] == 4
    assert len(world.lit) == int((world.grid_cols * world.grid_rows).sum())


# ------------------------------------------------------------------------------------ units


def test_units_carry_what_the_paper_gives_them(full: Battle) -> None:
    """Weapons by preference, one thrown, armour, shield, mask, dressing stand in the row."""
    spears, axes, watchers, late = full.world.units
    row = {name: number for number, name in enumerate(full.weapon_names)}
    assert full.weapon_names[0] == "fists"
    assert spears["weapon"].tolist() == [row["spear"], row["javelin"], row["knife"]]
    assert spears["missile"] == row["javelin"]
    assert axes["weapon"].tolist() == [row["dane_axe"], 0, 255]
    assert watchers["weapon"].tolist() == [0, 255, 255]
    assert watchers["missile"] == row["bow"]
    assert (axes["missile"], late["missile"]) == (255, row["stone"])
    assert spears["cover"].tolist() == pytest.approx([0.75, 0.3, 0.95, 0.6, 0.3])
    assert spears["resist"].tolist() == pytest.approx([68, 48, 20])
    assert (spears["block"], spears["masked"], axes["masked"]) == (np.float32(0.62), 1, 0)
    assert (watchers["masked"], late["masked"]) == (2, 0)
    assert np.nonzero(full.world.traits["standard"])[0].tolist() == [1, full.unit_first[1]]
    assert (axes["block"], axes["ward"]) == (0, np.float32(0.45))  # both hands on the axe
    assert [u["dress"] for u in full.world.units] == pytest.approx([0.9, 0.6, 0.9, 0.05])
    fighters = full.state.fighters
    assert fighters["missiles"][full.unit_first[:-1]].tolist() == [2, 0, 24, 4]
    assert fighters["hand"][full.unit_first[:-1]].tolist() == [row["spear"], row["dane_axe"], 0,
                                                              row["stone"]]  # fmt: skip


def test_weapons_keep_their_numbers(full: Battle) -> None:
    """Only weapons that somebody carries are in the table, in the units of the fields."""
    javelin = full.world.weapons[full.weapon_names.index("javelin")]
    assert set(full.weapon_names) == {
        "fists", "spear", "javelin", "knife", "dane_axe", "bow", "stone",
    }  # fmt: skip
    assert (javelin["range"], javelin["speed"], javelin["harm"]) == (30, 20, words.THRUST)
    assert javelin["spread"] == pytest.approx(np.radians(3.5))
    assert [full.world.weapons["flat"][full.weapon_names.index(n)] for n in ("stone", "bow")] == [
        1, 0,
    ]  # fmt: skip


def test_orders_become_directions_in_time(full: Battle) -> None:
    """A unit holds until its first deed; what it is told stands in the table of orders, in time."""
    orders = full.world.orders
    holds, spears, *later = orders[orders["unit"] == 0]
    assert (holds["word"], holds["after"]) == (words.ORDER_HOLD, 0)
    assert (spears["word"], spears["after"]) == (words.ORDER_CHARGE, 300)
    to_blue = np.array([100 * 21 + 0, 60 * 21 + 0]) / 21 - [30, 40]  # the reserve is not there yet
    expected = to_blue / np.hypot(*to_blue)
    assert [spears["x"], spears["y"]] == pytest.approx(expected)
    (axes,), (watchers,) = (orders[orders["unit"] == number] for number in (1, 2))
    assert (axes["word"], axes["x"], axes["y"]) == (words.ORDER_ADVANCE, -1, 0)
    assert watchers["word"] == words.ORDER_PERCH
    assert [one["word"] for one in later] == [words.ORDER_WITHDRAW]
    assert later[0]["after"] == 900
    assert later[0]["x"] < -0.9  # from where the charge led
    assert later[0]["stop"] == pytest.approx([5, 40] @ np.array([later[0]["x"], later[0]["y"]]))
    opening = orders["word"][full.state.memory["order"]][full.unit_first[:-1]]
    assert opening.tolist()[:3] == [words.ORDER_HOLD, words.ORDER_ADVANCE, words.ORDER_PERCH]


def test_reserves_wait_where_they_enter(full: Battle) -> None:
    """A reserve is off the field, in a table of what calls it in, facing as it will enter."""
    late = full.state.fighters[unit(full, "late")]
    assert (late["status"] == words.RESERVE).all()
    assert late["hx"][0] == late["hy"][0] == np.float32(-np.sqrt(0.5))
    row = full.reinforcements[0]
    assert (row["unit"], row["at"], row["falls_in"], row["falls_side"]) == (3, -1, 0, -1)
    assert (row["each"], row["enter"], row["x"], row["y"]) == (2, 3, 115, 45)
    assert (row["falls"], row["entered"]) == (0, 0)


# --------------------------------------------------------------------------------- fighters


def test_fighters_differ_as_their_unit_says(full: Battle) -> None:
    """Traits scatter about the unit's means, within their ranges; the leader has his own."""
    traits = full.world.traits[unit(full, "spears")]
    assert traits["leader"].tolist() == [1, 2, 3] + [0] * 37  # and two who are next in line
    courage, training = courage_of(traits), training_of(traits)
    assert courage[0] == pytest.approx(0.1, abs=0.5 / SHARE)
    assert courage[1:].mean() == pytest.approx(0.8, abs=0.03)
    assert training[0] < 0.4 < 0.8 < training[1:].mean()
    assert mass_kg(traits).mean() == pytest.approx(80, abs=5)
    assert height_m(traits).std() == pytest.approx(0.07, abs=0.03)
    assert critical_m_per_s(traits).mean() == pytest.approx(3.74, abs=0.2)
    assert set(load_kg(traits).tolist()) == {14 + 5 + 1.4 + 2 * 0.8 + 0.25}
    assert traits["blood"].tolist() == np.floor(mass_kg(traits) * 7000).tolist()
    assert full.world.traits["leader"][unit(full, "axes")].sum() == 0
    assert full.world.traits["sight"][full.unit_first[:-1]].tolist() == [0, 1, 0, 0]


def test_fighters_open_in_the_state_of_the_paper(full: Battle) -> None:
    """A battle may begin hours in: weary, afraid, bled, stained, perched; nothing is remembered."""
    fighters, memory = full.state.fighters, full.state.memory
    spears, watchers = fighters[unit(full, "spears")], fighters[unit(full, "watchers")]
    assert spears["fatigue"].mean() == pytest.approx(0.5, abs=0.06)
    assert set(spears["fear"].tolist()) == {np.float32(0.2)}
    assert spears["morale"].mean() == pytest.approx(0.7, abs=0.06)
    lost = full.world.traits["blood"][unit(full, "spears")] - spears["blood"]
    assert lost.mean() == pytest.approx(30_000, rel=0.15)
    assert spears["blade"].mean() == pytest.approx(1000, rel=0.15)
    assert (watchers["perch"] == 7).all()
    assert (spears["perch"] == 0).all()
    assert (fighters["stamina"] == 1).all()
    assert (fighters["energy"] == 1).all()
    assert (fighters["fell"] == 255).all()
    assert (fighters["target"] == -1).all()
    for name in ("wound", "companion", "cause_id", "cause_tick"):
        assert (memory[name] == -1).all()


@pytest.mark.parametrize("shape", ["line", "column", "wedge", "skirmish", "mob"])
@pytest.mark.parametrize("facing", [0, 90, 37])
def test_formations_stand_around_their_place(shape: str, facing: int) -> None:
    """Everybody stands about the place, on the field, none nearer than bodies can; leader first."""
    paper = Paper("one", field=(200, 200)).side("red").side("blue")
    paper.unit("many", side="red", count=150, place=(100, 100), facing=facing,
               formation={"shape": shape})  # fmt: skip
    fighters = build(paper.scenario(), 3).state.fighters
    places = np.stack([fighters["x"], fighters["y"]], axis=1).astype(float)
    middle = (places.max(axis=0) + places.min(axis=0)) / 2
    apart = np.linalg.norm(places[:, None] - places[None], axis=2) + 9 * np.eye(150)
    assert apart.min() >= 0.45
    assert middle == pytest.approx([100, 100], abs=3 if shape in ("skirmish", "wedge") else 1.2)
    if shape != "mob":
        hx, hy = ahead(facing)
        forward = places @ [hx, hy]
        assert forward[0] >= forward.max() - 2.2


def test_a_unit_at_the_edge_is_kept_on_the_field() -> None:
    """A unit that reaches just beyond the edge moves inside, and nobody is squeezed."""
    paper = Paper("edge", field=(60, 60)).side("red").side("blue")
    paper.unit("row", side="red", count=40, place=(0, 30), formation={"shape": "line", "ranks": 1})
    fighters = build(paper.scenario(), 3).state.fighters
    gaps = np.diff(np.sort(fighters["y"]))
    assert fighters["x"].min() >= 0.05
    assert gaps.min() > 0.7


# ----------------------------------------------------------------------------------- refusals


def test_who_opens_perched_where_nothing_can_be_climbed_is_refused() -> None:
    """What the arrays cannot hold is refused where it was written, with a remedy."""
    text = FULL.replace("place: [20, 80], facing: south", "place: [20, 20]")
    line = text[: text.index("place: [20, 20]")].count("\n") + 1
    said = rf"^b.yaml:{line}:\d+: unit 'watchers'.*nothing can be climbed; place it on"
    for size in ("", "size: 400\n"):
        with pytest.raises(ScenarioError, match=said):
            build(parse(text + size, "b.yaml"), 7)


def test_a_throng_is_refused() -> None:
    """Units laid over each other until nobody could stand are named, where they were placed."""
    paper = Paper("throng", field=(60, 60)).side("red").side("blue")
    for number in range(12):
        paper.unit(f"u{number}", side="red", count=100, place=(30, 30))
    with pytest.raises(ScenarioError, match=r"units\.u0\.place: .*'u0' and 'u1'"):
        build(paper.scenario(), 1)


# ----------------------------------------------------------------------------------- exactness


def test_natures_are_drawn_as_the_rules_draw() -> None:
    """The arrays of luck equal the rules' scalar luck before the first tick, to the bit."""
    keys = nature.luck_keys("some unit", 50)
    assert luck.NATURE == nature.NATURE
    with np.errstate(over="ignore"):  # uncompiled, the rules' scalars wrap around aloud
        for key, bits, bell, even in zip(
            keys,
            nature.bits(2**63 - 1, keys, 104),
            nature.bell(2**63 - 1, keys, 104),
            nature.even(2**63 - 1, keys, 104),
            strict=True,
        ):
            assert bits == luck.bits(2**63 - 1, -1, key, 104)
            assert bell == luck.bell(2**63 - 1, -1, key, 104)
            assert even == luck.chance(2**63 - 1, -1, key, 104)


def test_directions_are_exact_where_they_can_be() -> None:
    """Right angles come out whole, all others within a rounding of the library's."""
    assert [ahead(d) for d in (0, 90, 180, 270, -90, 360)] == [
        (1, 0), (0, 1), (-1, 0), (0, -1), (0, -1), (1, 0),
    ]  # fmt: skip
    for degrees in np.linspace(-360, 360, 1441):
        expected = (np.cos(np.radians(degrees)), np.sin(np.radians(degrees)))
        assert ahead(float(degrees)) == pytest.approx(expected, abs=1e-15)


def test_two_hundred_thousand_build_in_a_moment_and_in_their_memory() -> None:
    """A large battle is built quickly, at the size that the check beforehand announces."""
    paper = Paper("large", field=(600, 600)).side("red").side("blue")
    paper.terrain("wood", circle={"at": (300, 300), "radius": 30}, blocks_sight=True)
    paper.unit("a", side="red", count=100_000, place=(200, 300), formation={"ranks": 200})
    paper.unit(
        "b",
        side="blue",
        count=100_000,
        place=(450, 300),
        formation={"shape": "mob", "spacing": 0.6},
    )
    scenario = paper.scenario()
    begin = time.process_time()
    battle = build(scenario, 1)
    assert time.process_time() - begin < 3.0  # about 0.5 s; a million in about 1.5 s
    needed = battlefield.memory_needed(200_000, 2, 600, 600)
    state, world = battle.state, battle.world
    assert world.traits.nbytes + state.memory.nbytes == needed["traits and memories"]
    assert state.ground.nbytes == needed["ground"]
    assert state.fighters.nbytes <= needed["fighters"]


def test_old_blood_lies_beside_fresh() -> None:
    """Blood that fell before the battle is as old as the paper says, shape by shape."""
    text = FULL.replace("blood: 1.5 L/m2", "blood: 1.5 L/m2, blood_age: 60 s").replace(
        "    - {name: knoll",
        "    - {name: slain, rect: {from: [0, 0], to: [10, 10]}, blood: 3, blood_age: 0}\n"
        "    - {name: knoll",
    )
    battle = build(parse(text), 7)
    ground = battle.state.ground.reshape(90, 120)
    assert (ground.wet[20:, :40] == -600).all()
    assert (ground.wet[:10, :10] == 0).all()
    shed = ground.soaked.astype(int) + ground.pool
    assert shed[5, 5] - shed[30, 30] == 150_000


def test_energy_and_eyes_open_as_the_paper_says() -> None:
    """Energy may be low from the start; a leader alone may see to all sides."""
    text = FULL.replace(
        "opening: {fatigue: 0.5,", "opening: {energy: {mean: 0.3, sd: 0}, fatigue: 0.5,"
    )
    text = text.replace("leader: {training: green,", "leader: {all_round: true, training: green,")
    battle = build(parse(text), 7)
    assert battle.state.fighters.energy[unit(battle, "spears")] == pytest.approx(0.3)
    assert (battle.state.fighters.energy[unit(battle, "axes")] == 1.0).all()
    assert battle.world.traits.sight[unit(battle, "spears")].tolist() == [1, *[0] * 39]


def test_nobody_counts_on_reserves(full: Battle) -> None:
    """Who is drawn up knows how many of his side are, without those who wait outside."""
    fighters = full.state.fighters
    assert (fighters.friends[unit(full, "axes")] == 21).all()
    assert (fighters.friends[unit(full, "late")] == 21).all()


def test_a_voice_is_ones_own_or_the_leaders_or_the_units() -> None:
    """What is said of somebody goes before what is said of the leader, and that before the unit."""
    paper = Paper("voices", field=(60, 40)).side("red").side("blue")
    paper.unit(
        "women", side="red", count=3, place=(20, 20), timbre="women", leader={"timbre": "man"}
    )
    paper.unit("other", side="blue", count=2, place=(40, 20), leader={"timbre": "woman"})
    paper.person("Ada", unit="women", number=2, timbre="inhuman")
    paper.person("Bo", unit="other", timbre="man")
    paper.person("Cy", unit="other", number=2)

    timbres = build(paper.scenario(), 1).world.traits["timbre"].tolist()

    assert timbres == [words.MAN, words.INHUMAN, words.WOMAN, words.MAN, words.MAN]
