"""The peer audit of return interviews: rounds, one round with its figures, reading an interview, actions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.access import check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.core.clocks import now, today
from trellis.core.pages import page_of
from trellis.core.reference_data import labels
from trellis.missing import services
from trellis.missing.access import check_can_audit, see_audit, see_audit_action, see_round
from trellis.missing.forms.quality import AuditActionDoneForm, AuditActionForm, DrawForm, ReadForm
from trellis.missing.models import AuditRound, InterviewAudit
from trellis.missing.presenters import quality as words
from trellis.missing.presenters.interviews import interview, interview_parts
from trellis.missing.queries.interviews import all_reasons, around_interview, independences
from trellis.missing.queries.quality import (
    actions_of,
    audits_of,
    rounds,
    those_who_work_here,
    with_counts,
    worker_of,
)
from trellis.need_to_know.access import note_listed

CONFLICT = 409
CRITERIA, RATINGS = "interview_quality", "interview_rating"


def page(request: SignedInRequest, template: str, status: int | None = None, **context: Any) -> HttpResponse:
    return render(request, f"missing/quality/{template}.html", context, status=status)


@require_GET
def audit_rounds(request: SignedInRequest) -> HttpResponse:
    """Every round, with how many of those the reader may see were read."""
    check_may(request.user, Permission.INTERVIEW_AUDIT)
    found = page_of(rounds(), request.GET.get("page"))
    return page(request, "rounds", page=found, lines=with_counts(request.user, list(found)))


@require_http_methods(["GET", "POST"])
def draw(request: SignedInRequest) -> HttpResponse:
    """Draw a round among the interviews whoever draws may see."""
    check_may(request.user, Permission.INTERVIEW_AUDIT)
    form = DrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.draw_round(by=request.user, **form.said())
        except services.NothingToDraw as refusal:
            form.add_error("starts_on", str(refusal))
        else:
            messages.success(request, "The round is drawn.")
            return redirect("audit-round", made.id)
    return page(request, "form", form=form, page_heading="Draw a round", button="Draw")


@require_GET
def audit_round(request: SignedInRequest, round_id: UUID) -> HttpResponse:
    """One round: what was drawn, how it was rated, what it led to. It prints as it stands."""
    user = request.user
    found = see_round(user, round_id)
    audits = audits_of(user, found)
    note_listed(user, "audit of interviews", [one.interview.episode.person_id for one in audits])
    criteria, ratings = labels(CRITERIA), labels(RATINGS)
    read = [one for one in audits if one.read_at]
    return page(
        request,
        "round",
        round=found,
        drew=found if found.drawn_by_id == user.id else None,
        read_count=len(read),
        rows=words.audit_rows(audits, ratings, user.id),
        table=words.ratings_table(read, criteria, ratings),
        chart=words.good_chart(read, criteria),
        actions=words.action_rows(actions_of(found), today()),
    )


@require_http_methods(["GET", "POST"])
def audit_interview(request: SignedInRequest, round_id: UUID, audit_id: UUID) -> HttpResponse:
    """Read one interview and rate it; once read, what was found. Nobody reads one they held."""
    user = request.user
    found = see_round(user, round_id)
    audit = see_audit(user, found, audit_id)
    check_can_audit(user, audit.interview)
    form = ReadForm(request.POST or None, criteria=labels(CRITERIA), ratings=labels(RATINGS))
    if request.method == "POST" and form.is_valid():
        try:
            services.read_interview(audit=audit, by=user, **form.said())
        except services.ReadAlready as refusal:
            return reading(request, found, refusal.stands, form, CONFLICT)
        messages.success(request, "What you found is saved.")
        return redirect("audit-round", found.id)
    return reading(request, found, audit, form)


def reading(
    request: SignedInRequest, round: AuditRound, audit: InterviewAudit, form: ReadForm, status: int | None = None
) -> HttpResponse:
    episode = audit.interview.episode
    parts = interview_parts(around_interview(request.user, episode), independences())
    return page(
        request,
        "interview",
        status,
        round=round,
        audit=audit,
        person=episode.person,
        running_name=episode.person.name,
        episode=episode,
        interview=interview(episode, all_reasons(), now()),
        **{name: part for name, part in parts.items() if "prevention" not in name},
        form=form if status or audit.read_at is None else None,
        found=words.rating_rows(audit, labels(CRITERIA), labels(RATINGS)) if audit.read_at else [],
        stale=status is not None,
    )


@require_http_methods(["GET", "POST"])
def add_action(request: SignedInRequest, round_id: UUID) -> HttpResponse:
    found = see_round(request.user, round_id)
    form = AuditActionForm(request.POST or None, workers=those_who_work_here())
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        services.agree_audit_action(
            round=found,
            theme=said["theme"],
            what=said["what"],
            owner=worker_of(said["owner"]),
            due_on=said["due_on"],
            by=request.user,
            key=said["form_key"],
        )
        messages.success(request, "The action is agreed.")
        return redirect("audit-round", found.id)
    return page(request, "form", form=form, page_heading="Agree an action", button="Save", round=found)


@require_http_methods(["GET", "POST"])
def finish_action(request: SignedInRequest, round_id: UUID, action_id: UUID) -> HttpResponse:
    found = see_round(request.user, round_id)
    action = see_audit_action(found, action_id)
    form = AuditActionDoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.finish_audit_action(action=action, came_of_it=form.cleaned_data["came_of_it"], by=request.user)
        messages.success(request, "What came of it is recorded.")
        return redirect("audit-round", found.id)
    return page(request, "form", form=form, page_heading=action.what, button="It is done", round=found)
