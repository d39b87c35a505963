"""Lists in words: a young person's assessments, the board, contributions."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from trellis.assessments.lifecycle import ASKED, CONTRIBUTION
from trellis.assessments.models import Assessment, Contribution, ContributionRequest
from trellis.assessments.presenters.assessment import clock, days_left, status_tag
from trellis.assessments.queries import Caseload
from trellis.core.presenters import day, plural
from trellis.need_to_know.codes import CodeBook, short_code


def rows(assessments: Iterable[Assessment], today: date) -> list[dict[str, Any]]:
    return [
        {
            "assessment": one,
            "tool": str(one.version),
            "is_sample": one.version.instrument.is_sample,
            "status": status_tag(one),
            "clock": clock(one, today),
        }
        for one in assessments
    ]


def board_rows(assessments: Iterable[Assessment], today: date) -> list[dict[str, Any]]:
    """Lines of the board: whose, by whom, and the days that are left."""
    return [
        {
            "assessment": one,
            "person": one.person,
            "clock": days_left((one.due_on - today).days),
            "late": one.due_on < today,
            "status": status_tag(one),
        }
        for one in assessments
    ]


def loads(found: Iterable[Caseload], most: int) -> list[dict[str, Any]]:
    return [
        {"worker": one.worker, "count": one.count, "above": one.count > most, "words": plural(one.count, "assessment")}
        for one in found
    ]


def waiting_rows(requests: Iterable[ContributionRequest], user: uuid.UUID, today: date) -> list[dict[str, Any]]:
    return [
        {
            "request": request,
            "person": request.person,
            "clock": days_left((request.due_on - today).days),
            "late": request.due_on < today,
            "asked_of": "you" if request.asked_of_id == user else str(request.asked_of or "anybody of your agency"),
        }
        for request in requests
    ]


def contribution_rows(
    requests: Iterable[ContributionRequest], given: Mapping[uuid.UUID, Contribution], today: date
) -> list[dict[str, Any]]:
    """What was asked of whom, and what came of it. What the reader's agency may not hold says no more than that."""
    book = CodeBook()
    return [contribution_row(request, given.get(request.id), book, today) for request in requests]


def contribution_row(
    request: ContributionRequest, given: Contribution | None, book: CodeBook, today: date
) -> dict[str, Any]:
    waits = request.status == ASKED
    left = (request.due_on - today).days
    return {
        "request": request,
        "asked": f"{request.asked_of}, {request.agency}" if request.asked_of else str(request.agency),
        "status": CONTRIBUTION.statuses[request.status],
        "waits": waits,
        "clock": f"Due {day(request.due_on)}: {days_left(left)}" if waits else "",
        "late": waits and left < 0,
        "given": given,
        "coding": f"{given.agency} · {short_code(given.handling)}" if given else "",
        "handling": book.in_words(given) if given else "",
    }


def receipt(request: ContributionRequest, today: date) -> list[tuple[str, object]]:
    """What whoever contributes sees: what was asked, by whom and until when, and what became of it."""
    left = days_left((request.due_on - today).days)
    return [
        ("Asked by", f"{request.asked_by}, {request.asked_by.agency}"),
        ("Asked of", f"{request.asked_of}, {request.agency}" if request.asked_of else str(request.agency)),
        ("The question", request.question),
        ("Due", f"{day(request.due_on)}: {left}" if request.status == ASKED else day(request.due_on)),
        ("Where it stands", CONTRIBUTION.statuses[request.status]),
    ]
