"""What goes on within people: S32, S33, S35-S38, S44, S45, S47, S49, S53, S54, S56, S83, S88, S90
and S91.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from affray.run import execute
from affray.scenario import Battle as Paper
from affray.testimony.depose import depose
from affray.world import words as w
from affray.world.inner import CUES
from tests.systems.harness import Row, Run, alike, put_to_the_test

ADA, BO, CY = 0, 1, 2
SEES_BO = {"what": "sees", "of": "Bo"}
PLACES = {"ada": (20, 20), "bo": (24, 20), "cy": (28, 20)}


def three(*, places: dict[str, Any] | None = None, **units: dict[str, Any]) -> Paper:
    """Ada looks east at Bo and Cy, who look west at her; the enemy is far off."""
    paper = Paper("three", field=(120, 60)).side("red").side("blue")
    for name, place in ({**PLACES, **(places or {})}).items():
        paper.unit(name, side="red", count=1, place=place, orders={"do": "hold"},
                   **{"facing": "east" if name == "ada" else "west", **units.get(name, {})},
                   )  # fmt: skip
    paper.unit("nobody", side="blue", count=1, place=(119, 1), orders={"do": "hold"})
    paper.parameter("talk.banter", 0).parameter("talk.address", 0)
    return paper


def says(notion: str | None = None, **more: Any) -> dict[str, Any]:
    """A drive to say something as soon as Bo is in sight."""
    what = {"notion": notion} if notion else {}
    return {"do": "say", **what, "when": SEES_BO, **more}


def of(run: Run, kind: int, who: int, place: int | None = None) -> np.ndarray:
    """Events of a kind in the mind of a person, about what the number stands for."""
    events = run.of(kind)
    events = events[events["fighter"] == run.battle.people[who].fighter]
    return events if place is None else events[events["place"] == place]


def sure(run: Run, who: int, notion: int = 0) -> float:
    """How sure a person is of a notion at the end."""
    return run.engine.persons.society.minds[who].convictions[notion].sure


def comes_of(event: np.ndarray, kind: int, by: int) -> bool:
    """Whether the first cause of an event is one of another's of that kind."""
    one = event["cause_kind"][0] == w.CAUSE_EVENT and event["cause_event"][0] == kind
    return bool(one and event["cause_id"][0] == by)


# ------------------------------------------------------------------ what is said becomes thought


def phrase(said: bool = True, **more: Any) -> Paper:
    """Ada says a thing to Bo; Bo trusts her wholly, and Cy half."""
    paper = three()
    paper.notion("over", says="it is over", supported_by={"scream": 0.9})
    paper.person("Ada", unit="ada", ties={"Bo": {}}, holds={"over": 0.9},
                 drives=says("over", whom="Bo", **more) if said else [])  # fmt: skip
    paper.person("Bo", unit="bo", ties={"Ada": {"trust": 1.0}}, holds={"over": 0.3})
    paper.person("Cy", unit="cy", ties={"Ada": {"trust": 0.5}}, holds={"over": 0.45})
    return paper


def becomes_his_thought(run: Run) -> bool:
    """He comes to hold it, for no other reason than her words, once they are out."""
    said, came = of(run, w.EVENT_SAY, ADA), of(run, w.EVENT_CONCLUDE, BO)
    return (
        len(said) > 0
        and len(came) == 1
        and comes_of(came[0], w.EVENT_SAY, ADA)
        and bool(came["tick"][0] > said["tick"][0] and came["weapon"][0] == w.VERDICT_HOLDS)
    )


def are_told(run: Run, *who: int) -> bool:
    """Whether each of these understands her words, and understands them once."""
    return all(len(of(run, w.EVENT_TOLD, one)) == 1 for one in who)


NO_HEARSAY = ("parameters.think.hearsay=0",)


def test_s35_a_phrase_heard_becomes_a_thought() -> None:
    """Off: he understands it, and words convince nobody."""
    put_to_the_test(Row(phrase, becomes_his_thought, ticks=40, off=NO_HEARSAY,
                        still=lambda run: are_told(run, BO)))  # fmt: skip


