"""Whom somebody at the front door or the desk means, when a record may be kept from them."""

from collections.abc import Collection
from uuid import UUID

from trellis.accounts.models import User
from trellis.cases.notices import tell, those_who_answer_for
from trellis.need_to_know.access import kept_from
from trellis.people.models import Person
from trellis.people.queries import people_alike
from trellis.people.services import Introduction, person_introduced

WORDS = "A report or a referral may be about them: somebody of the same name and birth date was recorded. Look for it."


def person_told_of(who: Introduction, *, by: User | None) -> Person:
    """The person introduced, found or recorded. Asked on duty.

    Whom the teller is kept from, by a seal or an exclusion, is not found: a new record is made beside them, exactly as
    it would be if they were not there, and those who answer for the hidden one are told to look.
    """
    alike = [] if who.chosen else people_alike([who.named])[who.named]
    apart = kept_from(by, [person.id for person in alike])
    found = person_introduced(who, by=by, apart=apart)
    _tell_of(alike, apart)
    return found


def _tell_of(alike: Collection[Person], apart: Collection[UUID]) -> None:
    for person in alike:
        if person.id in apart:
            tell(to=those_who_answer_for(person), person=person, kind="record.alike", words=WORDS)
