"""The case studies of one young person: drafting, changing, checking, consent, release and withdrawal."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trellis.accounts.access import check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.case_studies import forms, presenters, services
from trellis.case_studies.access import check_either, check_second_person, see_study, see_to_draft, see_whole
from trellis.case_studies.lifecycle import CHECKED, PROPOSED, WITHDRAWN, WRITABLE
from trellis.case_studies.models import CaseStudy
from trellis.case_studies.queries import moves_of, standing_of, studies_of
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core.lifecycle import MoveNotAllowed, NotAsItStands
from trellis.core.protection import Part
from trellis.core.revisions import ChangedMeanwhile
from trellis.need_to_know.access import see_person
from trellis.need_to_know.protective_marking import MarkedTooHigh
from trellis.people.models import Person

CONFLICT = 409
TOO_LATE = (NotAsItStands, MoveNotAllowed, ChangedMeanwhile)


def page(
    request: SignedInRequest, person: Person, template: str, status: int | None = None, **more: Any
) -> HttpResponse:
    context = child_context(child_header(request.user, person), current="child-case-studies")
    return render(request, f"case_studies/{template}.html", {**context, **more}, status=status)


@require_GET
def child_case_studies(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = see_person(request.user, person_id, "case studies", Part.RECORD)
    rows = presenters.study_rows(studies_of(request.user, person))
    return page(request, person, "child", rows=rows, may_draft=request.user.may(Permission.CASE_STUDY_WRITE))


@require_http_methods(["GET", "POST"])
def draft(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = see_to_draft(request.user, person_id)
    form = forms.DraftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        study = services.draft_case_study(
            person=person,
            since=said["since"],
            until=said["until"],
            least=said["least"],
            by=request.user,
            key=said["form_key"],
        )
        messages.success(request, "The story is drafted. Read it, and change what the checker marks.")
        return redirect("case-study", person.id, study.id)
    return page(request, person, "form", form=form, page_heading="Draft a case study", send="Draft it")


@require_GET
def case_study(request: SignedInRequest, person_id: UUID, study_id: UUID) -> HttpResponse:
    """The story with what the checker finds in it now."""
    user = request.user
    person = see_person(user, person_id, "case study", Part.RECORD)
    return study_page(request, person, see_study(user, person, study_id))


def study_page(request: SignedInRequest, person: Person, study: CaseStudy, refused: str = "") -> HttpResponse:
    user = request.user
    standing = standing_of(user, study)
    drafts, releases = user.may(Permission.CASE_STUDY_WRITE), user.may(Permission.CASE_STUDY_RELEASE)
    state, tone = presenters.status_tag(study)
    return page(
        request,
        person,
        "study",
        CONFLICT if refused else None,
        study=study,
        state=state,
        tone=tone,
        refused=refused,
        sections=presenters.section_rows(study, standing),
        findings=presenters.finding_rows(standing),
        standing=standing,
        reasons=list(standing.reasons.values()),
        consents=presenters.consent_rows(standing),
        moves=presenters.steps(moves_of(study)),
        may_write=drafts and study.status in WRITABLE,
        may_propose=drafts and study.status == CHECKED and standing.is_clear,
        may_decide=releases and study.status == PROPOSED and study.recorded_by_id != user.id,
        may_withdraw=(drafts or releases) and study.status != WITHDRAWN,
        may_ask=drafts or releases,
    )


@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, person_id: UUID, study_id: UUID) -> HttpResponse:
    """The words; of two saved at once both are shown."""
    user = request.user
    person = see_to_draft(user, person_id)
    study = see_study(user, person, study_id)
    form = forms.StoryForm(request.POST or None, study=study)
    stands = None
    if request.method == "POST" and form.is_valid():
        try:
            services.change_case_study(study=study, after=form.cleaned_data["after"], by=user, **form.texts())
        except ChangedMeanwhile as meanwhile:
            stands = meanwhile.now
        except (NotAsItStands, MarkedTooHigh) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The story is saved and searched again.")
            return redirect("case-study", person.id, study.id)
    more = {"page_heading": "Change the story", "send": "Save and check", "stands": stands, "study": study}
    return page(request, person, "form", CONFLICT if stands else None, form=form, **more)


@require_http_methods(["GET", "POST"])
def harmless(request: SignedInRequest, person_id: UUID, study_id: UUID) -> HttpResponse:
    """Why possible findings tell nothing."""
    user = request.user
    person = see_to_draft(user, person_id)
    study = see_study(user, person, study_id)
    form = forms.ReasonsForm(request.POST or None, waiting=standing_of(user, study).to_explain)
    if request.method == "POST" and form.is_valid():
        try:
            services.explain_findings(study=study, reasons=form.reasons(), by=user)
        except NotAsItStands as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your reasons are kept beside the story.")
            return redirect("case-study", person.id, study.id)
    heading = "Why it tells nothing"
    return page(request, person, "form", form=form, page_heading=heading, send="Save reasons", study=study)


@require_http_methods(["GET", "POST"])
def consent(request: SignedInRequest, person_id: UUID, study_id: UUID) -> HttpResponse:
    user = request.user
    person = see_person(user, person_id, "case study", Part.RECORD)
    study = see_study(user, person, study_id)
    check_either(user, person)
    form = forms.ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        services.record_consent(study=study, by=user, key=said.pop("form_key"), **said)
        messages.success(request, "What they said is recorded.")
        return redirect("case-study", person.id, study.id)
    heading = "Record what they said"
    return page(request, person, "form", form=form, page_heading=heading, send="Record", study=study)


@require_POST
def propose(request: SignedInRequest, person_id: UUID, study_id: UUID) -> HttpResponse:
    person = see_to_draft(request.user, person_id)
    study = see_study(request.user, person, study_id)
    try:
        services.propose_case_study(study=study, by=request.user)
    except TOO_LATE as refusal:
        return study_page(request, person, see_study(request.user, person, study_id), str(refusal))
    messages.success(request, "The story waits for a second person.")
    return redirect("case-study", person.id, study.id)


@require_http_methods(["GET", "POST"])
def decide(request: SignedInRequest, person_id: UUID, study_id: UUID) -> HttpResponse:
    """A second person releases it or sends it back."""
    user = request.user
    check_may(user, Permission.CASE_STUDY_RELEASE)
    person = see_whole(user, person_id)
    study = see_study(user, person, study_id)
    check_second_person(user, study)
    form = forms.DecideForm(request.POST or None)
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["decision"] == forms.RELEASE:
                services.release_case_study(study=study, by=user)
                messages.success(request, "The story is released.")
            else:
                services.send_back_case_study(study=study, why=form.cleaned_data["why"], by=user)
                messages.success(request, "The story went back, with your words.")
            return redirect("case-study", person.id, study.id)
        except TOO_LATE as refusal:
            refused = str(refusal)
            form.add_error(None, refused)
    heading = "Release or send back"
    more = {"page_heading": heading, "send": "Save decision", "study": study, "told": study.sections}
    return page(request, person, "form", CONFLICT if refused else None, form=form, **more)


@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, person_id: UUID, study_id: UUID) -> HttpResponse:
    user = request.user
    person = see_person(user, person_id, "case study", Part.RECORD)
    study = see_study(user, person, study_id)
    check_either(user, person)
    form = forms.WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.withdraw_case_study(study=study, why=form.cleaned_data["why"], by=user)
        messages.success(request, "The story is withdrawn: it is in no list and no later report.")
        return redirect("case-study", person.id, study.id)
    heading = "Withdraw the story"
    return page(request, person, "form", form=form, page_heading=heading, send="Withdraw it", study=study)
