"""What a witness's looks are joined with: sounds, and how he came to know how he bled."""

from __future__ import annotations

from affray.cli.witnessed import heard_with


def test_who_told_somebody_how_he_bled_stands_with_the_next_look() -> None:
    """A hand felt between two looks belongs to the later one; each is told once."""
    looks = [{"tick": tick, "fighter": 4} for tick in (2, 4, 6, 8)]
    sounds = [{"tick": 4, "says": "banter"}]

    found = heard_with(looks, sounds, {3: 9, 8: 4})

    assert [look["told_by"] for look in found] == [None, 9, None, 4]
    assert [len(look["sounds"]) for look in found] == [0, 1, 0, 0]
    assert all(look["told_by"] is None for look in heard_with(looks, sounds))
