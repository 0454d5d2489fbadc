"""Minds by themselves: whom they take whom for, what they come to believe, what drives them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affray.minds.bidding import Bidding
from affray.minds.drives import bidding
from affray.minds.glimpse import About, Glimpse, Self, Voice
from affray.minds.menace import threat
from affray.minds.mind import Mind
from affray.minds.recognise import STRANGER, who
from affray.rules.decide import NEVER, heed
from affray.scenario.parameters import values_for
from affray.world import words as w
from affray.world.people import BUILD, CREST, FACE, HAIR, VOICE, Condition, Drive, Person, Tie
from tests.rules.people import fighter, parameters

P = values_for({})
DT = 0.4
KNOWS = [1.0, 0.9, 0.6, 0.9]
ME, ASH, IVO, TOM = range(4)


def people(dead: float = 0.0, drives: tuple[Drive, ...] = (), love: float = 0.0) -> list[Person]:
    """One who knows two brothers alike to the eye, and a third man; the first is thought dead."""
    ties = (
        Tie(knows=1.0), Tie(knows=0.9, dead=dead, love=love), Tie(knows=0.6), Tie(knows=0.9),
    )  # fmt: skip
    looks = [(1, 0, 0, 0, 11), (2, 7, 0, 3, 12), (3, 7, 0, 3, 13), (4, 8, 0, 0, 14)]
    names = ("me", "Ash", "Ivo", "Tom")
    return [
        Person(name, number, looks[number], ties, drives if number == ME else ())
        for number, name in enumerate(names)
    ]


def glimpse(of: int, cues: int, tick: int = 1, **more: float) -> Glimpse:
    """One seen ten metres to the east."""
    seen = dict.fromkeys(Glimpse._fields, 0) | {
        "tick": tick, "of": of, "cues": cues, "x": 10.0, "y": 0.0, "m": 10.0, "skill": -1.0,
        "menace": -1,
    }  # fmt: skip
    return Glimpse(**{**seen, **more})


HERE = Self(0.0, 0.0, 0.0, 0.0)


@given(st.integers(0, 31), st.floats(0.0, 1.0), st.sampled_from([ASH, IVO, TOM]))
def test_how_sure_one_is_is_a_share(cues: int, dead: float, seen: int) -> None:
    """Between nothing and certainty, for a known person or a stranger."""
    guess, sure = who(ME, people(), [0.0, dead, 0.0, 0.0], KNOWS, seen, cues, P)
    assert guess in (STRANGER, ASH, IVO, TOM)
    assert 0.0 < sure <= 1.0


def test_a_guess_is_bayes_rule_written_out() -> None:
    """By hand: what each known person and a stranger make of these cues."""
    dead = 0.9
    mine = {ASH: 0.9 * (1.0 - dead), IVO: 0.6, TOM: 0.9 * P["know.slip_hair"]}
    strange = P["know.common_hair"]
    guess, sure = who(ME, people(), [0.0, dead, 0.0, 0.0], KNOWS, ASH, HAIR, P)
    assert guess == IVO
    assert sure == pytest.approx(0.6 / (sum(mine.values()) + strange))


def test_a_face_or_a_voice_tells_brothers_apart() -> None:
    """Whatever hair and crest say, and though he is thought dead."""
    for cues in (HAIR | CREST | FACE, HAIR | VOICE):
        guess, sure = who(ME, people(), [0.0, 0.95, 0.0, 0.0], KNOWS, ASH, cues, P)
        assert guess == ASH
        assert sure > 0.6


def test_nobody_is_known_by_nothing() -> None:
    """Build alone, of one whose build strikes nobody, names nobody."""
    assert who(ME, people(), [0.0] * 4, KNOWS, ASH, BUILD, P)[0] in (STRANGER, ASH, IVO, TOM)
    mind = Mind(ME, people(), (), P, DT)
    mind.see(1, [glimpse(ASH, BUILD)])
    assert mind.tracks[ASH].taken_for == STRANGER


def test_the_dead_do_not_speak() -> None:
    """A voice that he knows takes most of the belief that its owner is dead."""
    mind = Mind(ME, people(dead=0.9), (), P, DT)
    thoughts = mind.hear(3, [Voice(ASH, 1.0, 0.0)], HERE)
    kinds = [one.kind for one in thoughts if one.about == ASH]
    assert kinds == [w.EVENT_KNOW, w.EVENT_BELIEVE]
    assert mind.beliefs[ASH].dead < 0.5
    assert (mind.beliefs[ASH].x, mind.beliefs[ASH].y) == (P["know.voice_m"], 0.0)


def test_out_of_sight_for_long_he_is_somebody_new() -> None:
    """Known by his face, then far off by his hair: at once still he, later one of two brothers."""
    later = 2 + int(P["know.follow_s"] / DT) + 1
    for tick, known in ((2, ASH), (later, IVO)):
        mind = Mind(ME, people(dead=0.0), (), P, DT)
        mind.see(1, [glimpse(ASH, HAIR | FACE)])
        mind.beliefs[ASH].dead = 0.95
        mind.see(tick, [glimpse(ASH, HAIR | CREST, tick)])
        assert mind.tracks[ASH].taken_for == known


def test_beliefs_hang_on_the_name() -> None:
    """Whoever takes one for his brother believes of the brother what he sees."""
    mind = Mind(ME, people(dead=0.95), (), P, DT)
    mind.see(1, [glimpse(ASH, HAIR | CREST)])
    assert mind.glimpse_of(IVO) is not None
    assert mind.glimpse_of(ASH) is None
    assert mind.beliefs[IVO].place_tick == 1
    assert mind.beliefs[ASH].dead == 0.95


@given(st.floats(0.1, 4.0), st.booleans(), st.booleans())
def test_the_more_unawares_and_the_nearer_the_greater_the_threat(
    m: float, behind: bool, strikes: bool
) -> None:
    """Between 0 and 1, and never more for one who is farther off, in view, or idle."""

    def of(m: float, behind: bool, strikes: bool) -> float:
        return threat(glimpse(ASH, HAIR, menace=5, menace_m=m, menace_behind=int(behind),
                              menace_strikes=int(strikes)))  # fmt: skip

    most = of(m, behind, strikes)
    assert 0.0 < most <= 1.0
    assert of(m + 0.5, behind, strikes) <= most
    assert of(m, False, strikes) <= most
    assert of(m, behind, False) <= most
    assert threat(None) == threat(glimpse(ASH, HAIR)) == 0.0


def driven(drive: Drive, love: float = 1.0, **seen: float) -> Bidding:
    """What one drive bids somebody who sees Ash near by."""
    mind = Mind(ME, people(drives=(drive,), love=love), (), P, DT)
    mind.feel(1, About(0, 0, 45.0))
    mind.see(1, [glimpse(ASH, HAIR | FACE, **seen)])
    return bidding(mind, HERE, 1)[0]


def test_who_guards_goes_for_whoever_threatens() -> None:
    """And keeps near him otherwise; without a tie he does neither."""
    guard = Drive("guard", ASH, 2.0)
    idle = driven(guard)
    assert (idle.mark, idle.goes, idle.x) == (-1, True, 10.0)
    menaced = driven(guard, menace=5, menace_x=11.0, menace_m=1.0, menace_behind=1)
    assert (menaced.mark, menaced.mark_x) == (5, 11.0)
    assert menaced.lean[w.THROW] == menaced.lean[w.STRIKE] == 2.0
    assert driven(guard, love=0.0) == Bidding()


@pytest.mark.parametrize(
    ("dear", "x", "throws"), [(0.0, 9.0, 2.0), (0.5, 9.0, -2.0), (0.5, 5.0, 2.0)]
)
def test_nobody_dear_is_thrown_past_to_save_another(dear: float, x: float, throws: float) -> None:
    """Tom stands in the line at whoever threatens Ash, where what is thrown comes down or well
    before that, and is something to him or nothing.
    """
    mine = people(drives=(Drive("guard", ASH, 2.0),), love=1.0)
    ties = (*mine[ME].ties[:TOM], Tie(knows=0.9, love=dear))
    mind = Mind(ME, [replace(mine[ME], ties=ties), *mine[1:]], (), P, DT)
    mind.feel(1, About(0, 0, 45.0))
    threatened = glimpse(ASH, HAIR | FACE, menace=5, menace_x=11.0, menace_y=2.0, menace_m=1.0)
    mind.see(1, [threatened, glimpse(TOM, HAIR | FACE)._replace(x=x, y=x / 5.5)])
    assert bidding(mind, HERE, 1)[0].lean[w.THROW] == throws


@pytest.mark.parametrize("rages", [False, True])
def test_only_in_a_rage_one_climbs_down_to_one_whom_one_could_throw_at(rages: bool) -> None:
    """On a perch, with the one whom he would kill ten metres off and knives for fourteen."""
    mind = Mind(ME, people(drives=(Drive("kill", ASH, 3.0),)), (), P, DT)
    mind.feel(1, About(0, 0, 45.0))
    mind.see(1, [glimpse(ASH, HAIR | FACE)])
    bid, _ = bidding(mind, HERE._replace(rages=rages), 1)
    asked = SimpleNamespace(**vars(bid), bound=w.UNBOUND)
    utilities = [NEVER] * w.ACTS
    heed(utilities, fighter(perch=4), asked, 14.0, parameters())
    assert (utilities[w.CLIMB] > NEVER) == rages
    assert (utilities[w.THROW] > NEVER) != rages


@pytest.mark.parametrize("rages", [False, True])
def test_a_rage_is_hand_to_hand(rages: bool) -> None:
    """Whom he would kill he goes for with what is in his hand, and has no mind to throw."""
    mind = Mind(ME, people(drives=(Drive("kill", ASH, 3.0),)), (), P, DT)
    mind.feel(1, About(0, 0, 45.0))
    mind.see(1, [glimpse(ASH, HAIR | FACE)])
    bid, _ = bidding(mind, HERE._replace(rages=rages), 1)
    assert bid.lean[w.STRIKE] >= 3.0
    assert bid.lean[w.ADVANCE] > 0.0
    assert (bid.lean[w.THROW] < 0.0) == rages


def test_a_condition_that_does_not_hold_stills_a_drive() -> None:
    """And one that holds by half makes it half as strong."""
    hurt = Drive("tend", ASH, 2.0, (Condition("hurt", ASH),))
    assert driven(hurt) == Bidding()
    assert driven(hurt, hurt=1).lean[w.TEND] == 2.0
    threatened = Drive("guard", ASH, 2.0, (Condition("threatened", ASH, 0.3),))
    half = driven(threatened, menace=5, menace_m=1.0, menace_strikes=1)
    assert half.lean[w.STRIKE] == 1.0


def test_the_stronger_drive_leads_and_both_lean() -> None:
    """Where to go and whom to go for is the stronger one's to say."""
    drives = (Drive("watch", ASH, 1.0), Drive("kill", ASH, 3.0))
    mind = Mind(ME, people(drives=drives), (), P, DT)
    mind.see(1, [glimpse(ASH, HAIR | FACE)])
    bid, leads = bidding(mind, HERE, 1)
    assert leads == 1
    assert bid.mark == ASH
    assert bid.lean[w.STRIKE] == 2.0


