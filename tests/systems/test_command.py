"""Command: an order reaches whom it reaches, is taken up or not, is passed on; the lead passes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from affray.engine.tick import Engine
from affray.scenario import Battle as Paper
from affray.scenario.build import build
from affray.world import words as w
from affray.world.battle import Battle
from affray.world.fields import NO_ORDER
from tests.systems.harness import SEEDS, Row, Run, alike, fight, put_to_the_test

NOISY = "parameters.din.quiet_db=60"  # so that a shout is understood to some 45 m
DEAF = ("parameters.hear.detect_db=300",)
ADVANCE = {"do": "advance", "when": {"lasted": 1}, "by": "voice"}


FIELD = (600, 60)


def nobody(paper: Paper, place: tuple[float, float] = (599, 59)) -> Paper:
    """An enemy far away, so that the battle has two sides."""
    return paper.unit("nobody", side="blue", count=1, place=place, orders={"do": "hold"})


def band(paper: Paper, name: str, place: tuple[float, float], **keys: Any) -> Paper:
    """Men who stand about facing east, led by one of them."""
    ordinary: dict[str, Any] = {
        "side": "red", "count": 20, "facing": "east", "formation": {"ranks": 4, "spacing": 1.5},
        "personality": alike(courage=1.0), "leader": {}, "orders": [{"do": "hold"}, ADVANCE],
    }  # fmt: skip
    return paper.unit(name, place=place, **{**ordinary, **keys})


def obeyed(run: Run) -> np.ndarray:
    """Who took up an order of another's."""
    events = run.of(w.EVENT_OBEY)
    return np.unique(events["fighter"][events["other"] != events["fighter"]])


def long_line() -> Paper:
    """A line much longer than a shout carries, of men who pass orders on."""
    paper = Paper("line", field=(300, 240)).side("red").side("blue")
    line = {"ranks": 1, "spacing": 1}
    band(paper, "line", (30, 120), count=220, formation=line, deputies=0)
    return nobody(paper, (299, 239))


def order_goes_down_the_line(run: Run) -> bool:
    """It is taken up by many farther from the leader than his voice carries, later by those who
    are farther off.
    """
    opening = run.frames[0]
    far = np.hypot(opening["x"] - opening["x"][0], opening["y"] - opening["y"][0])
    taken = obeyed(run)
    return len(taken) > 40 and int((far[taken] > 80.0).sum()) > 10


def test_orders_are_passed_on_beyond_the_first_voice() -> None:
    """Off: nobody passes an order on."""
    row = Row(long_line, order_goes_down_the_line, ticks=120,
              on=(NOISY, "parameters.obey.base=1", "parameters.voice.command_db=0"),
              off=("parameters.command.relay=0",))  # fmt: skip
    put_to_the_test(row)


def torn_band() -> Paper:
    """Men who pass an order on, and who go by their own judgement again and again."""
    paper = Paper("torn", field=(200, 60)).side("red").side("blue")
    own = [
        {"when": {"lasted": seconds}, "do": do, "tempts": True}
        for seconds, do in ((0.4, "hold"), (0.6, "advance"))
    ]
    return nobody(band(paper, "band", (60, 30), count=40, triggers=own), (199, 59))


def test_an_order_is_passed_on_once_by_each() -> None:
    """Whatever he does of his own accord meanwhile, and however often he hears it again: what was
    given once is told by each once, though all of them pass it on.
    """
    sets = (NOISY, "parameters.command.relay=1", "parameters.obey.base=1")
    run = fight(Row(torn_band, bool, ticks=300, on=sets), 1)
    said = run.of(w.EVENT_SAY)
    said = said[said["place"] == w.SAY_ORDER]
    own = run.of(w.EVENT_OBEY)
    own = own[own["fighter"] == own["other"]]

    assert len(own) > 100
    assert len(said) > 10
    assert np.bincount(said["fighter"]).max() == 1


def two_tempers() -> Paper:
    """Two bands who hear the same order; the one is disciplined, the other is not."""
    paper = Paper("tempers", field=FIELD).side("red").side("blue")
    for name, x, discipline in (("strict", 30, 1.0), ("loose", 330, 0.0)):
        band(paper, name, (x, 30), count=60,
             personality=alike(courage=1.0, discipline=discipline))  # fmt: skip
    return nobody(paper)


