"""The team around a young person."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from trellis.accounts.sessions import SignedInRequest
from trellis.people.models import Person
from trellis.plans import presenters, services
from trellis.plans.access import see_in_plan
from trellis.plans.forms.team import MemberForm
from trellis.plans.models import TeamMember
from trellis.plans.queries import agencies, team_before, team_of, workers
from trellis.plans.views.writing import Writing, to_write, written

PAGE = "plan-team"


@require_http_methods(["GET", "POST"])
def team(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Who is in the team, and somebody new."""
    person, here = to_write(request, person_id), workers()

    def save(told: dict[str, Any]) -> object:
        told["user_id"], told["agency_id"] = told.pop("user") or None, told.pop("agency") or None
        told["name"] = told["name"] or dict(here)[told["user_id"]].rpartition(", ")[0]
        return services.join_team(person=person, by=request.user, **told)

    writing = Writing(
        "Team around the young person",
        MemberForm(request.POST or None, workers=here, agencies=agencies()),
        save,
        "They are in the team.",
        back=PAGE,
        template="plans/team.html",
        more={
            "team": presenters.member_rows(team_of(request.user, person)),
            "before": presenters.member_rows(team_before(request.user, person)),
            "called": presenters.called(person),
        },
    )
    return written(request, person, writing)


@require_POST
def trust(request: SignedInRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    person, member = member_of(request, person_id, member_id)
    services.trust(member=member, by=request.user)
    messages.success(request, "The adult they trust is named.")
    return redirect(PAGE, person.id)


@require_POST
def leave(request: SignedInRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    person, member = member_of(request, person_id, member_id)
    services.leave_team(member=member, by=request.user)
    messages.success(request, "They have left the team.")
    return redirect(PAGE, person.id)


def member_of(request: SignedInRequest, person_id: UUID, member_id: UUID) -> tuple[Person, TeamMember]:
    person = to_write(request, person_id)
    return person, see_in_plan(request.user, person, TeamMember, member_id)
