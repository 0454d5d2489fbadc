"""A film: its moments, the part of the field that it shows, and what it says turned."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from affray.record import Recording
from affray.report.film.film import window
from affray.report.film.orders import Orders
from affray.report.film.reel import Moment, contested, moments, spaced
from affray.report.paper import scenario_of
from affray.report.pictures.plot import plot_film
from affray.report.places import Places
from affray.report.roster import Roster
from affray.run import execute
from affray.scenario import load
from affray.world import words as w
from affray.world.errors import UsageError
from tests.report.recorded import fighters_with

PINCER = """\
affray: 1
name: pincer
title: A pincer
about: A leader holds the middle and has both wings called in by the horn.
field: {size: [90, 80]}
sides:
  - {name: reds, colour: "#b03a2e"}
  - {name: blues, colour: "#2471a3"}
units:
  - name: anvil
    side: reds
    count: 30
    place: [45, 30]
    facing: north
    weapons: [spear]
    leader: {name: Ada}
    orders:
      - {do: hold}
      - {do: charge, toward: blues, to: [wing_left, wing_right], when: {lasted: 4 s}, by: horn}
  - {name: wing_left, side: reds, count: 20, place: [15, 45], facing: north, weapons: [spear],
     personality: {discipline: 1}, orders: {do: hold}}
  - {name: wing_right, side: reds, count: 20, place: [75, 45], facing: north, weapons: [spear],
     personality: {discipline: 1}, orders: {do: hold}}
  - name: mass
    side: blues
    count: 40
    place: [45, 55]
    facing: south
    formation: {shape: line, ranks: 4}
    weapons: [sword]
    orders:
      - {do: hold}
      - {do: advance, after: 2 s}