def test_what_has_stirred_somebody_settles_by_and_by() -> None:
    """Not at once when it is over, and not for good."""
    drive = Drive("guard", ASH, 2.0, (Condition("threatened", ASH),))
    mind = Mind(ME, people(drives=(drive,), love=1.0), (), P, DT)
    mind.see(1, [glimpse(ASH, HAIR | FACE, menace=5, menace_m=1.0, menace_behind=1)])
    bidding(mind, HERE, 1)
    mind.looked = 1
    strengths = []
    for tick in range(2, 60):
        mind.see(tick, [glimpse(ASH, HAIR, tick)])
        bidding(mind, HERE, tick)
        mind.looked = tick
        strengths.append(mind.stirs[0])
    assert strengths[0] > 1.0
    assert all(later <= earlier for earlier, later in pairwise(strengths))
    assert strengths[-1] < 0.05


def stirs(drive: Drive, *looks: dict[str, float]) -> list[float]:
    """How far a drive is stirred, look after look, each a second after the one before."""
    mind = Mind(ME, people(drives=(drive,), love=1.0), (), P | {"know.settle_s": 0.01}, DT)
    levels = []
    for number, seen in enumerate(looks):
        tick = 1 + int(number / DT)
        mind.see(tick, [glimpse(ASH, HAIR | FACE, tick, **seen)])
        bidding(mind, HERE, tick)
        mind.looked = tick
        levels.append(mind.stirs[0])
    return levels