def the_loose_disobey(run: Run) -> bool:
    """Of those who understood the order, many more of the undisciplined did not take it up."""
    refused = run.of(w.EVENT_REFUSE)["fighter"]
    strict, loose = (set(range(run.unit(n).start, run.unit(n).stop)) for n in ("strict", "loose"))
    count = [len(side & set(refused.tolist())) for side in (strict, loose)]
    return count[1] > 10 and count[1] > 3 * count[0]


def test_some_disobey_by_discipline() -> None:
    """Off: discipline counts for nothing."""
    row = Row(two_tempers, the_loose_disobey, ticks=40, off=("parameters.obey.discipline=0",))
    put_to_the_test(row)


def one_band() -> Paper:
    """A band whose leader orders it on after a second."""
    paper = Paper("band", field=FIELD).side("red").side("blue")
    return nobody(band(paper, "band", (100, 30), count=40))


def test_the_deaf_take_up_no_spoken_order() -> None:
    """Most of a band do what their leader shouts. Off: nobody hears."""
    row = Row(one_band, lambda run: len(obeyed(run)) > 20, ticks=40, off=DEAF)
    put_to_the_test(row)


def falls(battle: Battle) -> None:
    """The leader goes down as it begins."""
    leader = battle.state.fighters[0]
    leader["status"], leader["fell"] = w.OUT, 0


def cuts_himself_short(battle: Battle) -> None:
    """The leader is in the middle of the order, and about to scream."""
    plan = battle.world.units["plan"][0]
    leader, memory = battle.state.fighters[0], battle.state.memory[0]
    leader["says"], leader["says_left"], leader["scream"] = w.SAY_ORDER, 2, 95
    memory["say_order"], memory["known"], memory["given"] = plan, plan, 1


def test_the_first_part_of_an_order_is_no_order() -> None:
    """Whoever has no more of it takes nothing up, and knows of no order."""
    row = Row(one_band, bool, ticks=15, watch=tuple(range(40)), arrange=cuts_himself_short)
    for seed in SEEDS:
        run = fight(row, seed)
        heard = run.heard_by("band")
        first = heard[(heard["says"] == w.SAY_ORDER) & (heard["got"] == w.FIRST_PART)]
        assert len(first) > 20
        assert len(obeyed(run)) == 0
        assert len(run.of(w.EVENT_REFUSE)) == 0
        known = run.engine.state.memory["known"][first["fighter"]]
        assert (known != run.battle.world.units["plan"][0]).all()


def late_order() -> Paper:
    """A band with three next in line, whose plan has an order for later."""
    paper = Paper("lead", field=FIELD).side("red").side("blue")
    later = {**ADVANCE, "when": {"lasted": 12}}
    return nobody(band(paper, "band", (100, 30), deputies=3, orders=[{"do": "hold"}, later],
                       formation={"ranks": 4, "spacing": 1}))  # fmt: skip


def another_leads(run: Run) -> bool:
    """Of those next in line one leads at the end, and no other; most follow him, and he has given
    the order due.
    """
    fighters = run.engine.state.fighters[run.unit("band")]
    leading = np.flatnonzero((fighters["leads"] == 1) & (fighters["status"] == w.UP))
    if len(leading) != 1 or run.battle.world.traits["leader"][leading[0]] < 2:
        return False
    says = run.of(w.EVENT_SAY)
    gave = set(says["fighter"][says["place"] == w.SAY_ORDER].tolist())
    followers = (run.engine.state.memory["leader"][run.unit("band")] == leading[0]).sum()
    return int(leading[0]) in gave and int(followers) > 10


def test_the_lead_passes_on_when_a_leader_falls() -> None:
    """Off: nobody takes it."""
    row = Row(late_order, another_leads, ticks=240, arrange=falls,
              off=("parameters.command.succession_s=1000000000",))  # fmt: skip
    put_to_the_test(row)


def there_and_back() -> Paper:
    """A band with three next in line, whom their leader sends forward, and soon back again."""
    paper = Paper("lead", field=FIELD).side("red").side("blue").parameter("obey.base", 1)
    orders = [
        {"do": "hold"},
        {"do": "advance", "when": {"lasted": 2}, "by": "voice"},
        {"do": "withdraw", "when": {"lasted": 5}, "by": "voice"},
    ]
    return nobody(band(paper, "band", (100, 30), deputies=3, orders=orders,
                       formation={"ranks": 4, "spacing": 1}))  # fmt: skip


