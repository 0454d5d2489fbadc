"""What is logged of witnesses while a battle is run again: percepts, minds, sounds, glimpses, and
the events that are their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from affray.engine.persons import Persons
from affray.engine.tick import Engine
from affray.record import Recording
from affray.run.replay import Source, check_hash, hashes_after, opened, restore
from affray.run.warm import Compiling
from affray.testimony.choice import Choice, Chooser
from affray.testimony.witness import Listening, refuse_unknown
from affray.world import words as w

Array = np.ndarray[Any, Any]

SURE = 0.8  # from here on somebody is taken for another without a doubt
OWN = ("hx", "hy", "embedded", "hand", "missiles", "status")
"""What a witness knows of himself besides what a look and a mind tell: see ``FIGHTER``."""
_UPON = (
    w.EVENT_WINK,
    w.EVENT_POWER,
    w.EVENT_FREE,
    w.EVENT_TRANSFER,
)  # of others, and felt by the other one in it


@dataclass
class Log:
    """What was logged of one witness. Row k of ``own``, of ``minds`` and of ``choices`` belongs to
    row k of ``looks``. ``takings``: (tick, person seen, person he is taken for or -1, how sure),
    when it changed, or became, or ceased to be, without a doubt.
    """

    looks: list[Array] = field(default_factory=list)  # PERCEPT
    minds: list[Array] = field(default_factory=list)  # MIND
    own: list[tuple[Any, ...]] = field(default_factory=list)
    heard: list[Array] = field(default_factory=list)  # HEARD
    events: list[Array] = field(default_factory=list)  # EVENT
    glimpses: list[Array] = field(default_factory=list)  # GLIMPSE
    takings: list[tuple[int, int, int, float]] = field(default_factory=list)
    choices: list[Choice | None] = field(default_factory=list)  # of a look that changed the act
    timbre: int = w.MAN  # of his own voice
    genders: dict[int, int] = field(default_factory=dict)  # timbres of the people, by fighter
    outlook: str = "up"  # how he was when it began


def relive(
    source: Source,
    ids: Sequence[int],
    *,
    threads: int | None = None,
    compiling: Compiling | None = None,
    listening: Listening | None = None,
) -> dict[int, Log]:
    """Run a recording again from its first tick to its last, to the hashes on record, and log what
    reached the fighters ``ids``.

    Raises ReplayError (other rules, other numbers), RecordingError or UsageError.
    """
    recording = opened(source)
    refuse_unknown(ids, int(recording.manifest["fighters"]))
    engine = restore(
        recording, recording.first_tick, threads=threads, watch=ids, compiling=compiling
    )
    try:
        engine.full = True  # a blow is felt by whoever strikes it; what is recorded changes nothing
        return _relived(engine, recording, ids, listening)
    finally:
        engine.close()


def _relived(
    engine: Engine, recording: Recording, ids: Sequence[int], listening: Listening | None
) -> dict[int, Log]:
    recorded = hashes_after(recording, engine.now)
    logs = {number: Log() for number in ids}
    chooser = Chooser(engine, ids)
    timbres = engine.world.traits["timbre"]
    for number, log in logs.items():
        log.timbre = int(timbres[number])
        log.outlook = w.STATUS_NAMES[int(engine.state.fighters["status"][number])]
    wanted = np.array(sorted(logs), np.int64)
    persons = {person.fighter: number for number, person in enumerate(engine.persons.people)}
    taken: dict[int, list[tuple[int, float]]] = {}
    for log in logs.values():
        log.genders = {fighter: int(timbres[fighter]) for fighter in persons if fighter >= 0}
    while engine.now < recording.last_tick:
        events = engine.tick()
        check_hash(engine, recorded)
        if listening is not None:
            listening(engine.now, recording.last_tick)
        _keep_looks(engine, logs, chooser)
        _keep_events(events, wanted, logs)
        for fighter in logs.keys() & persons.keys():
            _keep_people(engine, persons[fighter], logs[fighter], taken)
    return logs


def _keep_looks(engine: Engine, logs: dict[int, Log], chooser: Chooser) -> None:
    for look, mind in zip(engine.seen_log, engine.mind_log, strict=True):
        log = logs[int(look["fighter"])]
        body = engine.state.fighters[int(look["fighter"])]
        before = int(log.minds[-1]["act"]) if log.minds else -1
        log.looks.append(look)
        log.own.append(tuple(body[name].item() for name in OWN))
        log.minds.append(mind)
        changed = int(mind["act"]) != before
        log.choices.append(chooser.choice(look, mind) if changed else None)
    for sound in engine.heard_log:
        logs[int(sound["fighter"])].heard.append(sound)


def _keep_events(events: Array, wanted: Array, logs: dict[int, Log]) -> None:
    if len(events) == 0:
        return
    own = np.isin(events["fighter"], wanted)
    upon = np.isin(events["other"], wanted) & np.isin(events["kind"], _UPON)
    for event in events[own | upon]:
        if int(event["fighter"]) in logs:
            logs[int(event["fighter"])].events.append(event)
        if int(event["kind"]) in _UPON and int(event["other"]) in logs:
            logs[int(event["other"])].events.append(event)


def _keep_people(
    engine: Engine, number: int, log: Log, taken: dict[int, list[tuple[int, float]]]
) -> None:
    """Keep the glimpses of one of the people, and whom he takes those for whom he follows."""
    assert isinstance(engine.persons, Persons)
    log.glimpses.extend(engine.persons.glimpses_of(number))
    tracks = engine.persons.society.minds[number].tracks
    now = [(track.taken_for, track.sure) for track in tracks]
    before = taken.get(number, [(-1, 0.0)] * len(now))
    for of, ((whom, sure), (whom_before, was)) in enumerate(zip(now, before, strict=True)):
        if whom != whom_before or (whom >= 0 and (sure >= SURE) != (was >= SURE)):
            log.takings.append((engine.now, of, whom, sure))
    taken[number] = now


def rows_of(log: Log) -> Iterator[tuple[Array, Array, tuple[Any, ...], Choice | None]]:
    """Look, mind, body and choice of each look, in time."""
    yield from zip(log.looks, log.minds, log.own, log.choices, strict=True)
