"""Memories, notions and words in the engine: nobody has them of what did not reach him, and with
them too all is the same to the bit.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from affray.engine.tick import Engine
from affray.run.state import state_arrays, with_state
from affray.scenario import Battle as Paper
from affray.scenario.build import build
from affray.world import words as w
from affray.world.battle import Battle
from affray.world.inner import CUES
from tests.engine.fights import copied

TICKS = 40
INWARD = (*w.OF_NOTIONS, *w.OF_MEMORIES, w.EVENT_NAME, w.EVENT_RAPT)


def talkative() -> Paper:
    """Two bands of eight; three of each think, remember and say things in the fight."""
    paper = Paper("talkative", field=(60, 40)).side("red").side("blue")
    for side, x, facing in (("red", 24, "east"), ("blue", 36, "west")):
        paper.unit(side + "s", side=side, count=8, place=(x, 20), facing=facing,
                   weapons=["sword", {"name": "stone", "count": 4}])  # fmt: skip
    paper.notion("over", supported_by={"fall": 0.4, "scream": 0.3, "contact": 0.3},
                 brought_by=["own_wound", "hurt"], prior=0.2, fades=10)  # fmt: skip
    paper.notion("who_won", kind="question", brought_by=["fall", "scream"])
    names = [f"{side}{number}" for side in ("red", "blue") for number in (1, 4, 7)]
    for name in names:
        first = names[0] if name != names[0] else names[1]
        paper.person(
            name, unit=name[:-1] + "s", number=int(name[-1]), looks={"hair": name},
            ties={other: {"love": 0.8, "trust": 0.7, "dead": 0.6} for other in names
                  if other != name and other != names[-1]},
            holds={"who_won": 0.5},
            memories=[{"name": "before", "tags": ["contact", "scream", "fall"], "fades": 5},
                      {"name": "of another", "tags": ["sight", "hurt"], "of": first}],
            drives=[{"do": "say", "whom": first, "notion": "over", "names": True, "again": 2,
                     "tone": "shout", "strength": 2,
                     "when": {"what": "believes", "notion": "over"}}],
        )  # fmt: skip
    return paper


def opened(seed: int = 3, **how: Any) -> Engine:
    """An engine on it, before the first tick."""
    engine = Engine(build(talkative().scenario(), seed), **how)
    engine.open()
    return engine


@pytest.mark.parametrize("how", [{"threads": 3, "blocks": 7}, {"watch": (0, 3)}, {"full": True}])
def test_the_same_battle_however_it_is_run(how: dict[str, Any]) -> None:
    """Hash by hash, and thought by thought: threads, blocks and witnesses change nothing."""
    one, other = opened(), opened(**how)
    met: set[int] = set()
    for _ in range(TICKS):
        thoughts = [e[np.isin(e["kind"], INWARD)] for e in (one.tick(), other.tick())]
        assert one.hash == other.hash
        assert thoughts[0].tobytes() == thoughts[1].tobytes()
        met |= set(thoughts[0]["kind"].tolist())
    assert {w.EVENT_THINK, w.EVENT_CONCLUDE, w.EVENT_RECALL, w.EVENT_UTTER, w.EVENT_TOLD} <= met


def test_they_come_back_out_of_a_checkpoint() -> None:
    """Saved and loaded at every tick the battle is the one fought straight."""
    straight, engine = opened(), opened()
    for tick in range(1, TICKS + 1):
        straight.tick()
        engine.tick()
        assert engine.hash == straight.hash
        arrays = {name: np.array(rows) for name, rows in state_arrays(engine).items()}
        battle, wounds = with_state(build(talkative().scenario(), 3), arrays)
        engine = Engine(battle, tick=tick)
        engine.wounds_used = wounds
        engine.open()


def of_person(engine: Engine, number: int) -> list[bytes]:
    """All that the mind of a person holds, as tables."""
    found = []
    for name in ("convictions", "recollections", "impressions", "beliefs", "tracks", "stirrings"):
        rows = engine.persons.society.arrays()[name]
        size = len(rows) // len(engine.battle.people)
        found.append(rows[number * size : (number + 1) * size].tobytes())
    return found


def after_a_tick(engine: Engine, number: int, *, of_others: bool) -> list[bytes]:
    """The mind of a person after one more tick, had the others, or he, thought otherwise."""
    minds = {name: np.array(rows) for name, rows in engine.persons.arrays().items()}
    size = len(engine.battle.people)
    for name, field in (
        ("convictions", "sure"),
        ("recollections", "sure"),
        ("impressions", "tick"),
    ):
        whose = np.arange(len(minds[name])) // (len(minds[name]) // size)
        changed = (whose != number) if of_others else (whose == number)
        minds[name][field][changed] = minds[name][field][changed] * 0.5 + 0.125
    battle = replace(copied(engine.battle, engine.state), minds=minds)
    again = Engine(battle, tick=engine.now)
    again.wounds_used = engine.wounds_used
    again.open()
    again.tick()
    return of_person(again, number)


@pytest.mark.parametrize("seed", range(1, 4))
def test_nobody_knows_what_another_thinks_or_remembers(seed: int) -> None:
    """What the others hold and remember changes nothing in a mind within the tick; a control: what
    he holds himself does.
    """
    engine = opened(seed)
    for _ in range(25):
        engine.tick()
    minds = {name: np.array(rows) for name, rows in engine.persons.arrays().items()}
    same = Engine(replace(copied(engine.battle, engine.state), minds=minds), tick=engine.now)
    same.wounds_used = engine.wounds_used
    same.open()
    same.tick()
    for number in range(6):
        plain = of_person(same, number)
        assert after_a_tick(engine, number, of_others=True) == plain
        assert after_a_tick(engine, number, of_others=False) != plain


# ------------------------------------------------------------------ who can have it from whom


def whisperer(**eyes: Any) -> Battle:
    """Ada whispers to herself at (20, 20) in a din, her face to the east; Cy sits there."""
    paper = Paper("whisperer", field=(60, 40)).light(1.0).side("red").side("blue")
    ada = {"masked": eyes.pop("masked", False), "facing": eyes.pop("facing", "east")}
    paper.unit("ada", side="red", count=1, place=(20, 20), orders={"do": "hold"}, **ada)
    paper.unit("cy", side="red", count=1, place=(20 + eyes.pop("off_m", 5), 20), facing="west",
               orders={"do": "hold"})  # fmt: skip
    paper.unit("nobody", side="blue", count=1, place=(59, 1), orders={"do": "hold"})
    if eyes.pop("wall", False):
        paper.terrain("wall", rect={"from": [22, 10], "to": [24, 30]}, height="3 m",
                      blocks_sight=True)  # fmt: skip
    paper.notion("hush")
    paper.person("Ada", unit="ada", drives={"do": "say", "notion": "hush", "tone": "whisper"})
    paper.person("Cy", unit="cy", ties={"Ada": {"trust": 1.0}})
    paper.parameter("din.quiet_db", 60).parameter("sight.glance_per_s", 0)
    paper.parameter("talk.banter", 0)
    return build(paper.scenario(), 1)


READS: dict[str, tuple[bool, dict[str, Any]]] = {
    "before his eyes": (True, {}),
    "too far off": (False, {"off_m": 12}),
    "behind a mask": (False, {"masked": True}),
    "turned away": (False, {"facing": "west"}),
    "behind a wall": (False, {"wall": True}),
}


@pytest.mark.parametrize("name", READS)
def test_words_are_read_from_a_face_that_is_seen_near_by_alone(name: str) -> None:
    """A whisper that the din drowns: he has it from her lips, or not at all."""
    reads, how = READS[name]
    engine = Engine(whisperer(**how), watch=(1,))
    engine.open()
    told, heard = [], 0
    for _ in range(30):
        events = engine.tick()
        told += events[(events["kind"] == w.EVENT_TOLD) & (events["fighter"] == 1)].tolist()
        heard += int((engine.heard_log["way"] == w.BY_VOICE).sum())
    assert heard == 0
    assert len(told) == int(reads)
    assert (engine.persons.society.minds[1].convictions[0].sure > 0.0) == reads


@pytest.mark.parametrize("seen", [True, False])
def test_what_befalls_somebody_is_a_cue_to_those_who_see_it(seen: bool) -> None:
    """Ada bleeds; Cy has the cue if he looks at her, and not with his back turned."""
    battle = whisperer()
    if not seen:
        battle.state.fighters["hx"][1] = 1.0
    battle.state.fighters["flow"][0] = 3000
    engine = Engine(battle)
    engine.open()
    engine.tick()
    engine.tick()
    impressions = engine.persons.society.minds[1].impressions
    assert (impressions[CUES.index("hurt")] > 0) == seen


def test_where_nobody_has_anything_in_mind_nothing_is_kept_of_it() -> None:
    """People without notions, memories and words have no tables for them."""
    paper = talkative().scenario()
    bare = [person.model_copy(update={"memories": (), "drives": (), "holds": {}})
            for person in paper.people]  # fmt: skip
    engine = Engine(build(paper.model_copy(update={"people": tuple(bare), "notions": ()}), 1))
    engine.open()
    engine.tick()
    arrays = engine.persons.society.arrays()
    kept = ("convictions", "recollections", "impressions")
    assert [len(arrays[name]) for name in kept] == [0, 0, 0]
