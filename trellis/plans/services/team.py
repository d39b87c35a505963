"""The team around the young person, and the one adult they trust."""

from typing import Any
from uuid import UUID

from django.db import transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.once import add_once
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import today
from trellis.core.ids import new_id
from trellis.people.models import Person
from trellis.plans.models import TeamMember
from trellis.plans.services.saving import note_saved

WHAT = "team around a young person"


@transaction.atomic
def join_team(
    *, person: Person, name: str, part: str, by: User, key: UUID | None = None, trusted: bool = False, **details: Any
) -> TeamMember:
    """Somebody joins the team today. ``details``: user, agency, phone, starts_on. ``trusted``: the young person named
    them as the adult they trust; whoever they named before stays in the team. Raises Refused.
    """
    check_may(by, Permission.PLAN_WRITE)
    _hold(person)
    already = TeamMember.objects.filter(form_key=key, recorded_by=by).first() if key else None
    if already:
        return already
    if trusted:
        _trust_nobody(person, by)
    details.setdefault("starts_on", today())
    row = TeamMember(
        person=person, name=name, part=part, is_trusted_adult=trusted, form_key=key, recorded_by=by, **details
    )
    return add_once(row, WHAT, person=person.id)[0]


def _hold(person: Person) -> None:
    """Who changes this team next waits for this transaction."""
    Person.objects.select_for_update(of=("self",), no_key=True).get(id=person.id)


def _trust_nobody(person: Person, by: User) -> None:
    for named in person.team_around.filter(is_trusted_adult=True, ends_on=None):
        _instead_of(named, by, trusted=False)


def _instead_of(member: TeamMember, by: User, *, trusted: bool) -> None:
    """From today the member is, or is no longer, the trusted adult; until today they are what they were."""
    TeamMember.objects.filter(id=member.id).update(ends_on=max(today(), member.starts_on))
    kept = {name: getattr(member, name) for name in ("person_id", "user_id", "name", "agency_id", "part", "phone")}
    made = TeamMember(id=new_id(), is_trusted_adult=trusted, starts_on=today(), recorded_by=by, **kept)
    insert_rows([made])
    note_saved(WHAT, made, member.person_id)


@transaction.atomic
def trust(*, member: TeamMember, by: User) -> None:
    """The young person names this member as the adult they trust. Raises Refused; a member who left is left alone."""
    check_may(by, Permission.PLAN_WRITE)
    _hold(member.person)
    member.refresh_from_db()
    if member.ends_on or member.is_trusted_adult:
        return
    _trust_nobody(member.person, by)
    _instead_of(member, by, trusted=True)


@transaction.atomic
def leave_team(*, member: TeamMember, by: User) -> None:
    """A member leaves the team today; who left already is left alone. Raises Refused."""
    check_may(by, Permission.PLAN_WRITE)
    rows = TeamMember.objects.filter(id=member.id, ends_on=None)
    if rows.update(ends_on=max(today(), member.starts_on)):
        note_saved(WHAT, member, member.person_id)
