"""Taking a copy of a record out of the system: what for, for whom, and the copy."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.fresh import needs_fresh_sign_in
from trellis.accounts.sessions import SignedInRequest, remember_opened
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.people.models import Person
from trellis.plans.access import plan_of
from trellis.workspace.documents.forms import ExportForm
from trellis.workspace.documents.record import see_record_to_take, take_plan, take_record
from trellis.workspace.documents.record_pdf import pdf_of, plan_pdf_of


@require_GET
@needs_fresh_sign_in
def export(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Asks for what and for whom a copy is taken. Once open, its form may be sent for half an hour."""
    person = see_record_to_take(request.user, person_id)
    remember_opened(request.session, reverse("record-pdf", args=[person.id]))
    return export_page(request, person, form_for(request, person))


@require_http_methods(["GET", "POST"])
@needs_fresh_sign_in
def record_pdf(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """The copy itself. Whoever comes here by the address alone is asked for what it is first."""
    if request.method == "GET":
        return redirect("export", person_id)
    person = see_record_to_take(request.user, person_id)
    form = form_for(request, person)
    if not form.is_valid():
        return export_page(request, person, form)
    if form.is_of_the_plan:
        return pdf("plan.pdf", plan_pdf_of(take_plan(request.user, person, **form.why)))
    return pdf("record.pdf", pdf_of(take_record(request.user, person, **form.why)))


def form_for(request: SignedInRequest, person: Person) -> ExportForm:
    return ExportForm(request.POST or None, has_plan=plan_of(request.user, person) is not None)


def pdf(name: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def export_page(request: SignedInRequest, person: Person, form: ExportForm) -> HttpResponse:
    context = child_context(child_header(request.user, person), current="")
    return render(request, "workspace/export.html", {**context, "form": form})
