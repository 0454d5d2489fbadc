"""What each command does when all is well."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path

import pytest

from affray import __version__, scenario
from affray.cli.commands import COMMANDS
from tests.cli.terminal import affray
from tests.report.recorded import FORK_TICK, MARKET, SEED, the_dead


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A scenario file in a folder of its own, which is the working folder."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "market.yaml"
    path.write_text(MARKET)
    return path


def test_help_names_every_command() -> None:
    """The help lists all commands, and each explains itself."""
    text = affray("--help").out
    for name in COMMANDS:
        assert re.search(rf"^  {name} ", text, re.MULTILINE)
        assert "Usage: affray" in affray(name, "--help").out


def test_every_command_has_json_for_scripts() -> None:
    """All but the schema, which is JSON as it is."""
    for name in COMMANDS:
        assert ("--json" in affray(name, "--help").out) == (name != "schema"), name


def test_what_is_written_is_named_as_json(market: Path, paper: Path) -> None:
    """A script learns where a scenario, pictures and a telling lie, and what was mended."""
    assert affray("new", "b", "--json").data() == {"path": "b.yaml"}
    assert affray("warmup", "--json").data()["elapsed_s"] >= 0.0
    data = affray("plot", market, "--out", "p", "--json").data()
    assert all(Path(path).is_file() for path in data["pictures"])
    (film,) = affray("plot", market, "--film", "--panels", 2, "--out", "p", "--json").data()[
        "pictures"
    ]
    assert Path(film).is_file()
    mended = affray("repair", shutil.copytree(market, "copy"), "--json").data()
    assert mended["dropped"] == []
    assert mended["last_tick"] == affray("hash", market, "--json").data()[0]["tick"]
    told = "tell", market, "--from", 0, "--length", 60, "--json"
    assert affray(*told).data() == affray(*told[:-1], "--format", "json").data()
    data = affray(*told, "--out", "t.json").data()
    assert data["words"] > 0
    assert Path(data["path"]).is_file()
    assert Path(data["kept"]).is_file()


def test_a_lexicon_is_checked_for_scripts_as_a_scenario_is(paper: Path) -> None:
    """Faults are the JSON, with the exit code of a scenario that is wrong."""
    Path("lexicon.yaml").write_text("predicates: {nonsense: ['I ran.']}\n")
    data = affray("lexicon", "check", "lexicon.yaml", "--json", expect=3).data()
    assert data["ok"] is False
    assert "lexicon.yaml:1:24" in data["problems"][0]
    Path("voices.yaml").write_text("default: {}\n")
    assert affray("lexicon", "check", "voices.yaml", "--json").data()["ok"] is True


def test_a_fork_of_where_one_stands(
    market: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within a recording, which is called ``.`` there, the fork lies beside it all the same."""
    copy = shutil.copytree(market, tmp_path / "here")
    monkeypatch.chdir(copy)
    affray("fork", ".", "--at", 3, "--until", "1s", "--quiet")
    assert "forked from here" in affray("info", tmp_path / "here-fork-3").out


def test_version() -> None:
    """The version is that of the package."""
    assert affray("--version").out == f"affray {__version__}\n"


def test_list() -> None:
    """One line a battle; as JSON with what each shows."""
    lines = affray("list").out.splitlines()
    assert [line.split()[0] for line in lines] == scenario.bundled()
    battles = affray("list", "--json").data()
    assert all(battle["fighters"] > 0 and battle["shows"] for battle in battles)


def test_mechanisms() -> None:
    """One line for each that can be switched off; as JSON with what that sets."""
    lines = affray("mechanisms").out.splitlines()
    known = affray("mechanisms", "--json").data()
    assert [line.split()[0] for line in lines] == [mechanism["name"] for mechanism in known]
    assert all(mechanism["about"] and mechanism["set"] for mechanism in known)


