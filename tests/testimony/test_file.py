"""A testimony on disk: it comes back as it was, and damage is named."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affray.record import Recording
from affray.record.testimony import Testimony as Words
from affray.world.errors import RecordingError
from tests.testimony.deposed import heard


@pytest.fixture(scope="module")
def written(mutiny: Recording, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A testimony in its file. To be read only."""
    path = tmp_path_factory.mktemp("file") / "testimony" / "0.json"
    heard(mutiny, [0])[0].write(path)
    return path


def test_it_comes_back_as_it_was(mutiny: Recording, written: Path) -> None:
    """Written and read it is equal, and written again it is the same bytes."""
    testimony = heard(mutiny, [0])[0]
    again = Words.read(written)
    assert again == testimony
    assert again.to_bytes() == written.read_bytes()


@settings(max_examples=150)
@given(data=st.data())
def test_a_damaged_file_is_refused(written: Path, data: st.DataObject) -> None:
    """Cut short anywhere, or with any bit of any byte turned, it is refused by name with the
    remedy; unless it still says the same, to the last word.
    """
    whole = written.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    bit = data.draw(st.integers(0, 8))
    broken = whole[:place] + (bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :]
                              if bit < 8 else b"")  # fmt: skip
    path = written.parent / "broken.json"
    path.write_bytes(broken)
    if broken.rstrip() == whole.rstrip():
        return
    with pytest.raises(RecordingError, match=r"broken\.json: is no testimony.*--anew"):
        Words.read(path)


def sealed(path: Path, change: str, to: str) -> Path:
    """The file with something else in it, and a checksum that is right."""
    text = path.read_text(encoding="utf-8")
    body = text[: text.rindex(',"crc32":')].replace(change, to, 1)
    assert to in body
    changed = path.parent / "changed.json"
    changed.write_text(f'{body},"crc32":{zlib.crc32(body.encode())}}}\n', encoding="utf-8")
    return changed


def test_an_unknown_predicate_is_refused(written: Path) -> None:
    """A file by somebody else's rules, whole and sealed, is refused for what it says."""
    with pytest.raises(RecordingError, match="nobody knows the predicate 'foresees'"):
        Words.read(sealed(written, '"pred":"belongs"', '"pred":"foresees"'))


def test_another_format_is_refused(written: Path) -> None:
    """A file of another format is refused by its number."""
    with pytest.raises(RecordingError, match="of format 9, not 1"):
        Words.read(sealed(written, '"affray_testimony":1', '"affray_testimony":9'))


@pytest.mark.parametrize("text", ["", "[]", "3", "null", "{}", '"x"', "[" * 2000])
def test_what_is_no_testimony_is_refused(tmp_path: Path, text: str) -> None:
    """Any other file is refused without a traceback."""
    path = tmp_path / "other.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RecordingError, match=r"other\.json"):
        Words.read(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """So is one that cannot be read."""
    with pytest.raises(RecordingError, match=r"none\.json: cannot be read"):
        Words.read(tmp_path / "none.json")


def test_records_stand_a_line_each(written: Path) -> None:
    """So that two testimonies can be compared line by line."""
    lines = written.read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[1].rstrip(","))["id"] == 0
    assert len(lines) == len(Words.read(written).records) + 2
