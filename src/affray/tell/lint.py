"""A lexicon looked through: every tree in every form, and what would read ill or say too much."""

from __future__ import annotations

import re
from collections.abc import Iterator

from affray.record.predicates import PREDICATES
from affray.tell.english import FORMS, PAST
from affray.tell.lexicon import MANY, Lexicon, LexiconFile, Side, base
from affray.tell.suspect import CUES, MINDS, SENSES
from affray.tell.trees import SLOTS, Slot, Tree, Verb, parsed
from affray.tell.wording import tokens

_SAMPLE = {
    "I": "she", "me": "her", "my": "her", "mine": "hers", "myself": "herself", "whom": "the mask",
    "whom's": "the mask’s", "they": "they", "them": "them", "their": "their",
    "themself": "themself", "of": "Mara", "of's": "Mara’s", "foes": "the others",
    "ours": "her own", "unit": "her company", "leader": "the captain", "weapon": "knife",
    "armed": "a knife", "hand": "knife", "place": "arm", "number": "three", "count": "three times",
    "word": "to stand", "cry": "Stand", "seconds": "a while", "memory": "the bench",
    "notion": "this is the end", "tint": "red", "power": "the light", "over": "run",
    "did": "she stayed", "side": "the others", "hits": "once",
    "parried": "twice", "missed": "once", "paces": "two paces",
    "calls": "Mara",
}  # fmt: skip
assert set(_SAMPLE) == set(SLOTS)
_ONESELF = {"I", "me", "my", "mine", "myself"}
_WHOM = {"whom", "whom's", "they", "them", "their", "themself"}
_FEATURE = {"weapon": "weapon", "armed": "weapon", "place": "place", "number": "number",
            "count": "number", "seconds": "seconds", "word": "word", "memory": "memory",
            "notion": "notion", "tint": "tint", "power": "power", "over": "over",
            "did": "act", "side": "side",
            "hits": "hits", "parried": "parried", "missed": "missed",
            "paces": "metres", "calls": "calls"}  # fmt: skip


_KNOWS = re.compile(
    r"\b(?:somebody|nobody|everybody|everyone|anybody|no one|they) (?:had |would |did not )?"
    rf"(?:{'|'.join(sorted(MINDS))})\b"
)
"""Somebody else, and a word for what goes on in a mind."""
_SMALL = re.compile(r"[.!?] \{(?:I|me|my|mine|whom|of|they|them|their)\}")
"""A full stop inside a tree, and after it a slot that is filled in small letters."""
_ONE_OF_MANY = re.compile(r"\bthere \[be\] (?:\{number\} of|eyes|faces|backs|hands)\b")
"""A verb in the singular before more than one."""
_TWICE_ROUGH = re.compile(r"\{(?:number|count)\} or (?:so|more|thereabouts)\b")
"""A number that is rough already, and is made so again."""


def forms_of(lexicon: Lexicon, name: str) -> Iterator[tuple[str, str]]:
    """Every tree of a predicate or facet in every form, with sample words in its slots."""
    for tree in lexicon.of(name):
        for form in FORMS if not tree.is_fragment else (PAST,):
            yield form, tree.realized(_SAMPLE.__getitem__, lexicon.words.irregular, form)


def faults(words: LexiconFile) -> list[str]:
    """What is wrong with a lexicon that its schema cannot tell."""
    found = []
    for name, many in words.predicates.items():
        says = [said.say for said in many]
        found += [
            f"predicates: {name}: '{say}' stands there twice"
            for say in sorted({say for say in says if says.count(say) > 1})
        ]
        for said in many:
            found += [
                f"predicates: {name}: '{said.say}' {fault}"
                for fault in _faults(name, said.tree(True))
            ]
    for side, own in words.sides.items():
        found += [f"sides: {side}: {fault}" for fault in _faults_of_drawn(own)]
    for name, table in (("acts", words.acts), ("did", words.did)):
        for act, phrases in table.items():
            for phrase in phrases:
                slots = {part.name for part in parsed(phrase) if isinstance(part, Slot)}
                if slots - _ONESELF:
                    found.append(f"{name}: {act}: '{phrase}' may speak of oneself alone")
    return found