def test_who_takes_the_lead_goes_on_with_the_plan() -> None:
    """He does not give anew what he heard given: nobody is sent forward a second time."""
    for seed in SEEDS[:2]:
        battle = build(there_and_back().scenario(), seed)
        engine = Engine(battle, full=True)
        engine.open()
        leads, sent = 0, []
        for tick in range(300):
            if tick == 80:  # both orders have been given
                engine.state.fighters["status"][0], engine.state.fighters["fell"][0] = w.OUT, 0
            events = engine.tick()
            leads += int((events["kind"] == w.EVENT_LEAD).sum())
            said = (events["kind"] == w.EVENT_SAY) & (events["place"] == w.SAY_ORDER)
            rows = battle.world.orders["word"][events["value"][said].astype(int)]
            sent += [tick] * int((rows == w.ORDER_ADVANCE).sum())
        engine.close()
        assert leads == 1
        assert sent
        assert max(sent) < 80


def test_what_a_leader_does_of_himself_leaves_his_plan_as_it_is() -> None:
    """He comes under a leaning before the time of his order has come, and gives it all the same."""
    once = {"when": {"lasted": 1}, "lean": {"hold": 0.1}, "again": False}
    later = {**ADVANCE, "when": {"lasted": 4}}
    for seed in SEEDS:
        paper = Paper("band", field=FIELD).side("red").side("blue")
        paper.parameter("command.trigger_per_s", 10)
        nobody(band(paper, "band", (100, 30), orders=[{"do": "hold"}, later], triggers=[once]))
        run = fight(Row(lambda paper=paper: paper, bool, ticks=60), seed)
        assert run.engine.state.memory["done"][0] == 2
        assert run.engine.state.memory["given"][0] == 1


def signalled(way: str, **due: Any) -> Paper:
    """A commander far from a band of his, who look towards him, orders it to advance."""
    paper = Paper("signal", field=FIELD).side("red").side("blue")
    due = due or {"when": {"lasted": 1}}
    order = {"do": "advance", "by": way, "to": ["band"], "toward": [300, 1], **due}
    band(paper, "commander", (100, 30), count=1, orders=[{"do": "hold"}, order])
    band(paper, "band", (240, 30), facing="west", orders={"do": "hold"})
    return nobody(paper)


def it_arrives(run: Run) -> bool:
    """Most of the band take the order up."""
    here = run.unit("band")
    taken = obeyed(run)
    return int(((taken >= here.start) & (taken < here.stop)).sum()) > 5


WAYS = {
    "horn": (DEAF, 60),
    "drum": (DEAF, 60),
    "flag": (("parameters.signal.flag_glance=0",), 60),
    "messenger": (("parameters.signal.messenger_arrives=0",), 340),
}
"""Of each way to signal: what switches it off, and how many ticks it takes."""


@pytest.mark.parametrize("way", WAYS)
def test_signals_reach_where_no_voice_does(way: str) -> None:
    """Horn, drum, flag and messenger over 140 m. Off: what each of them needs is missing."""
    off, ticks = WAYS[way]
    row = Row(lambda: signalled(way), it_arrives, ticks=ticks,
              on=(NOISY, "parameters.signal.messenger_arrives=1"), off=off)  # fmt: skip
    put_to_the_test(row)


def it_sets_off(run: Run) -> bool:
    """Most of the band are on their way."""
    here = run.unit("band")
    gone = run.frames[-1][here]["x"] - run.frames[0][here]["x"]
    return int((np.abs(gone) > 1.0).sum()) > 10


@pytest.mark.parametrize("way", WAYS)
def test_an_order_for_later_comes_as_it_is_given(way: str) -> None:
    """To nobody merely because its time has come. Off: what each way needs is missing."""
    off, ticks = WAYS[way]
    row = Row(lambda: signalled(way, after=2), it_sets_off, ticks=ticks + 20,
              on=(NOISY, "parameters.signal.messenger_arrives=1"), off=off)  # fmt: skip
    put_to_the_test(row)


def test_a_voice_does_not_reach_so_far() -> None:
    """The order given by horn is taken up. Off: by voice it is not."""
    row = Row(lambda: signalled("horn"), it_arrives, ticks=60, on=(NOISY,),
              without=lambda: signalled("voice"))  # fmt: skip
    put_to_the_test(row)


def approached(order: str) -> Paper:
    """Somebody comes on, or holds, before a band that is to withdraw when he is near."""
    paper = Paper("near", field=FIELD).side("red").side("blue")
    plan = [{"do": "hold"}, {"do": "withdraw", "when": {"foes_within": 40}, "by": "voice"}]
    band(paper, "band", (100, 30), orders=plan)
    return paper.unit(
        "foes", side="blue", count=12, place=(170, 30), facing="west", orders={"do": order},
        formation={"ranks": 2}, personality=alike(courage=1.0),
    )  # fmt: skip


