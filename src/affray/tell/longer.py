"""Figures of longer sentences: what was so at once, what came of what, who somebody is to one.

``FIGURES``: these and those of ``figures``, in the order in which they are tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, islice

from affray.record.testimony import Record
from affray.tell.english import ING, PERFECT
from affray.tell.figures import (
    APART,
    BARE,
    FIGURES,
    SPANS,
    SUDDEN,
    Move,
    View,
    are_alike,
    endings,
    figure,
    hedge_for,
    move,
    same_word,
)
from affray.tell.joints import (
    AND,
    AND_THEN,
    AS,
    BECAUSE,
    BUT,
    BY_THEN,
    COMMA,
    FOR_THAT,
    LATER,
    LONG_AFTER,
    SO,
    STOP,
)
from affray.tell.lexicon import SET_IN, WHO, WITH
from affray.tell.mind import CERTAIN
from affray.tell.plan import PERHAPS, Wanted, Wish

__all__ = ("FIGURES", "LOOSE", "OF_THEM", "takes_aside")
_CALM = (
    "dim", "din", "blood_smell", "mates_weary", "quiet", "bright", "mate_beside", "mates_cover",
    "mates_down", "mates_afraid", "foes_flee", "stands", "alone", "fear", "heart", "spent", "weak",
    "pain", "mate_flees", "mates_flee", "gives_ground", "goes_on", "foes_gone",
)  # fmt: skip
OF_THEM = (
    "strikes", "bleeds", "lies", "runs", "stares", "looks_here", "in_grip", "mate_hurt",
    "mate_afraid", "foe_open", "foe_stares", "foe_afraid", "foe_down", "mate_fells",
)  # fmt: skip
_BOTH_OF_THEM = (
    "strikes", "bleeds", "lies", "runs", "stares", "looks_here", "afraid", "mate_falls",
    "mate_hurt", "mate_flees", "mate_afraid", "mate_fells", "foe_open", "foe_stares", "foe_afraid",
)  # fmt: skip
_ALIKE = {"afraid", "mate_afraid"}
_OF_ONE_S = 5.0  # what is told of somebody in one sentence lies no farther apart
_SEEN = ("sees", "foe_comes", "mate_beside", "looks_here", "mate_falls")


@figure
def seen_and_how(view: View) -> Iterator[Move]:
    """Somebody seen, and how he was, in one sentence."""
    seen = view.here
    if seen.pred not in _SEEN:
        return
    for other in view.after[:3]:
        lies = seen.get("down") or other.pred == "foe_down"
        same = other.whom == seen.whom >= 0 and other.pred != seen.pred and not lies
        if same and other.pred in OF_THEM:
            yield move(
                "seen and how",
                [Wanted((Wish(seen.pred, seen), Wish(other.pred, other, relative=True)), (COMMA,))],
                [seen, other],
                1,
            )
            return


_DONE_TO = ("threatened", "in_grip")


@figure
def of_one_person(view: View) -> Iterator[Move]:
    """Things of one and the same, who is named but once: she bled, ran, and looked afraid; she
    bled, and somebody was upon her.
    """
    here = view.here
    if here.whom < 0 or here.pred not in _BOTH_OF_THEM:
        return
    alike = list(_of_the_same(view))
    for count in range(len(alike), 0, -1):
        wishes = (
            Wish(here.pred, here, theirs=True),
            *(Wish(one.pred, one, relative=True) for one in alike[:count]),
        )
        joints = (AND,) if count == 1 else (COMMA, BUT)
        yield move("of one person", [Wanted(wishes, joints)], [here, *alike[:count]], 0)
    for other in view.after[: len(alike) + 1][len(alike) :]:
        if other.whom == here.whom and other.pred in _DONE_TO and _near(view, other):
            wishes = (Wish(here.pred, here, theirs=True), Wish(other.pred, other))
            yield move("done to one person", [Wanted(wishes, (BUT,))], [here, other], 0)


def _of_the_same(view: View) -> Iterator[Record]:
    """What comes next, as far as it is of the same one, each of another kind: two at most."""
    told = {view.here.pred}
    for other in view.after[:2]:
        fear_twice = other.pred in _ALIKE and bool(told & _ALIKE)
        if (
            other.whom != view.here.whom
            or other.pred not in _BOTH_OF_THEM
            or not _near(view, other)
        ):
            return
        if other.pred in told or fear_twice:
            return
        told.add(other.pred)
        yield other


def _near(view: View, other: Record) -> bool:
    return view.mind.testimony.seconds(other.tick - view.here.tick) <= _OF_ONE_S


@figure
def two_of_one_body(view: View) -> Iterator[Move]:
    """Two deeds of one's own upon each other."""
    here, other = view.here, view.after[0] if view.after else None
    if other is None or here.channel != "deed" or other.channel != "deed":
        return
    if view.mind.testimony.seconds(other.tick - here.until) <= 3.0 and here.pred != other.pred:
        wishes = (Wish(here.pred, here, mine=True), Wish(other.pred, other, mine=True))
        yield move("two deeds", [Wanted(wishes, (AND,))], [here, other])


