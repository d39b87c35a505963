"""One form of a young person's health, from the empty page to what is saved or refused."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from trellis.accounts.access import check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.audit_log.trail import attempt
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core.lifecycle import MoveNotAllowed, NotAsItStands
from trellis.core.protection import Part
from trellis.need_to_know.access import see_person
from trellis.need_to_know.protective_marking import MarkedTooHigh
from trellis.people.models import Person

PAGE, CONFLICT = "child-health", 409


def to_read(request: SignedInRequest, person_id: UUID) -> Person:
    """Raises Refused, Hidden."""
    return see_person(request.user, person_id, "health", Part.HEALTH)


def to_write(request: SignedInRequest, person_id: UUID) -> Person:
    """Raises Refused, Hidden."""
    check_may(request.user, Permission.HEALTH_WRITE)
    return to_read(request, person_id)


def written(
    request: SignedInRequest,
    person: Person,
    heading: str,
    form: Any,
    do: Callable[[dict[str, Any]], object],
    saved: str,
    about: str = "",
) -> HttpResponse:
    """Show the form or save it. What cannot be saved is shown again with everything typed (409)."""
    status = None
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                do(form.told())
        except (MoveNotAllowed, NotAsItStands, MarkedTooHigh) as refusal:
            text = str(refusal).rstrip(".")
            form.add_error(None, f"Nothing was saved. {text[:1].upper()}{text[1:]}.")
            status = CONFLICT
        else:
            messages.success(request, saved)
            return redirect(PAGE, person.id)
    context = child_context(child_header(request.user, person), current=PAGE)
    more = {"form": form, "page_heading": heading, "about": about}
    return render(request, "health_needs/form.html", {**context, **more}, status=status)
