"""Asking other agencies, and what they give."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from trellis.accounts.access import Hidden
from trellis.accounts.sessions import SignedInRequest
from trellis.assessments import services
from trellis.assessments.access import can_give, check_can_give, see_request
from trellis.assessments.forms import DECLINE, AskForm, ContributionForm, StopForm
from trellis.assessments.models import Assessment, ContributionRequest
from trellis.assessments.presenters import lists
from trellis.assessments.queries import agencies_that_see, contributors
from trellis.assessments.views.shown import CONFLICT, change, found_to_write, page, to
from trellis.core.clocks import today
from trellis.core.lifecycle import MoveNotAllowed


@require_http_methods(["GET", "POST"])
def ask(request: SignedInRequest, person_id: UUID, assessment_id: UUID) -> HttpResponse:
    one = found_to_write(request, person_id, assessment_id)
    form = AskForm(request.POST or None, agencies=agencies_that_see(one.person), people=contributors(one.person))
    if request.method == "POST" and form.is_valid():
        try:
            asked = services.ask_for_contribution(assessment=one, by=request.user, **form.asked())
        except services.DoesNotSee as refusal:
            form.add_error("agency", str(refusal))
        except MoveNotAllowed as refusal:
            form.add_error(None, f"Nobody was asked: {refusal}")
        else:
            messages.success(request, f"{asked.agency} is asked, until {asked.due_on:%-d %B %Y}, and told.")
            return to(one)
    return page(request, one, "ask", form=form)


@require_POST
def chase(request: SignedInRequest, person_id: UUID, assessment_id: UUID, request_id: UUID) -> HttpResponse:
    one, asked = found_request(request, person_id, assessment_id, request_id)
    return change(
        request,
        one,
        lambda: services.chase_contribution(request=asked, by=request.user),
        f"{asked.agency} is told once more.",
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, person_id: UUID, assessment_id: UUID, request_id: UUID) -> HttpResponse:
    one, asked = found_request(request, person_id, assessment_id, request_id)
    form = StopForm(request.POST or None)
    form.fields["reason"].label = "Why is it no longer asked?"
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["reason"]
        return change(
            request,
            one,
            lambda: services.withdraw_request(request=asked, why=why, by=request.user),
            f"{asked.agency} is no longer asked.",
        )
    return page(request, one, "step", form=form, page_heading="Ask no longer", button_words="Ask no longer")


def found_request(
    request: SignedInRequest, person_id: UUID, assessment_id: UUID, request_id: UUID
) -> tuple[Assessment, ContributionRequest]:
    """Raises Hidden for a request of another assessment."""
    one = found_to_write(request, person_id, assessment_id)
    asked = see_request(request.user, request_id)
    if asked.assessment_id != one.id:
        raise Hidden("contribution request", request_id)
    return one, asked


@require_http_methods(["GET", "POST"])
def contribution(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    """Contribute, or see the receipt. It needs no sight of the record beyond who the young person is."""
    asked = see_request(request.user, request_id)
    check_can_give(request.user, asked)
    form = ContributionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            settle(request, asked, form)
        except MoveNotAllowed as refusal:
            form.add_error(None, f"Nothing was saved: {refusal}")
            return contribution_page(request, asked, form, status=CONFLICT)
        messages.success(request, "Thank you. Whoever asked is told.")
        return redirect("contribution", asked.id)
    return contribution_page(request, asked, form)


def settle(request: SignedInRequest, asked: ContributionRequest, form: ContributionForm) -> None:
    said = form.cleaned_data
    if said["answer"] == DECLINE:
        services.decline_to_contribute(request=asked, why=said["why"], by=request.user)
    else:
        services.give_contribution(
            request=asked, text=said["text"], strengths=said["strengths"], by=request.user, key=said["form_key"]
        )


def contribution_page(
    request: SignedInRequest, asked: ContributionRequest, form: ContributionForm, status: int | None = None
) -> HttpResponse:
    context = {
        "asked": asked,
        "person": asked.person,
        "rows": lists.receipt(asked, today()),
        "form": form if status or can_give(request.user, asked) else None,
        "running_name": asked.person.name,
    }
    return render(request, "assessments/contribution.html", context, status=status)
