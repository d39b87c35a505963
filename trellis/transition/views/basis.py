"""On what the work goes on from 18: recording it, and ending it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from trellis.accounts.sessions import SignedInRequest
from trellis.core.presenters import day
from trellis.core.protection import Part
from trellis.need_to_know.access import can_see_person
from trellis.need_to_know.adulthood import comes_of_age_on
from trellis.transition import presenters, services
from trellis.transition.access import see_basis
from trellis.transition.forms import BasisForm, EndBasisForm
from trellis.transition.views.writing import Writing, to_settle, written


@require_http_methods(["GET", "POST"])
def record(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = to_settle(request, person_id)
    name, of_age = presenters.called(person), day(comes_of_age_on(person.date_of_birth))
    writing = Writing(
        "On what the work goes on from 18",
        BasisForm(request.POST or None),
        lambda told: services.record_basis(person=person, by=request.user, **told),
        "It is recorded on what the work goes on from 18.",
        f"{name} decides from {of_age} on who goes on working with them. Without a basis, sight of the record that was"
        f" given before ends at midnight. {name} can change their mind at any time.",
    )
    return written(request, person, writing)


@require_http_methods(["GET", "POST"])
def end(request: SignedInRequest, person_id: UUID, basis_id: UUID) -> HttpResponse:
    """Whoever ends it may have no sight of the record afterwards: then the list is the next page."""
    person = to_settle(request, person_id)
    basis = see_basis(request.user, person, basis_id)
    writing = Writing(
        "The basis ends",
        EndBasisForm(request.POST or None),
        lambda told: services.end_basis(basis=basis, by=request.user, **told),
        "The basis has ended.",
        "From 18 on, sight of the record given in childhood ends at once, yours too unless you manage the hub.",
    )
    response = written(request, person, writing)
    if response.status_code == 302 and not can_see_person(request.user, person.id, Part.TRANSITION):
        return redirect("transition")
    return response