_BREATH_S, _UPON_S, _ASIDE_S = 6.0, 4.0, 8.0


def _at_odds(*records: Record) -> bool:
    """Whether some of these cannot be said together."""
    return any({one.pred, other.pred} in APART for one, other in combinations(records, 2))


def _told_plainly(record: Record) -> bool:
    return record.pred not in BARE and not hedge_for(record)


@figure
def two_of_them(view: View) -> Iterator[Move]:
    """Two of a kind, each with what there was to see of him: one ran, and a second bled."""
    here = view.here
    if here.whom < 0 or here.pred not in _BOTH_OF_THEM:
        return
    kind, seconds = view.mind.kind, view.mind.testimony.seconds
    for other in view.after[:3]:
        if other.whom in (here.whom, -1) or other.pred not in _BOTH_OF_THEM:
            continue
        if kind(other.whom) == kind(here.whom) and seconds(other.tick - here.tick) <= _BREATH_S:
            wishes = (Wish(here.pred, here, theirs=True), Wish(other.pred, other, theirs=True))
            yield move("two of them", [Wanted(wishes, (BUT,))], [here, other])
            yield move("two of them, apart", [Wanted(wishes, (STOP,))], [here, other], 1)
        return


@figure
def and_then(view: View) -> Iterator[Move]:
    """One thing, and when it was over the next."""
    here, other = view.here, view.after[0] if view.after else None
    if other is None or not (_told_plainly(here) and _told_plainly(other)):
        return
    if here.pred == other.pred or _at_odds(here, other):
        return
    if same_word(here, other):
        return
    if not all(each.pred in SUDDEN or each.channel in ("deed", "touch") for each in (here, other)):
        return  # what is so does not come after anything
    after_s = view.mind.testimony.seconds(other.tick - here.until)
    if other.tick > here.tick and 0.0 <= after_s <= _UPON_S:
        yield move(
            "and then",
            [Wanted((Wish(here.pred, here), Wish(other.pred, other)), (AND_THEN,))],
            [here, other],
            2,
        )


@figure
def side_by_side(view: View) -> Iterator[Move]:
    """Two things that were so at once, with no word between."""
    here, other = view.here, view.after[0] if view.after else None
    if other is None or here.pred not in _CALM or other.pred not in _CALM:
        return
    if here.pred == other.pred or _at_odds(here, other) or not are_alike(here, other):
        return
    if abs(view.mind.testimony.seconds(other.tick - here.tick)) <= _ASIDE_S:
        wishes = (Wish(here.pred, here), Wish(other.pred, other))
        yield move("side by side", [Wanted(wishes, (STOP,))], [here, other], 1)


# ------------------------------------------------------------------ set into one another

_ALSO = ("carries", "tinted", "tended", "held", "notices_blood", "wound", "pain")
"""What is set in only once it was told by itself."""
LOOSE = tuple(pred for pred in SET_IN if pred not in _ALSO)
_OF_ONESELF = ("alone", "fear", "calm", "pain", "spent", "wound", "notices_blood", "held",
               "carries", "foes_near", "foes_gone", "mates_cover", "mate_beside",
               "tended")  # fmt: skip
