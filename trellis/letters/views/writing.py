"""A letter is written, or it is said why none is."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from trellis.accounts.access import Hidden, check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.models import Case
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core import mail
from trellis.core.protection import Part
from trellis.core.reference_data import labels
from trellis.letters import services
from trellis.letters.forms import LetterForm, NoLetterForm
from trellis.letters.models import Kind
from trellis.letters.queries import LETTERS, case_written_of, first_words, last_address, practice_of
from trellis.need_to_know.access import see_person
from trellis.people.models import Person

PAGE = "child-health"
HEADINGS = {
    "gp-opening": "Tell the GP that the case was opened",
    "gp-closing": "Tell the GP that the case is closing",
    "school-closing": "Tell the school that the case is closing",
    "other": "Write a letter",
}


def to_write(request: SignedInRequest, person_id: UUID, letter: str) -> tuple[Person, Case | None]:
    """The young person and the case that the letter is of. Raises Refused, Hidden."""
    check_may(request.user, Permission.LETTER_SEND)
    person = see_person(request.user, person_id, "letter", Part.HEALTH)
    if letter not in LETTERS:
        raise Hidden("letter", person_id)
    return person, case_written_of(request.user, person)


@require_http_methods(["GET", "POST"])
def write_letter(request: SignedInRequest, person_id: UUID, letter: str) -> HttpResponse:
    """The letter as its paragraphs begin it, to be put into the sender's own words."""
    person, case = to_write(request, person_id, letter)
    kind, occasion = LETTERS[letter]
    practice = practice_of(request.user, person) if kind == Kind.GP else None
    about: dict[str, Any] = {"person": person, "kind": kind, "occasion": occasion, "case": case}
    form = LetterForm(request.POST or None, initial=beginning(request, about, practice))
    if request.method == "POST" and form.is_valid():
        code = practice.practice_code if practice else ""
        made = services.prepare_letter(**about, **form.told(), practice_code=code, by=request.user)
        messages.success(request, "The letter is kept as you wrote it.")
        return redirect("child-letter", person.id, made.id)
    context = child_context(child_header(request.user, person), current=PAGE)
    more = {"form": form, "page_heading": HEADINGS[letter], "letter": letter, "practice": practice}
    more |= {"of_gp": kind == Kind.GP, "can_leave": mail.can_leave(), "of_case": case is not None and letter != "other"}
    return render(request, "letters/write.html", {**context, **more})


def beginning(request: SignedInRequest, about: dict[str, Any], practice: Any) -> dict[str, Any]:
    """What stands in the form before anything is typed. An address is remembered from the practice's last letter."""
    name, code = (practice.practice_name, practice.practice_code) if practice else ("", "")
    address = last_address(request.user, name, code) if practice else ""
    return {"recipient": name, "address": address, "words": first_words(**about, by=request.user)}


@require_http_methods(["GET", "POST"])
def no_letter(request: SignedInRequest, person_id: UUID, letter: str) -> HttpResponse:
    """Nobody is told, because."""
    person, case = to_write(request, person_id, letter)
    if case is None or letter == "other":
        raise Hidden("case", person_id)
    kind, occasion = LETTERS[letter]
    form = NoLetterForm(request.POST or None, reasons=labels("letter_not_sent").items())
    if request.method == "POST" and form.is_valid():
        services.record_no_letter(case=case, kind=kind, occasion=occasion, by=request.user, **form.cleaned_data)
        messages.success(request, "The reason is recorded.")
        return redirect(PAGE, person.id)
    context = child_context(child_header(request.user, person), current=PAGE)
    more = {"form": form, "page_heading": "Why nobody is told", "letter": letter, "about": HEADINGS[letter]}
    return render(request, "letters/no_letter.html", {**context, **more})