def withdraws_when_near(run: Run) -> bool:
    """The order is given once, when the enemy is about as near as the plan says."""
    says = run.of(w.EVENT_SAY)
    first = says[(says["place"] == w.SAY_ORDER) & (says["fighter"] == run.unit("band").start)]
    if len(first) == 0:
        return False
    frame = run.frames[int(first["tick"][0])]
    foes, leader = frame[run.unit("foes")], frame[run.unit("band").start]
    apart = np.hypot(foes["x"] - leader["x"], foes["y"] - leader["y"]).min()
    return len(first) == 1 and 20.0 < float(apart) < 60.0 and len(obeyed(run)) > 5


def test_a_plan_waits_for_its_condition() -> None:
    """Off: the enemy stays away."""
    row = Row(lambda: approached("advance"), withdraws_when_near, ticks=250,
              without=lambda: approached("hold"))  # fmt: skip
    put_to_the_test(row)


def self_willed(*triggers: dict[str, Any]) -> Paper:
    """A band with missiles, half of which will be hurt and half without anything to throw."""
    paper = Paper("triggers", field=FIELD).side("red").side("blue")
    return nobody(band(paper, "band", (100, 30), orders={"do": "hold"}, triggers=list(triggers),
                       weapons=["sword", {"name": "javelin", "count": 2}]))  # fmt: skip


def hurt_and_spent(battle: Battle) -> None:
    """The first ten are hurt; the others have thrown what they had."""
    battle.state.fighters["pain"][:10] = 0.5
    battle.state.fighters["missiles"][10:20] = 0


def each_does_as_triggered(run: Run) -> bool:
    """The hurt come under their leaning, those without missiles charge; and nobody else does."""
    own = run.of(w.EVENT_OBEY)
    charge = set(own["fighter"][own["other"] == own["fighter"]].tolist())
    leaning = np.flatnonzero(run.engine.state.memory["lean"][:20] != NO_ORDER)
    return charge == set(range(10, 20)) and set(leaning.tolist()) == set(range(10))


def test_triggers_are_each_ones_own() -> None:
    """Off: the same band without them."""
    triggers = (
        {"when": {"wounded": True}, "lean": {"guard": 1.0}},
        {"when": {"out_of_missiles": True}, "do": "charge"},
    )
    row = Row(lambda: self_willed(*triggers), each_does_as_triggered, ticks=20,
              arrange=hurt_and_spent, without=self_willed)  # fmt: skip
    put_to_the_test(row)


def test_what_may_come_about_once_does_though_a_later_one_came_first() -> None:
    """All charge for want of missiles, and those who are hurt then come under their leaning; each
    of the two comes about once, and is kept in mind as that.
    """

    def are_hurt(battle: Battle) -> None:
        battle.state.fighters["missiles"][:20] = 0

    triggers = (
        {"when": {"wounded": True}, "lean": {"guard": 1.0}, "lasts": 1, "again": False},
        {"when": {"out_of_missiles": True}, "do": "charge", "again": False},
    )
    for seed in SEEDS[:2]:
        battle = build(self_willed(*triggers).scenario(), seed)
        are_hurt(battle)
        engine = Engine(battle)
        engine.open()
        for tick in range(120):
            if tick == 30:
                engine.state.fighters["pain"][:10] = 0.5
            engine.tick()
        memory = engine.state.memory
        assert (memory["done"][:10] == 6).all()
        assert (memory["done"][10:20] == 4).all()
        assert (memory["lean"][:20] == NO_ORDER).all()  # it is over, and does not come again
        engine.close()


def broken_band(battle: Battle) -> None:
    """All but the leader have broken; he is about to call them back."""
    fighters = battle.state.fighters
    fighters["mood"][1:40], fighters["fear"][1:40] = w.BROKEN, 0.75
    fighters["says"][0], fighters["says_left"][0] = w.SAY_RALLY, 2


def test_a_leaders_call_brings_back_those_who_run() -> None:
    """Several who hear it come round. Off: it calms nobody, and nobody does so soon."""
    row = Row(one_band, lambda run: len(run.of(w.EVENT_RALLY)) > 5, ticks=50, arrange=broken_band,
              on=("parameters.talk.rally_calms=0.6", "parameters.rout.rally_per_s=0.5",
                  "parameters.fear.calm_per_s=0.005", "parameters.fear.flight_per_s=0",
                  "parameters.fear.faces_per_s=0", "parameters.fear.steadied_per_s=0"),
              off=("parameters.talk.rally_calms=0",))  # fmt: skip
    put_to_the_test(row)


