"""What an effect does when it begins, in each tick while it lasts, and when it ends."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from affray.powers.stage import Stage, Use

E = TypeVar("E")


class Behaviour(Generic[E]):
    """An effect that does nothing: each primitive says what it does besides.

    ``reaches``: whom it is used on must be within reach as it begins.
    """

    reaches = False

    def stays(self, effect: E) -> bool:
        """Whether he must be within reach as long as it goes on."""
        return False

    def begin(self, effect: E, use: Use, stage: Stage) -> None:
        """Take effect."""

    def go_on(self, effect: E, use: Use, stage: Stage) -> bool:
        """Do a tick's work; whether it can go on."""
        return True

    def end(self, effect: E, use: Use, stage: Stage) -> None:
        """Leave off."""

    def change(self, effect: E, trait: Any, burden_kg: float) -> None:
        """Change the nature (TRAIT) of the one who uses it, while it lasts; ``burden_kg``: what
        the one it is used on weighs on him who hauls him.
        """
