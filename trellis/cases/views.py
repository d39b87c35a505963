"""A child's chronology, and adding to it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trellis.accounts.access import Hidden, check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.queries import agency_choices
from trellis.accounts.sessions import SignedInRequest
from trellis.cases import services
from trellis.cases.access import see_note, see_own_entry, see_raw_text
from trellis.cases.closing import NotReadyToClose, unfinished_of
from trellis.cases.forms import ChronologyFilterForm, CloseForm, HandlingForm, NoteForm
from trellis.cases.models import ChronologyEntry
from trellis.cases.notices import mark_seen
from trellis.cases.presenters import child_context, code_holders, coding_rows, handling_tag, timeline_entries
from trellis.cases.queries import child_header, chronology_to_print, entries_with_raw_text, recodings_of, written_since
from trellis.cases.queries import chronology as entries_of
from trellis.core.clocks import now
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.pages import page_of
from trellis.core.protection import Part
from trellis.need_to_know.access import can_see_person, see_person
from trellis.need_to_know.codes import CodeBook, Coding
from trellis.people.models import Person

CONFLICT = 409
ADD = "Add to the chronology"


@require_GET
def chronology(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """What happened, who said so; as it was known on a day, if asked."""
    user = request.user
    person = see_person(user, person_id, "chronology", Part.CHRONOLOGY)
    form = ChronologyFilterForm(request.GET, agency_choices())
    wanted = form.wanted()
    page = page_of(entries_of(user, person, wanted), request.GET.get("page"))
    reader = None if wanted.as_at else user
    return render(
        request,
        "cases/chronology.html",
        {
            **child_context(child_header(user, person), current="chronology"),
            "form": form,
            "wanted": wanted,
            "page": page,
            "entries": timeline_entries(page, reader, CodeBook(), entries_with_raw_text(user, page)),
            "filters": form.in_words(wanted),
            "written_since": written_since(user, person, wanted.known_by) if wanted.known_by else 0,
            "may_write": user.may(Permission.CHRONOLOGY_WRITE),
        },
    )


@require_GET
def print_chronology(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """The entries chosen, first to last, as they go on paper: with marking, name, sheet n of m and what was chosen."""
    user, book = request.user, CodeBook()
    person = see_person(user, person_id, "chronology to print", Part.CHRONOLOGY)
    form = ChronologyFilterForm(request.GET, agency_choices())
    wanted = form.wanted()
    printed = chronology_to_print(user, person, wanted, book)
    return render(
        request,
        "cases/chronology_print.html",
        {
            **child_context(child_header(user, person), current="chronology"),
            "printed": printed,
            "wanted": wanted,
            "filters": form.in_words(wanted),
            "entries": timeline_entries(printed.entries, None, book),
            "by": user,
            "at": now(),
        },
    )


@require_http_methods(["GET", "POST"])
def add_note(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    check_may(request.user, Permission.CHRONOLOGY_WRITE)
    person = see_person(request.user, person_id, "chronology", Part.CHRONOLOGY)
    form = NoteForm(request.POST or None, owner=request.user.agency, initial={"happened_at": now()})
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["form_key"]
        entry = services.add_note(person=person, by=request.user, key=key, **form.written())
        messages.success(request, "The entry is in the chronology.")
        return to_entry(entry)
    return note_page(request, person, form, ADD)


@require_http_methods(["GET", "POST"])
def correct_note(request: SignedInRequest, person_id: UUID, entry_id: UUID) -> HttpResponse:
    """Put a note right. The old one stays readable; of two corrections the first stands."""
    person = see_person(request.user, person_id, "chronology", Part.CHRONOLOGY)
    entry = see_note(request.user, person, entry_id)
    kept = ("kind", "happened_at", "title", "body", "significance", "lawful_basis", "purpose")
    initial = {name: getattr(entry, name) for name in kept}
    form = NoteForm(request.POST or None, owner=entry.agency, now=Coding.of(entry), initial=initial)
    stands = getattr(entry, "superseded_by", None)
    if request.method == "POST" and form.is_valid():
        try:
            key = form.cleaned_data["form_key"]
            made = services.correct_note(entry=entry, by=request.user, key=key, **form.written())
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
    more = {"stands": stands, "corrects": heading != ADD}
    return render(request, "cases/note.html", {**context, **more}, status=CONFLICT if stands else None)


@require_http_methods(["GET", "POST"])
def entry_handling(request: SignedInRequest, person_id: UUID, entry_id: UUID) -> HttpResponse:
    """How an entry is handled and was before, and changing it: for the agency that owns it."""
    user = request.user
    person = see_person(user, person_id, "handling of an entry", Part.CHRONOLOGY)
    entry = see_own_entry(user, person, entry_id)
    history = recodings_of(user, entry)
    initial = {"after": history[0].id if history else None}
    form = HandlingForm(request.POST or None, owner=entry.agency, now=Coding.of(entry), initial=initial)
    first = ""
    if request.method == "POST" and form.is_valid():
        why, after = form.cleaned_data["why"], form.cleaned_data["after"]
        try:
            services.recode_entry(entry=entry, coding=form.coding, why=why, by=user, after=after)
        except (services.AlreadyCorrected, services.RecodedMeanwhile) as refusal:
            first = str(refusal)
        else:
            messages.success(request, "The handling is changed, for everybody and from now on.")
            return to_entry(entry)
    context = child_context(child_header(user, person), current="chronology")
    more = {"entry": entry, "form": form, "history": coding_rows(history, form.book), "first": first}
    more |= {"tag": handling_tag(entry, form.book), "holders": code_holders(form.book)}
    return render(request, "cases/handling.html", {**context, **more}, status=CONFLICT if first else None)


@require_GET
def entry_raw_text(request: SignedInRequest, person_id: UUID, entry_id: UUID) -> HttpResponse:
    """What a source said word for word, opened by somebody of the agency that owns the entry."""
    person = see_person(request.user, person_id, "chronology", Part.CHRONOLOGY)
    raw = see_raw_text(request.user, person, entry_id)
    context = child_context(child_header(request.user, person), current="chronology")
    more = {"raw": raw, "tag": handling_tag(raw.entry, CodeBook())}
    return render(request, "cases/raw_text.html", {**context, **more})


def to_entry(entry: ChronologyEntry) -> HttpResponseRedirect:
    return redirect(f"{reverse('chronology', args=[entry.person_id])}#entry-{entry.id}")


@require_http_methods(["GET", "POST"])
def close_case(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """The end of the work: what is still to be finished first, then why it ends."""
    user = request.user
    check_may(user, Permission.CASE_CLOSE)
    person = see_person(user, person_id, "closing a case", Part.RECORD)
    header = child_header(user, person)
    case, form, refused = header.case, CloseForm(request.POST or None), ""
    if case is None:
        raise Hidden("open case", person_id)
    if request.method == "POST" and form.is_valid():
        try:
            services.close_case(case=case, by=user, **form.cleaned_data)
        except (NotReadyToClose, MoveNotAllowed) as refusal:
            refused = str(refusal)
        else:
            messages.success(request, "The case is closed. Sight that was given for it has ended.")
            return redirect("child", person.id) if can_see_person(user, person.id) else redirect("my-day")
    context = {**child_context(header, current=""), "form": form, "refused": refused}
    context["unfinished"] = unfinished_of(case, form.data.get("reason", "") if refused else "")
    return render(request, "cases/close.html", context, status=CONFLICT if refused else None)


@require_POST
def notice_seen(request: SignedInRequest, notice_id: UUID) -> HttpResponse:
    """The user has seen what they were told."""
    mark_seen(notice_id=notice_id, by=request.user)
    return redirect("my-day")
