"""The pages of supervision, allocation and the caseload: who works with whom, and what is in hand."""

from datetime import timedelta

import pytest

from tests.factories import accounts, assessments, cases, supervision
from tests.factories.prepared import prepared
from tests.support.pages import day_boxes, new_key, queries_of, signed_in
from trellis.accounts.models import User
from trellis.cases.models import Allocation
from trellis.core.clocks import today
from trellis.plans.models import Plan, Task
from trellis.supervision.models import CarriedAction, Formulation, OversightNote, Supervision, SupervisionAction

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return signed_in(accounts.manager())


@pytest.fixture
def worker():
    return signed_in(accounts.hub_worker())


@pytest.fixture
def person():
    return cases.open_case().person


def of(person, page=""):
    return f"/children/{person.id}/supervision/{page}"


def test_the_page_says_what_was_looked_at_talked_about_and_understood(worker, person):
    supervision.oversight(person, view="She is heard")
    supervision.supervision(person, talked_about="How to keep her college place")
    supervision.formulation(person, helps="Boxing with his uncle")
    shown = worker.get(of(person)).content.decode()
    for words in ("She is heard", "How to keep her college place", "Boxing with his uncle"):
        assert words in shown
    assert "Record oversight" not in shown


def test_whoever_sees_one_young_person_reads_nothing_of_another(worker, person):
    other = cases.open_case().person
    supervision.supervision(other, talked_about="Of somebody else")
    assert "Of somebody else" not in worker.get(of(person)).content.decode()


def test_a_partner_with_parts_of_the_record_finds_no_such_page(person):
    partner = accounts.remote_partner()
    assert signed_in(partner).get(of(person)).status_code == 404


def test_a_manager_records_oversight(manager, worker, person):
    said = {"looked_at": "The plan", "view": "Good", "direction": "", **day_boxes("noted_on", today())}
    assert manager.post(of(person, "oversight/"), {**said, "form_key": new_key()}).status_code == 302
    assert OversightNote.objects.get().view == "Good"
    assert worker.get(of(person, "oversight/")).status_code == 403


def test_supervision_is_recorded_with_what_is_agreed_and_what_is_carried_on(manager, person):
    owner = accounts.hub_worker()
    waiting = supervision.action(person)
    said = {
        "kind": "joint",
        "worker": str(owner.id),
        "took_part": "Dr Hart",
        "agencies": ["health", "psychology"],
        "talked_about": "College",
        "what_1": "Ring the college",
        "owner_1": str(owner.id),
        **day_boxes("held_on", today()),
        **day_boxes("due_1", today() + timedelta(days=3)),
        f"status_{waiting.id.hex}": "to_do",
        f"words_{waiting.id.hex}": "The school is closed",
        "form_key": new_key(),
    }
    assert "Ring the school" in manager.get(of(person, "add/")).content.decode()
    assert manager.post(of(person, "add/"), said).status_code == 302
    made = Supervision.objects.get(kind="joint")
    assert (made.agencies, made.worker) == (["health", "psychology"], owner)
    assert made.actions.get().what == "Ring the college"
    assert CarriedAction.objects.get().why == "The school is closed"
    assert "The school is closed" in manager.get(of(person)).content.decode()


def test_an_action_half_written_is_asked_for(manager, person):
    said = {"kind": "case", "talked_about": "x", "what_1": "Ring", "form_key": new_key()}
    answer = manager.post(of(person, "add/"), said).content.decode()
    assert "Choose who does it" in answer
    assert "Enter the day" in answer


def test_an_action_is_said_to_be_done_and_a_stale_answer_is_shown_both(worker, person):
    action = supervision.action(person)
    path = of(person, f"actions/{action.id}/")
    assert worker.get(path).status_code == 200
    assert worker.post(path, {"after": "1", "status": "done", "effect": "Rung"}).status_code == 302
    answer = worker.post(path, {"after": "1", "status": "dropped", "effect": "Not needed"})
    assert answer.status_code == 409
    assert "Rung" in answer.content.decode()
    assert "Not needed" in answer.content.decode()
    assert SupervisionAction.objects.get().status == "done"


def test_a_formulation_is_written_and_a_second_over_the_same_is_shown_both(worker, person):
    lead = accounts.hub_worker_of("psychology")
    said = {"after": "0", "lead": str(lead.id), "helps": "His uncle", **day_boxes("formulated_on", today())}
    assert worker.post(of(person, "formulation/"), {**said, "form_key": new_key()}).status_code == 302
    answer = worker.post(of(person, "formulation/"), {**said, "helps": "Boxing", "form_key": new_key()})
    assert answer.status_code == 409
    assert "His uncle" in answer.content.decode()
    assert "Boxing" in answer.content.decode()
    made = Formulation.objects.get()
    assert "His uncle" in worker.get(of(person, f"formulation/{made.id}/")).content.decode()
    assert worker.get(of(cases.open_case().person, f"formulation/{made.id}/")).status_code == 404