def test_what_lasts_still_counts_for_a_while() -> None:
    """As much as when it was most, and no longer than it is said to; else only while it is so."""
    calm: dict[str, float] = {}
    looks = ({"struck": 1}, calm, calm, calm, calm)
    brief = Drive("tend", ASH, 2.0, (Condition("struck", ASH),))
    lasting = Drive("tend", ASH, 2.0, (Condition("struck", ASH, lasts_s=2.5),))
    assert stirs(brief, *looks) == [2.0, 0.0, 0.0, 0.0, 0.0]
    assert stirs(lasting, *looks) == [2.0, 2.0, 2.0, 0.0, 0.0]


def test_a_drive_can_wait_for_the_contrary() -> None:
    """The stronger, the less there is of it."""
    unless = Drive("tend", ASH, 2.0, (Condition("stares", ASH, unless=True),))
    assert stirs(unless, {"stares": 1}, {"stares": 0}) == [0.0, 2.0]
    calm = Drive("tend", ASH, 2.0, (Condition("threatened", ASH, 0.3, unless=True),))
    half = {"menace": 5, "menace_m": 1.0, "menace_strikes": 1}
    assert stirs(calm, half, {"menace": -1}) == [1.0, 2.0]


def test_who_lays_himself_open_is_threatened_more() -> None:
    """As one is who is attacked from behind."""
    menace = {"menace": 5, "menace_m": 1.0, "menace_strikes": 1}
    assert threat(glimpse(ASH, HAIR, open=1, **menace)) == 1.0
    assert threat(glimpse(ASH, HAIR, open=0, **menace)) == 0.5


