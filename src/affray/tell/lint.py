"""A lexicon looked through: every tree in every form, and what would read ill or say too much."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set

from pydantic import BaseModel

from affray.record.predicates import FACT, PREDICATES
from affray.scenario.problems import Problems
from affray.tell.english import FORMS, PAST
from affray.tell.lexicon import BACK, MANY, PAST_LIFE, Lexicon, LexiconFile, Side, base, placed
from affray.tell.suspect import CUES, MINDS, SENSES
from affray.tell.trees import SLOTS, Slot, Tree, Verb, parsed
from affray.tell.wording import tokens

Path = tuple[str | int, ...]
"""Where something stands in a file of words."""
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
_CLOSED = (".", ",", ";", ":")
_MARKED = re.compile(r"\{[^}]*\}?|\[[^]]*\]?|[]}]")
"""A slot or a verb, or what is left of one."""
_ONE_OF_MANY = re.compile(r"\bthere \[be\] (?:\{number\} of|eyes|faces|backs|hands)\b")
"""A verb in the singular before more than one."""
_TWICE_ROUGH = re.compile(r"\{(?:number|count)\} or (?:so|more|thereabouts)\b")
"""A number that is rough already, and is made so again."""


def forms_of(lexicon: Lexicon, name: str) -> Iterator[tuple[str, str]]:
    """Every tree of a predicate or facet in every form, with sample words in its slots."""
    for tree in lexicon.of(name):
        for form in FORMS if not tree.is_fragment else (PAST,):
            yield form, tree.realized(_SAMPLE.__getitem__, lexicon.words.irregular, form)


def checked(text: str, origin: str) -> LexiconFile:
    """The words that ``text`` says, looked through. Raises ScenarioError with every fault and its
    place.
    """
    words, root = placed(text, origin)
    problems = Problems()
    for path, fault in _found(words):
        problems.say(root.walk_to(path)[0].place, fault)
    if problems:
        raise problems.error()
    return words


def faults(words: LexiconFile) -> list[str]:
    """What is wrong with a lexicon that its schema cannot tell."""
    return [
        ": ".join([*(step for step in path if isinstance(step, str)), fault])
        for path, fault in _found(words)
    ]


def drawn_of(words: LexiconFile) -> Iterator[tuple[str, str]]:
    """Every clause that is drawn for somebody of a side, and every sentence of a memory, by the
    name of the frame it is told as, with sample words in its slots.
    """
    irregular = {**base().irregular, **words.irregular}
    for path, say in (*_drawn(words), *_remembered(words)):
        kept = "/".join(str(step) for step in path if step not in ("say", "on", "scene"))
        yield kept, Tree(say, parsed(say)).realized(_SAMPLE.__getitem__, irregular)


def _found(words: LexiconFile) -> Iterator[tuple[Path, str]]:
    """Every fault, and where it is."""
    for name, many in words.predicates.items():
        yield from _twice(("predicates", name), [said.say for said in many])
        for number, said in enumerate(many):
            for fault in _faults(name, said.tree(True)):
                yield ("predicates", name, number, "say"), f"'{said.say}' {fault}"
    for side, own in words.sides.items():
        yield from _faults_of_names(side, own)
        yield from _faults_of_drawn(side, own)
    for path, say in _remembered(words):
        may = {*_ONESELF, "whom", "whom's", "of", "of's"}
        yield from ((path, fault) for fault in _faults_of_clause(say, may))
    for name, table in (("acts", words.acts), ("did", words.did)):
        for act, phrases in table.items():
            for number, phrase in enumerate(phrases):
                path = (name, act, number)
                yield from ((path, fault) for fault in _faults_of_clause(phrase, _ONESELF))
    yield from _faults_of_phrases(words)


def _twice(path: Path, says: Sequence[str]) -> Iterator[tuple[Path, str]]:
    """What stands in a list twice, where it stands once more."""
    for number, say in enumerate(says):
        if say in says[:number]:
            yield (*path, number), f"'{say}' stands there twice"


# ------------------------------------------------------------------ what is drawn


def _drawn(words: LexiconFile) -> Iterator[tuple[Path, str]]:
    """What somebody of any side may have behind him, or with a companion."""
    for name, side in words.sides.items():
        yield from _lives(name, side)
        yield from _shared(name, side)


def _lives(name: str, side: Side) -> Iterator[tuple[Path, str]]:
    for number, past in enumerate(side.past):
        path = ("sides", name, PAST_LIFE, number)
        yield (*path, "say"), past.say
        if past.back:
            yield (*path, BACK), past.back


def _shared(name: str, side: Side) -> Iterator[tuple[Path, str]]:
    for number, one in enumerate(side.companions):
        path = ("sides", name, "companions", number)
        yield (*path, "say"), one.say
        yield from (((*path, "on", pred), say) for pred, say in one.on.items())
        if one.back:
            yield (*path, BACK), one.back


def _remembered(words: LexiconFile) -> Iterator[tuple[Path, str]]:
    """Every sentence of every memory."""
    for name, memory in words.memories.items():
        for number, say in enumerate(memory.scene):
            yield ("memories", name, "scene", number), say


def _faults_of_names(name: str, side: Side) -> Iterator[tuple[Path, str]]:
    """What is wrong with the names that are drawn for those of a side."""
    yield from _twice(("sides", name, "men"), side.men)
    for number, one in enumerate(side.women):
        if one in side.men or one in side.women[:number]:
            yield ("sides", name, "women", number), f"'{one}' stands there twice"
    if side.companions and not (side.men or side.women):
        fault = "nobody of this side can be called by a name: write some under 'men'"
        yield ("sides", name, "companions"), fault


def _faults_of_drawn(name: str, side: Side) -> Iterator[tuple[Path, str]]:
    """What is wrong with what somebody of a side may have behind him, or with a companion."""
    seen: dict[str, Path] = {}
    for may, drawn in ((_ONESELF, _lives(name, side)),
                       ({*_ONESELF, "whom", "whom's"}, _shared(name, side))):  # fmt: skip
        for path, say in drawn:
            yield from ((path, fault) for fault in _faults_of_clause(say, may))
            before = seen.setdefault(say, path)
            if before != path and "say" in (before[-1], path[-1]):
                yield path, f"'{say}' stands there twice"
    for number, past in enumerate(side.past):
        path = ("sides", name, PAST_LIFE, number)
        if _is_told_as_now(past.say):
            now = f"'{past.say}' is told as what one does now"
            yield (*path, "say"), f"{now}: write it as what one had done: {{I}} [have] ..."
        yield from _twice((*path, "cue"), past.cue)
        for place, pred in enumerate(past.cue):
            if PREDICATES[pred].channel == FACT:
                so = f"'{pred}' was so before the first moment"
                fault = f"{so}, and brings nothing to mind: name what comes about"
                yield (*path, "cue", place), fault


def _is_told_as_now(say: str) -> bool:
    """Whether a clause of a life tells a deed of whoever has it, and not that it lies behind."""
    verb = next((part for part in parsed(say) if isinstance(part, Verb)), None)
    return verb is not None and verb.mine and verb.plain not in ("have", "be")


def _faults_of_clause(say: str, may: Set[str]) -> Iterator[str]:
    """What is wrong with a clause that may have some slots alone."""
    slots = {part.name for part in parsed(say) if isinstance(part, Slot)}
    if slots - may:
        yield f"'{say}' may speak of {{{'}, {'.join(sorted(may))}}} alone"
    if _SMALL.search(say):
        yield f"'{say}' begins a sentence with what has no capital: join it with ';'"


# ------------------------------------------------------------------ phrases


def _faults_of_phrases(words: LexiconFile) -> Iterator[tuple[Path, str]]:
    """Slots and verbs in phrases that are said as they are written."""
    for field in LexiconFile.model_fields:
        if field in ("irregular", "predicates", "instead", "acts", "did"):
            continue
        for path, phrase in _phrases((field,), getattr(words, field)):
            may = _may_be_in(path)
            strange = [mark[0] for mark in _MARKED.finditer(phrase) if mark[0] not in may]
            if strange:
                but = f" but {', '.join(may)}" if may else ""
                fault = f"nothing is put in the place of {strange[0]} here{but}: write it out"
                yield path, f"'{phrase}': {fault}"


def _phrases(path: Path, value: object) -> Iterator[tuple[Path, str]]:
    """Every phrase of a table that is no clause, and where it stands."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _phrases((*path, str(name)), inner)
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from _phrases((*path, number), inner)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in (PAST_LIFE, "companions", "scene"):
                yield from _phrases((*path, name), getattr(value, name))


def _may_be_in(path: Path) -> tuple[str, ...]:
    """The slots that are filled in a phrase."""
    if path[0] == "looks":
        return (f"{{{str(path[1]).partition('/')[0]}}}",)
    of_ones_own = path[0] == "sides" and path[2] in ("one", "another")
    of_people = path[0] in ("people", "handles") and path[1] != "leader"
    return ("{ours}", "{my}", "{me}") if of_ones_own or of_people else ()


# ------------------------------------------------------------------ trees


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
    if tree.say.endswith(_CLOSED):
        yield f"closes a sentence that is closed where it ends: leave out '{tree.say[-1]}'"
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
