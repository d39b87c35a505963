"""A child's chronology, and adding to it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.access import check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.queries import agency_choices
from trellis.accounts.sessions import SignedInRequest
from trellis.cases import services
from trellis.cases.access import see_note
from trellis.cases.forms import ChronologyFilterForm, NoteForm
from trellis.cases.models import ChronologyEntry
from trellis.cases.presenters import child_context, timeline_entries
from trellis.cases.queries import child_header
from trellis.cases.queries import chronology as entries_of
from trellis.core.clocks import now
from trellis.core.pages import page_of
from trellis.core.protection import Part
from trellis.need_to_know.access import see_person
from trellis.people.models import Person

CONFLICT = 409


@require_GET
def chronology(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """What happened, who said so; as it was known on a day, if asked."""
    user = request.user
    person = see_person(user, person_id, "chronology", Part.CHRONOLOGY)
    form = ChronologyFilterForm(request.GET, agency_choices())
    wanted = form.wanted()
    page = page_of(entries_of(user, person, wanted), request.GET.get("page"))
    return render(
        request,
        "cases/chronology.html",
        {
            **child_context(child_header(user, person), current="chronology"),
            "form": form,
            "wanted": wanted,
            "page": page,
            "entries": timeline_entries(page, user),
            "may_write": user.may(Permission.CHRONOLOGY_WRITE),
        },
    )


@require_http_methods(["GET", "POST"])
def add_note(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    check_may(request.user, Permission.CHRONOLOGY_WRITE)
    person = see_person(request.user, person_id, "chronology", Part.CHRONOLOGY)
    form = NoteForm(request.POST or None, initial={"happened_at": now()})
    if request.method == "POST" and form.is_valid():
        written = dict(form.cleaned_data)
        entry = services.add_note(person=person, by=request.user, key=written.pop("form_key"), **written)
        messages.success(request, "The entry is in the chronology.")
        return to_entry(entry)
    return note_page(request, person, form, "Add to the chronology")


@require_http_methods(["GET", "POST"])
def correct_note(request: SignedInRequest, person_id: UUID, entry_id: UUID) -> HttpResponse:
    """Put a note right. The old one stays readable; of two corrections the first stands."""
    person = see_person(request.user, person_id, "chronology", Part.CHRONOLOGY)
    entry = see_note(request.user, person, entry_id)
    initial = {name: getattr(entry, name) for name in ("happened_at", "title", "body", "significance")}
    form = NoteForm(request.POST or None, initial=initial)
    stands = getattr(entry, "superseded_by", None)
    if request.method == "POST" and form.is_valid():
        written = dict(form.cleaned_data)
        try:
            made = services.correct_note(entry=entry, by=request.user, key=written.pop("form_key"), **written)
        except services.AlreadyCorrected:
            stands = see_note(request.user, person, entry_id).superseded_by
        else:
            messages.success(request, "The entry is corrected. What it said before is kept with it.")
            return to_entry(made)
    return note_page(request, person, form, "Correct an entry", stands)


def note_page(
    request: SignedInRequest, person: Person, form: NoteForm, heading: str, stands: ChronologyEntry | None = None
) -> HttpResponse:
    """``stands``: the correction somebody else made first, shown beside what was typed."""
    header = child_header(request.user, person)
    context = {**child_context(header, current="chronology"), "form": form, "page_heading": heading}
    return render(request, "cases/note.html", {**context, "stands": stands}, status=CONFLICT if stands else None)


def to_entry(entry: ChronologyEntry) -> HttpResponseRedirect:
    return redirect(f"{reverse('chronology', args=[entry.person_id])}#entry-{entry.id}")
