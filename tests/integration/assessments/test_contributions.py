"""Other agencies are asked, chased, and contribute; what they give stays theirs."""

from uuid import uuid4

import pytest

from tests.factories import accounts, assessments, cases
from tests.support.context import SEES_ALL
from tests.support.pages import new_key, signed_in
from trellis.accounts.access import Refused
from trellis.accounts.models import Agency
from trellis.assessments import services
from trellis.assessments.models import Contribution, ContributionRequest
from trellis.audit_log.trail import recorded
from trellis.cases.models import Notice
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.row_context import asked_by
from trellis.need_to_know.services import grant_sight

pytestmark = pytest.mark.django_db

SAID = "She asked the school nurse for help in May"


@pytest.fixture
def under_way():
    return assessments.begun(person=cases.open_case().person)


def agency(code):
    return Agency.objects.get(code=code)


def shared_identity(person, partner):
    with recorded(None, "test", duty=SEES_ALL.duty):
        grant_sight(person=person, reason="Shared", by=None, agency=partner.agency, parts=["identity"])


def give(request, by, **said):
    with recorded(by, "test"):
        return services.give_contribution(request=request, by=by, **{"text": SAID, **said})


def notices(user):
    with asked_by(SEES_ALL):
        return Notice.objects.filter(to=user).count()


def test_a_nurse_beside_us_is_asked_told_and_gives(under_way):
    nurse = accounts.hub_worker_of("health")
    request = assessments.asked(under_way, agency("health"), asked_of=nurse)
    assert notices(nurse) == 1
    assert request.due_on > request.asked_at.date()
    give(request, nurse, strengths="She keeps every appointment")
    with asked_by(SEES_ALL):
        given = Contribution.objects.get()
        request.refresh_from_db()
    assert (given.agency.code, request.status, given.given_by) == ("health", "given", nurse)
    assert given.handling
    assert notices(under_way.worker) == 1
    page = signed_in(under_way.worker).get(f"/children/{under_way.person_id}/assessments/{under_way.id}/")
    assert SAID in page.content.decode()


def test_an_agency_that_sees_nothing_is_not_asked_before_it_is_shared(under_way):
    partner = accounts.remote_partner()
    with pytest.raises(services.DoesNotSee):
        assessments.asked(under_way, partner.agency)
    shared_identity(under_way.person, partner)
    assert assessments.asked(under_way, partner.agency).agency == partner.agency


def test_a_remote_partner_who_only_knows_who_it_is_gives_and_sees_a_receipt(under_way):
    partner = accounts.remote_partner()
    shared_identity(under_way.person, partner)
    request = assessments.asked(under_way, partner.agency)
    client, address = signed_in(partner), f"/assessments/contributions/{request.id}/"
    assert request.question in client.get(address).content.decode()
    assert under_way.person.name in client.get("/assessments/").content.decode()
    typed = {"form_key": new_key(), "answer": "give", "text": SAID, "strengths": "", "why": ""}
    for _ in range(50):
        assert client.post(address, typed).status_code == 302
    receipt = client.get(address).content.decode()
    assert "Given" in receipt
    assert SAID not in receipt
    with asked_by(SEES_ALL):
        assert Contribution.objects.count() == 1
    record = f"/children/{under_way.person_id}/assessments/"
    assert [client.get(path).status_code for path in (record, f"{record}{under_way.id}/")] == [404, 404]


def test_nothing_to_contribute_is_said_with_its_reason(under_way):
    nurse = accounts.hub_worker_of("health")
    request = assessments.asked(under_way, agency("health"))
    client, address = signed_in(nurse), f"/assessments/contributions/{request.id}/"
    typed = {"form_key": new_key(), "answer": "decline", "text": "", "strengths": "", "why": ""}
    assert "Say why you contribute nothing" in client.post(address, typed).content.decode()
    assert client.post(address, {**typed, "why": "Not known to us"}).status_code == 302
    assert client.post(address, {**typed, "why": "Not known to us"}).status_code == 409
    with asked_by(SEES_ALL):
        assert [move.why for move in ContributionRequest.objects.get().status_moves.all() if move.why] == [
            "Not known to us"
        ]


def test_another_agency_does_not_answer_for_the_one_asked(under_way):
    accounts.hub_worker_of("health")
    request = assessments.asked(under_way, agency("health"))
    officer = accounts.hub_worker_of("police")
    with pytest.raises(Refused):
        give(request, officer)
    assert signed_in(officer).get(f"/assessments/contributions/{request.id}/").status_code == 403
    outsider = accounts.remote_partner("health")
    assert signed_in(outsider).get(f"/assessments/contributions/{request.id}/").status_code == 404


def test_chasing_is_marked_and_told_and_ends_once_it_is_settled(under_way):
    nurse = accounts.hub_worker_of("health")
    request = assessments.asked(under_way, agency("health"))
    client = signed_in(under_way.worker)
    chase = f"/children/{under_way.person_id}/assessments/{under_way.id}/contributions/{request.id}/chase/"
    assert client.post(chase).status_code == 302
    with asked_by(SEES_ALL):
        request.refresh_from_db()
    assert request.chased_at
    assert notices(nurse) == 2
    assert client.post(chase.replace("chase", "withdraw"), {"reason": "Sarah told me"}).status_code == 302
    with pytest.raises(MoveNotAllowed):
        give(request, nurse)
    with pytest.raises(MoveNotAllowed), recorded(under_way.worker, "test"):
        services.chase_contribution(request=request, by=under_way.worker)


def test_one_question_sent_many_times_asks_once(under_way):
    accounts.hub_worker_of("health")
    key = uuid4()
    made = {assessments.asked(under_way, agency("health"), key=key).id for _ in range(5)}
    assert len(made) == 1
