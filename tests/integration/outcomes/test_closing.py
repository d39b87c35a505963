"""A case closes once it is said how things stand, who was told, and why nothing else could be tried."""

from datetime import timedelta

import pytest

from tests.factories import accounts, cases, outcomes, people, plans, referrals
from tests.factories.prepared import prepared
from tests.support.pages import day_boxes, new_key, queries_of, signed_in
from trellis.accounts.access import Refused
from trellis.audit_log.trail import recorded
from trellis.cases import services as casework
from trellis.cases.closing import NotReadyToClose
from trellis.cases.models import Case
from trellis.core.clocks import today
from trellis.core.models import Limit
from trellis.core.protection import Part
from trellis.need_to_know import access
from trellis.outcomes import services
from trellis.outcomes.models import ClosureChallenge, ClosureLook, ClosureTold, FollowUp, OutcomeRecord

pytestmark = pytest.mark.django_db


def close(case, reason="goals_met", by=None):
    by = by or accounts.manager()
    with recorded(by):
        return casework.close_case(case=case, reason=reason, why="She knows whom to ring", by=by)


def left_of(case, reason):
    with pytest.raises(NotReadyToClose) as refusal:
        close(case, reason)
    return [one.what for one in refusal.value.unfinished]


def test_what_a_closure_asks_depends_on_its_reason():
    case = outcomes.gp_settled(cases.open_case())
    assert [words[:20] for words in left_of(case, "goals_met")] == ["Say how things stand", "Say that the school "]
    assert len(left_of(case, "moved_area")) == 3
    assert len(left_of(case, "did_not_engage")) == 3
    assert len(left_of(case, "turned_18")) == 1
    outcomes.ready_to_close(case)
    assert left_of(case, "moved_area") == ["Say who in the other area has taken over, and on which day they said so"]
    outcomes.area_took_over(case)
    assert close(case, "moved_area").status == "closed"
    assert not FollowUp.objects.filter(case=case).exists()
    assert close(outcomes.gp_settled(cases.open_case()), "died").closure_reason == "died"


def test_a_closure_without_a_relationship_is_challenged_by_a_manager_who_does_not_lead_it():
    leader, manager = accounts.manager(), accounts.manager()
    case = outcomes.ready_to_close(cases.allocated_case(leader))
    plans.held_direct_work(case.person, leader)
    assert "challenges this closure" in left_of(case, "did_not_engage")[0]
    with pytest.raises(Refused, match="Ask another manager"):
        outcomes.challenged(case, leader)
    outcomes.challenged(case, manager, may_close=False)
    assert left_of(case, "did_not_engage")
    made = outcomes.challenged(case, manager)
    assert (made.met, made.attempted, made.cancelled) == (1, 0, 0)
    Limit.objects.filter(name="closing.challenge").update(value=0)
    assert close(case, "did_not_engage").status == "closed"
    with pytest.raises(Exception, match="closed already"):
        outcomes.challenged(case, manager)


def test_a_challenge_holds_no_longer_than_its_limit():
    case = outcomes.ready_to_close(cases.open_case())
    with prepared():
        old = ClosureChallenge(
            person=case.person, case=case, reason="did_not_engage", met=0, attempted=3, cancelled=0, may_close=True,
            decided_on=today() - timedelta(days=57), recorded_by=accounts.manager(), **outcomes.CHALLENGE,
        )  # fmt: skip
        old.save()
    assert left_of(case, "did_not_engage")


def test_the_pages_before_a_closure_keep_what_was_typed_and_make_one_row():
    manager, case = accounts.manager(), outcomes.gp_settled(cases.open_case())
    client, here = signed_in(manager), f"/children/{case.person_id}/"
    first = client.post(f"{here}case/close/", {"reason": "did_not_engage", "why": "Three agencies tried"})
    assert first.status_code == 409
    assert "To be finished first: 3" in first.content.decode()
    outcomes.said(case)
    empty = client.post(f"{here}outcomes/told/school/", {"form_key": new_key(), "was_told": "yes", "how": "By letter"})
    assert "Enter who was told" in empty.content.decode()
    assert "By letter" in empty.content.decode()
    told = {"form_key": new_key(), "was_told": "yes", "name": "Mr Okoro", **day_boxes("told_on", today())}
    asked = {"form_key": new_key(), "reason": "did_not_engage", "may_close": "yes", **outcomes.CHALLENGE}
    for _ in range(2):
        assert client.post(f"{here}outcomes/told/school/", told).status_code == 302
        assert client.post(f"{here}outcomes/challenge/", asked).status_code == 302
    assert ClosureTold.objects.filter(case=case).count() == ClosureChallenge.objects.filter(case=case).count() == 1
    done = client.post(f"{here}case/close/", {"reason": "did_not_engage", "why": "Three agencies tried"})
    assert done.status_code == 302
    assert Case.objects.get(id=case.id).closure_reason == "did_not_engage"
    assert client.get(f"{here}outcomes/told/school/").status_code == 404
    page = client.get(f"{here}outcomes/").content.decode()
    assert "Mr Okoro" in page
    assert "the work may end" in page
    assert signed_in(accounts.hub_worker()).get(f"{here}outcomes/").status_code == 404


