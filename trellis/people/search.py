"""Finding people by what somebody remembers: parts of a name in any order, nearly spelt, or a date of birth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection
from django.db.models import QuerySet, Value
from django.db.models.fields import FloatField

from trellis.core.typed_days import Unreadable, read_day
from trellis.people.models import Alias, Person
from trellis.people.names import search_key

DAY = re.compile(r"\b(\d{1,2})[\s/.-]+(\d{1,2}|[a-z]{3,9})[\s/.-]+(\d{4})\b", re.IGNORECASE)
ISO_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
NHS_NUMBER = re.compile(r"(\d{3})[\s-]?(\d{3})[\s-]?(\d{4})")
REFERENCE = re.compile(r"(?=\S*\d)[a-z][\w/.-]*", re.IGNORECASE)
MOST_WORDS = 8
# How near a word has to be to one of a name's, as pg_trgm measures it: "amria" finds "amira".
NEAR = 0.3


@dataclass(frozen=True)
class Asked:
    """One search, read: words of a name, a date of birth, an NHS number or a reference."""

    words: tuple[str, ...] = ()
    born: date | None = None
    nhs_number: str = ""
    reference: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.born or self.nhs_number or self.reference)


def read(typed: str) -> Asked:
    """What was typed into the one box, in any order."""
    text = " ".join(typed.replace("\0", " ").split())
    if number := NHS_NUMBER.fullmatch(text):
        return Asked(nhs_number="".join(number.groups()))
    if REFERENCE.fullmatch(text):
        return Asked(reference=text)
    born, rest = day_in(text)
    return Asked(words=tuple(search_key(rest).split()[:MOST_WORDS]), born=born)


def day_in(text: str) -> tuple[date | None, str]:
    """The first real day in ``text``, and the text without it."""
    for pattern, order in ((ISO_DAY, (3, 2, 1)), (DAY, (1, 2, 3))):
        if found := pattern.search(text):
            try:
                day = read_day([found[place] for place in order], "Date")
            except Unreadable:
                continue
            return day, f"{text[: found.start()]} {text[found.end() :]}"
    return None, text


def spelt_so(people: QuerySet[Person], asked: Asked) -> QuerySet[Person]:
    """Those of ``people`` whose names or aliases hold every word asked for; the nearest first."""
    for word in asked.words:
        people = people.filter(id__in=_with_word(people, word, "contains"))
    return _nearest_first(people, asked)


def spelt_nearly(people: QuerySet[Person], asked: Asked) -> QuerySet[Person]:
    """Those of ``people`` with names near to the words asked for, taken together. Call it inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(NEAR)])
    first, *others = (_with_word(people, word, "trigram_word_similar") for word in asked.words)
    return _nearest_first(people.filter(id__in=first.union(*others)), asked, NEAR * len(asked.words))


def _with_word(people: QuerySet[Person], word: str, lookup: str) -> QuerySet[Any, Any]:
    """Ids of those of ``people`` of whom a name or an alias answers to ``word``.

    The names of those whom the user may see are read, and no index over all names: row-level security asks who may see
    a row before anything else, which no such index survives.
    """
    condition: dict[str, Any] = {f"search_key__{lookup}": word}
    named, ids = people.filter(**condition).order_by().values("id"), people.order_by().values("id")
    return named.union(Alias.objects.filter(**condition, person__in=ids).order_by().values("person_id"))


def _nearest_first(people: QuerySet[Person], asked: Asked, at_least: float = 0.0) -> QuerySet[Person]:
    if asked.born:
        people = people.filter(date_of_birth=asked.born)
    nearness = (TrigramWordSimilarity(word, "search_key") for word in asked.words)
    total = reduce(add, nearness, Value(0.0, output_field=FloatField()))
    near = people.annotate(nearness=total).filter(nearness__gte=at_least)
    return near.order_by("-nearness", "search_key", "id")
