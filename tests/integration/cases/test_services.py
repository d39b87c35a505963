"""A case from opening to closure: what is written together, and who sees the child when."""

import pytest

from tests.factories import accounts, cases, outcomes, people
from trellis.accounts.access import Hidden, Refused
from trellis.audit_log.models import AuditEvent
from trellis.audit_log.trail import NoTrail, recorded
from trellis.cases import services
from trellis.cases.models import ChronologyEntry
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.protection import Part
from trellis.need_to_know import access
from trellis.people.models import Person

pytestmark = pytest.mark.django_db


def test_opening_a_case_writes_case_move_chronology_grants_and_log_together():
    case = cases.open_case()
    assert case.status_moves.get().new == "open"
    assert case.person.chronology.get().kind == "case.opened"
    assert {grant.team.code for grant in case.person.grants.all()} == {"hub", "management"}
    logged = AuditEvent.objects.filter(children=[case.person_id]).values_list("what", flat=True)
    assert {"case", "chronology entry", "grant"} <= set(logged)


def test_a_child_has_one_open_case():
    case = cases.open_case()
    assert cases.open_case(case.person) == case


def test_nothing_is_written_outside_a_trail():
    person = people.child()
    with pytest.raises(NoTrail):
        services.open_case(person=person, why="No trail", by=None)
    assert not person.cases.exists()


def test_what_fails_leaves_nothing_behind():
    person = people.child()

    def open_then_fail():
        with recorded(None):
            services.open_case(person=person, why="Then a fault", by=None)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        open_then_fail()
    assert not person.cases.exists()
    assert not ChronologyEntry.objects.exists()
    assert not AuditEvent.objects.exists()


def test_three_people_and_a_child():
    lead, colleague, other = accounts.hub_worker(), accounts.hub_worker(), accounts.remote_partner()
    case = cases.allocated_case(lead)
    assert access.can_see_person(lead, case.person_id)
    assert access.can_see_person(colleague, case.person_id)
    assert not access.can_see_person(other, case.person_id)
    assert list(access.people_visible_to(other)) == []


def test_sight_ends_with_the_case():
    lead = accounts.hub_worker()
    case = outcomes.ready_to_close(cases.allocated_case(lead))
    by = accounts.manager()
    with recorded(by):
        services.close_case(case=case, reason="goals_met", why="Goals met", by=by)
    assert access.parts_seen(lead, case.person_id) == {Part.IDENTITY, Part.OUTCOMES}
    assert not access.can_see_person(accounts.hub_worker(), case.person_id)


def test_a_leaver_sees_nothing_from_the_next_question_on():
    case = cases.open_case()
    assert access.can_see_person(accounts.hub_worker(), case.person_id)
    assert not access.can_see_person(accounts.leaver(), case.person_id)
    assert not access.can_see_person(accounts.hub_worker(is_active=False), case.person_id)


def test_reading_is_logged_with_the_grant_that_allowed_it():
    case = cases.open_case()
    worker = accounts.hub_worker()
    with recorded(worker):
        assert access.see_person(worker, case.person_id) == case.person
    event = AuditEvent.objects.get(actor=worker)
    assert (event.action, event.children) == ("read", [case.person_id])
    assert set(event.grants) <= set(case.person.grants.values_list("id", flat=True))


def test_a_hidden_child_and_a_missing_one_look_the_same():
    stranger = accounts.remote_partner()
    hidden, nobody = people.child(), Person().id
    with recorded(stranger):
        for asked in (hidden.id, nobody):
            with pytest.raises(Hidden, match="not found"):
                access.see_person(stranger, asked)


def test_handing_over_ends_the_first_lead_workers_own_grant():
    first, second = accounts.hub_worker(), accounts.hub_worker()
    case = cases.allocated_case(first)
    by = accounts.manager()
    with recorded(by):
        services.allocate_case(case=case, worker=second, by=by)
    assert [a.worker for a in case.allocations.current()] == [second]
    assert not case.person.grants.in_force().filter(user=first).exists()


def test_a_closed_case_stays_closed_and_only_a_manager_closes():
    case = cases.closed_case()
    by = accounts.manager()
    with pytest.raises(MoveNotAllowed), recorded(by):
        services.close_case(case=case, reason="goals_met", why="Again", by=by)
    worker = accounts.hub_worker()
    with pytest.raises(Refused), recorded(worker):
        services.close_case(case=cases.open_case(), reason="goals_met", why="Not mine to close", by=worker)
