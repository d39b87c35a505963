"""What panels hold of each child of the matrix, a word in every part of it. All talk at one meeting, so that how many
meetings there are tells nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from trellis.accounts.models import Agency, User
from trellis.core.clocks import now, today
from trellis.meetings.models import (
    AgendaItem,
    AgendaItemMove,
    CarriedPanelAction,
    Panel,
    PanelAction,
    PanelActionMove,
    PanelMeeting,
    PanelReferral,
    PanelReferralMove,
    PanelUpdate,
    UpdateRequest,
    UpdateRequestMove,
)
from trellis.people.models import Person

Word = Callable[[str, str], str]
CODED = {"handling": "P", "conditions": "", "limited_to": []}
PANEL = "edge-of-care"


def the_meeting(lead: User) -> PanelMeeting:
    """The one of every child."""
    found = PanelMeeting.objects.first()
    return found or PanelMeeting.objects.create(
        panel=Panel.objects.get(code=PANEL), meets_at=now() + timedelta(days=1), updates_on=today(), lead=lead
    )


def write_panels(name: str, child: Person, lead: User, word: Word) -> dict[str, dict[str, Any]]:
    """A referral, an item with what was said, what two agencies were asked and told, an action; and their addresses."""
    meeting = the_meeting(lead)
    by = {"moved_at": now(), "moved_by": lead}
    referral = PanelReferral.objects.create(
        person=child,
        panel=meeting.panel,
        why=word(name, "panelwhy"),
        childs_view=word(name, "panelview"),
        child_not_asked_why=word(name, "panelnotasked"),
        consent_from="child",
        consent_name=word(name, "panelconsent"),
        consented_on=today(),
        referred_at=now(),
        referred_by=lead,
    )
    PanelReferralMove.objects.create(referral=referral, new="waiting", why=word(name, "panelreferralmove"), **by)
    item = AgendaItem.objects.create(
        person=child,
        meeting=meeting,
        referral=referral,
        rank=1,
        reason=word(name, "panelreason"),
        said=word(name, "panelsaid"),
        decided_why=word(name, "paneldecided"),
    )
    AgendaItemMove.objects.create(item=item, new="to_talk_about", why=word(name, "panelitemmove"), **by)
    action = PanelAction.objects.create(
        person=child,
        item=item,
        what=word(name, "panelaction"),
        effect=word(name, "paneleffect"),
        owner=lead,
        due_on=today(),
        agreed_at=now(),
        agreed_by=lead,
    )
    PanelActionMove.objects.create(action=action, new="to_do", why=word(name, "panelactionmove"), **by)
    CarriedPanelAction.objects.create(
        action=action, into=item, carried_at=now(), carried_by=lead, why=word(name, "panelcarried")
    )
    asked = {code: ask(name, child, meeting, lead, code, word) for code in ("health", "education")}
    in_meeting, of_child = {"meeting_id": meeting.id}, {"person_id": child.id}
    return {
        "panel item": {**in_meeting, "item_id": item.id},
        "panel referral": {**of_child, "referral_id": referral.id},
        "panel action": {**of_child, "action_id": action.id},
        "panel update": {"request_id": asked["health"].id},
        "panel update asked": {"request_id": asked["education"].id},
    }


def ask(name: str, child: Person, meeting: PanelMeeting, lead: User, code: str, word: Word) -> UpdateRequest:
    agency = Agency.objects.get(code=code)
    request = UpdateRequest.objects.create(
        person=child,
        meeting=meeting,
        agency=agency,
        agencies=[agency.id],
        question=word(name, f"panelasked{code}"),
        due_on=today(),
        asked_at=now(),
        asked_by=lead,
    )
    UpdateRequestMove.objects.create(
        request=request, new="asked", moved_at=now(), moved_by=lead, why=word(name, f"panelaskedmove{code}")
    )
    PanelUpdate.objects.create(
        **CODED,
        person=child,
        request=request,
        agency=agency,
        text=word(name, f"paneltold{code}"),
        going_well=word(name, f"panelwell{code}"),
        given_at=now(),
        given_by=lead,
    )
    return request
