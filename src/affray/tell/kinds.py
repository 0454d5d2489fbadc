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