def test_s35_not_without_the_phrase() -> None:
    """Off: she says nothing."""
    put_to_the_test(Row(phrase, becomes_his_thought, ticks=40, without=lambda: phrase(False)))


def a_thought_in_two_minds(run: Run) -> bool:
    """Bo has it of her, and Cy, who trusts her less, has it too: each of his own hearing."""
    found = [of(run, w.EVENT_CONCLUDE, who) for who in (BO, CY)]
    if min(len(one) for one in found) == 0:
        return False
    return all(comes_of(one[0], w.EVENT_SAY, ADA) for one in found) and are_told(run, BO, CY)


def test_s36_one_thought_in_many_minds() -> None:
    """Off: both understand it, and words convince nobody."""
    put_to_the_test(Row(phrase, a_thought_in_two_minds, ticks=40, off=NO_HEARSAY,
                        still=lambda run: are_told(run, BO, CY)))  # fmt: skip


def test_s36_only_in_those_whom_it_reaches() -> None:
    """Off: she whispers, so that it gets no farther than to nobody."""
    row = Row(phrase, a_thought_in_two_minds, ticks=40, without=lambda: phrase(tone="whisper"))
    put_to_the_test(row)


def motto(own: bool = True) -> Paper:
    """Ada hears a scream and comes to think the end near; so does Bo, of the same scream."""
    paper = three()
    evidence = {"supported_by": {"scream": 0.5}} if own else {}
    paper.notion("the_end", says="this is the end", **evidence)
    paper.power("wail", lasts=0.2, again=600, boost={}, cry={"level": 110})
    paper.person("Ada", unit="ada", ties={"Bo": {}}, holds={"the_end": 0.2})
    paper.person("Bo", unit="bo", ties={"Ada": {}}, holds={"the_end": 0.3})
    paper.person("Cy", unit="cy", powers=["wail"], drives={"do": "use", "power": "wail"})
    return paper


def each_has_support_of_his_own(run: Run) -> bool:
    """Both hold it, and neither because of the other."""
    found = [of(run, w.EVENT_CONCLUDE, who) for who in (ADA, BO)]
    return all(len(one) == 1 and comes_of(one[0], w.EVENT_SAY, CY) for one in found)


def test_s37_two_minds_share_a_motto() -> None:
    """Off: nothing that they hear speaks for it."""
    row = Row(motto, each_has_support_of_his_own, ticks=40, without=lambda: motto(False))
    put_to_the_test(row)


def boast(believed: float = 0.1) -> Paper:
    """Ada promises what she does not believe."""
    paper = three().notion("unhurt", says="nothing can hurt me")
    paper.person("Ada", unit="ada", ties={"Bo": {}}, holds={"unhurt": believed},
                 drives=says("unhurt", whom="Bo", tone="promise"))  # fmt: skip
    paper.person("Bo", unit="bo", ties={"Ada": {"trust": 1.0}}, holds={"unhurt": 0.2})
    return paper


def says_what_she_does_not_believe(run: Run) -> bool:
    """He is surer of it for her words, and she is not."""
    said = of(run, w.EVENT_UTTER, ADA, 1)
    return len(said) == 1 and said["value"][0] < 0.5 and sure(run, BO) > 0.5 > sure(run, ADA)


def test_s38_bravado() -> None:
    """Off: she believes it."""
    row = Row(boast, says_what_she_does_not_believe, ticks=40, without=lambda: boast(0.9))
    put_to_the_test(row)


def guess(told: bool = False) -> Paper:
    """Ada has guessed it; the others have nothing else to go by."""
    paper = three().notion("trap", kind="guess", says="it is a trap")
    paper.person("Ada", unit="ada", ties={"Bo": {}}, holds={"trap": 0.7},
                 drives=says("trap", whom="Bo") if told else [])  # fmt: skip
    paper.person("Bo", unit="bo", ties={"Ada": {"trust": 1.0}})
    paper.person("Cy", unit="cy", ties={"Ada": {"trust": 1.0}})
    return paper


