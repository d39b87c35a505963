"""A first responder refers a young person, or notifies where an adult does not agree to a referral."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from trellis.accounts.models import Agency, User
from trellis.audit_log.trail import attempt
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import age_on, london_date, now
from trellis.core.presenters import day as in_words
from trellis.core.reference_data import due_on, limit
from trellis.nrm.access import check_can_record
from trellis.nrm.lifecycle import DUE, NOTIFIED, REFERRED
from trellis.nrm.models import NrmReferral, NrmReferralMove, NrmStatement
from trellis.nrm.queries import routes_on
from trellis.nrm.services.saving import NotOpen, note_saved, say, tell
from trellis.people.models import Person

Consent = NrmReferral.Consent
CONSENT_AGE = "nrm.consent"


@transaction.atomic
def refer_to_nrm(
    *,
    person: Person,
    agency: Agency,
    first_responder: str,
    types: Collection[str],
    submitted_at: datetime,
    body: str,
    by: User,
    consent: str = Consent.NOT_NEEDED,
    consented_on: date | None = None,
    county_lines: str = "not_known",
    happened_where: str = "not_known",
    reference: str = "",
    told: str = "",
    key: UUID | None = None,
) -> NrmReferral:
    """A referral sent to ``body`` at ``submitted_at`` (aware) by ``first_responder`` of ``agency``, with what was
    ``told``. An adult who does not agree (``consent`` is duty) is not referred: it is recorded that the duty to notify
    was met, and no decision is waited for. The same form sent again gives back the row it made.

    Raises Refused; NotOpen for a body that does not decide on that day, for consent that does not fit the age, while
    another referral waits, and for a day before birth.
    """
    check_can_record(by, person.id)
    on = london_date(submitted_at)
    consent = consent_that_fits(person, on, consent, consented_on)
    duty_met = consent == Consent.DUTY
    if not duty_met:
        check_open(person, body, on)
    referral = NrmReferral(
        person=person,
        status=NOTIFIED if duty_met else REFERRED,
        agency=agency,
        first_responder=first_responder,
        consent=consent,
        consented_on=consented_on if consent == Consent.GIVEN else None,
        types=sorted(types),
        county_lines=county_lines,
        happened_where=happened_where,
        submitted_at=submitted_at,
        reference=reference,
        body="" if duty_met else body,
        clock="" if duty_met else DUE,
        clock_on=None if duty_met else due_on(f"nrm.reasonable_grounds.{body}", on),
        form_key=key,
        recorded_by=by,
    )
    return _added(referral, told, on, by)


def _added(referral: NrmReferral, told: str, on: date, by: User) -> NrmReferral:
    try:
        with attempt():
            insert_rows([referral])
            insert_rows(
                [NrmReferralMove(referral=referral, new=referral.status, moved_at=now(), moved_by=by)],
            )
            note_saved(referral.id, referral.person_id)
    except IntegrityError:
        key = referral.form_key
        already = NrmReferral.objects.filter(form_key=key, recorded_by=by).first() if key else None
        if already:
            return already
        raise NotOpen("A referral already waits for its decision: add to that one") from None
    if told:
        say(referral, NrmStatement.Kind.TOLD, told, on, by)
    notified = referral.status == NOTIFIED
    title = "The Home Office was notified without a referral" if notified else "Referred to the NRM"
    responder = f"First responder: {referral.first_responder}, {referral.agency}"
    tell(referral, "nrm.referred", title, referral.submitted_at, by, responder)
    return referral


def consent_that_fits(person: Person, on: date, consent: str, consented_on: date | None) -> str:
    """What is recorded of consent on a day: below the age from which it is asked it is not needed. Raises NotOpen."""
    if on < person.date_of_birth:
        raise NotOpen("The day of the referral lies before the young person was born")
    from_age = limit(CONSENT_AGE, on)
    if age_on(person.date_of_birth, on) < from_age:
        return Consent.NOT_NEEDED
    if consent == Consent.NOT_NEEDED:
        raise NotOpen(
            f"On {in_words(on)} they were {from_age} or over: say whether they agreed, or that the duty was met"
        )
    if consent == Consent.GIVEN and (consented_on is None or consented_on > on):
        raise NotOpen("Say on which day they agreed: on the day of the referral or before it")
    return consent


def check_open(person: Person, body: str, on: date) -> None:
    """Raises NotOpen, with the reason, for a body to which no referral goes on this day."""
    for route in routes_on(person, on):
        if route.body == body and not route.open:
            raise NotOpen(f"{route.label}, on {in_words(on)}: {route.why}")
