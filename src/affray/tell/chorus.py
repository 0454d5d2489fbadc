"""A chorus: several minds tell one battle, and their scenes end on what reached many at once.

Between two shared moments (``moments``) those minds tell (``planned``) who have most to tell of
what they could (``offers``).
"""

from __future__ import annotations

from collections.abc import Sequence

from affray.record.testimony import Testimony
from affray.tell.collective import collective, of_one_mind
from affray.tell.episodes import Episode, episodes
from affray.tell.heading import company, heading, name_of
from affray.tell.lexicon import Lexicon
from affray.tell.moments import Moment, shared_moments, strongest
from affray.tell.motifs import Ledger
from affray.tell.offers import Offer, is_end
from affray.tell.plan import Scene, Telling
from affray.tell.planned import planned
from affray.tell.salience import saliences
from affray.tell.scenes import Stretch
from affray.tell.teller import Teller, about_of, witness_name
from affray.tell.voice import History, Voices

_LEAST_TOLD, _LEAST_OF_AN_END = 40, 24  # words: what came to fewer in the telling is no scene
_MOST_MOMENTS = 6


def chorus(
    testimonies: Sequence[Testimony], lexicon: Lexicon, voices: Voices, words: int = 3000
) -> Telling:
    """A telling by several minds, of about so many words."""
    key = 0
    for one in testimonies:
        key ^= one.luck
    history = History(motifs=Ledger(lexicon.words.motifs), key=key, minds=len(testimonies))
    tellers = [Teller(one, lexicon, voices, history) for one in testimonies]
    told = [episodes(one.mind, saliences(one.mind, one.speaker.voice)) for one in tellers]
    moments = shared_moments(testimonies, max(1, min(words // 700, _MOST_MOMENTS)))
    edges = [moment.tick for moment in moments]
    last = max(one.last_tick for one in testimonies)
    bounds = list(zip([-1, *edges], [*edges, last + 1], [*moments, None], strict=True))
    minds = [one.mind for one in tellers]
    scenes: list[Scene] = []
    short: list[Scene] = []
    for (_, _, moment), offers in zip(bounds, planned(minds, told, bounds, words), strict=True):
        for offer in offers:
            scene = tellers[offer.mind].scene(offer.stretch)
            is_one = _is_told(scene, offer)
            (scenes if is_one else short).append(scene)
            if is_one:
                history.tells(testimonies[offer.mind].self_)
        if moment is not None and moment is strongest(moments):
            held = _held_by(testimonies, moment)
            joined = together(held, moment.tick, lexicon, voices, history)
            scenes += [joined] if joined is not None else []
    told_of = scenes or [scene for scene in short if scene.paragraphs]
    return Telling(testimonies[0].title, told_of, about_of(testimonies, lexicon, history))


def _is_told(scene: Scene, offer: Offer) -> bool:
    """Whether a scene has come to enough to be one, or is an end, which may be short."""
    words = len(scene.text().split())
    if offer.stretch.shared:
        return words > 0
    return words >= (_LEAST_OF_AN_END if is_end(offer.stretch) else _LEAST_TOLD)


def _held_by(testimonies: Sequence[Testimony], moment: Moment) -> list[Testimony]:
    """Those whom a moment held, and the same thing in it."""
    held = [testimonies[number] for number in sorted(moment.records)
            if moment.records[number].pred == "gripped"]  # fmt: skip
    return of_one_mind(held, moment.tick)


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
