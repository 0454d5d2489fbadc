"""Why somebody did something: what is said adds up to what was felt, weighed and chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from affray.engine.tick import Engine
from affray.record import Recording
from affray.report.roster import Roster
from affray.report.why.reasons import because
from affray.run import execute
from affray.scenario import Battle as Paper
from affray.scenario import Scenario
from affray.testimony import reasons, witness
from affray.testimony.reasons import FELT, Listener, Look
from affray.testimony.terms import Traced, plain
from affray.world import words as w
from affray.world.battle import Battle
from affray.world.errors import UsageError
from tests.engine.fights import bundled, skirmish
from tests.report.recorded import the_dead

NEAR = 1e-9


def add_up(number: Traced) -> bool:
    """Whether the terms are the whole."""
    return abs(sum(term.value for term in number.terms) - number.value) < NEAR


def check(look: Look, mind: np.record) -> None:
    """Every weight and feeling is the logged one to the bit, and all terms add up."""
    for act, utility in enumerate(look.utilities):
        value = utility.value if isinstance(utility, Traced) else utility
        assert value == mind["weights"][act], w.ACT_NAMES[act]
    for name in FELT:
        assert np.float32(look.felt[name].value) == np.float32(mind[name])
        assert add_up(look.felt[name])
    numbers = [u for u in (*look.utilities, *look.totals.values()) if isinstance(u, Traced)]
    assert all(map(add_up, numbers))
    assert look.nerve is None or add_up(look.nerve)
    if look.totals:
        chosen = max(look.totals, key=lambda act: (look.totals[act].value, -act))
        assert chosen == mind["act"]
    words = look.speech.totals
    assert all(map(add_up, [u for u in words.values() if isinstance(u, Traced)]))
    if words:
        assert look.speech.says == max(words, key=lambda says: (plain(words[says]), -says))


@pytest.mark.parametrize(
    ("fight", "ids", "ticks"),
    [
        (skirmish, range(0, 19, 2), 60),
        (lambda: bundled("brawl"), range(0, 31, 6), 50),
        (lambda: bundled("clearing", 120), range(0, 120, 12), 60),
    ],
    ids=["skirmish", "brawl", "clearing"],
)
def test_what_is_explained_is_what_was_logged(
    fight: Callable[[], Battle], ids: range, ticks: int
) -> None:
    """Every look of every witness, in battles with all that can be felt and done, is explained by
    terms that add up to the logged numbers, and by the choice that was made.
    """
    engine = Engine(fight(), watch=tuple(ids))
    listener = Listener(engine, tuple(ids))
    engine.open()
    looks, acts, spoke = 0, set(), 0
    for _ in range(ticks):
        engine.tick()
        assert listener.looks.keys() == set(engine.mind_log["fighter"].tolist())
        for mind in engine.mind_log:
            check(listener.looks[int(mind["fighter"])], mind)
            acts.add(int(mind["act"]))
            spoke += listener.looks[int(mind["fighter"])].speech.says is not None
            looks += 1
    assert looks > 50
    assert spoke > 0
    assert len(acts) > 3


def test_listening_changes_nothing() -> None:
    """A battle that is overheard has the hashes of one that is not."""
    heard, alone = Engine(skirmish()), Engine(skirmish())
    Listener(heard, (0, 5))
    for engine in (heard, alone):
        engine.open()
    for _ in range(20):
        heard.tick()
        alone.tick()
    assert heard.hash == alone.hash


def test_a_moment_between_looks_is_explained_by_the_look_before(market: Recording) -> None:
    """Whatever tick is asked for, the last look at or before it is told."""
    rows = witness(market, [3], 1, 30).table().to_pylist()
    ticks = [row["tick"] for row in rows]

    for tick in range(ticks[4], ticks[6]):
        found = reasons(market, 3, tick)
        assert found["look"] == rows[ticks.index(max(t for t in ticks if t <= tick))]
        assert found["asked_tick"] == tick


def test_the_words_say_the_strongest_percept_and_the_choice(market: Recording) -> None:
    """For everybody who is frightened by something in a look, the text names what frightened most,
    every act that could be done, and the one that was.
    """
    roster, frightened = Roster.from_recording(market), set()
    rows = witness(market, range(12), 1, 150).table().to_pylist()
    behind = [row for row in rows if row["foes_behind"]][:4]
    falls = [row for row in rows if row["fallen"] >= 0][:4]
    for row in (*behind, *falls, *rows[::400]):
        fighter, tick = row["fighter"], row["tick"]
        found = reasons(market, fighter, tick)
        text = "\n".join(because(found, roster, 0.2))
        assert text.startswith(roster.name(fighter))
        assert all(f"\n  {option['act']}" in text for option in found["options"])
        assert f"to {found['look']['act']}" in text or "could not be taken back" in text
        worst = max(found["felt"]["fear"]["terms"], key=lambda term: term["value"], default=None)
        if worst is not None and worst["parameters"] == ["fear.behind_per_s"]:
            frightened.add("behind")
            assert "of them behind" in text
        if worst is not None and worst["parameters"] == ["fear.fall_shock"]:
            frightened.add("fall")
            assert "the fall of" in text
        if found["look"]["foes_near"]:
            assert "within 2 m" in text
    assert frightened == {"behind", "fall"}


def jokers() -> Scenario:
    """A weary band of good humour to whom words come easily, with nobody to fight."""
    battle = Paper("jokers", field=(80, 60)).side("red").side("blue")
    battle.unit(
        "band", side="red", count=24, place=(30, 30), orders={"do": "hold"}, leader={},
        formation={"ranks": 3, "spacing": 1.5},
        personality={"humour": {"mean": 1.0, "sd": 0.0}},
        opening={"fatigue": 0.9, "fear": 0.4, "morale": 0.4},
    )  # fmt: skip
    battle.unit("nobody", side="blue", count=1, place=(79, 1), orders={"do": "hold"})
    return battle.scenario(["parameters.talk.silence=0"])


def test_what_was_heard_is_told_with_what_it_did(tmp_path: Path) -> None:
    """One who laughed or was cheered at a sound is told whose it was and what it lent; what was
    heard and seen adds up to the change from before the look.
    """
    folder = tmp_path / "heard"
    execute(jokers(), seed=1, out=folder, until_s=30, threads=1)
    recording = Recording.open(folder)
    events = recording.events(["kind", "fighter", "tick"]).to_pylist()
    lift = next(event for event in events if event["kind"] == w.EVENT_LIFT)

    found = reasons(recording, lift["fighter"], lift["tick"])

    assert found["look"]["tick"] == lift["tick"]
    assert found["heard"]
    morale = found["felt"]["morale"]
    assert any("heard" in term["of"] and term["value"] > 0 for term in morale["terms"])
    change = sum(term["value"] for term in morale["terms"])
    assert change == pytest.approx(morale["after"] - morale["before"], abs=1e-6)
    text = "\n".join(because(found, Roster.from_recording(recording), 0.2))
    assert "what was heard" in text
    assert " heard from the " in text


@pytest.fixture(scope="module")
def ordered(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """A captain who drums his own men forward, and sends a messenger to the next band."""
    battle = Paper("ordered", field=(120, 40)).side("red").side("blue").parameter("obey.base", 1)
    battle.parameter("signal.messenger_arrives", 1).parameter("command.measure_spread", 0)
    own = {"do": "advance", "when": {"lasted": 1}, "by": "drum"}
    sent = {"do": "charge", "after": 6, "by": "messenger", "to": ["next"]}
    late = {"do": "withdraw", "when": {"foes_within": 3, "friends_down": 0.4}, "by": "voice"}
    battle.unit(
        "band", side="red", count=8, place=(20, 20), orders=[{"do": "hold"}, own, sent, late]
    )
    battle.unit("next", side="red", count=8, place=(20, 34), orders={"do": "hold"})
    battle.unit("nobody", side="blue", count=1, place=(119, 1), orders={"do": "hold"})
    folder = tmp_path_factory.mktemp("ordered") / "run"
    execute(battle.scenario(), seed=1, out=folder, until_s=20, threads=1)
    return Recording.open(folder)


def explained(recording: Recording, fighter: int, tick: int) -> str:
    """Why somebody did then what he did, in words."""
    found = reasons(recording, fighter, tick)
    return "\n".join(because(found, Roster.from_recording(recording), 0.2))


def test_a_leader_is_explained_by_what_his_plan_waits_for_and_what_he_says(
    ordered: Recording,
) -> None:
    """What it asks, and what of that is so; what he chose to say of what he could; that he is
    giving the order, and that he has given it.
    """
    events = ordered.events(["kind", "fighter", "tick", "place"]).to_pylist()
    given = [e["tick"] for e in events
             if (e["kind"], e["place"], e["fighter"]) == (w.EVENT_SAY, w.SAY_ORDER, 0)]  # fmt: skip
    due = next(tick for tick in range(3, given[0]) if reasons(ordered, 0, tick)["says"])
    begins = explained(ordered, 0, due)
    assert "to order advance: the order in force 1.0 s old (so)" in begins
    assert "They chose to give the order." in begins
    assert "to give the order" in begins
    assert "They were in the middle of the order to advance, by drum." in begins
    assert "They beat the order to advance." in explained(ordered, 0, given[0])
    assert "They sent a messenger with the order to charge." in explained(ordered, 0, given[1])
    waits = explained(ordered, 0, 90)
    assert "to order withdraw: enemies within 3 m (not so)" in waits
    assert "They chose" in waits


def test_a_messenger_comes_and_is_not_heard(ordered: Recording) -> None:
    """He has no loudness; where he comes from is said, and with what."""
    events = ordered.events(["kind", "fighter", "tick", "other"]).to_pylist()
    took = next(e["tick"] for e in events
                if (e["kind"], e["fighter"], e["other"]) == (w.EVENT_OBEY, 8, 0))  # fmt: skip
    text = explained(ordered, 8, took)
    assert "a messenger (band/1) come from the south-east: the order to charge\n" in text


def test_one_who_could_do_nothing_is_explained_too(market: Recording) -> None:
    """Busy with a power and broken, say: no act was open to him, and that is said."""
    found = reasons(market, 0, market.last_tick) | {"options": []}
    text = list(because(found, Roster.from_recording(market), 0.2))
    assert text[-1].startswith("They could do nothing of themselves")


def test_the_dead_are_explained_by_their_last_look(market: Recording, market_path: Path) -> None:
    """One who has died since is told by the last look; one who never came, by an error."""
    dead = the_dead(market_path)[0]
    found = reasons(market, dead, market.last_tick)
    assert found["look"]["tick"] < market.last_tick
    assert found["look"]["fighter"] == dead
    with pytest.raises(UsageError, match="had not looked about by tick 2"):
        reasons(market, 25, 2)
