"""How a phrase of the list is written, and the forms its words take. Pure.

A phrase is words: each is found in all its forms ("put" finds "puts" and "putting"), hyphen or none. ``one/other`` is
either, ``...`` leaves up to four words between, ``[self]`` is himself, herself and so on, ``[who]`` he, she, they, a
child or a parent, ``[18+]`` a number from 18 on. ``;`` stands between phrases.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

GAP: frozenset[str] = frozenset(("...",))
GROUPS = {
    "[self]": "himself herself themselves themself yourself ourselves myself",
    "[who]": "he she they child children girl boy person people teenager mother mum father dad parent parents",
    "[18+]": " ".join(map(str, range(18, 100))),
}
IRREGULAR = {
    "be": "is are was were been being am",
    "bring": "brought",
    "choose": "chose chosen",
    "do": "did done does",
    "get": "got gotten",
    "give": "gave given",
    "go": "went gone goes",
    "have": "has had having",
    "hang": "hung",
    "keep": "kept",
    "know": "knew known",
    "lead": "led",
    "leave": "left",
    "lie": "lying",
    "make": "made",
    "man": "men",
    "meet": "met",
    "run": "ran running",
    "seek": "sought",
    "sell": "sold",
    "send": "sent",
    "sleep": "slept",
    "spend": "spent",
    "tell": "told",
    "woman": "women",
}
VOWELS = "aeiou"
HISSING = ("s", "x", "z", "ch", "sh")


@dataclass(frozen=True)
class Token:
    """A word of a text, in small letters, with where it stands."""

    word: str
    start: int
    end: int
    sentence: int
    clause: int
    quoted: bool


class Unreadable(ValueError):
    """A phrase that cannot be looked for. The message says why."""


def read_phrases(words: str) -> Iterator[tuple[frozenset[str], ...]]:
    """Each phrase as sets of forms, one for each place. Raises Unreadable."""
    for phrase in filter(None, (part.strip() for part in words.lower().split(";"))):
        parts = phrase.replace("-", " ").split()
        if parts[0] == "..." or parts[-1] == "...":
            raise Unreadable(f"“{phrase}”: ... stands between two words, not at an end")
        if any(first == second == "..." for first, second in pairwise(parts)):
            raise Unreadable(f"“{phrase}”: ... stands once between two words")
        yield tuple(GAP if part == "..." else _place(part, phrase) for part in parts)


def _place(part: str, phrase: str) -> frozenset[str]:
    forms: set[str] = set()
    for word in part.split("/"):
        if word in GROUPS:
            forms |= set(GROUPS[word].split())
        elif word and all(letter.isalnum() or letter == "'" for letter in word):
            forms |= forms_of(word)
        else:
            raise Unreadable(f"“{phrase}”: “{part}” is no word, no choice of words and none of {', '.join(GROUPS)}")
    return frozenset(forms)


def forms_of(word: str) -> frozenset[str]:
    """The word as it may stand in a sentence: with s, ed, ing, and what is irregular."""
    forms = {word, *IRREGULAR.get(word, "").split()}
    if len(word) < 3 or not word.isalpha():
        return frozenset(forms)
    if word.endswith(HISSING):
        forms.add(f"{word}es")
    elif word.endswith("y") and word[-2] not in VOWELS:
        forms |= {f"{word[:-1]}ies", f"{word[:-1]}ied"}
    else:
        forms.add(f"{word}s")
    stem = word[:-1] if word.endswith("e") and not word.endswith("ee") else word
    forms |= {f"{stem}ed", f"{stem}ing"}
    if word[-1] not in f"{VOWELS}wxy" and word[-2] in VOWELS and word[-3] not in VOWELS:
        forms |= {f"{word}{word[-1]}ed", f"{word}{word[-1]}ing"}
    return frozenset(forms)
