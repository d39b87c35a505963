"""Opening a record in an emergency, giving it back, and reviewing it: each with what is written and told at once."""

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import attempt, note
from trellis.cases.models import Significance
from trellis.cases.notices import managers_of, tell, those_who_answer_for
from trellis.cases.services import add_chronology_entry
from trellis.core.clocks import add_working_days, now, today
from trellis.core.protection import Part
from trellis.core.reference_data import bank_holidays, labels, limit
from trellis.core.row_context import Duty, duty
from trellis.need_to_know.access import can_see_person
from trellis.need_to_know.services import end_sight, grant_sight
from trellis.people.models import Person
from trellis.sharing.emergency.access import WHAT, check_can_review
from trellis.sharing.emergency.models import EmergencyOpening, EmergencyReview, Outcome
from trellis.sharing.emergency.queries import CATEGORY, Asked, the_one_who_opens

OPENED = "emergency.opened"
SHORTEST_REASON = 20


class NobodyFound(ValueError):
    """Nobody who can be opened this way: why not is told to nobody."""


class OpenAlready(ValueError):
    """The user sees this child already; nothing was opened."""

    def __init__(self, person: Person) -> None:
        super().__init__("open already")
        self.person = person


class ReasonTooShort(ValueError):
    """A reason of fewer than twenty characters says nothing."""


class ReviewedAlready(ValueError):
    """Another reviewer was first."""


def open_in_emergency(*, asked: Asked, category: str, reason: str, by: User, key: UUID) -> EmergencyOpening:
    """Open the record of exactly the one asked for, for the hours of the limit ``sight.emergency``.

    Raises NobodyFound, OpenAlready, ReasonTooShort, Refused without BREAK_GLASS. One form (``key``) opens once.
    """
    check_may(by, Permission.BREAK_GLASS)
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonTooShort
    with duty(Duty.EMERGENCY):
        person = the_one_who_opens(asked, by)
        if person is None:
            note(Action.REFUSE, WHAT, why=category)
            raise NobodyFound
        already = EmergencyOpening.objects.filter(id=key, opened_by=by, person=person).first()
        if already:
            return already
        if can_see_person(by, person.id, Part.RECORD):
            raise OpenAlready(person)
        try:
            with attempt():
                return _open(person, category, reason.strip(), by, key)
        except IntegrityError:
            return EmergencyOpening.objects.get(id=key, opened_by=by)


def _open(person: Person, category: str, reason: str, by: User, key: UUID) -> EmergencyOpening:
    moment, day = now(), today()
    made = EmergencyOpening.objects.create(
        id=key,
        person=person,
        category=category,
        reason=reason,
        opened_at=moment,
        opened_by=by,
        ends_at=moment + timedelta(hours=limit("sight.emergency", day)),
        review_due_on=add_working_days(day, limit("sight.emergency_review", day), bank_holidays()),
    )
    words = labels(CATEGORY)[category]
    grant = grant_sight(
        person=person,
        user=by,
        parts=[Part.EMERGENCY],
        reason=f"Emergency: {words}",
        by=by,
        source=made.id,
        ends_at=made.ends_at,
    )
    add_chronology_entry(
        person=person,
        happened_at=moment,
        kind=OPENED,
        title="Record opened in an emergency",
        body=words,
        significance=Significance.NOTABLE,
        by=by,
        subject=made.id,
    )
    tell(
        to=[user for user in those_who_answer_for(person) if user != by],
        person=person,
        kind=OPENED,
        words=f"{by.name}, {by.agency}, opened the record in an emergency. Ask how they are and what happened.",
    )
    note(Action.WRITE, WHAT, object_id=made.id, children=[person.id], grants=[grant.id], why=category)
    return made


@transaction.atomic
def hand_back(*, opening: EmergencyOpening, by: User) -> None:
    """The worker needs the record no longer: their sight ends now. It is reviewed all the same."""
    with duty(Duty.EMERGENCY):
        held = EmergencyOpening.objects.select_for_update().get(id=opening.id, opened_by=by)
        if held.is_open:
            held.handed_back_at = now()
            held.save(update_fields=["handed_back_at"])
            note(Action.WRITE, WHAT, object_id=held.id, children=[held.person_id])
            end_sight(source=held.id)


@transaction.atomic
def review_opening(*, opening: EmergencyOpening, outcome: str, reason: str, by: User) -> EmergencyReview:
    """Say whether the opening was justified, and why. One that was not ends now; managers are told.

    Raises Refused (one's own, or no reviewer), ReviewedAlready.
    """
    check_can_review(by, opening)
    try:
        with duty(Duty.REVIEW), attempt():
            made = EmergencyReview.objects.create(
                opening=opening, outcome=outcome, reason=reason, reviewed_at=now(), reviewed_by=by
            )
            note(Action.WRITE, "emergency review", object_id=made.id, children=[opening.person_id], why=outcome)
            if outcome == Outcome.NOT_JUSTIFIED:
                _undo(opening, by)
    except IntegrityError:
        raise ReviewedAlready from None
    return made


def _undo(opening: EmergencyOpening, by: User) -> None:
    tell(
        to=[user for user in managers_of(opening.person) if user not in (by, opening.opened_by)],
        person=opening.person,
        kind="emergency.not_justified",
        words=f"That {opening.opened_by.name} opened the record in an emergency was found not justified. "
        "Speak with them.",
    )
    if opening.is_open:
        end_sight(source=opening.id)
