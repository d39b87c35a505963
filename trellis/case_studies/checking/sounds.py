"""How far apart two spellings are, and what a name sounds like."""

from __future__ import annotations

import re
from functools import cache

DEEPEST = 14
RULES = [
    (re.compile(pattern), by)
    for pattern, by in (
        (r"^(kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^ps", "s"),
        (r"^x", "s"),
        (r"^wh", "w"),
        (r"mb$", "m"),
        (r"sch", "sk"),
        (r"chr", "kr"),
        (r"ch", "x"),
        (r"sh", "x"),
        (r"(?<=[aeiou])gh", ""),
        (r"gh", "g"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"ck", "k"),
        (r"dg(?=[eiy])", "j"),
        (r"[sct]i(?=[ao])", "x"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"q", "k"),
        (r"g(?=[eiy])", "j"),
        (r"v", "f"),
        (r"z", "s"),
        (r"(?<=[a-z])x", "ks"),
        (r"(?<=[aeiou])[wh]", ""),
        (r"(?<=[a-z])h", ""),
        (r"^[aeiouy](?=[aeiouy]*)", "A"),
        (r"[aeiouy]", ""),
        (r"(.)\1+", r"\1"),
    )
]


@cache
def sound(word: str) -> str:
    """``keean`` and ``kian`` are both ``kn``, ``stephen`` and ``steven`` both ``stfn``."""
    for pattern, by in RULES:
        word = pattern.sub(by, word)
    return word


@cache
def shortened(word: str, cuts: int) -> frozenset[str]:
    """The word, and what is left of it when up to ``cuts`` letters are taken out."""
    made = {word}
    if cuts and len(word) <= DEEPEST:
        for at in range(len(word)):
            made |= shortened(word[:at] + word[at + 1 :], cuts - 1)
    return frozenset(made)


def distance(one: str, other: str, most: int = 2) -> int:
    """Letters added, left out, changed or swapped with their neighbour; ``most`` + 1 when there are more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, last[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return row[-1]


def allowed(length: int) -> int:
    """How many slips still make the same name: none in three letters, one in four to six, two in seven or more."""
    return 0 if length < 4 else 1 if length < 7 else 2
