"""Shares, pointers and questions by their state, made through the services."""

from datetime import timedelta

from tests.factories import accounts, cases
from trellis.accounts.models import Agency
from trellis.audit_log.trail import recorded
from trellis.core.clocks import now
from trellis.sharing import services
from trellis.sharing.models import Pointer, PointerRequest, SharingDecision

SHARED = {
    "outcome": "power",
    "basis": "public_task",
    "purpose": "safeguarding",
    "necessity": "They see him every day",
    "child_told": True,
    "parent_told": True,
}


def agency(code) -> Agency:
    return Agency.objects.get(code=code)


def share(person=None, parts=("identity",), to="education", days=30, by=None, **fields) -> SharingDecision:
    """Parts of the record of an open case, shared with an agency for some days."""
    person = person or cases.open_case().person
    by = by or accounts.hub_worker()
    decided = {**SHARED, "parts": list(parts), "expires_at": now() + timedelta(days=days), **fields}
    decided.setdefault("agency", agency(to))
    with recorded(by, "test"):
        return services.decide_sharing(person=person, by=by, **decided)


def pointer(person=None, knows="health", told=("education",), by=None, **fields) -> Pointer:
    """Known to an agency, told to others."""
    person = person or cases.open_case().person
    by = by or accounts.hub_worker()
    fields = {"contact_name": "School nursing", "contact_phone": "01632 960001", **fields}
    with recorded(by, "test"):
        return services.place_pointer(
            person=person, by=by, agency=agency(knows), told=[agency(code) for code in told], **fields
        )


def question(made=None, by=None, reason="Is anybody working with her now?") -> PointerRequest:
    """Asked through a pointer, and waiting."""
    by = by or accounts.remote_partner("education")
    made = made or pointer()
    with recorded(by, "test"):
        return services.ask_through_pointer(pointer=made, reason=reason, by=by)
