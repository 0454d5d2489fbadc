"""A chorus: several minds tell one battle, and their scenes end on what reached many at once.

Between two shared moments (``moments``) those minds tell (``planned``) who have most to tell of
what they could (``offers``).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from affray.record.testimony import Testimony
from affray.tell.collective import collective, of_one_mind
from affray.tell.episodes import Episode, episodes
from affray.tell.heading import company, heading, name_of
from affray.tell.lexicon import Lexicon
from affray.tell.mind import Mind
from affray.tell.moments import Moment, shared_moments
from affray.tell.motifs import Ledger
from affray.tell.offers import Offer, is_end, offers_of
from affray.tell.plan import Scene, Telling
from affray.tell.planned import planned
from affray.tell.salience import saliences, shares_of
from affray.tell.scenes import Look, Stretch
from affray.tell.teller import Teller, about_of, of_length, witness_name
from affray.tell.turning import turning_points
from affray.tell.voice import History, Voices

_LEAST_TOLD, _LEAST_OF_AN_END = 40, 24  # words: what came to fewer in the telling is no scene
_HAPPENS = ("gripped", "flees", "breaks", "mates_flee", "foes_flee", "marvel", "spectacle")
_MOST_MOMENTS = 6


def chorus(
    testimonies: Sequence[Testimony], lexicon: Lexicon, voices: Voices, words: int = 3000
) -> Telling:
    """A telling by several minds, of about so many words."""
    minds = [Mind(one) for one in testimonies]
    shares = shares_of(minds)
    found = [
        episodes(mind, saliences(mind, voices.of(one.self_, one.luck), shares))
        for mind, one in zip(minds, testimonies, strict=True)
    ]
    moments = shared_moments(testimonies, max(1, min(words // 700, _MOST_MOMENTS)))
    edges = [moment.tick for moment in moments]
    last = max(one.last_tick for one in testimonies)
    bounds = list(zip([-1, *edges], [*edges, last + 1], [*moments, None], strict=True))

    @cache
    def offered(look: Look) -> list[Offer]:
        return offers_of(minds, found, bounds, words, look)

    def told(room: int) -> Telling:
        plan = planned(minds, len(bounds), offered, room)
        return _told(testimonies, lexicon, voices, [*zip(moments, plan, strict=False)], plan[-1])

    return of_length(told, words)


def _told(
    testimonies: Sequence[Testimony],
    lexicon: Lexicon,
    voices: Voices,
    until: Sequence[tuple[Moment, Sequence[Offer]]],
    after: Sequence[Offer],
) -> Telling:
    """What was planned, told: what comes ``until`` each shared moment, and ``after`` the last."""
    key = 0
    for one in testimonies:
        key ^= one.luck
    history = History(motifs=Ledger(lexicon.words.motifs), key=key, minds=len(testimonies))
    tellers = [Teller(one, lexicon, voices, history) for one in testimonies]
    whole = max((moment for moment, _ in until), default=None,
                key=lambda one: _much_shared(testimonies, one))  # fmt: skip
    scenes: list[Scene] = []
    short: list[Scene] = []
    last = {
        offer.mind: offer for offers in (*(some for _, some in until), after) for offer in offers
    }
    for moment, offers in (*until, (None, after)):
        for offer in offers:
            teller = tellers[offer.mind]
            take_back = teller.as_it_is()
            scene = teller.scene(offer.stretch)
            is_one = _is_told(scene, offer, teller.mind)
            (scenes if is_one else short).append(scene)
            if not is_one:
                take_back()
            else:
                history.tells(testimonies[offer.mind].self_)
            if is_one and offer is last[offer.mind]:
                teller.part(scene)
        if moment is not None and moment is whole:
            joined = together(_held_by(testimonies, moment), moment.tick, lexicon, voices, history)
            scenes += [joined] if joined is not None and _is_shared(joined) else []
    told_of = scenes or [scene for scene in short if scene.paragraphs]
    return Telling(testimonies[0].title, told_of, about_of(testimonies, lexicon, history))


def _is_told(scene: Scene, offer: Offer, mind: Mind) -> bool:
    """Whether a scene has come to enough to be one, or is an end or a turn, which may be short."""
    words = len(scene.text().split())
    if offer.stretch.shared:
        return words > 0
    short = is_end(offer.stretch) or turning_points(mind, offer.stretch.episodes)
    return words >= (_LEAST_OF_AN_END if short else _LEAST_TOLD)


def _is_shared(scene: Scene) -> bool:
    """Whether what several tell together has come to enough to be a scene, and happens."""
    told = {one.frame.partition("/")[0] for each in scene.sentences() for one in each.clauses}
    enough = len(scene.sentences()) > 1 and len(scene.text().split()) >= _LEAST_OF_AN_END
    return enough and not told.isdisjoint(_HAPPENS)


def _held_by(testimonies: Sequence[Testimony], moment: Moment) -> list[Testimony]:
    """Those who share most of a moment, of all whom it reached."""
    return of_one_mind([testimonies[number] for number in sorted(moment.records)], moment.tick)


def _much_shared(testimonies: Sequence[Testimony], moment: Moment) -> int:
    """How much of a moment some share."""
    shared = collective(_held_by(testimonies, moment), moment.tick)
    return len(shared.records) if shared is not None else 0


def together(
    members: Sequence[Testimony], tick: int, lexicon: Lexicon, voices: Voices, history: History
) -> Scene | None:
    """What all of some minds share of a moment, told by all of them; None: they are too few."""
    shared = collective(members, tick)
    if shared is None:
        return None
    scene = Teller(shared, lexicon, voices, history).scene(
        Stretch((Episode("cry", list(shared.records)),))
    )
    names = tuple(witness_name(one) for one in members)
    scene.witness, scene.together = name_of(names, tick), (names, tick)
    scene.heading = heading(shared, lexicon, scene.from_tick, alone=False, who=company(names))
    return scene if scene.paragraphs else None