def test_nobody_throws_past_whom_he_would_save() -> None:
    """Nor past others, before it is high time; hand to hand he goes for the enemy all the same."""
    guard = Drive("guard", ASH, 2.0)
    at = {"menace": 5, "menace_x": 12.0, "menace_m": 1.0, "menace_behind": 1}
    for veiled, strikes, throws in ((0, 0, 2.0), (1, 0, -2.0), (1, 1, 2.0), (2, 1, -2.0)):
        bid = driven(guard, **at, menace_veiled=veiled, menace_strikes=strikes)
        assert bid.lean[w.THROW] == throws
        assert bid.lean[w.STRIKE] == 2.0


def test_one_throws_ahead_of_who_comes_on() -> None:
    """To where he will be when it gets there; never as far as the one he comes at."""
    guard = Drive("guard", ASH, 2.0)
    still = driven(guard, menace=5, menace_x=14.0, menace_m=4.0)
    comes = driven(guard, menace=5, menace_x=14.0, menace_m=4.0, menace_speed=2.0)
    runs = driven(guard, menace=5, menace_x=14.0, menace_m=4.0, menace_speed=9.0)
    assert still.mark_x == 14.0
    assert comes.mark_x == pytest.approx(14.0 - 2.0 * P["know.lead_s"])
    assert 10.0 < runs.mark_x < comes.mark_x


def test_a_dear_one_in_the_line_stays_the_hand() -> None:
    """One who would kill does not throw past her whom he loves, but past a stranger to him."""
    kill = Drive("kill", TOM, 3.0)
    for love, throws in ((1.0, -3.0), (0.0, 3.0)):
        mind = Mind(ME, people(drives=(kill,), love=love), (), P, DT)
        mind.see(1, [glimpse(TOM, HAIR | FACE, x=20.0), glimpse(ASH, HAIR | FACE, y=0.1)])
        assert bidding(mind, HERE, 1)[0].lean[w.THROW] == throws


def test_a_stalker_comes_no_nearer_than_he_dares() -> None:
    """He goes closer to one far off, and stays where he is near another; he looks at both."""
    stalk = Drive("stalk", ASH, 2.0)
    far, near = driven(stalk, x=40.0), driven(stalk, x=5.0)
    assert (far.goes, far.x) == (True, pytest.approx(40.0 - P["know.stalk_m"]))
    assert (near.goes, near.lean[w.ADVANCE]) == (False, 0.0)
    assert far.gazes
    assert near.gazes


def test_a_scream_is_known_by_the_voice() -> None:
    """Whoever waits for her scream is stirred by no other sound of hers, and by nobody else's."""
    drive = Drive("hold", when=(Condition("screams", ASH),))
    for of, says, level in ((ASH, w.SAY_SCREAM, 1.0), (ASH, w.SAY_RALLY, 0.0),
                            (TOM, w.SAY_SCREAM, 0.0)):  # fmt: skip
        mind = Mind(ME, people(drives=(drive,)), (), P, DT)
        mind.hear(3, [Voice(of, 1.0, 0.0, says)], HERE)
        bidding(mind, HERE, 4)
        assert mind.stirs[0] == level
