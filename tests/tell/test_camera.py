"""A camera: a witness without a body, declared as one, in whose telling nobody tells."""

from __future__ import annotations

import numpy as np
import pytest

from affray.record import Recording
from affray.tell.audit import audited
from affray.tell.beside import words_beside
from affray.tell.output import as_text
from affray.tell.teller import tell, witness_name
from affray.tell.wording import tokens
from affray.testimony.camera import filmed, in_sight, places
from affray.world import words as w
from affray.world.errors import UsageError
from tests.tell.told import as_read
from tests.testimony.deposed import recorded

SELVES = {"i", "he", "she", "him", "her", "his", "hers", "himself", "herself"}


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """A battle with two sides on a bridge."""
    return recorded(tmp_path_factory.mktemp("filmed"), "toll_bridge", 60.0)


def test_a_camera_is_declared_and_is_nobody(bridge: Recording) -> None:
    """Its telling says over each scene that it is a camera's, has no one who tells, and no leak."""
    testimony = filmed(bridge)
    lexicon, voices = words_beside("toll_bridge")
    telling = tell(testimony, lexicon, voices, 400)

    assert telling.words() > 60
    assert all(scene.heading.startswith("A camera at ") for scene in telling.scenes)
    assert as_text(telling).startswith("A camera at ")
    assert not SELVES & set(tokens(telling.text()))
    held = list(audited(as_read(telling), {witness_name(testimony): testimony}, lexicon))
    assert held
    assert not [leak for one in held for leak in one.leaks]


def test_a_camera_sees_what_is_near_it(bridge: Recording) -> None:
    """In the middle it sees more fall than far off in a corner; kept, it is the same film."""
    middle, corner = filmed(bridge), filmed(bridge, (0.0, 0.0))
    fallen = [sum(one.get("number") for one in film.records if one.pred == "they_fall")
              for film in (middle, corner)]  # fmt: skip
    assert fallen[0] > fallen[1]
    assert filmed(bridge).to_bytes() == middle.to_bytes()
    assert filmed(bridge, anew=True).to_bytes() == middle.to_bytes()


def test_a_camera_stands_on_the_field(bridge: Recording) -> None:
    """Off the field, or at no place at all, it is refused."""
    with pytest.raises(UsageError, match="the field is"):
        filmed(bridge, (-5.0, 0.0))
    with pytest.raises(UsageError, match="in metres"):
        places(["12"])
    assert places(["12,3.5"]) == [(12.0, 3.5)]


def test_bodies_hide_whoever_is_behind_them() -> None:
    """Three in a row: the first hides the two behind him; once he lies, the second shows, and the
    third does not. One beside the row is seen, and whoever shows past an edge of another.
    """
    x, y = np.array([4.0, 8.0, 12.0, 8.0, 8.0]), np.array([0.0, 0.0, 0.0, 3.0, 0.6])
    stands = np.ones(5, dtype=bool)
    assert in_sight(x, y, stands, 0.45).tolist() == [True, False, False, True, True]
    stands[0] = False
    assert in_sight(x, y, stands, 0.45).tolist() == [True, True, False, True, True]


def test_only_whoever_was_seen_on_his_feet_is_seen_to_fall(bridge: Recording) -> None:
    """No more are told to have gone down in its sight than fell or died in the battle."""
    columns = ["kind"]
    kinds = [one["kind"] for one in bridge.events(columns).to_pylist()]
    fell = sum(kind in (w.EVENT_FALL, w.EVENT_DEATH) for kind in kinds)
    told = sum(one.get("number") for one in filmed(bridge).records if one.pred == "they_fall")
    assert 0 < told <= fell
