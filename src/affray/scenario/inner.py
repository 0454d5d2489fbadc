"""What goes on within people, on paper: what they remember, and notions that they may have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field, model_validator

from affray.scenario.fields import (
    Choice,
    Name,
    Seconds,
    Section,
    Share,
    Short,
    Switch,
    Text,
    Words,
    key,
    wrong,
)
from affray.world.inner import CUES, KINDS
from affray.world.limits import NAME_CHARS

CUE_MEANS = {
    "sight": "he sees one of the people again, whom he had lost from sight",
    "voice": "he hears his voice",
    "name": "he hears his name said",
    "hurt": "he sees him bleed",
    "down": "he sees him on the ground",
    "danger": "he sees an enemy about to be at him",
    "fear": "he sees fear in his face",
    "held": "he sees him in somebody's grip",
    "reunion": "he is beside him again whom he loves and held for dead",
    "own_name": "he hears his own name said",
    "own_wound": "he notices that he bleeds himself",
    "own_hold": "somebody has hold of him",
    "saved": "an enemy beside him is struck by something thrown",
    "weary": "he is spent",
    "alone": "no companion is near",
    "contact": "an enemy is at arm's length",
    "scream": "he hears a scream",
    "inhuman_cry": "he hears a cry that is not human",
    "laughter": "he hears somebody laugh, or sees it",
    "warning": "he hears a call to run",
    "order": "he hears an order",
    "fall": "he sees a companion fall",
    "flight": "he sees companions run",
    "thrown": "something thrown strikes him, or somebody beside him",
    "spectacle": "something draws every eye, and his",
    "blood": "he smells blood",
    "dark": "it is dark where he is",
    "quiet": "no fight has been near or heard for a while",
}
"""What each cue is a percept of."""
assert tuple(CUE_MEANS) == CUES

KIND_MEANS = {
    "belief": "something he holds true",
    "hope": "something he hopes for",
    "question": "something he asks himself; it stays open, and comes to mind, until something "
    "speaks for or against it clearly enough",
    "guess": "something he holds likely",
    "vow": "something he means to do",
    "fear": "something he dreads",
    "wish": "a wish for somebody's talent who is not at hand; it comes to mind only if he takes "
    "him for able",
    "consequence": "what lies ahead of somebody; it comes to mind as soon as he knows him again",
}
"""What each kind of notion is to those who have it."""
assert tuple(KIND_MEANS) == KINDS

Cue = Annotated[str, Choice(CUES)]
_Tags = Annotated[tuple[Cue, ...], Field(max_length=len(CUES))]


def _named(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class Memory(Section):
    """Something that somebody remembers. A text alone is a memory that nothing brings back."""

    UNDER: ClassVar[str] = "memories"
    EXAMPLE: ClassVar[str] = (
        "- the mill\n"
        "  - {name: the night of the flood, tags: [scream, dark, held], of: Mara, fades: 5 min}"
    )

    name: Annotated[str, Words(NAME_CHARS)] = key("what it is, in a word or a few")
    tags: _Tags = key(
        "what brings it back: "
        + "; ".join(f"{cue}: {meaning}" for cue, meaning in CUE_MEANS.items())
        + ". The more of them he perceives, the stronger",
        (),
    )
    of: Name | None = key(
        "whom it is about: sight, voice, name and reunion bring it back only of him, what befalls "
        "somebody else likens that to him",
        None,
    )
    sure: Share = key("how sure of it he is when the battle opens", 1.0)
    fades: Seconds = key(
        "within what time he comes to doubt it, unless it comes back to him; 0: never", 0.0
    )


OwnMemory = Annotated[Memory, Short(_named, {"type": "string", "maxLength": NAME_CHARS})]
WEIGHT = 0.2  # of what is given without one


def _weighed(value: Any) -> Any:
    """A list of cues as a mapping to the usual weight."""
    if isinstance(value, (list, tuple)):
        return {cue: WEIGHT for cue in value if isinstance(cue, str)}
    return {value: WEIGHT} if isinstance(value, str) else value


_Weights = Annotated[
    dict[Cue, Share],
    Short(_weighed, {"type": "array", "items": {"type": "string", "enum": list(CUES)}}),
]


class Notion(Section):
    """Something that people may hold true, hope for, ask themselves: declared once, and each is
    more or less sure of it (`holds`). What one perceives, and what one is told by those whom one
    trusts, makes one surer of it, or less so; but vows, wishes, questions and hopes about somebody
    else are nobody's to take over. To be asked a question opens it.
    """

    UNDER: ClassVar[str] = "notions"
    EXAMPLE: ClassVar[str] = (
        "- {name: all_is_lost, says: that all is lost, supported_by: {fall: 0.05, flight: 0.2},\n"
        "     refuted_by: [laughter], brought_by: [scream, weary], prior: 10 %, fades: 5 min}\n"
        "  - {name: does_he_live, kind: question, about: Rue, says: whether he lives,\n"
        "     supported_by: {voice: 0.9, sight: 0.9}, brought_by: [quiet]}"
    )

    name: Name = key("the name, unique among the notions")
    kind: Annotated[str, Choice(KINDS)] = key(
        "; ".join(f"{kind}: {meaning}" for kind, meaning in KIND_MEANS.items()), "belief"
    )
    about: Name | None = key("whom it is about: percepts of others say nothing to it", None)
    says: Text = key("what it says, for whoever reads a report", "")
    supported_by: _Weights = key(
        "cues that speak for it, each with a weight: the share of the way to certainty. A list "
        f"gives each {WEIGHT}",
        {},
    )
    refuted_by: _Weights = key("cues that speak against it, likewise", {})
    brought_by: _Tags = key("cues that bring it to mind", ())
    open: Switch = key(
        "whether cues speak for it to anybody; false: it means something only to those who hold "
        "it, however little, or have been told it: so a secret is written",
        True,
    )
    prior: Share = key("how sure of it anybody is to whom nothing has told it", 0.0)
    fades: Seconds = key("within what time one falls back to that; 0: never", 0.0)

    @model_validator(mode="after")
    def _about_whom(self) -> Notion:
        if self.about is None and self.kind in ("wish", "consequence"):
            raise wrong(f"a {self.kind} is about somebody; say whom: 'about: NAME'")
        return self


def gloss(notion: Notion) -> str:
    """What a notion says, or its name in plain words."""
    return notion.says or notion.name.replace("_", " ")


def confidences(notions: tuple[Notion, ...], holds: Mapping[str, float]) -> tuple[float, ...]:
    """How sure somebody is of each notion when the battle opens; -1: it means nothing to him."""
    return tuple(
        holds.get(notion.name, notion.prior if notion.open else -1.0) for notion in notions
    )
