"""One young person's page on the way to adulthood, and what is written on it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.access import Hidden
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core.clocks import today
from trellis.core.reference_data import labels
from trellis.need_to_know.access import sees_whole_record
from trellis.transition import presenters, services
from trellis.transition.access import see_row
from trellis.transition.forms import AnswerForm, AreasForm, CapacityForm, OwnWordsForm, ThresholdForm
from trellis.transition.lifecycle import AGES, YEAR, reaches_on
from trellis.transition.models import AdultThreshold
from trellis.transition.queries import (
    Whole,
    latest_outcomes,
    latest_readiness,
    plan_of,
    whole_transition,
)
from trellis.transition.views.writing import PAGE, Writing, to_read, to_write, written

SAID = ("what_i_want", "who_beside_me", "what_worries_me", "own_words", "said_on", "review_due_on")


@require_GET
def transition(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """What they want from 18, who takes over, what is not there yet."""
    user = request.user
    person = to_read(request, person_id)
    context = {
        **child_context(child_header(user, person), current=PAGE),
        "called": presenters.called(person),
        "may_write": user.may(Permission.TRANSITION_WRITE),
        "may_settle": user.may(Permission.ADULT_BASIS_RECORD) and sees_whole_record(user, person.id),
        "may_refer": user.may(Permission.PANEL_REFER) and sees_whole_record(user, person.id),
        **words_of(whole_transition(user, person)),
    }
    return render(request, "transition/child.html", context)


def words_of(whole: Whole) -> dict[str, object]:
    day, standing = today(), whole.standing
    outcome_areas, outcome_statuses = labels("adult_outcome_area"), labels("adult_outcome_status")
    return {
        "whole": whole,
        "plan": standing.plan,
        "plan_words": presenters.plan_words(standing.plan),
        "days": presenters.days_to(standing.alerts.of_age, day),
        "of_age": standing.alerts.of_age,
        "steps": presenters.steps_of(standing, whole.bases is not None),
        "day": day,
        "readiness": presenters.area_rows(labels("readiness_area"), whole.readiness, labels("readiness_status")),
        "thresholds": presenters.threshold_rows(
            whole.thresholds, labels("adult_threshold"), labels("threshold_answer")
        ),
        "bases": None if whole.bases is None else presenters.basis_rows(whole.bases, labels("adult_basis")),
        "standing_basis": standing.basis,
        "worker": standing.adult_worker,
        "first_met": presenters.first_met_on(
            [one for one in whole.meetings if one.adult_worker_id == getattr(standing.adult_worker, "id", None)]
        ),
        "outcomes": [
            {
                "age": age,
                "on": reaches_on(standing.person.date_of_birth, age * YEAR),
                "rows": presenters.area_rows(outcome_areas, said, outcome_statuses) if said else [],
            }
            for age, said in whole.outcomes.items()
        ],
        "school": presenters.school_facts(whole.school_move) if whole.school_move else None,
        "panel": standing.panel,
    }


@require_http_methods(["GET", "POST"])
def own_words(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)
    found = plan_of(request.user, person)
    initial = {name: getattr(found, name) for name in SAID} if found else {}
    writing = Writing(
        "What they want from 18",
        OwnWordsForm(request.POST or None, initial={**initial, "after": found.revision if found else 0}),
        lambda told: services.write_own_words(person=person, by=request.user, **told),
        "Their words are saved.",
        "Their words come first: everything else on the page follows from them.",
    )
    return written(request, person, writing)


@require_http_methods(["GET", "POST"])
def readiness(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)
    form = AreasForm(
        request.POST or None,
        areas=labels("readiness_area"),
        statuses=labels("readiness_status"),
        stood=latest_readiness(request.user, person),
        initial={"looked_on": today()},
    )
    writing = Writing(
        "How ready they are",
        form,
        lambda told: services.record_readiness(person=person, by=request.user, **told),
        "How ready they are is saved.",
        "Look at it together. What was said before is kept.",
    )
    return written(request, person, writing)


@require_http_methods(["GET", "POST"])
def outcomes(request: SignedInRequest, person_id: UUID, age: int) -> HttpResponse:
    person = to_write(request, person_id)
    if age not in AGES:
        raise Hidden("adult outcome", person_id)
    form = AreasForm(
        request.POST or None,
        areas=labels("adult_outcome_area"),
        statuses=labels("adult_outcome_status"),
        stood=latest_outcomes(request.user, person, age),
        initial={"looked_on": today()},
    )
    writing = Writing(
        f"How things are at {age}",
        form,
        lambda told: services.record_outcomes(person=person, age=age, by=request.user, **told),
        f"How things are at {age} is saved.",
        "“Not known” is an answer, and is shown as one.",
    )
    return written(request, person, writing)


@require_http_methods(["GET", "POST"])
def capacity(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)
    writing = Writing(
        "A capacity assessment",
        CapacityForm(request.POST or None),
        lambda told: services.record_capacity(person=person, by=request.user, **told),
        "The capacity assessment is recorded.",
        "Everybody from 16 on is taken to be able to decide unless somebody assessed that one decision.",
    )
    return written(request, person, writing)


@require_http_methods(["GET", "POST"])
def ask(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)
    writing = Writing(
        "Ask adult services",
        ThresholdForm(request.POST or None, initial={"asked_on": today()}),
        lambda told: services.ask_threshold(person=person, by=request.user, **told),
        "The question to adult services is recorded.",
    )
    return written(request, person, writing)


@require_http_methods(["GET", "POST"])
def answer(request: SignedInRequest, person_id: UUID, threshold_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)
    found = see_row(request.user, person, AdultThreshold, threshold_id)
    initial = {name: getattr(found, name) for name in ("answer", "answered_on", "words")}
    asked = labels("adult_threshold").get(found.kind, found.kind)
    writing = Writing(
        "What adult services answered",
        AnswerForm(request.POST or None, initial={**initial, "after": found.revision}),
        lambda told: services.answer_threshold(threshold=found, by=request.user, **told),
        "The answer is recorded.",
        f"{asked}: {found.asked_of} was asked.",
    )
    return written(request, person, writing)
