"""Testimonies that are kept in a recording's folder: of each witness one, of the battle as it lies
there.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from affray.record import Recording
from affray.record.testimony import FOLDER
from affray.record.testimony import Testimony as Words
from affray.run import execute, resume
from affray.scenario import load_bundled
from affray.testimony import stored
from affray.testimony.camera import filmed
from affray.testimony.depose import depose

WITNESS = 3


def fought(out: Path, seed: int = 1, until_s: float = 18.0) -> Recording:
    """The brawl's first seconds; 18 s are 90 ticks, 20 s are 100."""
    execute(load_bundled("brawl"), seed=seed, out=out, until_s=until_s, threads=1, overwrite=True)
    return Recording.open(out)


def heard(recording: Recording) -> Words:
    """What the witness says, stored or heard now."""
    return stored.heard(recording, [WITNESS], threads=1)[0]


def kept(recording: Recording) -> list[Words]:
    """All testimonies in the folder."""
    return [Words.read(path) for path in sorted((recording.path / FOLDER).iterdir())]


def test_what_is_stored_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked again, a witness is not heard again."""
    first = heard(fought(tmp_path / "run"))
    monkeypatch.setattr(stored, "depose", lambda *_, **__: pytest.fail("heard again"))
    assert heard(Recording.open(tmp_path / "run")) == first


def test_a_battle_fought_in_the_place_of_another_is_heard_itself(tmp_path: Path) -> None:
    """As long as the one before it, in the same folder: its witnesses testify to it, not to that;
    and so does a camera.
    """
    before = fought(tmp_path / "run")
    old = (heard(before), filmed(before, threads=1))
    after = fought(tmp_path / "run", seed=2)
    new = (heard(after), filmed(after, threads=1))
    assert new[0] == depose(after, [WITNESS], threads=1)[WITNESS]
    assert new[0] != old[0]
    assert new[1] != old[1]


def test_of_each_witness_one_testimony_is_kept(tmp_path: Path) -> None:
    """Of a battle that was run on the later one, so that an audit takes no other."""
    short = heard(fought(tmp_path / "run"))
    resume(tmp_path / "run", until_s=20.0, threads=1)
    recording = Recording.open(tmp_path / "run")
    long = heard(recording)
    assert short.last_tick <= 90 < long.last_tick
    assert kept(recording) == [long]
