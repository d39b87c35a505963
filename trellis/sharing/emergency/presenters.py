"""Emergency openings in words: for whoever reviews them, on the child's access page, in the banner."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from trellis.core.presenters import clock, day, moment
from trellis.sharing.emergency.models import EmergencyOpening
from trellis.sharing.emergency.queries import Queue

NO_CASE = "A record without a case"


def queue_rows(openings: Iterable[EmergencyOpening], queue: Queue, on: date) -> list[dict[str, Any]]:
    return [
        {
            "opening": opening,
            "who": who(opening, queue.seen, queue.cases),
            "due": day(opening.review_due_on),
            "late": opening.review_due_on < on,
            "state": state(opening),
            "result": result(opening),
        }
        for opening in openings
    ]


def who(opening: EmergencyOpening, seen: Iterable[Any], cases: Mapping[Any, str]) -> str:
    """The child's name for a reviewer who sees them; for any other the case reference."""
    return opening.person.name if opening.person_id in seen else cases.get(opening.person_id, NO_CASE)


def state(opening: EmergencyOpening) -> str:
    if opening.is_open:
        return f"Open until {clock(opening.ends_at)}"
    return (
        f"Handed back {moment(opening.handed_back_at)}"
        if opening.handed_back_at
        else f"Ended {moment(opening.ends_at)}"
    )


def result(opening: EmergencyOpening) -> str:
    review = getattr(opening, "review", None)
    return review.get_outcome_display() if review else "Not reviewed yet"


def facts(
    opening: EmergencyOpening, called: str, categories: Mapping[str, str], read: list[str]
) -> list[tuple[str, str]]:
    return [
        ("Record", called),
        ("Opened by", f"{opening.opened_by.name}, {opening.opened_by.agency}"),
        ("Opened", moment(opening.opened_at)),
        ("Now", state(opening)),
        ("Why it had to be now", categories.get(opening.category, opening.category)),
        ("What they said", opening.reason),
        ("What they read", ", ".join(read) or "Nothing after it opened"),
        ("Review by", day(opening.review_due_on)),
    ]


def section_rows(openings: Iterable[EmergencyOpening], categories: Mapping[str, str]) -> list[dict[str, str]]:
    return [
        {
            "by": f"{opening.opened_by.name}, {opening.opened_by.agency}",
            "opened": moment(opening.opened_at),
            "state": state(opening),
            "why": categories.get(opening.category, opening.category),
            "result": result(opening),
        }
        for opening in openings
    ]


def open_rows(openings: Iterable[EmergencyOpening]) -> list[dict[str, Any]]:
    """The user's own openings in force; they see these children."""
    return [{"opening": o, "person": o.person, "until": clock(o.ends_at)} for o in openings]