def stays_with_her(run: Run) -> bool:
    """Nobody else is any the surer of it, and nothing within them is about it."""
    others = [kind for kind in w.OF_NOTIONS for who in (BO, CY) if len(of(run, kind, who))]
    return not others and sure(run, ADA) == 0.7 and sure(run, BO) == sure(run, CY) == 0.0


def test_s44_a_guess_told_to_nobody() -> None:
    """Off: she tells Bo."""
    put_to_the_test(Row(guess, stays_with_her, ticks=40, without=lambda: guess(True)))


# ------------------------------------------------------------------ what comes to mind


HOPE = 0.6


def hoping() -> Paper:
    """It is quiet, and Ada has something that she looks forward to."""
    paper = three().notion("bath", kind="hope", says="a bath", brought_by=["quiet"])
    paper.person("Ada", unit="ada", holds={"bath": HOPE})
    paper.person("Bo", unit="bo")
    return paper


def hopes_by_herself(run: Run) -> bool:
    """It comes to her mind and to nobody else's, and nothing is said of it."""
    thoughts = run.of(w.EVENT_THINK)
    return bool(len(thoughts) and (thoughts["fighter"] == ADA).all()
                and (thoughts["place"] == 0).all() and not len(run.of(w.EVENT_UTTER)))  # fmt: skip


def test_s45_private_hopes() -> None:
    """Off: nothing ever comes to anybody's mind, though she hopes as before."""
    put_to_the_test(
        Row(
            hoping,
            hopes_by_herself,
            ticks=80,
            off=("parameters.recall.bar=1000",),
            still=lambda run: sure(run, ADA) == HOPE and sure(run, BO) == 0.0,
        )
    )


def absent(skill: float | None = 0.9) -> Paper:
    """Ada's officer is not here; she knows, or does not, what he can do. It is quiet."""
    paper = three()
    paper.notion("if_he_were_here", kind="wish", about="Gil", brought_by=["quiet"])
    able = {} if skill is None else {"skill": skill}
    paper.person("Ada", unit="ada", ties={"Gil": able}, holds={"if_he_were_here": 0.8})
    paper.person("Gil")
    return paper


def wishes_for_him(run: Run) -> bool:
    """The wish comes to her mind."""
    return len(of(run, w.EVENT_THINK, ADA, 0)) > 0


def test_s32_wishing_for_an_absent_ones_talent() -> None:
    """Off: she never saw what he can do. And she wishes for nobody who stands beside her."""
    row = Row(absent, wishes_for_him, ticks=80, without=lambda: absent(None))
    put_to_the_test(row)


def test_s32_not_of_one_who_is_at_hand() -> None:
    """Off: it is Bo whom she would wish for, and there he stands."""

    def of_bo() -> Paper:
        paper = three().notion("if_he_were_here", kind="wish", about="Bo", brought_by=["quiet"])
        paper.person("Ada", unit="ada", ties={"Bo": {"skill": 0.9}},
                     holds={"if_he_were_here": 0.8})  # fmt: skip
        return paper.person("Bo", unit="bo")

    put_to_the_test(Row(absent, wishes_for_him, ticks=80, without=of_bo))


def captive(tags: tuple[str, ...] = ("held", "scream")) -> Paper:
    """Cy holds Bo by the throat, and makes him scream; Ada was held so once, by another."""
    paper = three(places={"cy": (25, 20)}, cy={"facing": "west"})
    paper.power("choke", range=1.5, cast=0.2, lasts=60, hold={"grip": 20},
                cry={"level": 105, "of": "other"})  # fmt: skip
    paper.person("Ada", unit="ada", ties={"Bo": {}, "Cy": {}},
                 memories=["the river", {"name": "the cellar", "tags": list(tags), "of": "Gil"}],
                 )  # fmt: skip
    paper.person("Bo", unit="bo", ties={"Ada": {}}, looks={"hair": "red"})
    paper.person("Cy", unit="cy", powers=["choke"], ties={"Bo": {}},
                 drives={"do": "use", "power": "choke", "whom": "Bo", "strength": 5})  # fmt: skip
    return paper.person("Gil")


