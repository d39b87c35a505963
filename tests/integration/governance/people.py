"""Who reviews, what they review, and what stands in the log about it."""

import re
from datetime import datetime, time, timedelta

from tests.factories import accounts
from tests.factories.prepared import prepared
from tests.support.context import SEES_ALL
from trellis.audit_log.models import Action, AuditEvent
from trellis.audit_log.trail import recorded
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import LONDON, is_working_day, now, today
from trellis.core.ids import new_id
from trellis.core.reference_data import bank_holidays
from trellis.core.row_context import asked_by
from trellis.need_to_know.access import see_person
from trellis.need_to_know.models import Grant, Seal, SealHolder

CANARY = "Xanthippe"


def auditor(**fields):
    return accounts.member("analysis", "auditor", **fields)


def administrator(**fields):
    return accounts.member("analysis", "administrator", **fields)


NOT_REVIEWERS = [
    accounts.hub_worker,
    accounts.missing_worker,
    accounts.analyst,
    accounts.remote_partner,
    accounts.leaver,
    administrator,
]


def given(person, days_ago=1, **fields):
    """A grant given so many days ago."""
    fields = {"reason": "Asked for by the panel", "starts_at": now() - timedelta(days=days_ago), **fields}
    with asked_by(SEES_ALL):
        return Grant.objects.create(person=person, **fields)


def sealed(person, *holders):
    with asked_by(SEES_ALL):
        seal = Seal.objects.create(person=person, reason="Threat to life", sealed_at=now())
        for holder in holders:
            SealHolder.objects.create(seal=seal, user=holder)
    return seal


def happened(actor, *children, at=None, action=Action.READ, what="overview", times=1, **fields):
    """Events in the log, each of a request of its own."""
    if action == Action.READ and len(children) == 1:
        fields.setdefault("object_id", children[0].id)
    events = [
        AuditEvent(
            actor=actor,
            agency=actor.agency.code if actor else "",
            action=action,
            what=what,
            children=[child.id for child in children],
            at=(at or now()) + timedelta(seconds=number),
            request_id=new_id(),
            **fields,
        )
        for number in range(times)
    ]
    with prepared():
        insert_rows(events)
    return events


def opens(user, person):
    """They open the record as the page does, through their grants."""
    with recorded(user):
        see_person(user, person.id, "overview")


def text_of(response):
    """A page as it was sent, but for the token that each form has of its own."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def hour(hour, working_days_ago=1):
    """That hour of a working day in London, as many working days ago."""
    day, holidays = today(), bank_holidays()
    while working_days_ago:
        day -= timedelta(days=1)
        working_days_ago -= is_working_day(day, holidays)
    return datetime.combine(day, time(hour), tzinfo=LONDON)
