"""Why somebody did what he nearly did not do: the terms that decided, as a testimony says them."""

from __future__ import annotations

from typing import Any

import pytest

from affray.record import Recording
from affray.record.testimony import Record
from affray.testimony import reasons
from affray.testimony.choice import REASONS
from affray.testimony.ledger import FOLLOW_S, Ledger
from tests.testimony.deposed import heard

_ENTERS = {"fear": "own.fear", "odds": "seen.foes_near", "opening": "seen.foe_"}


def _torn(mutiny: Recording, ids: range) -> list[tuple[int, Record]]:
    return [(number, record) for number, one in heard(mutiny, ids).items()
            for record in one.records if record.pred == "torn"]  # fmt: skip


def test_a_reason_is_a_term_that_decided(mutiny: Recording) -> None:
    """Of those torn between two acts it is told what spoke for the one; run again and explained
    term by term (``affray why``), the one was done, whatever whim had to do with it, the other was
    among the weightiest, and that is among the terms.
    """
    found = [(number, one) for number, one in _torn(mutiny, range(40)) if one.get("why")]
    assert len(found) >= 3
    assert {one.get("why") for _, one in found} <= {*REASONS}
    for number, one in found[:4]:
        told = reasons(mutiny, number, one.tick)
        acts = {option["act"]: option for option in told["options"]}
        assert one.get("act") == max(acts, key=lambda act: acts[act]["total"])  # with its whim
        assert one.get("over") in sorted(acts, key=lambda act: -acts[act]["utility"])[:3]
        enters = _ENTERS.get(str(one.get("why")))
        if enters is not None:
            both = acts[one.get("act")]["terms"] + acts[one.get("over")]["terms"]
            assert any(enters in name for term in both for name in term["of"])


def test_whoever_follows_an_order_goes_on_for_it(mutiny: Recording) -> None:
    """Most who go forward were told to, and say so; nobody says it of what no order says."""
    every = [one for testimony in heard(mutiny, range(24)).values() for one in testimony.records]
    told = [one for one in every if one.pred == "goes_on" and one.get("why") == "order"]
    assert told
    assert not [one for one in every if one.get("why") not in (None, *REASONS)]


@pytest.mark.parametrize("voice", [True, False])
def test_a_voice_once_known_is_lost_again(voice: bool) -> None:
    """Whose voice was known is not followed for ever by it; whom one saw and knows is."""
    ledger = Ledger(0.2, {5: 2})
    ledger.track(5, "mate", 0, known=True, voice=voice)
    later = int((FOLLOW_S + 1.0) / 0.2)
    assert ledger.follows(5, 1)
    assert ledger.follows(5, later) is not voice


def test_what_grips_one_was_perceived_just_then(mutiny: Recording, bridge: Recording) -> None:
    """A grip goes back to the scream or the sight of that moment, never to an older one."""
    count = 0
    for battle in (mutiny, bridge):
        for testimony in heard(battle, range(40)).values():
            for one in testimony.records:
                if one.pred == "gripped":
                    causes: Any = [testimony.records[k] for k in one.links.get("evidence", ())]
                    late = [(one.tick - cause.until) * testimony.dt_s for cause in causes]
                    assert all(seconds <= 3.0 for seconds in late)
                    count += len(late)
    assert count >= 5
