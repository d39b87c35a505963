"""What panels were told in the young person's own words."""

from collections.abc import Iterator

from django.urls import reverse

from trellis.accounts.models import User
from trellis.cases.childs_words import NOT_ASKED, Words
from trellis.meetings.models import PanelReferral
from trellis.need_to_know.access import visible_to
from trellis.people.models import Person

MOST = 100


def said_to_panels(user: User, person: Person) -> Iterator[Words]:
    here = reverse("child-panels", args=[person.id])
    rows = visible_to(user, PanelReferral).filter(person=person).select_related("panel", "referred_by")
    for referral in rows.order_by("-referred_at")[:MOST]:
        yield Words(
            said=referral.referred_at,
            step="panel",
            words=referral.childs_view,
            what=str(referral.panel),
            heard_by=referral.referred_by.name if referral.referred_by else "",
            url=here,
            why_not="" if referral.childs_view else referral.child_not_asked_why or NOT_ASKED,
        )
