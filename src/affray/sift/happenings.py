"""What each kind of event says: who is in it, and what else of it a pattern can ask for."""

from __future__ import annotations

from affray.world import words as w

HAPPENINGS: dict[str, tuple[str, str | None]] = {
    "wound": ("who is wounded", "by whom"),
    "fall": ("who goes down", "by whose blow or power"),
    "faint": ("who loses his senses", "by whose blow or power"),
    "death": ("who dies", "by whom, if on the spot"),
    "break": ("who breaks, and flees", None),
    "rally": ("who stands again after he fled", None),
    "leave": ("who leaves the field", None),
    "enter": ("who comes out of the reserve", "by whose power, if by one"),
    "rise": ("who is on his feet again", "with whose help, if with any"),
    "pull": ("out of whom a blade is pulled", "whose it was"),
    "bind": ("whose wound is bound", "by whom"),
    "throw": ("who throws or shoots", None),
    "blow": ("who strikes (recorded at level full)", "at whom"),
    "weary": ("who is too spent for his strongest technique", None),
    "mistake": ("who is wounded", "by whom, who is not his enemy"),
    "say": ("who says something, or gives a signal", None),
    "cut": ("who is cut off while he says something", None),
    "obey": ("who takes up an order", "whose, or his own"),
    "refuse": ("who does not take up an order", "whose"),
    "lead": ("who takes the lead", "in whose place"),
    "grip": ("who is transfixed", "by whose scream or fall"),
    "lift": ("whose will is lifted", "by whose words"),
    "notice": ("who notices how he bleeds", "told by whom, or by himself"),
    "merit": ("who notes a deed", "whose"),
    "blame": ("who sees somebody do otherwise than he was told", "whom"),
    "wink": ("who winks", "at whom"),
    "know": ("who takes somebody for one of the people", "for whom"),
    "believe": ("who comes to believe somebody dead, or alive", "whom"),
    "admire": ("who sees that somebody has become better", "who"),
    "stir": ("who begins to act on another of his drives", "about whom"),
    "gather": ("who begins to gather a power", "to use on whom"),
    "fizzle": ("whose power comes to nothing", "on whom"),
    "power": ("whose power takes effect", "on whom"),
    "spent": ("whose power comes to its end", "on whom"),
    "free": ("who gets free of a hold", "whose"),
    "forget": ("who loses a memory", "to whom"),
    "wake": ("who comes to", "by whose power, if by one"),
    "breach": ("who breaks through a barrier", "whose"),
    "transfer": ("who changes places with another body", "whose"),
    "whisper": ("whom one of his powers tempts, and he does not give in", "about whom"),
    "recall": ("to whom a memory comes back", "at whose sight, or whose fate"),
    "think": ("to whose mind a notion comes", "about whom"),
    "conclude": ("who comes to hold a notion, or gives it up", "about whom"),
    "doubt": ("who comes to doubt a memory, or is sure of it again", "about whom"),
    "utter": ("who says something of his own", "to whom"),
    "told": ("who understands what somebody says", "who says it"),
    "name": ("who hears what somebody is called", "who"),
    "abandon": ("who runs, and leaves somebody of his own who lies there", "whom"),
    "rapt": ("who has somebody back whom he held for dead", "whom"),
}
"""Kind of event → who is in it as ``who``, and as ``whom`` (None: nobody ever is)."""

OF_POWERS = tuple(w.EVENT_NAMES[kind] for kind in w.OF_POWERS)
OF_DRIVES = ("stir", "whisper")
OF_NOTIONS = tuple(w.EVENT_NAMES[kind] for kind in w.OF_NOTIONS)
SPOKEN = ("utter", "told")  # ``place`` is 1 + the number of the notion
OF_MEMORIES = tuple(w.EVENT_NAMES[kind] for kind in w.OF_MEMORIES)
THOUGHTS = tuple(w.EVENT_NAMES[kind] for kind in w.THOUGHTS)

ASKED: dict[str, tuple[str, ...]] = {
    "says": ("say", "cut"),
    "order": ("say", "cut", "obey", "refuse", "blame"),
    "place": ("wound",),
    "weapon": ("wound", "throw", "blow"),
    "outcome": ("blow",),
    "believes": ("believe",),
    "power": (*OF_POWERS, *OF_DRIVES),
    "effect": (*OF_POWERS, *OF_DRIVES),
    "drive": OF_DRIVES,
    "notion": OF_NOTIONS,
    "memory": OF_MEMORIES,
    "cue": ("recall", "think"),
    "tone": ("utter",),
    "makes": ("conclude",),
}
"""What a pattern can ask of some kinds of event alone → those kinds."""


def numbers(kinds: tuple[str, ...]) -> tuple[int, ...]:
    """The numbers of kinds of event."""
    return tuple(w.EVENT_NAMES.index(kind) for kind in kinds)
