"""Words that put blame on a child, found in a text with where they stand. Pure: the list is handed in.

Nothing inside quotation marks is looked at: what a child said stays as the child said it. A phrase with a negation
before it in the same part of a sentence ("she is not ...") is left alone, too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from trellis.wording.phrases import GAP, Token, forms_of, read_phrases
from trellis.wording.reading import tokens_of

MOST_BETWEEN = 4
NEGATIONS_REACH = 6
NEGATIONS = frozenset(("not", "never", "no", "nor", "neither", "nobody", "without"))
AFTER_NEGATION = frozenset(("longer", "only", "just", "doubt"))


@dataclass(frozen=True)
class Advice:
    """One entry of the list. ``words``: phrases as ``phrases.read_phrases`` takes them; ``unless``: words that make
    the sentence harmless."""

    code: str
    words: str
    wrong: str
    better: str
    unless: str = ""


@dataclass(frozen=True)
class Found:
    """Where in the text, from ``start`` up to ``end``, the list has something to say, and what stands there."""

    start: int
    end: int
    text: str
    advice: Advice


Phrase = tuple[frozenset[str], ...]


def nudges_in(text: str, advice: Iterable[Advice]) -> list[Found]:
    """What the list says about ``text``, in order; where phrases overlap, the longest."""
    found = _longest(_matches(text, tokens_of(text), _by_first_word(tuple(advice))))
    return sorted(found, key=lambda one: one.start)


def _longest(found: Iterable[Found]) -> Iterator[Found]:
    taken: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if all(one.end <= other.start or one.start >= other.end for other in taken):
            taken.append(one)
            yield one


def _matches(text: str, tokens: Sequence[Token], by_word: Mapping[str, list[tuple[Phrase, Advice]]]) -> Iterator[Found]:
    for place, token in enumerate(tokens):
        for phrase, advice in () if token.quoted else by_word.get(token.word, ()):
            last = _ends_at(phrase, tokens, place)
            if last is not None and not _negated(tokens, place) and not _harmless(tokens, token.sentence, advice):
                yield Found(token.start, tokens[last].end, text[token.start : tokens[last].end], advice)


@lru_cache(maxsize=8)
def _by_first_word(advice: tuple[Advice, ...]) -> dict[str, list[tuple[Phrase, Advice]]]:
    """Every phrase of the list under each form of its first word."""
    found: dict[str, list[tuple[Phrase, Advice]]] = {}
    for one in advice:
        for phrase in read_phrases(one.words):
            for word in phrase[0]:
                found.setdefault(word, []).append((phrase, one))
    return found


@lru_cache(maxsize=256)
def _forms(words: str) -> frozenset[str]:
    return frozenset(form for word in words.lower().replace(",", " ").split() for form in forms_of(word))


def _ends_at(phrase: Phrase, tokens: Sequence[Token], place: int) -> int | None:
    """The place of the last word when ``phrase`` begins at ``place``: all in one sentence, none of it quoted."""
    if tokens[place].quoted or tokens[place].word not in phrase[0]:
        return None
    rest = phrase[1:]
    if not rest:
        return place
    reach = MOST_BETWEEN if rest[0] is GAP else 0
    rest = rest[1:] if reach else rest
    for following in range(place + 1, min(place + 2 + reach, len(tokens))):
        if tokens[following].sentence != tokens[place].sentence:
            return None
        last = _ends_at(rest, tokens, following)
        if last is not None:
            return last
    return None


def _negated(tokens: Sequence[Token], place: int) -> bool:
    """Whether a negation stands shortly before, in the same part of the sentence."""
    for before in range(place - 1, max(place - 1 - NEGATIONS_REACH, -1), -1):
        if tokens[before].clause != tokens[place].clause:
            return False
        if tokens[before].word in NEGATIONS and tokens[before + 1].word not in AFTER_NEGATION:
            return True
    return False


def _harmless(tokens: Sequence[Token], sentence: int, advice: Advice) -> bool:
    harmless = _forms(advice.unless)
    return bool(harmless) and any(token.word in harmless for token in tokens if token.sentence == sentence)
