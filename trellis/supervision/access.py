"""What of supervision a user may see, one by one, and whose caseload."""

import uuid
from typing import TypeVar

from django.db.models import Model

from trellis.accounts.access import Hidden, Refused, check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.cases.models import Allocation, Case
from trellis.need_to_know.access import visible_to
from trellis.people.models import Person
from trellis.supervision.models import Formulation, SupervisionAction

Some = TypeVar("Some", bound=Model)
RELATED: dict[type[Model], tuple[str, ...]] = {
    Formulation: ("lead", "recorded_by"),
    SupervisionAction: ("owner", "supervision"),
    Allocation: ("worker", "case"),
}


def see_of(user: User, person: Person, model: type[Some], row_id: uuid.UUID, named: str = "person") -> Some:
    """A formulation, action or allocation of this young person. Raises Hidden."""
    rows = visible_to(user, model).filter(id=row_id, **{named: person})
    found: Some | None = rows.select_related(*RELATED[model]).first()
    if found is None:
        raise Hidden(str(model._meta.verbose_name), row_id)
    return found


def see_open_case(user: User, person: Person) -> Case:
    """The open case of a young person. Raises Hidden when there is none."""
    found = visible_to(user, Case).filter(person=person, status="open").select_related("person").first()
    if found is None:
        raise Hidden("case", person.id)
    return found


def see_worker(user: User, worker_id: uuid.UUID) -> User:
    """Somebody whose caseload the user may look at: whoever allocates, or themselves. Raises Refused, Hidden."""
    if worker_id != user.id:
        check_may(user, Permission.CASE_ALLOCATE)
    found = User.objects.filter(id=worker_id).first()
    if found is None:
        raise Hidden("user", worker_id)
    return found


def has_caseload(user: User) -> bool:
    return user.may(Permission.CASE_ALLOCATE) or user.may(Permission.ASSESSMENT_WRITE)


def check_has_caseload(user: User) -> None:
    """Raises Refused for whoever neither allocates cases nor works them."""
    if not has_caseload(user):
        raise Refused("Your role does not include working or allocating cases.", "caseload")
