"""What every page's frame shows: the places this user may go, who is missing now, the marking, the name."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.missing.queries.desk import missing_now

MARKING = "OFFICIAL-SENSITIVE"
INVENTED = "SYNTHETIC: nobody here is real"


@dataclass(frozen=True)
class Place:
    label: str
    url_name: str
    permission: Permission | None = None
    or_permission: Permission | None = None

    def opens_to(self, user: User) -> bool:
        """Anybody, or whoever holds one of the permissions."""
        asked = [permission for permission in (self.permission, self.or_permission) if permission]
        return not asked or any(map(user.may, asked))


PLACES = (
    Place("My day", "my-day"),
    Place("Children", "search", Permission.CHILD_SEARCH),
    Place("Referrals", "referrals", Permission.REFERRAL_CREATE),
    Place("Assessments", "assessments", Permission.ASSESSMENT_WRITE, Permission.CONTRIBUTION_GIVE),
    Place("Caseload", "caseload", Permission.CASE_ALLOCATE, Permission.ASSESSMENT_WRITE),
    Place("Missing", "missing-desk", Permission.MISSING_DESK_READ),
    Place("Health", "health-queue", Permission.HEALTH_WRITE),
    Place("Panels", "panels", Permission.PANEL_READ, Permission.PANEL_UPDATE),
    Place("Transition", "transition", Permission.TRANSITION_WRITE),
    Place("NRM", "nrm", Permission.NRM_WRITE),
    Place("Follow-ups", "follow-ups", Permission.OUTCOME_WRITE),
    Place("Pointers", "pointers", Permission.POINTER_ASK),
    Place("Reports", "reports", Permission.REPORT_READ),
    Place("Governance", "governance", Permission.AUDIT_READ, Permission.ACCESS_REVIEW),
    Place("Accounts", "accounts", Permission.ACCOUNT_MANAGE),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor. Before sign-in there is nothing but the marking of an invented area."""
    marking = INVENTED if settings.DEMONSTRATION else MARKING
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"frame": {"marking": INVENTED if settings.DEMONSTRATION else ""}}
    desk = user.may(Permission.MISSING_DESK_READ)
    return {
        "frame": {
            "places": places_of(user, request.path),
            "marking": marking,
            "name": user.name,
            "footer": [{"label": "Words that help", "url": reverse("wording")}],
            "may_search": user.may(Permission.CHILD_SEARCH),
            "missing_url": reverse("missing-desk") if desk else "",
            "missing_now": missing_now(user).count() if desk else 0,
        }
    }


def places_of(user: User, path: str) -> list[dict[str, Any]]:
    rows = [{"label": p.label, "url": reverse(p.url_name)} for p in PLACES if p.opens_to(user)]
    return [{**row, "current": stands_at(row["url"], path)} for row in rows]


def stands_at(url: str, path: str) -> bool:
    """Whether ``path`` is this place or a page inside it."""
    return path == url if url == "/" else path.startswith(url)
