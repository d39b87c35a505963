"""Panels: what each is for, its meetings, who is talked about, what is asked, decided and done."""

from trellis.meetings.models.agenda import (
    AgendaItem,
    AgendaItemMove,
    CarriedPanelAction,
    PanelAction,
    PanelActionMove,
    PanelActionQuerySet,
)
from trellis.meetings.models.panels import Panel, PanelMeeting, PanelMeetingMove, Rule
from trellis.meetings.models.referrals import ConsentBy, PanelReferral, PanelReferralMove
from trellis.meetings.models.updates import PanelUpdate, UpdateRequest, UpdateRequestMove

__all__ = [
    "AgendaItem",
    "AgendaItemMove",
    "CarriedPanelAction",
    "ConsentBy",
    "Panel",
    "PanelAction",
    "PanelActionMove",
    "PanelActionQuerySet",
    "PanelMeeting",
    "PanelMeetingMove",
    "PanelReferral",
    "PanelReferralMove",
    "PanelUpdate",
    "Rule",
    "UpdateRequest",
    "UpdateRequestMove",
]
