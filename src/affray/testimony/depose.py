"""The testimony of a witness: what was logged of him, as records of a few words each.

A testimony is a function of the log alone and of what the witness knew before: no record reads
anything else of the battle.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from affray.record import Recording
from affray.record.predicates import PREDICATES
from affray.record.testimony import Testimony
from affray.run.replay import Source, opened, scenario_of
from affray.run.warm import Compiling
from affray.testimony.cast import Cast
from affray.testimony.deeds import Deeds
from affray.testimony.feelings import Feelings
from affray.testimony.happenings import Happenings
from affray.testimony.ledger import Ledger
from affray.testimony.log import Log, relive, rows_of
from affray.testimony.people import People
from affray.testimony.sights import Sights
from affray.testimony.sounds import Sounds
from affray.testimony.witness import Listening
from affray.world import words as w

if TYPE_CHECKING:
    from affray.scenario import Scenario

_GENDERS = {w.MAN: "man", w.WOMAN: "woman", w.INHUMAN: "other"}
_LUCK = 0x9E3779B1


def depose(
    source: Source,
    ids: Sequence[int],
    *,
    threads: int | None = None,
    compiling: Compiling | None = None,
    listening: Listening | None = None,
) -> dict[int, Testimony]:
    """The testimonies of the fighters ``ids``, all of one re-run.

    Raises ReplayError, RecordingError or UsageError (no such fighter).
    """
    from affray.scenario import scaled

    recording = opened(source)
    logs = relive(recording, ids, threads=threads, compiling=compiling, listening=listening)
    scenario = scaled(scenario_of(recording))
    return {number: testimony(recording, scenario, number, log) for number, log in logs.items()}


def testimony(recording: Recording, scenario: Scenario, fighter: int, log: Log) -> Testimony:
    """The testimony of one witness from what was logged of him."""
    cast = Cast.of(scenario, fighter)
    manifest = recording.manifest
    mates, side = _mates(scenario, fighter), _side(scenario, fighter)
    names = {
        one: name for one, name in zip(cast.fighters, cast.people, strict=True) if one in mates
    }
    ledger = Ledger(float(manifest["dt_s"]), mates, side, names)
    knows = _knows(scenario, fighter, cast, log)
    self_ = _self(scenario, fighter, cast, log)
    _before(ledger, scenario, fighter, cast, log, self_)
    through(ledger, fighter, cast, log)
    last_tick = _last_tick(log, recording.first_tick)
    return Testimony(
        battle=scenario.name,
        title=scenario.title or scenario.name,
        clock=scenario.clock,
        dt_s=float(manifest["dt_s"]),
        first_tick=recording.first_tick,
        last_tick=last_tick,
        luck=(int(manifest["seed"]) * _LUCK + fighter * 40503) & 0xFFFFFFFF,
        self_=self_,
        knows=knows,
        tracks=tuple(ledger.tracks),
        records=ledger.records(last_tick),
    )


def _last_tick(log: Log, first: int) -> int:
    """The last moment that reached the witness."""
    return max(
        [
            first,
            *(int(look["tick"]) for look in log.looks[-1:]),
            *(int(event["tick"]) for event in log.events[-1:]),
        ]
    )


# ------------------------------------------------------------------ what was so before


def _unit_of(scenario: Scenario, fighter: int) -> tuple[Any, int]:
    """The unit of a fighter, and his number in it, from 1."""
    from affray.scenario.casting import first_ids

    first = first_ids(scenario)
    row = int((first[1:] <= fighter).sum())
    return scenario.units[row], fighter - int(first[row]) + 1


def _mates(scenario: Scenario, fighter: int) -> dict[int, int]:
    """Numbers in his unit of the others who are of it, by id."""
    unit, number = _unit_of(scenario, fighter)
    first = fighter - number + 1
    return {first + k: k + 1 for k in range(unit.count) if first + k != fighter}


def _side(scenario: Scenario, fighter: int) -> frozenset[int]:
    """Those of his side, by id."""
    from affray.scenario.casting import first_ids

    own, _ = _unit_of(scenario, fighter)
    first = first_ids(scenario)
    return frozenset(
        one
        for row, unit in enumerate(scenario.units)
        if unit.side == own.side
        for one in range(int(first[row]), int(first[row + 1]))
    )


def _self(scenario: Scenario, fighter: int, cast: Cast, log: Log) -> dict[str, Any]:
    """What a witness knows of himself."""
    from affray.scenario.kit import FISTS

    unit, number = _unit_of(scenario, fighter)
    sides = {side.name: side.title or side.name for side in scenario.sides}
    leads = unit.leader is not None and number == 1
    name = unit.leader.name if leads and unit.leader.name else ""
    if fighter in cast.fighters:
        name = cast.people[cast.fighters.index(fighter)]
    arms = [weapon.name for weapon in unit.weapons if weapon.name != FISTS]
    return {
        "name": name,
        "gender": _GENDERS.get(log.timbre, "man"),
        "unit": unit.name,
        "unit_title": unit.title,
        "number": number,
        "leads": leads,
        "side": unit.side,
        "side_title": sides[unit.side],
        "alone": unit.count == 1,
        "foes": {side: sides[side] for side in sorted(scenario.foes_of(unit.side))},
        "arms": arms,
        "masked": str(unit.masked),
        "training": round(float(unit.training), 2),
        "outlook": log.outlook,
    }


def _knows(scenario: Scenario, fighter: int, cast: Cast, log: Log) -> dict[str, dict[str, Any]]:
    """What one of the people knew of the others before."""
    if fighter not in cast.fighters:
        return {}
    person = scenario.people[cast.fighters.index(fighter)]
    found = {}
    for name, tie in person.ties.items():
        plain = {key: value for key, value in tie.model_dump().items() if value not in (None, 0.0)}
        gender = log.genders.get(cast.fighters[cast.people.index(name)], -1)
        found[name] = {"gender": _GENDERS.get(gender, ""), **plain}
    return found


def _before(
    ledger: Ledger, scenario: Scenario, fighter: int, cast: Cast, log: Log, self_: dict[str, Any]
) -> None:
    """Write down what was so before the first moment."""
    unit, _ = _unit_of(scenario, fighter)
    ledger.add(0, "belongs", unit=self_["unit"], side=self_["side"], foes=",".join(self_["foes"]))
    for name in self_["arms"][:2]:
        ledger.add(0, "carries", weapon=name)
    if fighter in cast.fighters:
        person = scenario.people[cast.fighters.index(fighter)]
        for name, tie in person.ties.items():
            strengths = {
                key: value
                for key, value in tie.model_dump().items()
                if key in PREDICATES["tie"].features and value
            }
            ledger.add(0, "tie", of=name, **strengths)
        for memory in person.memories:
            ledger.add(0, "remembers", of=memory.of or "", memory=memory.name)
        notions = {notion: (kind, about) for notion, kind, about in cast.notions}
        for name, sure in person.holds.items():
            kind, about = notions[name]
            ledger.add(0, "holds", of=about, sure=sure, notion=name, kind=kind, much=sure)
    leader = int(log.minds[0]["leader"]) if log.minds else -1
    if leader >= 0 and leader != fighter:
        track = ledger.track(leader, "mate", 0, known=True)
        name = unit.leader.name if unit.leader is not None and unit.leader.name else ""
        ledger.add(0, "is_leader", track, of=name)


# ------------------------------------------------------------------ what came about


def _moments(log: Log) -> Iterator[tuple[int, str, Any]]:
    """All that was logged, in time; in a moment what was perceived before what came of it."""
    ranks = {"glimpse": 0, "taking": 1, "heard": 2, "look": 3, "event": 4}
    every: list[tuple[int, int, int, str, Any]] = []

    def put(tick: int, what: str, thing: Any) -> None:
        every.append((tick, ranks[what], len(every), what, thing))

    for glimpse in log.glimpses:
        put(int(glimpse["tick"]), "glimpse", glimpse)
    for taking in log.takings:
        put(taking[0], "taking", taking)
    for sound in log.heard:
        put(int(sound["tick"]), "heard", sound)
    for row in rows_of(log):
        put(int(row[0]["tick"]), "look", row)
    for event in log.events:
        put(int(event["tick"]), "event", event)
    for tick, _, _, what, thing in sorted(every, key=lambda one: one[:3]):
        yield tick, what, thing


def through(ledger: Ledger, fighter: int, cast: Cast, log: Log) -> None:
    """Go through what was logged of ``fighter``, moment by moment, and write it into a ledger."""
    sights, feelings = Sights(ledger), Feelings(ledger, cast)
    deeds = Deeds(ledger, cast.weapons)
    people = People(ledger, cast, follows=fighter in cast.fighters)
    sounds = Sounds(ledger, cast, fighter, people)
    happenings = Happenings(ledger, fighter, cast, sounds, deeds)
    for _, moments in groupby(_moments(log), key=lambda moment: moment[0]):
        for tick, what, thing in moments:
            if what == "glimpse":
                people.see([thing])
            elif what == "taking":
                people.take(*thing)
            elif what == "heard":
                sounds.hear(thing)
            elif what == "look":
                look, mind, own, choice = thing
                sights.look(look, own)
                _felled(ledger, sights, deeds, tick)
                feelings.feel(look, mind)
                deeds.act(mind, choice, sights.hurt, [feelings.frightened_by(tick)])
            else:
                happenings.take(thing)


def _felled(ledger: Ledger, sights: Sights, deeds: Deeds, tick: int) -> None:
    """Make it one's own deed that an enemy is seen to go down whom one has just hit."""
    down = ledger.latest(("foe_down",), tick, 0.0)
    if down is None or down.tick != tick or down.whom != sights.foe:
        return
    bout = deeds.struck_lately(down.whom, tick)
    if bout is not None:
        down.features["mine"] = True
        ledger.add(tick, "fells", down.whom, weapon=bout.features["weapon"]).link(
            "evidence", [down, bout]
        )