def _faults_of_drawn(side: Side) -> Iterator[str]:
    """What is wrong with what somebody of a side may have behind him, or with a companion."""
    lives = [("past", text) for one in side.past for text in (one.say, one.back) if text]
    shared = [("companions", text) for one in side.companions
              for text in (one.say, *one.on.values(), one.back) if text]  # fmt: skip
    for name, text in (*lives, *shared):
        may = _ONESELF if name == "past" else {*_ONESELF, "whom", "whom's"}
        slots = {part.name for part in parsed(text) if isinstance(part, Slot)}
        if slots - may:
            yield f"{name}: '{text}' may speak of {{{'}, {'.join(sorted(may))}}} alone"
        if _SMALL.search(text):
            yield f"{name}: '{text}' begins a sentence with what has no capital: join it with ';'"
    says = [*(one.say for one in side.past), *(one.say for one in side.companions)]
    for say in sorted({say for say in says if says.count(say) > 1}):
        yield f"'{say}' stands there twice"


def _faults(name: str, tree: Tree) -> Iterator[str]:
    predicate = PREDICATES[name.split("/")[0]]
    for slot in sorted(tree.slots()):
        if slot in _WHOM and "whom" not in predicate.roles:
            yield f"speaks of somebody, and nobody is in a '{predicate.name}'"
        if slot in ("of", "of's") and "of" not in predicate.roles:
            yield f"names somebody, and nobody is named in a '{predicate.name}'"
        feature = _FEATURE.get(slot)
        if feature is not None and feature not in predicate.features:
            yield f"has {{{slot}}}, and a '{predicate.name}' has no {feature}"
    for wanted in (*tree.demands, *tree.refuses):
        if wanted not in predicate.features:
            yield f"asks for '{wanted}', and a '{predicate.name}' has {_listed(predicate.features)}"
    for pred in tree.presupposes:
        if pred not in PREDICATES:
            yield f"presupposes '{pred}', which nobody testifies"
    words = _own_words(tree)
    for word, channels in SENSES.items():
        if word in words and predicate.channel not in channels:
            yield f"says '{word}' of what comes by {predicate.channel}"
    if _SMALL.search(tree.say):
        yield "begins a sentence with what has no capital: join it with ';'"
    if name.endswith(f"/{MANY}") and (tree.demands or tree.slots() & {*_WHOM, *_FEATURE}):
        yield "says of one what is told of several"
    if _ONE_OF_MANY.search(tree.say):
        yield "says 'there was' of more than one: write [be:pl]"
    if _TWICE_ROUGH.search(tree.say):
        yield "makes a number rough that is said roughly already: leave out 'or so'"
    knows = None if tree.hedged or words & CUES else _KNOWS.search(_read(tree))
    if knows is not None:
        yield f"knows another's mind ('{knows[0]}'): write it as it shows, or say 'hedged: true'"
    if predicate.mental and not tree.hedged and not words & CUES:
        yield "knows another's mind: write it as it shows, or say 'hedged: true'"


def _read(tree: Tree) -> str:
    """A tree as it reads in the past, with somebody else where it speaks of somebody."""
    others = dict.fromkeys(_WHOM, "somebody")
    irregular = base().irregular
    return tree.realized(lambda slot: others.get(slot, "I"), irregular).lower()


def _own_words(tree: Tree) -> set[str]:
    """The words of a tree itself, its verbs in the past."""
    from affray.tell.english import inflected

    irregular = base().irregular
    found: set[str] = set()
    for part in tree.parts:
        if isinstance(part, Verb):
            found.update(tokens(inflected(part.plain, PAST, irregular)))
        elif isinstance(part, str):
            found.update(tokens(part))
    return found


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "no features"
