"""All powers of a battle at work: who gathers one, which go on, what they change.

Kept as tables for the hash and for checkpoints: ``gatherings`` (a row a person), ``workings`` (a
row a power at work, the oldest first), ``ready`` (a row for each power that each person has).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any, TypeVar

import numpy as np

from affray.powers.blast import reach_m
from affray.powers.body import come_to, lose_senses
from affray.powers.cry import cry_out, draw_eyes
from affray.powers.effects import BEHAVIOUR
from affray.powers.stage import Stage, Use, is_alive, is_awake
from affray.rules.nature import mass_kg
from affray.world import inward
from affray.world import words as w
from affray.world.clock import NEVER, ticks
from affray.world.people import Person
from affray.world.powers import PEOPLE, SIGHT, Barrier, Blast, Conceal, Hold, Power, Rage, Sense

Array = np.ndarray[Any, Any]
Kind = TypeVar("Kind")


class Workings:
    """The powers of ``people``, as they stand after ``tick``. ``dt``: s a tick."""

    def __init__(
        self, powers: Sequence[Power], people: Sequence[Person], p: Mapping[str, float], dt: float
    ) -> None:
        self.powers = powers
        self.people = people
        self.p = p
        self.dt = dt
        self.tick = 0
        self.uses: list[Use] = []
        self._of_kind: dict[type, list[tuple[Use, Any]]] = {}  # their effects
        self.gathers = [-1 for _ in people]  # number of a power
        self.marks = [-1 for _ in people]  # whom it is to be used on
        self.memories = [len(person.memories) for person in people]
        self.fighters = [person.fighter for person in people]
        self._first = [0, *accumulate(len(person.powers) for person in people)]
        self._ready = [NEVER] * self._first[-1]

    # ------------------------------------------------------------------ what is asked of them

    def effects(self, kind: type[Kind], person: int = -1) -> list[tuple[Use, Kind]]:
        """The effects of a kind that are at work: everybody's, or one person's."""
        found = self._of_kind.get(kind, [])
        return found if person < 0 else [one for one in found if one[0].person == person]

    def _sort(self) -> None:
        """Sort the effects at work by their kinds: they are asked for far oftener than they
        change.
        """
        self._of_kind = {}
        for use in self.uses:
            for effect in self.powers[use.power].effects:
                self._of_kind.setdefault(type(effect), []).append((use, effect))

    def ready(self, person: int, energy: float, tick: int) -> tuple[int, ...]:
        """Numbers of the powers that he could use now; he holds one at a time."""
        held, holds = self.is_held(person), self.holds(person) >= 0
        at_work = {use.power for use in self.uses if use.person == person}
        found = []
        for row, number in enumerate(self.people[person].powers, start=self._first[person]):
            power = self.powers[number]
            rested = tick >= self._ready[row] and number not in at_work
            able = energy >= power.energy and (power.held or not held)
            free = not holds or not any(isinstance(effect, Hold) for effect in power.effects)
            if rested and able and free and (holds or not power.holding):
                found.append(number)
        return tuple(found)

    def holds(self, person: int) -> int:
        """Id of the fighter whom he holds, -1: nobody."""
        return next((use.on for use, _ in self.effects(Hold, person)), -1)

    def is_held(self, person: int) -> bool:
        """Whether somebody has hold of him."""
        return any(use.on == self.fighters[person] for use, _ in self.effects(Hold))

    def bound(self, person: int) -> int:
        """What keeps him from other acts: UNBOUND, BUSY or HELD."""
        if self.is_held(person):
            return w.HELD
        busy = any(self.powers[use.power].busy for use in self.uses if use.person == person)
        return w.BUSY if busy else w.UNBOUND

    def rage(self, person: int) -> Rage | None:
        """The rage that he is in, if any."""
        return next((rage for _, rage in self.effects(Rage, person)), None)

    def keen(self, person: int) -> float:
        """How many times farther off than others he knows people."""
        keen = 1.0
        for _, sense in self.effects(Sense, person):
            keen *= sense.keen
        return keen

    def tint(self, person: int) -> int:
        """Number of the power that colours all that he sees, -1: none."""
        return next((use.power for use, sense in self.effects(Sense, person) if sense.tint), -1)

    def zones(self) -> Any:
        """The barriers that stand, as kernels meet them (ZONE)."""
        rows = [
            (use.x, use.y, self._radius(use, barrier), barrier.stops, use.lets)
            for use, barrier in self.effects(Barrier)
        ]
        return np.array(rows, inward.ZONE).view(np.recarray)

    def _radius(self, use: Use, barrier: Barrier) -> float:
        """A barrier about a blast grows with it."""
        for effect in self.powers[use.power].effects:
            if isinstance(effect, Blast):
                return min(reach_m(effect, use, self.tick, self.dt), barrier.radius_m)
        return barrier.radius_m

    def unseen(self, fighters: Any) -> Array:
        """Ids of those whom a power hides: who conceals himself, until he strikes or throws, and
        who is within what nobody sees into.
        """
        hidden = np.zeros(len(fighters), bool)
        for use, _ in self.effects(Conceal):
            user = self.fighters[use.person]
            hidden[user] = int(fighters["act"][user]) not in (w.STRIKE, w.LUNGE, w.THROW)
        for zone in self.zones():
            if zone["stops"] & SIGHT:
                dx = fighters["x"].astype(np.float64) - zone["x"]
                dy = fighters["y"].astype(np.float64) - zone["y"]
                hidden |= dx * dx + dy * dy <= zone["radius"] * zone["radius"]
        return np.flatnonzero(hidden)

    def change(self, traits: Array, natural: Array, fighters: Any) -> None:
        """Give everybody who has powers the nature that they leave him: ``natural``, changed."""
        for person, fighter in enumerate(self.fighters):
            if fighter >= 0 and self.people[person].powers:
                traits[fighter] = natural[fighter]
        for use in self.uses:
            burden = self._burden_kg(use, natural, fighters)
            for effect in self.powers[use.power].effects:
                BEHAVIOUR[type(effect)].change(effect, traits[self.fighters[use.person]], burden)

    def _burden_kg(self, use: Use, natural: Array, fighters: Any) -> float:
        """What the one it is used on would weigh on a hauler: less if he is on his feet."""
        if use.on < 0:
            return 0.0
        share = self.p["power.limps"] if fighters["status"][use.on] == w.UP else 1.0
        return share * float(mass_kg(natural[use.on]))

    # ------------------------------------------------------------------ a tick

    def work(self, stage: Stage, biddings: Array, gathered: Sequence[Any]) -> None:
        """Let a tick pass. ``gathered``: the events (EVENT_POWER) of those who have just gathered
        one; what came of it is written into them.
        """
        self.tick = stage.tick
        for event in gathered:
            self._unleash(stage, event, biddings)
        for person, fighter in enumerate(self.fighters):
            if fighter >= 0 and self.people[person].powers:
                self._gather(stage, person, fighter, biddings)
        for use in list(self.uses):
            self._go_on(stage, use)
        self._break_through(stage)

    def _gather(self, stage: Stage, person: int, fighter: int, biddings: Array) -> None:
        """Follow whoever gathers a power: he begins, or is broken off."""
        gathers = stage.of(fighter, "act") == w.USE and stage.of(fighter, "act_left") > 0
        if gathers and self.gathers[person] < 0:
            self.gathers[person] = int(biddings["power"][person])
            self.marks[person] = stage.of(fighter, "target")
            use = self._use(stage, person)
            stage.say(w.EVENT_GATHER, use, fighter, use.on)
        elif not gathers and self.gathers[person] >= 0:
            use = self._use(stage, person)
            stage.say(w.EVENT_FIZZLE, use, fighter, use.on)
            self.gathers[person] = -1

    def _use(self, stage: Stage, person: int) -> Use:
        """The use of the power that somebody gathers, if it began now."""
        fighter, power = self.fighters[person], self.powers[self.gathers[person]]
        lasts = ticks(power.lasts_s, self.dt)
        return Use(
            self.gathers[person],
            person,
            self.marks[person],
            stage.tick,
            stage.tick + lasts,
            stage.of(fighter, "x"),
            stage.of(fighter, "y"),
        )

    def _unleash(self, stage: Stage, event: Any, biddings: Array) -> None:
        """Let a power take effect that has been gathered, if it still can."""
        person = self.fighters.index(int(event["fighter"]))
        if self.gathers[person] < 0:  # begun and done within this tick
            self.gathers[person] = int(biddings[person]["power"])
            self.marks[person] = int(event["other"])
        use = self._use(stage, person)
        use.aim = float(biddings[person]["on_x"]), float(biddings[person]["on_y"])
        power = self.powers[use.power]
        self.gathers[person] = -1
        event["place"] = use.power
        body = stage.body(int(event["fighter"]))
        if float(body["energy"]) < power.energy or not self._reaches(stage, use, power):
            event["kind"] = w.EVENT_FIZZLE
            return
        body["energy"] = float(body["energy"]) - power.energy
        event["value"] = power.energy
        self._begin(stage, use)

    def _reaches(self, stage: Stage, use: Use, power: Power) -> bool:
        """Whether whom it is meant for is where it reaches him, if it must."""
        if not any(BEHAVIOUR[type(effect)].reaches for effect in power.effects):
            return True
        if use.on < 0 or not is_alive(stage.body(use.on)):
            return False
        if power.holding:
            return self.holds(use.person) == use.on
        user, other = stage.user(use), stage.body(use.on)
        dx, dy = float(other["x"] - user["x"]), float(other["y"] - user["y"])
        most = power.range_m + self.p["power.slack_m"]
        return dx * dx + dy * dy <= most * most

    def _begin(self, stage: Stage, use: Use) -> None:
        power, fighter = self.powers[use.power], self.fighters[use.person]
        self.uses.append(use)
        self._sort()
        for effect in power.effects:
            BEHAVIOUR[type(effect)].begin(effect, use, stage)
        if power.cry_db > 0.0:
            who = use.on if power.cry_of_other else fighter
            cry_out(stage, use, who, power.cry_db, power.cry_inhuman)
        if power.senseless and is_awake(stage.body(fighter)):
            lose_senses(stage, use, fighter)

    def _go_on(self, stage: Stage, use: Use) -> None:
        """A tick of one power at work; its end, if that has come."""
        power = self.powers[use.power]
        goes_on = power.outlives or is_awake(stage.user(use))
        if any(BEHAVIOUR[type(e)].stays(e) for e in power.effects):
            goes_on = goes_on and self._reaches(stage, use, power)
        if goes_on:
            if power.shows and stage.each_s(use, self.p["power.shows_s"]):
                draw_eyes(stage, use, self.fighters[use.person])
            going = [BEHAVIOUR[type(e)].go_on(e, use, stage) for e in power.effects]
            goes_on = all(going) and stage.tick < use.until
        if not goes_on:
            self._end(stage, use)

    def _end(self, stage: Stage, use: Use) -> None:
        power, fighter = self.powers[use.power], self.fighters[use.person]
        self.uses.remove(use)
        self._sort()
        for effect in power.effects:
            BEHAVIOUR[type(effect)].end(effect, use, stage)
        if stage.tick > use.since:
            stage.say(w.EVENT_SPENT, use, fighter, use.on, (stage.tick - use.since) * self.dt)
        if power.senseless:
            come_to(stage, use, fighter)
        powers = self.people[use.person].powers
        if use.power in powers:
            rests = ticks(power.again_s, self.dt)
            self._ready[self._first[use.person] + powers.index(use.power)] = stage.tick + rests
        if power.then >= 0:
            after = self.powers[power.then]
            until = stage.tick + ticks(after.lasts_s, self.dt)
            follows = Use(
                power.then, use.person, use.on, stage.tick, until, use.x, use.y, aim=(use.x, use.y)
            )
            stage.say(w.EVENT_POWER, follows, fighter, use.on)
            self._begin(stage, follows)

    def _break_through(self, stage: Stage) -> None:
        """Let whoever carries enough of a charge through the barriers that he has come up to."""
        for use in self.uses:
            charge, fighter = self.powers[use.power].charge, self.fighters[use.person]
            for barred, barrier in self.effects(Barrier):
                if charge < max(barrier.strength, 1e-9) or not barrier.stops & PEOPLE:
                    continue
                body = stage.body(fighter)
                dx, dy = float(body["x"]) - barred.x, float(body["y"]) - barred.y
                gap = abs((dx * dx + dy * dy) ** 0.5 - self._radius(barred, barrier))
                if gap <= self.p["power.charge_m"] and barred.lets != fighter:
                    barred.lets = fighter
                    stage.say(w.EVENT_BREACH, barred, fighter, self.fighters[barred.person])

    def break_off(self, fighters: Any, wounded: Sequence[int]) -> None:
        """Let those lose the power that they gather who were wounded in this tick (ids)."""
        for person, fighter in enumerate(self.fighters):
            gathers = self.gathers[person] >= 0 and fighter in wounded
            if gathers and fighters[fighter]["act"] == w.USE:
                fighters[fighter]["act"], fighters[fighter]["act_left"] = w.HOLD, 0

    # ------------------------------------------------------------------ as tables

    def arrays(self) -> dict[str, Array]:
        """The powers at work as tables."""
        gatherings = zip(self.gathers, self.marks, self.memories, strict=True)
        workings = [
            (u.x, u.y, u.power, u.person, u.on, u.since, u.until, u.lets) for u in self.uses
        ]
        return {
            "gatherings": np.array(list(gatherings), inward.GATHERING),
            "workings": np.array(workings, inward.WORKING),
            "ready": np.array([(tick,) for tick in self._ready], inward.READY),
        }

    def restore(self, arrays: Mapping[str, Array], tick: int) -> None:
        """Bring them back to what the tables of a checkpoint hold, as they stood after ``tick``."""
        self.tick = tick
        rows = arrays["gatherings"].tolist()
        self.gathers, self.marks, self.memories = (
            [row[column] for row in rows] for column in range(3)
        )
        self.uses = [
            Use(power, person, on, since, until, x, y, lets)
            for x, y, power, person, on, since, until, lets in arrays["workings"].tolist()
        ]
        self._sort()
        self._ready = arrays["ready"]["tick"].tolist()
