"""Health services: one joins, is put right, ends."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from trellis.accounts.sessions import SignedInRequest
from trellis.core.clocks import today
from trellis.core.reference_data import labels
from trellis.health_needs import services
from trellis.health_needs.access import see_in_health
from trellis.health_needs.forms import ServiceCorrectionForm, ServiceEndForm, ServiceForm
from trellis.health_needs.models import HealthService
from trellis.health_needs.services.involved import TOLD
from trellis.health_needs.views.writing import to_write, written
from trellis.people.models import Person


@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)
    form = ServiceForm(request.POST or None, initial={"starts_on": today()}, kinds=kinds())
    return written(
        request,
        person,
        "A health service is involved",
        form,
        lambda told: services.add_service(person=person, by=request.user, **told),
        "The service is recorded.",
    )


@require_http_methods(["GET", "POST"])
def correct(request: SignedInRequest, person_id: UUID, service_id: UUID) -> HttpResponse:
    """Put right what was said of it; the old values are kept."""
    person, service = service_of(request, person_id, service_id)
    initial: dict[str, Any] = {name: getattr(service, name) for name in TOLD}
    form = ServiceCorrectionForm(request.POST or None, initial=initial, kinds=kinds())
    return written(
        request,
        person,
        "Put a health service right",
        form,
        lambda told: services.correct_service(service=service, by=request.user, **told),
        "The service is put right. What was said before is kept.",
    )


@require_http_methods(["GET", "POST"])
def end(request: SignedInRequest, person_id: UUID, service_id: UUID) -> HttpResponse:
    person, service = service_of(request, person_id, service_id)
    form = ServiceEndForm(request.POST or None, initial={"ends_on": today()})
    return written(
        request,
        person,
        "A health service is involved no longer",
        form,
        lambda told: services.end_service(service=service, by=request.user, **told),
        "The service has ended.",
        str(labels("health_service").get(service.kind, service.kind)),
    )


def kinds() -> list[tuple[str, str]]:
    return list(labels("health_service").items())


def service_of(request: SignedInRequest, person_id: UUID, service_id: UUID) -> tuple[Person, HealthService]:
    person = to_write(request, person_id)
    return person, see_in_health(request.user, person, HealthService, service_id)