"""What is so of oneself, and set into what one does, sees or feels oneself."""
HOLDS_S, AFTER_S = 6.0, 2.0
_IN_SPITE_OF = ("fear", "spent", "pain")  # what is set into a deed alone: for all his fear
_CAN_TAKE = ("deed", "touch", "inner", "sight", "hearing")
_TAKES_NONE = (
    *BARE,
    *SET_IN,
    "torn",
    "takes_for",
    "sees",
    "driven",
    "call",
    "order",
    "says",
    "believes_dead",
    "believes_alive",
    "tempted",
    "lifted",
    "gripped",
    "long",
    "heart",
    "doubt",
    "blames",
    "notes",
)


def takes_aside(record: Record, aside: Record, view: View) -> bool:
    """Whether something that was so can be set into a clause of a record."""
    if record.pred in _TAKES_NONE or hedge_for(record) or record.channel not in _CAN_TAKE:
        return False
    if {record.pred, aside.pred} in APART or (record.whom == aside.whom >= 0):
        return False
    if aside.pred in _IN_SPITE_OF and record.channel != "deed":
        return False
    seconds = view.mind.testimony.seconds
    late = seconds(aside.tick - max(record.tick, record.until))
    return seconds(record.tick - aside.tick) <= HOLDS_S and late <= AFTER_S


def _mine(asides: Sequence[Record]) -> bool:
    """Whether what is set in asks for oneself as the subject."""
    return any(aside.pred in _OF_ONESELF for aside in asides)


@figure
def set_in_before(view: View) -> Iterator[Move]:
    """How it was, and what came about so: with two of them round him, he went back."""
    states = [each for each in (view.here, *view.after[:1]) if each.pred in LOOSE]
    if view.here.pred not in LOOSE:
        return
    for count in range(len(states), 0, -1):
        asides = states[:count]
        if count == 2 and (asides[0].pred in _OF_ONESELF or asides[1].pred not in _OF_ONESELF):
            continue
        for other in view.after[count - 1 : count + 2]:
            if all(takes_aside(other, aside, view) for aside in asides):
                wishes = (
                    *(Wish(f"{aside.pred}/{WITH}", aside) for aside in asides),
                    Wish(other.pred, other, mine=_mine(asides)),
                )
                yield move("set in before", [Wanted(wishes, (COMMA,) * count)], [*asides, other], 1)
                break


@figure
def set_in_after(view: View) -> Iterator[Move]:
    """What came about, and how it was then: he went back, with nobody at his side."""
    here, state = view.here, view.after[0] if view.after else None
    if state is None or state.pred not in LOOSE or not takes_aside(here, state, view):
        return
    wishes = (Wish(here.pred, here, mine=_mine([state])), Wish(f"{state.pred}/{WITH}", state))
    yield move("set in after", [Wanted(wishes, (COMMA,))], [here, state], 1)


_OF_WOUNDS = ("pull", "bound", "binds", "tended")  # what changes what was so


@figure
def still_so(view: View) -> Iterator[Move]:
    """What was told before and is still so, set into what one does now: with his side open."""
    here = view.here
    if here.channel != "deed" or here.pred in (*BARE, *_OF_WOUNDS):
        return
    for state in view.lasting[-2:]:
        wishes = (Wish(f"{state.pred}/{WITH}", state), Wish(here.pred, here, mine=True))
        yield move("still so", [Wanted(wishes, (COMMA,))], [here], 3)


# ------------------------------------------------------------------ what came of what

_COMES_OF = ("fear", "breaks", "flees", "gives_ground", "tends", "helps_up", "binds", "rests",
             "calm", "obeys", "refuses", "rallies", "driven", "uses", "throws")  # fmt: skip
_NO_CAUSE = (
    "notices_blood",
    "foes_many",
    "fall",
    "rise",
)  # told in a way that stands ill after "because"
_DONE_SO = ("flees", "gives_ground", "tends", "helps_up", "binds", "rests", "obeys", "throws")


@figure
def came_of_it(view: View) -> Iterator[Move]:
    """What came about, and what came of it: because, so."""
    here = view.here
    if here.pred in BARE or here.pred in _NO_CAUSE or hedge_for(here):
        return
    for other in view.after[:4]:
        if not view.evidence(other) or other.pred not in _COMES_OF or same_word(here, other):
            continue
        cause, effect = Wish(here.pred, here), Wish(other.pred, other)
        took = [here, other]
        yield move("because", [Wanted((effect, cause), (BECAUSE,))], took, 1)
        if other.pred in _DONE_SO:
            yield move("so", [Wanted((cause, effect), (SO,))], took, 1)
            yield move("for that", [Wanted((cause, effect), (COMMA,), FOR_THAT)], took, 2)
        return