def test_whoever_follows_up_sees_the_outcomes_until_they_have_asked_and_nothing_else():
    lead = accounts.hub_worker()
    case = outcomes.ready_to_close(cases.allocated_case(lead))
    close(case)
    six, twelve = FollowUp.objects.filter(case=case).order_by("due_on")
    assert [(six.due_on - today()).days, (twelve.due_on - today()).days] == [183, 365]
    assert access.parts_seen(lead, case.person_id) == {Part.OUTCOMES, Part.IDENTITY}
    client, here = signed_in(lead), f"/children/{case.person_id}/"
    board = client.get(f"{here}outcomes/").content.decode()
    assert "Not open to you" in board
    assert "Mr Okoro" not in board
    assert client.get(f"{here}chronology/").status_code == 404
    assert client.get(f"{here}outcomes/challenge/").status_code == 403
    assert client.get("/outcomes/").content.decode().count(str(case.person_id)) == 4
    answer = {"form_key": new_key(), "education-status": "improved", "education-who": "child", "education-after": "0"}
    assert client.post(f"{here}outcomes/at/six/", answer).headers["Location"] == f"{here}outcomes/"
    six.refresh_from_db()
    assert (six.who_asked, six.done_on) == (lead, today())
    assert OutcomeRecord.objects.get(case=case, point="six").stands == "improved"
    assert client.post(f"{here}outcomes/follow-ups/{six.id}/", {"why_not": "No"}).status_code == 404
    assert client.post(f"{here}outcomes/follow-ups/{twelve.id}/", {"why_not": ""}).status_code == 200
    over = client.post(f"{here}outcomes/follow-ups/{twelve.id}/", {"why_not": "She does not want it"})
    assert over.headers["Location"] == "/outcomes/"
    assert access.parts_seen(lead, case.person_id) == frozenset()
    assert client.get(f"{here}outcomes/").status_code == 404


def test_from_eighteen_the_follow_up_needs_a_basis():
    lead = accounts.hub_worker()
    person = people.child(date_of_birth=people.born_so_that_of_age_in(1))
    close(outcomes.ready_to_close(cases.allocated_case(lead, person)))
    ends = access.sight_of(lead, Part.OUTCOMES).filter(person=person.id).values_list("ends_at", flat=True)
    assert {end.date() <= today() + timedelta(days=1) for end in ends} == {True}


def test_the_list_of_follow_ups_takes_as_many_queries_for_forty_as_for_ten():
    worker = accounts.hub_worker()
    client = signed_in(worker)

    def more(count):
        with prepared():
            for _ in range(count):
                case = Case.objects.create(
                    person=people.child(), reference=str(new_key())[:18], status="closed",
                    opened_on=today() - timedelta(days=9), closed_on=today(), closure_reason="goals_met",
                )  # fmt: skip
                services.ask_again_later(case, worker)

    more(5)
    ten = queries_of(client, "/outcomes/")
    more(15)
    assert queries_of(client, "/outcomes/") == ten


def test_a_referral_soon_after_a_closure_asks_a_manager_to_look_at_it_again():
    manager = accounts.manager()
    case = cases.closed_case(by=manager)
    client = signed_in(manager)
    assert "No closure was followed" in client.get("/outcomes/returned/").content.decode()
    referral = referrals.waiting_referral(case.person)
    triage = client.get(f"/referrals/{referral.id}/").content.decode()
    assert "A case was closed 0 days before this referral" in triage
    assert "Goals met" in triage
    assert "not known" in triage
    listed = client.get("/outcomes/returned/").content.decode()
    look = f"/children/{case.person_id}/outcomes/closed/{case.id}/look/"
    assert look in triage
    assert look in listed
    said = {"form_key": new_key(), "learnt": "The college place fell through", "change": "Stay for the first term"}
    for _ in range(2):
        assert client.post(look, said).status_code == 302
    assert ClosureLook.objects.get(case=case).referred_on == today()
    assert manager.name in client.get("/outcomes/returned/").content.decode()
    assert signed_in(accounts.hub_worker()).get("/outcomes/returned/").status_code == 403
    Limit.objects.filter(name="closing.returned").update(value=30)
    long_ago = Case.objects.filter(id=case.id)
    long_ago.update(opened_on=today() - timedelta(days=90), closed_on=today() - timedelta(days=40))
    assert "A case was closed" not in client.get(f"/referrals/{referral.id}/").content.decode()