def test_what_a_formulation_suggests_goes_into_the_plan(worker):
    case = cases.open_case()
    made, owner = supervision.formulation(case.person), accounts.hub_worker()
    path = of(case.person, f"formulation/{made.id}/plan/")
    assert worker.get(path).status_code == 404
    with prepared():
        Plan.objects.create(person=case.person, case=case, opened_on=today())
    said = {"what": "Boxing", "owner": str(owner.id), **day_boxes("due_on", today()), "form_key": new_key()}
    assert worker.post(path, said).status_code == 302
    assert Task.objects.get().source == made.id


def test_a_case_is_allocated_and_an_allocation_ended(manager, worker, person):
    path, lead = f"/children/{person.id}/allocation/", accounts.hub_worker()
    assert worker.get(path).status_code == 403
    assert manager.post(path, {"worker": str(lead.id), "part": "lead"}).status_code == 302
    held = Allocation.objects.current().get(case__person=person)
    assert lead.name in manager.get(path).content.decode()
    other = {"worker": str(accounts.hub_worker().id), "part": "lead"}
    stale = manager.post(path, other)
    assert stale.status_code == 409
    assert lead.name in stale.content.decode()
    assert manager.post(f"{path}{held.id}/end/").status_code == 302
    assert not Allocation.objects.current().filter(case__person=person).exists()


def test_a_closed_case_is_nobodys_to_allocate(manager):
    person = cases.closed_case().person
    assert manager.get(f"/children/{person.id}/allocation/").status_code == 404


def test_the_board_shows_who_has_what_in_hand_and_who_has_nobody(manager):
    alone = cases.open_case().person
    lead = accounts.hub_worker(name="Nadia Frost")
    cases.allocated_case(lead)
    shown = manager.get("/caseload/").content.decode()
    assert "Cases with nobody" in shown
    assert alone.name in shown
    assert "Nadia Frost" in shown


def under_way(lead, version, number):
    for _ in range(number):
        assessments.begun(lead, what=version)


def test_more_assessments_than_the_limit_warn(manager):
    lead = accounts.hub_worker(name="Nadia Frost")
    version = assessments.tool()
    under_way(lead, version, 5)
    assert "Above limit" not in manager.get("/caseload/").content.decode()
    under_way(lead, version, 1)
    assert "Above limit" in manager.get("/caseload/").content.decode()
    assert (
        "6 assessments (above 5)"
        in manager.get(f"/children/{cases.open_case().person.id}/allocation/").content.decode()
    )
    assert "above 5" in signed_in(lead).get("/caseload/").content.decode()


def test_a_worker_sees_their_own_caseload_and_nobody_elses():
    lead, other = accounts.hub_worker(), accounts.hub_worker()
    person = cases.allocated_case(lead).person
    own = signed_in(lead).get("/caseload/").content.decode()
    assert "Your caseload" in own
    assert person.name in own
    assert signed_in(lead).get(f"/caseload/{other.id}/").status_code == 403
    assert signed_in(accounts.missing_worker()).get("/caseload/").status_code == 403


def test_one_supervision_about_several_keeps_each_apart(manager):
    lead = accounts.hub_worker()
    one, other = cases.allocated_case(lead).person, cases.allocated_case(lead).person
    path = f"/caseload/{lead.id}/supervision/"
    said = {
        "kind": "reflective",
        f"about_{one.id.hex}": "About her",
        f"about_{other.id.hex}": "",
        **day_boxes("held_on", today()),
        "form_key": new_key(),
    }
    assert manager.get(path).status_code == 200
    assert manager.post(path, said).status_code == 302
    assert list(Supervision.objects.values_list("person", "talked_about")) == [(one.id, "About her")]
    nobody = {key: "" if key.startswith("about_") else value for key, value in said.items()}
    assert b"Write about one young person at least" in manager.post(path, nobody).content


def test_pages_take_as_many_queries_for_forty_as_for_ten(manager):
    boss = accounts.manager()
    leads = [accounts.hub_worker() for _ in range(10)]
    for lead in leads:
        cases.allocated_case(lead)
    person = cases.open_case().person
    mine = accounts.hub_worker()
    pages = ["/caseload/", f"/caseload/{mine.id}/", of(person), of(person, "add/")]

    def fill(number):
        for _ in range(number):
            supervision.oversight(person, by=boss)
            supervision.action(person, owner=mine)
            cases.allocated_case(mine)
            cases.open_case()

    fill(2)
    few = [queries_of(manager, page) for page in pages]
    with prepared():
        more = [accounts.hub_worker() for _ in range(30)]
    fill(6)
    cases.allocated_case(more[0])
    assert User.objects.filter(id__in=[lead.id for lead in more]).count() == 30
    assert [queries_of(manager, page) for page in pages] == few
