"""Kinds of predicates that more than one step of the teller treats alike."""

from __future__ import annotations

SPEECH = ("utters", "hears_said", "reads_lips")
"""Where somebody says what a notion says."""
ANSWERS = ("obeys", "refuses")
"""Where one does what an order asks, or does not."""
COMES = ("thinks", "concludes")
"""Where a notion comes to one's mind."""
THOUGHT = (*COMES, "holds")
"""Where a notion is told as it is thought."""
FOES, OURS = "foes", "ours"
"""The two whom "they" can be."""
OF_FOES = frozenset((
    "foes_many", "foes_near", "foes_gone", "foes_flee", "foes_waver", "shot_at", "mate_fells",
    "guards", "fights", "fells", "foe_open", "foe_down", "foe_stares", "foe_afraid",
))  # fmt: skip
OF_OURS = frozenset((
    "mates_weary", "mates_afraid", "mates_flee", "mates_down", "mates_cover", "mate_falls",
    "mate_hurt", "mate_flees", "mate_afraid", "says", "leads", "order", "call", "driven", "lifted",
    "blames",
))  # fmt: skip
"""Predicates whose words, where they say "they" or "them", mean one of the two."""
