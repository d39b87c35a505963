"""Updates for the meeting, and questions to health."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from trellis.accounts.sessions import SignedInRequest
from trellis.audit_log.trail import attempt
from trellis.core.clocks import today
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.presenters import day
from trellis.core.reference_data import due_on
from trellis.health_needs import services
from trellis.health_needs.access import check_can_give_update, see_in_health
from trellis.health_needs.forms import CorrectionForm, QuestionForm, UpdateForm
from trellis.health_needs.models import HealthQuestion, HealthUpdate
from trellis.health_needs.views.writing import PAGE, to_write, written

GIVEN = "The update is recorded."


@require_http_methods(["GET", "POST"])
def give_update(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)
    check_can_give_update(request.user, person)
    form = UpdateForm(request.POST or None, initial={"told_on": today()})
    return written(
        request,
        person,
        "Health update for the meeting",
        form,
        lambda told: services.give_update(person=person, by=request.user, **told),
        GIVEN,
    )


@require_http_methods(["GET", "POST"])
def answer(request: SignedInRequest, person_id: UUID, question_id: UUID) -> HttpResponse:
    """An update that answers what was asked."""
    person = to_write(request, person_id)
    check_can_give_update(request.user, person)
    question = see_in_health(request.user, person, HealthQuestion, question_id)
    form = UpdateForm(request.POST or None, initial={"told_on": today()})
    return written(
        request,
        person,
        "Answer for health",
        form,
        lambda told: services.give_update(person=person, by=request.user, answers=question, **told),
        GIVEN,
        question.question,
    )


@require_http_methods(["GET", "POST"])
def correct_update(request: SignedInRequest, person_id: UUID, update_id: UUID) -> HttpResponse:
    """Put an update right; what it said is kept."""
    person = to_write(request, person_id)
    check_can_give_update(request.user, person)
    update = see_in_health(request.user, person, HealthUpdate, update_id)
    form = CorrectionForm(request.POST or None, initial={"words": update.words})
    return written(
        request,
        person,
        "Put an update right",
        form,
        lambda told: services.correct_update(update=update, by=request.user, **told),
        "The update is put right. What it said before is kept.",
        f"The update of {day(update.told_on)}",
    )


@require_http_methods(["GET", "POST"])
def ask(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Somebody asks health."""
    person = to_write(request, person_id)
    form = QuestionForm(request.POST or None, initial={"due_on": due_on("health.question", today())})
    return written(
        request,
        person,
        "Ask health for an update",
        form,
        lambda told: services.ask_health(person=person, by=request.user, **told),
        "Health is asked. It stands in their queue.",
    )


@require_POST
def withdraw(request: SignedInRequest, person_id: UUID, question_id: UUID) -> HttpResponse:
    """It is not needed any more."""
    person = to_write(request, person_id)
    question = see_in_health(request.user, person, HealthQuestion, question_id)
    try:
        with attempt():
            services.withdraw_question(question=question, by=request.user)
    except MoveNotAllowed:
        messages.error(request, "Health has answered meanwhile: nothing was changed.")
    else:
        messages.success(request, "Health need not answer any more.")
    return redirect(PAGE, person.id)