def bait_and_levies(discipline: float = 0.2) -> Paper:
    """A band that turns and runs after two seconds, as it was told, before another that is to hold
    and is tempted by such a sight.
    """
    paper = Paper("bait", field=FIELD).side("red").side("blue")
    band(paper, "bait", (200, 30), leader=None,
         orders=[{"do": "hold"}, {"do": "break_off", "after": 2}])  # fmt: skip
    levies = {"courage": 1.0, "discipline": discipline}
    return paper.unit(
        "levies", side="blue", count=30, place=(222, 30), facing="west", orders={"do": "hold"},
        triggers=[{"when": {"foes_flee": 0.5}, "do": "pursue", "tempts": True}],
        personality=alike(**levies),
    )  # fmt: skip


def is_drawn_away(run: Run) -> bool:
    """Most of those who were to hold run after the others, whom nothing frightened."""
    levies, bait = run.unit("levies"), run.unit("bait")
    gone_m = run.frames[0]["x"][levies] - run.frames[-1]["x"][levies]
    calm = (run.frames[-1]["mood"][bait] == w.STEADY).all()
    return int((gone_m > 10.0).sum()) > 15 and bool(calm)


@pytest.mark.parametrize(
    "off", ["parameters.show.flight_m_per_s=1000", "parameters.obey.own_head_per_s=0"]
)
def test_a_feigned_flight_draws_pursuit(off: str) -> None:
    """Off: running back does not look like flight; or nobody does what he was not told."""
    row = Row(bait_and_levies, is_drawn_away, ticks=100, off=(off,))
    put_to_the_test(row)


def test_discipline_keeps_from_pursuit() -> None:
    """Off: the same before men of full discipline."""
    row = Row(bait_and_levies, is_drawn_away, ticks=100, without=lambda: bait_and_levies(1.0))
    put_to_the_test(row)


def test_who_has_gone_round_goes_for_the_enemy_wherever_that_leads() -> None:
    """Horsemen go round to a place behind the enemy, see him short of it, and go for him, who
    stands half-way back; nobody turns again towards the place.
    """
    paper = Paper("round", field=(160, 60)).side("red").side("blue")
    paper.parameter("sight.glance_per_s", 2)
    paper.unit("riders", side="red", count=6, place=(40, 10), facing="east", leader="none",
               orders={"do": "envelop", "toward": [120, 10]}, formation={"ranks": 1},
               personality=alike(courage=1.0, aggression=1.0, discipline=1.0))  # fmt: skip
    paper.unit("foes", side="blue", count=6, place=(80, 40), facing="north", leader="none",
               orders={"do": "hold"}, personality=alike(courage=1.0), armour="plate")  # fmt: skip
    for seed in SEEDS:
        run = fight(Row(lambda: paper, lambda run: True, ticks=500, watch=tuple(range(6))), seed)
        said = run.minds["order"]
        for rider in range(6):
            mine = said[run.minds["fighter"] == rider]
            arrived = np.flatnonzero(mine == w.ORDER_PURSUE)
            assert len(arrived)
            assert (mine[arrived[0] :] == w.ORDER_PURSUE).all()
        places = run.frames[-1][:6]
        assert (places["x"] < 115.0).all()


def own_leaders_order(way: str) -> Paper:
    """A band whose leader orders it to advance."""
    paper = Paper("own", field=FIELD).side("red").side("blue")
    order = {"do": "advance", "by": way, "when": {"lasted": 1}}
    band(paper, "band", (240, 30), orders=[{"do": "hold"}, order])
    return nobody(paper)


def known_by_it(run: Run) -> bool:
    """Whether anybody who understood the leader's order knew by its sound whose it was."""
    orders = run.heard[(run.heard["says"] == w.SAY_ORDER) & (run.heard["by"] == run.heard["by"][0])]
    assert (orders["got"] == w.UNDERSTOOD).sum() > 3
    return bool(orders["known"].any())


def test_a_horn_has_no_voice() -> None:
    """The leader is known by his voice. Off: he has the order blown."""
    row = Row(lambda: own_leaders_order("voice"), known_by_it, ticks=40, watch=tuple(range(20)),
              without=lambda: own_leaders_order("horn"))  # fmt: skip
    put_to_the_test(row)
