"""The ledger, pointers and questions in words. Pure."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from trellis.accounts.models import User
from trellis.core.clocks import age_on, today
from trellis.core.presenters import day, last_day, moment, plural, time_left
from trellis.need_to_know.parts import parts_in_words
from trellis.sharing.lifecycle import ASKED, POINTER_REQUEST
from trellis.sharing.models import Pointer, PointerRequest, SharingDecision

BANDS = ((10, "under 10"), (13, "10 to 12"), (16, "13 to 15"), (18, "16 or 17"))
GROWN = "18 or over"
SOON = timedelta(days=14)

Labels = Mapping[str, str]
State = tuple[str, str]


def age_band(born: date) -> str:
    """About how old: enough to know who is meant."""
    age = age_on(born, today())
    return next((words for below, words in BANDS if age < below), GROWN)


def state_of(decision: SharingDecision, at: datetime) -> State:
    """In words and its tone: in force, how long still, recalled, over, or never given."""
    if not decision.is_shared:
        return decision.get_outcome_display().split(":")[0], "plain"
    if decision.recalled_at:
        return "Recalled", "plain"
    if decision.expires_at and decision.expires_at <= at:
        return "Expired", "plain"
    if decision.ended_at_18:
        return "Ended at 18", "plain"
    if decision.expires_at is None:
        return "Shared", "structure"
    left = decision.expires_at - at
    days = -(-left // timedelta(days=1))
    return f"In force, ends in {plural(days, 'day')}", "now" if left <= SOON else "structure"


@dataclass(frozen=True)
class LedgerRow:
    """A decision as the ledger shows it."""

    decision: SharingDecision
    receiver: str
    state: str
    tone: str
    facts: list[tuple[str, str]]

    @property
    def is_over(self) -> bool:
        return self.decision.is_shared and not self.decision.in_force

    @property
    def span(self) -> str:
        """``1 September 2025 to 31 August 2026``: from the decision to the recall or the last day."""
        ended = day(self.decision.recalled_at) or last_day(self.decision.expires_at)
        return f"{day(self.decision.decided_at)} to {ended}"


def ledger_rows(decisions: Iterable[SharingDecision], bases: Labels, purposes: Labels, at: datetime) -> list[LedgerRow]:
    return [LedgerRow(d, d.receiver, *state_of(d, at), ledger_facts(d, bases, purposes)) for d in decisions]


def ledger_facts(decision: SharingDecision, bases: Labels, purposes: Labels) -> list[tuple[str, str]]:
    """What was decided, line by line; what an outcome does not ask is left out."""
    d = decision
    rows = [
        ("Outcome", d.get_outcome_display()),
        ("Parts of the record", parts_in_words(d.parts) if d.parts else ""),
        ("In words", d.words),
        ("Legal ground", bases.get(d.basis, d.basis)),
        ("What for", purposes.get(d.purpose, d.purpose)),
        ("Why it is needed", d.necessity),
        ("The young person knows", told_in_words(d.child_told, d.child_not_told_why)),
        ("Parents or carers know", told_in_words(d.parent_told, d.parent_not_told_why)),
        ("Why it is not shared", d.reason),
        ("Last day", last_day(d.expires_at)),
        ("Decided", f"{moment(d.decided_at)}, {d.decided_by.name}, {d.decided_by.agency}"),
        ("Recalled", f"{moment(d.recalled_at)}, {d.recalled_by}: {d.recalled_why}" if d.recalled_at else ""),
    ]
    return [row for row in rows if row[1]]


def told_in_words(told: bool | None, why_not: str) -> str:
    if told is None:
        return ""
    return "Yes" if told else f"No: {why_not}"


def share_rows(decisions: Iterable[SharingDecision], at: datetime) -> list[dict[str, str]]:
    """What is shared now, a line each: with whom, what, how long still."""
    return [
        {
            "receiver": decision.receiver,
            "what": parts_in_words(decision.parts) if decision.parts else "in words",
            "state": state_of(decision, at)[0],
        }
        for decision in decisions
    ]


def share_line(parts: Collection[str], ends_at: datetime | None, to: str) -> str:
    """``Shared with Education until 3 March 2027: identity, family, chronology.``"""
    until = f" until {last_day(ends_at)}" if ends_at else ""
    return f"Shared with {to}{until}: {parts_in_words(parts)}."


def ask_whom(pointer: Pointer) -> str:
    """Whom to ask, and how to reach a team."""
    if pointer.contact:
        return pointer.contact.name if pointer.contact.is_active else f"{pointer.contact.name}, who has left"
    return f"{pointer.contact_name}, {pointer.contact_phone}" if pointer.contact_phone else pointer.contact_name


def pointer_rows(pointers: Iterable[Pointer], opens: Collection[uuid.UUID], user: User) -> list[dict[str, Any]]:
    """``opens``: young people of whose record something opens to the user, who are linked."""
    return [
        {
            "id": pointer.id,
            "person_id": pointer.person_id if pointer.person_id in opens else None,
            "name": pointer.child_name,
            "band": age_band(pointer.date_of_birth),
            "agency": pointer.agency.name,
            "whom": ask_whom(pointer),
            "own": pointer.agency_id == user.agency_id,
            "until": last_day(pointer.ends_at),
        }
        for pointer in pointers
    ]


def request_rows(requests: Iterable[PointerRequest], at: datetime) -> list[dict[str, Any]]:
    return [
        {
            "id": request.id,
            "name": request.pointer.child_name,
            "band": age_band(request.pointer.date_of_birth),
            "known_to": request.pointer.agency.name,
            "asked_by": f"{request.asked_by.name}, {request.agency}",
            "asked_at": request.asked_at,
            "due_by": last_day(request.due_at),
            "clock": time_left(request.due_at, at) if request.status == ASKED else "",
            "late": request.status == ASKED and request.due_at < at,
            "status": POINTER_REQUEST.statuses[request.status],
            "waits": request.status == ASKED,
        }
        for request in requests
    ]


def request_facts(request: PointerRequest) -> list[tuple[str, object]]:
    """One question as its page shows it."""
    pointer = request.pointer
    rows: list[tuple[str, object]] = [
        ("Young person", f"{pointer.child_name}, {age_band(pointer.date_of_birth)}"),
        ("Known to", f"{pointer.agency}: ask {ask_whom(pointer)}"),
        ("Asked by", f"{request.asked_by.name}, {request.agency}, {moment(request.asked_at)}"),
        ("To be answered by", f"the end of {last_day(request.due_at)}"),
    ]
    if request.answered_by:
        rows.append(("Answered by", f"{request.answered_by.name}, {moment(request.answered_at)}"))
    return rows