def likens_it_to_her_own(run: Run) -> bool:
    """His fate brings back what befell herself, and the event says whose fate it was."""
    back = of(run, w.EVENT_RECALL, ADA, 1)
    used = run.of(w.EVENT_POWER)
    return bool(len(used) and len(back) and (back["other"] == BO).all()
                and back["tick"].min() > used["tick"].min())  # fmt: skip


def test_s47_likening_anothers_fate_to_ones_own() -> None:
    """Off: nothing of the kind ever befell her."""
    row = Row(captive, likens_it_to_her_own, ticks=60, without=lambda: captive(("dark",)))
    put_to_the_test(row)


def remembering(tags: tuple[str, ...] = ("laughter", "scream"), **ada: Any) -> Paper:
    """A cry that goes up brings back to Ada what it belongs to."""
    paper = three(ada=ada)
    paper.power("wail", lasts=0.2, again=600, cast=2, boost={}, cry={"level": 105})
    paper.person("Ada", unit="ada", memories=[{"name": "the fair", "tags": list(tags)}])
    paper.person("Bo", unit="bo", powers=["wail"], drives={"do": "use", "power": "wail"})
    return paper


def a_cue_brings_it_back(run: Run) -> bool:
    """Once, when she has heard it; the event names the cry as its cause."""
    back = of(run, w.EVENT_RECALL, ADA)
    return (
        len(back) == 1
        and comes_of(back[0], w.EVENT_SAY, BO)
        and bool(back["weapon"][0] == CUES.index("scream") and back["value"][0] == 0.5)
    )


def test_s54_a_cue_brings_back_a_memory() -> None:
    """Off: the memory has nothing to do with it."""
    row = Row(remembering, a_cue_brings_it_back, ticks=60, without=lambda: remembering(("dark",)))
    put_to_the_test(row)


def test_s54_nobody_daydreams_who_is_struck_at() -> None:
    """Off: an enemy at arm's length keeps nothing from coming to mind."""

    def beset() -> Paper:
        paper = remembering(armour="plate", personality=alike(courage=1.0))
        paper.unit("foe", side="blue", count=4, place=(21.2, 20), facing="west",
                   weapons=["fists"], personality=alike(aggression=1.0, courage=1.0))  # fmt: skip
        return paper

    def comes_to_her_no_more(run: Run) -> bool:
        heard = run.of(w.EVENT_SAY)
        return len(heard[heard["fighter"] == BO]) > 0 and not len(of(run, w.EVENT_RECALL, ADA))

    row = Row(beset, comes_to_her_no_more, ticks=60,
              off=("parameters.recall.per_foe=0",))  # fmt: skip
    put_to_the_test(row)


def doubting(fades: float = 6.0) -> Paper:
    """Ada has a memory that nothing brings back for a while."""
    paper = three()
    called = {"name": "he called me", "tags": ["scream"], "fades": fades}
    paper.person("Ada", unit="ada", memories=[called])
    paper.person("Bo", unit="bo", powers=["wail"], drives={"do": "use", "power": "wail"})
    return paper.power("wail", lasts=0.2, again=600, cast=12, boost={}, cry={"level": 105})


def comes_to_doubt_it(run: Run) -> bool:
    """Before a cry brings it back she has come to doubt it."""
    turns, back = of(run, w.EVENT_DOUBT, ADA, 0), of(run, w.EVENT_RECALL, ADA, 0)
    return bool(len(turns) and turns["value"][0] < 0.5 and len(back) == 1
                and turns["tick"][0] < back["tick"][0])  # fmt: skip


def comes_back_to_her(run: Run) -> bool:
    """A cry brings it back, whether she doubts it or not."""
    return len(of(run, w.EVENT_RECALL, ADA, 0)) == 1


