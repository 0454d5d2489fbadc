"""English, as far as a telling needs it: verbs in their forms, numbers and spans as people say
them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

PAST, PERFECT, PLAIN, ING = "past", "perfect", "plain", "ing"
FORMS = (PAST, PERFECT, PLAIN, ING)

_ONES = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
         "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
         "nineteen")  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBERS = frozenset((*_ONES[1:], *_TENS[2:], "hundred", "thousand", "dozen", "once", "twice"))
"""Words that say how many."""

FURTHER = ("", "a second one", "a third")
"""One more of those just spoken of, by how many of them were."""

_VOWELS = "aeiou"
Irregular = Mapping[str, Sequence[str]]


def inflected(verb: str, form: str, irregular: Irregular, *, plural: bool = False) -> str:
    """A verb in a form: past ``came``, perfect ``had come``, plain ``come``, ing ``coming``.

    ``irregular``: past, participle and -ing by plain form. ``plural``: only ``be`` differs.
    """
    if form == PLAIN:
        return verb
    past, participle, ing = irregular.get(verb, (None, None, None))
    if form == ING:
        return ing or _ing(verb)
    if form == PERFECT:
        return f"had {participle or _past(verb)}"
    if verb == "be" and plural:
        return "were"
    return past or _past(verb)


def _doubles(verb: str) -> bool:
    """Whether the last letter is doubled: one syllable, vowel, consonant."""
    if len(verb) < 3 or verb[-1] in _VOWELS + "wxyh" or verb[-2] not in _VOWELS:
        return False
    return verb[-3] not in _VOWELS and sum(letter in _VOWELS for letter in verb) == 1


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ied"
    return verb + verb[-1] + "ed" if _doubles(verb) else verb + "ed"


def _ing(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith("ee"):
        return verb[:-1] + "ing"
    return verb + verb[-1] + "ing" if _doubles(verb) else verb + "ing"


# ------------------------------------------------------------------ numbers and spans


def number(count: int) -> str:
    """A number in words, up to thousands."""
    if count < 20:
        return _ONES[max(count, 0)]
    if count < 100:
        tens, ones = divmod(count, 10)
        return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    if count < 1000:
        hundreds, rest = divmod(count, 100)
        text = "a hundred" if hundreds == 1 else f"{_ONES[hundreds]} hundred"
        return text + (f" and {number(rest)}" if rest else "")
    thousands, rest = divmod(count, 1000)
    text = "a thousand" if thousands == 1 else f"{number(thousands)} thousand"
    return text + (f" and {number(rest)}" if rest else "")


def roughly(count: int) -> str:
    """A number as somebody would put it who had no time to count."""
    if count <= 1:
        return "one"
    if count <= 3:
        return "two or three"
    if count <= 5:
        return "four or five"
    if count <= 8:
        return "half a dozen"
    if count <= 15:
        return "a dozen"
    if count <= 25:
        return "a score"
    if count <= 80:
        return f"{_TENS[(count + 5) // 10 if count < 95 else 9]} or so"
    if count <= 140:
        return "a hundred"
    if count <= 900:
        return f"{_ONES[(count + 50) // 100]} hundred" if count >= 150 else "a hundred"
    return "a thousand" if count < 1500 else "thousands"


def times(count: int) -> str:
    """How often."""
    return {1: "once", 2: "twice"}.get(count, f"{number(count)} times")


def paces(metres: float) -> str:
    """A distance, as one judges it by eye."""
    if metres < 1.2:
        return "a pace"
    if metres < 12.0:
        return f"{number(max(round(metres / 0.75), 2))} paces"
    if metres < 90.0:
        return f"some {number(5 * round(metres / 3.75))} paces"
    return "a long bowshot"


def span(seconds: float) -> str:
    """A length of time, as one feels it."""
    if seconds < 3.0:
        return "a moment"
    if seconds < 8.0:
        return "a few breaths"
    if seconds < 20.0:
        return "a while"
    return "a long while"


def article(noun: str) -> str:
    """The noun with ``a`` or ``an``."""
    return f"{'an' if noun[:1].lower() in _VOWELS else 'a'} {noun}"


def possessive(noun: str) -> str:
    """Whose something is; of many, who end on s, with no second one: one of the men’s, guards’."""
    many = noun.endswith("s") and noun.rpartition(" ")[2].islower()
    return f"{noun}’" if many else f"{noun}’s"


def capital(text: str) -> str:
    """The text with its first letter, also behind a quotation mark, as a capital."""
    for place, letter in enumerate(text):
        if letter.isalpha():
            return text[:place] + letter.upper() + text[place + 1 :]
    return text


def definite(noun: str) -> str:
    """Somebody spoken of for the first time, as he is when he is spoken of again: somebody small,
    the small one; a stout man, the stout man.
    """
    if noun.startswith("somebody "):
        rest = noun.removeprefix("somebody ")
        return f"the {rest} one" if " " not in rest else f"the one {rest}"
    for small in ("a ", "an "):
        if noun.startswith(small):
            return f"the {noun.removeprefix(small)}"
    return noun
