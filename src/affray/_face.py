"""What ``import affray`` offers: battles on paper, runs, and what can be asked of them."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from affray import _given as given
from affray._given import Folder, Sets
from affray.record import Recording
from affray.report.roster import Roster
from affray.report.summarise import summarise
from affray.report.summary import Summary
from affray.report.why.causes import story
from affray.report.why.fate import in_words
from affray.scenario import Battle, apply_sets, digest, dump, scaled
from affray.scenario import bundled as _bundled
from affray.scenario import load as _load
from affray.scenario import off_sets as _off_sets
from affray.scenario.model import Scenario as _Model
from affray.world.clock import begun_by
from affray.world.errors import UsageError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    import pyarrow as pa

    from affray.record.testimony import Testimony
    from affray.report.roll import Roll
    from affray.run.progress import Progress
    from affray.run.warm import Compiling
    from affray.sift import Sifted
    from affray.study.repeat import Told
    from affray.tell.plan import Telling


def load(source: str | Path | Battle, set: Sets = ()) -> Scenario:  # noqa: A002
    """The battle on paper in a file, bundled under a name, written in a text, or built in Python.

    ``set`` lays changes over it: ``{"size": 500}``, or ``["size=500"]``. Raises ScenarioError
    with every fault and its place, or UsageError if nothing has that name.
    """
    sets = given.sets_of(set)
    if isinstance(source, Battle):
        return Scenario(source.scenario(sets))
    if not isinstance(source, (str, os.PathLike)):
        raise UsageError(
            f"{source!r:.60} is no battle: give a bundled one's name, a file, the text of one, or "
            "a Battle"
        )
    from affray.tell.beside import words_of

    return Scenario(_load(source, sets), words_of(source))


def open(directory: Folder) -> Run:
    """The run recorded in a folder, also one that is still being written.

    Raises RecordingError if it is none, or is damaged.
    """
    return Run(directory)


def bundled() -> list[str]:
    """Names of the battles that come with affray: ``load`` takes them."""
    return _bundled()


def warm(progress: Compiling | None = None) -> None:
    """Compile ahead all that a run needs; the first run does it otherwise.

    ``progress(ready, kernels, name)`` is called before each kernel, and at the end.
    """
    from affray.run import warm as compile_all

    compile_all(progress)


def repeat(
    scenario: str | Path | Battle | Scenario,
    seeds: int | str | Iterable[int] = 100,
    *,
    set: Sets = (),  # noqa: A002
    vary: Mapping[str, Sequence[Any]] | None = None,
    sift: Folder | Mapping[str, Any] | None = None,
    jitter: float = 0.0,
    out: Folder | None = None,
    jobs: int | None = None,
    executor: Executor | None = None,
    progress: Told | None = None,
) -> pa.Table:
    """Fight a battle under many seeds, and return an Arrow table with a row a run.

    ``seeds``: how many (from 1), text such as ``"5-20,33"``, or the numbers. ``vary``: path →
    values; several are combined. ``sift``: patterns of events, as for ``Run.sift``; a row then has
    when each came about. ``jitter``: share of itself by which each disposition is off, in each run
    otherwise. ``out``: a folder that keeps the runs, from which the same call goes on after a stop,
    and one with more seeds; in memory otherwise. ``jobs``: battles at a time, one a core unless
    given; also a single one is fought in a process of its own, whose death is survived.
    ``executor``: any ``concurrent.futures.Executor`` in place of own processes.
    ``progress(done, of, seconds, found)`` is called after each run. Raises UsageError,
    ScenarioError, LimitError or RecordingError.
    """
    from affray.sift import read_sieve
    from affray.study import plan
    from affray.study import repeat as fight_all

    paper = scenario if isinstance(scenario, Scenario) else load(scenario)
    model = paper.change(set).model if set else paper.model
    sieve = None if sift is None else read_sieve(_patterns(sift))
    varied, spread = given.choices(vary, "vary"), given.share(jitter, "jitter")
    return fight_all(
        plan(model, seeds, varied, sieve, spread),
        out=given.maybe_path(out, "out"),
        jobs=given.maybe_whole(jobs, "jobs"),
        executor=given.executor(executor, "executor"),
        progress=given.called(progress, "progress"),
    )


class Scenario:
    """A checked battle on paper. ``load`` makes it; it never changes.

    ``model`` holds everything it says (``affray.scenario.Scenario``).
    """

    def __init__(self, model: _Model, words: Mapping[str, bytes] | None = None) -> None:
        self.model = model
        self._words = words or {}  # that its world is told in, where they lie beside its file

    def __repr__(self) -> str:
        return f"<affray.Scenario {self.name}: {self.fighters:,} fighters>"

    @property
    def name(self) -> str:
        """Its short name."""
        return self.model.name

    @property
    def fighters(self) -> int:
        """How many fight in it, reserves among them, at its size."""
        return scaled(self.model).fighters()

    @property
    def digest(self) -> str:
        """SHA-256 of all that it says, in hexadecimal."""
        return digest(self.model)

    def yaml(self) -> str:
        """The text of a file that says the same."""
        return dump(self.model)

    def change(self, set: Sets) -> Scenario:  # noqa: A002
        """Another scenario, with changes laid over this one. Raises ScenarioError."""
        return Scenario(apply_sets(self.model, given.sets_of(set)), self._words)

    def run(
        self,
        *,
        seed: int | None = None,
        off: str | Sequence[str] = (),
        out: Folder | None = None,
        until: float | str | None = None,
        threads: int | None = None,
        record: str | None = None,
        overwrite: bool = False,
        progress: Progress | None = None,
    ) -> Run:
        """Fight it out and return the recorded run.

        ``seed``, ``record`` (summary, events, full): the scenario's own unless given. ``off``:
        mechanisms to do without, by name, one or several (``affray mechanisms`` lists them).
        ``out``: a folder for the recording; without it a temporary one that lives as long as the
        run.
        ``until``: seconds of battle, or text such as ``"5 min"``. ``threads``: all cores unless
        given; no result depends on it. ``progress(tick, most, counts, seconds)`` is called a few
        times a second. Raises UsageError, LimitError or RecordingError.
        """
        from affray.run import execute

        until_s = given.maybe_seconds(until, "until")
        disused = _off_sets(given.names(off, "off")) if off else []
        model = apply_sets(self.model, disused) if disused else self.model
        with _Folder(out) as folder:
            execute(
                model,
                seed=seed,
                out=folder.path,
                words=self._words,
                until_s=until_s,
                threads=given.maybe_whole(threads, "threads"),
                level=record,
                progress=given.called(progress, "progress"),
                overwrite=overwrite,
            )
            return folder.kept_by(Run(folder.path))


class Run:
    """A recorded run. ``open`` or ``Scenario.run`` makes it.

    Fighters are given by number, by ``unit/number``, or by the name the scenario gives them.
    Ticks are whole numbers from 0; times are text such as ``"90 s"``.
    """

    def __init__(self, directory: Folder) -> None:
        self.recording = Recording.open(given.path(directory, "directory"))
        self._roster: Roster | None = None

    def __repr__(self) -> str:
        manifest = self.recording.manifest
        return (
            f"<affray.Run {manifest['scenario_name']}, seed {manifest['seed']}: ticks "
            f"{self.recording.first_tick} to {self.tick}, {self.ended or 'not ended'}>"
        )

    @property
    def path(self) -> Path:
        """The folder of the recording."""
        return self.recording.path

    @property
    def tick(self) -> int:
        """The last tick on disk."""
        return self.recording.last_tick

    @property
    def dt_s(self) -> float:
        """Seconds of battle in a tick."""
        return float(self.recording.manifest["dt_s"])

    @property
    def ended(self) -> str | None:
        """Why it ended; None while it runs, and after a kill."""
        return self.recording.manifest["ended"]

    @property
    def roster(self) -> Roster:
        """Who is in the battle, and what they are called."""
        if self._roster is None:
            self._roster = Roster.from_recording(self.recording)
        return self._roster

    def summary(self) -> Summary:
        """Who held the field, at what price, and when it was decided."""
        return summarise(self.recording)

    def roll(self) -> Roll | None:
        """What has become of everybody, each in one class; None if no state is kept."""
        from affray.report.roll import Roll

        return Roll.of(self.recording)

    def events(self) -> pa.Table:
        """One row an event, in order: tick, kind, fighters, place (m), and up to three causes.

        ``value`` is the size: depth of a wound (1 is grave), outcome of a blow, fear at a break.
        ``says``, ``way`` and ``order`` tell of words and signals what they were.
        Empty at level summary.
        """
        from affray.report.named import named_events

        return named_events(self.recording.events(), self.roster, self.dt_s)

    def metrics(self) -> pa.Table:
        """One row a sampled tick and side: fighters by state, and sums over them.

        fear, morale, belief, weariness, pain: thousandths, summed over the standing; blood,
        blades: hundredths of a millilitre over everybody.
        """
        from affray.report.named import named_metrics

        return named_metrics(self.recording.metrics(), self.roster, self.dt_s)

    def hash(self, tick: int | None = None) -> int:
        """The hash of one tick, the last unless given. Raises UsageError if it has no such tick."""
        return self.recording.hash_at(self.tick if tick is None else given.whole(tick, "tick"))

    def fork(
        self,
        at: int | str,
        set: Sets = (),  # noqa: A002
        *,
        off: str | Sequence[str] = (),
        out: Folder | None = None,
        until: float | str | None = None,
        threads: int | None = None,
        overwrite: bool = False,
        progress: Progress | None = None,
    ) -> Run:
        """What if: take it up at a tick (or time), change something, and run on into a new run.

        ``off``: mechanisms to do without from then on. Luck that the change does not touch stays
        the same. Paths that shape the beginning can be changed at tick 0 only. The rest is as for
        ``Scenario.run``. Raises UsageError, ScenarioError or ReplayError.
        """
        from affray.run import fork

        at_tick, until_s = self._tick_at(at), given.maybe_seconds(until, "until")
        with _Folder(out) as folder:
            fork(
                self.recording,
                at_tick,
                [*_off_sets(given.names(off, "off")), *given.sets_of(set)],
                folder.path,
                until_s=until_s,
                threads=given.maybe_whole(threads, "threads"),
                overwrite=overwrite,
                progress=given.called(progress, "progress"),
            )
            return folder.kept_by(Run(folder.path))

    def resume(
        self,
        *,
        until: float | str | None = None,
        threads: int | None = None,
        progress: Progress | None = None,
    ) -> Run:
        """Go on with a run that was stopped or killed; returns itself. Raises UsageError if it is
        over.
        """
        from affray.run import resume

        resume(
            self.path,
            until_s=given.maybe_seconds(until, "until"),
            threads=given.maybe_whole(threads, "threads"),
            progress=given.called(progress, "progress"),
        )
        self.recording.refresh()
        return self

    def witness(
        self,
        fighter: int | str | Sequence[int | str],
        from_: int | str | None = None,
        to: int | str | None = None,
        *,
        threads: int | None = None,
    ) -> pa.Table:
        """What reached a fighter (or several), tick by tick, and how it was weighed.

        The battle is run again from a checkpoint, to the same hashes. Columns: the percepts, the
        fighter's own state (``own_``), ``act`` before and after, weights of all acts. Raises
        UsageError or ReplayError.
        """
        from affray.testimony import witness

        begin = None if from_ is None else self._tick_at(from_)
        end = None if to is None else self._tick_at(to)
        ids = [self._id(one) for one in given.fighters(fighter, "fighter")]
        hands = given.maybe_whole(threads, "threads")
        return witness(self.recording, ids, begin, end, threads=hands).table()

    def testimony(self, fighter: int | str, *, threads: int | None = None) -> Testimony:
        """What a fighter has to say of the battle, as records: percepts, beliefs, feelings, acts,
        each linked to what it goes back to. Raises UsageError or ReplayError.
        """
        from affray.testimony.stored import heard

        hands = given.maybe_whole(threads, "threads")
        return heard(self.recording, [self._id(fighter)], threads=hands)[0]

    def tell(
        self,
        *fighters: int | str,
        words: int = 3000,
        lexicon: Folder | None = None,
        voices: Folder | None = None,
        threads: int | None = None,
    ) -> Telling:
        """The battle as one fighter tells it, or several; as a chorus of those whom it names and a
        few others, if none is given. About so many words; ``text()`` is the prose.

        Raises UsageError, ReplayError, or ScenarioError (words at fault).
        """
        from affray.tell.beside import words_beside
        from affray.tell.chorus import chorus
        from affray.tell.teller import FEWEST_WORDS, tell
        from affray.testimony.stored import chorus_of, heard

        length = given.some(words, "words", FEWEST_WORDS)
        paths = given.maybe_path(lexicon, "lexicon"), given.maybe_path(voices, "voices")
        name = self.recording.manifest["scenario_name"]
        own = words_beside(name, self.recording.path, *paths)
        ids = [self._id(one) for one in fighters] or chorus_of(self.recording)
        found = heard(self.recording, ids, threads=given.maybe_whole(threads, "threads"))
        if len(found) == 1:
            return tell(found[0], *own, length)
        return chorus(found, *own, length)

    def why(self, fighter: int | str, at: int | str | None = None) -> str:
        """What became of a fighter, and why, in plain words; or, with ``at``, why the fighter did
        what they did at that tick (or time): what reached them, what it did to them, what they
        could do and what spoke for it. Raises UsageError or ReplayError.
        """
        who = self._id(fighter)
        if at is not None:
            from affray.report.why.reasons import because
            from affray.testimony import reasons

            found = reasons(self.recording, who, self._tick_at(at))
            return "\n".join(because(found, self.roster, self.dt_s))
        return "\n".join(in_words(story(self.recording, who), self.roster, self.dt_s))

    def sift(self, patterns: Folder | Mapping[str, Any]) -> Sifted:
        """Which patterns of events came about, when, and who had which role.

        ``patterns``: a file of them, its text, or the same as plain data. Raises ScenarioError
        with every fault of theirs and its place, UsageError or LimitError.
        """
        from affray.sift import read_sieve, sift_recording

        return sift_recording(read_sieve(_patterns(patterns)), self.recording)

    def _id(self, fighter: int | str) -> int:
        return self.roster.find(str(fighter))

    def _tick_at(self, at: int | str) -> int:
        """A tick, or that of a time, which is text with its unit."""
        if isinstance(at, str):
            return begun_by(given.seconds(at), self.dt_s)
        try:
            return given.whole(at, "")
        except UsageError:
            what = f"{at!r:.60} is neither a tick, such as 50, nor a time, such as '10 s'"
            raise UsageError(what) from None


class _Folder:
    """The folder that a recording goes to: the one named, or a temporary one.

    The temporary one goes when the run that keeps it goes, or at once if there is no run.
    """

    def __init__(self, out: Folder | None) -> None:
        self._temporary = out is None
        self.path = (
            Path(tempfile.mkdtemp(prefix="affray-")) if out is None else given.path(out, "out")
        )

    def kept_by(self, run: Run) -> Run:
        if self._temporary:
            weakref.finalize(run, shutil.rmtree, self.path, ignore_errors=True)
            self._temporary = False
        return run

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._temporary:
            shutil.rmtree(self.path, ignore_errors=True)


def _patterns(source: Folder | Mapping[str, Any]) -> Folder | Mapping[str, Any]:
    """A file of patterns or its text, or plain data."""
    return source if isinstance(source, (str, Mapping)) else given.path(source, "patterns")
