"""One form of a plan, from the empty page to what is saved, refused or was changed meanwhile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from trellis.accounts.access import Refused, check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.audit_log.trail import attempt
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core.lifecycle import MoveNotAllowed, NotAsItStands
from trellis.core.protection import Part
from trellis.core.revisions import ChangedMeanwhile
from trellis.need_to_know.access import see_person
from trellis.people.models import Person

CONFLICT = 409
PAGE = "child-plan"


@dataclass(frozen=True)
class Writing:
    """``do`` takes what the form tells; ``saved`` says so on the page ``back``; ``about`` stands above the form."""

    heading: str
    form: Any
    do: Callable[[dict[str, Any]], object]
    saved: str
    about: str = ""
    back: str = PAGE
    template: str = "plans/form.html"
    more: Mapping[str, Any] | None = None


def plan_page_of(request: SignedInRequest, person_id: UUID, what: str = "plan") -> Person:
    """The young person whose plan is opened to read. Raises Refused, Hidden."""
    return see_person(request.user, person_id, what, Part.PLAN)


def to_write(request: SignedInRequest, person_id: UUID) -> Person:
    """The young person whose plan is opened to write in. Raises Refused, Hidden."""
    check_may(request.user, Permission.PLAN_WRITE)
    return plan_page_of(request, person_id)


def written(request: SignedInRequest, person: Person, writing: Writing) -> HttpResponse:
    """Show the form or save it. What cannot be saved as it stands is shown again with everything typed (409), beside
    what somebody else saved meanwhile."""
    form, stands, status = writing.form, None, None
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                writing.do(form.told())
        except ChangedMeanwhile as meanwhile:
            revision = getattr(meanwhile.now, "revision", 0)
            form.beside(revision)
            stands, status = form.stands(meanwhile.now), CONFLICT
        except (MoveNotAllowed, NotAsItStands) as refusal:
            form.add_error(None, f"Nothing was saved. {sentence(str(refusal))}.")
            status = CONFLICT
        except Refused as refusal:
            form.add_error(None, f"Nothing was saved. {refusal.reason}")
            status = CONFLICT
        else:
            messages.success(request, writing.saved)
            return redirect(writing.back, person.id)
    context = child_context(child_header(request.user, person), current=PAGE)
    more = {"form": form, "page_heading": writing.heading, "about": writing.about, "stands": stands}
    more |= {"back": writing.back, **(writing.more or {})}
    return render(request, writing.template, {**context, **more}, status=status)


def sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".")
