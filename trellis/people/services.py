"""Making and matching people."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings

from trellis.accounts.models import User
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.core.bulk_insert import insert_rows
from trellis.people.models import Person, PossibleMatch
from trellis.people.queries import Named, people_alike, the_one


@dataclass(frozen=True)
class Matching:
    """Who everybody asked for turned out to be, and who of them is new; ``questions`` wait for somebody's answer."""

    people: dict[Named, Person]
    made: list[Person]
    questions: list[PossibleMatch]


def plain_postcode(postcode: str) -> str:
    """A postcode as it is stored: upper case, no space."""
    return "".join(postcode.split()).upper()


def record_person(*, given_name: str, family_name: str, date_of_birth: date, by: User | None, **details: Any) -> Person:
    """Make a person. ``details`` are further fields of Person."""
    named = Named(given_name, family_name, date_of_birth, plain_postcode(details.pop("postcode", "")))
    person = _new_person(named, by, details)
    _record([person])
    return person


def match_or_record_person(
    *, given_name: str, family_name: str, date_of_birth: date, postcode: str, by: User | None, **details: Any
) -> Person:
    """The one person with this exact name, birth date and postcode, else a new person.

    Somebody alike is never guessed to be the same: the new person is left for review beside each of them.
    """
    named = Named(given_name, family_name, date_of_birth, plain_postcode(postcode))
    return match_or_record_people({named: details}, by=by).people[named]


@dataclass(frozen=True)
class Introduction:
    """How somebody at the front door or the desk says who a young person is: one they ``chose`` among people
    alike, or a name with ``details``; ``anew`` when they said it is none of those alike."""

    named: Named
    details: Mapping[str, Any] = field(default_factory=dict)
    chosen: Person | None = None
    anew: bool = False


def person_introduced(introduction: Introduction, *, by: User | None, apart: Collection[UUID] = frozenset()) -> Person:
    """The person chosen; else a new record beside everybody alike, or the one exactly the same.

    ``apart``: people who are never the one, however alike.
    """
    if introduction.chosen:
        return introduction.chosen
    named, details = introduction.named, {**introduction.details, "authority": settings.AUTHORITY}
    if not introduction.anew:
        return match_or_record_people({named: details}, by=by, apart=apart).people[named]
    made = record_person(**named._asdict(), by=by, **details)
    others = [person for person in people_alike([named])[named] if person != made]
    insert_rows(_question(made, other) for other in others)
    return made


def match_or_record_people(
    asked: Mapping[Named, Mapping[str, Any]], *, by: User | None, apart: Collection[UUID] = frozenset()
) -> Matching:
    """Match or record everybody ``asked`` for, in that order, as ``match_or_record_person`` does one by one.

    ``asked`` maps each one to further fields of Person, used if the person is new. ``apart`` are never matched.
    """
    alike, made = people_alike(asked), _Newcomers()
    people: dict[Named, Person] = {}
    questions: list[PossibleMatch] = []
    for named, details in asked.items():
        others = alike[named] + made.alike(named)
        found = the_one(named, [person for person in others if person.id not in apart])
        if found is None:
            found = made.add(_new_person(named, by, details))
            questions += [_question(found, other) for other in others]
        people[named] = found
    _record(made.people)
    insert_rows(questions)
    return Matching(people, made.people, questions)


class _Newcomers:
    """People made so far, found by their birth date and the words their name begins with."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self._found: dict[tuple[date, str], list[Person]] = defaultdict(list)

    def add(self, person: Person) -> Person:
        self.people.append(person)
        words = person.search_key.split(" ")
        for count in range(1, len(words) + 1):
            self._found[person.date_of_birth, " ".join(words[:count])].append(person)
        return person

    def alike(self, named: Named) -> list[Person]:
        return self._found.get((named.date_of_birth, named.key), [])


def _new_person(named: Named, by: User | None, details: Mapping[str, Any]) -> Person:
    person = Person(**{"is_synthetic": settings.DEMONSTRATION, **details}, **named._asdict(), recorded_by=by)
    person.set_search_key()
    return person


def _record(people: list[Person]) -> None:
    insert_rows(people)
    for person in people:
        note(Action.WRITE, "person", object_id=person.id, children=[person.id])


def _question(made: Person, other: Person) -> PossibleMatch:
    return PossibleMatch(person=made, other=other, reason="Same name and birth date, another or no postcode")
