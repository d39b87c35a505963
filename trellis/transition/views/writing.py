"""One form of these pages, from the empty page to what is saved, refused or was changed meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
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
from trellis.core.protection import Part
from trellis.core.revisions import ChangedMeanwhile
from trellis.need_to_know.access import check_sees_whole, see_person
from trellis.need_to_know.adulthood import BasisStands
from trellis.people.models import Person
from trellis.transition.services import NotYet

CONFLICT = 409
PAGE = "child-transition"


@dataclass(frozen=True)
class Writing:
    """``do`` takes what the form tells; ``saved`` says so on the page that follows; ``about`` stands above the form."""

    heading: str
    form: Any
    do: Callable[[dict[str, Any]], object]
    saved: str
    about: str = ""


def to_read(request: SignedInRequest, person_id: UUID, what: str = "transition") -> Person:
    """The young person whose page is opened. Raises Refused, Hidden."""
    return see_person(request.user, person_id, what, Part.TRANSITION)


def to_write(request: SignedInRequest, person_id: UUID) -> Person:
    """The young person of whose transition something is written. Raises Refused, Hidden."""
    check_may(request.user, Permission.TRANSITION_WRITE)
    return to_read(request, person_id)


def to_settle(request: SignedInRequest, person_id: UUID) -> Person:
    """The young person of whom is said on what the work goes on. Raises Refused; Hidden without the whole record."""
    check_may(request.user, Permission.ADULT_BASIS_RECORD)
    person = to_read(request, person_id, "basis from 18")
    check_sees_whole(request.user, person)
    return person


def written(request: SignedInRequest, person: Person, writing: Writing, then: str = PAGE) -> HttpResponse:
    """Show the form or save it. What cannot be saved is shown again with everything typed (409), beside what somebody
    else saved meanwhile."""
    form, stands, status = writing.form, None, None
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                writing.do(form.told())
        except ChangedMeanwhile as meanwhile:
            form.beside(getattr(meanwhile.now, "revision", 0))
            stands, status = form.stands(meanwhile.now), CONFLICT
        except (NotYet, BasisStands) as refusal:
            form.add_error(None, f"Nothing was saved. {str(refusal).rstrip('.')}.")
            status = CONFLICT
        else:
            messages.success(request, writing.saved)
            return redirect(then, person.id)
    context = child_context(child_header(request.user, person), current=PAGE)
    more = {"form": form, "page_heading": writing.heading, "about": writing.about, "stands": stands, "back": PAGE}
    return render(request, "plans/form.html", {**context, **more}, status=status)