def test_s88_a_doubted_memory() -> None:
    """Off: it does not fade."""
    row = Row(doubting, comes_to_doubt_it, ticks=90, on=("parameters.recall.bar=0.1",),
              without=lambda: doubting(0.0), still=comes_back_to_her)  # fmt: skip
    put_to_the_test(row)


def test_s88_what_comes_back_is_sure_again() -> None:
    """In the very look in which it comes back she is sure of it. Off: nothing is the surer for
    coming back.
    """

    def is_sure_again(run: Run) -> bool:
        turns, back = of(run, w.EVENT_DOUBT, ADA, 0), of(run, w.EVENT_RECALL, ADA, 0)
        then = turns[turns["tick"] == back["tick"][0]]
        return len(then) == 1 and bool(then["value"][0] >= 0.5)

    row = Row(doubting, is_sure_again, ticks=90, on=("parameters.recall.bar=0.1",),
              off=("parameters.recall.restores=0",), still=comes_to_doubt_it)  # fmt: skip
    put_to_the_test(row)


# ------------------------------------------------------------------ names


def named(names: bool = True, tie: dict[str, Any] | None = None) -> Paper:
    """Ada calls Bo by name; Cy, who knows neither of them by name, sees and hears it."""
    paper = three(places={"cy": (20, 24)}, cy={"facing": "east"})
    paper.notion("look", says="look there")
    paper.person("Ada", unit="ada", ties={"Bo": {"calls": "Bobo"} if tie is None else tie},
                 drives=says("look", whom="Bo", names=names))  # fmt: skip
    paper.person("Bo", unit="bo", ties={"Ada": {}})
    return paper.person("Cy", unit="cy", ties={"Ada": {}})


def learns_his_name(run: Run) -> bool:
    """He knows him as Bo from then on, and did not before."""
    heard, knew = of(run, w.EVENT_NAME, CY, BO), of(run, w.EVENT_KNOW, CY, BO)
    said = of(run, w.EVENT_SAY, ADA)
    return bool(len(heard) == 1 and comes_of(heard[0], w.EVENT_SAY, ADA) and len(said)
                and heard["tick"][0] > said["tick"][0]
                and not (knew["tick"] < heard["tick"][0]).any())  # fmt: skip


def test_s33_a_name_is_known_after_it_was_heard() -> None:
    """Off: she does not call him by it."""
    put_to_the_test(Row(named, learns_his_name, ticks=60, without=lambda: named(False)))


def test_s33_the_form_of_address_goes_by_the_tie(tmp_path: Path) -> None:
    """Whoever hears it hears him called as she calls him: by the form of her tie to him, or, where
    it has none, by his name.
    """
    for tie, form in (({"calls": "Bobo"}, "Bobo"), ({}, "Bo")):
        kept = execute(named(tie=tie).scenario(), seed=1, out=tmp_path / form, until_s=12.0)
        for testimony in depose(kept.path, (BO, CY)).values():
            said = [one for one in testimony.records if one.pred == "hears_said"]
            assert [one.get("calls") for one in said] == [form]


def whispered(keen: float = 4.0) -> Paper:
    """Ada whispers to herself, and turns her face to one who sits far off with sharp eyes."""
    paper = three(places={"cy": (38, 20)})
    paper.power("eyes", cast=0.2, lasts=300, sense={"keen": keen})
    paper.person("Ada", unit="ada", ties={"Cy": {}}, drives={
        "do": "say", "whom": "Cy", "names": True, "tone": "whisper",
        "when": {"what": "quiet", "within": 4},
    })  # fmt: skip
    return paper.person("Cy", unit="cy", powers=["eyes"], ties={"Ada": {}},
                        drives=[{"do": "use", "power": "eyes", "strength": 3},
                                {"do": "watch", "whom": "Ada"}])  # fmt: skip


def by_sight_and_not_by_hearing(run: Run) -> bool:
    """He has it from her lips: no sound of hers has reached him."""
    cy = run.battle.people[1].fighter
    read = of(run, w.EVENT_TOLD, 1)
    by_ear = run.heard[(run.heard["fighter"] == cy) & (run.heard["way"] == w.BY_VOICE)]
    return len(read) == 1 and read["weapon"][0] == w.BY_SIGHT and len(by_ear) == 0


