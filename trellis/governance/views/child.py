"""Who sees a child's record."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trellis.accounts.sessions import SignedInRequest
from trellis.cases.child_pages import access_sections
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core.protection import Part
from trellis.governance.presenters.grants import grant_rows
from trellis.governance.presenters.who_sees import opening_rows
from trellis.governance.queries.grants import reach
from trellis.governance.queries.references import references_of
from trellis.governance.queries.who_sees import grants_of, opened
from trellis.need_to_know.access import see_person


@require_GET
def who_sees(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Who may see the record now, and to those who answer for it who opened it."""
    user = request.user
    person = see_person(user, person_id, "who sees this record", Part.RECORD)
    header = child_header(user, person)
    seen = opened(user, header)
    context = {
        "grants": grant_rows(grants_of(user, person.id), references_of(user, [person.id]), reach()),
        "opened": seen,
        "latest": opening_rows(seen.latest, seen.reasons) if seen else [],
        "sections": access_sections(user, person),
    }
    return render(request, "governance/who_sees.html", {**child_context(header, current="child-access"), **context})
