"""Whose telling it is: each scene of a telling is held to the testimony of the mind that tells it,
or to what all of those share who tell it together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from affray.record.testimony import Testimony
from affray.tell.audit.agreed import agreed
from affray.tell.audit.case import Case
from affray.tell.audit.fills import Fills
from affray.tell.audit.leaks import Leak, Licence
from affray.tell.audit.reading import Reading, Spoken
from affray.tell.audit.sentence import licence
from affray.tell.heading import headings, name_of
from affray.tell.lexicon import Lexicon


def audited(
    telling: Mapping[str, Any], testimonies: Mapping[str, Testimony], lexicon: Lexicon
) -> Iterator[Licence]:
    """Every sentence of a telling (``output.as_data``) with what licenses it, and its leaks.

    ``testimonies``: by the name of the witness. Raises KeyError if one is missing.
    """
    auditors = {name: Auditor(name, one, lexicon, testimonies) for name, one in testimonies.items()}
    drawn: dict[str, set[str]] = defaultdict(set)
    for scene in telling["scenes"]:
        name = scene["witness"]
        if name not in auditors and "together" in scene:
            shared = shared_by(scene, testimonies)
            if shared is None:
                yield from _by_nobody(scene)
                continue
            auditors[name] = Auditor(name, shared, lexicon, testimonies)
        yield from auditors[name].headed(scene)
        yield from auditors[name].scene(scene, drawn[name])


def shared_by(scene: Mapping[str, Any], testimonies: Mapping[str, Testimony]) -> Testimony | None:
    """What those share who tell a scene together; None: they share nothing, or the scene says that
    it is others who tell it. Raises KeyError if a testimony is missing.
    """
    members, tick = scene["together"]
    shared = agreed([testimonies[name] for name in members], int(tick))
    return shared if scene["witness"] == name_of(members, tick) else None


def _by_nobody(scene: Mapping[str, Any]) -> Iterator[Licence]:
    """The sentences of a scene whose tellers share nothing."""
    name, why = scene["witness"], "those who tell it together do not share it"
    for paragraph in scene["paragraphs"]:
        for sentence in paragraph:
            leak = Leak("another's", name, sentence["text"], why)
            yield Licence(name, sentence["text"], (), (leak,))


class Auditor:
    """Holds the sentences of one mind to its testimony."""

    def __init__(
        self,
        name: str,
        testimony: Testimony,
        lexicon: Lexicon,
        all_of_them: Mapping[str, Testimony],
    ) -> None:
        self._name = name
        self._reading = Reading(testimony)
        self._lexicon = lexicon
        self._fills = Fills(self._reading, lexicon)
        self._names = _all_names(all_of_them.values(), lexicon)

    def headed(self, scene: Mapping[str, Any]) -> Iterator[Licence]:
        """The line over a scene, if it says that it is somebody else's, or of another time."""
        over = scene.get("heading")
        if over is not None and over not in headings(self._reading.testimony, self._lexicon, scene):
            why = "so nothing is headed that this mind tells of that time"
            yield Licence(self._name, over, (), (Leak("identity", self._name, over, why),))

    def scene(self, scene: Mapping[str, Any], drawn: set[str] | None = None) -> Iterator[Licence]:
        """Every sentence of a scene, in order: of whom it has spoken so far matters. ``drawn``:
        what was told before it of what is drawn for whoever tells; None: nobody knows.
        """
        spoken = Spoken()
        for paragraph in scene["paragraphs"]:
            for sentence in paragraph:
                yield licence(
                    Case(self._name, self._reading, self._lexicon, self._fills, self._names,
                         sentence, int(scene["to_tick"]), spoken, drawn)
                )  # fmt: skip


def _all_names(testimonies: Iterable[Testimony], lexicon: Lexicon) -> frozenset[str]:
    """Every name that anybody in this battle might have."""
    names: set[str] = set()
    for testimony in testimonies:
        names |= {testimony.self_["name"], *testimony.knows}
        names |= {record.of for record in testimony.records if record.of}
    for side in lexicon.words.sides.values():
        names |= {*side.men, *side.women}
    return frozenset(names - {""})
