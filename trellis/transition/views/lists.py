"""Who is on the way to adulthood, and who moves to secondary school."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trellis.accounts.access import check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.core.clocks import today
from trellis.core.pages import page_of
from trellis.need_to_know.access import note_listed
from trellis.transition import presenters, queries


@require_GET
def on_the_way(request: SignedInRequest) -> HttpResponse:
    """Everybody old enough, the oldest first, and those who are 18 without a basis."""
    user, day = request.user, today()
    check_may(user, Permission.TRANSITION_WRITE)
    limits = queries.limits_on(day)
    page = page_of(queries.on_the_way(user, day, limits), request.GET.get("page"))
    forgotten = page_of(queries.of_age_without_basis(user, day), request.GET.get("of-age"))
    note_listed(user, "transition list", {person.id for found in (page, forgotten) for person in found})
    context = {
        "page": page,
        "rows": presenters.list_rows(queries.standings(user, page, limits), day),
        "forgotten": forgotten,
        "is_manager": user.may(Permission.CASE_ALLOCATE),
        "day": day,
    }
    return render(request, "transition/list.html", context)


@require_GET
def schools(request: SignedInRequest) -> HttpResponse:
    """Everybody in the last year of primary school."""
    user, day = request.user, today()
    check_may(user, Permission.TRANSITION_WRITE)
    page = page_of(queries.leaving_primary(user, day), request.GET.get("page"))
    note_listed(user, "school moves", [person.id for person in page])
    moves = queries.school_moves(user, [person.id for person in page])
    return render(request, "transition/schools.html", {"page": page, "rows": presenters.school_rows(page, moves)})
