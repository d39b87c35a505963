"""What a user may read of a child's chronology, put right, and say the handling of."""

import uuid

from django.db.models import QuerySet

from trellis.accounts.access import Hidden, Refused, allowed, check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.cases.models import ChronologyEntry, RawText
from trellis.need_to_know.access import visible_to
from trellis.people.models import Person


def chronology_visible_to(user: User, person: Person) -> QuerySet[ChronologyEntry]:
    """What ``user`` may read of this child's chronology."""
    return visible_to(user, ChronologyEntry).filter(person=person)


def see_note(user: User, person: Person, entry_id: uuid.UUID) -> ChronologyEntry:
    """An entry that a worker of the user's own agency wrote about this child. Raises Hidden, Refused."""
    found = chronology_visible_to(user, person).select_related("agency").filter(id=entry_id).first()
    if found is None or not found.written_by_worker:
        raise Hidden("chronology entry", entry_id)
    check_can_correct(user, found)
    return found


def check_can_correct(user: User, entry: ChronologyEntry) -> None:
    """Raises Refused unless a worker of the user's own agency wrote the entry and their role writes in chronologies."""
    check_may(user, Permission.CHRONOLOGY_WRITE)
    if not entry.written_by_worker or entry.agency_id != user.agency_id:
        raise Refused("Only the agency that wrote an entry corrects it.", "chronology entry", entry.id)


def can_correct(user: User, entry: ChronologyEntry) -> bool:
    return allowed(check_can_correct, user, entry)


def see_own_entry(user: User, person: Person, entry_id: uuid.UUID) -> ChronologyEntry:
    """An entry of this child, with its agency, whose handling the user may change. Raises Hidden, Refused."""
    found = chronology_visible_to(user, person).select_related("agency").filter(id=entry_id).first()
    if found is None:
        raise Hidden("chronology entry", entry_id)
    check_can_recode(user, found)
    return found


def check_can_recode(user: User, entry: ChronologyEntry) -> None:
    """Raises Refused unless the user's own agency owns the entry and their role writes in chronologies."""
    check_may(user, Permission.CHRONOLOGY_WRITE)
    if entry.agency_id != user.agency_id:
        raise Refused("Only the agency that owns an entry says how it is handled.", "chronology entry", entry.id)


def can_recode(user: User, entry: ChronologyEntry) -> bool:
    return allowed(check_can_recode, user, entry)


def see_raw_text(user: User, person: Person, entry_id: uuid.UUID) -> RawText:
    """What the source said word for word, for the agency that owns the entry, and a mark of its own in the log.

    Raises Hidden, to anybody else too: that there is such a text is theirs alone.
    """
    asked = visible_to(user, RawText).filter(entry=entry_id, entry__person=person)
    found = asked.select_related("entry__agency", "entry__recorded_by").first()
    if found is None:
        raise Hidden("source's own words", entry_id)
    note(Action.READ, "source's own words", object_id=entry_id, children=[person.id])
    return found