@figure
def reason_told(view: View) -> Iterator[Move]:
    """A deed, and what decided it."""
    here = view.here
    if here.pred in ("goes_on", "gives_ground", "rests", "stands") and here.get("why"):
        wishes = (Wish(here.pred, here), Wish(f"{here.pred}/why", here))
        yield move("reason told", [Wanted(wishes, (BECAUSE,))], [here], 1)


@figure
def at_it(view: View) -> Iterator[Move]:
    """What one was at, and what came to one at that, or what one did: keeping his place, he saw."""
    span = view.here
    if span.pred not in SPANS or span.channel != "deed":
        return
    for other in view.after[:3]:
        if not _told_plainly(other) or other.channel not in _CAN_TAKE or _at_odds(span, other):
            continue
        if span.tick < other.tick < span.until and other.pred != span.pred:
            wishes = (
                Wish(span.pred, span, form=ING, mine=True),
                Wish(other.pred, other, mine=True),
            )
            yield move("at it", [Wanted(wishes, (COMMA,))], [span, other], 1)
            return


@figure
def had_been_when(view: View) -> Iterator[Move]:
    """What one had been at, when something came; not a bout, which is over when it is told."""
    span = view.here
    if span.pred == "fights":
        return
    for other in islice((other for other in endings(view) if not hedge_for(other)), 1):
        wishes = (Wish(span.pred, span, form=PERFECT, mine=True), Wish(other.pred, other))
        yield move("had been, when", [Wanted(wishes, (AS,))], [span, other], 1)


# ------------------------------------------------------------------ who it is, and when

_SHOWS = ("sees", "looks_here", "bleeds", "strikes", "lies", "runs", "threatened", "in_grip",
          "mate_falls", "mate_hurt", "mate_beside", "hears_said", "stares")  # fmt: skip


@figure
def who_it_may_be(view: View) -> Iterator[Move]:
    """Somebody seen, and for whom one half takes him, in one sentence."""
    here = view.here
    label = view.mind.label(here.whom, here.tick) if here.whom >= 0 else None
    if here.pred not in _SEEN or label is None or label.sure >= CERTAIN:
        return
    taken = view.mind.records[label.record]
    if taken.pred == "takes_for" and not view.mind.thought_dead(taken.of):
        doubt = Wish("takes_for/unsure", taken, hedge=PERHAPS)
        wanted = Wanted((Wish(here.pred, here), doubt), (BUT,))
        yield move("seen, and perhaps", [wanted], [here, taken], 1)


@figure
def who_it_is(view: View) -> Iterator[Move]:
    """Somebody for the first time, and who he is to one."""
    here = view.here
    if here.pred not in _SHOWS or here.whom < 0:
        return
    label = view.mind.label(here.whom, here.tick)
    if label is None or not label.name or label.name in view.introduced:
        return
    fact = view.mind.facts.get(label.name)
    if fact is not None:
        wishes = (Wish(here.pred, here), Wish(f"tie/{WHO}", fact))
        yield move("who it is", [Wanted(wishes, (COMMA,))], [here], 0)


_LATER = ("stands", "goes_on", "rests", "gives_ground", "alone", "mates_down", "mates_weary",
          "foes_gone", "quiet", "mate_flees", "mate_falls", "mates_flee", "foes_flee", "spent",
          "foe_comes", "foes_near", "blood_smell", "mate_beside", "sees", "runs")  # fmt: skip
_WAS_SO = ("stands", "alone", "mates_down", "mates_weary", "foes_gone", "quiet", "spent",
           "foes_near", "blood_smell", "mate_beside")  # fmt: skip


@figure
def later(view: View) -> Iterator[Move]:
    """What came some time after, said to have."""
    here = view.here
    if here.pred not in _LATER or hedge_for(here):
        return
    for opening in (BY_THEN, LATER, LONG_AFTER):
        if opening == BY_THEN and here.pred not in _WAS_SO:
            continue  # what comes at a moment does not come by then
        yield move("later", [Wanted((Wish(here.pred, here),), (), opening)], [here], 1)
