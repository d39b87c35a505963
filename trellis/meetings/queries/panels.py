"""Reads for the pages of panels, and for what waits for somebody."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from trellis.accounts.models import Agency, Membership, User
from trellis.accounts.permissions import Permission
from trellis.core.clocks import today
from trellis.meetings.access import items_visible_to, requests_visible_to
from trellis.meetings.lifecycle import ASKED, CANCELLED, PLANNED, TAKEN_OFF, TO_DO, WAITING
from trellis.meetings.models import (
    AgendaItem,
    CarriedPanelAction,
    Panel,
    PanelAction,
    PanelMeeting,
    PanelReferral,
    PanelUpdate,
    UpdateRequest,
)
from trellis.need_to_know.access import visible_to
from trellis.people.models import Person

SHOWN = 50
Row = TypeVar("Row", UpdateRequest, PanelAction)
SOON = timedelta(days=7)


@dataclass(frozen=True)
class PanelLine:
    """A panel on the list: when it meets next, and how many of those whom the reader sees wait for it."""

    panel: Panel
    meets_next: PanelMeeting | None
    waiting: int


def panel_lines(user: User) -> list[PanelLine]:
    panels = list(Panel.objects.all())
    planned = PanelMeeting.objects.filter(status=PLANNED).order_by("panel_id", "meets_at").distinct("panel_id")
    meets_next = {meeting.panel_id: meeting for meeting in planned.select_related("panel")}
    referrals = visible_to(user, PanelReferral).filter(status=WAITING).order_by().values_list("panel")
    waiting = dict(referrals.annotate(Count("id")))
    return [PanelLine(panel, meets_next.get(panel.id), waiting.get(panel.id, 0)) for panel in panels]


def meetings_of(panel: Panel) -> QuerySet[PanelMeeting]:
    """Every meeting of a panel, the latest first."""
    return panel.meetings.select_related("lead").order_by("-meets_at", "id")


def waiting_for_panel(user: User, panel: Panel) -> QuerySet[PanelReferral]:
    rows = visible_to(user, PanelReferral).filter(panel=panel, status=WAITING)
    return rows.select_related("person", "referred_by").order_by("referred_at", "id")


def agenda(user: User, meeting: PanelMeeting, *, off: bool = False) -> list[AgendaItem]:
    """Who is on the agenda in its order, of those the user sees; with ``off`` only who was taken off it."""
    rows = items_visible_to(user).filter(meeting=meeting).select_related("person").order_by("rank", "recorded_at", "id")
    return list(rows.filter(status=TAKEN_OFF) if off else rows.exclude(status=TAKEN_OFF))


@dataclass(frozen=True)
class Around:
    """By person, what belongs to the items of a meeting: what partners were asked and gave, and what is to be done."""

    asked: dict[UUID, list[UpdateRequest]] = field(default_factory=dict)
    given: dict[UUID, PanelUpdate] = field(default_factory=dict)
    agreed: dict[UUID, list[PanelAction]] = field(default_factory=dict)
    before: dict[UUID, list[PanelAction]] = field(default_factory=dict)
    carried: dict[UUID, list[CarriedPanelAction]] = field(default_factory=dict)


def around(user: User, meeting: PanelMeeting, people: Collection[UUID]) -> Around:
    """As many queries for one young person as for forty."""
    asked = list(requests_of(user, meeting).filter(person__in=people))
    agreed = actions(user).filter(item__meeting=meeting, person__in=people)
    before = actions_before(user, meeting, people)
    return Around(
        _by_person(asked),
        updates_to(user, asked),
        _by_person(agreed),
        _by_person(before),
        _carried(user, meeting, people),
    )


def _by_person(rows: Iterable[Row]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row)
    return found


def _carried(user: User, meeting: PanelMeeting, people: Collection[UUID]) -> dict[UUID, list[CarriedPanelAction]]:
    rows = visible_to(user, CarriedPanelAction).filter(into__meeting=meeting, action__person__in=people)
    found: dict[UUID, list[CarriedPanelAction]] = {}
    for row in rows.select_related("action__owner", "into"):
        found.setdefault(row.into.person_id, []).append(row)
    return found


def requests_of(user: User, meeting: PanelMeeting) -> QuerySet[UpdateRequest]:
    rows = requests_visible_to(user).filter(meeting=meeting)
    return rows.select_related("agency", "asked_by").order_by("due_on", "agency__name")


def updates_to(user: User, requests: Iterable[UpdateRequest]) -> dict[UUID, PanelUpdate]:
    """Request to what was told, as far as the user's agency may hold it."""
    rows = visible_to(user, PanelUpdate).filter(request__in=[request.id for request in requests])
    return {given.request_id: given for given in rows.select_related("agency", "given_by").order_by("given_at")}


