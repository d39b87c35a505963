"""The profile for when somebody is missing: read, written anew, printed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.access import Hidden, check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core.clocks import now, today
from trellis.core.protection import Part
from trellis.core.reference_data import labels
from trellis.core.revisions import ChangedMeanwhile
from trellis.missing import services
from trellis.missing.forms.profile import ProfileForm
from trellis.missing.models import MissingProfile
from trellis.missing.presenters import profile as words
from trellis.missing.queries.profile import profile_of
from trellis.need_to_know.access import see_person
from trellis.people.models import Person

CONFLICT = 409


def see(request: SignedInRequest, person_id: UUID, what: str) -> Person:
    return see_person(request.user, person_id, what, Part.MISSING)


def page(
    request: SignedInRequest, person: Person, template: str, status: int | None = None, **more: Any
) -> HttpResponse:
    context = child_context(child_header(request.user, person), current="child-missing")
    return render(request, f"missing/{template}.html", {**context, **more}, status=status)


@require_GET
def profile(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """What stands, when it is to be looked over again, and what it said before."""
    person = see(request, person_id, "missing profile")
    found = profile_of(request.user, person)
    return page(
        request,
        person,
        "profile",
        found=found,
        rows=words.profile_rows(found.now),
        left_open=words.left_open(found.now),
        before=words.before_rows(found.before),
        may_write=request.user.may(Permission.MISSING_PROFILE_WRITE),
    )


@require_GET
def print_profile(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Two sheets at most, for those who look for them; the log says who took it on paper. Raises Hidden while there is
    no profile."""
    person = see(request, person_id, "missing profile on paper")
    found = profile_of(request.user, person)
    if found.now is None:
        raise Hidden("missing profile", person_id)
    context = {
        "person": person,
        "running_name": person.name,
        "found": found,
        "who": words.person_rows(person, labels("ethnicity")),
        "now": words.this_time(found.episode, labels("missing_risk_grade")),
        "rows": words.profile_rows(found.now),
        "printed_at": now(),
    }
    return render(request, "missing/profile_print.html", context)


@require_http_methods(["GET", "POST"])
def write_profile(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Write it anew; of two written at once both are shown."""
    check_may(request.user, Permission.MISSING_PROFILE_WRITE)
    person = see(request, person_id, "missing profile")
    stood = profile_of(request.user, person).now
    initial = {name: getattr(stood, name) for name in MissingProfile.TEXTS} if stood else {}
    initial |= {"after": stood.revision if stood else 0, "checked_on": today()}
    form = ProfileForm(request.POST or None, initial=initial)
    stands = None
    if request.method == "POST" and form.is_valid():
        try:
            services.write_profile(person=person, by=request.user, **form.said())
        except ChangedMeanwhile as meanwhile:
            stands = meanwhile.now
            form.beside(getattr(stands, "revision", 0))
        else:
            messages.success(request, "The profile is saved. What it said before is kept.")
            return redirect("missing-profile", person.id)
    rows = words.profile_rows(stands) if isinstance(stands, MissingProfile) else []
    return page(request, person, "profile_form", CONFLICT if stands else None, form=form, stands=rows)
