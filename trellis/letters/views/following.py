"""One letter: its words, how it stands, what comes next, its access code, its paper."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trellis.accounts.access import check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.audit_log.trail import attempt
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core import mail
from trellis.core.clocks import today
from trellis.core.lifecycle import MoveNotAllowed, NotAsItStands
from trellis.core.protection import Part
from trellis.letters import presenters, services
from trellis.letters.access import can_write_letter, see_letter
from trellis.letters.forms import AGAIN, ASKED, BACK, HAVE, NONE, WAY, StepForm
from trellis.letters.models import Letter
from trellis.letters.pdf import letter_pdf
from trellis.letters.queries import steps_of
from trellis.need_to_know.access import see_person
from trellis.people.models import Person

PAGE, CONFLICT = "child-health", 409


def open_letter(request: SignedInRequest, person_id: UUID, letter_id: UUID, what: str) -> tuple[Person, Letter]:
    """Raises Refused, Hidden."""
    person = see_person(request.user, person_id, what, Part.HEALTH)
    return person, see_letter(request.user, person, letter_id)


@require_http_methods(["GET", "POST"])
def letter(request: SignedInRequest, person_id: UUID, letter_id: UUID) -> HttpResponse:
    """Its words and how it stands. Whoever may send letters says here what came of it."""
    person, found = open_letter(request, person_id, letter_id, "letter")
    if request.method == "POST":
        check_may(request.user, Permission.LETTER_SEND)
    form, status = step_form(request, found), None
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                take_step(found, request, form.cleaned_data)
        except (MoveNotAllowed, NotAsItStands) as refusal:
            text = str(refusal)
            form.add_error(None, f"Nothing was saved. {text[:1].upper()}{text[1:]}.")
            status = CONFLICT
        else:
            messages.success(request, "The letter is up to date.")
            return redirect("child-letter", person.id, found.id)
    return letter_page(request, person, found, form, status=status)


def step_form(request: SignedInRequest, found: Letter) -> StepForm:
    typed = request.POST if request.method == "POST" and "step_form" in request.POST else None
    return StepForm(typed, status=found.status, initial={"address": found.address, "on": today()})


def take_step(found: Letter, request: SignedInRequest, said: dict[str, object]) -> None:
    by, words = request.user, str(said["words"])
    steps: dict[str, Callable[[], object]] = {
        AGAIN: lambda: services.send_again(letter=found, address=str(said["address"]), by=by),
        WAY: lambda: services.send_another_way(letter=found, how=str(said["how"]), on=said["on"], by=by),  # type: ignore[arg-type]
        ASKED: lambda: services.ask_after(letter=found, words=words, by=by),
        BACK: lambda: services.record_return(letter=found, why=words, by=by),
        HAVE: lambda: services.acknowledge_by_phone(letter=found, why=words, by=by),
        NONE: lambda: services.end_letter(letter=found, why=words, by=by),
    }
    steps[str(said["step"])]()


def letter_page(
    request: SignedInRequest, person: Person, found: Letter, form: StepForm, code: str = "", status: int | None = None
) -> HttpResponse:
    context = child_context(child_header(request.user, person), current=PAGE)
    may_send = can_write_letter(request.user, person)
    more = {
        "letter": found,
        "facts": presenters.letter_facts(found),
        "tone": presenters.TONES[found.status],
        "to_do": presenters.what_to_do(found, today(), mail.can_leave()),
        "steps": [presenters.step_words(step) for step in steps_of(found)],
        "form": form if may_send and form.fields["step"].choices else None,  # type: ignore[attr-defined]
        "may_make_code": may_send and presenters.takes_code(found),
        "may_send": may_send,
        "code": f"{code[:4]} {code[4:]}" if code else "",
    }
    return render(request, "letters/letter.html", {**context, **more}, status=status)


@require_POST
def make_code(request: SignedInRequest, person_id: UUID, letter_id: UUID) -> HttpResponse:
    """A new access code, shown this once."""
    check_may(request.user, Permission.LETTER_SEND)
    person, found = open_letter(request, person_id, letter_id, "letter")
    try:
        with attempt():
            code = services.make_code(letter=found, by=request.user)
    except NotAsItStands as refusal:
        messages.error(request, f"{refusal}.")
        return redirect("child-letter", person.id, found.id)
    found = see_letter(request.user, person, letter_id)
    return letter_page(request, person, found, step_form(request, found), code=code)


@require_GET
def paper(request: SignedInRequest, person_id: UUID, letter_id: UUID) -> HttpResponse:
    """The letter to print and post."""
    check_may(request.user, Permission.LETTER_SEND)
    _, found = open_letter(request, person_id, letter_id, "letter, to print")
    return letter_file(found)


def letter_file(found: Letter) -> HttpResponse:
    response = HttpResponse(letter_pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="letter.pdf"'
    return response
