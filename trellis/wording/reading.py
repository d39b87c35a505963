"""A text as words: which sentence and part of a sentence each stands in, and whether it is quoted. Pure."""

import re
from collections.abc import Iterator

from trellis.wording.phrases import Token

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
ENDS_SENTENCE = re.compile(r"[.!?]+(?=\s|$)|[.!?]+[\"”’')]|\n\s*\n|\n\s*[-*•]")
ENDS_CLAUSE = re.compile(r"[,;:()–—]")
BREAKS_CLAUSE = frozenset(
    [
        "and",
        "but",
        "because",
        "as",
        "when",
        "while",
        "since",
        "after",
        "before",
        "so",
        "although",
        "though",
        "if",
        "who",
        "which",
        "then",
    ]
)
CONTRACTED = {"won't": "will not", "can't": "can not", "cannot": "can not", "shan't": "shall not"}
ENDINGS = {"n't": " not", "'re": " are", "'ve": " have", "'ll": " will", "'m": " am"}
PRONOUNS = frozenset(("he", "she", "it", "that", "there", "who", "what"))
DOUBLE = {"“": "”", "«": "»", "„": "“"}


def tokens_of(text: str) -> list[Token]:
    """Every word. A contraction gives its two words at the same place: "won't" is "will", "not"."""
    quoted = quoted_spans(text)
    made: list[Token] = []
    sentence = clause = end = 0
    for match in WORD.finditer(text):
        between = text[end : match.start()]
        sentence += bool(ENDS_SENTENCE.search(between + (" " if match.start() else "")))
        clause += bool(ENDS_SENTENCE.search(between) or ENDS_CLAUSE.search(between))
        end = match.end()
        inside = any(start <= match.start() < stop for start, stop in quoted)
        for word in _words(match.group().lower().replace("’", "'")):
            clause += word in BREAKS_CLAUSE
            made.append(Token(word, match.start(), end, sentence, clause, inside))
    return made


def _words(word: str) -> list[str]:
    if word in CONTRACTED:
        return CONTRACTED[word].split()
    for ending, meant in ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return f"{word.removesuffix(ending)}{meant}".split()
    if word.endswith("'s"):
        bare = word.removesuffix("'s")
        return [bare, "is"] if bare in PRONOUNS else [bare]
    return [word]


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """From where to where the text quotes. A quotation left open goes on to the end of its paragraph."""
    spans: list[tuple[int, int]] = []
    place = 0
    while place < len(text):
        end = _closes_at(text, place)
        if end is not None:
            spans.append((place, end))
            place = end
        place += 1
    return spans


def _closes_at(text: str, place: int) -> int | None:
    """Where the quotation that opens at ``place`` closes; None when nothing opens there."""
    mark = text[place]
    if mark in DOUBLE:
        return _first(text, place + 1, DOUBLE[mark], before=mark)
    if mark == '"' and _may_open(text, place):
        return _first(text, place + 1, '"', before="")
    if mark in "'‘" and _may_open(text, place):
        return _closes_single(text, place, "'" if mark == "'" else "’")
    return None


def _may_open(text: str, place: int) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return (not before or before.isspace() or before in "([{:,-–—/“‘\"'") and bool(after) and not after.isspace()


def _first(text: str, start: int, closing: str, before: str) -> int:
    """The first closing mark; a second opening one in another paragraph says that the first was left open."""
    paragraph = text.find("\n", start)
    paragraph = len(text) if paragraph < 0 else paragraph
    for place in range(start, len(text)):
        if text[place] == closing and not (closing == '"' and place > paragraph and _may_open(text, place)):
            return place
        if place > paragraph and text[place] in (before, closing):
            return paragraph
    return paragraph


def _closes_single(text: str, place: int, closing: str) -> int | None:
    """A single mark closes at the end of a word. After an s it may be a possessive, so a clearer one comes first."""
    candidates = list(_single_closings(text, place + 1, closing))
    clear = [end for end in candidates if text[end - 1].lower() != "s" or not _goes_on(text, end)]
    return next(iter(clear or candidates), None)


def _single_closings(text: str, start: int, closing: str) -> Iterator[int]:
    for place in range(start, len(text)):
        if text[place] == "\n":
            return
        after = text[place + 1 : place + 2]
        if text[place] == closing and not text[place - 1].isspace() and not after.isalnum():
            yield place


def _goes_on(text: str, place: int) -> bool:
    return bool(re.match(r"\s[a-z]", text[place + 1 : place + 3]))
