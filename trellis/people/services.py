"""Making and matching people."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from trellis.accounts.models import User
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.people.models import Person, PossibleMatch
from trellis.people.names import search_key


def plain_postcode(postcode: str) -> str:
    """A postcode as it is stored: upper case, no space."""
    return "".join(postcode.split()).upper()


def people_named(given_name: str, family_name: str, date_of_birth: date) -> QuerySet[Person]:
    """People with this birth date whose name is the same but for case, accents, hyphens and apostrophes."""
    return Person.objects.filter(
        date_of_birth=date_of_birth, search_key__startswith=search_key(given_name, family_name)
    )


def record_person(*, given_name: str, family_name: str, date_of_birth: date, by: User | None, **details: Any) -> Person:
    """Make a person. ``details`` are further fields of Person."""
    details["postcode"] = plain_postcode(details.get("postcode", ""))
    person = Person.objects.create(
        given_name=given_name, family_name=family_name, date_of_birth=date_of_birth, recorded_by=by, **details
    )
    note(Action.WRITE, "person", object_id=person.id, children=[person.id])
    return person


def match_or_record_person(
    *, given_name: str, family_name: str, date_of_birth: date, postcode: str, by: User | None, **details: Any
) -> Person:
    """The one person with this exact name, birth date and postcode, else a new person.

    Somebody alike is never guessed to be the same: the new person is left for review beside each of them.
    """
    alike = list(people_named(given_name, family_name, date_of_birth))
    same = [
        person
        for person in alike
        if (person.given_name, person.family_name) == (given_name, family_name)
        and person.postcode == plain_postcode(postcode) != ""
    ]
    if len(same) == 1:
        return same[0]
    made = record_person(
        given_name=given_name,
        family_name=family_name,
        date_of_birth=date_of_birth,
        postcode=postcode,
        by=by,
        **details,
    )
    PossibleMatch.objects.bulk_create(
        PossibleMatch(person=made, other=other, reason="Same name and birth date, another or no postcode")
        for other in alike
    )
    return made
