"""Health in words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from trellis.cases.presenters import full_name
from trellis.core.presenters import day
from trellis.health_needs.models import HealthQuestion, HealthService, HealthUpdate
from trellis.health_needs.queries import LetterDue
from trellis.need_to_know.codes import CodeBook, short_code


def update_rows(updates: Iterable[HealthUpdate], book: CodeBook) -> list[dict[str, Any]]:
    return [
        {
            "id": update.id,
            "told_on": update.told_on,
            "words": update.words,
            "by": update.recorded_by.name if update.recorded_by else "Not known",
            "owner": update.agency.name,
            "code": short_code(update.handling),
            "handling": book.in_words(update),
            "corrected": update.supersedes.words if update.supersedes else "",
            "answered": update.answers.question if update.answers else "",
        }
        for update in updates
    ]


def service_rows(services: Iterable[HealthService], kinds: dict[str, str], today: date) -> list[dict[str, Any]]:
    return [
        {
            "id": service.id,
            "kind": kinds.get(service.kind, service.kind),
            "name": service.name or "Who there: not known",
            "contact": service.contact or "not known",
            "what_for": service.what_for,
            "since": service.starts_on,
            "until": service.ends_on,
            "because": service.ended_because,
            "over": service.ends_on is not None and service.ends_on <= today,
            "owner": service.agency.name,
        }
        for service in services
    ]


def question_rows(questions: Iterable[HealthQuestion], today: date) -> list[dict[str, Any]]:
    return [
        {
            "id": question.id,
            "person_id": question.person_id,
            "question": question.question,
            "due_on": question.due_on,
            "late": question.due_on < today,
            "by": question.recorded_by.name if question.recorded_by else "Not known",
        }
        for question in questions
    ]


def letter_due_rows(due: Iterable[LetterDue], today: date) -> list[dict[str, Any]]:
    return [
        {
            "person_id": one.case.person_id,
            "what": f"{one.case.reference}: {'closed' if one.occasion == 'closing' else 'opened'} "
            f"{day(one.case.closed_on or one.case.opened_on)}",
            "due_on": one.due_on,
            "late": one.due_on < today,
            "url": reverse("write-letter", args=[one.case.person_id, one.letter]),
            "none_url": reverse("no-letter", args=[one.case.person_id, one.letter]),
        }
        for one in due
    ]


def named(rows: Iterable[dict[str, Any]], people: dict[Any, Any]) -> list[dict[str, Any]]:
    """Each row with the name of its young person."""
    return [{**row, "name": full_name(people[row["person_id"]])} for row in rows]
