"""``affray audit`` on files: licenses what was told, names a leak, refuses what is damaged."""

from __future__ import annotations

import contextlib
import copy
import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from affray.cli.audited import held_to
from affray.world.errors import UsageError
from tests.tell.told import Data, Told


def written(folder: Path, data: Data) -> Path:
    """A telling in its file."""
    path = folder / "telling.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_telling_in_a_file_is_licensed(battles: list[Told], tmp_path: Path) -> None:
    """As it was told it has no leak; a word put into the file is one."""
    told = battles[0]
    data = copy.deepcopy(told.tellings[0])
    testimonies = told.folder / "testimony"
    assert not [one for one in held_to(written(tmp_path, data), testimonies, None) if one.leaks]
    sentence = data["scenes"][0]["paragraphs"][0][0]
    sentence["text"] = sentence["text"].replace(" ", " never ", 1)
    leaks = [one for one in held_to(written(tmp_path, data), testimonies, None) if one.leaks]
    assert [one.sentence for one in leaks] == [sentence["text"]]


@settings(max_examples=60, phases=[Phase.generate])
@given(luck=st.integers(0, 2**32 - 1).map(Random))
def test_a_damaged_telling_is_refused(battles: list[Told], luck: Random) -> None:
    """Any value anywhere in the file taken out, or put in place of by another kind of value, is
    refused or is a leak, or changes nothing that is audited; it is never a traceback.
    """
    told = battles[0]
    data = copy.deepcopy(told.tellings[0])
    at: Data | list[Data] = data
    while True:
        key = luck.choice(sorted(at) if isinstance(at, dict) else range(len(at)))
        inner = at[key]
        if not isinstance(inner, dict | list) or not inner or luck.random() < 0.1:
            break
        at = inner
    if isinstance(at, dict) and luck.random() < 0.5:
        del at[key]
    else:
        at[key] = luck.choice([None, 7, -1, "x", [], {}, [[]], {"a": 1}])
    with contextlib.suppress(UsageError):
        held_to(written(told.folder, data), told.folder / "testimony", None)


@pytest.mark.parametrize("over", ["Nobody, in the first minute", "in the ninetieth minute", ""])
def test_what_stands_over_a_scene_is_who_tells_it_and_when(
    battles: list[Told], tmp_path: Path, over: str
) -> None:
    """A scene that is headed as another's, or as of another time, is a leak."""
    told = battles[0]
    data = copy.deepcopy(told.tellings[0])
    data["scenes"][0]["heading"] = over
    found = held_to(written(tmp_path, data), told.folder / "testimony", None)
    leaks = [(leak.kind, leak.sentence) for one in found for leak in one.leaks]
    assert leaks == [("identity", over)]


def test_a_telling_of_another_battle_is_refused(battles: list[Told], tmp_path: Path) -> None:
    """Its testimonies are said to be of another one; and a number beyond all bounds is damage."""
    told = battles[0]
    data = copy.deepcopy(told.tellings[0])
    data["battle"] = "elsewhere"
    with pytest.raises(UsageError, match="the telling is of 'elsewhere'; say where"):
        held_to(written(tmp_path, data), told.folder / "testimony", None)
    data = copy.deepcopy(told.tellings[0])
    data["scenes"][0]["to_tick"] = float("inf")
    with pytest.raises(UsageError, match="damaged telling"):
        held_to(written(tmp_path, data), told.folder / "testimony", None)


def test_what_is_no_telling_is_refused(tmp_path: Path) -> None:
    """Another file, or none, is refused with the way to make one."""
    with pytest.raises(UsageError, match="affray tell DIR"):
        held_to(tmp_path / "none.json", tmp_path, None)
    with pytest.raises(UsageError, match="is no telling of format"):
        held_to(written(tmp_path, {"affray_telling": 99}), tmp_path, None)
