"""A page asks the database as often for a thousand rows as for ten."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

import pytest

from tests.factories import accounts, assessments, cases, documents, plans
from tests.factories.prepared import prepared
from tests.support.pages import queries_of, signed_in
from trellis.accounts.models import Agency, Team, User
from trellis.assessments.models import Answer, Assessment, AssessmentMove, ContributionRequest, Judgement
from trellis.cases.models import Allocation, Case
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now, today
from trellis.core.models import Row
from trellis.documents.models import Document
from trellis.need_to_know.models import Grant
from trellis.need_to_know.services import HUB, MANAGEMENT
from trellis.people.models import Address, Education, LegalStatus, Person, PersonChange, Placement, Relationship
from trellis.plans.models import (
    DirectWork,
    Goal,
    GoalCorrection,
    LinkedPlan,
    Plan,
    PlanMove,
    Review,
    SafetyPlan,
    Task,
    TeamMember,
)
from trellis.referrals.models import Referral
from trellis.supervision.models import CarriedAction, Formulation, OversightNote, Supervision, SupervisionAction

pytestmark = pytest.mark.django_db
FEW, MANY = 10, 1000
START = date(2024, 1, 1)


@dataclass(frozen=True)
class Hub:
    """Whose pages are asked for, and of whom."""

    worker: User
    manager: User
    case: Case

    @property
    def person(self) -> Person:
        return self.case.person

    @property
    def child(self) -> str:
        return f"/children/{self.person.id}"


def later(number: int) -> date:
    return START + timedelta(days=number)


def added(model: type[Row], count: int, **fields: object) -> list[Row]:
    """``count`` rows alike; a field that is a function is asked for each with its number."""
    rows = [model(**{name: f(n) if callable(f) else f for name, f in fields.items()}) for n in range(count)]
    insert_rows(rows)
    return rows


# -- what is filled in


def fill_plan(hub: Hub, start: int, count: int) -> None:
    by, plan = hub.worker, Plan.objects.filter(person=hub.person).first() or plans.open_plan(hub.person, hub.worker)
    moment = now()
    goals = added(Goal, count, plan=plan, words=lambda n: f"Goal {n}", recorded_by=by)
    said = {"old_values": {"words": "x"}, "corrected_at": moment, "corrected_by": by}
    added(GoalCorrection, count, goal=lambda n: goals[n], **said)
    owned = {"owner": by, "due_on": later, "recorded_by": by}
    added(Task, count, plan=plan, what="To do", goal=lambda n: goals[n], **owned)
    added(Task, count, plan=plan, what="Done", status="done", done_on=later, **owned)
    added(PlanMove, count, plan=plan, old="accepted", new="accepted", moved_at=moment, moved_by=by)
    added(SafetyPlan, count, plan=plan, revision=lambda n: start + n + 1, triggers="x", recorded_by=by)
    added(Review, count, plan=plan, held_on=later, who_took_part="x", what_changed="x", recorded_by=by)
    added(LinkedPlan, count, plan=plan, kind="care", held_by="North team", agency=by.agency)
    met = {"person": hub.person, "plan": plan, "worker": by, "planned_at": moment, "recorded_by": by}
    added(DirectWork, count, **met)
    added(DirectWork, count, status="held", seen_alone=True, happened_at=moment, **met)
    added(TeamMember, count, person=hub.person, user=by, name="x", part="x", agency=by.agency, starts_on=START)
    added(TeamMember, count, person=hub.person, name="x", part="x", starts_on=START, ends_on=today())


def fill_assessments(hub: Hub, start: int, count: int) -> None:
    pattern = Assessment.objects.filter(person=hub.person, status="submitted").first()
    pattern = pattern or assessments.submitted(hub.worker, hub.person)
    alike = {"person": hub.person, "version": pattern.version, "worker": hub.worker, "clock_started_on": START}
    alike |= {"due_on": today(), "nrm_considered": "no", "submitted_at": now(), "result": pattern.result}
    signed = {"status": "signed_off", "signed_off_at": now(), "signed_off_by": hub.manager}
    made = added(Assessment, count, **alike, **signed)
    added(Answer, count, assessment=lambda n: made[n], item="x", value="none", answered_at=now())
    moved = {"moved_at": now(), "moved_by": hub.worker}
    added(AssessmentMove, count, assessment=pattern, old="submitted", new="submitted", **moved)
    added(Judgement, count, assessment=pattern, words="x", judged_at=now(), judged_by=hub.worker)
    agency = Agency.objects.get(code="health")
    asked = {"person": hub.person, "agency": agency, "agencies": [agency.id], "question": "x", "due_on": today()}
    added(ContributionRequest, count, assessment=pattern, asked_at=now(), asked_by=hub.worker, **asked)


def fill_supervision(hub: Hub, start: int, count: int) -> None:
    person, by = hub.person, hub.manager
    added(OversightNote, count, person=person, noted_on=later, looked_at="x", view="x", recorded_by=by)
    held = {"person": person, "kind": "case", "held_on": later, "worker": hub.worker, "talked_about": "x"}
    talks = added(Supervision, count, session=lambda _: uuid4(), recorded_by=by, **held)
    agreed = {"person": person, "supervision": lambda n: talks[n], "owner": hub.worker, "due_on": later}
    to_do = added(SupervisionAction, count, what="To do", **agreed)
    added(SupervisionAction, count, what="Done", status="done", **agreed)
    added(CarriedAction, count, action=lambda n: to_do[n], into=lambda n: talks[n], carried_at=now(), carried_by=by)
    said = {"person": person, "formulated_on": START, "lead": by, "recorded_by": by}
    added(Formulation, count, revision=lambda n: start + n + 1, **said)


def fill_caseload(hub: Hub, start: int, count: int) -> None:
    named = {"given_name": "Robin", "date_of_birth": START, "authority": "E08000003", "search_key": "robin"}
    people = added(Person, count, family_name=lambda n: f"Many {start + n}", **named)
    opened = {"opened_on": START, "person": lambda n: people[n]}
    worked = added(Case, count, reference=lambda n: f"CSH-{start + n}", **opened)
    for team in Team.objects.filter(code__in=(HUB, MANAGEMENT)):
        added(Grant, count, person=lambda n: people[n], team=team, reason="Open case", starts_at=now())
    half = worked[: count // 2]
    added(Allocation, len(half), case=lambda n: half[n], worker=hub.worker, starts_on=START)


def fill_details(hub: Hub, start: int, count: int) -> None:
    person = hub.person

    def spell(number: int) -> date:
        return later(start + number)

    lasts = {"person": person, "starts_on": spell, "ends_on": lambda n: spell(n) + timedelta(days=1)}
    added(Address, count, lines="x", kept_apart=lambda n: bool(n % 2), **lasts)
    added(Education, count, provision="special", **lasts)
    added(LegalStatus, count, kind="child_in_need", authority="E08000003", **lasts)
    added(Placement, count, kind="foster", **lasts)
    added(Relationship, count, kind="friend", other_name="x", **lasts)
    changed = {"section": "voice", "subject": person.id, "changed_at": now(), "changed_by": hub.worker}
    added(PersonChange, count, person=person, old={}, new={"own_words": "x"}, **changed)


def fill_documents(hub: Hub, start: int, count: int) -> None:
    pattern = Document.objects.filter(person=hub.person).first() or documents.clean_document(hub.person, hub.worker)
    kept = ("person", "agency", "handling", "name", "media_type", "size", "sha256", "given_sha256", "state")
    fields = {name: getattr(pattern, name) for name in (*kept, "scanned_at", "recorded_by")}
    added(Document, count, **fields)


def fill_referrals(hub: Hub, start: int, count: int) -> None:
    brought = {"person": hub.person, "received_at": now(), "source_code": "1A", "agency": hub.worker.agency}
    brought |= {"primary_type": "CCE", "exploitation_types": ["CCE"], "decision_due_on": today()}
    added(Referral, count, reference=lambda n: f"REF-{start + n}", owner=hub.worker, owned_at=now(), **brought)


PLAN = ("plan/", "plan/print/", "plan/for-me/", "plan/tasks/", "plan/direct-work/", "plan/team/", "plan/safety/")
Fill = Callable[[Hub, int, int], None]
PAGES: dict[str, tuple[Fill, Sequence[str]]] = {
    "plan": (fill_plan, [f"CHILD/{page}" for page in PLAN] + ["CHILD/", "/"]),
    "assessments": (fill_assessments, ["CHILD/assessments/", "CHILD/assessments/compare/", "ONE", "/assessments/"]),
    "supervision": (fill_supervision, ["CHILD/supervision/", "CHILD/supervision/add/"]),
    "caseload": (fill_caseload, ["/caseload/", "WORKER", "CHILD/allocation/"]),
    "details": (fill_details, ["CHILD/details/", "CHILD/history/", "CHILD/"]),
    "documents": (fill_documents, ["CHILD/documents/"]),
    "referrals": (fill_referrals, ["/referrals/", "/referrals/?show=decided"]),
}


def address(page: str, hub: Hub) -> str:
    if page == "ONE":
        return f"{hub.child}/assessments/{Assessment.objects.filter(person=hub.person, status='submitted').get().id}/"
    return page.replace("CHILD", hub.child).replace("WORKER", f"/caseload/{hub.worker.id}/")


@pytest.mark.parametrize("what", PAGES)
def test_a_page_asks_as_often_for_a_thousand_rows_as_for_ten(what):
    fill, pages = PAGES[what]
    worker = accounts.hub_worker()
    hub = Hub(worker, accounts.manager(), cases.allocated_case(worker))
    client = signed_in(hub.manager)

    def counted() -> dict[str, int]:
        return {page: queries_of(client, address(page, hub)) for page in pages}

    with prepared():
        fill(hub, 0, FEW)
    counted()
    few = counted()
    with prepared():
        fill(hub, FEW, MANY - FEW)
    assert counted() == few
