"""Figures: small moves over records, each of which asserts frames of them and nothing else.

A figure looks at the record at hand and at those chosen after it, and offers sentences made of
frames. The words are the lexicon's; what joins them is a conjunction, a comma, a stop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from affray.record.testimony import Record
from affray.tell import plan
from affray.tell.joints import AND, BUT, COMMA, THEN, UNTIL, WHEN, WHILE, YET
from affray.tell.lexicon import MANY
from affray.tell.mind import SURE, Mind
from affray.tell.plan import Wanted, Wish

SPANS = (
    "stands",
    "goes_on",
    "gives_ground",
    "rests",
    "flees",
    "guards",
    "tends",
    "tended",
    "fights",
)
SUDDEN = ("scream", "call", "order", "mate_falls", "wound", "mates_flee", "mate_flees",
           "foe_comes", "spectacle", "foes_near", "alone", "foes_flee", "takes_for", "threatened",
           "runs", "bleeds", "in_grip", "foes_gone", "quiet", "they_come", "they_fall", "they_run",
           "they_fight", "lull", "empty")  # fmt: skip
_A_PRESS = 3  # so many of a kind are a press
_UNSURE = 0.8  # below this somebody is taken for another with a doubt


APART = (
    {"alone", "mate_beside"}, {"alone", "mates_cover"}, {"alone", "mate_falls"},
    {"alone", "mate_fells"}, {"alone", "mate_hurt"}, {"alone", "tends"}, {"alone", "mate_flees"},
    {"alone", "mate_afraid"}, {"foes_gone", "foe_comes"}, {"foes_gone", "fights"},
    {"foes_gone", "foes_near"}, {"foes_gone", "fells"}, {"foes_gone", "foe_open"},
    {"quiet", "din"}, {"quiet", "scream"}, {"dim", "bright"}, {"fear", "calm"},
    {"mate_beside", "mate_flees"}, {"mate_beside", "mate_falls"}, {"foes_near", "foes_many"},
    {"mates_flee", "mate_flees"}, {"mates_down", "mate_falls"}, {"foes_gone", "foes_flee"},
    {"mates_cover", "mates_flee"}, {"mate_beside", "mate_hurt"}, {"fear", "breaks"},
    {"flees", "rallies"}, {"flees", "foes_gone"}, {"gives_ground", "foes_gone"},
    {"mate_falls", "blames"}, {"foes_waver", "mates_flee"}, {"foes_waver", "mates_down"},
    {"foes_flee", "mates_flee"}, {"foes_flee", "mates_down"},
)  # fmt: skip
"""What cannot be said to have been so at once."""


_FAMILIES = (
    {"dim", "bright", "din", "quiet", "blood_smell", "tinted"},
    {"mates_weary", "mate_beside", "mates_cover", "mates_down", "mates_afraid", "alone"},
    {"mate_flees", "mates_flee", "mates_down", "mates_afraid"},
    {"foes_flee", "foes_gone", "foes_waver", "foes_many"},
    {"fear", "heart", "spent", "weak", "pain", "calm"},
    {"stands", "gives_ground", "goes_on", "rests", "fear", "spent", "weak", "pain", "alone"},
    {"stands", "rests", "dim", "din", "quiet", "blood_smell"},
)


def are_alike(*records: Record) -> bool:
    """Whether things that were so at once are of one kind, so that a sentence may hold them."""
    return any({one.pred for one in records} <= family for family in _FAMILIES)


@dataclass(frozen=True)
class Move:
    """What a figure offers: sentences, and the records that they use up. ``mark``: how much it
    strikes the ear, 0 to 3. ``apart``: it begins a paragraph.
    """

    figure: str
    wanted: tuple[Wanted, ...]
    takes: frozenset[int]
    mark: int = 0
    apart: bool = False


@dataclass(frozen=True)
class View:
    """The record at hand, those chosen after it in time, and the mind they are of. ``memories``:
    in how many sentences each memory is told. ``introduced``: those of whom it was told who they
    are to one. ``lasting``: what was told and is still so, such as a wound. ``alike``: what of the
    same kind came after the record at hand, and is not chosen to be told by itself. ``beyond``:
    what was chosen after all of that, of something else. ``before``: what was told last of the same
    kind as the record at hand.
    """

    here: Record
    after: Sequence[Record]
    mind: Mind
    memories: Mapping[str, int]
    introduced: frozenset[str] = frozenset()
    lasting: tuple[Record, ...] = ()
    alike: tuple[Record, ...] = ()
    beyond: tuple[Record, ...] = ()
    before: Record | None = None

    def next(self, *preds: str, within_s: float = 6.0) -> Record | None:
        """The next chosen record, if it is of one of these predicates and soon enough."""
        for record in self.after[:1]:
            gap = self.mind.testimony.seconds(record.tick - self.here.tick)
            if record.pred in preds and gap <= within_s:
                return record
        return None

    def later(self, *preds: str, within_s: float = 6.0, whom: int | None = None) -> Record | None:
        """The first of the next few chosen records that is of one of these predicates."""
        for record in self.after[:4]:
            gap = self.mind.testimony.seconds(record.tick - self.here.tick)
            if gap > within_s:
                return None
            if record.pred in preds and (whom is None or record.whom == whom):
                return record
        return None

    def who(self, record: Record) -> str:
        """Whom a record is about, the same for all that is about the same one; ``""``: nobody."""
        if record.whom < 0:
            return record.of
        label = self.mind.label(record.whom, record.tick)
        return label.name if label is not None and label.name else f"track {record.whom}"

    def scenes(self, record: Record) -> range:
        """The sentences that a memory is told in, by number."""
        return range(self.memories.get(str(record.get("memory")), 0))

    def evidence(self, record: Record) -> bool:
        """Whether a record goes back to the one at hand."""
        return self.here.id in causes(record)


def causes(record: Record) -> tuple[int, ...]:
    """The records that one came of."""
    links = record.links
    return (*links.get("evidence", ()), *links.get("cause", ()), *links.get("answers", ()))


Figure = Callable[[View], Iterator[Move]]
FIGURES: list[Figure] = []


def figure(function: Figure) -> Figure:
    """Make a function one of the figures."""
    FIGURES.append(function)
    return function


def move(
    name: str,
    wanted: Sequence[Wanted],
    records: Sequence[Record],
    mark: int = 0,
    apart: bool = False,
) -> Move:
    return Move(name, tuple(wanted), frozenset(each.id for each in records), mark, apart)


def one(record: Record, frame: str | None = None, **more: object) -> Wanted:
    return Wanted((Wish(frame or record.pred, record, **more),))  # type: ignore[arg-type]


def same_word(here: Record, other: Record) -> bool:
    """Whether two records have the same order in them, which nobody says twice in a breath."""
    return here.get("word") is not None and here.get("word") == other.get("word")


def hedge_for(record: Record) -> str:
    """The hedge that a record needs when it is told as it stands: a doubtful one is a thought."""
    if record.pred in ("takes_for", "believes_dead", "believes_alive") and record.sure < _UNSURE:
        return plan.THOUGHT
    return plan.PLAINLY


BARE = (
    "torn",
    "tie",
    "remembers",
    "recalls",
    "thinks",
    "utters",
    "hears_said",
    "is_mate",
    "is_leader",
    "is_named",
    "holds",
    "gone",
)


@figure
def plainly(view: View) -> Iterator[Move]:
    """What it says, in one clause."""
    record = view.here
    held = record.pred == "concludes" and record.get("verdict") == "holds"
    if record.pred in BARE or held:
        return
    yield move("plainly", [one(record, hedge=hedge_for(record))], [record])
    if record.pred in ("believes_dead", "believes_alive") and hedge_for(record):
        yield move("it seems", [one(record, hedge=plan.SEEMED)], [record], 1)


@figure
def one_and_another(view: View) -> Iterator[Move]:
    """Two things that came upon each other, joined by 'and' or by a stop."""
    here, other = view.here, view.after[0] if view.after else None
    if other is None or here.pred in BARE or other.pred in BARE:
        return
    gap = view.mind.testimony.seconds(other.tick - here.tick)
    follows = view.evidence(other) or other.channel in ("deed", "inner")
    at_once = gap <= 2.0 and here.pred in SUDDEN and other.pred in SUDDEN
    if gap > 4.0 or not (follows or at_once) or here.pred == other.pred:
        return
    if same_word(here, other):
        return
    if {here.pred, other.pred} in APART:
        return
    joint = BUT
    both = here.channel == other.channel == "deed"
    wishes = tuple(
        Wish(each.pred, each, hedge=hedge_for(each), mine=both) for each in (here, other)
    )
    if any(wish.hedge for wish in wishes):
        return
    if both:
        joint = AND
    yield move("one and another", [Wanted(wishes, (joint,))], [here, other])


@figure
def blow_and_outcome(view: View) -> Iterator[Move]:
    """A bout: the blows, what they did, and how it ended."""
    bout = view.here
    if bout.pred != "fights":
        return
    ended = view.later("fells", whom=bout.whom)
    facet = "fights/lands" if bout.get("hits") else "fights/fails"
    if ended is not None:
        yield move(
            "blow and outcome",
            [Wanted((Wish("fights", bout), Wish("fells", ended, cites=(bout.id,))), (BUT,))],
            [bout, ended],
            1,
        )
        yield move(
            "blow, outcome",
            [one(bout), Wanted((Wish(facet, bout), Wish("fells", ended)), (COMMA + "and ",))],
            [bout, ended],
            1,
        )
    joint = BUT if bout.get("hits") else YET
    yield move(
        "blow and what of it", [Wanted((Wish("fights", bout), Wish(facet, bout)), (joint,))], [bout]
    )
    yield move("blow, and what of it", [one(bout), one(bout, facet)], [bout])


@figure
def comes_and_is_met(view: View) -> Iterator[Move]:
    """An enemy comes, and is struck at."""
    comes = view.here
    if comes.pred != "foe_comes":
        return
    bout = view.later("fights", within_s=8.0, whom=comes.whom)
    if bout is None:
        return
    ended = next(
        (each for each in view.after[:5] if each.pred == "fells" and each.whom == bout.whom), None
    )
    wanted = [one(comes), one(bout)]
    used = [comes, bout]
    if ended is not None:
        wanted[-1] = Wanted((Wish("fights", bout), Wish("fells", ended)), (BUT,))
        used.append(ended)
    else:
        wanted.append(one(bout, "fights/lands" if bout.get("hits") else "fights/fails"))
    yield move("comes and is met", wanted, used, 1, apart=True)


@figure
def felt_against_done(view: View) -> Iterator[Move]:
    """What was wanted, and what was done, side by side."""
    torn = view.here
    if torn.pred == "torn":
        yield move(
            "felt against done",
            [Wanted((Wish("torn/want", torn), Wish("torn/deed", torn)), (BUT,))],
            [torn],
            2,
            apart=True,
        )
        if torn.get("why"):
            want, why, deed = (Wish(f"torn/{side}", torn) for side in ("want", "why", "deed"))
            yield move(
                "felt, reason, deed", [Wanted((want, why, deed), (YET, BUT))], [torn], 1, apart=True
            )
            yield move("felt, but", [Wanted((want, why), (YET,))], [torn], 1)
        if torn.get("against"):
            against, deed = (Wish(f"torn/{side}", torn) for side in ("against", "anyway"))
            yield move("reason against, deed", [Wanted((against, deed), (BUT,))], [torn], 1)
        yield move("felt, then done", [one(torn, "torn/want"), one(torn, "torn/deed")], [torn], 1)


@figure
def counting(view: View) -> Iterator[Move]:
    """How many there were: asked, guessed, given up."""
    many = view.here
    if many.pred != "foes_many":
        return
    asked = one(many, "foes_many/ask", asks=True)
    yield move("asked and guessed", [asked, one(many, "foes_many/guess")], [many], 1)
    yield move("given up counting", [one(many, "foes_many/lost")], [many], 1)
    yield move("asked, given up", [asked, one(many, "foes_many/lost")], [many], 2)


@figure
def again_and_again(view: View) -> Iterator[Move]:
    """What came in a press: one of a kind, and then that it went on so."""
    here = view.here
    if len(view.alike) < _A_PRESS - 1:
        return
    many = one(here, f"{here.pred}/{MANY}", cites=tuple(each.id for each in view.alike))
    still = here.whom >= 0 or here.pred == "mates_down"  # there is no first, or he lies there yet
    for wanted in ([many],) if still else ([one(here), many], [many]):
        yield move(f"{here.pred}, again and again", wanted, [here], 2)


@figure
def taken_for(view: View) -> Iterator[Move]:
    """Who it was: seen, then known; doubted; or, held for dead, undone in the same words."""
    taken = view.here
    if taken.pred != "takes_for" or taken.sure < SURE:
        return
    dead = view.mind.thought_dead(taken.of)
    if dead and taken.sure >= _UNSURE:
        fact = view.mind.facts[taken.of]
        yield move(
            "held for dead, and there",
            [one(taken), one(fact, "tie/dead"), one(taken, "takes_for/undone")],
            [taken],
            3,
            apart=True,
        )
    if dead and taken.sure < _UNSURE:
        fact = view.mind.facts[taken.of]
        yield move(
            "like one who is dead",
            [one(taken, "takes_for/unsure", hedge=plan.PERHAPS), one(fact, "tie/dead")],
            [taken],
            3,
            apart=True,
        )
    if taken.sure < _UNSURE:
        yield move(
            "taken for, with a doubt",
            [one(taken, "takes_for/unsure", hedge=plan.PERHAPS)],
            [taken],
            1,
        )


@figure
def order_and_answer(view: View) -> Iterator[Move]:
    """An order as it was shouted, and what came of it."""
    order = view.here
    if order.pred != "order" or order.get("got") != "understood":
        return
    answer = view.later("obeys", "refuses", within_s=10.0)
    cry = one(order, "order/cry")
    if answer is not None and view.evidence(answer):
        yield move("order and answer", [cry, one(answer)], [order, answer], 2, apart=True)
        yield move(
            "told, and done",
            [Wanted((Wish("order", order), Wish(answer.pred, answer)), (BUT,))],
            [order, answer],
        )
    if not order.get("meant"):
        yield move("an order to others", [one(order), one(order, "order/others")], [order])
    yield move("an order cried", [cry], [order], 1)


@figure
def called(view: View) -> Iterator[Move]:
    """A call in its own words."""
    call = view.here
    if call.pred == "call":
        yield move("a call cried", [one(call, "call/cry")], [call], 1)
    if call.pred == "says":
        yield move("cried", [one(call, "says/cry")], [call], 1)


@figure
def percept_and_grip(view: View) -> Iterator[Move]:
    """What was heard or seen, and that it would not let go."""
    heard = view.here
    if heard.pred not in ("scream", "spectacle", "marvel"):
        return
    grip = view.later("gripped", within_s=5.0)
    if grip is not None and view.evidence(grip):
        yield move("percept and grip", [one(heard), one(grip)], [heard, grip], 2, apart=True)


@figure
def percept_and_fear(view: View) -> Iterator[Move]:
    """What frightened, and that one was afraid, without a word between."""
    feared = view.later("fear", "breaks", within_s=4.0)
    if feared is None or not view.evidence(feared) or view.here.pred in BARE:
        return
    yield move("percept and fear", [one(view.here), one(feared)], [view.here, feared], 1)
    if feared.pred == "breaks":
        flight = next((each for each in view.after[:4] if each.pred == "flees"), None)
        if flight is not None:
            yield move(
                "broken",
                [one(view.here), one(feared), one(flight)],
                [view.here, feared, flight],
                2,
                apart=True,
            )


@figure
def wound_and_blade(view: View) -> Iterator[Move]:
    """A wound, and the blade pulled out of it."""
    wound = view.here
    if wound.pred != "wound":
        return
    after = view.later("pull", "notices_blood", "fall", "pain", within_s=30.0)
    if after is not None and view.mind.testimony.seconds(after.tick - wound.tick) < 4.0:
        yield move(
            "wound and after",
            [Wanted((Wish("wound", wound), Wish(after.pred, after)), (BUT,))],
            [wound, after],
            1,
        )


@figure
def waited(view: View) -> Iterator[Move]:
    """A wait in which nothing came."""
    stands = view.here
    gone = view.next("foes_gone", "quiet", within_s=20.0)
    if stands.pred == "stands" and gone is not None:
        yield move("waited", [one(stands), one(gone)], [stands, gone], 1)


@figure
def danger_to_somebody_dear(view: View) -> Iterator[Move]:
    """Somebody dear is threatened, and what it drives one to."""
    threat = view.here
    if threat.pred not in ("threatened", "bleeds", "lies"):
        return
    driven = view.later("driven", "uses", "throws", within_s=6.0)
    if driven is not None:
        yield move("danger and deed", [one(threat), one(driven)], [threat, driven], 2, apart=True)


@figure
def when_it_came(view: View) -> Iterator[Move]:
    """What moved one, and what one did or felt, in one sentence that begins with 'when'."""
    here = view.here
    if here.pred not in SUDDEN:
        return
    other = view.later(
        "flees",
        "gives_ground",
        "fear",
        "breaks",
        "gripped",
        "tends",
        "driven",
        "helps_up",
        "uses",
        "throws",
        within_s=5.0,
    )
    if other is None or other.tick < here.tick:
        return
    if not view.evidence(other) and (other.channel != "deed" or here.whom != other.whom):
        return
    yield move(
        "when it came",
        [Wanted((Wish(here.pred, here), Wish(other.pred, other)), (COMMA,), WHEN)],
        [here, other],
        1,
    )


def endings(view: View) -> Iterator[Record]:
    """What came suddenly and ended what one was at, nearest first."""
    span = view.here
    if span.pred not in SPANS or span.until <= span.tick:
        return
    for other in view.after[:3]:
        ends = abs(view.mind.testimony.seconds(other.tick - span.until)) <= 1.2
        if ends and other.pred in SUDDEN and other.tick > span.tick:
            yield other


@figure
def until_it_came(view: View) -> Iterator[Move]:
    """What one did, until something ended it."""
    span = view.here
    for other in islice(endings(view), 1):
        yield move(
            "until",
            [Wanted((Wish(span.pred, span), Wish(other.pred, other)), (UNTIL,))],
            [span, other],
            1,
        )


@figure
def while_it_lasted(view: View) -> Iterator[Move]:
    """What came while one was at something."""
    span = view.here
    if span.pred not in SPANS:
        return
    for other in view.after[:3]:
        if other.pred in SUDDEN and span.tick < other.tick < span.until:
            yield move(
                "while",
                [Wanted((Wish(span.pred, span), Wish(other.pred, other)), (COMMA,), WHILE)],
                [span, other],
                1,
            )
            return


@figure
def then(view: View) -> Iterator[Move]:
    """What came next, said to have."""
    record = view.here
    if record.pred in BARE or record.channel == "fact" or hedge_for(record):
        return
    if record.whom >= 0 and (record.pred in SUDDEN or record.channel == "deed"):
        yield move("then", [Wanted((Wish(record.pred, record),), (), THEN)], [record], 1)


# ------------------------------------------------------------------ what goes on within


@figure
def brought_back(view: View) -> Iterator[Move]:
    """A percept, and the memory that it brings, by a hard cut; then the present once more."""
    recall = view.here
    if recall.pred != "recalls":
        return
    scenes = [one(recall, f"recalls/{number}") for number in view.scenes(recall)]
    if scenes:
        yield move("brought back", scenes, [recall], 2, apart=True)
    else:
        yield move("remembered", [one(recall)], [recall], 1)