end: {after: 40 s}
record: {level: events, checkpoint_every: 5 s, frames_every: 1 s}
"""


@pytest.fixture(scope="module")
def pincer(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """A battle with a plan, recorded."""
    folder = tmp_path_factory.mktemp("film") / "pincer"
    execute(load(PINCER), seed=3, out=folder, threads=1)
    return Recording.open(folder)


def reel(
    recording: Recording, panels: int, first: int = 0, last: int | None = None
) -> list[Moment]:
    """The moments of a film of it."""
    scenario = scenario_of(recording)
    roster = Roster.of(scenario)
    span = (first, recording.last_tick if last is None else last)
    orders = Orders(recording, scenario, roster)
    return moments(recording, scenario, roster, orders, panels, span)


def said(shown: list[Moment]) -> str:
    """All captions."""
    return "\n".join(line.text for moment in shown for line in moment.lines)


def test_a_film_is_drawn(pincer: Recording, tmp_path: Path) -> None:
    """The field at several moments of a span of time, on one sheet in which something is seen."""
    from matplotlib.image import imread

    path = plot_film(pincer, tmp_path / "new", panels=6, first=10, last=100)

    pixels = imread(path)
    assert path.name == "film.png"
    assert min(pixels.shape[:2]) > 600
    assert pixels[..., :3].std() > 0.02


def test_a_film_says_what_was_ordered_and_done(pincer: Recording) -> None:
    """Who gave which order to whom, how many took it up, what was agreed, who struck whom where."""
    text = said(reel(pincer, 8))

    assert "Ada sounds the horn: wing left/right to charge (" in text
    assert "mass advance, as agreed" in text
    assert "mass" in text.split("in the flank")[0]


def test_what_is_said_is_said_once(pincer: Recording) -> None:
    """What turned stands beneath the first panel after it and no other; so do the fallen."""
    shown = reel(pincer, 8)
    for since, now in pairwise(shown):
        for line in now.lines:
            assert since.places.tick < line.tick <= now.places.tick
    assert said(shown).count("as agreed") == 1
    last = shown[-1].places
    lie = int(np.isin(last.status, (w.DOWN, w.OUT, w.DEAD)).sum())
    fell = [line.text for moment in shown for line in moment.lines if line.text.startswith("fell:")]
    assert sum(int(part.split()[-1]) for text in fell for part in text.split(",")) >= lie > 0


def test_bodies_go_by_what_they_were_told(pincer: Recording) -> None:
    """At first all hold; in the end the wings charge, and the mass advances."""
    scenario = scenario_of(pincer)
    roster = Roster.of(scenario)
    words = Orders(pincer, scenario, roster).table["word"]
    shown = reel(pincer, 8)

    def doing(moment: Moment) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for body in moment.bodies:
            what = "run" if body.runs else w.ORDER_NAMES[words[body.order]]
            found.setdefault(roster.units[body.unit], set()).add(what)
        return found

    assert set().union(*doing(shown[0]).values()) == {"hold"}
    assert any("charge" in doing(moment)["wing_left"] for moment in shown)
    assert any("advance" in doing(moment).get("mass", ()) for moment in shown)


def test_orders_are_those_of_the_state(pincer: Recording, monkeypatch: pytest.MonkeyPatch) -> None:
    """Played on from the opening by the events, everybody's order at each checkpoint is the one
    that the state there holds.
    """
    scenario = scenario_of(pincer)
    orders = Orders(pincer, scenario, Roster.of(scenario))
    monkeypatch.setattr(pincer, "nearest_checkpoint", lambda tick: 0)
    for tick in pincer.checkpoints():
        state = pincer.checkpoint(tick)[0]
        up = state["fighters"]["status"] == w.UP
        held = state["memory"]["order"][up]
        assert (orders.at(tick)[state["fighters"]["id"][up]] == held).all()


def test_an_order_passed_on_is_not_given_anew(pincer: Recording) -> None:
    """Many say it; it is given by her who leads, and by whoever leads after her."""
    scenario = scenario_of(pincer)
    orders = Orders(pincer, scenario, Roster.of(scenario))
    given = {int(orders.events["fighter"][event]) for event in orders.given(-1, 10_000)}
    calls = (orders.events["kind"] == w.EVENT_SAY) & (orders.events["place"] == w.SAY_ORDER)

    assert given - {0} <= set(fighters_with(pincer.path, w.EVENT_LEAD))
    assert calls.sum() > 2 * len(given)


def test_a_film_has_its_moments_in_order(market: Path) -> None:
    """From the first to the last picture of the span; each with everybody's place then and a little
    before.
    """
    shown = reel(Recording.open(market), 8, 10, 100)

    ticks = [moment.places.tick for moment in shown]
    assert ticks == sorted(set(ticks))
    assert (ticks[0], ticks[-1]) == (10, 100)
    assert len(ticks) == 8
    assert all(moment.lately.tick <= moment.places.tick for moment in shown)
    assert shown[3].lately.tick < shown[3].places.tick


def test_moments_are_near_each_other_where_much_turns() -> None:
    """A part of the way from panel to panel is time; where nothing else is, it is all of it."""
    time, none = np.full(101, 10.0), np.zeros(101)
    time[0] = 0.0
    much = np.where((np.arange(101) > 40) & (np.arange(101) <= 50), 3.0, 0.0)

    assert spaced([(0.2, time), (0.8, none)], 5).tolist() == [0, 25, 50, 75, 100]
    assert ((spaced([(0.2, time), (0.8, much)], 12) - 45) ** 2 <= 5**2).sum() >= 6
    assert spaced([(0.2, time[:1]), (0.8, none[:1])], 9).tolist() == [0]


def test_once_one_side_is_left_it_is_no_battle(market: Path) -> None:
    """How much it is one falls to nothing with the other side, and not because all run a while."""
    from affray.report.film.course import Course

    recording = Recording.open(market)
    roster = Roster.from_recording(recording)
    course = Course.of(recording, roster, (40.0, 30.0), 0, recording.last_tick)
    still = contested(course, roster)

    assert still.max() == 1.0
    assert (np.diff(still) <= 0.0).all()


def places(x_m: list[float], y_m: list[float]) -> Places:
    """Everybody on his feet and unbroken."""
    up = np.full(len(x_m), w.UP)
    return Places(0, np.array(x_m), np.array(y_m), up, np.zeros(len(x_m), int))


def test_a_film_shows_the_part_where_people_stand_together() -> None:
    """All who begin the battle are in it; one who has run far off does not make it larger."""
    crowd = [50.0 + 0.5 * n for n in range(40)]
    opening, later = places(crowd, crowd), places([*crowd[1:], 190.0], [*crowd[1:], 5.0])

    left, right, bottom, top = window([opening, later], (200.0, 200.0))

    assert 40.0 < left < 50.0
    assert 69.5 < right < 80.0
    assert (left, right) == pytest.approx((bottom, top))


def test_a_film_needs_pictures(market: Path) -> None:
    """A span without pictures is refused with what to do about it."""
    with pytest.raises(UsageError, match="frames_every"):
        reel(Recording.open(market), 5, 11, 12)
