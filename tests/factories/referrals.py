"""Referrals by their state, made through the services."""

from tests.factories import accounts, people
from tests.factories.prepared import prepared
from trellis.audit_log.trail import recorded
from trellis.core.clocks import now
from trellis.referrals import services
from trellis.referrals.models import Referral


def waiting_referral(person=None, **fields) -> Referral:
    """Received and not yet decided: the hub and its managers see the child."""
    fields = {"received_at": now(), "source_code": "6", "exploitation_types": ["CCE"], "by": None, **fields}
    with prepared():
        return services.make_referral(person=person or people.child(), **fields)


def decided_referral(decision="no_further_action", person=None, by=None, **told) -> Referral:
    by = by or accounts.manager()
    referral = waiting_referral(person)
    with recorded(by, "test"):
        return services.record_decision(referral=referral, decision=decision, reason="Because", by=by, **told)
