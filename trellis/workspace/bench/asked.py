"""What the benches ask for, each by somebody whose work it is."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Count

from trellis.accounts.models import User
from trellis.audit_log.trail import recorded
from trellis.cases.models import ChronologyEntry
from trellis.need_to_know.access import note_listed, visible_to
from trellis.workspace.bench.worlds import browser_of

LATEST = 50
Ask = Callable[[], Any]


PEOPLE = {
    "worker": ("hub", "practitioner"),
    "desk": ("missing", "missing_worker"),
    "manager": ("management", "manager"),
}
FEW = {
    "record page": ("worker", "/children/{child}/"),
    "chronology": ("worker", "/children/{child}/chronology/"),
    "missing desk": ("desk", "/missing/"),
    "triage queue": ("manager", "/referrals/"),
}
MANY = {
    **FEW,
    "my day": ("worker", "/"),
    "missing of a child": ("worker", "/children/{child}/missing/"),
    "details": ("worker", "/children/{child}/details/"),
    "plan": ("worker", "/children/{child}/plan/"),
    "tasks": ("worker", "/children/{child}/plan/tasks/"),
    "direct work": ("worker", "/children/{child}/plan/direct-work/"),
    "assessments": ("worker", "/children/{child}/assessments/"),
    "supervision": ("worker", "/children/{child}/supervision/"),
    "documents": ("worker", "/children/{child}/documents/"),
    "who sees this record": ("worker", "/children/{child}/access/"),
    "assessment board": ("manager", "/assessments/"),
    "caseload": ("manager", "/caseload/"),
}


def pages(wanted: Mapping[str, tuple[str, str]]) -> dict[str, Ask]:
    """These pages, each asked for by its reader; a child's are of whom the worker has most to read."""
    users = {who: somebody(*PEOPLE[who]) for who in PEOPLE}
    child = busiest_child(users["worker"])
    browsers = {who: browser_of(user) for who, user in users.items()}
    return {name: page(browsers[who], path.format(child=child)) for name, (who, path) in wanted.items()}


def few_pages() -> dict[str, Ask]:
    """What the cost of access control is measured on: pages, and one list without its page."""
    worker = somebody(*PEOPLE["worker"])
    return {**pages(FEW), f"list: latest {LATEST} entries": lambda: latest_entries(worker)}


def many_pages() -> dict[str, Ask]:
    return pages(MANY)


def page(browser: Any, path: str) -> Ask:
    def ask() -> None:
        status = browser.get(path).status_code
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")

    return ask


def latest_entries(user: User) -> list[ChronologyEntry]:
    """The latest entries that the user may see, of anybody."""
    with recorded(user):
        found = list(visible_to(user, ChronologyEntry).order_by("-recorded_at", "id")[:LATEST])
        note_listed(user, "latest entries", {entry.person_id for entry in found})
    return found


def somebody(team: str, role: str) -> User:
    held = User.objects.filter(memberships__team__code=team, memberships__role__code=role, memberships__ends_on=None)
    user = held.filter(agency__co_located=True).order_by("email").first()
    if user is None:
        raise RuntimeError(f"the invented area has no {role}")
    return user


def busiest_child(user: User) -> Any:
    """Of the children the user sees, the one of whom most is written."""
    with recorded(user):
        counted = visible_to(user, ChronologyEntry).order_by().values_list("person").annotate(many=Count("id"))
        return counted.order_by("-many", "person")[0][0]