def test_off_leaves_a_mechanism_out(paper: Path, market: Path) -> None:
    """What is off is told, is the same as setting its parameters, and can be set all the same."""
    ways = {
        "off": ("--off", "fear-of-odds", "--off", "armour"),
        "set": ("--set", "parameters.fear.odds_per_s=0", "--set", "parameters.strike.armour=0"),
        "both": ("--off", "armour", "--set", "parameters.strike.armour=1"),
    }
    for name, words in ways.items():
        affray("run", paper, "--seed", SEED, "--until", "8s", "--out", name, "--quiet", *words)
    assert "Switched off: fear-of-odds, armour." in affray("info", "off").out
    assert affray("info", "off", "--json").data()["off"] == ["fear-of-odds", "armour"]
    assert affray("hash", "off", "--all").out == affray("hash", "set", "--all").out
    assert affray("hash", "off").out != affray("hash", market, "--at", "8s").out
    assert affray("hash", "both").out == affray("hash", market, "--at", "8s").out
    said = affray("fork", "both", "--at", "2s", "--off", "rout", "--out", "fork").out
    assert "Switched off: rout." in said
    err = affray("run", paper, "--off", "hering", expect=2).err
    assert "no mechanism 'hering'; did you mean 'hearing'?; those" in err


def test_new_writes_what_check_and_run_accept(paper: Path) -> None:
    """The first five minutes: a new battle is sound, runs, and is not overwritten."""
    assert "my_battle.yaml is written" in affray("new", "my_battle").out
    assert affray("check", "my_battle.yaml").out.startswith("ok: my_battle")
    assert "A first battle" in affray("run", "my_battle.yaml", "--until", "5s").out
    before = Path("my_battle.yaml").read_text()
    assert "left as it is" in affray("new", "my_battle", expect=2).err
    assert Path("my_battle.yaml").read_text() == before


def test_check_says_what_there_is(paper: Path) -> None:
    """A short digest, under changes too."""
    assert "26 fighters (weavers 12, dyers 14) in 4 units" in affray("check", paper).out
    data = affray("check", paper, "--set", "units.looms.count=20", "--json").data()
    assert data["ok"] is True
    assert data["sides"] == {"weavers": 20, "dyers": 14}


def test_check_names_what_nobody_has(paper: Path) -> None:
    """A weapon of the file's own that nobody carries may be a slip: it is said, and no error."""
    own = "--set", "weapons={billhook: {reach: 1.4}}"
    assert "nobody has, of the weapons: billhook" in affray("check", paper, *own).out
    assert affray("check", paper, *own, "--json").data()["idle"] == {"weapons": ["billhook"]}
    assert "nobody has" not in affray("check", paper).out


def test_check_names_powers_that_nobody_is_driven_to_use(paper: Path) -> None:
    """A power without a drive for it may be a slip: it is said, and no error."""
    power = "powers:\n  glow: {lasts: 5, sense: {keen: 2}}\npeople:\n"
    ada = "  - {name: Ada, unit: looms, powers: [glow]"
    paper.write_text(f"{MARKET}{power}{ada}}}\n")
    assert "no drive ever uses: glow of Ada" in affray("check", paper).out
    assert affray("check", paper, "--json").data()["undriven"] == ["glow of Ada"]
    paper.write_text(f"{MARKET}{power}{ada}, drives: {{do: use, power: glow}}}}\n")
    assert "no drive" not in affray("check", paper).out


def test_check_names_units_on_one_spot(paper: Path) -> None:
    """Two units on the very same spot may be a slip: it is said, and no error."""
    same = "--set", "units.hermit.place=[23, 15]"
    assert "on the very same spot: vats, hermit" in affray("check", paper, *same).out
    assert affray("check", paper, *same, "--json").data()["coincident"] == [["vats", "hermit"]]
    assert "same spot" not in affray("check", paper).out


SAID_FOR_NOTHING = [
    ("weapons: [axe, axe]", "units.odd.weapons.1: axe stands there twice"),
    ("weapons: [{name: sword, count: 3}]", "units.odd.weapons.sword.count: it cannot be thrown"),
    ("weapons: [sword, bow, sling]", "units.odd.weapons.sling: is never thrown, for bow is"),
    ("leader: none, deputies: 1", "units.odd.deputies: nobody leads it"),
    ("triggers: {when: {contact: true}, do: hold, lasts: 5}", "units.odd.triggers.0.lasts: is of"),
    ("leader: none, triggers: {when: {leader_lost: true}, do: hold}",
     "units.odd.triggers.0.when.leader_lost: nobody"),
    ("orders: {do: advance, toward: odd}", "units.odd.orders.0.toward: is the unit itself"),
    ("weapons: [axe], orders: {do: volley}", "units.odd.orders.0.do: volley"),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "says"), SAID_FOR_NOTHING)
