"""A battle heard and told: what the tests of tellings and their audit read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from affray.record.testimony import Testimony
from affray.tell.audit import Auditor, Leak, audited, shared_by
from affray.tell.beside import words_beside
from affray.tell.chorus import chorus, together
from affray.tell.collective import collective, of_one_mind
from affray.tell.lexicon import Lexicon
from affray.tell.moments import shared_moments
from affray.tell.output import as_data
from affray.tell.plan import Telling
from affray.tell.teller import tell, witness_name
from affray.tell.voice import History, Voices
from affray.testimony.stored import chorus_of, heard
from tests.testimony.deposed import recorded

Data = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """One battle: its testimonies by witness, its words, and tellings of it as their JSON."""

    folder: Path
    testimonies: dict[str, Testimony]
    lexicon: Lexicon
    voices: Voices
    tellings: list[Data]
    auditors: dict[str, Auditor] = field(default_factory=dict)

    def leaks(self, telling: Data, lexicon: Lexicon | None = None) -> list[Leak]:
        """All that the audit finds in a telling."""
        words = lexicon or self.lexicon
        return [leak for one in audited(telling, self.testimonies, words) for leak in one.leaks]

    def leaks_in(self, scene: Data) -> list[Leak]:
        """All that the audit finds in one scene."""
        name = scene["witness"]
        if name not in self.testimonies and shared_by(scene, self.testimonies) is None:
            return self.leaks({"scenes": [scene]})
        if name not in self.auditors:
            own = self.of(scene)
            self.auditors[name] = Auditor(name, own, self.lexicon, self.testimonies)
        return [leak for one in self.auditors[name].scene(scene) for leak in one.leaks]

    def of(self, scene: Data) -> Testimony:
        """The testimony that a scene is told by: of one mind, or of what several share."""
        if scene["witness"] in self.testimonies:
            return self.testimonies[scene["witness"]]
        members, tick = scene["together"]
        shared = collective([self.testimonies[name] for name in members], tick)
        assert shared is not None
        return shared


def as_read(telling: Telling) -> Data:
    """A telling as its JSON says it."""
    data: Data = json.loads(json.dumps(as_data(telling)))
    return data


def told(folder: Path, name: str, until_s: float) -> Told:
    """A bundled battle fought, heard and told: in chorus, and by each who was heard."""
    recording = recorded(folder, name, until_s)
    many = heard(recording, chorus_of(recording), threads=1)
    lexicon, voices = words_beside(name)
    tellings = [chorus(many, lexicon, voices, 1200)]
    tellings += [tell(one, lexicon, voices, 300) for one in many]
    shared = [together(of_one_mind(many, one.tick), one.tick, lexicon, voices, History())
              for one in shared_moments(many, 6)]  # fmt: skip
    tellings.append(Telling("", [one for one in shared if one is not None], {"battle": name}))
    return Told(
        recording.path,
        {witness_name(one): one for one in many},
        lexicon,
        voices,
        [as_read(one) for one in tellings if one.scenes],
    )


def sentences(telling: Data) -> Iterator[tuple[Data, Data]]:
    """Every sentence of a telling, with the scene it stands in."""
    for scene in telling["scenes"]:
        for paragraph in scene["paragraphs"]:
            for sentence in paragraph:
                yield scene, sentence
