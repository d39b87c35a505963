"""The guardian, and the defence in court."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from trellis.accounts.sessions import SignedInRequest
from trellis.nrm import services
from trellis.nrm.access import see_support
from trellis.nrm.forms import ChangeGuardianForm, ChangeSection45Form, GuardianForm, Section45Form
from trellis.nrm.models import Guardian, Section45
from trellis.nrm.views.steps import to_write
from trellis.nrm.views.writing import Writing, written

GUARDIAN = "An Independent Child Trafficking Guardian stands beside a child who was, or may have been, trafficked."
SECTION_45 = (
    "Under 18, somebody is not guilty of most offences if they did it as a direct consequence of being exploited and a "
    "person like them, in their place, might have done it too. It need not be shown that they were forced."
)


@require_http_methods(["GET", "POST"])
def add_guardian(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)
    writing = Writing(
        "Ask for a guardian",
        GuardianForm(request.POST or None),
        lambda told: services.ask_for_guardian(person=person, by=request.user, **told),
        "It is recorded that a guardian was asked for.",
        GUARDIAN,
    )
    return written(request, person, writing)


@require_http_methods(["GET", "POST"])
def change_guardian(request: SignedInRequest, person_id: UUID, guardian_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)
    found = see_support(request.user, person, Guardian, guardian_id)
    names = ("service", "name", "phone", "first_contact_on", "ended_on", "ended_why")
    initial = {"after": found.revision, **{name: getattr(found, name) for name in names}}
    writing = Writing(
        "The guardian",
        ChangeGuardianForm(request.POST or None, initial=initial),
        lambda told: services.change_guardian(guardian=found, by=request.user, **told),
        "What is known of the guardian is recorded.",
        GUARDIAN,
    )
    return written(request, person, writing)


@require_http_methods(["GET", "POST"])
def add_section_45(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)
    writing = Writing(
        "Section 45 defence",
        Section45Form(request.POST or None),
        lambda told: services.consider_section_45(person=person, by=request.user, **told),
        "It is recorded that the defence was considered.",
        SECTION_45,
    )
    return written(request, person, writing)


@require_http_methods(["GET", "POST"])
def change_section_45(request: SignedInRequest, person_id: UUID, defence_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)
    found = see_support(request.user, person, Section45, defence_id)
    names = ("raised", "solicitor_told", "cps_told", "schedule_4", "used_in_court", "outcome", "outcome_on")
    initial = {"after": found.revision, **{name: getattr(found, name) for name in names}}
    writing = Writing(
        f"Section 45 defence: {found.matter}",
        ChangeSection45Form(request.POST or None, initial=initial),
        lambda told: services.change_section_45(defence=found, by=request.user, **told),
        "What became of the defence is recorded.",
        SECTION_45,
    )
    return written(request, person, writing)
