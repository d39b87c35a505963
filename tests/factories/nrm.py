"""Referrals to the National Referral Mechanism by their state, made through the services."""

from datetime import date, timedelta

from tests.factories import accounts, cases, people
from trellis.audit_log.trail import recorded
from trellis.core.clocks import now, today
from trellis.core.ids import new_id
from trellis.nrm import services
from trellis.nrm.models import Guardian, NrmReferral, Section45
from trellis.people.models import Person


def known_child(**fields) -> Person:
    """With an open case, so that the hub has the whole record."""
    return cases.open_case(people.child(**fields)).person


def referral(person=None, by=None, days_ago=0, **fields) -> NrmReferral:
    """Sent to the central authority, without words unless ``told``."""
    by = by or accounts.hub_worker()
    fields = {"body": "central", "types": ["criminal"], "first_responder": "Ada Frost", **fields}
    with recorded(by, "test", duty="test"):
        return services.refer_to_nrm(
            person=person or known_child(),
            agency=fields.pop("agency", by.agency),
            submitted_at=now() - timedelta(days=days_ago),
            by=by,
            key=fields.pop("key", new_id()),
            **fields,
        )


def decided(found, stage="reasonable", outcome="positive", on: date | None = None, by=None, **fields) -> NrmReferral:
    by = by or found.recorded_by
    with recorded(by, "test", duty="test"):
        return services.record_decision(
            referral=found,
            stage=stage,
            outcome=outcome,
            decided_on=on or today(),
            after=fields.pop("after", found.revision),
            by=by,
            key=fields.pop("key", new_id()),
            **fields,
        )


def guardian(person, by, **fields) -> Guardian:
    fields = {"asked_on": today(), "service": "A guardian service", **fields}
    with recorded(by, "test", duty="test"):
        return services.ask_for_guardian(person=person, by=by, key=new_id(), **fields)


def section_45(person, by, **fields) -> Section45:
    fields = {"matter": "Court 12/26", "considered_on": today(), **fields}
    with recorded(by, "test", duty="test"):
        return services.consider_section_45(person=person, by=by, key=new_id(), **fields)
