"""Keeping a worker from a record, saying that one knows the young person, sealing and unsealing."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from trellis.accounts.access import Hidden
from trellis.accounts.fresh import needs_fresh_sign_in
from trellis.accounts.models import User
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.need_to_know import seals
from trellis.need_to_know.access import check_can_keep_apart, check_can_seal, see_person
from trellis.need_to_know.exclusions import end_exclusion, see_exclusion
from trellis.people.models import Person
from trellis.sharing.sealing import services
from trellis.sharing.sealing.forms import DeclareForm, ExcludeForm, HolderForm, ReasonForm, SealForm
from trellis.sharing.sealing.queries import could_be_excluded

CURRENT = "child-access"
# The log says no more of these pages than of the one they are reached from: it is read by the lead worker, too.
WHAT = "who sees this record"
FORM = ["GET", "POST"]


def step_page(
    request: SignedInRequest, person: Person, form: forms.Form, heading: str, button: str, words: str = "", **more: Any
) -> HttpResponse:
    context = child_context(child_header(request.user, person), current=CURRENT)
    step = {"form": form, "page_heading": heading, "button": button, "words": words, **more}
    return render(request, "sharing/sealing/step.html", {**context, **step})


def to_access(person: Person) -> HttpResponseRedirect:
    return redirect(CURRENT, person.id)


@require_http_methods(FORM)
def exclude(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Keep a worker from this record."""
    user = request.user
    person = see_person(user, person_id, WHAT)
    check_can_keep_apart(user, person)
    form = ExcludeForm(request.POST or None, users=could_be_excluded(user, person))
    if request.method == "POST" and form.is_valid():
        kept: User = form.cleaned_data["user"]
        led = services.keep_worker_from(person=person, user=kept, reason=form.cleaned_data["reason"], by=user)
        messages.success(request, f"{kept.name} no longer sees this record.")
        if led:
            messages.warning(request, f"{kept.name} led this case. {services.NO_LEAD}")
        return to_access(person)
    return step_page(
        request,
        person,
        form,
        "Keep a worker from this record",
        "Keep them from it",
        "It counts from the next page they ask for, and beats whatever is granted to them. To them it looks as if "
        "there were no such record.",
    )


@require_http_methods(FORM)
def let_back(request: SignedInRequest, person_id: UUID, exclusion_id: UUID) -> HttpResponse:
    """End an exclusion; never one's own."""
    person = see_person(request.user, person_id, WHAT)
    held = see_exclusion(request.user, person, exclusion_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        end_exclusion(exclusion=held, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"{held.user.name} may see this record again, as far as it is granted to them.")
        return to_access(person)
    return step_page(request, person, form, f"Let {held.user.name} back", "Let them back")


@require_http_methods(FORM)
def declare(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """A worker knows this young person themselves."""
    person = see_person(request.user, person_id, WHAT)
    form = DeclareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.declare_relation(person=person, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "Thank you for saying so. The record is closed to you, and those who work it know.")
        return redirect("my-day")
    return step_page(
        request,
        person,
        form,
        "I know this young person myself",
        "Close this record to me",
        "The record closes to you at once, and only somebody else can open it to you again. Saying so is right, and "
        "nothing is held against you.",
    )


@require_http_methods(FORM)
@needs_fresh_sign_in
def seal(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Keep this record to the people named."""
    user = request.user
    person = see_person(user, person_id, WHAT)
    check_can_seal(user, person)
    if seals.seal_held(user, person):
        return redirect("unseal", person.id)
    others = [other for other in seals.can_hold(user, person) if other.pk != user.pk]
    form = SealForm(request.POST or None, users=others)
    if request.method == "POST" and form.is_valid():
        try:
            services.seal_record(person=person, by=user, **form.cleaned_data)
        except seals.NotEnoughHolders as refusal:
            form.add_error("holders", str(refusal))
        else:
            messages.success(request, "The record is sealed. To everybody else it does not exist.")
            return to_access(person)
    return step_page(
        request,
        person,
        form,
        "Seal this record",
        "Seal it",
        "To everybody you do not choose here it is as if this record had never been: in lists, counts, searches, the "
        "missing desk, in an emergency. Whoever works with them and is not chosen loses sight at once.",
        warning=True,
    )


@require_http_methods(FORM)
@needs_fresh_sign_in
def unseal(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """The first of two: propose that the seal be taken off; or see what is proposed."""
    user = request.user
    person = see_person(user, person_id, WHAT)
    held = seals.see_seal(user, person)
    proposal = seals.waiting_proposal(held)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and not proposal and form.is_valid():
        services.propose_unseal(seal=held, reason=form.cleaned_data["reason"], by=user)
        messages.success(request, "The other holders are told. Somebody of another agency must agree.")
        return redirect("unseal", person.id)
    context = child_context(child_header(user, person), current=CURRENT)
    more = {
        "form": form,
        "proposal": proposal,
        "own": proposal is not None and proposal.proposed_by_id == user.pk,
        "may_agree": proposal is not None and proposal.proposed_by.agency_id != user.agency_id,
    }
    return render(request, "sharing/sealing/unseal.html", {**context, **more})


@require_POST
@needs_fresh_sign_in
def answer_unseal(request: SignedInRequest, person_id: UUID, proposal_id: UUID) -> HttpResponse:
    """The second of two agrees, or says no; who proposed takes it back."""
    user = request.user
    person = see_person(user, person_id, WHAT)
    proposal = seals.proposal_of(seals.see_seal(user, person), proposal_id)
    if request.POST.get("answer") == "agree":
        services.agree_unseal(proposal=proposal, by=user)
        messages.success(request, "The seal is off. Everybody to whom the record is granted sees it again.")
    else:
        seals.withdraw_proposal(proposal=proposal, by=user)
        messages.success(request, "The seal stays.")
    return to_access(person)


@require_http_methods(FORM)
@needs_fresh_sign_in
def add_holder(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Somebody more keeps their sight of a sealed record."""
    user = request.user
    person = see_person(user, person_id, WHAT)
    held = seals.see_seal(user, person)
    check_can_seal(user, person)
    form = HolderForm(request.POST or None, users=seals.could_hold(held))
    if request.method == "POST" and form.is_valid():
        seals.add_holder(seal=held, user=form.cleaned_data["user"], by=user)
        messages.success(request, f"{form.cleaned_data['user'].name} sees this record now.")
        return to_access(person)
    return step_page(
        request,
        person,
        form,
        "Add somebody who sees this record",
        "Add them",
        "Only those to whom the whole record is granted can be chosen: a seal gives no sight.",
    )


@require_http_methods(FORM)
@needs_fresh_sign_in
def remove_holder(request: SignedInRequest, person_id: UUID, user_id: UUID) -> HttpResponse:
    """Somebody keeps their sight no longer."""
    user = request.user
    person = see_person(user, person_id, WHAT)
    held = seals.see_seal(user, person)
    leaving = next((holder.user for holder in seals.holders_of(held) if holder.user_id == user_id), None)
    if leaving is None:
        raise Hidden("seal holder", user_id)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            seals.remove_holder(seal=held, user=leaving, by=user)
        except seals.NotEnoughHolders as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{leaving.name} no longer sees this record.")
            return redirect("my-day") if leaving.pk == user.pk else to_access(person)
    return step_page(request, person, form, f"Take {leaving.name} off", "Take them off")
