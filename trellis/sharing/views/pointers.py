"""Who knows whom: the list, a new pointer and its end, a question and its answer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trellis.accounts.access import check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core.clocks import now
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.pages import page_of
from trellis.need_to_know.access import can_see_person, note_listed, see_person
from trellis.sharing import presenters, services
from trellis.sharing.access import can_answer, can_share, check_can_ask, check_can_point, see_pointer, see_request
from trellis.sharing.forms import AnswerForm, AskForm, PointerForm
from trellis.sharing.lifecycle import ASKED
from trellis.sharing.models import PointerRequest
from trellis.sharing.queries import pointers_for, requests_by, requests_to_answer, whose_record_opens

CONFLICT = 409


@require_GET
def pointers(request: SignedInRequest) -> HttpResponse:
    """What waits for the user's agency, what they asked, and whom they may ask about whom."""
    user, moment = request.user, now()
    check_may(user, Permission.POINTER_ASK)
    waiting = page_of(requests_to_answer(user), request.GET.get("waiting"))
    asked = page_of(requests_by(user), request.GET.get("asked"))
    known = page_of(pointers_for(user), request.GET.get("page"))
    people = {row.person_id for row in [*waiting, *asked, *known]}
    note_listed(user, "pointers", people)
    return render(
        request,
        "sharing/pointers.html",
        {
            "waiting": waiting,
            "waiting_rows": presenters.request_rows(waiting, moment),
            "asked": asked,
            "asked_rows": presenters.request_rows(asked, moment),
            "known": known,
            "known_rows": presenters.pointer_rows(known, whose_record_opens(user, people), user),
        },
    )


@require_http_methods(["GET", "POST"])
def place(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Say who knows a young person."""
    user = request.user
    person = see_person(user, person_id, "pointer")
    wide = can_share(user, person)
    check_can_point(user, person, user.agency)
    form = PointerForm(request.POST or None, by=user, wide=wide, initial={"agency": user.agency.code})
    if request.method == "POST" and form.is_valid():
        services.place_pointer(person=person, by=user, key=form.cleaned_data["form_key"], **form.placed())
        messages.success(request, "The pointer is placed.")
        return redirect("child-sharing", person.id) if wide else redirect("pointers")
    context = child_context(child_header(user, person), current="child-sharing")
    return render(request, "sharing/place.html", {**context, "form": form, "wide": wide})


@require_POST
def end(request: SignedInRequest, pointer_id: UUID) -> HttpResponse:
    """Take a pointer back."""
    user = request.user
    pointer = see_pointer(user, pointer_id)
    person = see_person(user, pointer.person_id, "pointer")
    try:
        services.end_pointer(pointer=pointer, by=user)
        messages.success(request, "The pointer has ended.")
    except services.RequestsWaiting:
        messages.warning(request, "Somebody waits for an answer through this pointer. It ends when they have one.")
    return redirect("child-sharing", person.id) if can_share(user, person) else redirect("pointers")


@require_http_methods(["GET", "POST"])
def ask(request: SignedInRequest, pointer_id: UUID) -> HttpResponse:
    """Ask whoever knows the young person."""
    user = request.user
    pointer = see_pointer(user, pointer_id)
    check_can_ask(user, pointer)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = services.ask_through_pointer(pointer=pointer, reason=said["reason"], by=user, key=said["form_key"])
        messages.success(request, f"Asked. {pointer.agency} answers by the time below.")
        return redirect("pointer-request", made.id)
    row = presenters.pointer_rows([pointer], (), user)[0]
    return render(request, "sharing/ask.html", {"form": form, "pointer": pointer, "row": row})


@require_http_methods(["GET", "POST"])
def question(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    """One question: how it stands, and for the agency that is asked, its answer."""
    user = request.user
    found = see_request(user, request_id)
    form = AnswerForm(request.POST or None) if can_answer(user, found) else None
    if request.method == "GET" or form is None or not form.is_valid():
        return question_page(request, found, form)
    try:
        services.answer_request(request=found, by=user, **form.cleaned_data)
    except MoveNotAllowed:
        return question_page(request, see_request(user, request_id), None, form.cleaned_data["answer"])
    messages.success(request, "Answered.")
    return redirect("pointer-request", found.id)


def question_page(
    request: SignedInRequest, found: PointerRequest, form: AnswerForm | None, typed: str = ""
) -> HttpResponse:
    """``typed``: the answer of somebody who came second; how it was answered stands beside it."""
    user, waits = request.user, found.status == ASKED
    opens = can_see_person(user, found.person_id)
    context = {
        "found": found,
        "row": presenters.request_rows([found], now())[0],
        "facts": presenters.request_facts(found),
        "form": form if waits else None,
        "typed": typed,
        "person_id": found.person_id if opens else None,
        "may_share": waits and opens and can_share(user, found.person),
    }
    return render(request, "sharing/request.html", context, status=CONFLICT if typed else None)
