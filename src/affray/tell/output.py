"""A telling on paper: plain text, Markdown, or JSON with what licenses every sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from affray.tell.plan import Clause, Scene, Sentence, Telling

FORMAT = 1


def as_text(telling: Telling) -> str:
    """The telling as plain text, with a line over each scene."""
    scenes = (f"{scene.heading}\n\n{scene.text()}" for scene in telling.scenes)
    return "\n\n\n".join(scenes) + "\n"


def as_markdown(telling: Telling) -> str:
    """The telling under its title, each scene under its heading."""
    scenes = "\n\n".join(f"## {scene.heading}\n\n{scene.text()}" for scene in telling.scenes)
    return f"# {telling.title}\n\n{scenes}\n"


def as_json(telling: Telling) -> str:
    """The telling with what each sentence asserts, and the records that license it."""
    return json.dumps(as_data(telling), ensure_ascii=False, indent=1) + "\n"


def as_data(telling: Telling) -> dict[str, Any]:
    """The same as plain lists and dicts."""
    return {
        "affray_telling": FORMAT,
        "title": telling.title,
        **telling.about,
        "words": telling.words(),
        "scenes": [_scene(scene) for scene in telling.scenes],
    }


def _scene(scene: Scene) -> dict[str, Any]:
    with_whom = (
        {} if scene.together is None else {"together": [list(scene.together[0]), scene.together[1]]}
    )
    return {
        **with_whom,
        "witness": scene.witness,
        "heading": scene.heading,
        "from_tick": scene.from_tick,
        "to_tick": scene.to_tick,
        "paragraphs": [[_sentence(one) for one in paragraph] for paragraph in scene.paragraphs],
    }


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "figure": sentence.figure,
        "clauses": [_clause(clause) for clause in sentence.clauses],
        "opening": sentence.opening,
        "joints": list(sentence.joints),
    }


def _clause(clause: Clause) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "frame": clause.frame,
        "tree": clause.tree.say,
        "record": clause.record,
        "seal": clause.seal,
        "text": clause.text,
        "origins": [list(one) for one in clause.origins],
    }
    more: Mapping[str, Any] = {
        "form": clause.form if clause.form != "past" else "",
        "hedge": clause.hedge,
        "asks": clause.asks,
        "relative": clause.relative,
        "told_by": sorted(clause.tree.demands),
        "cites": list(clause.cites),
        "named": list(clause.named),
    }
    return plain | {name: value for name, value in more.items() if value}


FORMATS = {"text": as_text, "md": as_markdown, "json": as_json}
