"""Which meetings, items and questions of panels a user may see, and what they may do with them."""

import uuid
from typing import TypeVar

from django.db.models import Model, QuerySet

from trellis.accounts.access import Hidden, Refused, allowed, check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.meetings.lifecycle import ASKED
from trellis.meetings.models import (
    AgendaItem,
    Panel,
    PanelAction,
    PanelMeeting,
    PanelReferral,
    UpdateRequest,
)
from trellis.need_to_know.access import sees_whole_record, visible_to
from trellis.people.models import Person

Some = TypeVar("Some", bound=Model)
RELATED: dict[type[Model], tuple[str, ...]] = {
    PanelReferral: ("panel", "person", "referred_by"),
    PanelAction: ("person", "owner__agency", "item__meeting__panel"),
}


def items_visible_to(user: User) -> QuerySet[AgendaItem]:
    return visible_to(user, AgendaItem)


def requests_visible_to(user: User) -> QuerySet[UpdateRequest]:
    return visible_to(user, UpdateRequest)


def see_panel(user: User, code: str) -> Panel:
    """Raises Refused without PANEL_READ; Hidden."""
    check_may(user, Permission.PANEL_READ)
    found = Panel.objects.filter(code=code).first()
    if found is None:
        raise Hidden("panel")
    return found


def see_meeting(user: User, meeting_id: uuid.UUID) -> PanelMeeting:
    """A meeting, which itself tells of nobody. Raises Refused without PANEL_READ; Hidden."""
    check_may(user, Permission.PANEL_READ)
    found = PanelMeeting.objects.select_related("panel", "lead__agency").filter(id=meeting_id).first()
    if found is None:
        raise Hidden("panel meeting", meeting_id)
    return found


def see_item(user: User, meeting: PanelMeeting, item_id: uuid.UUID) -> AgendaItem:
    """One young person on the agenda, and a mark in the log. Raises Hidden."""
    rows = items_visible_to(user).filter(meeting=meeting).select_related("person", "referral__referred_by")
    found = rows.filter(id=item_id).first()
    if found is None:
        raise Hidden("agenda item", item_id)
    note(Action.READ, "agenda item", object_id=found.id, children=[found.person_id])
    return found


def see_request(user: User, request_id: uuid.UUID) -> UpdateRequest:
    """What an agency was asked to tell a panel, and a mark in the log. Raises Hidden."""
    rows = requests_visible_to(user).select_related("person", "agency", "meeting__panel", "asked_by__agency")
    found = rows.filter(id=request_id).first()
    if found is None:
        raise Hidden("update for a panel", request_id)
    note(Action.READ, "update for a panel", object_id=found.id, children=[found.person_id])
    return found


def see_of(user: User, person: Person, model: type[Some], row_id: uuid.UUID) -> Some:
    """A referral or an action of this young person. Raises Hidden."""
    rows = visible_to(user, model).filter(id=row_id, person=person).select_related(*RELATED[model])
    found: Some | None = rows.first()
    if found is None:
        raise Hidden(str(model._meta.verbose_name), row_id)
    return found


def opens_panels(user: User) -> bool:
    return user.may(Permission.PANEL_READ) or user.may(Permission.PANEL_UPDATE)


def check_opens_panels(user: User) -> None:
    """Raises Refused for whoever neither reads the panels nor is asked by them."""
    if not opens_panels(user):
        raise Refused("Your role does not include the panels.", "panels")


def check_can_refer(user: User, person_id: uuid.UUID) -> None:
    """Raises Refused without PANEL_REFER, also for whoever has only a part of the record or opened it in an
    emergency."""
    check_may(user, Permission.PANEL_REFER)
    _check_whole(user, person_id, "refers to a panel")


def can_refer(user: User, person_id: uuid.UUID) -> bool:
    return allowed(check_can_refer, user, person_id)


def check_can_lead(user: User, person_id: uuid.UUID) -> None:
    """Whether the user may write at a panel about this young person. Raises Refused as ``check_can_refer`` does."""
    check_may(user, Permission.PANEL_LEAD)
    _check_whole(user, person_id, "writes about them at a panel")


def can_lead(user: User, person_id: uuid.UUID) -> bool:
    return allowed(check_can_lead, user, person_id)


def _check_whole(user: User, person_id: uuid.UUID, does: str) -> None:
    if not sees_whole_record(user, person_id):
        raise Refused(f"Only somebody with the whole record {does}.", "panel", person_id)


def check_can_tell(user: User, request: UpdateRequest) -> None:
    """Raises Refused without PANEL_UPDATE, and for whoever is not of the agency that was asked."""
    check_may(user, Permission.PANEL_UPDATE)
    if request.agency_id != user.agency_id:
        raise Refused("The agency that was asked tells the panel.", "update for a panel", request.id)


def can_tell(user: User, request: UpdateRequest) -> bool:
    return request.status == ASKED and allowed(check_can_tell, user, request)


def check_can_finish(user: User, action: PanelAction) -> None:
    """Raises Refused for whoever neither does it nor leads panels."""
    if action.owner_id != user.id and not user.may(Permission.PANEL_LEAD):
        raise Refused("Whoever does it, or leads the panel, says what came of it.", "panel action", action.id)


def can_finish(user: User, action: PanelAction) -> bool:
    return allowed(check_can_finish, user, action)
