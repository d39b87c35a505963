"""One form of the voice, from the empty page to what is saved or refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from trellis.accounts.sessions import SignedInRequest
from trellis.audit_log.trail import attempt
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core.lifecycle import NotAsItStands
from trellis.people.models import Person

CONFLICT = 409
PAGE = "child-voice"


@dataclass(frozen=True)
class Writing:
    """``do`` takes what the form tells; ``saved`` says so on the page of the voice; ``about`` stands above the form."""

    heading: str
    form: Any
    do: Callable[[dict[str, Any]], object]
    saved: str
    about: str = ""
    said: str = ""
    template: str = "voice/form.html"
    back: str = ""
    more: Mapping[str, Any] | None = None


def written(request: SignedInRequest, person: Person, writing: Writing) -> HttpResponse:
    """Show the form or save it. What cannot be saved as it stands is shown again with everything typed (409)."""
    form, status = writing.form, None
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                writing.do(form.told())
        except NotAsItStands as refusal:
            form.add_error(None, f"Nothing was saved. {refusal}.")
            status = CONFLICT
        else:
            messages.success(request, writing.saved)
            return redirect(writing.back) if writing.back else redirect(PAGE, person.id)
    context = child_context(child_header(request.user, person), current=PAGE)
    more = {"form": form, "page_heading": writing.heading, "about": writing.about, "said": writing.said}
    more |= {"back": writing.back, **(writing.more or {})}
    return render(request, writing.template, {**context, **more}, status=status)
