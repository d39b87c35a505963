"""Who a child is, section by section; changing it; what it said before."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.access import check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.details.presenters import both_versions, details_page, history_rows, knowledge, tasks
from trellis.cases.details.queries import (
    addresses_apart,
    around,
    history_of,
    rows_by_section,
    see_address,
    see_row,
    seen_now,
)
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core.pages import page_of
from trellis.core.protection import Part
from trellis.core.revisions import ChangedMeanwhile
from trellis.need_to_know.access import see_person
from trellis.people.details import services
from trellis.people.details.forms import FORMS, AskedForm, SectionForm
from trellis.people.details.sections import BY_CODE, Section, mark_of
from trellis.people.models import Person

CONFLICT = 409
WHAT = "child's details"


def section_named(code: str, of_rows: bool) -> Section:
    section = BY_CODE.get(code)
    if section is None or (section.rows is not None) != of_rows:
        raise Http404
    return section


def see_to_change(request: SignedInRequest, person_id: UUID) -> Person:
    """The person, for somebody whose role changes details and to whom the whole record opens."""
    check_may(request.user, Permission.PERSON_EDIT)
    return see_person(request.user, person_id, WHAT, Part.RECORD)


@require_GET
def details(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """All that is recorded of who this child is, and what is not known yet."""
    user = request.user
    person = see_person(user, person_id, WHAT, Part.RECORD)
    found = around(user, person)
    may_edit = user.may(Permission.PERSON_EDIT)
    context = {
        **child_context(child_header(user, person), current="child-details"),
        "sections": details_page(found, rows_by_section(user, found), may_edit),
        "knowledge": knowledge(found.completeness),
        "tasks": tasks(found),
        "may_edit": may_edit,
    }
    return render(request, "cases/details/details.html", context)


@require_http_methods(["GET", "POST"])
def change(request: SignedInRequest, person_id: UUID, section: str) -> HttpResponse:
    """Fill in or put right a section that is filled in once."""
    of = section_named(section, of_rows=False)
    person = see_to_change(request, person_id)
    now = seen_now(person, of)
    form = form_for(request, person, of, now)
    clash = None
    if request.method == "POST" and form.is_valid():
        said = {"person": person, "section": of, "seen": form.cleaned_data["seen"], "by": request.user}
        said["why"] = form.cleaned_data["why"]
        try:
            if isinstance(form, AskedForm):
                services.record_asked(outcomes=form.outcomes(), **said)
            else:
                services.change_details(values=form.written(of), **said)
        except ChangedMeanwhile:
            clash = seen_now(person, of)
        else:
            return saved(request, person, of)
    return form_page(request, person, of, form, f"Change: {of.title.lower()}", clash)


@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, person_id: UUID, section: str) -> HttpResponse:
    """Add a row to a section."""
    of = section_named(section, of_rows=True)
    person = see_to_change(request, person_id)
    form = FORMS[of.code](request.POST or None)
    if request.method == "POST" and form.is_valid():
        key, why = form.cleaned_data["form_key"], form.cleaned_data["why"]
        try:
            services.add_row(person=person, section=of, values=form.written(of), key=key, why=why, by=request.user)
        except services.Overlaps as refusal:
            form.add_error("starts_on", str(refusal))
        else:
            return saved(request, person, of)
    return form_page(request, person, of, form, f"Add {of.one}")


@require_http_methods(["GET", "POST"])
def change_row(request: SignedInRequest, person_id: UUID, section: str, row_id: UUID) -> HttpResponse:
    """Put a row right, or say when it ended."""
    of = section_named(section, of_rows=True)
    person = see_to_change(request, person_id)
    row = see_row(request.user, person, of, row_id)
    now = seen_now(row, of)
    form = form_for(request, person, of, now)
    clash = None
    if request.method == "POST" and form.is_valid():
        said = {"values": form.written(of), "seen": form.cleaned_data["seen"], "why": form.cleaned_data["why"]}
        try:
            services.change_row(person=person, section=of, row=row, by=request.user, **said)
        except ChangedMeanwhile as meanwhile:
            clash = seen_now(meanwhile.now, of)
        except services.Overlaps as refusal:
            form.add_error("starts_on", str(refusal))
        else:
            return saved(request, person, of)
    return form_page(request, person, of, form, f"Change or end {of.one}", clash)


@require_GET
def open_address(request: SignedInRequest, person_id: UUID, row_id: UUID) -> HttpResponse:
    """An address that is kept apart, opened by itself and with a mark of its own in the log."""
    person = see_person(request.user, person_id, "address kept apart", Part.RECORD)
    address = see_address(request.user, person, row_id)
    context = child_context(child_header(request.user, person), current="child-details")
    return render(request, "cases/details/address.html", {**context, "address": address})


@require_GET
def history(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """What every field said before, who changed it, when and why."""
    user = request.user
    person = see_person(user, person_id, "history of details", Part.RECORD)
    page = page_of(history_of(user, person), request.GET.get("page"))
    context = {
        **child_context(child_header(user, person), current="child-details"),
        "page": page,
        "rows": history_rows(page, addresses_apart(user, person)),
    }
    return render(request, "cases/details/history.html", context)


def form_for(request: SignedInRequest, person: Person, section: Section, now: dict[str, Any]) -> SectionForm:
    options: dict[str, Any] = {"initial": {**now, "seen": mark_of(now)}}
    if section.code == "asked":
        options["unanswered"] = [gap.question.code for gap in around(request.user, person).completeness.gaps]
    return FORMS[section.code](request.POST or None, **options)


def saved(request: SignedInRequest, person: Person, section: Section) -> HttpResponse:
    messages.success(request, "The record is changed. What it said before is kept in its history.")
    return redirect(f"{reverse('child-details', args=[person.id])}#{section.code}")


def form_page(
    request: SignedInRequest,
    person: Person,
    section: Section,
    form: SectionForm,
    heading: str,
    clash: dict[str, Any] | None = None,
) -> HttpResponse:
    """``clash``: what somebody else saved meanwhile; sent again, the form knows of it and goes through."""
    more: dict[str, Any] = {"form": form, "page_heading": heading, "section": section}
    if clash is not None:
        more["clash"] = [] if section.code == "asked" else both_versions(section, clash, form.cleaned_data)
        more["clashed"] = True
        typed = request.POST.copy()
        typed["seen"] = mark_of(clash)
        form.data = typed
    context = child_context(child_header(request.user, person), current="child-details")
    return render(
        request, "cases/details/form.html", {**context, **more}, status=CONFLICT if clash is not None else 200
    )
