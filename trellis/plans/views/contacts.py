"""Time spent with a young person: planned, recorded, all of it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core.clocks import now
from trellis.core.pages import page_of
from trellis.core.presenters import moment
from trellis.plans import presenters, services
from trellis.plans.access import see_in_plan
from trellis.plans.forms.contacts import ContactForm, ContactMadeForm, RecordContactForm
from trellis.plans.models import Contact
from trellis.plans.queries import contacts_of, worker, workers
from trellis.plans.views.writing import PAGE, Writing, plan_page_of, to_write, written

ALL = "plan-contacts"


@require_GET
def contacts(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """What is planned with a young person and how what was planned went, the latest first."""
    person = plan_page_of(request, person_id, "contacts")
    page = page_of(contacts_of(request.user, person), request.GET.get("page"))
    context = {
        **child_context(child_header(request.user, person), current=PAGE),
        "page": page,
        "contacts": presenters.contact_rows(page),
        "may_write": request.user.may(Permission.PLAN_WRITE),
        "called": presenters.called(person),
    }
    return render(request, "plans/contacts.html", context)


@require_http_methods(["GET", "POST"])
def plan_contact(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)

    def save(told: dict[str, Any]) -> object:
        return services.plan_contact(person=person, by=request.user, worker=worker(told.pop("worker")), **told)

    initial = {"worker": str(request.user.id), "kind": Contact.Kind.VISIT}
    form = ContactForm(request.POST or None, initial=initial, workers=workers())
    return written(request, person, Writing("Plan a contact", form, save, "The contact is planned.", back=ALL))


@require_http_methods(["GET", "POST"])
def record_new_contact(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """A contact that nobody had planned."""
    person = to_write(request, person_id)
    writing = Writing(
        "Record a contact",
        ContactMadeForm(request.POST or None, initial={"happened_at": now()}),
        lambda told: services.record_contact_made(person=person, by=request.user, **told),
        "The contact is recorded.",
        back=ALL,
    )
    return written(request, person, writing)


@require_http_methods(["GET", "POST"])
def record_contact(request: SignedInRequest, person_id: UUID, contact_id: UUID) -> HttpResponse:
    """How a planned contact went."""
    person = to_write(request, person_id)
    contact = see_in_plan(request.user, person, Contact, contact_id)
    initial = {"after": contact.revision, "happened_at": contact.planned_at, "where": contact.where}
    writing = Writing(
        "How did it go?",
        RecordContactForm(request.POST or None, initial=initial, status=contact.status),
        lambda told: services.record_contact(contact=contact, by=request.user, **told),
        "The contact is recorded.",
        f"{contact.get_kind_display()}, planned for {moment(contact.planned_at)} with {contact.worker.name}.",
        back=ALL,
    )
    return written(request, person, writing)
