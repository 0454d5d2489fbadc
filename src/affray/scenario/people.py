"""People of a battle on paper: who they are, their ties, and what drives them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from affray.scenario.fields import (
    Choice,
    Name,
    Number,
    OneOrMore,
    Seconds,
    Section,
    Share,
    Switch,
    Text,
    Whole,
    Words,
    key,
    wrong,
)
from affray.scenario.inner import OwnMemory
from affray.world.inner import TONES
from affray.world.limits import DRIVES, FIGHTERS, MEMORIES, NAME_CHARS, NOTIONS, POWERS
from affray.world.people import ABOUT_SOMEBODY, DEEDS, OF_NOTIONS, WHEN
from affray.world.words import VOICES

_Strength = Annotated[float, Number("", 0.0, 10.0)]
_Look = Annotated[str, Words(NAME_CHARS)]


class Looks(Section):
    """What strikes the eye in somebody, each a word of your own; equal words look alike."""

    hair: _Look | None = key("hair that one would notice", None)
    build: _Look | None = key("build or bearing that one would notice", None)
    crest: _Look | None = key("a crest, badge or other mark", None)
    face: _Look | None = key("whose face, where two look alike; default: like nobody else's", None)
    voice: _Look | None = key("whose voice, where two sound alike; default: like no other", None)


class Tie(Section):
    """What one of the people has with another."""

    love: Share = key("how dear the other is", 0.0)
    loyalty: Share = key("how much he owes the other", 0.0)
    trust: Share = key("how far he believes the other", 0.0)
    hatred: Share = key(
        "how much he hates the other; tellings dwell on it. What he does about it is for a drive, "
        "such as kill",
        0.0,
    )
    knows: Share = key("how well he knows the other by sight and voice; 0: not at all", 0.8)
    dead: Share = key("how sure he is that the other is dead, rightly or wrongly", 0.0)
    skill: Share | None = key("how able the other was when he last saw it", None)
    calls: Annotated[str, Words(NAME_CHARS)] | None = key(
        "what he calls the other to his face, or in his thoughts; default: by his name", None
    )


_MEASURES = {
    "near": "he is as near as so many metres",
    "quiet": "no fight has been near or heard for so many seconds",
}
_MEANS = {
    "sees": "he sees him, or one whom he takes for him",
    "threatened": "he sees an enemy about to be at him, the more the more unawares",
    "hurt": "he sees that he bleeds or has fallen",
    "struck": "he sees him get a wound",
    "down": "he sees him on the ground",
    "near": "he sees him within 'within' metres",
    "hears": "he has just heard his voice",
    "dead": "he believes him dead",
    "alive": "he believes, or hopes, that he lives",
    "mistaken": "he believed him dead, and sees that he was wrong",
    "afraid": "his own fear",
    "wounded": "he is wounded, as far as he knows",
    "contact": "an enemy is at arm's length",
    "alone": "no companion is near",
    "quiet": "no fight has been near or heard for 'within' seconds",
    "holds": "he has hold of him",
    "fears": "he sees fear in his face",
    "stares": "he sees him transfixed by something",
    "warns": "he has just heard him call to run",
    "screams": "he has just heard him scream",
    "raging": "he is in a rage",
    "held": "he is held himself",
    "spent": "how spent he is",
    "thinks": "a notion has just come to his mind: as sure as he is of it",
    "believes": "how sure he is of a notion",
    "told": "he has just been told a notion, by 'of' if that is said",
    "recalls": "a memory has just come back to him",
}


class Condition(Section):
    """One thing that a drive waits for, out of what he perceives and believes himself."""

    what: Annotated[str, Choice(WHEN)] = key(
        "; ".join(f"{word}: {meaning}" for word, meaning in _MEANS.items())
    )
    of: Name | None = key("about whom; default: whom the drive is about", None)
    least: Share = key("how much of it there must be", 0.3)
    within: Annotated[float, Number("", 0.0, 1e6)] | None = key(
        "metres for near, seconds for quiet", None
    )
    lasts: Seconds = key(
        "for how long it still counts after it was so (with unless: after it was not), as much as "
        "it was then",
        0.0,
    )
    unless: Switch = key(
        "it waits for the contrary, and is the stronger the less there is of it", False
    )
    notion: Name | None = key("which notion, for thinks, believes and told", None)
    memory: Text | None = key("which of his memories, for recalls", None)

    @model_validator(mode="after")
    def _of_what(self) -> Condition:
        for name, words in (("notion", OF_NOTIONS), ("memory", ("recalls",))):
            if (getattr(self, name) is not None) != (self.what in words):
                if self.what in words:
                    raise wrong(f"'{self.what}' is about a {name}; say which: '{name}: NAME'")
                raise wrong(f"'{name}' belongs to {' and '.join(words)}, not to '{self.what}'")
        return self

    @model_validator(mode="after")
    def _measured(self) -> Condition:
        if (self.within is not None) != (self.what in _MEASURES):
            if self.within is None:
                raise wrong(f"'{self.what}' needs 'within': {_MEASURES[self.what]}")
            raise wrong(f"'within' belongs to {' and '.join(_MEASURES)}, not to '{self.what}'")
        if self.of is not None and self.what not in (*ABOUT_SOMEBODY, "told"):
            raise wrong(f"'{self.what}' is about himself; leave 'of' out")
        return self


_ALONE = ("watch", "hold", "flee", "use", "call", "command", "say")


class Drive(Section):
    """Something that he is driven to do, about somebody or for himself."""

    do: Annotated[str, Choice(DEEDS)] = key(
        "guard (go for whoever threatens him, else keep near), seek (go where he believes him), "
        "follow, kill, watch (keep still, let others fight), tend, avoid, stalk (keep him in sight "
        "some way off, as near as one dares), hold, flee, use (a "
        "power; one for others on whom he is driven to use it on, or on the enemy nearest to him), "
        "call (shout that all should run), command (give the order of his unit's plan that "
        "waits to be bidden), or say (something: a notion, a name, both)"
    )
    whom: Name | None = key("about whom", None)
    power: Name | None = key("what power he is driven to use", None)
    at: Annotated[str, Choice(("him", "threat"))] = key(
        "whom a power is used on: him, or whoever threatens him", "him"
    )
    notion: Name | None = key("what he says: a notion, which he need not believe", None)
    tone: Annotated[str, Choice(TONES)] = key(
        "how he says it. A whisper is heard only beside him, a shout afar; to deny it speaks "
        "against it",
        "plain",
    )
    names: Switch = key("whether he calls by name the one he speaks to, if he knows it", False)
    again: Seconds | None = key("after what time he says it again; default: he does not", None)
    strength: _Strength = key(
        "what it adds to acts at most; 1 is about what a blow is worth. Guard, seek, follow, tend "
        "and a power used for somebody (not on him) are as strong as that times love or loyalty, "
        "whichever is greater",
        1.0,
    )
    when: Annotated[tuple[Condition, ...], Field(max_length=4), OneOrMore()] = key(
        "what it waits for, all of it; it is the stronger the more there is of each", ()
    )

    @model_validator(mode="after")
    def _about_somebody(self) -> Drive:
        if (self.power is not None) != (self.do == "use"):
            raise wrong(
                "'use' needs a 'power'" if self.power is None else "'power' belongs to 'do: use'"
            )
        self._check_speech()
        if self.whom is None and self.do not in _ALONE:
            raise wrong(f"'{self.do}' is about somebody; say whom")
        if self.at == "threat" and (self.do != "use" or self.whom is None):
            raise wrong("'at: threat' belongs to a power that is used for somebody; say for whom")
        idle = [c.what for c in self.when if c.what in ABOUT_SOMEBODY and c.of is None]
        if self.whom is None and idle:
            raise wrong(f"'{idle[0]}' is about somebody; say of whom")
        return self

    def _check_speech(self) -> None:
        if self.do == "say" and self.notion is None and not self.names:
            raise wrong("'say' needs what: a 'notion', or 'names: true' to call somebody by name")
        said = {
            "notion": self.notion is not None,
            "tone": self.tone != "plain",
            "again": self.again is not None,
        }
        for what, given in said.items():
            if given and self.do != "say":
                raise wrong(f"'{what}' belongs to 'do: say'")
        if self.names and (self.whom is None or self.do not in ("say", "call")):
            raise wrong("'names: true' is for 'say' and 'call', with 'whom' for the one called")


class Person(Section):
    """Somebody whom the battle names: one of its fighters, or one who is known but not there."""

    name: Name = key("the name, unique among the people")
    unit: Name | None = key("the unit that he fights in; none: he is not in this battle", None)
    number: Annotated[int, Whole(1, FIGHTERS)] = key("which of its fighters he is; 1 leads it", 1)
    looks: Looks = key("what he can be known by", Looks())
    timbre: Annotated[str, Choice(tuple(VOICES))] | None = key(
        "what his or her voice is like; as in the unit, or of its leader, if not said", None
    )
    ties: dict[Name, Tie] = key("what he has with others of the people, by name", {})
    powers: Annotated[tuple[Name, ...], Field(max_length=POWERS)] = key(
        "the powers that he has, by name; he uses them as his drives have him", ()
    )
    memories: Annotated[tuple[OwnMemory, ...], Field(max_length=MEMORIES)] = key(
        "what he remembers, the oldest first: it can come back to him, and be taken from him", ()
    )
    holds: Annotated[dict[Name, Share], Field(max_length=NOTIONS)] = key(
        "how sure he is of each notion when the battle opens, by its name; default: its prior", {}
    )
    drives: Annotated[tuple[Drive, ...], Field(max_length=DRIVES), OneOrMore()] = key(
        "what he is driven to do, besides what any fighter does", ()
    )
