"""What the name of a measure and its breakdown say: a share of whom, by what, and which category."""

import re
from dataclasses import dataclass
from functools import lru_cache

from trellis.measures.checks.vocabulary import Words, vocabulary, words

_DIGIT = re.compile(r"[0-9]")
_SHARE = re.compile(
    r"^(?:the )?(?:(?:share|percentage|percent|per cent|proportion)\b|%)\s*(of\b)?\s*(.*)$", re.IGNORECASE | re.DOTALL
)
_TURN = re.compile(
    r"\b(?:who|with|within|in|aged|that|where|which|whose|having|under|at|on|for|were|was|is|are|reported|offered)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"([0-9]{1,2})\s*(?:-|\u2013|\u2014|/|to|or|and)\s*([0-9]{1,2})")
_BELOW = re.compile(r"\b(?:under|below|younger than|less than)\s+([0-9]{1,2})")
_UP_TO = re.compile(r"\bup to\s+([0-9]{1,2})|([0-9]{1,2})\s*(?:and|or)\s+(?:under|younger|below)")
_FROM = re.compile(r"([0-9]{1,2})\s*(?:\+|plus|(?:and|or|years and|years or)\s+(?:over|older|above))")
_ABOVE = re.compile(r"\b(?:over|older than|above)\s+([0-9]{1,2})")
_ONE = re.compile(r"(?:aged?\s+)?([0-9]{1,2})(?:\s+years?(?:\s+olds?)?)?")
YOUNGEST, OLDEST = 0, 120
MOST_REMEMBERED = 65536


@dataclass(frozen=True, slots=True)
class Meaning:
    """The wording of one row. `subject` is the measure without "share of" and without "by ...".

    `of` says that the share names whom it is of; `head` is that name as far as grammar shows it.
    """

    subject: Words
    head: Words
    of: bool
    is_share: bool
    by: Words
    category: Words
    ages: tuple[int, int] | None
    is_everyone: bool


@lru_cache(maxsize=MOST_REMEMBERED)
def meaning_of(measure: str, breakdown: str, in_percent: bool) -> Meaning:
    is_everyone = " ".join(breakdown.casefold().split()) in vocabulary().whole
    text, of, is_share = measure, False, False
    match = _SHARE.match(measure.strip()) if in_percent else None
    if match:
        of, text, is_share = bool(match.group(1)), match.group(2), True
    by: Words = ()
    before, found, phrase = text.rpartition(" by ") if not text.startswith("by ") else ("", "by", text[3:])
    if found and not is_everyone:
        text, by = before, words(phrase)
    return Meaning(
        subject=words(text),
        head=words(_TURN.split(text, maxsplit=1)[0]) if of else (),
        of=of,
        is_share=is_share,
        by=by,
        category=category_words(breakdown),
        ages=age_band(breakdown),
        is_everyone=is_everyone,
    )


def category_words(text: str) -> Words:
    """The words of a category; "Child sexual exploitation (CSE)" is read as whichever half is known."""
    whole = words(text)
    outside, bracket, inside = text.partition("(")
    if not bracket or vocabulary().families_of(whole):
        return whole
    halves = (words(outside), words(inside.replace(")", "")))
    return next((half for half in halves if vocabulary().families_of(half)), whole)


def age_band(text: str) -> tuple[int, int] | None:
    """First and last whole year of age that `text` names: "15 or 16 years" is (15, 16), "under 10" is (0, 9)."""
    plain = text.casefold().strip()[:60]
    if not _DIGIT.search(plain):
        return None
    if between := _BETWEEN.search(plain):
        return int(between.group(1)), int(between.group(2))
    if below := _BELOW.search(plain):
        return YOUNGEST, int(below.group(1)) - 1
    if up_to := _UP_TO.search(plain):
        return YOUNGEST, int(up_to.group(1) or up_to.group(2))
    if over := _FROM.search(plain):
        return int(over.group(1)), OLDEST
    if above := _ABOVE.search(plain):
        return int(above.group(1)) + 1, OLDEST
    one = _ONE.fullmatch(plain)
    return (int(one.group(1)), int(one.group(1))) if one else None
