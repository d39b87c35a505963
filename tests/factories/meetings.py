"""Panels by their state, made through the services."""

from datetime import timedelta

from tests.factories import accounts, cases
from tests.factories.prepared import prepared
from trellis.accounts.models import Agency
from trellis.audit_log.trail import recorded
from trellis.core.clocks import now
from trellis.core.ids import new_id
from trellis.meetings import services
from trellis.meetings.models import AgendaItem, Panel, PanelMeeting, PanelReferral, UpdateRequest

CONSENT = {"consent_from": "both", "consent_name": "Robin and their mother", "consented_on": None}


def panel(code="missing") -> Panel:
    return Panel.objects.get(code=code)


def meeting(code="missing", days=0, lead=None, **fields) -> PanelMeeting:
    """Planned so many days from now; its agenda is empty."""
    lead = lead or accounts.manager()
    with prepared():
        return services.plan_meeting(
            panel=panel(code), meets_at=now() + timedelta(days=days, minutes=1), lead=lead, by=lead, **fields
        )


def referral(person=None, code="edge-of-care", by=None, **fields) -> PanelReferral:
    """Waiting for the panel's next meeting. The consent that a panel needs is there."""
    person = person or cases.open_case().person
    by = by or accounts.hub_worker()
    if panel(code).consent_from:
        fields = {**CONSENT, "consented_on": now().date(), **fields}
    fields = {"why": "They may stay at home with more help", "childs_view": "I want to stay with Mum", **fields}
    with recorded(by, "test", duty="test"):
        return services.refer_to_panel(person=person, panel=panel(code), by=by, **fields)


def built(of: PanelMeeting, by=None) -> PanelMeeting:
    by = by or of.lead
    with recorded(by, "test", duty="test"):
        services.build_agenda(meeting=of, by=by)
    return of


def item(person=None, code="edge-of-care", lead=None, days=0) -> AgendaItem:
    """Referred, and on the agenda of a meeting."""
    person = person or cases.open_case().person
    referral(person, code)
    made = built(meeting(code, days, lead))
    return AgendaItem.objects.select_related("meeting__panel", "person").get(meeting=made, person=person)


def talked_about(of: AgendaItem, by=None, **minute) -> AgendaItem:
    by = by or of.meeting.lead
    minute = {"said": "Home is calmer since the aunt moved in", "decision": "plan_stands", **minute}
    with recorded(by, "test", duty="test"):
        return services.talk_about(item=of, after=of.revision, minute=services.Minute(**minute), by=by, key=new_id())


def asked(of: AgendaItem, agency="health", by=None, question="What has changed?") -> UpdateRequest:
    by = by or of.meeting.lead
    with recorded(by, "test", duty="test"):
        made = services.ask_for_updates(item=of, agencies=[Agency.objects.get(code=agency)], question=question, by=by)
    return made[0]
