"""One tick of a battle: ``Engine.tick`` reads as the list of its phases."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from affray.engine import crowds, muster, settle
from affray.engine.airborne import Airborne
from affray.engine.crew import Part, cut
from affray.engine.fire import pass_by
from affray.engine.fly import fly
from affray.engine.hashing import Hash
from affray.engine.live import live
from affray.engine.near import SLOTS
from affray.engine.persons import people_of
from affray.engine.resolve import judge, resolve
from affray.engine.scratch import DESK, first_rows, harm, joined, table, those
from affray.engine.shares import Shares
from affray.engine.watch import Watch
from affray.engine.wrought import Wrought
from affray.world import fields, words
from affray.world.battle import Battle
from affray.world.errors import LimitError

_CELLS_MOST = SLOTS // 9

Array = np.ndarray


class Engine:
    """Runs a battle tick by tick, in place on ``battle.state``.

    ``threads``: workers, the caller among them. ``blocks``: into how many blocks a tick is cut
    (None: by size). ``full``: record every blow. ``watch``: ids whose minds are logged; what was
    logged in the last tick stands in ``seen_log`` (PERCEPT), ``mind_log`` (MIND) and
    ``heard_log`` (HEARD).
    """

    def __init__(
        self,
        battle: Battle,
        *,
        threads: int = 1,
        blocks: int | None = None,
        full: bool = False,
        watch: tuple[int, ...] = (),
        tick: int = 0,
    ) -> None:
        self.battle = battle
        # time goes on in units, and powers change natures
        own = {"units": battle.world.units.copy()}
        if battle.powers:
            own["traits"] = battle.world.traits.copy()
        self.world = battle.world._replace(**own)
        self.state = battle.state
        self.now = tick
        self.full = full
        self.hash = 0
        self.wounds_used = 0
        self.reinforcements = battle.reinforcements
        self._waiting = muster.waiting(battle, self.reinforcements)
        self._timed = _by_time(self.world.orders)
        self._told = 0
        self.overhear: Callable[[], None] = lambda: None  # called when all is there to be perceived
        n, sides = len(self.state.fighters), len(battle.side_names)
        self._hash = Hash(self.state)
        self._shares = Shares(self.world, sides, n, threads, blocks)
        self._cells = int(self.world.grid_cols[0] * self.world.grid_rows[0])
        self._counts = np.zeros((self._shares.chunks, self._cells + 1), np.int32)
        self._sums = np.zeros(self._shares.chunks, np.uint64)
        self.air = Airborne(self.world, self._shares)
        self.persons, self.powers = people_of(battle, tick)
        self.state = self.persons.bidding(self.powers.change(self.world, self.state))
        self.watch(watch)

    # ------------------------------------------------------------------ life

    def open(self) -> None:
        """Sort, show and hash the state as it was built or loaded: once, before the first tick."""
        self.state.dead[:] = 0
        self.state.dead_in[:] = 0
        dead = np.flatnonzero(self.state.fighters["status"] == words.DEAD)
        settle.lay_out_dead(self.world, self.state, dead.astype(np.int32))
        self._settle()

    def close(self) -> None:
        """Let the threads go."""
        self._shares.close()

    def watch(self, ids: tuple[int, ...]) -> None:
        """Log the minds of these fighters from now on."""
        self._watch = Watch(len(self.state.fighters), ids, self.persons.ids)
        self.seen_log = table(0, fields.PERCEPT)
        self.mind_log = table(0, fields.MIND)
        self.heard_log = table(0, fields.HEARD)

    @property
    def on_field(self) -> int:
        """Fighters on the field: standing or lying, alive or fallen just now."""
        return int(self.state.start[self._cells])

    # ------------------------------------------------------------------ the tick

    def tick(self) -> Array:
        """Live through one tick; returns its events (EVENT), in an order free of threads.

        Tick 1 is the first: its events, and the state and hash it leaves, carry its number.
        """
        self.now += 1
        self._tell()
        self.air.thicken(self.state)
        self._count_crowds()
        self._look_around()
        self.air.carry_sound(self.state, self.now)
        self.air.waft(self.state, self.now)
        self._pass_by(1)
        self.overhear()
        self.persons.look(self.world, self.state, self.now)
        lived, blows, thrown, cries = self._live()
        self._pass_by(0)
        wrought = self._work(lived)
        cries = joined([cries, wrought.cries], fields.STIMULUS)
        harmed = self._strike(blows, [self._fly(), wrought.blows], cries)
        self.air.let_smoke(self.state, thrown, self.now)
        self._launch(joined([thrown, wrought.missiles], fields.MISSILE))
        entered = self._muster([*lived, wrought.events, harmed])
        self._lay_out(muster.befell(words.EVENT_DEATH, [*lived, wrought.events, harmed]))
        self._settle()
        happened = [*lived, wrought.events, harmed, entered, self.persons.events()]
        return joined(happened, fields.EVENT)

    def _tell(self) -> None:
        """Let the plan agreed beforehand go on to the orders whose time has come."""
        orders, units = self.world.orders, self.world.units
        while self._told < len(self._timed):
            row = int(self._timed[self._told])
            if orders["after"][row] > self.now:
                return
            unit = orders["unit"][row]
            units["due"][unit], units["due_at"][unit] = row, orders["after"][row]
            self._told += 1

    def _count_crowds(self) -> None:
        world, state, shares = self.world, self.state, self._shares
        shares.each(lambda _, bands: crowds.count_up(world, state, *bands), shares.bands())

    def _look_around(self) -> None:
        world, state, shares = self.world, self.state, self._shares

        def look(worker: int, bands: Part) -> None:
            crowds.look_down(world, state, *bands, shares.minds[worker].around)

        shares.each(look, shares.bands())

    def _strike(self, by_hand: list[Array], others: list[Array], cries: Array) -> Array:
        """Let the blows of this tick do their work, and those of hands and the cries be heard.

        Returns events. ``by_hand`` is emptied: in a large battle there are many at once, and they
        are joined only here, and gone when the rest of the tick needs room.
        """
        struck = sum(map(len, by_hand))
        blows = joined([*by_hand, *others], fields.BLOW)
        by_hand.clear()
        self.state = self.air.make_noise(self.state, blows, struck, cries, self.now)
        return self._resolve(blows)

    def _pass_by(self, enters: int) -> None:
        """Let the missiles in flight be noticed where they come by, or (0) no longer."""
        missiles = self.state.missiles
        if len(missiles):
            pass_by(self.world, self.state, missiles, len(missiles), enters)

    def _work(self, lived: tuple[Array, ...]) -> Wrought:
        """Let the powers of people do their work, now that everybody has lived."""
        self.state, wrought = self.powers.work(self.world, self.state, self.now, lived)
        self.persons.bind()
        return wrought

    def _live(self) -> tuple[tuple[Array, ...], list[Array], Array, Array]:
        """Events and blows (by block, not joined yet), missiles and cries of all blocks."""
        world, state, shares, watch = self.world, self.state, self._shares, self._watch
        blocks = shares.blocks(state.start, self.on_field)
        outs: list[tuple[Array, ...]] = [()] * len(blocks)

        def block(worker: int, part: tuple[int, int, int]) -> None:
            number, first, last = part
            fighters = int(state.start[last] - state.start[first])
            on = shares.desk(worker, fighters, watch.witnesses)
            live(world, state, first, last, self.now, shares.minds[worker], on, watch.flags)
            written, rows = on[: len(DESK)], on.counts
            outs[number] = tuple(map(first_rows, written, rows.tolist(), DESK))

        self._shares.each(block, blocks)
        events, blows, *others = zip(*outs, strict=True)
        missiles, cries, *logs = (
            joined(parts, dtype) for parts, dtype in zip(others, DESK[2:], strict=True)
        )
        seen, _, heard = logs
        self.persons.feel(state, self.now, seen, heard)
        self.persons.speak(state, self.now, cries, events)
        self.seen_log, self.mind_log, self.heard_log = map(watch.asked_for, logs)
        return events, self.powers.unbarred(state, list(blows)), missiles, cries

    def _fly(self) -> Array:
        world, state, missiles = self.world, self.state, self.state.missiles
        n = len(missiles)
        if n == 0:
            return joined((), fields.BLOW)
        done = np.zeros(n, np.uint8)
        hits = table(n, fields.BLOW)
        self._shares.each(
            lambda _, part: fly(world, state, missiles, *part, done, hits),
            self._shares.rows(n, each=4),
        )
        self.state = state._replace(missiles=those(missiles, done == 0))
        struck = those(hits, hits["victim"] >= 0)
        self.persons.trace(world, state, self.now, struck)
        return struck

    def _launch(self, thrown: Array) -> None:
        if len(thrown):
            both = joined([self.state.missiles, thrown], fields.MISSILE)
            self.state = self.state._replace(missiles=both)

    def _resolve(self, blows: Array) -> Array:
        total = len(blows)
        if total == 0:
            return joined((), fields.EVENT)
        self._make_room(total)
        self._shares.each(
            lambda _, part: judge(self.world, self.state.fighters, blows, *part),
            self._shares.rows(total, each=2),
        )
        on = harm(total, self.wounds_used)
        resolve(self.world, self.state, blows, self.now, int(self.full), on)
        events, self.wounds_used = on.counts.tolist()
        harmed = on.events[:events]
        self.powers.break_off(self.state, harmed)
        return harmed

    def _make_room(self, more: int) -> None:
        """Let the wound table grow before it is full."""
        wounds = self.state.wounds
        if self.wounds_used + more <= len(wounds):
            return
        larger = table((self.wounds_used + more) * 3 // 2 + 1024, fields.WOUND)
        larger[: self.wounds_used] = wounds[: self.wounds_used]
        self.state = self.state._replace(wounds=larger)

    def _muster(self, happened: list[Array]) -> Array:
        """Let reserves enter whose time has come, or whom those call who fell."""
        at, by_falls = self._waiting
        fallen = muster.befell(words.EVENT_FALL, happened if by_falls else [])
        if self.now < at and len(fallen) == 0:
            return joined((), fields.EVENT)
        rules = self.reinforcements
        entered = muster.muster(self.battle, self.state.fighters, rules, fallen, self.now)
        self._waiting = muster.waiting(self.battle, rules)
        return entered

    def _lay_out(self, dead: Array) -> None:
        """Let those who died (ids) lie there for others to see."""
        if len(dead):
            settle.lay_out_dead(self.world, self.state, dead)

    def _settle(self) -> None:
        """Sort everybody into his cell, show him to the others, and hash what the tick left."""
        world, state, fighters = self.world, self.state, self.state.fighters
        counts, sums, words = self._counts, self._sums, self._hash.fighters
        jobs = list(enumerate(cut(len(fighters), self._shares.chunks)))

        def count(_: int, job: tuple[int, Part]) -> None:
            chunk, part = job
            settle.count_cells(world, fighters, *part, state.row_of, counts[chunk])

        def show(_: int, job: tuple[int, Part]) -> None:
            chunk, part = job
            rows, total = counts[chunk], sums[chunk : chunk + 1]
            settle.place(world, fighters, words, *part, rows, state.outside, state.row_of, total)

        self._shares.each(count, jobs)
        counts[len(jobs) :] = 0
        if settle.lay_out(counts, state.start) > _CELLS_MOST:
            raise LimitError(
                f"More than {_CELLS_MOST} fighters stand on four square metres; spread them out."
            )
        self._shares.each(show, jobs)
        self.powers.veil(state)
        self.hash = self._digest(int(sums[: len(jobs)].sum(dtype=np.uint64)))

    def _digest(self, of_fighters: int) -> int:
        """The hash of the state after this tick; see ``hashing``."""
        state = self.state
        minds = self.persons.arrays().values()
        others = (state.missiles, self.reinforcements, state.stimuli, state.messages, *minds)
        return self._hash.after(
            self.now, of_fighters, state, self.wounds_used, (*others, state.smoke)
        )


def _by_time(orders: Array) -> Array:
    """Rows of the orders agreed beforehand that a later moment brings, in time; of two at once, in
    their order. Those that somebody gives have a way to come.
    """
    later = np.flatnonzero((orders["after"] > 0) & (orders["way"] == words.BY_PLAN))
    return later[np.argsort(orders["after"][later], kind="stable")]