S53: dict[str, Any] = {
    "holds": by_sight_and_not_by_hearing,
    "ticks": 60,
    "watch": (0, 1, 2),
    "on": ("parameters.din.quiet_db=50",),
    "still": lambda run: len(of(run, w.EVENT_UTTER, 0)) == 1,
}


def test_s53_a_name_read_from_lips() -> None:
    """Off: his eyes are like everybody's; she says it all the same."""
    put_to_the_test(Row(whispered, without=lambda: whispered(1.0), **S53))


def test_s53_lips_are_what_it_is_read_from() -> None:
    """Off: sharp eyes as before, and lips that nobody can read."""
    put_to_the_test(Row(whispered, off=("parameters.know.lips_m=0",), **S53))


# ------------------------------------------------------------------ what stays open, or is wrong


def asking(answers: tuple[str, ...] = ("own_name",)) -> Paper:
    """Ada asks herself whether Bo means her; that he is there tells nothing, his word would."""
    paper = three()
    paper.notion("does_he", kind="question", about="Bo", brought_by=["quiet"],
                 supported_by=dict.fromkeys(answers, 0.9))  # fmt: skip
    paper.person("Ada", unit="ada", ties={"Bo": {}}, holds={"does_he": 0.5})
    return paper.person("Bo", unit="bo", ties={"Ada": {}})


def stays_open(run: Run) -> bool:
    """She comes back to it, and has no answer."""
    asked, answered = of(run, w.EVENT_THINK, ADA), of(run, w.EVENT_CONCLUDE, ADA)
    return len(asked) > 0 and len(answered) == 0 and sure(run, ADA) == 0.5


def test_s56_a_question_stays_open() -> None:
    """Off: the sight of him is an answer."""
    row = Row(asking, stays_open, ticks=80, without=lambda: asking(("sight",)))
    put_to_the_test(row)


def doomed(tells: bool = False) -> Paper:
    """Ada stands where fire will break out; when it lifts her she thinks that she can still run."""
    paper = three(places={"bo": (26, 20), "cy": (26, 24)})
    against = {"refuted_by": {"spectacle": 1.0}} if tells else {}
    paper.notion("still_time", says="there is still time", brought_by=["spectacle"], **against)
    paper.weapon("fire", reach=0.5, force=500, kind="cut", parry=0)
    paper.power("raise", cast=2, lasts=3, again=600, outlives=True, shows=True,
                lift={"radius": 10, "height": 3}, then="burn")  # fmt: skip
    paper.power("burn", lasts=9, outlives=True, blast={"radius": 10, "weapon": "fire"})
    paper.person("Ada", unit="ada", ties={"Bo": {}}, holds={"still_time": 0.9})
    return paper.person("Bo", unit="bo", powers=["raise"], drives={"do": "use", "power": "raise"})


def dies_thinking_so(run: Run) -> bool:
    """It came to her mind, nothing took it from her, and she dies of what she thought to escape."""
    deaths = run.of(w.EVENT_DEATH)
    deaths = deaths[deaths["fighter"] == ADA]
    thought = of(run, w.EVENT_THINK, ADA, 0)
    return bool(len(deaths) and len(thought) and sure(run, ADA) > 0.5
                and thought["tick"].min() < deaths["tick"][0])  # fmt: skip


def test_s83_calm_breaks_and_there_seems_to_be_time() -> None:
    """Off: what she sees tells her better."""
    row = Row(doomed, dies_thinking_so, ticks=80, on=("parameters.grip.spectacle_seen=1",),
              without=lambda: doomed(True))  # fmt: skip
    put_to_the_test(row)


# ------------------------------------------------------------------ reunion, and what lies ahead