def test_check_names_what_a_unit_says_to_no_effect(paper: Path, keys: str, says: str) -> None:
    """What contradicts itself, or nobody could heed, is said with its path, and is no error."""
    odd = f"  - {{name: odd, side: dyers, count: 3, place: [5, 5], {keys}}}\n"
    paper.write_text(MARKET.replace("units:\n", "units:\n" + odd))
    said = [line for line in affray("check", paper).out.splitlines() if "to no effect" in line]
    assert len(said) == 1, said
    assert says in said[0]
    assert len(affray("check", paper, "--json").data()["unheeded"]) == 1


def test_check_names_what_a_field_or_a_weapon_says_to_no_effect(paper: Path) -> None:
    """A shape nobody can come to or that changes nothing, a dart that flies nowhere, a reserve
    that comes too late.
    """
    shapes = (
        "field.terrain=[{circle: {at: [900, 5], radius: 3}, going: 0.5},"
        "{rect: {from: [5, 5], to: [9, 9]}}]"
    )
    dart = "weapons={dart: {thrown: true}, pike: {carried: 3}}"
    data = affray("check", paper, "--set", shapes, "--set", dart, "--json").data()
    assert [line.partition(":")[0] for line in data["unheeded"]] == [
        "field.terrain.0", "field.terrain.1", "weapons.dart.thrown", "weapons.pike.carried",
    ]  # fmt: skip
    late = "--set", "reinforcements.0.when={at: 9 h}"
    assert "reinforcements.0: comes when the battle is over" in affray("check", paper, *late).out


def test_nothing_in_a_bundled_battle_is_said_to_no_effect() -> None:
    """Nor is an author taught to write what nobody heeds."""
    for name in scenario.bundled():
        assert scenario.unheeded(scenario.load(name)) == [], name


def test_schema_is_json() -> None:
    """Editors get a JSON Schema."""
    assert affray("schema").data()["$schema"].startswith("https://json-schema.org/")


def test_run_records_where_it_says(paper: Path) -> None:
    """A run tells what happened and what to try next, with a fighter who exists."""
    out = affray("run", paper, "--seed", SEED).out
    assert "Quarrel in a market (market, seed 7)" in out
    assert "The recording is in runs/market-7" in out
    for line in re.findall(r"^  (affray (?:why|info|plot) .*?)   ", out, re.MULTILINE):
        affray(*line.split()[1:])
    assert "runs/market-7-2" in affray("run", paper, "--seed", SEED).out
    assert "runs/market-7 " in affray("run", paper, "--seed", SEED, "--force").out


def test_the_words_beside_a_battle_go_with_its_recording(paper: Path) -> None:
    """Words in NAME.lexicon.yaml beside NAME.yaml lie in the recording, and are what it is told
    in.
    """
    words = 'predicates: {belongs: ["{I} [hold] the lane"]}\n'
    paper.with_suffix(".lexicon.yaml").write_text(words)
    affray("run", paper, "--until", "1s", "--out", "lane", "--quiet")
    assert (paper.parent / "lane" / "lexicon.yaml").read_text() == words


def test_info_says_the_same_again(market: Path) -> None:
    """The summary comes from the recording alone, in words and as data."""
    out, data = affray("info", market).out, affray("info", market, "--json").data()
    assert f"{data['sides'][0]['dead']}" in out
    assert data["fighters"] == 26
    assert affray("info", market).out == out


def test_threads_and_levels_do_not_change_the_battle(paper: Path, market: Path) -> None:
    """Hashes are equal whatever is recorded, and with however many threads."""
    affray("run", paper, "--seed", SEED, "--out", "few", "--record", "summary", "--threads", 2)
    assert affray("hash", "few", "--all").out == affray("hash", market, "--all").out


def test_hash_of_some_ticks(market: Path) -> None:
    """The last, every so many, all, or one by tick or time."""
    last = affray("hash", market).out.split()
    whole = affray("hash", market, "--all", "--json").data()
    assert whole[-1] == {"tick": int(last[0]), "hash": last[1]}
    assert [entry["tick"] for entry in affray("hash", market, "--every", 10, "--json").data()] == [
        tick for tick in range(len(whole)) if tick % 10 == 0
    ]
    assert affray("hash", market, "--at", "2s").out == affray("hash", market, "--at", 10).out
    assert affray("hash", market, "--at", "0:02").out == affray("hash", market, "--at", 10).out


