"""A report of somebody missing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from trellis.accounts.access import check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header, possible_matches
from trellis.core.clocks import now
from trellis.core.protection import Part
from trellis.missing import services
from trellis.missing.forms.reports import NewReportForm, ReportForm
from trellis.missing.queries.desk import reported_with
from trellis.need_to_know.access import see_person
from trellis.people.models import Person
from trellis.people.queries import Named
from trellis.people.services import Introduction


@require_http_methods(["GET", "POST"])
def report(request: SignedInRequest) -> HttpResponse:
    """A report of somebody who is to be found first, or recorded."""
    check_may(request.user, Permission.MISSING_RECORD)
    form = NewReportForm(request.POST or None, initial={"reported_at": now()})
    if request.method == "POST" and form.is_valid():
        # People alike come first: one of them may be whom a copy of this form has made meanwhile.
        known = possible_matches(request.user, form.named())
        already = reported_with(form.cleaned_data["form_key"], request.user)
        if already:
            return redirect("missing-episode", already.id)
        if form.settles(known):
            return take_report(request, form, form.introduction(known))
    return report_page(request, form)


@require_http_methods(["GET", "POST"])
def report_child(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """A report of a young person whose record is open."""
    check_may(request.user, Permission.MISSING_RECORD)
    person = see_person(request.user, person_id, "missing episodes", Part.MISSING)
    form = ReportForm(request.POST or None, initial={"reported_at": now()})
    if request.method == "POST" and form.is_valid():
        return take_report(request, form, Introduction(Named.of(person), chosen=person), person)
    return report_page(request, form, person)


def take_report(
    request: SignedInRequest, form: ReportForm, who: Introduction, person: Person | None = None
) -> HttpResponse:
    try:
        episode = services.take_report(who=who, key=form.cleaned_data["form_key"], by=request.user, **form.told())
    except services.MissingAlready as refusal:
        form.offer_second()
        if refusal.why:
            form.add_error(None, f"Nothing was added: {refusal.why}")
        return report_page(request, form, person)
    messages.success(request, "The report is recorded. They are on the desk now.")
    return redirect("missing-episode", episode.id)


def report_page(request: SignedInRequest, form: ReportForm, person: Person | None = None) -> HttpResponse:
    if person:
        context = child_context(child_header(request.user, person), current="child-missing")
        return render(request, "missing/report_child.html", {**context, "form": form})
    return render(request, "missing/report.html", {"form": form})