def reunion(love: float = 1.0, dead: float = 0.95) -> Paper:
    """Ada held Bo for dead, and comes upon him; a trial lies ahead of him, as she knows, and to
    have somebody back makes her think of home.
    """
    paper = three(places={"bo": (32, 20), "cy": (60, 50)})
    paper.notion("trial", kind="consequence", about="Bo", says="there will be a trial")
    paper.notion("home", kind="hope", says="home", brought_by=["reunion"])
    paper.person("Ada", unit="ada", holds={"trial": 0.9, "home": 0.9},
                 ties={"Bo": {"love": love, "dead": dead}},
                 drives={"do": "seek", "whom": "Bo", "strength": 5})  # fmt: skip
    return paper.person("Bo", unit="bo", ties={"Ada": {}})


def has_him_back(run: Run) -> int:
    """The tick in which Ada knows Bo to be alive and stands beside him."""
    near = np.hypot(*(run.frames[:, BO][k] - run.frames[:, ADA][k] for k in ("x", "y"))) <= 2.5
    alive = of(run, w.EVENT_BELIEVE, ADA, BO)
    return max(int(np.argmax(near)), int(alive["tick"][0]))


def forgets_all_else(run: Run) -> bool:
    """For ten seconds nothing comes to her mind, not even what to have him back reminds her of."""
    thoughts, met = of(run, w.EVENT_THINK, ADA)["tick"], has_him_back(run)
    return not ((thoughts >= met) & (thoughts < met + 50)).any()


def believes_as_before(run: Run) -> bool:
    """What she believes she believes all the same, and she does have him back."""
    met = has_him_back(run)
    return 0 < met < run.engine.now - 50 and sure(run, ADA, 0) == sure(run, ADA, 1) == 0.9


def test_s90_a_reunion_blots_out_the_rest() -> None:
    """Off: nobody is taken up by anything."""
    row = Row(reunion, forgets_all_else, ticks=140, on=("parameters.recall.gap_s=1",),
              off=("parameters.recall.joy_s=0",), still=believes_as_before)  # fmt: skip
    put_to_the_test(row)


def it_is_queued(run: Run) -> bool:
    """It comes to her mind once she knows him again, and not before; it is his, and stays so."""
    knew, thought = of(run, w.EVENT_KNOW, ADA, BO), of(run, w.EVENT_THINK, ADA, 0)
    if min(len(knew), len(thought)) == 0 or sure(run, ADA) <= 0.5:
        return False
    return bool((thought["other"] == BO).all() and thought["tick"].min() >= knew["tick"].min())


def knows_of_it_and_him(run: Run) -> bool:
    """She is as sure of it as ever, and knows him again."""
    return sure(run, ADA) == 0.9 and len(of(run, w.EVENT_KNOW, ADA, BO)) > 0


def test_s91_a_consequence_is_queued() -> None:
    """Off: nothing ever comes to anybody's mind, though she knows of it and of him as before."""
    row = Row(reunion, it_is_queued, ticks=60, off=("parameters.recall.bar=1000",),
              still=knows_of_it_and_him)  # fmt: skip
    put_to_the_test(row)


# ------------------------------------------------------------------ a special eye


def tinted(tint: str | None = "red") -> Paper:
    """Bo has eyes that see all in red, as long as he uses them."""
    paper = three()
    paper.power("eyes", cast=0.4, lasts=4, again=600,
                sense={"keen": 2, **({"tint": tint} if tint else {})})  # fmt: skip
    paper.person("Ada", unit="ada")
    return paper.person("Bo", unit="bo", powers=["eyes"], drives={"do": "use", "power": "eyes"})


def in_his_testimony_alone(run: Run) -> bool:
    """His looks cite the power while it lasts, before and after it they do not; nobody else's."""
    his = run.minds[run.minds["fighter"] == BO]["tint"]
    hers = run.minds[run.minds["fighter"] != BO]["tint"]
    return bool((his == 0).any() and his[0] == his[-1] == -1 and (hers == -1).all())


def test_s49_sight_tinted_by_a_special_eye() -> None:
    """Off: the power has no tint."""
    row = Row(
        tinted, in_his_testimony_alone, ticks=60, watch=(0, 1, 2), without=lambda: tinted(None)
    )
    put_to_the_test(row)
