"""One assessment: everything it holds, and the steps to its end."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trellis.accounts.access import Refused
from trellis.accounts.sessions import SignedInRequest
from trellis.assessments import services
from trellis.assessments.access import can_assess, can_hand_over, can_sign_off, check_can_hand_over, check_can_sign_off
from trellis.assessments.forms import RETURN, HandOverForm, JudgementForm, SignOffForm, StopForm
from trellis.assessments.lifecycle import IN_PROGRESS, SUBMITTED
from trellis.assessments.models import Assessment
from trellis.assessments.presenters import assessment as words
from trellis.assessments.presenters import lists
from trellis.assessments.queries import Whole, assessors, contributions_to, moves_of, requests_of, whole
from trellis.assessments.views.shown import CONFLICT, change, found, found_to_write, page
from trellis.core.clocks import today
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.reference_data import labels


@require_GET
def assessment(request: SignedInRequest, person_id: UUID, assessment_id: UUID) -> HttpResponse:
    return assessment_page(request, found(request, person_id, assessment_id))


def assessment_page(
    request: SignedInRequest, one: Assessment, missing: list[str] | None = None, status: int | None = None
) -> HttpResponse:
    """``missing``: what keeps it from being submitted, where somebody tried."""
    user, held = request.user, whole(one)
    requests = requests_of(user, one)
    open_to_write = one.status == IN_PROGRESS and can_assess(user, one.person_id)
    more = {
        "status_tag": words.status_tag(one),
        "clock": words.clock(one, today()),
        "facts": words.facts(one),
        "found_rows": words.found_rows(held),
        "judgement_rows": words.judgement_rows(held),
        "views_rows": words.views_rows(one),
        "areas": area_rows(held),
        "sides": words.worries_and_strengths(held.definition, held.answers),
        "sections": [(part, words.task_status(part)) for part in words.sections(held.definition, held.answers)],
        "contributions": lists.contribution_rows(requests, contributions_to(user, requests), today()),
        "steps": words.steps(moves_of(one)),
        "still_missing": services.missing_from(one, held.judgement, held.result) if open_to_write else [],
        "missing": missing,
        "writes": open_to_write,
        "hands_over": can_hand_over(user, one),
        "signs_off": one.status == SUBMITTED and can_sign_off(user, one),
    }
    return page(request, one, "assessment", status=status, **more)


def area_rows(held: Whole) -> list[tuple[str, str, str]]:
    """Outcome area in words, how things stand, the change stated."""
    called = labels("outcome_area")
    return [
        (called.get(area, area), view.words, view.get_change_display()) for area, view in sorted(held.outcomes.items())
    ]


@require_http_methods(["GET", "POST"])
def judgement(request: SignedInRequest, person_id: UUID, assessment_id: UUID) -> HttpResponse:
    one = found_to_write(request, person_id, assessment_id)
    held = whole(one)
    before = held.judgement
    initial = {"band": before.band or "none", "words": before.words, "why": before.why} if before else {}
    form = JudgementForm(request.POST or None, definition=held.definition, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.judge(assessment=one, by=request.user, **form.judged())
        except services.ReasonNeeded as needed:
            form.add_error("why", str(needed))
        except MoveNotAllowed as refusal:
            form.add_error(None, f"Nothing was saved: {refusal}")
            return page(request, one, "judgement", form=form, found_rows=words.found_rows(held), status=CONFLICT)
        else:
            return change(request, one, lambda: None, "Your judgement is saved.")
    return page(request, one, "judgement", form=form, found_rows=words.found_rows(held))


@require_POST
def submit(request: SignedInRequest, person_id: UUID, assessment_id: UUID) -> HttpResponse:
    one = found_to_write(request, person_id, assessment_id)
    try:
        return change(
            request,
            one,
            lambda: services.submit_assessment(assessment=one, by=request.user),
            "The assessment waits for a manager to sign it off.",
        )
    except services.NotYetComplete as refusal:
        return assessment_page(request, one, refusal.missing, status=CONFLICT)


@require_http_methods(["GET", "POST"])
def sign_off(request: SignedInRequest, person_id: UUID, assessment_id: UUID) -> HttpResponse:
    one = found(request, person_id, assessment_id)
    check_can_sign_off(request.user, one)
    if one.status != SUBMITTED:
        return change(request, one, lambda: not_submitted(one), "")
    form = SignOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if said["decision"] == RETURN:
            return change(
                request,
                one,
                lambda: services.return_for_more(assessment=one, reason=said["words"], by=request.user),
                "The assessment is back with its worker, who is told.",
            )
        return change(
            request,
            one,
            lambda: services.sign_off_assessment(assessment=one, words=said["words"], by=request.user),
            "The assessment is signed off.",
        )
    held = whole(one)
    return page(
        request,
        one,
        "sign_off",
        form=form,
        found_rows=words.found_rows(held),
        judgement_rows=words.judgement_rows(held),
        views_rows=words.views_rows(one),
    )


def not_submitted(one: Assessment) -> None:
    raise MoveNotAllowed(f"it does not wait for sign-off, it is {one.get_status_display().lower()}")


@require_http_methods(["GET", "POST"])
def hand_over(request: SignedInRequest, person_id: UUID, assessment_id: UUID) -> HttpResponse:
    """Somebody else goes on with an assessment."""
    one = found(request, person_id, assessment_id)
    check_can_hand_over(request.user, one)
    others = [user for user in assessors(one.person) if user.id != one.worker_id]
    form = HandOverForm(request.POST or None, assessors=others, initial={"after": one.worker_id})
    status = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            return change(
                request,
                one,
                lambda: services.hand_over_assessment(assessment=one, by=request.user, **said),
                f"The assessment is {said['to'].name}'s from now on. They are told.",
            )
        except Refused as refusal:
            form.add_error("to", refusal.reason)
        except services.HandedMeanwhile as meanwhile:
            form.add_error(None, f"Nothing was changed. {meanwhile}")
            status = CONFLICT
    words_of = {"page_heading": "Hand this assessment over", "button_words": "Hand it over"}
    return page(request, one, "step", status=status, form=form, **words_of)


@require_http_methods(["GET", "POST"])
def stop(request: SignedInRequest, person_id: UUID, assessment_id: UUID) -> HttpResponse:
    one = found_to_write(request, person_id, assessment_id)
    form = StopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return change(
            request,
            one,
            lambda: services.stop_assessment(assessment=one, reason=form.cleaned_data["reason"], by=request.user),
            "The assessment is stopped. What was written stays.",
        )
    return page(request, one, "step", form=form, page_heading="Stop this assessment", button_words="Stop it")
