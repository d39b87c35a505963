"""Assessment tools: the list, one tool, its versions, and drawing up the next."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trellis.accounts.access import check_may
from trellis.accounts.fresh import needs_fresh_sign_in
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.assessments.editor import presenters, queries, services
from trellis.assessments.editor.access import see_draft, see_instrument, see_version
from trellis.assessments.editor.forms import AboutForm, PublishForm, TrialForm
from trellis.assessments.instruments.definition import Definition
from trellis.assessments.instruments.reading import Unusable, as_far_as_it_reads, read
from trellis.assessments.instruments.scoring import result
from trellis.core.revisions import ChangedMeanwhile

FORM = ["GET", "POST"]
ABOUT = ("name", "purpose", "about", "age_from", "age_to")
CHANGED = "Somebody changed the draft while you were looking at it. Look at it again before you publish it."


@require_GET
def instruments(request: SignedInRequest) -> HttpResponse:
    rows = presenters.tool_rows(queries.instruments(request.user))
    may_edit = request.user.may(Permission.INSTRUMENT_EDIT)
    return render(request, "assessments/editor/instruments.html", {"rows": rows, "may_edit": may_edit})


@require_http_methods(FORM)
def new_instrument(request: SignedInRequest) -> HttpResponse:
    check_may(request.user, Permission.INSTRUMENT_EDIT)
    form = AboutForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = services.draw_up_instrument(by=request.user, **form.cleaned_data)
        messages.success(request, "The tool is begun. Add its first domain.")
        return redirect("instrument-draft", made.id)
    return about_page(request, form, "Draw up a new tool", reverse("instruments"))


@require_http_methods(FORM)
def instrument_about(request: SignedInRequest, instrument_id: UUID) -> HttpResponse:
    check_may(request.user, Permission.INSTRUMENT_EDIT)
    held = see_instrument(request.user, instrument_id)
    form = AboutForm(request.POST or None, initial={name: getattr(held, name) for name in ABOUT})
    if request.method == "POST" and form.is_valid():
        services.describe_instrument(instrument=held, by=request.user, **form.cleaned_data)
        messages.success(request, "What is said about the tool is changed.")
        return redirect("instrument", held.id)
    return about_page(request, form, "Change what is said about the tool", reverse("instrument", args=[held.id]))


def about_page(request: SignedInRequest, form: AboutForm, heading: str, back: str) -> HttpResponse:
    context = {"form": form, "page_heading": heading, "back": back}
    return render(request, "assessments/editor/about.html", context)


@require_GET
def instrument(request: SignedInRequest, instrument_id: UUID) -> HttpResponse:
    user = request.user
    held = see_instrument(user, instrument_id)
    context = {
        "instrument": held,
        "about": presenters.about_rows(held),
        "versions": queries.versions_of(held),
        "drawn_up": presenters.has_draft(held),
        "may_edit": user.may(Permission.INSTRUMENT_EDIT),
        "may_publish": user.may(Permission.INSTRUMENT_PUBLISH),
    }
    return render(request, "assessments/editor/instrument.html", context)


@require_GET
def instrument_version(request: SignedInRequest, instrument_id: UUID, number: int) -> HttpResponse:
    """A published version as it is for good."""
    version = see_version(request.user, instrument_id, number)
    context = {
        "version": version,
        "instrument": version.instrument,
        "facts": presenters.version_rows(version),
        "may_publish": request.user.may(Permission.INSTRUMENT_PUBLISH) and version.retired_at is None,
        **in_words(read(version.definition)),
    }
    return render(request, "assessments/editor/version.html", context)


def in_words(tool: Definition) -> dict[str, Any]:
    return {
        "tool": tool,
        "rule": presenters.rule_rows(tool),
        "bands": presenters.band_table(tool),
        "floors": presenters.floor_rows(tool),
        "scales": presenters.scale_rows(tool),
        "domains": presenters.domain_rows(tool, queries.outcome_areas()),
        "review": presenters.review_words(tool),
        "asks": presenters.questions_asked(tool),
    }


@require_POST
def begin_draft(request: SignedInRequest, instrument_id: UUID) -> HttpResponse:
    check_may(request.user, Permission.INSTRUMENT_EDIT)
    held = see_instrument(request.user, instrument_id)
    services.draft_instrument(instrument=held, by=request.user)
    return redirect("instrument-draft", held.id)


@require_http_methods(FORM)
def instrument_draft(request: SignedInRequest, instrument_id: UUID) -> HttpResponse:
    """The draft, part by part, and beside it the tool as a worker will see it. Posting tries it out."""
    draft = see_draft(request.user, instrument_id)
    tool, problems = as_far_as_it_reads(draft.definition)
    trial = TrialForm(request.POST or None, tool)
    context: dict[str, Any] = {
        "draft": draft,
        "instrument": draft.instrument,
        "problems": problems,
        "trial": trial,
        "may_publish": request.user.may(Permission.INSTRUMENT_PUBLISH),
        **in_words(tool),
    }
    if request.method == "POST" and not problems and trial.is_valid():
        found = result(tool, trial.answers(), trial.about())
        context["found"] = presenters.result_rows(tool, found)
        context["subtotals"] = presenters.subtotal_table(tool, found)
    return render(request, "assessments/editor/draft.html", context)


@require_http_methods(FORM)
@needs_fresh_sign_in
def publish(request: SignedInRequest, instrument_id: UUID) -> HttpResponse:
    """Make the draft the next version."""
    user = request.user
    draft = see_draft(user, instrument_id, Permission.INSTRUMENT_PUBLISH)
    form = PublishForm(request.POST or None, initial={"revision": draft.revision})
    problems = as_far_as_it_reads(draft.definition)[1]
    if request.method == "POST" and form.is_valid():
        what, after = form.cleaned_data["what_changed"], form.cleaned_data["revision"]
        try:
            made = services.publish_version(instrument=draft.instrument, by=user, what_changed=what, after=after)
        except Unusable as refusal:
            problems = refusal.problems
        except (ChangedMeanwhile, services.NoDraft):
            messages.warning(request, CHANGED)
            return redirect("instrument", instrument_id)
        else:
            messages.success(request, f"Version {made.number} is published. Nobody can change it any more.")
            return redirect("instrument-version", instrument_id, made.number)
    context = {"draft": draft, "instrument": draft.instrument, "form": form, "problems": problems}
    return render(request, "assessments/editor/publish.html", context)


@require_http_methods(FORM)
@needs_fresh_sign_in
def retire(request: SignedInRequest, instrument_id: UUID, number: int) -> HttpResponse:
    """Begin no new assessment with this version."""
    check_may(request.user, Permission.INSTRUMENT_PUBLISH)
    version = see_version(request.user, instrument_id, number)
    if request.method == "POST":
        try:
            services.retire_version(version=version, by=request.user)
        except services.AlreadyRetired as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, f"Version {number} is out of use. Assessments made with it stay as they are.")
        return redirect("instrument", instrument_id)
    return render(request, "assessments/editor/retire.html", {"version": version, "instrument": version.instrument})
