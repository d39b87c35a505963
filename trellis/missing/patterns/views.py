"""Patterns of missing: for the desk, and for one young person."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core.clocks import now
from trellis.core.pages import page_of
from trellis.core.protection import Part
from trellis.missing.patterns.presenters import link_rows
from trellis.missing.patterns.queries import links, people_by_id, together_hours
from trellis.missing.patterns.rules import COMMON, DAYS
from trellis.need_to_know.access import note_listed, see_person
from trellis.people.models import Person


@require_GET
def desk_patterns(request: SignedInRequest) -> HttpResponse:
    """Who of those the reader sees may have been missing together."""
    check_may(request.user, Permission.MISSING_DESK_READ)
    return render(request, "missing/patterns.html", listed(request.user, request.GET.get("page")))


@require_GET
def child_patterns(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """With whom one young person may have been, as far as the reader sees both."""
    person = see_person(request.user, person_id, "missing patterns", Part.MISSING)
    context = child_context(child_header(request.user, person), current="child-missing")
    more = listed(request.user, request.GET.get("page"), person)
    return render(request, "missing/child_patterns.html", {**context, **more})


def listed(user: User, number: str | None, child: Person | None = None) -> dict[str, Any]:
    moment = now()
    page = page_of(links(user, moment, child), number)
    people = people_by_id(list(page))
    note_listed(user, "missing patterns", people.keys())
    rows = link_rows(page, people, together_hours(moment))
    return {"page": page, "rows": rows, "days": DAYS, "common": COMMON}
