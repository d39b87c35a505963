"""What is said is kept for each young person apart; what was agreed is carried on until it is done."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.factories import accounts, cases, supervision
from tests.factories.prepared import prepared
from trellis.accounts.access import Refused
from trellis.audit_log.trail import recorded
from trellis.cases.models import Allocation, ChronologyEntry
from trellis.core.clocks import today
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.revisions import ChangedMeanwhile
from trellis.need_to_know.models import Exclusion
from trellis.plans.models import Plan
from trellis.supervision import services
from trellis.supervision.models import CarriedAction, Formulation, OversightNote, Supervision, SupervisionAction
from trellis.supervision.services import Agreed, TalkedAbout

pytestmark = pytest.mark.django_db
HELD = {"kind": "reflective", "held_on": today(), "took_part": "Dr Hart", "agencies": ["psychology"]}


def hold(of_each, by=None, key=None, worker=None):
    by = by or accounts.manager()
    with recorded(by, "test"):
        return services.hold_supervision(
            of_each=of_each, by=by, key=key, worker=worker or accounts.hub_worker(), **HELD
        )


def test_a_supervision_of_several_is_a_row_for_each_and_tells_nothing_of_the_others():
    one, other = cases.open_case().person, cases.open_case().person
    made = hold([TalkedAbout(one, "About her"), TalkedAbout(other, "About him")])
    assert len({row.session for row in made}) == 1
    assert Supervision.objects.get(person=one).talked_about == "About her"
    assert Supervision.objects.get(person=other).talked_about == "About him"


def test_fifty_copies_of_one_form_make_one_supervision_and_one_action():
    person, key, owner = cases.open_case().person, uuid4(), accounts.hub_worker()
    talked = TalkedAbout(person, "Once", agreed=[Agreed("Ring her aunt", owner, today())])
    made = {hold([talked], by=owner, key=key)[0].id for _ in range(50)}
    assert len(made) == Supervision.objects.filter(person=person).count() == 1
    assert SupervisionAction.objects.filter(person=person).count() == 1


def test_what_is_not_done_is_carried_into_the_next_with_who_and_why():
    action = supervision.action()
    manager = accounts.manager()
    following = supervision.supervision(action.person, by=manager)
    carried = CarriedAction.objects.get(action=action)
    assert (carried.into, carried.carried_by, carried.why) == (following, manager, "Not talked about this time")
    again = supervision.supervision(
        action.person, answers={action.id: services.Answer("to_do", "The school is closed")}
    )
    assert CarriedAction.objects.get(action=action, into=again).why == "The school is closed"


def test_what_is_done_is_carried_no_further():
    action = supervision.action()
    supervision.supervision(action.person, answers={action.id: supervision.done()})
    supervision.supervision(action.person)
    action.refresh_from_db()
    assert (action.status, action.effect) == ("done", "She has a place from Monday")
    assert not action.carried.exists()
    assert [move.new for move in action.status_moves.all()] == ["to_do", "done"]


def test_an_action_moves_once_and_a_stale_change_is_refused():
    action, by = supervision.action(), accounts.hub_worker()
    with prepared():
        services.move_action(action=action, status="done", after=1, by=by, effect="Rung")
        services.move_action(action=action, status="done", after=1, by=by, effect="Rung")
        with pytest.raises(ChangedMeanwhile):
            services.move_action(action=action, status="dropped", after=1, by=by)
        with pytest.raises(MoveNotAllowed):
            services.move_action(action=action, status="dropped", after=2, by=by)
    assert action.status_moves.count() == 2


def test_nobody_who_is_kept_from_a_young_person_is_given_something_to_do():
    person, owner = cases.open_case().person, accounts.hub_worker()
    with prepared():
        Exclusion.objects.create(
            person=person, user=owner, reason="Cousin", starts_at=cases.open_case().recorded_at, recorded_by=owner
        )
    with pytest.raises(Refused):
        supervision.supervision(person, agreed=[Agreed("Ring", owner, today())])
    assert not Supervision.objects.filter(person=person).exists()


def test_a_formulation_is_written_anew_and_what_it_said_is_kept():
    first = supervision.formulation()
    supervision.formulation(first.person, after=1, helps="Boxing, and his aunt")
    assert list(Formulation.objects.filter(person=first.person).values_list("revision", "helps")) == [
        (2, "Boxing, and his aunt"),
        (1, "Boxing with his uncle"),
    ]


def test_of_two_written_over_the_same_the_second_is_refused():
    first = supervision.formulation()
    second = supervision.formulation(first.person, after=1)
    with pytest.raises(ChangedMeanwhile) as meanwhile:
        supervision.formulation(first.person, after=1, helps="Something else")
    assert meanwhile.value.now == second


def test_one_form_sent_often_writes_one_formulation_and_one_note():
    person, by, key = cases.open_case().person, accounts.hub_worker_of("psychology"), uuid4()
    made = {supervision.formulation(person, by=by, key=key).id for _ in range(10)}
    note_by, note_key = accounts.manager(), uuid4()
    notes = {supervision.oversight(person, by=note_by, key=note_key).id for _ in range(10)}
    assert len(made) == len(notes) == 1


def test_a_formulation_feeds_the_plan():
    case = cases.open_case()
    formulation, by = supervision.formulation(case.person), accounts.hub_worker()
    with prepared():
        plan = Plan.objects.create(person=case.person, case=case, opened_on=today())
        task = services.add_formulation_to_plan(
            formulation=formulation,
            plan=plan,
            what="Ask his uncle about boxing",
            due_on=today() + timedelta(days=7),
            owner=by,
            by=by,
        )
    assert (task.plan, task.source) == (plan, formulation.id)


def test_the_chronology_says_that_it_was_and_nothing_of_what_was_said():
    note = supervision.oversight(view="A word that stays here")
    entry = ChronologyEntry.objects.get(subject=note.id)
    assert (entry.title, entry.body, entry.about) == ("Management oversight", "", "record")


@pytest.mark.parametrize("make", [supervision.supervision, supervision.oversight, supervision.formulation])
def test_a_role_without_the_right_is_refused(make):
    with pytest.raises(Refused):
        make(by=accounts.missing_worker())
    assert not OversightNote.objects.exists()


def allocate(case, worker, part="lead", after=None, by=None):
    by = by or accounts.manager()
    with recorded(by, "test"):
        return services.allocate(case=case, worker=worker, part=part, by=by, after=after)


def test_a_case_is_given_to_a_lead_and_a_joint_worker_and_taken_from_one():
    case, lead, joint = cases.open_case(), accounts.hub_worker(), accounts.hub_worker()
    first = allocate(case, lead)
    second = allocate(case, joint, "joint", after=first.id)
    with recorded(accounts.manager(), "test"):
        services.end_allocation(allocation=second, by=accounts.manager())
    assert list(Allocation.objects.current().filter(case=case).values_list("worker", "part")) == [(lead.id, "lead")]


def test_fifty_copies_make_one_allocation_and_of_two_managers_the_second_is_told():
    case, worker = cases.open_case(), accounts.hub_worker()
    made = {allocate(case, worker).id for _ in range(50)}
    assert len(made) == 1
    with pytest.raises(services.WorkedMeanwhile):
        allocate(case, accounts.hub_worker())
    with pytest.raises(Refused):
        allocate(case, worker, by=accounts.hub_worker())