def test_stop_and_resume(paper: Path, market: Path) -> None:
    """A run that was asked to go only so far goes on to the same end."""
    said = affray("run", paper, "--seed", SEED, "--until", "3s", "--out", "part").out
    assert "as asked" in said
    assert "affray resume part" in said
    affray("resume", "part", "--quiet")
    assert affray("hash", "part", "--all").out == affray("hash", market, "--all").out
    assert "this battle is over" in affray("resume", "part", expect=2).err


def test_fork_without_a_change_is_the_same(paper: Path, market: Path) -> None:
    """A fork in which nothing is changed has the hashes of its parent."""
    affray("fork", market, "--at", FORK_TICK, "--out", "other", "--quiet")
    assert affray("hash", "other").out == affray("hash", market).out


def test_fork_with_a_change_says_so(paper: Path, market: Path) -> None:
    """A fork tells what was changed, and when."""
    said = affray("fork", market, "--at", "2s", "--set", "field.light=0", "--out", "dark").out
    assert "forked from market-7 at 0:02" in said
    assert "Changed at 0:02: field.light=0." in said


def test_why(market: Path) -> None:
    """Words for people, a tree for scripts."""
    fighter = the_dead(market)[0]
    assert " died " in affray("why", market, fighter).out
    data = affray("why", market, fighter, "--json").data()
    assert data["fate"] == "died"
    assert data["end"]["causes"]
    assert affray("why", market, "hermit").out.startswith("hermit (the dyers) ")


def test_why_then(market: Path) -> None:
    """With a moment: what was perceived, felt, weighed and chosen, in words and as data."""
    said = affray("why", market, "Ada", "--at", "4s").out
    for part in ("Ada (the weavers) at 0:0", "What reached them:", "fear ", "They chose "):
        assert part in said
    data = affray("why", market, "Ada", "--at", 20, "--json").data()
    assert (data["name"], data["asked_tick"]) == ("Ada", 20)
    assert data["options"][0]["act"] == data["look"]["act"] or not data["chose"]
    assert "the recording holds ticks" in affray("why", market, 0, "--at", 9999, expect=2).err
    assert "had not looked about" in affray("why", market, "watch/4", "--at", 1, expect=2).err
    refused = affray("why", market, "Ada", "--at", "4s", "--depth", 2, expect=2).err
    assert "--depth follows causes up" in refused


def test_witness(market: Path) -> None:
    """One line a look, the same as CSV and JSON, each with the witness's own state."""
    lines = affray("witness", market, "Ada", "--looks", "--to", "5s").out.splitlines()
    rows = affray("witness", market, "ada", "--looks", "--to", 25, "--json").data()
    table = list(csv.DictReader(io.StringIO(affray("witness", market, 0, "--to", 25, "--csv").out)))
    assert len(lines) == len(rows) == len(table) > 5
    assert all(re.match(r"0:0\d\.\d  .+ \| fear 0\.\d\d, morale", line) for line in lines)
    assert {row["fighter"] for row in rows} == {0}
    assert rows[0]["act"] == table[0]["act"]


def test_plot(market: Path, tmp_path: Path) -> None:
    """Pictures are written where they are asked for, and named."""
    paths = affray("plot", market, "--at", "3s", "--out", tmp_path / "p").out.splitlines()
    assert [Path(path).name for path in paths] == [
        f"{name}.png" for name in ("overview", "strength", "losses", "morale", "fatigue", "field")
    ]
    assert all(Path(path).read_bytes().startswith(b"\x89PNG") for path in paths)


def test_plot_film(market: Path, tmp_path: Path) -> None:
    """A film is one picture; what only a film has is refused without it."""
    said = affray("plot", market, "--film", "--panels", 4, "--to", "6s", "--out", tmp_path / "p")
    assert Path(said.out.strip()).read_bytes().startswith(b"\x89PNG")
    assert "add --film" in affray("plot", market, "--from", "2s", expect=2).err
    assert "exclude each other" in affray("plot", market, "--film", "--at", 3, expect=2).err


