"""A case is closed once what goes on in it is finished: nothing of it ends by itself."""

import pytest

from tests.factories import accounts, assessments, cases, missing, outcomes, plans, referrals, supervision
from tests.factories.prepared import prepared
from tests.support.pages import signed_in
from trellis.accounts.access import Refused
from trellis.audit_log.trail import recorded
from trellis.cases import services
from trellis.cases.closing import NotReadyToClose
from trellis.cases.models import Case

pytestmark = pytest.mark.django_db


GOING_ON = {
    "The plan is open": lambda person: plans.open_plan(person),
    "Direct work is planned 1 time": lambda person: plans.planned_direct_work(person, accounts.hub_worker()),
    "is in progress. Have it signed off": lambda person: assessments.begun(person=person),
    "still to do: Ring the college": lambda person: supervision.action(person, what="Ring the college"),
    "is still to be told what was decided": lambda person: referrals.decided_referral(person=person, told_how="ring"),
    "They are missing": lambda person: missing.missing_child(person),
}


def close(case, by=None):
    by = by or accounts.manager()
    with recorded(by):
        return services.close_case(case=case, reason="goals_met", why="Goals met", by=by)


@pytest.mark.parametrize("words", GOING_ON)
def test_what_goes_on_keeps_a_case_open_and_says_so(words):
    case = outcomes.ready_to_close(cases.open_case())
    GOING_ON[words](case.person)
    with pytest.raises(NotReadyToClose, match=words):
        close(case)
    assert Case.objects.get(id=case.id).status == "open"


def test_a_manager_is_shown_what_is_to_be_finished_and_then_closes():
    case = outcomes.ready_to_close(cases.open_case())
    plan = plans.open_plan(case.person)
    manager = signed_in(accounts.manager())
    address, said = f"/children/{case.person_id}/case/close/", {"reason": "goals_met", "why": "She knows whom to ring"}
    assert f"/children/{case.person_id}/plan/" in manager.get(address).content.decode()
    refused = manager.post(address, said)
    assert refused.status_code == 409
    assert "Nothing was closed" in refused.content.decode()
    with prepared():
        plans.services.move_plan(plan=plan, new="closed", after=1, by=plan.recorded_by)
    assert manager.post(address, said).status_code == 302
    assert Case.objects.get(id=case.id).status == "closed"
    assert manager.get(address).status_code == 404


def test_only_whoever_closes_cases_is_asked_why():
    case = cases.open_case()
    assert signed_in(accounts.hub_worker()).get(f"/children/{case.person_id}/case/close/").status_code == 403
    with pytest.raises(Refused):
        close(case, accounts.hub_worker())


def test_a_joint_worker_who_leads_holds_one_part_and_a_lead_does_not_step_beside_nobody():
    lead, joint, by = accounts.hub_worker(), accounts.hub_worker(), accounts.manager()
    case = cases.allocated_case(lead)
    with recorded(by):
        services.allocate_case(case=case, worker=joint, by=by, part="joint")
        with pytest.raises(Refused, match="another lead worker first"):
            services.allocate_case(case=case, worker=lead, by=by, part="joint")
        services.allocate_case(case=case, worker=joint, by=by)
    assert list(case.allocations.current().values_list("worker", "part")) == [(joint.id, "lead")]
    with recorded(by):
        services.allocate_case(case=case, worker=lead, by=by, part="joint")
    assert case.allocations.current().count() == 2
