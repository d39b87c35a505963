"""Panels in words for a page."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from trellis.core.presenters import day, moment
from trellis.meetings.lifecycle import ASKED, PUT_OFF, TAKEN_OFF, TALKED_ABOUT, TO_DO, TO_TALK_ABOUT, UPDATE
from trellis.meetings.models import (
    AgendaItem,
    Panel,
    PanelAction,
    PanelMeeting,
    PanelReferral,
    PanelUpdate,
    Rule,
    UpdateRequest,
)
from trellis.meetings.queries.panels import Around
from trellis.need_to_know.codes import CodeBook, short_code

TONES = {TO_TALK_ABOUT: "now", TALKED_ABOUT: "done", PUT_OFF: "plain", TAKEN_OFF: "plain"}
NOT_NEEDED = "Not needed. The young person is asked what they say to it all the same"
NOT_YOURS_TO_READ = "Given. What it says is for those its agency lets read it."


def panel_facts(panel: Panel) -> list[tuple[str, str]]:
    checked = "" if panel.verified else " (not yet checked by the hub)"
    return [
        ("What it is for", panel.purpose),
        ("Consent", panel.consent_from or NOT_NEEDED),
        ("Who is on the agenda", f"{Rule(panel.rule).label}; referrals; reviews that are due; actions still to do"),
        ("After", f"{panel.source}{checked}"),
    ]


def meeting_facts(meeting: PanelMeeting, names: Mapping[str, str]) -> list[tuple[str, str]]:
    came = ", ".join(names.get(code, code) for code in meeting.agencies)
    rows = [
        ("When", moment(meeting.meets_at)),
        ("Where", meeting.place),
        ("Led by", f"{meeting.lead.name}, {meeting.lead.agency}"),
        ("Updates asked by", day(meeting.updates_on)),
        ("Agencies that came", came),
    ]
    return [row for row in rows if row[1]]


def due(on: date, today: date) -> str:
    days = (on - today).days
    if days == 0:
        return "today"
    count = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"in {count}" if days > 0 else f"{count} overdue"


def agenda_rows(
    items: Iterable[AgendaItem], near: Around, decisions: Mapping[str, str], today: date
) -> list[dict[str, Any]]:
    book = CodeBook()
    return [agenda_row(place, item, near, decisions, book, today) for place, item in enumerate(items, 1)]


def agenda_row(
    place: int, item: AgendaItem, near: Around, decisions: Mapping[str, str], book: CodeBook, today: date
) -> dict[str, Any]:
    asked = near.asked.get(item.person_id, [])
    return {
        "place": place,
        "item": item,
        "person": item.person,
        "reasons": item.reason.split("; "),
        "status": (item.get_status_display(), TONES[item.status]),
        "decision": decisions.get(item.decision, item.decision),
        "asked": len(asked),
        "waiting": sum(one.status == ASKED for one in asked),
        "updates": [update_row(one, near.given.get(one.id), book, today) for one in asked],
        "agreed": action_rows(near.agreed.get(item.person_id, []), today),
        "before": action_rows(near.before.get(item.person_id, []), today),
        "carried": [one.action for one in near.carried.get(item.person_id, [])],
    }


def update_row(request: UpdateRequest, given: PanelUpdate | None, book: CodeBook, today: date) -> dict[str, Any]:
    waits = request.status == ASKED
    answered = request.status == "given"
    return {
        "request": request,
        "agency": str(request.agency),
        "status": UPDATE.statuses[request.status],
        "waits": waits,
        "late": waits and request.due_on < today,
        "due": due(request.due_on, today) if waits else "",
        "given": given,
        "coding": f"{given.agency} · {short_code(given.handling)}" if given else "",
        "handling": book.in_words(given) if given else "",
        "closed": NOT_YOURS_TO_READ if answered and given is None else "",
    }


def action_rows(actions: Iterable[PanelAction], today: date) -> list[dict[str, Any]]:
    return [
        {
            "action": action,
            "owner": f"{action.owner.name}, {action.owner.agency}",
            "due": due(action.due_on, today) if action.status == TO_DO else "",
            "late": action.status == TO_DO and action.due_on < today,
            "open": action.status == TO_DO,
        }
        for action in actions
    ]


def request_rows(requests: Iterable[UpdateRequest], today: date) -> list[dict[str, Any]]:
    return [
        {
            "request": one,
            "person": one.person,
            "clock": due(one.due_on, today),
            "late": one.due_on < today,
            "meeting": f"{one.meeting.panel}, {day(one.meeting.meets_at)}",
        }
        for one in requests
    ]


def receipt(asked: UpdateRequest, today: date) -> list[tuple[str, str]]:
    by = f"{asked.asked_by.name}, {asked.asked_by.agency}" if asked.asked_by else ""
    return [
        ("Panel", f"{asked.meeting.panel}, meets on {day(asked.meeting.meets_at)}"),
        ("Asked", asked.question),
        ("Asked by", by),
        (
            "By when",
            f"{day(asked.due_on)} ({due(asked.due_on, today)})" if asked.status == ASKED else day(asked.due_on),
        ),
        ("Status", UPDATE.statuses[asked.status]),
    ]


def referral_facts(referral: PanelReferral) -> list[tuple[str, str]]:
    """Why they were brought to the panel, and what they say to it."""
    by = f", {referral.referred_by.name}" if referral.referred_by else ""
    consent = ""
    if referral.consented_on:
        who = f"{referral.get_consent_from_display()}: {referral.consent_name}"
        consent = f"{who}, on {day(referral.consented_on)}"
    not_asked = referral.child_not_asked_why and f"Not asked: {referral.child_not_asked_why}"
    rows = [
        ("Referred", f"{day(referral.referred_at)}{by}"),
        ("Why", referral.why),
        ("What they say to it", referral.childs_view or not_asked),
        ("Consent", consent),
    ]
    return [row for row in rows if row[1]]


def referral_rows(referrals: Iterable[PanelReferral]) -> list[dict[str, Any]]:
    return [
        {
            "referral": one,
            "facts": referral_facts(one),
            "status": one.get_status_display(),
            "open": one.status != "withdrawn",
        }
        for one in referrals
    ]


def item_rows(items: Iterable[AgendaItem], decisions: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "item": item,
            "meeting": item.meeting,
            "status": (item.get_status_display(), TONES[item.status]),
            "decision": decisions.get(item.decision, item.decision),
        }
        for item in items
    ]


def stands(item: AgendaItem, decisions: Mapping[str, str]) -> list[tuple[str, str]]:
    """What somebody else wrote meanwhile."""
    return [
        ("What was said", item.said),
        ("Decision", decisions.get(item.decision, item.decision)),
        ("In a line", item.decided_why),
        ("Look at it again by", day(item.review_on)),
    ]