def test_verify_and_repair(market: Path, tmp_path: Path) -> None:
    """A whole recording is ok; a damaged one is named, mended, and ok again."""
    copy = Path(shutil.copytree(market, tmp_path / "copy"))
    assert affray("verify", copy).out.startswith("ok: whole to tick")
    assert "nothing to mend" in affray("repair", copy).out
    victim = sorted((copy / "frames").iterdir())[-1]
    victim.write_bytes(victim.read_bytes()[:-9] + b"123456789")
    assert victim.name in affray("verify", copy, expect=5).err
    assert affray("verify", copy, "--json", expect=5).data()["ok"] is False
    assert victim.name in affray("repair", copy).out
    assert affray("verify", copy, "--json").data() == {"ok": True, "problems": []}


def test_warmup() -> None:
    """Everything is compiled already, so this is quick and says so."""
    assert affray("warmup").out.startswith("ready, after ")


def test_sift(market: Path, tmp_path: Path) -> None:
    """A line for each pattern with time, place and roles, and one for each link; as JSON."""
    path = tmp_path / "beats.yaml"
    path.write_text(
        "patterns:\n"
        "  - {name: first_blood, steps: {event: wound, who: victim, whom: striker}}\n"
        "  - {name: felled, steps: [{event: fall, who: victim}, {event: death, who: victim}]}\n"
        "  - {name: seized, steps: {event: power, effect: hold}}\n"
        "chain: [first_blood, seized]\n"
    )
    said = affray("sift", market, path)
    assert "Quarrel in a market: 2 of 3 patterns came about" in said.out
    assert re.search(r"first_blood +0:0\d +at \[\d+, \d+\] +victim \S+, striker \S+\n", said.out)
    assert "1 of 2 links came about in its order" in said.out
    assert re.search(r"seized +-\n", said.out)
    data = affray("sift", market, path, "--json").data()
    died = data["patterns"][1]["steps"][1]
    assert died["event"] == "death"
    assert died["who"] == data["patterns"][1]["roles"]["victim"]
    assert data["whole"] is False


def test_a_run_ends_with_the_patterns_beside_its_battle(paper: Path) -> None:
    """Those of NAME.beats.yaml are told at the end, also as JSON; a fault stops before the run."""
    beats = paper.with_name("market.beats.yaml")
    beats.write_text("patterns: [{name: first_fall, steps: [{event: fall, who: one}]}]\n")
    assert "1 of 1 patterns came about" in affray("run", paper, "--out", "told").out
    data = affray("run", paper, "--out", "again", "--json").data()
    assert [one["name"] for one in data["beats"]["patterns"]] == ["first_fall"]
    beats.write_text("patterns: [{name: a, steps: [{event: blow, who: one}]}]\n")
    assert "--record full" in affray("run", paper, "--out", "bare", "--record", "events").out
    beats.write_text("patterns: [{name: a, steps: [{event: fal, who: one}]}]\n")
    assert "market.beats.yaml:1:38: 'fal'" in affray("run", paper, "--out", "never", expect=3).err
    assert not Path("never").exists()


def test_sift_says_what_it_lacks(market: Path, paper: Path) -> None:
    """A fault of the file has its place; events that were not kept are named, with a remedy."""
    Path("wrong.yaml").write_text("patterns: [{name: a, steps: {event: duel}}]")
    assert affray("sift", market, "wrong.yaml", expect=3).err.startswith("affray: wrong.yaml:1:37")
    assert "cannot be read" in affray("sift", market, "none.yaml", expect=3).err
    Path("blows.yaml").write_text("patterns: [{name: a, steps: {event: blow, outcome: hit}}]")
    assert "1 of 1 patterns" in affray("sift", market, "blows.yaml").out
    affray("run", paper, "--until", "2s", "--record", "events", "--out", "plain", "--quiet")
    assert "--record full" in affray("sift", "plain", "blows.yaml", expect=2).err


def test_new_patterns_can_be_sifted_with(market: Path, paper: Path) -> None:
    """The example is sound, and looks for its patterns in any battle."""
    assert "affray sift DIR beats.yaml" in affray("new", "beats", "--patterns").out
    assert "of 4 patterns came about" in affray("sift", market, "beats.yaml").out
