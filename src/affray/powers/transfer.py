"""A transfer: what two bodies have left changes places.

Until it is done he who uses it is helpless: rapt in it as one whom a spectacle has transfixed, he
hardly parries, notices little, and does nothing else. Wounds and blood stay where they are, so that
blood balances. The model is invented.
"""

from __future__ import annotations

from affray.powers.behaviour import Behaviour
from affray.powers.stage import Stage, Use, is_alive, is_awake
from affray.world import words as w
from affray.world.powers import TRANSFERS, Transfer

_RAPT_TICKS = 2  # until his next tick


class Transferring(Behaviour[Transfer]):
    """Changes places with the one it is used on, if it comes to its end."""

    reaches = True

    def stays(self, effect: Transfer) -> bool:
        return True

    def begin(self, effect: Transfer, use: Use, stage: Stage) -> None:
        self._engross(use, stage)

    def go_on(self, effect: Transfer, use: Use, stage: Stage) -> bool:
        if not (is_awake(stage.user(use)) and is_alive(stage.body(use.on))):
            return False
        self._engross(use, stage)
        if stage.tick >= use.until:
            self._change_places(effect, use, stage)
        return True

    def _engross(self, use: Use, stage: Stage) -> None:
        """Leave him eyes for nothing else."""
        user = stage.user(use)
        user["grip"] = max(int(user["grip"]), _RAPT_TICKS)

    def _change_places(self, effect: Transfer, use: Use, stage: Stage) -> None:
        user, other = stage.user(use), stage.body(use.on)
        for name in (name for what in effect.what for name in TRANSFERS[what]):
            mine, his = user[name].item(), other[name].item()
            user[name], other[name] = his, mine
        stage.say(w.EVENT_TRANSFER, use, int(user["id"]), use.on)
