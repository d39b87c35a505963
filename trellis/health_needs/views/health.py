"""A young person's health, and all that waits for the hub's nurse."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trellis.accounts.access import check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core import mail
from trellis.core.clocks import today
from trellis.core.pages import page_of
from trellis.core.reference_data import labels
from trellis.health_needs import presenters
from trellis.health_needs.access import can_give_update, can_write_health
from trellis.health_needs.queries import (
    all_letters_due,
    letters_due_of,
    questions_waiting,
    questions_waiting_of,
    services_of,
    updates_of,
)
from trellis.health_needs.views.writing import PAGE, to_read
from trellis.letters.access import can_write_letter
from trellis.letters.presenters import letter_row
from trellis.letters.queries import letters_of, letters_under_way
from trellis.need_to_know.access import note_listed
from trellis.need_to_know.codes import CodeBook

SHOWN = 50


@require_GET
def child_health(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Updates, questions, services and letters of one young person."""
    user, person = request.user, to_read(request, person_id)
    page = page_of(updates_of(user, person), request.GET.get("page"))
    day, may_send = today(), can_write_letter(user, person)
    context = {
        **child_context(child_header(user, person), current=PAGE),
        "page": page,
        "updates": presenters.update_rows(page, CodeBook()),
        "questions": presenters.question_rows(questions_waiting_of(user, person), day),
        "services": presenters.service_rows(services_of(user, person), labels("health_service"), day),
        "letters": [letter_row(one, day, mail.can_leave()) for one in letters_of(user, person)],
        "letters_due": presenters.letter_due_rows(letters_due_of(user, person), day) if may_send else [],
        "may_update": can_give_update(user, person),
        "may_write": can_write_health(user, person),
        "may_send": may_send,
    }
    return render(request, "health_needs/health.html", context)


@require_GET
def queue(request: SignedInRequest) -> HttpResponse:
    """Letters that are due, wait, came back or are to be asked after; and what health is asked."""
    user, day = request.user, today()
    check_may(user, Permission.HEALTH_WRITE)
    due, asked, under_way = all_letters_due(user), list(questions_waiting(user)), list(letters_under_way(user))
    people = {one.person_id: one.person for one in asked}
    people |= {one.person_id: one.person for one in under_way}
    people |= {one.case.person_id: one.case.person for one in due}
    note_listed(user, "queue of health", list(people))
    letters = [letter_row(letter, day, mail.can_leave()) for letter in under_way]
    context = {
        "due": presenters.named(presenters.letter_due_rows(due[:SHOWN], day), people),
        "due_count": len(due),
        "now": presenters.named([row for row in letters if row["late"]], people),
        "waiting": presenters.named([row for row in letters if not row["late"]][:SHOWN], people),
        "questions": presenters.named(presenters.question_rows(asked, day), people),
        "no_mail": not mail.can_leave(),
    }
    return render(request, "health_needs/queue.html", context)
