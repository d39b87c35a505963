"""A young person's documents: listed, added, opened, scanned, released."""

from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trellis.accounts.fresh import needs_fresh_sign_in
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.forms import HandlingForm
from trellis.cases.presenters import child_context, code_holders, coding_rows
from trellis.cases.queries import child_header
from trellis.cases.services import RecodedMeanwhile
from trellis.core.pages import page_of
from trellis.core.protection import Part
from trellis.documents import presenters, services
from trellis.documents.access import check_can_recode, check_can_release, check_opens, see_document
from trellis.documents.forms import DocumentForm, ReleaseForm
from trellis.documents.queries import content_of, documents_of, recodings_of
from trellis.documents.scanning import NotScanned, scanner_is_set
from trellis.need_to_know.access import see_person
from trellis.need_to_know.codes import Coding
from trellis.people.models import Person

PAGE = "child-documents"
CONFLICT = 409


@require_http_methods(["GET", "POST"])
def child_documents(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """What is on file, and a file to add."""
    user = request.user
    person = see_person(user, person_id, "documents", Part.RECORD)
    if request.method == "GET":
        return documents_page(request, person, DocumentForm())
    form = DocumentForm(request.POST, request.FILES)
    form.asked = request
    if not form.is_valid():
        return documents_page(request, person, form)
    said = form.cleaned_data
    added = services.add_document(
        person=person,
        file=said["file"],
        kind=said["kind"],
        description=said["description"],
        key=said["form_key"],
        by=user,
    )
    messages.success(request, "Added." if added.opens else "Added. It is held until it was scanned.")
    return redirect(PAGE, person.id)


def documents_page(request: SignedInRequest, person: Person, form: DocumentForm) -> HttpResponse:
    user = request.user
    page = page_of(documents_of(user, person), request.GET.get("page"))
    context = {
        **child_context(child_header(user, person), current=PAGE),
        "page": page,
        "rows": presenters.lines(page, user),
        "form": form if user.may(Permission.DOCUMENT_ADD) else None,
        "scanner": scanner_is_set(),
    }
    return render(request, "documents/child.html", context)


@require_GET
def document(request: SignedInRequest, person_id: UUID, document_id: UUID) -> HttpResponse:
    """The file itself, to be saved: never shown inside a page of ours."""
    found = see_document(request.user, person_id, document_id)
    check_opens(found)
    response = HttpResponse(content_of(found), content_type=found.media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "POST"])
def handling(request: SignedInRequest, person_id: UUID, document_id: UUID) -> HttpResponse:
    """How a document is handled and was before, and changing it: for the agency that owns it."""
    user = request.user
    found = see_document(user, person_id, document_id)
    check_can_recode(user, found)
    history = recodings_of(user, found)
    initial = {"after": history[0].id if history else None}
    form = HandlingForm(request.POST or None, owner=found.agency, now=Coding.of(found), initial=initial)
    first = ""
    if request.method == "POST" and form.is_valid():
        why, after = form.cleaned_data["why"], form.cleaned_data["after"]
        try:
            services.recode_document(document=found, coding=form.coding, why=why, by=user, after=after)
        except RecodedMeanwhile as refusal:
            first = str(refusal)
        else:
            messages.success(request, "The handling is changed, for everybody and from now on.")
            return redirect(PAGE, person_id)
    context = child_context(child_header(user, found.person), current=PAGE)
    more = {"document": found, "form": form, "history": coding_rows(history, form.book), "first": first}
    more |= {"holders": code_holders(form.book)}
    return render(request, "documents/handling.html", {**context, **more}, status=CONFLICT if first else None)


@require_POST
def scan(request: SignedInRequest, person_id: UUID, document_id: UUID) -> HttpResponse:
    """Have a held document scanned now."""
    found = see_document(request.user, person_id, document_id)
    try:
        scanned = services.scan_again(found)
        messages.success(request, f"{presenters.SHORT[scanned.State(scanned.state)]}.")
    except NotScanned:
        messages.error(request, "The scanner did not answer. The document stays held: try again later.")
    return redirect(PAGE, person_id)


@needs_fresh_sign_in
@require_http_methods(["GET", "POST"])
def release(request: SignedInRequest, person_id: UUID, document_id: UUID) -> HttpResponse:
    """A manager lets a held document be opened, with a reason."""
    user = request.user
    found = see_document(user, person_id, document_id)
    check_can_release(user, found)
    form = ReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.release_document(document=found, reason=form.cleaned_data["reason"], by=user)
        messages.success(request, "Released. It can be opened now.")
        return redirect(PAGE, person_id)
    context = {**child_context(child_header(user, found.person), current=PAGE), "document": found, "form": form}
    return render(request, "documents/release.html", context)