def actions(user: User) -> QuerySet[PanelAction]:
    rows = visible_to(user, PanelAction).select_related("owner__agency", "item__meeting__panel", "person")
    return rows.order_by("due_on", "recorded_at", "id")


def actions_before(user: User, meeting: PanelMeeting, people: Collection[UUID]) -> QuerySet[PanelAction]:
    """What this panel agreed before and is still to be done."""
    rows = actions(user).filter(status=TO_DO, person__in=people, item__meeting__panel=meeting.panel_id)
    return rows.exclude(item__meeting=meeting)


def waiting_for(user: User) -> QuerySet[UpdateRequest]:
    """What the user's own agency is asked to tell a panel and has not, the earliest due first."""
    rows = requests_visible_to(user).filter(agency=user.agency_id, status=ASKED).exclude(meeting__status=CANCELLED)
    rows = rows if user.may(Permission.PANEL_UPDATE) else rows.none()
    return rows.select_related("person", "meeting__panel", "asked_by__agency").order_by("due_on", "recorded_at")


def actions_for(user: User) -> QuerySet[PanelAction]:
    """What this user does for a panel and is overdue or due within a week, the earliest first."""
    return actions(user).filter(owner=user, status=TO_DO, due_on__lte=today() + SOON)


@dataclass(frozen=True)
class ChildsPanels:
    """Everything the page of one young person says."""

    referrals: list[PanelReferral]
    items: list[AgendaItem]
    to_do: list[PanelAction]
    finished: list[PanelAction]


def childs_panels(user: User, person: Person) -> ChildsPanels:
    items = items_visible_to(user).filter(person=person).exclude(status=TAKEN_OFF)
    own = actions(user).filter(person=person)
    return ChildsPanels(
        referrals=list(
            visible_to(user, PanelReferral)
            .filter(person=person)
            .select_related("panel", "referred_by")
            .order_by("-referred_at", "id")[:SHOWN]
        ),
        items=list(items.select_related("meeting__panel").order_by("-meeting__meets_at", "id")[:SHOWN]),
        to_do=list(own.filter(status=TO_DO)[:SHOWN]),
        finished=list(own.exclude(status=TO_DO).order_by("-due_on", "id")[:SHOWN]),
    )


def next_for(user: User, person: Person) -> list[AgendaItem]:
    """The meetings to come at which this young person is talked about."""
    rows = items_visible_to(user).filter(person=person, meeting__status=PLANNED).exclude(status=TAKEN_OFF)
    return list(rows.select_related("meeting__panel").order_by("meeting__meets_at"))


def workers() -> list[User]:
    """Everybody who can be given an action: who works here now, by name."""
    here = Membership.objects.current().filter(user=OuterRef("pk"))
    return list(User.objects.filter(Exists(here), is_active=True).select_related("agency").order_by("name", "id"))


def leads() -> list[User]:
    """Who may lead a panel now, by name."""
    may = Membership.objects.current().filter(
        user=OuterRef("pk"), role__permissions__contains=[Permission.PANEL_LEAD.value]
    )
    return list(User.objects.filter(Exists(may), is_active=True).select_related("agency").order_by("name", "id"))


def agency_names() -> dict[str, str]:
    return dict(Agency.objects.order_by("name").values_list("code", "name"))


def panels_that_talk() -> QuerySet[Panel]:
    """The panels somebody can be brought to now."""
    day = today()
    return Panel.objects.filter(valid_from__lte=day).exclude(valid_to__lte=day)
