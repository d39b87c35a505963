"""Finding people by who a sender says they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import connection

from trellis.core.row_context import Duty, duty
from trellis.people.models import Person
from trellis.people.names import search_key

# Asked name and birth date beside each person whose name begins with the very same words.
ALIKE = """
    SELECT asked.place, person.id
    FROM unnest(%s::text[], %s::date[]) WITH ORDINALITY AS asked (key, born, place)
    JOIN people_person person ON person.date_of_birth = asked.born
        AND (person.search_key = asked.key OR starts_with(person.search_key, asked.key || ' '))
    ORDER BY asked.place, person.recorded_at, person.id
"""


class Named(NamedTuple):
    """Who a sender says somebody is; ``postcode`` is upper case without a space, or empty."""

    given_name: str
    family_name: str
    date_of_birth: date
    postcode: str

    @classmethod
    def of(cls, person: Person) -> Named:
        return cls(person.given_name, person.family_name, person.date_of_birth, person.postcode)

    @property
    def key(self) -> str:
        return search_key(self.given_name, self.family_name)

    def is_exactly(self, person: Person) -> bool:
        """The same name, birth date and postcode, letter for letter; no postcode is never the same."""
        return self.postcode != "" and self == Named.of(person)


def people_alike(asked: Iterable[Named]) -> dict[Named, list[Person]]:
    """For each one asked for, the people born that day whose name is the same but for case, accents, hyphens
    and apostrophes; oldest record first. One query however many are asked for."""
    wanted = list(dict.fromkeys(asked))
    with connection.cursor() as cursor:
        cursor.execute(ALIKE, [[named.key for named in wanted], [named.date_of_birth for named in wanted]])
        pairs = cursor.fetchall()
    people = Person.objects.in_bulk({person for _, person in pairs})
    found: dict[Named, list[Person]] = {named: [] for named in wanted}
    for place, person in pairs:
        found[wanted[place - 1]].append(people[person])
    return found


def the_one(named: Named, alike: Iterable[Person]) -> Person | None:
    """The only person who is exactly the one named; None when there is nobody, or more than one."""
    same = [person for person in alike if named.is_exactly(person)]
    return same[0] if len(same) == 1 else None


def exact_matches(asked: Iterable[Named]) -> dict[Named, Person]:
    """Those asked for who are exactly one known person."""
    found = {named: the_one(named, alike) for named, alike in people_alike(asked).items()}
    return {named: person for named, person in found.items() if person}


def anybody_is_real() -> bool:
    """Whether the database holds one person who is not invented; asked of every row, whoever asks."""
    with duty(Duty.CHECK):
        return Person.objects.filter(is_synthetic=False).exists()
