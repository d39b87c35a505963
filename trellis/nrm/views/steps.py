"""Each step of a referral: made, decided, asked again, suspended or withdrawn, added to."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from trellis.accounts.sessions import SignedInRequest
from trellis.core.clocks import now, today
from trellis.nrm import presenters, services
from trellis.nrm.access import check_can_record, see_referral
from trellis.nrm.forms import AskAgainForm, DecisionForm, EvidenceForm, NotAgainForm, ReferForm, StepForm
from trellis.nrm.forms.referrals import stages_open
from trellis.nrm.lifecycle import DEVOLVED, RECONSIDERATION
from trellis.nrm.models import NrmReferral
from trellis.nrm.queries import agency, asked_stage, is_adult, routes_on
from trellis.nrm.views.writing import Writing, context_of, page_of_child, written
from trellis.people.models import Person
from trellis.plans.queries import agencies, worker, workers


def to_write(request: SignedInRequest, person_id: UUID) -> Person:
    """The young person of whom something is recorded. Raises Refused, Hidden."""
    person = page_of_child(request, person_id)
    check_can_record(request.user, person.id)
    return person


def referral_to_write(request: SignedInRequest, person_id: UUID, referral_id: UUID) -> tuple[Person, NrmReferral]:
    person = to_write(request, person_id)
    return person, see_referral(request.user, person, referral_id)


@require_http_methods(["GET", "POST"])
def refer(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)
    user = request.user

    def save(told: dict[str, Any]) -> object:
        return services.refer_to_nrm(person=person, by=user, **{**told, "agency": agency(told["agency"])})

    initial = {"agency": str(user.agency_id), "first_responder": user.name, "submitted_at": now()}
    form = ReferForm(request.POST or None, initial=initial, agencies=agencies(), adult=is_adult(person))
    more = {"routes": presenters.route_rows(routes_on(person, today()))}
    saved = "The referral is recorded. Its clock runs."
    return written(request, person, Writing("Refer to the NRM", form, save, saved, presenters.OUR_SUMMARY, more=more))


@require_http_methods(["GET", "POST"])
def decision(request: SignedInRequest, person_id: UUID, referral_id: UUID) -> HttpResponse:
    person, found = referral_to_write(request, person_id, referral_id)
    panel = found.body == DEVOLVED
    stages = stages_open(found.status, asked_stage(found), panel)
    if not stages and request.method == "GET":
        return nothing_to_do(request, person, "Record a decision", "Nothing is to be decided on this referral now.")

    def save(told: dict[str, Any]) -> object:
        chair = told.pop("chair", "")
        return services.record_decision(referral=found, by=request.user, chair=worker(chair) if chair else None, **told)

    initial = {"after": found.revision, "stage": stages[0] if len(stages) == 1 else None}
    form = DecisionForm(
        request.POST or None, initial=initial, stages=stages, panel=panel, workers=workers() if panel else ()
    )
    about = f"{found.get_body_display()}. {presenters.clock_words(found, today())[0]}."
    return written(request, person, Writing("Record a decision", form, save, "The decision is recorded.", about))


@require_http_methods(["GET", "POST"])
def reconsideration(request: SignedInRequest, person_id: UUID, referral_id: UUID) -> HttpResponse:
    """A negative decision is asked to be looked at again; or the body says that it does not."""
    person, found = referral_to_write(request, person_id, referral_id)
    initial, user = {"after": found.revision}, request.user
    if found.status == RECONSIDERATION and "asked_by" not in request.POST:
        writing = Writing(
            "Reconsideration: not taken up",
            NotAgainForm(request.POST or None, initial=initial),
            lambda told: services.answer_reconsideration(referral=found, by=user, **told),
            "It is recorded: the decision stands.",
            "If the body looked at it again, record what it decided as a decision instead.",
        )
    elif not presenters.steps_open(found)["again"] and request.method == "GET":
        return nothing_to_do(
            request, person, "Ask for reconsideration", "Nothing was decided that could be asked again."
        )
    else:
        writing = Writing(
            "Ask for reconsideration",
            AskAgainForm(request.POST or None, initial=initial),
            lambda told: services.ask_reconsideration(referral=found, by=user, **told),
            "It is recorded that reconsideration was asked for.",
            f"{presenters.clock_words(found, today())[0]}.",
        )
    return written(request, person, writing)


@require_http_methods(["GET", "POST"])
def step(request: SignedInRequest, person_id: UUID, referral_id: UUID) -> HttpResponse:
    """Suspended, withdrawn or taken up again."""
    person, found = referral_to_write(request, person_id, referral_id)
    if request.method == "GET" and not presenters.steps_open(found)["step"]:
        return nothing_to_do(
            request, person, "Suspend or withdraw", "This referral can be neither suspended nor withdrawn."
        )
    writing = Writing(
        "Suspend, withdraw or take up again",
        StepForm(request.POST or None, initial={"after": found.revision}, status=found.status),
        lambda told: services.move_referral(referral=found, by=request.user, **told),
        "It is recorded how the referral stands.",
        f"It stands: {found.get_status_display().lower()}.",
    )
    return written(request, person, writing)


@require_http_methods(["GET", "POST"])
def evidence(request: SignedInRequest, person_id: UUID, referral_id: UUID) -> HttpResponse:
    person, found = referral_to_write(request, person_id, referral_id)
    writing = Writing(
        "Evidence sent",
        EvidenceForm(request.POST or None, initial={"said_on": today()}),
        lambda told: services.add_evidence(referral=found, by=request.user, **told),
        "What was sent is recorded.",
    )
    return written(request, person, writing)


def nothing_to_do(request: SignedInRequest, person: Person, heading: str, why: str) -> HttpResponse:
    context = {**context_of(request, person), "page_heading": heading, "about": why, "back": "child-nrm"}
    return render(request, "nrm/form.html", context)
