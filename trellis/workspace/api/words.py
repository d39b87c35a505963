"""Rows of the record as the API says them. Pure."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from trellis.accounts.models import Agency, User
from trellis.cases.models import ChronologyEntry
from trellis.cases.presenters import SYNTHETIC, statuses_in_words
from trellis.cases.queries import ChildHeader
from trellis.missing.lifecycle import MISSING
from trellis.missing.models import MissingEpisode
from trellis.need_to_know.codes import CodeBook
from trellis.people.models import Person

MARKING = "OFFICIAL-SENSITIVE"


def agency(row: Agency) -> dict[str, str]:
    return {"code": row.code, "name": row.name}


def me(user: User) -> dict[str, Any]:
    return {"id": user.id, "name": user.name, "agency": agency(user.agency), "permissions": sorted(user.permissions)}


def child_row(person: Person, leads: Mapping[UUID, User]) -> dict[str, Any]:
    lead = leads.get(person.id)
    return {"id": person.id, "name": person.name, "age": person.age, "lead_worker": lead.name if lead else None}


def child(header: ChildHeader) -> dict[str, Any]:
    person = header.person
    return {
        **child_row(person, {person.id: header.lead} if header.lead else {}),
        "known_as": person.known_as,
        "pronouns": person.pronouns,
        "safe_contact": person.safe_contact,
        "own_words": person.own_words,
        "case": header.case.reference if header.case else None,
        "workers": [
            {
                "name": row.worker.name,
                "agency": agency(row.worker.agency),
                "part": row.get_part_display(),
                "since": row.starts_on,
            }
            for row in header.workers
        ],
        "statuses": [
            {"kind": s.kind, "label": s.get_kind_display(), "starts_on": s.starts_on, "ends_on": s.ends_on}
            for s in header.statuses
        ],
        "tags": [text for text, _ in [*header.tags, *statuses_in_words(header)]],
        "parts": sorted(header.parts),
        "marking": SYNTHETIC if person.is_synthetic else MARKING,
    }


def entry(row: ChronologyEntry, book: CodeBook) -> dict[str, Any]:
    return {
        "id": row.id,
        "happened_at": row.happened_at,
        "recorded_at": row.recorded_at,
        "kind": row.kind,
        "title": row.title,
        "body": row.body,
        "significance": row.significance,
        "recorded_by": row.recorded_by.name if row.recorded_by else None,
        "is_correction": row.supersedes_id is not None,
        "handling": {
            "owner": agency(row.agency),
            "code": row.handling,
            "words": book.in_words(row),
            "conditions": row.conditions,
            "limited_to": [agency(book.agencies[one]) for one in row.limited_to if one in book.agencies],
            "lawful_basis": row.lawful_basis,
            "purpose": row.purpose,
        },
    }


def episode(row: MissingEpisode) -> dict[str, Any]:
    held = None if row.status == MISSING else row.interview
    return {
        "id": row.id,
        "kind": row.kind,
        "status": row.status,
        "last_seen_at": row.last_seen_at,
        "reported_at": row.reported_at,
        "returned_at": row.returned_at,
        "risk_grade": row.risk_grade,
        "interview": {"status": held.status, "due_at": held.due_at, "completed_at": held.completed_at}
        if held
        else None,
    }
