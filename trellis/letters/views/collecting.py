"""The page behind a letter's link: open to all, it tells nothing, and gives the letter for the code."""

import re
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from trellis.accounts import throttle
from trellis.accounts.forms import GuessForm
from trellis.accounts.views.guessing import guess_page
from trellis.core.open_pages import open_to_all
from trellis.letters.services import collecting
from trellis.letters.services.following import DIGITS
from trellis.letters.views.following import letter_file

HAD = "letter_collected"
WRONG = "The code is not right. Check it, or ring whoever wrote to you and ask for a new one"
FIRST = "Get the letter with its code first, then confirm that you have it"
NOTHING = 404


class AccessCodeForm(GuessForm):
    code = forms.CharField(
        label="Access code",
        max_length=20,
        help_text=f"{DIGITS} digits, told to you by telephone",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": "Enter the access code"},
    )

    def clean_code(self) -> str:
        return re.sub(r"\s", "", self.cleaned_data["code"])


@open_to_all
@require_http_methods(["GET", "POST"])
def collect_letter(request: HttpRequest, token: str) -> HttpResponse:
    """Asks for the code; the right one gives the letter. A link that opens nothing answers as one that never was."""
    letter_id = collecting.letter_behind(token)
    if letter_id is None:
        return render(request, "letters/nothing.html", {"phone": settings.FRONT_DOOR_PHONE}, status=NOTHING)
    if request.method == "POST" and "confirm" in request.POST:
        return confirmed(request, str(letter_id))
    form = AccessCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            guess = throttle.take_guess(request, None, f"letter {letter_id}")
        except throttle.Blocked as blocked:
            form.blocked_for = blocked.seconds
            form.add_error("code", blocked.words)
            return collect_page(request, form)
        found = collecting.collect_letter(letter_id=letter_id, code=form.cleaned_data["code"])
        if found:
            throttle.take_back(guess)
            request.session[HAD] = str(letter_id)
            return letter_file(found)
        form.add_error("code", WRONG)
    return collect_page(request, form)


def confirmed(request: HttpRequest, letter_id: str) -> HttpResponse:
    """Whoever collected it in this browser says that they have it."""
    if request.session.get(HAD) == letter_id and collecting.confirm_letter(letter_id=UUID(letter_id)):
        return render(request, "letters/thank_you.html", {"phone": settings.FRONT_DOOR_PHONE})
    form = AccessCodeForm({"code": "0"})
    form.is_valid()
    form.add_error(None, FIRST)
    return collect_page(request, form)


def collect_page(request: HttpRequest, form: AccessCodeForm) -> HttpResponse:
    return guess_page(request, "letters/collect.html", form, {"phone": settings.FRONT_DOOR_PHONE})
