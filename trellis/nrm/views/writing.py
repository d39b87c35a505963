"""One form about a referral, from the empty page to what is saved, refused or was changed meanwhile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from trellis.accounts.sessions import SignedInRequest
from trellis.audit_log.trail import attempt
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.protection import Part
from trellis.core.revisions import ChangedMeanwhile
from trellis.need_to_know.access import see_person
from trellis.nrm.services import NotOpen
from trellis.people.models import Person

CONFLICT = 409
PAGE = "child-nrm"


@dataclass(frozen=True)
class Writing:
    """``do`` takes what the form tells; ``saved`` says so on the young person's page; ``about`` stands above the form.
    ``now_stands``: of a row changed meanwhile, how it stands now, in words."""

    heading: str
    form: Any
    do: Callable[[dict[str, Any]], object]
    saved: str
    about: str = ""
    button: str = "Save"
    more: Mapping[str, Any] | None = None


def page_of_child(request: SignedInRequest, person_id: UUID) -> Person:
    """The young person whose part NRM is opened. Raises Refused, Hidden."""
    return see_person(request.user, person_id, "NRM", Part.NRM)


def context_of(request: SignedInRequest, person: Person) -> dict[str, Any]:
    return child_context(child_header(request.user, person), current=PAGE)


def written(request: SignedInRequest, person: Person, writing: Writing) -> HttpResponse:
    """Show the form or save it. What cannot be saved as it stands is shown again with everything typed (409)."""
    form, stands, status = writing.form, None, None
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                writing.do(form.told())
        except ChangedMeanwhile as meanwhile:
            form.beside(getattr(meanwhile.now, "revision", 0))
            stands, status = standing(form, meanwhile.now), CONFLICT
        except (MoveNotAllowed, NotOpen) as refusal:
            form.add_error(None, f"Nothing was saved. {sentence(str(refusal))}.")
            status = CONFLICT
        else:
            messages.success(request, writing.saved)
            return redirect(PAGE, person.id)
    more = {"form": form, "page_heading": writing.heading, "about": writing.about, "stands": stands}
    more |= {"button": writing.button, "back": PAGE, **(writing.more or {})}
    return render(request, "nrm/form.html", {**context_of(request, person), **more}, status=status)


def standing(form: Any, row: Any) -> list[tuple[str, str]]:
    """What the row says now: its status, and the form's own fields that it has."""
    status = [("How it stands", row.get_status_display())] if hasattr(row, "status") else []
    return [*status, *form.stands(row)]


def sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".")
